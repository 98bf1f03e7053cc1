"""Entering and leaving segments: one dated row each."""

from odoo import fields, models


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
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="cascade"
    )
    dimension_id = fields.Many2one(
        comodel_name="cartera.dimension",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    from_segment_id = fields.Many2one(
        comodel_name="cartera.segment",
        string="From",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: it was in no segment of the dimension.",
    )
    segment_id = fields.Many2one(
        comodel_name="cartera.segment",
        string="To",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: it is in no segment of the dimension now.",
    )
    date = fields.Date(
        required=True, readonly=True, help="The day, in the company's zone, on which it was found."
    )
    kind = fields.Selection(
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
