"""One application of a segment's activity plan to its accounts, by hand or on entry."""

from odoo import api, fields, models
from odoo.tools import SQL, format_date

KINDS = [("hand", "By hand"), ("entry", "On entry")]


class CarteraTreatment(models.Model):
    _name = "cartera.treatment"
    _inherit = ["cartera.batch"]
    _description = "Treatment of a segment"
    _order = "id desc"
    _rec_name = "plan_name"

    _batch_cron = "crm_cartera.cron_treatment"
    _batch_line = "cartera.treatment.line"

    segment_id = fields.Many2one(
        comodel_name="cartera.segment",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    dimension_id = fields.Many2one(related="segment_id.dimension_id")
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="cascade"
    )
    plan_id = fields.Many2one(
        comodel_name="mail.activity.plan",
        string="Activity plan",
        readonly=True,
        ondelete="set null",
    )
    plan_name = fields.Char(
        string="Plan", readonly=True, help="The plan's name on that day, kept if it is deleted."
    )
    kind = fields.Selection(
        selection=KINDS,
        string="Applied",
        required=True,
        readonly=True,
        default="hand",
        help="By hand: somebody applied it. On entry: the accounts had entered the segment.",
    )
    date = fields.Date(
        required=True, readonly=True, help="The plan's date: the activities are due from it on."
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Applied by",
        readonly=True,
        ondelete="set null",
        help="With whose rights the activities are scheduled. Empty: on entry.",
    )
    other_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Without salesperson",
        readonly=True,
        ondelete="set null",
        help="Who gets the activities of accounts without a salesperson.",
    )
    state = fields.Selection(
        selection=[("running", "Being scheduled"), ("done", "Done")],
        required=True,
        readonly=True,
        default="running",
    )
    line_ids = fields.One2many(
        comodel_name="cartera.treatment.line",
        inverse_name="treatment_id",
        string="Account by account",
        readonly=True,
    )
    # Counted of the accounts that the reader may see.
    account_count = fields.Integer(
        string="Accounts", compute="_compute_counts", help="Accounts that were chosen for it."
    )
    waiting_count = fields.Integer(string="Still to do", compute="_compute_counts")
    done_count = fields.Integer(
        string="Scheduled", compute="_compute_counts", help="Accounts that got the activities."
    )
    skipped_count = fields.Integer(
        string="Left out", compute="_compute_counts", help="Accounts left out; each says why."
    )
    activity_count = fields.Integer(
        string="Activities", compute="_compute_counts", help="Activities that were scheduled."
    )
    open_count = fields.Integer(
        string="Open activities",
        compute="_compute_open_count",
        help="Activities of it that are not done yet.",
    )
    progress = fields.Float(compute="_compute_counts")

    @api.depends("plan_name", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        """The segment is not named: not everybody who may see the plan may see it."""
        for treatment in self:
            day = format_date(self.env, treatment.date)
            treatment.display_name = f"{treatment.plan_name} ({day})"

    @api.depends("line_ids.state", "line_ids.activity_count")
    @api.depends_context("uid")
    def _compute_counts(self):
        counts = {treatment: dict.fromkeys(("waiting", "done", "skipped"), 0) for treatment in self}
        activities = dict.fromkeys(self, 0)
        for treatment, state, count, total in self.env["cartera.treatment.line"]._read_group(
            [("treatment_id", "in", self.ids)],
            ["treatment_id", "state"],
            ["__count", "activity_count:sum"],
        ):
            counts[treatment][state] = count
            activities[treatment] += total
        for treatment, found in counts.items():
            total = sum(found.values())
            treatment.account_count = total
            treatment.waiting_count = found["waiting"]
            treatment.done_count = found["done"]
            treatment.skipped_count = found["skipped"]
            treatment.activity_count = activities[treatment]
            treatment.progress = 100 * (total - found["waiting"]) / total if total else 100

    @api.depends("line_ids.activity_ids")
    @api.depends_context("uid")
    def _compute_open_count(self):
        lines = self.env["cartera.treatment.line"]._search([("treatment_id", "in", self.ids)])
        rows = self.env.execute_query(
            SQL(
                """SELECT l.treatment_id, COUNT(*) FROM mail_activity a
                     JOIN cartera_treatment_line l ON l.id = a.cartera_treatment_line_id
                    WHERE a.active AND l.id IN %s GROUP BY l.treatment_id""",
                lines.subselect(),
            )
        )
        counts = dict(rows)
        for treatment in self:
            treatment.open_count = counts.get(treatment.id, 0)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_accounts(self):
        """Open the accounts that got the activities."""
        self.check_access("read")
        lines = self.env["cartera.treatment.line"]
        done = lines.search([("treatment_id", "in", self.ids), ("state", "=", "done")])
        action = self.env["ir.actions.act_window"]._for_xml_id("crm_cartera.cartera_profile_action")
        return {**action, "domain": [("id", "in", done.profile_id.ids)], "context": {}}

    def action_open_activities(self):
        """Open the activities that are not done yet; the user sees those that he may read."""
        self.check_access("read")
        lines = self.env["cartera.treatment.line"].search([("treatment_id", "in", self.ids)])
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open activities"),
            "res_model": "mail.activity",
            "views": [[False, "list"], [False, "kanban"], [False, "form"]],
            "domain": [("cartera_treatment_line_id", "in", lines.ids)],
        }
