"""Next action and last interaction: what counts, of whom, and until when."""

from datetime import datetime

from odoo import Command
from odoo.tests import freeze_time

from .common import CarteraCase, day


class ActionCase(CarteraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = cls.make_users("salesperson", "manager")
        cls.seller = cls.users["salesperson"]
        cls.account = cls.make_account()
        cls.contact = cls.env["res.partner"].create(
            {"name": "Ana", "parent_id": cls.account.id, "email": "ana@example.com"}
        )
        cls.lead = cls.make_lead(cls.contact, "2024-01-10", user_id=cls.seller.id)
        cls.profile = cls.profile_of(cls.account)

    def plan(self, record, when, **vals):
        return record.activity_schedule(
            "mail.mail_activity_data_call", date_deadline=when, user_id=self.seller.id, **vals
        )

    def meet(self, start, *partners, **vals):
        """Create a one-hour meeting at a UTC time."""
        start = datetime.fromisoformat(start)
        return self.env["calendar.event"].create(
            {
                "name": "Reunión",
                "start": start,
                "stop": start.replace(minute=59),
                "user_id": self.seller.id,
                "partner_ids": [Command.set([partner.id for partner in partners])],
                **vals,
            }
        )

    def next_action(self):
        self.drain()
        profile = self.profile
        return profile.next_action_date and str(profile.next_action_date)

    def last_interaction(self):
        self.drain()
        profile = self.profile
        if not profile.last_interaction_date:
            return None
        return str(profile.last_interaction_date), profile.last_interaction_kind


@freeze_time("2024-05-15 12:00:00")
class TestNextAction(ActionCase):
    def test_earliest_of_account_contacts_and_open_leads(self):
        self.assertFalse(self.next_action())
        for record, when in (
            (self.account, "2024-05-20"),
            (self.contact, "2024-05-18"),
            (self.lead, "2024-05-17"),
        ):
            activity = self.plan(record, when, summary=f"Llamar {when}")
            with self.subTest(model=record._name):
                self.assertEqual(self.next_action(), when)
                profile = self.profile
                self.assertEqual(profile.next_action_model, "mail.activity")
                self.assertEqual(profile.next_action_res_id, activity.id)
                self.assertEqual(profile.next_action_user_id, self.seller)
                self.assertEqual(profile.next_action_summary, f"Llamar {when}")
        self.meet("2024-05-16 10:00", self.contact)
        self.assertEqual(self.next_action(), "2024-05-16")
        self.assertEqual(self.profile.next_action_model, "calendar.event")
        self.assertEqual(self.profile.next_action_summary, "Reunión")

    def test_states(self):
        found = []
        for when, state in (
            ("2024-05-16", "planned"),
            ("2024-05-15", "today"),
            ("2024-05-14", "overdue"),
        ):
            self.plan(self.account, when)
            self.assertEqual(self.next_action(), when, "an overdue activity is still to be done")
            self.assertEqual(self.profile.next_action_state, state)
            found.append(state)
            for searched in (*found, "none"):
                by_state = [("id", "=", self.profile.id), ("next_action_state", "=", searched)]
                self.assertEqual(bool(self.profiles.search(by_state)), searched == state)
            groups = self.profiles._read_group(
                [("id", "=", self.profile.id)], ["next_action_state"], ["__count"]
            )
            self.assertEqual(groups, [(state, 1)])

    def test_leads_that_are_not_open(self):
        """Lost, won or archived: neither their activities nor their meetings are next actions."""
        self.plan(self.lead, "2024-05-17")
        self.meet("2024-05-18 10:00", opportunity_id=self.lead.id)
        won = self.env["crm.stage"].create({"name": "Ganada", "is_won": True})
        stage = self.lead.stage_id
        for name, close, reopen in (
            ("lost", self.lead.action_set_lost, self.lead.action_unarchive),
            ("archived", self.lead.action_archive, self.lead.action_unarchive),
            (
                "won",
                lambda: self.lead.write({"stage_id": won.id}),
                lambda: self.lead.write({"stage_id": stage.id, "probability": 10}),
            ),
        ):
            with self.subTest(name):
                self.assertEqual(self.next_action(), "2024-05-17")
                close()
                self.assertFalse(self.next_action())
                reopen()
                self.assertEqual(self.next_action(), "2024-05-17")

    def test_archived_contact(self):
        self.plan(self.contact, "2024-05-17")
        self.meet("2024-05-18 10:00", self.contact)
        self.plan(self.account, "2024-05-30")
        self.assertEqual(self.next_action(), "2024-05-17")
        self.contact.active = False
        self.assertEqual(self.next_action(), "2024-05-30")
        self.contact.active = True
        self.assertEqual(self.next_action(), "2024-05-17")

    def test_done_activity_is_never_next(self):
        first = self.plan(self.account, "2024-05-17")
        self.plan(self.account, "2024-05-25")
        self.assertEqual(self.next_action(), "2024-05-17")
        first.action_feedback(feedback="Hecho")
        self.assertFalse(first.active)
        self.assertEqual(self.next_action(), "2024-05-25")
        self.assertEqual(self.last_interaction(), ("2024-05-15", "activity"))
        self.assertEqual(self.profile.last_interaction_user_id, self.seller)

    def test_equal_dates(self):
        """An activity before a meeting, then the one that was there first."""
        self.meet("2024-05-17 10:00", self.account)
        first = self.plan(self.account, "2024-05-17")
        self.plan(self.contact, "2024-05-17")
        self.next_action()
        self.assertEqual(self.profile.next_action_model, "mail.activity")
        self.assertEqual(self.profile.next_action_res_id, first.id)

    def test_meetings(self):
        """Of attendees, or of the opportunity; not of colleagues, nor cancelled."""
        colleague = self.users["manager"].partner_id
        self.meet("2024-05-16 10:00", colleague)
        self.assertFalse(self.next_action())
        other = self.make_account("Otra")
        self.profiles._ensure(other)
        meeting = self.meet("2024-05-17 10:00", self.contact, other, colleague)
        self.assertEqual(self.next_action(), "2024-05-17")
        self.assertEqual(self.profile_of(other).next_action_date, day("2024-05-17"))
        meeting.active = False
        self.assertFalse(self.next_action())
        self.meet("2024-05-18 10:00", colleague, opportunity_id=self.lead.id)
        self.assertEqual(self.next_action(), "2024-05-18")

    def test_all_day_meeting(self):
        self.env["calendar.event"].create(
            {
                "name": "Feria",
                "allday": True,
                "start_date": "2024-05-16",
                "stop_date": "2024-05-18",
                "partner_ids": [Command.set(self.contact.ids)],
            }
        )
        self.assertEqual(self.next_action(), "2024-05-16")

    def test_other_records_do_not_count(self):
        """Activities elsewhere: an invoice's, another account's."""
        invoice = self.make_invoice(self.account, "2024-05-01")
        self.plan(invoice, "2024-05-16")
        self.plan(self.make_account("Otra"), "2024-05-16")
        self.assertFalse(self.next_action())


class TestMeetingDays(ActionCase):
    """A meeting is a next action until its day, in the company's zone, has ended."""

    def test_until_the_day_ends(self):
        policy = self.env["cartera.policy"]._for(self.company)
        for zone, start, last_minute, next_day, date in (
            # 21:00 of the 15th in Mexico, where the day ends at 06:00 UTC of the 16th
            (
                "America/Mexico_City",
                "2024-05-16 03:00",
                "2024-05-16 05:59",
                "2024-05-16 06:01",
                "2024-05-15",
            ),
            # 00:30 of the 16th in Madrid, where it ends at 22:00 UTC of the 16th
            (
                "Europe/Madrid",
                "2024-05-15 22:30",
                "2024-05-16 21:59",
                "2024-05-16 22:01",
                "2024-05-16",
            ),
            ("UTC", "2024-05-16 08:00", "2024-05-16 23:59", "2024-05-17 00:01", "2024-05-16"),
        ):
            policy.tz = zone
            meeting = self.meet(start, self.contact)
            with self.subTest(zone), freeze_time(last_minute):
                self.env["cartera.profile"].refresh(self.company)
                self.assertEqual(self.next_action(), date)
                self.assertIsNone(self.last_interaction())
            with self.subTest(zone), freeze_time(next_day):
                self.env["cartera.profile"].refresh(self.company)
                self.assertFalse(self.next_action())
                self.assertEqual(self.last_interaction(), (date, "meeting"))
            meeting.unlink()


@freeze_time("2024-05-15 12:00:00")
class TestLastInteraction(ActionCase):
    def test_message_types(self):
        """What passes between us and a person of the account, and what does not."""
        note = self.env.ref("mail.mt_note").id
        comment = self.env.ref("mail.mt_comment").id
        for name, given, kind in (
            ("a note among colleagues", {"message_type": "comment", "subtype_id": note}, None),
            ("a log line", {"message_type": "notification", "subtype_id": note}, None),
            ("an automatic mail", {"message_type": "auto_comment", "to": True}, None),
            ("an e-mail from her", {"message_type": "email", "from": True}, "email"),
            ("an e-mail to her", {"message_type": "email_outgoing", "to": True}, "email"),
            ("a comment for her", {"message_type": "comment", "to": True}, "comment"),
            ("a comment by her", {"message_type": "comment", "from": True}, "comment"),
        ):
            for record in (self.account, self.lead):
                vals = {"subtype_id": comment, **given}
                to = self.contact.ids if vals.pop("to", False) else []
                if vals.pop("from", False):
                    vals["author_id"] = self.contact.id
                with self.subTest(name, model=record._name):
                    savepoint = self.env.cr.savepoint()
                    record.with_user(self.seller).message_post(body="Hola", partner_ids=to, **vals)
                    expected = kind and ("2024-05-15", kind)
                    self.assertEqual(self.last_interaction(), expected)
                    if "author_id" not in vals and kind:
                        self.assertEqual(self.profile.last_interaction_user_id, self.seller)
                    savepoint.close(rollback=True)
                    self.env.invalidate_all(flush=False)

    def test_day_of_the_company(self):
        """Half past eleven at night in London is the next day in Madrid."""
        self.env["cartera.policy"]._for(self.company).tz = "Europe/Madrid"
        message = self.account.message_post(
            body="Hola", message_type="email", author_id=self.contact.id
        )
        message.date = "2024-05-13 23:30:00"
        self.env["cartera.profile"].refresh(self.company)
        self.assertEqual(self.last_interaction(), ("2024-05-14", "email"))

    def test_the_latest_counts(self):
        self.meet("2024-05-10 10:00", self.contact)
        self.assertEqual(self.last_interaction(), ("2024-05-10", "meeting"))
        self.plan(self.lead, "2024-05-14").action_feedback(feedback="Hecho")
        self.assertEqual(self.last_interaction(), ("2024-05-15", "activity"))
        self.meet("2024-05-12 10:00", self.contact)
        self.assertEqual(self.last_interaction(), ("2024-05-15", "activity"))

    def test_lost_leads_and_archived_contacts_keep_their_past(self):
        """Who left us is no longer called, but was attended."""
        self.meet("2024-05-10 10:00", self.contact)
        self.contact.active = False
        self.assertEqual(self.last_interaction(), ("2024-05-10", "meeting"))
        self.plan(self.lead, "2024-05-14").action_feedback(feedback="Hecho")
        self.lead.action_set_lost()
        self.assertEqual(self.last_interaction(), ("2024-05-15", "activity"))
