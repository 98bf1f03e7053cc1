"""What the portfolio knows of a lead's account, in the company of the lead."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .cartera_fields import BlankMonetary
from .cartera_figures import SALES


class CrmLead(models.Model):
    """A lead without company shows the account in the current one."""

    _inherit = "crm.lead"

    cartera_profile_id = fields.Many2one(
        comodel_name="cartera.profile",
        string="Portfolio account",
        compute="_compute_cartera_profile_id",
        search="_search_cartera_profile_id",
        compute_sudo=False,
        groups=SALES,
    )
    cartera_lifecycle = fields.Selection(
        related="cartera_profile_id.lifecycle", string="Account is a", groups=SALES
    )
    cartera_stage_id = fields.Many2one(
        related="cartera_profile_id.stage_id", string="Account stage", groups=SALES
    )
    cartera_retention_status = fields.Selection(
        related="cartera_profile_id.retention_status", string="Account retention", groups=SALES
    )
    cartera_abc_revenue = fields.Selection(
        related="cartera_profile_id.abc_revenue", string="Account class", groups=SALES
    )
    # Several leads of an account show the same revenue: never summed.
    cartera_revenue_12m = BlankMonetary(
        related="cartera_profile_id.revenue_12m",
        string="Account revenue",
        currency_field="company_currency",
        groups=SALES,
        aggregator=None,
    )

    # ------------------------------------------------------------------
    # The join, as on contacts, but in the lead's own company
    # ------------------------------------------------------------------

    @api.depends("partner_id.commercial_partner_id", "company_id")
    @api.depends_context("company", "uid")
    def _compute_cartera_profile_id(self):
        roots = {lead: self._cartera_get_root(lead.company_id) for lead in self}
        accounts = self.partner_id.commercial_partner_id
        companies = self.env["res.company"].union(*roots.values())
        found = self.env["cartera.profile"]._get_visible(accounts, companies)
        for lead in self:
            account = lead.partner_id.commercial_partner_id._origin
            lead.cartera_profile_id = found.get((account, roots[lead]))

    @api.model
    def _cartera_get_root(self, company):
        return (company or self.env.company).sudo().root_id

    def _search_cartera_profile_id(self, operator, value):
        profiles = self.env["cartera.profile"]
        return profiles._search_shown(self, operator, value, self._cartera_get_shown)

    @api.model
    def _cartera_get_shown(self, accounts) -> Domain:
        """Return the leads of accounts, given as a domain or query, each in its own company."""
        return Domain.OR(
            Domain("company_id", "in", self._cartera_get_companies(root))
            & Domain("partner_id", "any!", self._cartera_get_account_domain(root, accounts))
            for root in self._cartera_get_roots()
        )

    @api.model
    def _cartera_get_roots(self):
        return self.env.companies.sudo().root_id | self.env.company.sudo().root_id

    @api.model
    def _cartera_get_companies(self, root) -> list:
        """Return the companies of leads whose account is one of ``root``; False: of none."""
        companies = (self.env.companies | self.env.company).sudo()
        ids = companies.filtered(lambda company: company.root_id == root).ids
        return [*ids, False] if self.env.company.sudo().root_id == root else ids

    @api.model
    def _cartera_get_account_domain(self, root, value) -> Domain:
        profiles = self.env["cartera.profile"]._search_visible(root, value)
        return Domain(
            "commercial_partner_id",
            "in",
            profiles.subselect(SQL.identifier("cartera_profile", "partner_id")),
        )

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr != "cartera_profile_id" or query is None:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        partner = query.left_join(alias, "partner_id", "res_partner", "id", "partner_id")
        return self.env["cartera.profile"]._join_visible(
            query,
            alias,
            SQL.identifier(partner, "commercial_partner_id"),
            self._cartera_sql_root(SQL.identifier(alias, "company_id")),
        )

    @api.model
    def _cartera_sql_root(self, column: SQL) -> SQL:
        """Return the root of a lead's company; leads of other companies are not seen."""
        whens = SQL(" ").join(
            SQL("WHEN %s THEN %s", company.id, company.root_id.id)
            for company in (self.env.companies | self.env.company).sudo()
        )
        current = self.env.company.sudo().root_id.id
        return SQL("CASE COALESCE(%s, %s) %s END", column, current, whens)
