"""Next action and last interaction of an account, as its users see them."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

STATES = [("overdue", "Overdue"), ("today", "Today"), ("planned", "Planned"), ("none", "None")]


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    next_action_date = fields.Date(
        string="Next action",
        readonly=True,
        help="Earliest open activity or future meeting of the account, its contacts and open leads.",
    )
    next_action_model = fields.Selection(
        selection=[("mail.activity", "Activity"), ("calendar.event", "Meeting")],
        string="Next action is",
        readonly=True,
    )
    next_action_res_id = fields.Many2oneReference(
        string="Next action ID", model_field="next_action_model", readonly=True, aggregator=None
    )
    next_action_user_id = fields.Many2one(
        comodel_name="res.users", string="Next action by", readonly=True, ondelete="set null"
    )
    next_action_summary = fields.Char(
        string="What to do",
        compute="_compute_next_action_summary",
        compute_sudo=False,
        help="Blank if it is private or you may not read it.",
    )
    next_action_state = fields.Selection(
        selection=STATES,
        string="Action state",
        compute="_compute_next_action_state",
        search="_search_next_action_state",
    )
    last_interaction_date = fields.Date(
        string="Last interaction",
        readonly=True,
        help="Latest done activity, past meeting, or e-mail or comment from or to a person of the "
        "account.",
    )
    last_interaction_kind = fields.Selection(
        selection=[
            ("activity", "Activity"),
            ("meeting", "Meeting"),
            ("email", "E-mail"),
            ("comment", "Comment"),
        ],
        string="Last interaction was",
        readonly=True,
    )
    last_interaction_user_id = fields.Many2one(
        comodel_name="res.users", string="Last attended by", readonly=True, ondelete="set null"
    )

    # The contact's activities: shown and scheduled from the portfolio, kept on the contact
    activity_ids = fields.One2many(related="partner_id.activity_ids")
    activity_state = fields.Selection(related="partner_id.activity_state")
    activity_summary = fields.Char(related="partner_id.activity_summary")
    activity_type_id = fields.Many2one(related="partner_id.activity_type_id")
    activity_type_icon = fields.Char(related="partner_id.activity_type_icon")
    activity_exception_decoration = fields.Selection(
        related="partner_id.activity_exception_decoration"
    )
    activity_exception_icon = fields.Char(related="partner_id.activity_exception_icon")

    @api.depends_context("uid")
    @api.depends("next_action_model", "next_action_res_id")
    def _compute_next_action_summary(self):
        """Read the summaries with the user's own rights, one query a source."""
        self.next_action_summary = False
        for model, profiles in self.grouped("next_action_model").items():
            if not model:
                continue
            ids = [res_id for res_id in profiles.mapped("next_action_res_id") if res_id]
            sources = self.env[model].browse(ids).exists()._filtered_access("read")
            names = {source.id: source._cartera_get_summary() for source in sources}
            for profile in profiles:
                profile.next_action_summary = names.get(profile.next_action_res_id)

    @api.depends("next_action_date")
    def _compute_next_action_state(self):
        today = fields.Date.context_today(self)
        for profile in self:
            day = profile.next_action_date
            if not day:
                profile.next_action_state = "none"
            elif day == today:
                profile.next_action_state = "today"
            else:
                profile.next_action_state = "overdue" if day < today else "planned"

    def _search_next_action_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        parts = {
            "overdue": Domain("next_action_date", "<", today),
            "today": Domain("next_action_date", "=", today),
            "planned": Domain("next_action_date", ">", today),
            "none": Domain("next_action_date", "=", False),
        }
        return Domain.OR(parts[state] for state in value if state in parts)

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Group by the action's state: it changes with the calendar, so it is not stored."""
        if groupby_spec != "next_action_state":
            return super()._read_group_groupby(alias, groupby_spec, query)
        return SQL(
            "CASE WHEN %(day)s IS NULL THEN 'none' WHEN %(day)s < %(today)s THEN 'overdue'"
            " WHEN %(day)s = %(today)s THEN 'today' ELSE 'planned' END",
            day=self._field_to_sql(alias, "next_action_date", query),
            today=fields.Date.context_today(self),
        )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_schedule(self):
        """Schedule an activity on the contacts of these accounts."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Schedule next action"),
            "res_model": "mail.activity.schedule",
            "view_mode": "form",
            "target": "new",
            "context": {"active_model": "res.partner", "active_ids": self.partner_id.ids},
        }

    def action_new_opportunity(self):
        """Open a new opportunity of the account."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New opportunity"),
            "res_model": "crm.lead",
            "view_mode": "form",
            "context": {
                "default_type": "opportunity",
                "default_partner_id": self.partner_id.id,
                "default_user_id": self.user_id.id or self.env.uid,
            },
        }

    def action_open_partner(self):
        self.ensure_one()
        return self.partner_id._get_records_action(name=self.partner_id.name)

    def action_open_opportunities(self):
        """Open the account's leads and opportunities, won and lost ones too."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("crm.crm_lead_opportunities")
        action["domain"] = [("partner_id", "child_of", self.partner_id.id)]
        action["context"] = {
            "default_partner_id": self.partner_id.id,
            "default_type": "opportunity",
            "active_test": False,
        }
        return action

    def action_open_history(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_cartera.cartera_transition_action_account"
        )
        action["domain"] = [("profile_id", "=", self.id)]
        return action
