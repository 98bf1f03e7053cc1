"""Rows of the queue that somebody put aside until a day, and why."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

REASONS = [
    ("later", "The customer asked for later"),
    ("absent", "Nobody could be reached"),
    ("waiting", "We wait for something"),
    ("colleague", "A colleague sees to it"),
    ("needless", "Nothing to do now"),
    ("other", "Another reason"),
]
#: {kind of work: model of its source}
SOURCES = {
    "activity": "mail.activity",
    "lead": "crm.lead",
    "account": "cartera.profile",
    "meeting": "calendar.event",
}


class CarteraWorkSkip(models.Model):
    """Until its day the row stays out of the queue of whoever had to do it; it is kept for the record.

    Who skips must be able to read what he skips. Handed over to somebody else, it is work again.
    """

    _name = "cartera.work.skip"
    _description = "Skipped work"
    _order = "id desc"
    _rec_name = "kind"

    kind = fields.Selection(
        selection=[
            ("activity", "Activity due"),
            ("meeting", "Meeting today"),
            ("lead", "Lead, no next step"),
            ("account", "Account, no next action"),
        ],
        required=True,
    )
    source_id = fields.Integer(string="Source ID", required=True, aggregator=None)
    name = fields.Char(
        string="What",
        compute="_compute_name",
        compute_sudo=False,
        help="Blank if it is private or you may not read it.",
    )
    # So that it goes when they go, and is found from them.
    profile_id = fields.Many2one(
        comodel_name="cartera.profile", string="Account", ondelete="cascade", index="btree_not_null"
    )
    lead_id = fields.Many2one(comodel_name="crm.lead", ondelete="cascade", index="btree_not_null")
    activity_id = fields.Many2one(
        comodel_name="mail.activity",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Who had to do it",
        ondelete="cascade",
        help="Whose queue it was in.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.company.root_id,
    )
    reason = fields.Selection(selection=REASONS, required=True, string="Why")
    note = fields.Text(string="Explanation")
    until = fields.Date(
        required=True,
        string="Back on",
        default=lambda self: self._get_default_until(),
        help="On this day it is in the queue again, unless it is done by then.",
    )

    _source_idx = models.Index("(company_id, kind, source_id, until)")
    _note_given = models.Constraint(
        "CHECK (reason <> 'other' OR note <> '')", "Explain the other reason."
    )

    @api.model
    def _get_default_until(self):
        return self.env["cartera.policy"]._for(self.env.company)._today() + timedelta(days=1)

    @api.constrains("reason", "note")
    def _check_note(self):
        for skip in self:
            if skip.reason == "other" and not (skip.note or "").strip():
                raise ValidationError(self.env._("Explanation: say what the other reason is."))

    @api.model_create_multi
    def create(self, vals_list):
        """Skip what the user may read, from tomorrow on at the earliest."""
        skips = super().create(vals_list)
        skips._check_source()
        skips._check_until()
        return skips

    def _check_until(self):
        for company, skips in self.grouped("company_id").items():
            today = self.env["cartera.policy"]._for(company)._today()
            if any(skip.until <= today for skip in skips):
                raise ValidationError(self.env._("Back on: choose a day after today."))

    def _check_source(self):
        """Refuse what is not there or not readable; note the account, lead and activity it is about."""
        for kind, skips in self.grouped("kind").items():
            sources = self.env[SOURCES[kind]].browse(skips.mapped("source_id")).exists()
            sources.check_access("read")
            for skip in skips:
                if skip.source_id not in sources._ids:
                    raise ValidationError(self.env._("It is not there any more."))
                if skip.profile_id:
                    skip.profile_id.check_access("read")
                skip.sudo().write(skip._prepare_source_vals())

    def _prepare_source_vals(self):
        """Return what points at the thing itself, so that the skip goes when it goes."""
        self.ensure_one()
        vals = {"company_id": self.company_id.root_id.id}
        if self.kind == "activity":
            vals["activity_id"] = self.source_id
        elif self.kind == "lead":
            vals["lead_id"] = self.source_id
        elif self.kind == "account":
            vals["profile_id"] = self.source_id
        return vals

    @api.depends_context("uid")
    @api.depends("kind", "source_id")
    def _compute_name(self):
        """Read what was skipped with the user's own rights, one query a kind."""
        self.name = False
        for kind, skips in self.grouped("kind").items():
            if not kind:
                continue
            model = self.env[SOURCES[kind]].with_context(active_test=False)
            sources = model.browse(skips.mapped("source_id")).exists()._filtered_access("read")
            names = {source.id: self.env["cartera.work"]._get_name_of(source) for source in sources}
            for skip in skips:
                skip.name = names.get(skip.source_id)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_return(self):
        """Put it into the queue again, today."""
        self.check_access("read")
        for company, skips in self.sudo().grouped("company_id").items():
            today = self.env["cartera.policy"]._for(company)._today()
            skips.filtered(lambda skip, today=today: skip.until > today).until = today
