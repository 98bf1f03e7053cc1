"""What the segments of an account ask of its salesperson, and when it came into them."""

from odoo import api, fields, models

from .cartera_segment_field import SegmentMany2many


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    segment_move_ids = fields.One2many(
        comodel_name="cartera.segment.move",
        inverse_name="profile_id",
        string="Moves between segments",
        readonly=True,
    )
    key_segment_ids = SegmentMany2many(
        comodel_name="cartera.segment",
        string="Key segments",
        compute="_compute_key_segments",
        compute_sudo=False,
        help="Its segments that the company works on first.",
    )

    @api.depends("segment_ids.is_key")
    @api.depends_context("uid")
    def _compute_key_segments(self):
        for profile in self:
            profile.key_segment_ids = profile.segment_ids.filtered("is_key")
