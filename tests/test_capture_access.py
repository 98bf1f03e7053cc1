"""Captured contacts by role: who records what, and who reads it."""

from odoo.exceptions import AccessError, UserError, ValidationError

from .capture_case import CaptureCase


class TestCaptureAccess(CaptureCase):
    def test_own_account_by_button(self):
        for record in (self.profile, self.partner, self.person, self.lead):
            with self.subTest(record=record):
                action = record.with_user(self.lucia).action_capture()
                self.open_form(action).save().action_save()

    def test_colleagues_account(self):
        with self.assertRaises(AccessError):
            self.other.with_user(self.lucia).action_capture()
        with self.assertRaisesRegex(UserError, "is an account of All_Accounts"):
            self.other_partner.with_user(self.lucia).action_capture()
        with self.assertRaises(AccessError):
            self.capture(record={"profile_id": self.other.id})
        with self.assertRaises(UserError):
            self.capture(record={"contact_id": self.other_partner.id})
        self.assertTrue(self.capture(user=self.colleague))

    def test_colleagues_due_activity(self):
        due = self.make_lead(self.other_partner, user_id=self.colleague.id).activity_schedule(
            "mail.mail_activity_data_call", user_id=self.colleague.id
        )
        with self.assertRaises(AccessError):
            self.open_form({"context": {"default_activity_id": due.id}})

    def test_others_may_not_open_it(self):
        for role in ("internal", "portal"):
            user = self.users[role]
            for record in (self.profile, self.partner, self.lead):
                with self.subTest(role=role, record=record), self.assertRaises(AccessError):
                    record.with_user(user).action_capture()
            with self.assertRaises(AccessError):
                self.capture(user=user)

    def test_details_are_for_salespeople(self):
        activity, event = self.capture(), self.capture("visit")
        for source in (activity, event):
            for role in ("internal", "portal"):
                with self.subTest(source=source, role=role), self.assertRaises(AccessError):
                    source.with_user(self.users[role]).read(["cartera_problem"])
            names = source.with_user(self.users["internal"]).fields_get()
            self.assertFalse([name for name in names if name.startswith("cartera_")])

    def test_author_is_not_typed(self):
        activity = self.capture().with_user(self.lucia)
        author = {"cartera_recorded_by_id": self.colleague.id}
        with self.assertRaisesRegex(UserError, "nobody types it"):
            activity.write(author)
        with self.assertRaisesRegex(UserError, "nobody types it"):
            self.env["calendar.event"].with_user(self.lucia).create({"name": "x", **author})
        activity.with_user(self.colleague).write({"cartera_answer": "Hecho"})
        activity.with_user(self.colleague).write({"cartera_kind_id": self.kind("shop").id})
        self.assertEqual(activity.cartera_recorded_by_id, self.lucia)

    def test_private_meeting_tells_nobody(self):
        self.lucia.with_user(self.lucia).calendar_default_privacy = "private"
        event = self.capture("visit", summary="Secreto", notes="Muy secreto", problem="Oculto")
        body = self.partner.message_ids[:1].body
        for text in ("Secreto", "secreto", "Oculto"):
            self.assertNotIn(text, body)
        events = self.env["calendar.event"].with_user(self.colleague)
        self.assertEqual(event.with_user(self.lucia).cartera_problem, "Oculto")
        shown = events.browse(event.id)
        shown.invalidate_recordset()
        self.assertFalse(shown.cartera_problem)
        self.assertFalse(shown.cartera_kind_id)
        for domain in (
            [("cartera_problem", "ilike", "Oculto")],
            [("cartera_kind_id.code", "=", "visit")],
            ["!", ("cartera_problem", "=", False)],
        ):
            self.assertNotIn(event.id, events.search(domain).ids)
            self.assertIn(event.id, events.with_user(self.lucia).search(domain).ids)
        groups = events._read_group([("id", "=", event.id)], ["cartera_kind_id"], ["__count"])
        self.assertFalse(groups)

    def test_private_plan_of_a_colleague(self):
        events = self.env["calendar.event"].with_user(self.colleague)
        event = events.with_context(no_mail_to_attendees=True).create(
            {"name": "Secreto", "privacy": "private", "start": self.ago(hours=1)}
        )
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.open_form(
                {"context": {"default_profile_id": self.profile.id, "default_event_id": event.id}}
            )
        with self.assertRaises(AccessError):
            self.capture("visit", event_id=event.id)
        self.assertFalse(event.sudo().cartera_kind_id)

    def test_lists_of_another_company(self):
        company = self.env["res.company"].create({"name": "Otra"})
        theirs = self.kind("call").copy({"company_id": company.id, "sequence": 1})
        form = self.open_form(self.profile.with_user(self.lucia).action_capture())
        self.assertEqual(form.kind_id, self.kind("call"))
        kinds = self.env["cartera.contact.kind"].with_user(self.lucia)
        self.assertNotIn(theirs, kinds.search([]))
        with self.assertRaises(UserError):
            self.capture(kind_id=theirs.id)
        with self.assertRaisesRegex(ValidationError, "What: is another company's"):
            self.capture(user=self.env.user, kind_id=theirs.id)

    def test_each_company_learns_for_itself(self):
        company = self.env["res.company"].create({"name": "Otra"})
        manager = self.users["manager"]
        manager.write({"company_ids": [(4, company.id)]})
        self.env.invalidate_all()
        theirs = self.profiles._ensure(self.partner, company)
        record = self.partner.with_user(manager).with_company(company)
        action = record.with_context(allowed_company_ids=company.ids).action_capture()
        self.assertEqual(action["context"]["default_profile_id"], theirs.id)
        dialog = (
            self.captures(manager)
            .with_context(allowed_company_ids=company.ids)
            .create(
                {
                    "profile_id": theirs.id,
                    "kind_id": self.kind("call").id,
                    "potential": 300,
                    "categ_ids": [(4, self.categ.id)],
                }
            )
        )
        dialog.action_save()
        self.assertEqual((theirs.potential, self.profile.potential), (300, 0))
        self.assertFalse(self.profile.interest_categ_ids)
        with self.assertRaises(AccessError):
            self.profile.with_user(manager).with_context(
                allowed_company_ids=company.ids
            ).action_capture()

    def test_lists_belong_to_the_manager(self):
        for model in ("kind", "outcome", "reason"):
            rows = self.env[f"cartera.contact.{model}"].search([], limit=1)
            rows.with_user(self.users["manager"]).name = "Otro"
            with self.assertRaises(AccessError):
                rows.with_user(self.lucia).name = "Mío"
