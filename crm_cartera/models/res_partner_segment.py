"""The segments of the account, on each of its contacts."""

from odoo import models

from .cartera_figures import SALES
from .cartera_segment_field import SegmentMany2many


class ResPartner(models.Model):
    _inherit = "res.partner"

    cartera_segment_ids = SegmentMany2many(
        comodel_name="cartera.segment", related="cartera_profile_id.segment_ids", groups=SALES
    )
