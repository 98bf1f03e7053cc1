"""The names of the measures of money and clients, to choose from."""

from odoo import models


class CarteraMeasure(models.AbstractModel):
    _inherit = "cartera.measure"

    def _get_measure_names(self):
        env, known = self.env, self._get_measures()
        names = {
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
        return {
            code: name for code, name in names.items() if code in known
        } | super()._get_measure_names()
