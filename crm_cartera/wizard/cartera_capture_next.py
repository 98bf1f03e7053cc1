"""The next action in the dialog: what is proposed, and when."""

from odoo import api, fields, models


class CarteraCapture(models.TransientModel):
    _inherit = "cartera.capture"

    next_type_id = fields.Many2one(
        comodel_name="mail.activity.type",
        string="Next action",
        domain=[("res_model", "in", [False, "res.partner", "crm.lead"])],
        default=lambda self: self.env.ref("mail.mail_activity_data_call", False),
    )
    next_in = fields.Selection(
        selection=[
            ("1", "Tomorrow"),
            ("3", "In 3 days"),
            ("7", "In a week"),
            ("14", "In 2 weeks"),
            ("30", "In a month"),
        ],
        string="When next",
    )
    next_date = fields.Date(string="Due on")
    next_suggested = fields.Boolean(help="The dialog proposed the day of the next action.")
    next_summary = fields.Char(string="What to do")
    next_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Responsible",
        compute="_compute_next_user",
        compute_sudo=False,
        store=True,
        readonly=False,
        domain=[("share", "=", False)],
    )

    @api.depends("profile_id", "lead_id", "account_id")
    def _compute_next_user(self):
        for dialog in self:
            dialog.next_user_id = self.env.user

    def _get_days(self):
        """Return the choice that the day of the next action is; nothing if none of them."""
        if not self.next_date:
            return False
        days = str((self.next_date - fields.Date.context_today(self)).days)
        return days if days in dict(self._fields["next_in"].selection) else False

    @api.onchange("next_in")
    def _onchange_next_in(self):
        """Count the days from today; a choice that is taken back leaves nothing scheduled."""
        if self.next_in == self._get_days():
            return
        today = fields.Date.context_today(self)
        self.next_date = self.next_in and fields.Date.add(today, days=int(self.next_in))

    @api.onchange("next_date")
    def _onchange_next_date(self):
        """Keep the choice and the day alike; what was proposed goes with its day."""
        self.next_in = self._get_days()
        if not self.next_date and self.next_suggested:
            self.next_summary = self.next_suggested = False

    @api.onchange("kind_id", "answer")
    def _onchange_open_incident(self):
        """Propose to answer an open incident tomorrow; a day that the user chose stays."""
        tomorrow = fields.Date.add(fields.Date.context_today(self), days=1)
        open_incident = self.is_incident and not self.answer
        if open_incident and not self.next_date:
            self.next_date, self.next_in = tomorrow, "1"
            self.next_summary = self.next_summary or self.env._("Answer the incident")
            self.next_suggested = True
        elif not open_incident and self.next_suggested:
            if self.next_date == tomorrow:
                self.next_date = self.next_in = self.next_summary = False
            self.next_suggested = False
