"""One hand-over of accounts to other salespeople, with what is open on them; it can be taken back."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .cartera_profile import MANAGER

STATES = [
    ("running", "Being handed over"),
    ("done", "Done"),
    ("undoing", "Being taken back"),
    ("undone", "Taken back"),
]


class CarteraHandover(models.Model):
    _name = "cartera.handover"
    _inherit = ["cartera.batch"]
    _description = "Hand-over of accounts"
    _order = "id desc"

    _batch_cron = "crm_cartera.cron_handover"
    _batch_line = "cartera.handover.line"
    _batch_running = ("running", "undoing")

    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="cascade"
    )
    date = fields.Date(required=True, readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Handed over by",
        readonly=True,
        ondelete="set null",
        help="With whose rights the records are moved.",
    )
    from_user_ids = fields.Many2many(
        comodel_name="res.users",
        relation="cartera_handover_from_rel",
        string="Accounts of",
        readonly=True,
        context={"active_test": False},
        help="Only their accounts. Empty: all accounts that were chosen, whoever has them.",
    )
    to_user_ids = fields.Many2many(
        comodel_name="res.users",
        relation="cartera_handover_to_rel",
        string="To",
        readonly=True,
        context={"active_test": False},
        help="With several, each gets the same number of accounts.",
    )
    domain = fields.Char(string="Accounts", readonly=True, groups=MANAGER)
    reason = fields.Char(
        readonly=True,
        groups=MANAGER,
        help="For the sales managers; it is not written on the accounts.",
    )
    state = fields.Selection(
        selection=STATES, required=True, readonly=True, default="running", index=True
    )
    undone_by_id = fields.Many2one(
        comodel_name="res.users", string="Taken back by", readonly=True, ondelete="set null"
    )
    line_ids = fields.One2many(
        comodel_name="cartera.handover.line",
        inverse_name="handover_id",
        string="Record by record",
        readonly=True,
    )
    # Counted of what the reader may see.
    account_count = fields.Integer(
        string="Accounts moved", compute="_compute_counts", help="Accounts that changed hands."
    )
    contact_count = fields.Integer(
        string="Contacts moved",
        compute="_compute_counts",
        help="Contacts of the accounts that had the same salesperson.",
    )
    lead_count = fields.Integer(
        string="Leads moved",
        compute="_compute_counts",
        help="Open leads and opportunities of the former salesperson.",
    )
    activity_count = fields.Integer(
        string="Activities moved",
        compute="_compute_counts",
        help="Open activities of the former salesperson on the accounts, their contacts and open leads.",
    )
    meeting_count = fields.Integer(
        string="Meetings moved",
        compute="_compute_counts",
        help="Future meetings of the former salesperson with somebody of the accounts.",
    )
    waiting_count = fields.Integer(string="Still to do", compute="_compute_counts")
    skipped_count = fields.Integer(
        string="Left as they were",
        compute="_compute_counts",
        help="Records that were not moved; each says why.",
    )
    undone_count = fields.Integer(
        string="Given back",
        compute="_compute_counts",
        help="Records that the former salesperson has again.",
    )
    progress = fields.Float(compute="_compute_counts")

    @api.depends("date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for handover in self:
            handover.display_name = self.env._(
                "Hand-over %(number)s of %(day)s",
                number=handover.id or "",
                day=format_date(self.env, handover.date),
            )

    @api.depends("line_ids.state")
    @api.depends_context("uid")
    def _compute_counts(self):
        counts = {}
        for handover, kind, state, count in self.env["cartera.handover.line"]._read_group(
            [("handover_id", "in", self.ids)], ["handover_id", "kind", "state"], ["__count"]
        ):
            counts[handover, kind, state] = count
        kinds = ("account", "contact", "lead", "activity", "meeting")

        def count(handover, state):
            return sum(counts.get((handover, kind, state), 0) for kind in kinds)

        for handover in self:
            for kind in kinds:
                moved = ("moved", "returning", "undone")
                handover[f"{kind}_count"] = sum(
                    counts.get((handover, kind, state), 0) for state in moved
                )
            handover.waiting_count = count(handover, "waiting") + count(handover, "returning")
            handover.skipped_count = count(handover, "skipped")
            handover.undone_count = count(handover, "undone")
            total = sum(found for (mine, *_rest), found in counts.items() if mine == handover)
            left = handover.waiting_count
            handover.progress = 100 * (total - left) / total if total else 100

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_undo(self):
        """Give back, of what this hand-over moved, all that is still as it left it."""
        self.ensure_one()
        self._check_manager()
        self.check_access("read")
        if self.state != "done":
            raise UserError(
                self.env._("Only a hand-over that is done, and not taken back, can be taken back.")
            )
        self._undo()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_open_accounts(self):
        """Open the accounts that changed hands."""
        self.check_access("read")
        lines = self.env["cartera.handover.line"].search(
            [
                ("handover_id", "in", self.ids),
                ("kind", "=", "account"),
                ("state", "in", ["moved", "undone"]),
            ]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id("crm_cartera.cartera_profile_action")
        return {**action, "domain": [("id", "in", lines.profile_id.ids)], "context": {}}

    @api.model
    def _check_manager(self):
        """Raise AccessError for anybody but a sales manager."""
        self.env["cartera.handover.plan"].check_access("create")
