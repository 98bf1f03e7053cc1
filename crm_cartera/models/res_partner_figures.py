"""The figures of the account, on each of its contacts."""

from odoo import api, fields, models

from .cartera_fields import BlankFloat, BlankInteger, BlankMonetary
from .cartera_figures import MARGIN, SALES


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Say in the labels how long the period of the current company is."""
        return self.env["cartera.policy"]._put_period(super().fields_get(allfields, attributes))

    # All contacts of an account show its figures: sorted and grouped by, never summed.
    cartera_revenue_12m = BlankMonetary(
        related="cartera_profile_id.revenue_12m",
        currency_field="cartera_currency_id",
        groups=SALES,
        aggregator=None,
    )
    cartera_revenue_prev_12m = BlankMonetary(
        related="cartera_profile_id.revenue_prev_12m",
        currency_field="cartera_currency_id",
        groups=SALES,
        aggregator=None,
    )
    cartera_revenue_total = BlankMonetary(
        related="cartera_profile_id.revenue_total",
        currency_field="cartera_currency_id",
        groups=SALES,
        aggregator=None,
    )
    cartera_receivable = BlankMonetary(
        related="cartera_profile_id.receivable",
        currency_field="cartera_currency_id",
        groups=SALES,
        aggregator=None,
    )
    cartera_overdue = BlankMonetary(
        related="cartera_profile_id.overdue",
        currency_field="cartera_currency_id",
        groups=SALES,
        aggregator=None,
    )
    cartera_pipeline = fields.Monetary(
        related="cartera_profile_id.pipeline",
        currency_field="cartera_currency_id",
        groups=SALES,
        aggregator=None,
    )
    cartera_trend = BlankFloat(related="cartera_profile_id.trend", groups=SALES, aggregator=None)
    cartera_rhythm_days = BlankFloat(
        related="cartera_profile_id.rhythm_days", groups=SALES, aggregator=None
    )
    cartera_share_of_wallet = BlankFloat(
        related="cartera_profile_id.share_of_wallet", groups=SALES, aggregator=None
    )
    cartera_affinity_score = BlankInteger(
        related="cartera_profile_id.affinity_score", groups=SALES, aggregator=None
    )
    cartera_priority = BlankInteger(
        related="cartera_profile_id.priority", groups=SALES, aggregator=None
    )
    cartera_suggested_action = fields.Selection(
        related="cartera_profile_id.suggested_action", groups=SALES
    )
    cartera_days_to_pay = BlankFloat(
        related="cartera_profile_id.days_to_pay", groups=SALES, aggregator=None
    )
    cartera_purchase_count_12m = fields.Integer(
        related="cartera_profile_id.purchase_count_12m", groups=SALES, aggregator=None
    )
    cartera_purchase_count = fields.Integer(
        related="cartera_profile_id.purchase_count", groups=SALES, aggregator=None
    )
    cartera_refund_count = fields.Integer(
        related="cartera_profile_id.refund_count", groups=SALES, aggregator=None
    )
    cartera_categ_count = fields.Integer(
        related="cartera_profile_id.categ_count", groups=SALES, aggregator=None
    )
    cartera_lead_count = fields.Integer(
        related="cartera_profile_id.lead_count", groups=SALES, aggregator=None
    )
    cartera_open_opportunity_count = fields.Integer(
        related="cartera_profile_id.open_opportunity_count", groups=SALES, aggregator=None
    )
    cartera_interaction_count_90d = fields.Integer(
        related="cartera_profile_id.interaction_count_90d", groups=SALES, aggregator=None
    )
    cartera_interaction_count_12m = fields.Integer(
        related="cartera_profile_id.interaction_count_12m", groups=SALES, aggregator=None
    )
    cartera_rfm_recency = BlankInteger(
        related="cartera_profile_id.rfm_recency", groups=SALES, aggregator=None
    )
    cartera_rfm_frequency = BlankInteger(
        related="cartera_profile_id.rfm_frequency", groups=SALES, aggregator=None
    )
    cartera_rfm_monetary = BlankInteger(
        related="cartera_profile_id.rfm_monetary", groups=SALES, aggregator=None
    )
    cartera_rfm_score = fields.Char(related="cartera_profile_id.rfm_score", groups=SALES)
    cartera_rhythm_source = fields.Selection(
        related="cartera_profile_id.rhythm_source", groups=SALES
    )
    cartera_retention_status = fields.Selection(
        related="cartera_profile_id.retention_status", groups=SALES
    )
    cartera_abc_revenue = fields.Selection(related="cartera_profile_id.abc_revenue", groups=SALES)
    cartera_first_purchase_date = fields.Date(
        related="cartera_profile_id.first_purchase_date", groups=SALES
    )
    cartera_last_purchase_date = fields.Date(
        related="cartera_profile_id.last_purchase_date", groups=SALES
    )
    cartera_expected_purchase_date = fields.Date(
        related="cartera_profile_id.expected_purchase_date", groups=SALES
    )
    cartera_top_categ_id = fields.Many2one(related="cartera_profile_id.top_categ_id", groups=SALES)
    cartera_recency_days = BlankInteger(
        related="cartera_profile_id.recency_days", groups=SALES, aggregator=None
    )
    cartera_tenure_days = BlankInteger(
        related="cartera_profile_id.tenure_days", groups=SALES, aggregator=None
    )
    cartera_days_to_next_purchase = BlankInteger(
        related="cartera_profile_id.days_to_next_purchase", groups=SALES, aggregator=None
    )
    cartera_revenue_share = BlankFloat(
        related="cartera_profile_id.revenue_share", groups=SALES, aggregator=None
    )

    # Margins, for those who may see them
    cartera_margin_12m = BlankMonetary(
        related="cartera_profile_id.margin_12m",
        currency_field="cartera_currency_id",
        groups=MARGIN,
        aggregator=None,
    )
    cartera_margin_rate = BlankFloat(
        related="cartera_profile_id.margin_rate", groups=MARGIN, aggregator=None
    )
    cartera_margin_covered_rate = BlankFloat(
        related="cartera_profile_id.margin_covered_rate", groups=MARGIN, aggregator=None
    )
    cartera_margin_frozen_rate = BlankFloat(
        related="cartera_profile_id.margin_frozen_rate", groups=MARGIN, aggregator=None
    )
    cartera_abc_margin = fields.Selection(related="cartera_profile_id.abc_margin", groups=MARGIN)
