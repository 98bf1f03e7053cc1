"""What a hand-over did with one record: moved, left as it was and why, or given back."""

from odoo import fields, models

from .cartera_profile import MANAGER

KINDS = [
    ("account", "Account"),
    ("contact", "Contact"),
    ("lead", "Lead"),
    ("activity", "Activity"),
    ("meeting", "Meeting"),
]
#: {kind: model of its records}, in the order in which they are moved.
MODELS = {
    "account": "res.partner",
    "contact": "res.partner",
    "lead": "crm.lead",
    "activity": "mail.activity",
    "meeting": "calendar.event",
}
REASONS = [
    ("same", "It is that salesperson's already"),
    ("private", "A private meeting stays with its organiser"),
    ("gone", "It is not there any more"),
    ("closed", "It was done, closed or over by then"),
    ("changed", "Somebody else had it by then"),
    ("company", "The new salesperson cannot work in its company"),
    ("error", "It could not be moved"),
]


class CarteraHandoverLine(models.Model):
    _name = "cartera.handover.line"
    _inherit = ["cartera.batch.line"]
    _description = "Hand-over of a record"
    _order = "handover_id desc, id"
    _rec_name = "profile_id"

    _batch_parent = "handover_id"
    _batch_todo = ("waiting", "returning")
    _batch_size = 500

    handover_id = fields.Many2one(
        comodel_name="cartera.handover",
        string="Hand-over",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    date = fields.Date(related="handover_id.date")
    author_id = fields.Many2one(related="handover_id.user_id", string="Handed over by")
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="cascade"
    )
    profile_id = fields.Many2one(
        comodel_name="cartera.profile",
        string="Account",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    kind = fields.Selection(selection=KINDS, string="What", required=True, readonly=True)
    # The record may be deleted; the line stays.
    res_model = fields.Char(string="Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record ID", model_field="res_model", required=True, readonly=True, aggregator=None
    )
    label = fields.Char(
        string="Record",
        readonly=True,
        groups=MANAGER,
        help="Its name on that day; of a meeting its day only.",
    )
    old_user_id = fields.Many2one(
        comodel_name="res.users", string="From", readonly=True, ondelete="set null"
    )
    new_user_id = fields.Many2one(
        comodel_name="res.users", string="To", readonly=True, ondelete="set null"
    )
    # Of a lead: the team goes with its salesperson.
    old_team_id = fields.Many2one(
        comodel_name="crm.team", string="Former team", readonly=True, ondelete="set null"
    )
    new_team_id = fields.Many2one(
        comodel_name="crm.team", string="New team", readonly=True, ondelete="set null"
    )
    # Of a meeting: who took part before.
    old_attended = fields.Boolean(readonly=True, export_string_translation=False)
    new_attended = fields.Boolean(readonly=True, export_string_translation=False)
    state = fields.Selection(
        selection=[
            ("waiting", "To be moved"),
            ("moved", "Moved"),
            ("skipped", "Left as it was"),
            ("returning", "To be given back"),
            ("undone", "Given back"),
        ],
        required=True,
        readonly=True,
        default="waiting",
    )
    reason = fields.Selection(
        selection=REASONS,
        string="Why",
        readonly=True,
        help="Why it was left as it was, or why it was not given back.",
    )
    error = fields.Text(readonly=True, groups=MANAGER)

    _record_uniq = models.Constraint(
        "UNIQUE(handover_id, res_model, res_id)",
        "This record is in the hand-over already.",
    )
    _todo_idx = models.Index("(handover_id, id) WHERE state IN ('waiting', 'returning')")

    def action_open(self):
        """Open the record: of an activity what it is on."""
        self.ensure_one()
        self.check_access("read")
        record = self.env[self.res_model].with_context(active_test=False).browse(self.res_id)
        if not record.exists():
            return self.profile_id._get_records_action()
        if self.kind == "account":
            return self.profile_id._get_records_action()
        record.check_access("read")
        if self.kind == "activity":
            record = self.env[record.res_model].browse(record.res_id)
            record.check_access("read")
        return record._get_records_action()
