"""Odoo's invoice analysis, by what the portfolio knows of the account."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .account_move import SALE_TYPES
from .cartera_figures import CLASSES, RETENTION, SALES
from .cartera_stage import LIFECYCLES

#: {our column: the profile's}
DIMENSIONS = {
    "cartera_profile_id": "id",
    "cartera_lifecycle": "lifecycle",
    "cartera_stage_id": "stage_id",
    "cartera_abc_revenue": "abc_revenue",
    "cartera_retention_status": "retention_status",
}
#: What a column's value depends on beside the line, for the cache.
READER = ("uid", "allowed_company_ids")


class AccountInvoiceReport(models.Model):
    """Lines of customer documents show the profile of their account in their own company.

    The profile stands in the query itself, joined on a unique key: PostgreSQL leaves the join out of
    every query that names none of our columns.
    """

    _inherit = "account.invoice.report"

    cartera_profile_id = fields.Many2one(
        comodel_name="cartera.profile",
        string="Portfolio account",
        readonly=True,
        groups=SALES,
        depends_context=READER,
    )
    cartera_lifecycle = fields.Selection(
        selection=LIFECYCLES,
        string="Lifecycle",
        readonly=True,
        groups=SALES,
        depends_context=READER,
        help="Of the account today, not on the day of the invoice.",
    )
    cartera_stage_id = fields.Many2one(
        comodel_name="cartera.stage",
        string="Portfolio stage",
        readonly=True,
        groups=SALES,
        depends_context=READER,
        help="Of the account today, not on the day of the invoice.",
    )
    cartera_abc_revenue = fields.Selection(
        selection=CLASSES,
        string="ABC",
        readonly=True,
        groups=SALES,
        depends_context=READER,
        help="Class of the account today, by its revenue of the period that counts.",
    )
    cartera_retention_status = fields.Selection(
        selection=RETENTION,
        string="Retention",
        readonly=True,
        groups=SALES,
        depends_context=READER,
        help="Of the account today, not on the day of the invoice.",
    )

    _depends = {
        "account.move": ["commercial_partner_id"],
        "cartera.profile": ["partner_id", "company_id", "excluded", *list(DIMENSIONS.values())[1:]],
    }

    @api.model
    def _select(self) -> SQL:
        columns = SQL(", ").join(
            SQL("%s AS %s", SQL.identifier("cartera_profile", theirs), SQL.identifier(ours))
            for ours, theirs in DIMENSIONS.items()
        )
        return SQL("%s, %s", super()._select(), columns)

    @api.model
    def _from(self) -> SQL:
        return SQL(
            """%s
                LEFT JOIN %s AS cartera_profile
                    ON cartera_profile.partner_id = move.commercial_partner_id
                    AND cartera_profile.company_id = %s
                    AND move.move_type IN %s
            """,
            super()._from(),
            self._cartera_get_visible_profiles(),
            self._cartera_get_root(),
            SALE_TYPES,
        )

    @api.model
    def _cartera_get_visible_profiles(self) -> SQL:
        """Return the profiles that the user, not the superuser, may read: none without the right."""
        profiles = self.env["cartera.profile"]._as_reader()
        names = ["partner_id", "company_id", *DIMENSIONS.values()]
        columns = [SQL.identifier(profiles._table, name) for name in names]
        if not profiles.has_access("read"):
            return profiles.browse()._as_query().subselect(*columns)
        return profiles._search(Domain("excluded", "=", False)).subselect(*columns)

    @api.model
    def _cartera_get_root(self) -> SQL:
        """Return the root company of the row: the report has rows of the selected companies only.

        Another join would do, but PostgreSQL drops only the last one of a chain that nobody needs.
        """
        branches = self.env.companies.sudo().filtered("parent_id")
        if not branches:
            return SQL("line.company_id")
        whens = SQL(" ").join(
            SQL("WHEN %s THEN %s", branch.id, branch.root_id.id) for branch in branches
        )
        return SQL("CASE line.company_id %s ELSE line.company_id END", whens)
