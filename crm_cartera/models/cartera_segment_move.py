"""Entering and leaving segments: one dated row each."""

from odoo import api, fields, models
from odoo.tools import SQL

from .cartera_segment_field import LooseMany2one


class CarteraSegmentMove(models.Model):
    _name = "cartera.segment.move"
    _description = "Move between segments"
    _order = "date desc, id desc"
    _rec_name = "profile_id"
    _log_access = False

    profile_id = fields.Many2one(
        comodel_name="cartera.profile",
        string="Account",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(related="profile_id.partner_id")
    user_id = fields.Many2one(related="profile_id.user_id")
    company_id = LooseMany2one(comodel_name="res.company", required=True, readonly=True)
    dimension_id = LooseMany2one(comodel_name="cartera.dimension", required=True, readonly=True)
    from_segment_id = LooseMany2one(
        comodel_name="cartera.segment",
        string="From",
        readonly=True,
        index="btree_not_null",
        help="Empty: it was in no segment of the dimension.",
    )
    segment_id = LooseMany2one(
        comodel_name="cartera.segment",
        string="To",
        readonly=True,
        help="Empty: it is in no segment of the dimension now.",
    )
    date = fields.Date(
        required=True, readonly=True, help="The day, in the company's zone, on which it was found."
    )
    kind = fields.Selection(
        string="Why",
        selection=[
            ("account", "The account changed"),
            ("rule", "The rule changed"),
            ("entered", "First sorting"),
        ],
        required=True,
        readonly=True,
        help="Reports of migration count what happened to accounts, not what somebody did to the rules.",
    )

    _company_date_idx = models.Index("(company_id, date)")
    _segment_date_idx = models.Index("(segment_id, date) WHERE segment_id IS NOT NULL")

    @api.depends("profile_id", "segment_id", "date")
    def _compute_display_name(self):
        nowhere = self.env._("None")
        for move in self:
            move.display_name = f"{move.profile_id.name}: {move.segment_id.name or nowhere}"

    def action_open(self):
        """Open the account."""
        self.ensure_one()
        return self.profile_id._get_records_action(name=self.profile_id.name)

    @api.model
    def _forget(self, segments):
        """Delete the moves from and to segments that are about to be deleted: nothing else does."""
        self.env.cr.execute(
            SQL(
                "DELETE FROM cartera_segment_move WHERE segment_id = ANY(%s) OR from_segment_id = ANY(%s)",
                segments.ids,
                segments.ids,
            )
        )
        self.invalidate_model()
