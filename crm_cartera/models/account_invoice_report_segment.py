"""Odoo's invoice analysis by the segments of the account."""

from odoo import fields, models

from .cartera_figures import SALES
from .cartera_segment_field import SegmentMany2many


class AccountInvoiceReport(models.Model):
    _inherit = "account.invoice.report"

    cartera_segment_ids = SegmentMany2many(
        comodel_name="cartera.segment",
        related="cartera_profile_id.segment_ids",
        string="Segments",
        groups=SALES,
        help="Of the account today, not on the day of the invoice. An account is in one segment of "
        "each dimension: choose a dimension, or its amounts are counted once for each.",
    )
    cartera_medium_id = fields.Many2one(
        related="cartera_profile_id.first_medium_id",
        string="First medium",
        groups=SALES,
        help="The channel by which the account came in.",
    )
