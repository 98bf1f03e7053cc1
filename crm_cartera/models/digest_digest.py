"""Figures of the portfolio in the digest e-mail, each person's as far as he may see it."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..analysis.period import Period

SALESMAN = "sales_team.group_sale_salesman"


class DigestDigest(models.Model):
    _inherit = "digest.digest"

    kpi_cartera_revenue = fields.Boolean("Revenue of the portfolio")
    kpi_cartera_revenue_value = fields.Monetary(compute="_compute_kpi_cartera_revenue_value")
    kpi_cartera_new_clients = fields.Boolean("New clients")
    kpi_cartera_new_clients_value = fields.Integer(compute="_compute_kpi_cartera_new_clients_value")
    kpi_cartera_overdue_actions = fields.Boolean("Overdue actions")
    kpi_cartera_overdue_actions_value = fields.Integer(
        compute="_compute_kpi_cartera_overdue_actions_value"
    )

    def _compute_kpi_cartera_revenue_value(self):
        self._cartera_sum(
            "cartera.document", "kpi_cartera_revenue_value", "invoice_date", "amount_untaxed:sum"
        )

    def _compute_kpi_cartera_new_clients_value(self):
        excluded = Domain("excluded", "=", False)
        self._cartera_sum(
            "cartera.profile",
            "kpi_cartera_new_clients_value",
            "first_purchase_date",
            "__count",
            excluded,
        )

    def _compute_kpi_cartera_overdue_actions_value(self):
        """Count what is late when the e-mail is sent, whatever its days are: nobody keeps what was late."""
        self._cartera_check()
        measures = self.env["cartera.measure"]
        for digest in self:
            company = digest._cartera_get_company()
            today = self.env["cartera.policy"]._for(company)._today()
            span = measures.sudo()._get_span(company, Period.of("month", today))
            population = Domain("company_id", "=", company.id) & Domain("excluded", "=", False)
            model, domain = measures.sudo()._get_records("overdue_actions", span, population)
            count = self.env[model].search_count(domain)
            digest.kpi_cartera_overdue_actions_value = count

    def _cartera_sum(self, model, name, date_field, aggregate, domain=Domain.TRUE):
        """Sum up the records of the days of the e-mail, those that its reader may see."""
        self._cartera_check()
        start, end, _companies = self._get_kpi_compute_parameters()
        days = Domain(date_field, ">=", start[:10]) & Domain(date_field, "<", end[:10])
        for digest in self:
            company = Domain("company_id", "=", digest._cartera_get_company().id)
            ((value,),) = self.env[model]._read_group(days & company & domain, [], [aggregate])
            digest[name] = value or 0

    def _cartera_get_company(self):
        """Return the main company: the portfolio is its, also of its branches."""
        return (self.company_id or self.env.company).root_id

    @api.model
    def _cartera_check(self):
        """Raise what makes a digest leave a figure out for who may not see it."""
        if not self.env.user.has_group(SALESMAN):
            raise AccessError(self.env._("Only salespeople get the figures of the portfolio."))

    def _compute_kpis_actions(self, company, user):
        menu = self.env.ref("crm_cartera.menu_root").id
        actions = {
            "kpi_cartera_revenue": "crm_cartera.cartera_profile_action",
            "kpi_cartera_new_clients": "crm_cartera.cartera_profile_action",
            "kpi_cartera_overdue_actions": "crm_cartera.cartera_profile_action_next",
        }
        return super()._compute_kpis_actions(company, user) | {
            name: f"{action}?menu_id={menu}" for name, action in actions.items()
        }
