"""The names of the built-in measures, to choose from."""

from odoo import api, models


class CarteraMeasure(models.AbstractModel):
    _inherit = "cartera.measure"

    @api.model
    def _get_measure_names(self):
        names = self._get_money_names() | self._get_work_names()
        known = self._get_measures()
        return super()._get_measure_names() | {
            code: name for code, name in names.items() if code in known
        }

    def _get_money_names(self) -> dict[str, str]:
        env = self.env
        return {
            "net_revenue": env._("Net revenue"),
            "key_segment_growth": env._("Growth in key segments"),
            "gross_margin_rate": env._("Gross margin rate"),
            "revenue_per_client": env._("Revenue per client"),
            "overdue_share": env._("Overdue share of receivables"),
            "top_ten_share": env._("Share of the ten largest clients"),
            "retention_rate": env._("Retention rate"),
            "new_clients": env._("New clients"),
            "lost_clients": env._("Lost clients"),
            "recovered_clients": env._("Recovered clients"),
            "categories_per_client": env._("Categories per client"),
            "share_of_wallet": env._("Share of wallet"),
            "new_product_share": env._("Revenue from new products"),
            "new_origin_revenue": env._("Revenue from new origins"),
            "new_prospects": env._("New prospects identified"),
        }

    def _get_work_names(self) -> dict[str, str]:
        env = self.env
        return {
            "next_action_coverage": env._("Accounts with a next action"),
            "overdue_actions": env._("Overdue actions"),
            "contact_coverage_ab": env._("Contact coverage of A and B"),
            "lead_response_days": env._("Response time to new leads"),
            "prospect_lead_rate": env._("Prospects that became leads"),
            "prospect_lead_days": env._("Days from prospect to lead"),
            "lead_client_rate": env._("Leads that became clients"),
            "lead_client_days": env._("Days from lead to client"),
            "win_rate": env._("Win rate"),
            "record_completeness": env._("Completeness of records"),
            "active_salespeople": env._("Active salespeople"),
            "interactions_per_salesperson": env._("Interactions per salesperson"),
            "portfolio_contacts": env._("Contacts in the portfolio"),
        }
