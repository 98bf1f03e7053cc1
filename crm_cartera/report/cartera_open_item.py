"""What an account owes, item by item, for people who may not read the accounting."""

from odoo import fields, models
from odoo.tools import SQL

from ..models.account_move import RECEIVABLE, SALE_TYPES
from ..models.res_company import sql_root


class CarteraOpenItem(models.Model):
    """Open customer items of accounts as of today, under the rules of the portfolio.

    Their sum is the account's receivable, that of the past due ones its overdue amount: each line of
    an instalment counts by itself, payments without invoice count too, below zero.
    """

    _name = "cartera.open.item"
    _description = "Portfolio open item"
    _auto = False
    _order = "date_due, id"
    _rec_name = "name"

    name = fields.Char(string="Number", readonly=True)
    move_id = fields.Integer(string="Document ID", readonly=True, aggregator=None)
    profile_id = fields.Many2one(comodel_name="cartera.profile", string="Account", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(comodel_name="res.users", string="Salesperson", readonly=True)
    date = fields.Date(readonly=True)
    date_due = fields.Date(string="Due date", readonly=True)
    overdue = fields.Boolean(
        string="Is overdue",
        readonly=True,
        help="Due before today, by the time zone of the company's criteria.",
    )
    move_type = fields.Selection(
        selection=[
            ("out_invoice", "Invoice"),
            ("out_refund", "Credit note"),
            ("out_receipt", "Receipt"),
            ("entry", "Payment or other entry"),
        ],
        string="Type",
        readonly=True,
    )
    amount_residual = fields.Monetary(
        string="Open amount",
        readonly=True,
        help="In the company's currency; what the account has to its credit is negative.",
    )

    _depends = {
        "account.move": ["name", "state", "move_type", "company_id", "commercial_partner_id"],
        "account.move.line": [
            "account_id",
            "balance",
            "company_id",
            "date",
            "date_maturity",
            "move_id",
            "parent_state",
            "partner_id",
        ],
        "account.partial.reconcile": ["amount", "debit_move_id", "credit_move_id", "max_date"],
        "cartera.profile": ["partner_id", "company_id", "user_id", "excluded"],
        "res.partner": ["commercial_partner_id"],
    }

    @property
    def _table_query(self):
        """Two legs that start at the account, so that a condition on it reaches the indexes."""
        of_document = SQL(
            """JOIN account_move m ON m.commercial_partner_id = p.partner_id
                AND m.state = 'posted' AND m.move_type IN %(types)s
               JOIN account_move_line l ON l.move_id = m.id""",
            types=SALE_TYPES,
        )
        of_other_entry = SQL(
            """JOIN res_partner r ON r.commercial_partner_id = p.partner_id
               JOIN account_move_line l ON l.partner_id = r.id AND l.parent_state = 'posted'
               JOIN account_move m ON m.id = l.move_id AND m.move_type NOT IN %(types)s""",
            types=SALE_TYPES,
        )
        return SQL(
            "SELECT * FROM (%s UNION ALL %s) item WHERE item.amount_residual <> 0",
            self._select_items(of_document),
            self._select_items(of_other_entry),
        )

    def _select_items(self, lines) -> SQL:
        """Return the open items of the lines ``l`` of moves ``m`` that ``lines`` joins to ``p``."""
        return SQL(
            """SELECT l.id, m.name, m.id AS move_id, p.id AS profile_id, p.company_id, p.user_id,
                      l.date, COALESCE(l.date_maturity, l.date) AS date_due,
                      COALESCE(l.date_maturity, l.date) < day.today AS overdue,
                      CASE WHEN m.move_type IN %(types)s THEN m.move_type ELSE 'entry' END
                           AS move_type,
                      l.balance - COALESCE(paid.amount, 0) AS amount_residual
                 FROM cartera_profile p
                   %(lines)s
                 JOIN account_account a ON a.id = l.account_id
                  AND a.account_type = %(receivable)s
                 JOIN res_company c ON c.id = l.company_id
                  AND %(root)s = p.company_id
                 JOIN (%(today)s) day ON day.company_id = p.company_id
                 LEFT JOIN LATERAL (
                      SELECT SUM(CASE WHEN x.debit_move_id = l.id THEN x.amount ELSE -x.amount END)
                             AS amount
                        FROM account_partial_reconcile x
                       WHERE (x.debit_move_id = l.id OR x.credit_move_id = l.id)
                         AND x.max_date <= day.today) paid ON TRUE
                WHERE p.excluded IS NOT TRUE AND l.date <= day.today""",
            types=SALE_TYPES,
            receivable=RECEIVABLE,
            root=sql_root("c"),
            lines=lines,
            today=self._select_today(),
        )

    def _select_today(self) -> SQL:
        """Return SELECT (company_id, today) of the user's companies, each in its own zone."""
        policies = self.env["cartera.policy"]
        rows = [
            SQL("(%s, %s::date)", company.id, policies._for(company)._today())
            for company in self.env.companies.root_id
        ]
        return SQL("SELECT * FROM (VALUES %s) v (company_id, today)", SQL(", ").join(rows))

    def action_open(self):
        """Open the invoice or entry, as far as the user may see it."""
        self.ensure_one()
        return self.env["cartera.document"]._action_open("account.move", self.move_id, self.name)
