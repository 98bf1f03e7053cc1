"""The documents behind the figures, for people who may not read invoices."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..models.account_move import SALE_TYPES
from ..models.res_company import sql_root


class CarteraDocument(models.Model):
    """Posted customer documents of accounts, under the rules of the portfolio.

    A salesperson sees the number, date, amount and state of the documents of the accounts he may see,
    and nothing else of them.
    """

    _name = "cartera.document"
    _description = "Portfolio document"
    _auto = False
    _order = "invoice_date desc, id desc"
    _rec_name = "name"

    name = fields.Char(string="Number", readonly=True)
    profile_id = fields.Many2one(comodel_name="cartera.profile", string="Account", readonly=True)
    partner_id = fields.Many2one(comodel_name="res.partner", string="Contact", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(comodel_name="res.users", string="Salesperson", readonly=True)
    invoice_date = fields.Date(readonly=True)
    move_type = fields.Selection(
        selection=[
            ("out_invoice", "Invoice"),
            ("out_refund", "Credit note"),
            ("out_receipt", "Receipt"),
        ],
        string="Type",
        readonly=True,
    )
    state = fields.Selection(
        selection=[("draft", "Draft"), ("posted", "Posted"), ("cancel", "Cancelled")],
        readonly=True,
    )
    amount_untaxed = fields.Monetary(
        string="Untaxed Amount",
        readonly=True,
        help="In the company's currency; credit notes negative.",
    )

    _depends = {
        "account.move": [
            "name",
            "state",
            "move_type",
            "invoice_date",
            "company_id",
            "commercial_partner_id",
            "amount_untaxed_signed",
        ],
        "cartera.profile": ["partner_id", "company_id", "user_id", "excluded"],
    }

    @property
    def _table_query(self):
        return SQL(
            """SELECT m.id, m.name, p.id AS profile_id, p.partner_id, p.company_id, p.user_id,
                      m.invoice_date, m.move_type, m.state, m.amount_untaxed_signed AS amount_untaxed
                 FROM account_move m
                 JOIN res_company c ON c.id = m.company_id
                 JOIN cartera_profile p ON p.partner_id = m.commercial_partner_id
                  AND p.company_id = %s
                  AND p.excluded IS NOT TRUE
                WHERE m.move_type IN %s AND m.state = 'posted'""",
            sql_root("c"),
            SALE_TYPES,
        )

    def action_open(self):
        self.ensure_one()
        return self._action_open("account.move", self.id, self.name)

    @api.model
    def _action_open(self, model, res_id, label):
        """Open a document as far as the user may: itself, else what the portfolio shows of it.

        Raises AccessError naming the document if he may see neither.
        """
        source = self.env[model].browse(res_id or 0).exists() if model else None
        if source and source.has_access("read"):
            return source._get_records_action(name=label)
        facts = self.search([("id", "=", res_id)]) if model == "account.move" and source else None
        if facts:
            return facts._get_records_action(name=label, target="new")
        if source:
            raise AccessError(self.env._("You may not read %s.", label))
        return self.env["cartera.profile"]._notify(
            self.env._("There is no document to open: %s", label or self.env._("entered by hand")),
            kind="info",
        )
