"""The customer sheet: what went wrong with the account, and how it was answered."""

from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

#: Last problems on the sheet.
PROBLEMS = 5


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    def action_answer_problem(self):
        """Answer the oldest problem of this account that has no answer: log a contact, or open its meeting."""
        self.ensure_one()
        self.check_access("write")
        waiting = self.env["cartera.screen.sheet"]._get_waiting_problems(self)
        if not waiting:
            raise UserError(self.env._("Its problems have been answered."))
        record, _day = waiting[-1]
        if record._name == "mail.activity":
            return self.env["cartera.capture"]._open(profile_id=self, incident_id=record)
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [[False, "form"]],
        }


class CarteraScreenSheet(models.AbstractModel):
    _inherit = "cartera.screen.sheet"

    @api.model
    def _get_sheet_block_answered(self, profile) -> dict | None:
        """Return its last problems: ``rows`` [{key, date, problem, answer, kind, outcome, user}].

        Five at most, of captured contacts that the user may read; those without an answer first. None
        without any.
        """
        if not self.env["cartera.interaction"].has_access("read"):
            return None
        told = self._get_problems(profile, Domain.TRUE)
        rows = [self._prepare_problem(record, day) for record, day in told]
        rows.sort(key=lambda row: bool(row["answer"]))
        return {"rows": rows[:PROBLEMS]} if rows else None

    @api.model
    def _get_problems(self, profile, domain) -> list[tuple]:
        """Return [(record, day)] of captured contacts with a problem, the last ones first.

        Found by the account's people and leads, not among all its interactions: those may be very many.
        """
        told, found = Domain("cartera_problem", "!=", False) & domain, []
        for model, (day, of_account) in self._get_captured(profile).items():
            records = self.env[model].with_context(active_test=False)
            order = f"{day} desc, id desc"
            found += [
                (record, self._get_local_day(profile, record[day]))
                for record in records.search(told & of_account, order=order, limit=PROBLEMS)
            ]
        return sorted(found, key=lambda pair: pair[1], reverse=True)

    @api.model
    def _get_waiting_problems(self, profile) -> list[tuple]:
        """Return [(record, day)] of captured contacts whose problem has no answer, the last ones first."""
        return self._get_problems(profile, Domain("cartera_answer", "=", False))

    @api.model
    def _get_captured(self, profile) -> dict[str, tuple[str, Domain]]:
        """Return {model of captured contacts: (its day, which are of the account)}."""
        everyone = self.env["res.partner"].sudo().with_context(active_test=False)
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        people = everyone._search([("commercial_partner_id", "=", profile.partner_id.id)])
        branches = [*profile._get_scope().branch_ids, False]
        about = leads._search([("partner_id", "in", people), ("company_id", "in", branches)])
        on_people = Domain("res_model", "=", "res.partner") & Domain("res_id", "in", people)
        on_leads = Domain("res_model", "=", "crm.lead") & Domain("res_id", "in", about)
        with_people = Domain("partner_ids", "in", people) | Domain("opportunity_id", "in", about)
        done = Domain("active", "=", False)
        return {
            "mail.activity": ("date_done", done & (on_people | on_leads)),
            "calendar.event": ("start", Domain("active", "=", True) & with_people),
        }

    @api.model
    def _get_local_day(self, profile, moment):
        """Return the day of a date or UTC time where the company is."""
        if not isinstance(moment, datetime):
            return moment
        zone = self.env["cartera.policy"]._for(profile.company_id).tz
        return fields.Datetime.context_timestamp(self.with_context(tz=zone), moment).date()

    @api.model
    def _prepare_problem(self, record, day) -> dict:
        return {
            "key": f"{record._name},{record.id}",
            "date": day,
            "problem": record.cartera_problem,
            "answer": record.cartera_answer or False,
            "kind": record.cartera_kind_id.name or False,
            "outcome": record.cartera_outcome_id.name or False,
            "user": self._prepare_user(record.user_id),
        }

    @api.model
    def _get_alerts(self, profile):
        return [*super()._get_alerts(profile), self._get_alert_problem(profile)]

    @api.model
    def _get_alert_problem(self, profile):
        if not self.env["cartera.interaction"].has_access("read"):
            return None
        waiting = self._get_waiting_problems(profile)
        if not waiting:
            return None
        record, day = waiting[-1]
        text = self.env._(
            "Its problem of %(day)s has no answer: %(problem)s",
            day=format_date(self.env, day),
            problem=record.cartera_problem,
        )
        return self._prepare_alert("problem", "danger", text, action="action_answer_problem")
