"""Dialog that applies the treatment of segments to accounts: who gets it, who does it, who has it."""

from ast import literal_eval

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class CarteraTreatmentApply(models.TransientModel):
    _name = "cartera.treatment.apply"
    _description = "Apply treatment"

    domain = fields.Char(
        string="Chosen accounts",
        required=True,
        readonly=True,
        default="[]",
        help="Of these accounts, those in the segments get the plan; judged with the user's rights.",
    )
    line_ids = fields.One2many(
        comodel_name="cartera.treatment.apply.line", inverse_name="apply_id", string="Segments"
    )
    date = fields.Date(
        string="Plan date",
        required=True,
        default=lambda self: self.env["cartera.profile"]._get_today(),
        help="The activities are due from this day on, as the plan says.",
    )
    other_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Without salesperson",
        required=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        help="Who gets the activities of accounts without a salesperson.",
    )
    due_count = fields.Integer(string="Accounts to treat", compute="_compute_totals")
    activity_count = fields.Integer(string="Activities to schedule", compute="_compute_totals")

    @api.depends("line_ids.selected", "line_ids.due_count", "line_ids.step_count")
    def _compute_totals(self):
        for dialog in self:
            chosen = dialog.line_ids.filtered("selected")
            dialog.due_count = sum(chosen.mapped("due_count"))
            dialog.activity_count = sum(line.due_count * line.step_count for line in chosen)

    # ------------------------------------------------------------------
    # Open
    # ------------------------------------------------------------------

    @api.model
    def _open(self, domain=(), segments=None):
        """Return the action of a dialog about accounts of a domain, in given segments or in any."""
        treated = self.env["cartera.segment"]
        treated = treated.search(
            treated._get_treated_domain()
            & (Domain.TRUE if segments is None else Domain("id", "in", segments.ids))
        )
        rows = self._prepare_line_vals(treated, Domain(domain), ticked=segments is not None)
        if not rows:
            self._refuse(segments)
        vals = {
            "domain": repr(list(Domain(domain))),
            "line_ids": [Command.create(vals) for vals in rows],
        }
        if len(treated.treatment_user_id) == 1 and segments is not None:
            vals["other_user_id"] = treated.treatment_user_id.id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Apply treatment"),
            "res_model": self._name,
            "res_id": self.create(vals).id,
            "views": [[False, "form"]],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    @api.model
    def _refuse(self, segments):
        if segments is None:
            raise UserError(
                self.env._(
                    "None of these accounts is in a segment with an activity plan. A sales manager "
                    "chooses the plan in the segment, under Treatment."
                )
            )
        raise UserError(
            self.env._(
                "There is nothing to apply: the segment has no account of yours, or no activity plan. "
                "A sales manager chooses the plan in the segment, under Treatment."
            )
        )

    @api.model
    def _prepare_line_vals(self, segments, domain, ticked) -> list[dict]:
        """Return the values of the dialog's rows: one for each segment and company with accounts."""
        rows = {}
        counts = self.env["cartera.treatment"]._count_members(
            segments, self._search_accounts(domain)
        )
        for segment, company, user, count, known in counts:
            row = rows.setdefault(
                (segment, company), {"account_count": 0, "known_count": 0, "by_user": {}}
            )
            row["account_count"] += count
            row["known_count"] += known
            if count > known:
                row["by_user"][user] = count - known
        # One segment is meant; of several the user says which.
        ticked = ticked or len({segment for segment, _company in rows}) == 1
        return [
            self._prepare_row(segment, company, ticked=ticked, **row)
            for segment in segments
            for company in self.env["res.company"].browse(
                [company for found, company in rows if found == segment.id]
            )
            for row in [rows[segment.id, company.id]]
        ]

    @api.model
    def _prepare_row(self, segment, company, ticked, account_count, known_count, by_user):
        due = account_count - known_count
        return {
            "segment_id": segment.id,
            "company_id": company.id,
            "plan_id": segment.plan_id.id,
            "step_count": segment.plan_id.steps_count,
            "selected": ticked and due > 0,
            "account_count": account_count,
            "known_count": known_count,
            "due_count": due,
            "responsible": self._word_responsible(segment.plan_id, by_user, due),
        }

    @api.model
    def _word_responsible(self, plan, by_user, due) -> str:
        """Return who will have how many accounts: "Lucía: 12, without salesperson: 2"."""
        counts = {}
        users = self.env["res.users"].sudo()
        templates = plan.template_ids
        fixed = templates.responsible_id
        if due and len(templates.filtered("responsible_id")) < len(templates):
            for user, count in sorted(by_user.items(), key=lambda item: (-item[1], item[0] or 0)):
                name = users.browse(user).name if user else self.env._("without salesperson")
                counts[name] = counts.get(name, 0) + count
        for user in fixed.sudo() if due else ():
            counts[user.name] = max(due, counts.get(user.name, 0))
        return ", ".join(f"{name}: {count}" for name, count in counts.items())

    # ------------------------------------------------------------------
    # Apply
    # ------------------------------------------------------------------

    @api.model
    def _search_accounts(self, domain):
        """Return the query of the accounts of a domain that the user may see."""
        return self.env["cartera.profile"]._search(Domain(domain) & Domain("excluded", "=", False))

    def _get_accounts(self):
        """Return the ids of the chosen accounts that the user may see now."""
        try:
            domain = Domain(literal_eval(self.domain))
        except (SyntaxError, ValueError, TypeError) as error:
            raise UserError(self.env._("The chosen accounts cannot be read.")) from error
        return list(self._search_accounts(domain))

    def action_apply(self):
        """Schedule the plans of the rows that are ticked; show what was done."""
        self.ensure_one()
        rows = self.line_ids.filtered("selected")
        if not rows:
            raise UserError(self.env._("Choose at least one segment."))
        rows.segment_id.check_access("read")
        if self.other_user_id.share or not self.other_user_id.active:
            raise UserError(self.env._("Activities are for active internal users."))
        treatments = self.env["cartera.treatment"]
        vals_list = [
            treatments._prepare_treatment_vals(row.segment_id, row.company_id, "hand", self.date)
            | {"user_id": self.env.uid, "other_user_id": self.other_user_id.id}
            for row in rows
        ]
        return self._show(treatments._apply(vals_list, self._get_accounts()))

    def _show(self, treatments):
        """Return the action that shows what was scheduled."""
        if not treatments:
            return {
                "type": "ir.actions.client",
                "tag": "display_notification",
                "params": {
                    "type": "info",
                    "message": self.env._("All these accounts have the plan already."),
                    "next": {"type": "ir.actions.act_window_close"},
                },
            }
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_cartera.cartera_treatment_action"
        )
        if len(treatments) == 1:
            form = self.env.ref("crm_cartera.cartera_treatment_view_form").id
            return {**action, "res_id": treatments.id, "views": [[form, "form"]]}
        return {**action, "domain": [("id", "in", treatments.ids)], "context": {}}
