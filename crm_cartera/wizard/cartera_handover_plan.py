"""Dialog that hands accounts over: which, to whom, and what goes with them."""

from ast import literal_eval

from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

#: {kind of record: count on the dialog}
COUNTS = {
    "account": "account_count",
    "contact": "contact_count",
    "lead": "lead_count",
    "activity": "activity_count",
    "meeting": "meeting_count",
}


class CarteraHandoverPlan(models.TransientModel):
    _name = "cartera.handover.plan"
    _description = "Hand over accounts"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company.root_id,
        ondelete="cascade",
        help="Accounts and records of other companies stay as they are. An account that several "
        "companies share has the same salesperson in all of them.",
    )
    profile_model = fields.Char(
        default="cartera.profile", readonly=True, export_string_translation=False
    )
    domain = fields.Char(string="Which accounts", required=True, default="[]")
    from_user_ids = fields.Many2many(
        comodel_name="res.users",
        relation="cartera_handover_plan_from_rel",
        string="Accounts of",
        context={"active_test": False},
        domain="[('share', '=', False)]",
        help="Only their accounts, people who have left too. Empty: whoever has them.",
    )
    to_user_ids = fields.Many2many(
        comodel_name="res.users",
        relation="cartera_handover_plan_to_rel",
        string="To",
        # Whoever is archived is seen, to be refused.
        context={"active_test": False},
        domain="[('active', '=', True), ('share', '=', False), ('company_ids', 'in', company_id)]",
        help="With several, each gets the same number of accounts.",
    )
    reason = fields.Char(help="For the sales managers; it is not written on the accounts.")
    account_count = fields.Integer(string="Accounts", compute="_compute_preview")
    contact_count = fields.Integer(string="Contacts", compute="_compute_preview")
    lead_count = fields.Integer(string="Open leads", compute="_compute_preview")
    activity_count = fields.Integer(string="Open activities", compute="_compute_preview")
    meeting_count = fields.Integer(string="Future meetings", compute="_compute_preview")
    private_count = fields.Integer(string="Private", compute="_compute_preview")
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    error = fields.Char(compute="_compute_preview")

    # ------------------------------------------------------------------
    # Preview
    # ------------------------------------------------------------------

    @api.depends("domain", "from_user_ids", "company_id")
    @api.depends_context("uid", "lang")
    def _compute_preview(self):
        for dialog in self:
            dialog.error = dialog.preview = False
            try:
                ids = dialog._get_accounts()
            except UserError as error:
                ids, dialog.error = [], str(error)
            rows = self.env["cartera.handover"].sudo()._count_records(dialog.company_id, ids)
            for kind, name in COUNTS.items():
                dialog[name] = sum(
                    count for _user, found, private, count in rows if found == kind and not private
                )
            dialog.private_count = sum(count for *_rest, private, count in rows if private)
            if rows:
                dialog.preview = self._word_preview(rows)

    @api.model
    def _word_preview(self, rows) -> Markup:
        """Return the table of what goes, by the salesperson who has it now."""
        counts, people = {}, {}
        for user, kind, private, count in rows:
            people.setdefault(user, None)
            if not private:
                counts[user, kind] = counts.get((user, kind), 0) + count
        names = {
            user.id: user.name for user in self.env["res.users"].sudo().browse(filter(None, people))
        }
        cell = Markup('<td class="text-end">%s</td>')
        lines = [
            Markup("<tr><td>%s</td>%s</tr>")
            % (
                names.get(user) or self.env._("Nobody"),
                Markup().join(cell % counts.get((user, kind), 0) for kind in COUNTS),
            )
            for user in people
        ]
        head = Markup().join(
            Markup('<th class="text-end">%s</th>')
            % self._fields[name]._description_string(self.env)
            for name in COUNTS.values()
        )
        return Markup(
            '<div class="table-responsive"><table class="table table-sm"><thead><tr><th>%s</th>%s</tr>'
            "</thead><tbody>%s</tbody></table></div>"
        ) % (self.env._("Salesperson now"), head, Markup().join(lines))

    def _get_accounts(self) -> list[int]:
        """Return the ids of the chosen accounts that the user may see; ValidationError on the domain."""
        profiles = self.env["cartera.profile"]
        domain = Domain("company_id", "=", self.company_id.id) & Domain("excluded", "=", False)
        try:
            chosen = Domain(literal_eval(self.domain or "[]"))
            if self.from_user_ids:
                chosen &= Domain("user_id", "in", self.from_user_ids.ids)
            return list(profiles._search(chosen & domain, order="id"))
        except (SyntaxError, ValueError, TypeError, KeyError) as error:
            self._raise_on("domain", self.env._("the chosen accounts cannot be read."), error)

    @api.model
    def _raise_on(self, name, message, cause=None):
        """Raise a ValidationError that names the field."""
        label = self._fields[name]._description_string(self.env)
        raise ValidationError(
            self.env._("%(field)s: %(message)s", field=label, message=message)
        ) from cause

    # ------------------------------------------------------------------
    # Open and hand over
    # ------------------------------------------------------------------

    @api.model
    def _open(self, domain=()):
        """Return the action of a dialog about accounts of a domain."""
        dialog = self.create({"domain": repr(list(Domain(domain)))})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Hand over accounts"),
            "res_model": self._name,
            "res_id": dialog.id,
            "views": [[False, "form"]],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def action_handover(self):
        """Hand the accounts over; show what was moved."""
        self.ensure_one()
        self.check_access("write")
        self._check_targets()
        if not self.from_user_ids and self.domain in (False, "", "[]"):
            # Nobody gets the whole portfolio because a dialog was not filled in.
            self._raise_on("domain", self.env._("say which, by a condition or by whose they are."))
        ids = self._get_accounts()
        if not ids:
            self._raise_on("domain", self.env._("no account is chosen."))
        handovers = self.env["cartera.handover"]
        handover = handovers._start(self._prepare_handover_vals(), self._divide(ids))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_cartera.cartera_handover_action"
        )
        form = self.env.ref("crm_cartera.cartera_handover_view_form").id
        return {**action, "res_id": handover.id, "views": [[form, "form"]]}

    def _check_targets(self):
        """Refuse whoever could not work with the accounts."""
        users = self.to_user_ids.sudo()
        if not users:
            self._raise_on("to_user_ids", self.env._("choose at least one salesperson."))
        for user in users:
            if not user.active:
                self._raise_on("to_user_ids", self.env._("%s is archived.", user.name))
            if user.share:
                message = self.env._("%s is not an internal user.", user.name)
                self._raise_on("to_user_ids", message)
            if self.company_id not in user.company_ids.root_id:
                message = self.env._(
                    "%(user)s has no access to %(company)s.",
                    user=user.name,
                    company=self.company_id.name,
                )
                self._raise_on("to_user_ids", message)

    def _divide(self, ids) -> dict[int, int]:
        """Return {account: new salesperson}, the same number each, in the order of the accounts."""
        users = self.to_user_ids.ids
        return {account: users[place % len(users)] for place, account in enumerate(ids)}

    def _prepare_handover_vals(self) -> dict:
        """Return the values of the hand-over; extensions add theirs."""
        return {
            "company_id": self.company_id.id,
            "date": self.env["cartera.policy"]._for(self.company_id)._today(),
            "user_id": self.env.uid,
            "from_user_ids": [Command.set(self.from_user_ids.ids)],
            "to_user_ids": [Command.set(self.to_user_ids.ids)],
            "domain": self.domain,
            "reason": self.reason,
        }
