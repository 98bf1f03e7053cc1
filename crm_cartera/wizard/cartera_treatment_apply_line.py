"""One segment of the dialog that applies treatments."""

from odoo import fields, models


class CarteraTreatmentApplyLine(models.TransientModel):
    _name = "cartera.treatment.apply.line"
    _description = "Apply treatment: segment"
    _order = "id"

    apply_id = fields.Many2one(
        comodel_name="cartera.treatment.apply", string="Dialog", required=True, ondelete="cascade"
    )
    selected = fields.Boolean(string="Apply")
    segment_id = fields.Many2one(
        comodel_name="cartera.segment", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="cascade"
    )
    plan_id = fields.Many2one(
        comodel_name="mail.activity.plan",
        string="Activity plan",
        readonly=True,
        ondelete="cascade",
    )
    step_count = fields.Integer(string="Activities each", readonly=True)
    account_count = fields.Integer(
        string="Accounts", readonly=True, help="Accounts in the segment, of those that were chosen."
    )
    known_count = fields.Integer(
        string="Have it",
        readonly=True,
        help="Accounts that got the plan when they entered the segment, or on which its activities are "
        "open. They do not get it again.",
    )
    due_count = fields.Integer(
        string="Get it", readonly=True, help="Accounts on which the activities will be scheduled."
    )
    responsible = fields.Char(
        string="Who will do it",
        readonly=True,
        help="Accounts for each person: the plan's own, else the account's salesperson.",
    )
