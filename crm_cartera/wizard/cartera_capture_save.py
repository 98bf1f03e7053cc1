"""Saving a captured contact: a done activity or a past meeting, the account's entries, the next action."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from odoo import Command, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, plaintext2html

#: Nobody is invited to what has taken place.
SILENT = {
    "dont_notify": True,
    "no_mail_to_attendees": True,
    "skip_attendee_notification": True,
    "skip_contact_description": True,
    "mail_create_nosubscribe": True,
}


class CarteraCapture(models.TransientModel):
    _inherit = "cartera.capture"

    def action_save(self):
        """Record it; schedule the next action if there is one."""
        self.ensure_one()
        self._save()
        return {"type": "ir.actions.act_window_close"}

    def action_save_next(self):
        """Record it, then open Odoo's dialog of the next action."""
        self.ensure_one()
        record = self._get_record()
        self._save()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Schedule next action"),
            "res_model": "mail.activity.schedule",
            "views": [[False, "form"]],
            "target": "new",
            "context": {"active_model": record._name, "active_ids": record.ids},
        }

    def _save(self):
        """Return the activity or meeting; nothing if a first click has saved it."""
        # A second click waits here for the first, and then sees what it did.
        self.env.cr.execute(SQL("SELECT 1 FROM cartera_capture WHERE id = %s FOR UPDATE", self.id))
        if self.recorded:
            return None
        self._check_rights()
        record, profile = self._get_record(), self._ensure_profile()
        if self.activity_id:
            self._check_due(self.activity_id)
        source = self._record(record)
        self._write_learned(profile)
        self._answer_incident()
        if self.next_date:
            vals = self._prepare_next_vals(record)
            if self.is_incident and not self.answer:
                vals["cartera_incident_id"] = self._get_open_incident(source).id
            self.env["mail.activity"].create(vals)
        self.recorded = True
        return source

    def _check_rights(self):
        """Check what the client gave: constraints run as superuser, and Odoo lets any id be linked."""
        for name in ("profile_id", "lead_id", "contact_id", "activity_id"):
            self[name].check_access("write")
        for name in ("person_id", "kind_id", "outcome_id", "reason_id", "categ_ids", "incident_id"):
            self[name].check_access("read")

    def _ensure_profile(self):
        """Return the account in the portfolio, put there if it is not; empty for a lead of another's."""
        profile = self._get_profile()
        if profile or not self.account_id:
            return profile
        profiles = self.env["cartera.profile"]
        if not self.lead_id:
            self._check_account_free(self.account_id, self.company_id)
            profile = profiles._ensure(self.account_id, self.company_id)
        return profile.filtered(lambda found: found.has_access("write"))

    def _check_account_free(self, account, company):
        """Refuse an account that cannot be in the portfolio, or is another salesperson's."""
        profiles = self.env["cartera.profile"].sudo().with_context(active_test=False)
        known = profiles.search([("partner_id", "=", account.id), ("company_id", "=", company.id)])
        if known.excluded:
            raise UserError(
                self.env._("%s is marked as not in the portfolio: include it first.", account.name)
            )
        if account.sudo().ref_company_ids:
            raise UserError(
                self.env._(
                    "%s is one of your own companies, it cannot be an account.", account.name
                )
            )
        owner = account.sudo().user_id
        everybody = self.env.user.has_group("sales_team.group_sale_salesman_all_leads")
        if owner and owner != self.env.user and not everybody:
            raise UserError(
                self.env._(
                    "%(account)s is an account of %(user)s.", account=account.name, user=owner.name
                )
            )

    # ------------------------------------------------------------------
    # What took place
    # ------------------------------------------------------------------

    def _record(self, record):
        """Return what it is kept as; a due activity stays one, whatever the kind."""
        if self.kind_id.record_as == "meeting" and not self.activity_id:
            return self._record_meeting(record)
        return self._record_activity(record)

    def _prepare_detail_vals(self):
        return {
            "cartera_kind_id": self.kind_id.id,
            "cartera_direction": self.direction,
            "cartera_duration": self.duration,
            "cartera_outcome_id": self.outcome_id.id,
            "cartera_reason_id": self.reason_id.id,
            "cartera_person_id": self.person_id.id,
            "cartera_categ_ids": [Command.set(self.categ_ids.ids)],
            "cartera_problem": self.problem,
            "cartera_answer": self.answer,
            "cartera_next_date": self.next_date,
        }

    def _get_day(self):
        """Return the day on which it took place, in the zone in which the company counts days."""
        zone = ZoneInfo(self.env["cartera.policy"]._for(self.company_id).tz)
        return self.date.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone).date()

    def _record_activity(self, record):
        """Return the activity, done: the due one, or a new one."""
        activity = self.activity_id or self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        ).create(self._prepare_activity_vals(record))
        vals = {**self._prepare_detail_vals(), "cartera_date": self.date}
        if self.incident_id:
            vals["cartera_incident_id"] = self.incident_id.id
        if self.activity_id and self.summary:
            vals["summary"] = self.summary
        activity.write(vals)
        activity._action_done(feedback=self.notes)
        activity.date_done = self._get_day()
        return activity

    def _prepare_activity_vals(self, record):
        return {
            "res_model_id": self.env["ir.model"]._get_id(record._name),
            "res_id": record.id,
            "activity_type_id": self.kind_id.activity_type_id.id,
            "summary": self.summary,
            "date_deadline": self._get_day(),
            "user_id": self.env.uid,
        }

    def _record_meeting(self, record):
        """Return the past meeting; nobody is invited, and the chatter says that it took place."""
        events = self.env["calendar.event"].with_context(**SILENT)
        event = events.create(self._prepare_meeting_vals(record))
        event.attendee_ids.state = "accepted"
        if record._name == "crm.lead":
            # After its creation, so that it is not announced as one that is to come.
            event.opportunity_id = record
        self._post_meeting(record, event)
        return event

    def _post_meeting(self, record, event):
        """Say in the chatter that it took place; of a private meeting nothing else."""
        record.message_post_with_source(
            "crm_cartera.message_contact_captured",
            render_values={
                "source": event,
                "kind": self.kind_id,
                "summary": self.summary,
                "private": event.effective_privacy == "private",
            },
            mail_activity_type_id=self.kind_id.activity_type_id.id,
            subtype_xmlid="mail.mt_activities",
        )

    def _prepare_meeting_vals(self, record):
        people = self.env.user.partner_id | (self.person_id or self.account_id)
        return {
            "name": self.summary or f"{self.kind_id.name}: {self.record_name}",
            "start": self.date,
            "stop": self.date + timedelta(hours=self.duration),
            "user_id": self.env.uid,
            "partner_ids": [Command.set(people.ids)],
            "description": plaintext2html(self.notes) if self.notes else False,
            "activity_ids": [Command.clear()],
            **self._prepare_detail_vals(),
        }

    # ------------------------------------------------------------------
    # What was learned, and what comes next
    # ------------------------------------------------------------------

    def _answer_incident(self):
        """The answer given by a follow-up is the answer to its incident, and to those before it."""
        if not (self.incident_id and self.answer):
            return
        activities = self.env["mail.activity"].with_context(active_test=False)
        chain = self.incident_id | activities.search(
            Domain("cartera_incident_id", "=", self.incident_id.id) & Domain("active", "=", False)
        )
        waiting = chain.filtered(lambda done: done.cartera_problem and not done.cartera_answer)
        waiting._filtered_access("write").cartera_answer = self.answer

    def _get_open_incident(self, source):
        """Return the activity whose problem is still open: the first of a chain of follow-ups."""
        if self.incident_id or source._name != "mail.activity":
            return self.incident_id
        return source

    def _write_learned(self, profile):
        """Add interests and write the potential that was typed; on the lead if it has no account."""
        prefix, owner = ("", profile) if profile else ("cartera_", self.lead_id)
        if not owner:
            return
        vals = {}
        if self.categ_ids:
            vals[f"{prefix}interest_categ_ids"] = [
                Command.link(categ.id) for categ in self.categ_ids
            ]
        if self.potential is not False:
            vals[f"{prefix}potential"] = self.potential
        if vals:
            owner.write(vals)

    def _prepare_next_vals(self, record):
        return {
            "res_model_id": self.env["ir.model"]._get_id(record._name),
            "res_id": record.id,
            "activity_type_id": self.next_type_id.id,
            "summary": self.next_summary,
            "date_deadline": self.next_date,
            "user_id": (self.next_user_id or self.env.user).id,
        }
