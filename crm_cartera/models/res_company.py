"""Companies: each main one has its policy, and what its branches sell is its own."""

from odoo import api, models
from odoo.tools import SQL


def sql_root(company: str) -> SQL:
    """Return the id of the main company of the rows of ``res_company`` under the alias ``company``."""
    return SQL("split_part(%s, '/', 1)::int", SQL.identifier(company, "parent_path"))


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        """Give each new root company its policy; the partner of a company is no account."""
        companies = super().create(vals_list)
        for company in companies.filtered(lambda company: not company.parent_id):
            self.env["cartera.policy"]._for(company)
        self.env["cartera.touch"]._touch_partners(companies.partner_id)
        return companies
