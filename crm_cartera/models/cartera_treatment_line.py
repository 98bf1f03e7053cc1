"""What a treatment did with one account: each entry into the segment is treated once."""

from odoo import api, fields, models

REASONS = [
    ("left", "It had left the segment"),
    ("known", "The plan's activities were open on it already"),
    ("nobody", "Nobody to do it: no salesperson"),
    ("plan", "The plan was changed or taken away"),
    ("error", "It could not be scheduled"),
]


class CarteraTreatmentLine(models.Model):
    _name = "cartera.treatment.line"
    _inherit = ["cartera.batch.line"]
    _description = "Treatment of an account"
    _order = "treatment_id desc, id"
    _rec_name = "profile_id"

    _batch_parent = "treatment_id"

    treatment_id = fields.Many2one(
        comodel_name="cartera.treatment",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    profile_id = fields.Many2one(
        comodel_name="cartera.profile",
        string="Account",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(related="profile_id.partner_id")
    salesperson_id = fields.Many2one(related="profile_id.user_id", string="Salesperson")
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="cascade"
    )
    segment_id = fields.Many2one(
        comodel_name="cartera.segment",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    plan_id = fields.Many2one(
        comodel_name="mail.activity.plan",
        string="Activity plan",
        readonly=True,
        ondelete="set null",
    )
    # A plain number, 0 without a move: it outlives the deletion of the move.
    entry_id = fields.Integer(required=True, readonly=True, default=0, aggregator=None)
    entry_date = fields.Date(
        string="In the segment since",
        readonly=True,
        help="The day on which it entered the segment.",
    )
    state = fields.Selection(
        selection=[("waiting", "To be scheduled"), ("done", "Scheduled"), ("skipped", "Left out")],
        required=True,
        readonly=True,
        default="waiting",
    )
    reason = fields.Selection(selection=REASONS, string="Why", readonly=True)
    error = fields.Text(readonly=True)
    date = fields.Date(string="Scheduled on", readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Responsible",
        readonly=True,
        ondelete="set null",
        help="Who got the activities that the plan does not assign to somebody else.",
    )
    activity_count = fields.Integer(string="Activities", readonly=True)
    activity_ids = fields.One2many(
        comodel_name="mail.activity",
        inverse_name="cartera_treatment_line_id",
        string="Open activities",
        readonly=True,
    )
    open_count = fields.Integer(
        string="Open", compute="_compute_open_count", help="Activities that are not done yet."
    )
    told = fields.Boolean(readonly=True, export_string_translation=False)

    _entry_uniq = models.Constraint(
        "UNIQUE(profile_id, segment_id, plan_id, entry_id)",
        "This account got the plan already when it entered the segment.",
    )
    _waiting_idx = models.Index("(treatment_id, id) WHERE state = 'waiting'")

    @api.depends("activity_ids")
    def _compute_open_count(self):
        """Count for everybody: how many there are is no secret of theirs."""
        counts = dict(
            self.env["mail.activity"]
            .sudo()
            ._read_group(
                [("cartera_treatment_line_id", "in", self.ids), ("active", "=", True)],
                ["cartera_treatment_line_id"],
                ["__count"],
            )
        )
        for line in self:
            line.open_count = counts.get(line.sudo(), 0)
