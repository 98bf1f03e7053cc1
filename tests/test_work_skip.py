"""Skipping a row, with a reason and until a day."""

from datetime import timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time

from .work_case import NOW, TODAY, WorkCase


@freeze_time(NOW)
class TestWorkSkip(WorkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls.make_account(user_id=cls.seller.id)
        cls.theirs = cls.make_account("Ajena", user_id=cls.colleague.id)
        cls.env["cartera.profile"]._ensure(cls.account | cls.theirs)
        cls.lead = cls.make_lead(
            cls.env["res.partner"], "2024-05-10", user_id=cls.seller.id, team_id=False
        )
        cls.set_priority({cls.account: 80, cls.theirs: 70})
        cls.activity = cls.plan(cls.theirs, TODAY, cls.colleague)
        cls.drain()
        cls.set_priority({cls.account: 80, cls.theirs: 70})

    def skip(self, work, user=None, **vals):
        """Skip a row as the dialog of the list does."""
        env = self.env(user=(user or self.seller).id, su=False)
        return env["cartera.work.skip"].create(
            {
                "kind": work.kind,
                "source_id": work.source_id,
                "profile_id": work.profile_id.id,
                "user_id": work.user_id.id,
                "company_id": work.company_id.id,
                "reason": "later",
                **vals,
            }
        )

    def test_each_kind_leaves_until_its_day(self):
        self.assertEqual(self.queue().mapped("kind"), ["account", "lead"])
        for work in self.queue():
            self.skip(work, until=TODAY + timedelta(days=3))
        self.assertFalse(self.queue())
        for when, count in (("2024-05-17 12:00", 0), ("2024-05-18 12:00", 2)):
            with freeze_time(when):
                self.assertEqual(len(self.queue()), count, when)

    def test_dialog_needs_a_reason(self):
        work = self.queue()[0]
        env = self.env(user=self.seller.id, su=False)
        skips = env["cartera.work.skip"].with_context(
            default_kind=work.kind,
            default_source_id=work.source_id,
            default_profile_id=work.profile_id.id,
            default_user_id=work.user_id.id,
            default_company_id=work.company_id.id,
        )
        with self.assertRaisesRegex(AssertionError, "reason"):
            Form(skips).save()
        form = Form(skips)
        form.reason = "other"
        with self.assertRaisesRegex(AssertionError, "note"):
            form.save()
        form.note = "Cerrado por vacaciones"
        skip = form.save()
        self.assertEqual(skip.until, TODAY + timedelta(days=1))
        self.assertEqual(skip.name, self.account.name)
        self.assertEqual(len(self.queue()), 1)

    def test_bad_input(self):
        work = self.queue()[0]
        for vals, message in (
            ({"until": TODAY}, "a day after today"),
            ({"reason": "other", "note": " "}, "say what the other reason is"),
            ({"source_id": 2**30}, "not there any more"),
        ):
            with self.subTest(**vals), self.assertRaisesRegex(ValidationError, message):
                self.skip(work, **vals)

    def test_manager_sees_it_and_it_can_come_back(self):
        skip = self.skip(self.queue()[0])
        seen = skip.with_user(self.users["manager"]).search([])
        self.assertEqual(seen, skip)
        self.assertFalse(skip.with_user(self.colleague).search([]))
        load = self.env(user=self.users["manager"].id, su=False)["cartera.work.load"]
        self.assertEqual(load.search([("user_id", "=", self.seller.id)]).skipped_count, 1)
        skip.action_return()
        self.assertEqual(len(self.queue()), 2)

    def test_what_was_done_meanwhile_is_not_put_aside_any_more(self):
        self.skip(self.queue()[0])
        load = self.env(user=self.users["manager"].id, su=False)["cartera.work.load"]
        mine = [("user_id", "=", self.seller.id)]
        self.assertEqual(load.search(mine).skipped_count, 1)
        self.plan(self.account, TODAY + timedelta(days=9))
        self.drain()
        self.env.invalidate_all()
        self.assertEqual(load.search(mine).skipped_count, 0)

    def test_handed_over_it_is_work_again(self):
        self.skip(self.queue()[0])
        self.account.user_id = self.colleague
        self.drain()
        self.set_priority({self.account: 80})
        self.assertIn("account", self.queue(self.colleague).mapped("kind"))

    def test_nobody_skips_what_he_may_not_read(self):
        theirs = self.queue(self.colleague)
        self.assertEqual(theirs.kind, "activity")
        private = self.profile_of(self.theirs)
        for vals in (
            {"kind": "account", "source_id": private.id},
            {"kind": "lead", "source_id": self.lead.id, "profile_id": private.id},
        ):
            with self.subTest(**vals), self.assertRaises(AccessError):
                self.skip(self.queue()[0], **vals)
        for role in ("portal", "internal"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.skip(self.queue()[0], self.users[role])
