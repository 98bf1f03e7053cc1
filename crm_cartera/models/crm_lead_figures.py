"""The figures of its account that help to judge a lead."""

from odoo import fields, models

from .cartera_fields import BlankMonetary
from .res_partner import SALES


class CrmLead(models.Model):
    _inherit = "crm.lead"

    cartera_retention_status = fields.Selection(
        related="partner_id.cartera_retention_status", string="Account retention", groups=SALES
    )
    cartera_abc_revenue = fields.Selection(
        related="partner_id.cartera_abc_revenue", string="Account class", groups=SALES
    )
    # Several leads of an account show the same revenue: never summed.
    cartera_revenue_12m = BlankMonetary(
        related="partner_id.cartera_revenue_12m",
        string="Account revenue, 12 months",
        currency_field="company_currency",
        groups=SALES,
        aggregator=None,
    )
