"""What a captured contact becomes."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError, ValidationError

from .capture_case import CaptureCase


class TestCapture(CaptureCase):
    def test_call_is_a_done_activity_of_the_account(self):
        activity = self.capture(
            date=self.ago(days=2),
            duration=0.5,
            direction="in",
            person_id=self.person.id,
            summary="Precios",
            notes="Pide oferta",
            outcome_id=self.env.ref("crm_cartera.cartera_contact_outcome_interested").id,
            reason_id=self.env.ref("crm_cartera.cartera_contact_reason_offer").id,
        )
        self.assertEqual(activity._name, "mail.activity")
        self.assertFalse(activity.active)
        self.assertEqual(activity.date_done, fields.Date.today() - timedelta(days=2))
        self.assertEqual((activity.res_model, activity.res_id), ("res.partner", self.partner.id))
        self.assertEqual(activity.user_id, self.lucia)
        self.assertEqual(activity.cartera_recorded_by_id, self.lucia)
        self.assertEqual(activity.cartera_kind_id, self.kind("call"))
        self.assertEqual(activity.cartera_person_id, self.person)
        self.assertEqual(activity.cartera_direction, "in")
        self.assertEqual(activity.cartera_duration, 0.5)
        self.assertEqual(activity.feedback, "Pide oferta")
        message = self.partner.message_ids[:1]
        self.assertEqual(message.author_id, self.lucia.partner_id)
        for text in ("Precios", "Pide oferta", "Ana", "Interested", "Offer", "0:30"):
            self.assertIn(text, message.body)

    def test_last_interaction_follows(self):
        self.assertFalse(self.profile.last_interaction_date)
        self.capture(date=self.ago(days=3))
        self.drain()
        self.assertEqual(
            self.profile.last_interaction_date, fields.Date.today() - timedelta(days=3)
        )
        self.assertEqual(self.profile.last_interaction_kind, "activity")
        self.assertEqual(self.profile.last_interaction_user_id, self.lucia)
        self.assertEqual(self.profile.interaction_count_90d, 1)

    def test_visit_of_today_counts_today_and_invites_nobody(self):
        mails = self.env["mail.mail"].search([])
        event = self.capture("visit", person_id=self.person.id, date=self.ago(minutes=10))
        self.assertEqual(event._name, "calendar.event")
        self.assertEqual(event.partner_ids, self.person | self.lucia.partner_id)
        self.assertEqual(event.stop - event.start, timedelta(hours=1))
        self.assertEqual(event.cartera_recorded_by_id, self.lucia)
        self.assertFalse(event.activity_ids)
        self.assertEqual(set(event.attendee_ids.mapped("state")), {"accepted"})
        self.assertFalse(self.env["mail.mail"].search([]) - mails)
        self.assertIn("Visit", self.partner.message_ids[:1].body)
        self.drain()
        self.assertEqual(self.profile.last_interaction_date, fields.Date.today())
        self.assertEqual(self.profile.last_interaction_kind, "meeting")
        self.assertFalse(self.profile.next_action_date, "it has taken place")
        self.assertEqual(self.profile.interaction_count_90d, 1)

    def test_visit_about_a_lead(self):
        event = self.capture("visit", record={"lead_id": self.lead.id})
        self.assertEqual(event.opportunity_id, self.lead)
        self.assertIn(self.partner, event.partner_ids)
        bodies = "".join(self.lead.message_ids.mapped("body"))
        self.assertIn("Visit", bodies)
        self.assertNotIn("Meeting scheduled", bodies)

    def test_due_activity_becomes_the_done_one(self):
        due = self.partner.activity_schedule(
            "mail.mail_activity_data_email", summary="Enviar precios", user_id=self.lucia.id
        )
        form = self.open_form({"context": {"default_activity_id": due.id}})
        self.assertEqual(form.kind_id, self.kind("email"))
        self.assertIn("Bodegas Ribera", form.record_name)
        form.notes = "Enviado"
        dialog = form.save()
        dialog.action_save()
        self.assertFalse(due.active)
        self.assertEqual(due.summary, "Enviar precios")
        self.assertEqual(due.feedback, "Enviado")
        self.assertEqual(due.cartera_kind_id, self.kind("email"))
        done = self.env["mail.activity"].with_context(active_test=False)
        self.assertEqual(done.search_count([("res_id", "=", self.partner.id)]), 1)
        with self.assertRaisesRegex(UserError, "done or cancelled already"):
            self.open_form({"context": {"default_activity_id": due.id}})

    def test_due_meeting_is_not_recorded_twice(self):
        due = self.lead.activity_schedule("mail.mail_activity_data_meeting", user_id=self.lucia.id)
        form = self.open_form({"context": {"default_activity_id": due.id}})
        self.assertEqual(form.kind_id, self.kind("visit"))
        source = form.save()._save()
        self.assertEqual(source, due)
        self.assertFalse(self.env["calendar.event"].search([("opportunity_id", "=", self.lead.id)]))

    def plan(self, **vals):
        events = self.env["calendar.event"].with_user(self.lucia)
        return events.with_context(no_mail_to_attendees=True).create(
            {
                "name": "Demostración",
                "start": self.ago(hours=-3),
                "stop": self.ago(hours=-5),
                "partner_ids": [(6, 0, (self.person | self.lucia.partner_id).ids)],
                **vals,
            }
        )

    def test_planned_meeting_becomes_the_held_one(self):
        event = self.plan()
        self.drain()
        self.assertEqual(self.profile.next_action_res_id, event.id)
        mails = self.env["mail.mail"].search([])
        records = self.profile.with_user(self.lucia).with_context(default_event_id=event.id)
        context = {**records.env.context, **records.action_capture()["context"]}
        form = self.open_form({"context": context})
        self.assertEqual(form.kind_id, self.kind("visit"))
        self.assertEqual(form.duration, 2)
        form.notes = "Les gustó"
        self.assertEqual(form.save()._save(), event)
        self.assertFalse(self.env["mail.mail"].search([]) - mails)
        self.assertIn("Les gustó", event.description)
        self.assertLessEqual(event.start, fields.Datetime.now())
        self.assertEqual(event.cartera_recorded_by_id, self.lucia)
        self.drain()
        self.assertEqual(self.profile.last_interaction_date, fields.Date.today())
        self.assertFalse(self.profile.next_action_date)
        with self.assertRaisesRegex(UserError, "recorded or cancelled already"):
            self.open_form({"context": context})

    def test_meeting_of_a_due_activity_is_done_with_it(self):
        due = self.lead.activity_schedule("mail.mail_activity_data_meeting", user_id=self.lucia.id)
        event = self.plan(activity_ids=[(6, 0, due.ids)], opportunity_id=self.lead.id)
        form = self.open_form({"context": {"default_activity_id": due.id}})
        self.assertEqual(form.save()._save(), event)
        self.assertFalse(due.active)
        self.assertTrue(event.cartera_kind_id)

    def test_meeting_of_a_due_activity_is_one_interaction_on_its_day(self):
        """Held three days ago, logged today."""
        due = self.partner.activity_schedule(
            "mail.mail_activity_data_meeting", user_id=self.lucia.id
        )
        held = self.ago(hours=72)
        event = self.plan(activity_ids=[(6, 0, due.ids)], start=held, stop=held)
        form = self.open_form({"context": {"default_activity_id": due.id}})
        form.save()._save()
        self.assertEqual(due.date_done, event.start.date())
        self.drain()
        day = fields.Date.today() - timedelta(days=3)
        self.assertEqual(self.profile.last_interaction_date, day)
        self.assertEqual(self.profile.interaction_count_90d, 1)
        opened = self.profile.action_open_figure("interaction_count_90d")
        rows = self.env[opened["res_model"]].with_context(**opened["context"])
        self.assertEqual(rows.search(opened["domain"]).mapped("kind"), ["meeting"])
        recorded = self.env["cartera.recorded"].search([("profile_id", "=", self.profile.id)])
        self.assertEqual(recorded.mapped("source"), ["meeting"])

    def test_second_click_saves_nothing(self):
        dialog = self.captures().create(
            {"profile_id": self.profile.id, "kind_id": self.kind("call").id}
        )
        dialog.action_save()
        dialog.action_save()
        dialog.action_save_next()
        done = self.env["mail.activity"].with_context(active_test=False)
        self.assertEqual(done.search_count([("res_id", "=", self.partner.id)]), 1)

    def test_interests_are_added_and_potential_updated_if_typed(self):
        self.profile.write({"interest_categ_ids": [(4, self.categ.id)], "potential": 5000})
        self.capture(categ_ids=[(4, self.categ_2.id)])
        self.assertEqual(self.profile.interest_categ_ids, self.categ | self.categ_2)
        self.assertEqual(self.profile.potential, 5000)
        self.capture(potential=7000)
        self.assertEqual(self.profile.potential, 7000)
        self.assertEqual(self.profile.interest_categ_ids, self.categ | self.categ_2)

    def test_lead_without_customer_keeps_what_was_learned(self):
        lead = self.env["crm.lead"].create({"name": "Feria", "user_id": self.lucia.id})
        event = self.capture(
            "fair", record={"lead_id": lead.id}, categ_ids=[(4, self.categ.id)], potential=900
        )
        self.assertEqual(event.opportunity_id, lead)
        self.assertEqual(lead.cartera_interest_categ_ids, self.categ)
        self.assertEqual(lead.cartera_potential, 900)

    def test_next_action(self):
        day = fields.Date.today() + timedelta(days=5)
        self.capture(next_date=day, next_summary="Llamar")
        self.drain()
        self.assertEqual(self.profile.next_action_date, day)
        self.assertEqual(self.profile.next_action_user_id, self.lucia)
        self.assertEqual(self.profile.with_user(self.lucia).next_action_summary, "Llamar")

    def test_days_to_the_next_action(self):
        form = self.open_form(self.profile.with_user(self.lucia).action_capture())
        form.next_in = "7"
        self.assertEqual(form.next_date, fields.Date.today() + timedelta(days=7))
        form.next_date = fields.Date.today() + timedelta(days=2)
        self.assertFalse(form.next_in)
        form.next_date = fields.Date.today() + timedelta(days=1)
        self.assertEqual(form.next_in, "1")
        form.next_in = False
        self.assertFalse(form.next_date)

    def test_save_and_next_action_opens_the_dialog_of_odoo(self):
        dialog = self.captures().create({"lead_id": self.lead.id, "kind_id": self.kind("call").id})
        action = dialog.action_save_next()
        self.assertEqual(action["res_model"], "mail.activity.schedule")
        self.assertEqual(action["context"]["active_ids"], self.lead.ids)
        self.assertTrue(dialog.recorded)

    def test_open_incident_proposes_the_next_action(self):
        form = self.open_form(self.profile.with_user(self.lucia).action_capture())
        form.kind_id = self.kind("incident")
        form.problem = "Llegó roto"
        self.assertEqual(form.next_date, fields.Date.today() + timedelta(days=1))
        form.answer = "Se cambia"
        self.assertFalse(form.next_date)
        activity = form.save()._save()
        self.assertEqual(activity.cartera_problem, "Llegó roto")
        self.assertEqual(activity.cartera_answer, "Se cambia")

    def test_what_was_proposed_may_be_refused(self):
        form = self.open_form(self.profile.with_user(self.lucia).action_capture())
        form.kind_id = self.kind("incident")
        form.problem = "Llegó roto"
        form.next_date = False
        form.save()._save()
        self.assertFalse(self.partner.activity_ids)

    def test_answer_of_the_follow_up_is_the_answer_to_the_incident(self):
        form = self.open_form(self.profile.with_user(self.lucia).action_capture())
        form.kind_id = self.kind("incident")
        form.problem = "Llegó roto"
        incident = form.save()._save()
        follow_up = self.env["mail.activity"].search([("cartera_incident_id", "=", incident.id)])
        self.assertEqual(follow_up.summary, "Answer the incident")
        form = self.open_form({"context": {"default_activity_id": follow_up.id}})
        self.assertEqual(form.kind_id, self.kind("incident"))
        self.assertEqual(form.problem, "Llegó roto")
        form.save()._save()
        self.assertFalse(incident.cartera_answer)
        last = self.env["mail.activity"].search([("cartera_incident_id", "=", incident.id)])
        form = self.open_form({"context": {"default_activity_id": last.id}})
        form.answer = "Se cambió"
        form.save()._save()
        self.assertEqual(incident.cartera_answer, "Se cambió")
        self.assertEqual(
            follow_up.cartera_answer, "Se cambió", "no problem of the chain stays open"
        )
        self.assertFalse(self.env["cartera.screen.sheet"]._get_waiting_problems(self.profile))

    def test_problem_answered_from_its_alert(self):
        """Its follow-up was done with Odoo's own button, or there never was one."""
        form = self.open_form(self.profile.with_user(self.lucia).action_capture())
        form.kind_id = self.kind("incident")
        form.problem = "Llegó roto"
        incident = form.save()._save()
        self.partner.activity_ids.action_feedback()
        form = self.open_form(self.profile.with_user(self.lucia).action_answer_problem())
        self.assertEqual(form.problem, "Llegó roto")
        form.answer = "Se cambió"
        answer = form.save()._save()
        self.assertEqual(answer.cartera_incident_id, incident)
        self.assertEqual(incident.cartera_answer, "Se cambió")
        with self.assertRaisesRegex(UserError, "have been answered"):
            self.profile.with_user(self.lucia).action_answer_problem()

    def test_problem_of_a_meeting_is_answered_on_it(self):
        event = self.capture("visit", problem="Faltó género")
        action = self.profile.with_user(self.lucia).action_answer_problem()
        self.assertEqual((action["res_model"], action["res_id"]), ("calendar.event", event.id))

    def test_contact_not_yet_in_the_portfolio(self):
        partner = self.make_account("Nueva SL")
        person = self.env["res.partner"].create({"name": "Luis", "parent_id": partner.id})
        form = self.open_form(person.with_user(self.lucia).action_capture())
        self.assertEqual(form.person_id, person)
        self.assertFalse(self.profile_of(partner), "opening puts nobody into the portfolio")
        activity = form.save()._save()
        self.assertEqual(activity.res_id, person.id)
        self.assertTrue(self.profile_of(partner))
        self.assertEqual(self.profile_of(partner).last_interaction_date, fields.Date.today())

    def test_errors_name_the_field(self):
        incident = self.kind("incident").id
        for message, vals in (
            ("When: cannot be in the future", {"date": self.ago(hours=-2)}),
            ("How long: cannot be negative", {"duration": -1}),
            ("Purchase potential: cannot be negative", {"potential": -1}),
            ("With whom: is not a contact", {"person_id": self.other_partner.id}),
            ("Problem: say what", {"kind_id": incident}),
            ("Problem: say what", {"kind_id": incident, "problem": "  "}),
            ("Due on: cannot be in the past", {"next_date": "2020-01-01"}),
            ("Due on: say on which day", {"next_summary": "Llamar"}),
            ("Next action: say what kind", {"next_date": "2099-01-01", "next_type_id": False}),
            ("Account: is not the account", {"contact_id": self.other_partner.id}),
            ("Say with which account", {"profile_id": False}),
        ):
            with self.subTest(message=message), self.assertRaisesRegex(ValidationError, message):
                self.capture(**vals)

    def test_merged_contacts_and_leads_keep_what_was_done(self):
        double = self.make_account("Bodegas Ribera SA", user_id=self.lucia.id)
        lead = self.make_lead(self.partner, user_id=self.lucia.id)
        on_contact = self.capture(record={"contact_id": double.id})
        on_lead = self.capture(record={"lead_id": lead.id})
        self.env["base.partner.merge.automatic.wizard"]._merge(
            [double.id, self.partner.id], self.partner
        )
        self.assertEqual(on_contact.exists().res_id, self.partner.id)
        (lead | self.lead).merge_opportunity(auto_unlink=True)
        left = (lead | self.lead).exists()
        self.assertEqual(on_lead.exists().res_id, left.id)
