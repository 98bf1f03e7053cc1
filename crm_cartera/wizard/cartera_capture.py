"""The dialog that records a contact: what took place, what was learned, what comes next."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..models.cartera_contact_kind import DIRECTIONS
from ..models.cartera_fields import BlankMonetary


class CarteraCapture(models.TransientModel):
    """Opened with an account, a lead, a contact or a due activity; what is given says where it is kept.

    Everything is read and written with the user's own rights.
    """

    _name = "cartera.capture"
    _description = "Log a contact"

    # Where it is kept
    profile_id = fields.Many2one(comodel_name="cartera.profile", string="Account")
    lead_id = fields.Many2one(comodel_name="crm.lead")
    contact_id = fields.Many2one(comodel_name="res.partner")
    incident_id = fields.Many2one(
        comodel_name="mail.activity",
        string="Incident answered",
        context={"active_test": False},
        help="Whose answer this is.",
    )
    activity_id = fields.Many2one(
        comodel_name="mail.activity", string="Due activity", help="It is done by this contact."
    )
    account_id = fields.Many2one(
        comodel_name="res.partner", compute="_compute_account", string="Company contact"
    )
    company_id = fields.Many2one(comodel_name="res.company", compute="_compute_account")
    currency_id = fields.Many2one(related="company_id.currency_id")
    record_name = fields.Char(string="With", compute="_compute_account")
    recorded = fields.Boolean(
        readonly=True, help="It is saved already: a second click does nothing."
    )

    # What took place
    kind_id = fields.Many2one(
        comodel_name="cartera.contact.kind",
        string="What",
        required=True,
        compute="_compute_kind",
        compute_sudo=False,
        store=True,
        readonly=False,
        domain="[('company_id', 'in', [False, company_id])]",
    )
    is_incident = fields.Boolean(related="kind_id.is_incident")
    direction = fields.Selection(
        selection=DIRECTIONS,
        compute="_compute_from_kind",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    date = fields.Datetime(string="When", required=True, default=fields.Datetime.now)
    duration = fields.Float(
        string="How long",
        compute="_compute_from_kind",
        compute_sudo=False,
        store=True,
        readonly=False,
        help="In hours and minutes.",
    )
    person_id = fields.Many2one(
        comodel_name="res.partner",
        string="With whom",
        compute="_compute_person",
        compute_sudo=False,
        store=True,
        readonly=False,
        domain="[('commercial_partner_id', '=', account_id)]",
    )
    outcome_id = fields.Many2one(
        comodel_name="cartera.contact.outcome",
        domain="[('company_id', 'in', [False, company_id])]",
    )
    reason_id = fields.Many2one(
        comodel_name="cartera.contact.reason",
        domain="[('company_id', 'in', [False, company_id])]",
    )
    summary = fields.Char(string="About")
    notes = fields.Text()
    problem = fields.Text()
    answer = fields.Text(help="Empty: the problem stays open.")

    # What was learned
    categ_ids = fields.Many2many(
        comodel_name="product.category",
        relation="cartera_capture_categ_rel",
        string="Products of interest",
        help="Added to those that the account is interested in.",
    )
    potential = BlankMonetary(
        string="Purchase potential",
        help="What it could buy from us in a year, if you learned it. Blank: as it was.",
    )
    potential_known = fields.Monetary(string="Known potential", compute="_compute_known")

    # ------------------------------------------------------------------
    # Where it is kept
    # ------------------------------------------------------------------

    @api.model
    def _open(self, **keys):
        """Return the action that opens the dialog about the records given by field name."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Log a contact"),
            "res_model": self._name,
            "views": [[False, "form"]],
            "target": "new",
            "context": {
                "dialog_size": "large",
                **{f"default_{name}": record.id for name, record in keys.items()},
            },
        }

    @api.model
    def default_get(self, fields):
        """Refuse at once what cannot be recorded, before anybody types."""
        values = super().default_get(fields)
        activity = self.env["mail.activity"].browse(values.get("activity_id"))
        if activity:
            self._check_due(activity)
            if activity.res_model == "crm.lead":
                values.setdefault("lead_id", activity.res_id)
            elif not values.get("profile_id"):
                values.setdefault("contact_id", activity.res_id)
        incident = activity.cartera_incident_id or activity.browse(values.get("incident_id"))
        if incident and "problem" in fields:
            incident.check_access("read")
            values["incident_id"] = incident.id
            values.setdefault("kind_id", incident.cartera_kind_id.id)
            values.setdefault("problem", incident.cartera_problem)
        return values

    @api.model
    def _check_due(self, activity):
        """Refuse an activity that is done, deleted, or of another kind of record."""
        activity = activity.with_context(active_test=False).exists()
        if not activity or not activity.active:
            raise UserError(self.env._("This activity is done or cancelled already."))
        activity.check_access("write")
        if activity.res_model not in ("res.partner", "crm.lead"):
            raise UserError(
                self.env._(
                    "“%s” is not about a contact or lead: mark it done there.", activity.res_name
                )
            )

    def _get_record(self):
        """Return the lead or contact in whose chatter it is kept."""
        if self.activity_id:
            return self.env[self.activity_id.res_model].browse(self.activity_id.res_id)
        return self.lead_id or self.contact_id or self.profile_id.partner_id

    def _get_profile(self):
        """Return the account that the user may see; empty if it is none yet, or not his."""
        if self.profile_id:
            return self.profile_id
        found = self.env["cartera.profile"]._get_visible(self.account_id, self.company_id)
        return next(iter(found.values()), self.env["cartera.profile"])

    @api.depends("profile_id", "lead_id", "contact_id", "activity_id")
    def _compute_account(self):
        for dialog in self:
            record = dialog._get_record()
            partner = record.partner_id if record._name == "crm.lead" else record
            account = partner.commercial_partner_id
            company = dialog.profile_id.company_id or (
                record._name == "crm.lead" and record.company_id
            )
            names = (record.display_name, account.name if account != record else False)
            dialog.account_id = account
            dialog.company_id = (company or self.env.company).root_id
            dialog.record_name = " · ".join(name for name in names if name)

    @api.depends("account_id", "company_id")
    def _compute_known(self):
        for dialog in self:
            dialog.potential_known = (
                dialog._get_profile().potential or dialog.lead_id.cartera_potential
            )

    # ------------------------------------------------------------------
    # What the dialog proposes
    # ------------------------------------------------------------------

    @api.depends("activity_id", "company_id")
    def _compute_kind(self):
        for dialog in self:
            kinds = self.env["cartera.contact.kind"].search(
                Domain("company_id", "in", [False, dialog.company_id.id])
            )
            same = kinds.filtered(
                lambda kind, due=dialog.activity_id.activity_type_id: (
                    due and kind.activity_type_id == due
                )
            )
            dialog.kind_id = dialog.kind_id or (same or kinds)[:1]

    @api.depends("kind_id")
    def _compute_from_kind(self):
        for dialog in self:
            dialog.direction = dialog.kind_id.direction or "out"
            dialog.duration = dialog.kind_id.duration

    @api.depends("contact_id", "lead_id", "account_id")
    def _compute_person(self):
        for dialog in self:
            partner = dialog.contact_id or dialog.lead_id.partner_id
            dialog.person_id = partner if partner and not partner.is_company else False

    # ------------------------------------------------------------------
    # Errors
    # ------------------------------------------------------------------

    def _refuse(self, name, message):
        label = self._fields[name]._description_string(self.env)
        raise ValidationError(self.env._("%(field)s: %(message)s", field=label, message=message))

    @api.constrains("date", "duration", "potential", "next_date")
    def _check_numbers(self):
        for dialog in self.filtered(lambda dialog: not dialog.recorded):
            if dialog.date > fields.Datetime.now():
                self._refuse("date", self.env._("cannot be in the future."))
            if dialog.duration < 0:
                self._refuse("duration", self.env._("cannot be negative."))
            if (dialog.potential or 0) < 0:
                self._refuse("potential", self.env._("cannot be negative."))
            if dialog.next_date and dialog.next_date < fields.Date.context_today(self):
                self._refuse("next_date", self.env._("cannot be in the past."))

    @api.constrains("person_id", "profile_id", "lead_id", "contact_id", "activity_id")
    def _check_account(self):
        for dialog in self.filtered(lambda dialog: not dialog.recorded):
            if not dialog._get_record():
                raise ValidationError(self.env._("Say with which account, lead or contact it was."))
            account = dialog.account_id
            if dialog.person_id and dialog.person_id.commercial_partner_id != account:
                self._refuse("person_id", self.env._("is not a contact of this account."))
            if dialog.profile_id and dialog.profile_id.partner_id != account:
                self._refuse("profile_id", self.env._("is not the account of this record."))

    @api.constrains("kind_id", "outcome_id", "reason_id")
    def _check_choices(self):
        for dialog in self.filtered(lambda dialog: not dialog.recorded):
            for name in ("kind_id", "outcome_id", "reason_id"):
                if dialog[name].company_id not in (self.env["res.company"], dialog.company_id):
                    self._refuse(name, self.env._("is another company's."))

    @api.constrains("kind_id", "problem", "next_date", "next_type_id", "next_summary")
    def _check_complete(self):
        for dialog in self.filtered(lambda dialog: not dialog.recorded):
            if dialog.is_incident and not (dialog.problem or "").strip():
                self._refuse("problem", self.env._("say what went wrong."))
            if dialog.next_date and not dialog.next_type_id:
                self._refuse("next_type_id", self.env._("say what kind of activity it is."))
            if dialog.next_summary and not dialog.next_date:
                self._refuse("next_date", self.env._("say on which day it is due."))
