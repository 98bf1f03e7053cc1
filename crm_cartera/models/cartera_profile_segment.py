"""The segments of an account."""

from odoo import models

from .cartera_segment_field import SegmentMany2many


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    segment_ids = SegmentMany2many(
        comodel_name="cartera.segment",
        relation="cartera_profile_segment_rel",
        column1="profile_id",
        column2="segment_id",
        string="Segments",
        readonly=True,
        copy=False,
        help="The first matching segment of each dimension.",
    )

    def init(self):
        """Add the array that repeats the rows of ``segment_ids``: sorting compares it, see there."""
        result = super().init()
        self.env.cr.execute(
            "ALTER TABLE cartera_profile ADD COLUMN IF NOT EXISTS segment_key int4[]"
        )
        return result
