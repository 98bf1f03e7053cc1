"""Things to do of every kind, and an independent oracle of who has to do which of them today."""

from datetime import datetime

from odoo import Command
from odoo.tests import new_test_user

from .common import GROUPS, CarteraCase, day

TODAY = day("2024-05-15")
NOW = "2024-05-15 12:00:00"


class WorkCase(CarteraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = cls.make_users("salesperson", "all_accounts", "manager", "portal", "internal")
        cls.seller = cls.users["salesperson"]
        cls.colleague = new_test_user(
            cls.env, login="cartera_colleague", groups=GROUPS["salesperson"]
        )
        cls.policy = cls.env["cartera.policy"]._for(cls.company)

    @classmethod
    def set_priority(cls, accounts):
        """Set priorities of accounts, {contact: priority}, as if the engine had judged so."""
        cls.drain()
        for partner, priority in accounts.items():
            cls.env.cr.execute(
                "UPDATE cartera_profile SET priority = %s WHERE partner_id = %s",
                (priority, partner.id),
            )
        cls.env.invalidate_all()

    @classmethod
    def plan(cls, record, when, user=None, **vals):
        return record.activity_schedule(
            "mail.mail_activity_data_call",
            date_deadline=when,
            user_id=(user or cls.seller).id,
            **vals,
        )

    @classmethod
    def meet(cls, start, *partners, **vals):
        start = datetime.fromisoformat(start)
        return cls.env["calendar.event"].create(
            {
                "name": "Reunión",
                "start": start,
                "stop": start.replace(minute=59),
                "user_id": cls.seller.id,
                "partner_ids": [Command.set([partner.id for partner in partners])],
                **vals,
            }
        )

    def queue(self, user=None, domain=()):
        """Return the rows that a user sees, as the web client asks for them."""
        self.env.flush_all()
        self.env.invalidate_all()
        env = self.env(user=(user or self.seller).id, su=False)
        return env["cartera.work"].search([*domain])

    def rows(self, works):
        return {
            (work.kind, work.source_id, work.profile_id.id, work.user_id.id, work.date)
            for work in works.sudo()
        }

    # -- oracle ---------------------------------------------------------------

    def expected(self):
        """Return the rows of everybody, found one by one with the ORM."""
        return {
            *self._expect_activities(),
            *self._expect_leads(),
            *self._expect_accounts(),
        }

    def _profile(self, partner):
        profile = self.profiles.search(
            [
                ("partner_id", "=", partner.commercial_partner_id.id),
                ("company_id", "=", self.company.id),
            ]
        )
        return profile if partner else self.profiles

    def _open_leads(self):
        leads = self.env["crm.lead"].search([])
        return leads.filtered(
            lambda lead: (
                lead.won_status == "pending"
                and (lead.company_id or lead.user_id.company_id or self.company) == self.company
            )
        )

    def _expect_activities(self):
        for activity in self.env["mail.activity"].search([("date_deadline", "<=", TODAY)]):
            if activity.res_model not in ("res.partner", "crm.lead"):
                continue
            record = self.env[activity.res_model].browse(activity.res_id)
            is_lead = record._name == "crm.lead"
            if (record not in self._open_leads()) if is_lead else not record.active:
                continue
            profile = self._profile(record.partner_id if is_lead else record)
            if profile.excluded or not (profile or is_lead):
                continue
            user = activity.user_id or (is_lead and record.user_id) or profile.user_id
            yield ("activity", activity.id, profile.id, user.id, activity.date_deadline)

    def _expect_leads(self):
        for lead in self._open_leads():
            meetings = self.env["calendar.event"].search([("opportunity_id", "=", lead.id)])
            profile = self._profile(lead.partner_id)
            if (
                profile.excluded
                or lead.activity_ids
                or any(meeting.start.date() >= TODAY for meeting in meetings)
            ):
                continue
            user = lead.user_id or profile.user_id
            yield ("lead", lead.id, profile.id, user.id, lead.create_date.date())

    def _next_action(self, profile):
        """Return (day, model) of the next action of an account, or nothing."""
        people = self.env["res.partner"].search([("id", "child_of", profile.partner_id.id)])
        leads = self._open_leads().filtered(lambda lead: lead.partner_id in people)
        found = [
            (activity.date_deadline, "a activity")
            for record in [*people, *leads]
            for activity in record.activity_ids
        ]
        for meeting in self.env["calendar.event"].search([]):
            attended = meeting.partner_ids & people or meeting.opportunity_id in leads
            if attended and meeting.start.date() >= TODAY:
                found.append((meeting.start.date(), "meeting"))
        return min(found, default=None), leads

    def _expect_accounts(self):
        for profile in self.env["cartera.profile"].search([("excluded", "=", False)]):
            if profile.company_id != self.company:
                continue
            action, leads = self._next_action(profile)
            salesperson = profile.user_id
            if action == (TODAY, "meeting"):
                yield ("meeting", profile.next_action_res_id, profile.id, salesperson.id, TODAY)
            own = [lead for lead in leads if (lead.user_id or salesperson) == salesperson]
            important = profile.priority is not False and (
                profile.priority >= self.policy.queue_threshold
            )
            if not action and important and not own:
                yield ("account", profile.id, profile.id, salesperson.id, TODAY)
