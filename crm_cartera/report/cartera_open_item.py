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
            "amount_residual",
            "company_id",
            "date",
            "date_maturity",
            "move_id",
            "parent_state",
            "partner_id",
            "reconciled",
        ],
        "account.partial.reconcile": ["amount", "debit_move_id", "credit_move_id", "max_date"],
        "cartera.profile": ["partner_id", "company_id", "user_id", "excluded"],
        "res.partner": ["commercial_partner_id"],
    }

    @property
    def _table_query(self):
        """Two legs: lines that are open, and lines that are matched by something of a later day.

        Both start at the account and its people, so that a condition on it reaches the indexes; only
        these lines are read, and not everything the account ever bought.
        """
        is_open = SQL("l.reconciled IS NOT TRUE")
        matched_later = SQL(
            """l.reconciled IS TRUE AND l.id IN (
               SELECT debit_move_id FROM account_partial_reconcile WHERE max_date > %(first)s
                UNION ALL
               SELECT credit_move_id FROM account_partial_reconcile WHERE max_date > %(first)s)""",
            first=min(today for _company, today in self._get_todays()),
        )
        return SQL(
            "SELECT * FROM (%s UNION ALL %s) item WHERE item.amount_residual <> 0",
            self._select_items(is_open),
            self._select_items(matched_later),
        )

    def _select_items(self, lines) -> SQL:
        """Return the open items among the lines ``l`` of this condition: see `receivable` of the facts."""
        return SQL(
            """SELECT l.id, m.name, m.id AS move_id, p.id AS profile_id, p.company_id, p.user_id,
                      l.date, COALESCE(l.date_maturity, l.date) AS date_due,
                      COALESCE(l.date_maturity, l.date) < day.today AS overdue,
                      CASE WHEN m.move_type IN %(types)s THEN m.move_type ELSE 'entry' END
                           AS move_type,
                      l.amount_residual + COALESCE(later.amount, 0) AS amount_residual
                 FROM cartera_profile p
                 JOIN (%(today)s) day ON day.company_id = p.company_id
                 JOIN res_partner r
                   ON r.commercial_partner_id = p.partner_id OR r.id = p.partner_id
                 JOIN account_move_line l ON l.partner_id = r.id AND l.parent_state = 'posted'
                  AND l.date <= day.today AND %(lines)s
                  AND l.account_id = ANY(ARRAY(
                      SELECT id FROM account_account WHERE account_type = %(receivable)s))
                 JOIN account_move m ON m.id = l.move_id
                  AND CASE WHEN m.move_type IN %(types)s THEN m.commercial_partner_id
                           ELSE r.commercial_partner_id END = p.partner_id
                 JOIN res_company c ON c.id = l.company_id
                  AND %(root)s = p.company_id
                 LEFT JOIN LATERAL (
                      SELECT SUM(CASE WHEN x.debit_move_id = l.id THEN x.amount ELSE -x.amount END)
                             AS amount
                        FROM account_partial_reconcile x
                       WHERE (x.debit_move_id = l.id OR x.credit_move_id = l.id)
                         AND x.max_date > day.today) later ON TRUE
                WHERE p.excluded IS NOT TRUE""",
            types=SALE_TYPES,
            receivable=RECEIVABLE,
            root=sql_root("c"),
            lines=lines,
            today=self._select_today(),
        )

    def _get_todays(self) -> list[tuple]:
        """Return [(company id, today)] of the user's companies, each in its own zone."""
        policies = self.env["cartera.policy"]
        return [
            (company.id, policies._for(company)._today()) for company in self.env.companies.root_id
        ]

    def _select_today(self) -> SQL:
        rows = [SQL("(%s, %s::date)", company, today) for company, today in self._get_todays()]
        return SQL("SELECT * FROM (VALUES %s) v (company_id, today)", SQL(", ").join(rows))

    def action_open(self):
        """Open the invoice or entry, as far as the user may see it."""
        self.ensure_one()
        return self.env["cartera.document"]._action_open("account.move", self.move_id, self.name)
