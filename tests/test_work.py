"""The queue "Today": which rows, of whom, and until when."""

import random
from datetime import timedelta

from odoo.exceptions import ValidationError
from odoo.tests import Form, freeze_time

from .work_case import NOW, TODAY, WorkCase


@freeze_time(NOW)
class TestWorkRows(WorkCase):
    """Rows of generated accounts, leads, activities and meetings against the oracle."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rng = random.Random(6)
        sellers = [cls.seller, cls.colleague, cls.env["res.users"]]
        cls.accounts = cls.env["res.partner"].create(
            [
                {
                    "name": f"Cuenta {number:02}",
                    "is_company": True,
                    "user_id": rng.choice(sellers).id,
                }
                for number in range(48)
            ]
        )
        cls.people = cls.env["res.partner"].create(
            [
                {"name": f"Persona de {account.name}", "parent_id": account.id}
                for account in cls.accounts
            ]
        )
        cls.env["cartera.profile"]._ensure(cls.accounts)
        cls.leads = cls.env["crm.lead"]
        for number in range(40):
            partner = rng.choice([*cls.accounts, *cls.people, *[cls.env["res.partner"]] * 20])
            cls.leads |= cls.make_lead(
                partner,
                f"2024-05-{rng.randint(1, 15):02}",
                name=f"Pista {number}",
                user_id=rng.choice(sellers).id,
                team_id=False,
                company_id=rng.choice([cls.company.id, False]),
                expected_revenue=rng.choice([0, 100, 5000]),
                probability=rng.choice([10, 40, 90]),
            )
        cls._make_steps(rng, sellers)
        cls.leads[0].action_set_lost()
        cls.leads[1].action_set_won()
        cls.accounts[0].active = False
        cls.drain()
        cls._profiles_of(cls.accounts[1]).action_exclude()
        cls.set_priority({account: rng.choice([None, 0, 30, 50, 90]) for account in cls.accounts})

    @classmethod
    def _profiles_of(cls, partner):
        return cls.profiles.search([("partner_id", "=", partner.id)])

    @classmethod
    def _make_steps(cls, rng, sellers):
        for record in [*rng.sample([*cls.accounts, *cls.people], 30), *cls.leads[::4]]:
            day = TODAY + timedelta(days=rng.randint(-5, 5))
            activity = cls.plan(record, day, summary="Llamar")
            activity.user_id = rng.choice(sellers)
        for partner in rng.sample([*cls.accounts, *cls.people], 20):
            cls.meet(f"{TODAY + timedelta(days=rng.randint(-2, 2))} 15:00", partner)
        for lead in rng.sample([*cls.leads], 6):
            start = f"{TODAY + timedelta(days=rng.randint(-1, 2))} 15:00"
            cls.meet(start, cls.seller.partner_id, opportunity_id=lead.id)

    def test_rows_are_those_of_the_oracle(self):
        expected = self.expected()
        found = self.queue(self.users["manager"])
        self.assertEqual(self.rows(found), expected)
        self.assertEqual(len(found), len(expected))
        self.assertEqual({row[0] for row in expected}, {"activity", "lead", "account", "meeting"})

    def test_salesperson_sees_his_own_and_nobodys(self):
        seller = self.seller
        expected = {row for row in self.expected() if row[3] in (seller.id, False)}
        shown = {(work.kind, work.source_id) for work in self.queue(seller)}
        self.assertEqual(shown, {row[:2] for row in expected})
        mine = self.queue(seller, [("user_id", "=", seller.id)])
        self.assertEqual(
            {(work.kind, work.source_id) for work in mine},
            {row[:2] for row in expected if row[3] == seller.id},
        )

    def test_most_important_first_and_unknown_last(self):
        found = self.queue(self.users["manager"])
        order = [-1 if work.priority is False else work.priority for work in found]
        self.assertEqual(order, sorted(order, reverse=True))
        self.assertIn(-1, order)

    def test_lead_without_account_by_its_revenue(self):
        leads = self._open_leads()
        weighted = [lead.expected_revenue * lead.probability / 100 for lead in leads]
        mean = sum(weighted) / len(weighted)
        checked = 0
        for work in self.queue(self.users["manager"], [("kind", "=", "lead")]):
            own = work.lead_id.expected_revenue * work.lead_id.probability / 100
            if not work.profile_id:
                self.assertEqual(work.priority, max(50, round(100 * own / (own + mean))))
                checked += 1
        self.assertGreater(checked, 1)

    def test_groups_count_the_same(self):
        manager = self.env(user=self.users["manager"].id, su=False)
        groups = manager["cartera.work"]._read_group([], ["user_id"], ["__count", "overdue:sum"])
        expected = self.expected()
        for user, count, overdue in groups:
            rows = [row for row in expected if row[3] == user.id]
            self.assertEqual(count, len(rows))
            self.assertEqual(overdue, sum(row[4] < TODAY for row in rows))

    def test_load_and_coverage(self):
        expected = self.expected()
        profiles = self.env["cartera.profile"].search([("excluded", "=", False)])
        manager = self.env(user=self.users["manager"].id, su=False)
        loads = manager["cartera.work.load"].search([])
        self.assertGreaterEqual(len(loads), 3)
        for load in loads:
            rows = [row for row in expected if row[3] == load.user_id.id]
            theirs = profiles.filtered(lambda profile, load=load: profile.user_id == load.user_id)
            planned = [profile for profile in theirs if self._next_action(profile)[0]]
            self.assertEqual(load.todo_count, len(rows))
            self.assertEqual(load.overdue_count, sum(row[4] < TODAY for row in rows))
            self.assertEqual(load.account_count, len(theirs))
            self.assertEqual(load.planned_count, len(planned))
            self.assertAlmostEqual(load.coverage, len(planned) / len(theirs))


@freeze_time(NOW)
class TestWorkDone(WorkCase):
    """What is done leaves the queue, what is left comes back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls.make_account(user_id=cls.seller.id)
        cls.env["cartera.profile"]._ensure(cls.account)
        cls.set_priority({cls.account: 80})

    def kinds(self):
        self.drain()
        self.set_priority({self.account: 80})
        return [work.kind for work in self.queue(domain=[("partner_id", "=", self.account.id)])]

    def test_account_activity_and_lead_in_turn(self):
        self.assertEqual(self.kinds(), ["account"])
        activity = self.plan(self.account, TODAY - timedelta(days=1), summary="Llamar")
        self.assertEqual(self.kinds(), ["activity"])
        work = self.queue()
        self.assertEqual((work.name, work.overdue, work.priority), ("Llamar", 1, 80))
        activity.date_deadline = TODAY + timedelta(days=1)
        self.assertEqual(self.kinds(), [])
        activity.action_feedback()
        self.assertEqual(self.kinds(), [], "done today is done for today")
        activity.date_done = TODAY - timedelta(days=1)
        self.assertEqual(self.kinds(), ["account"])
        lead = self.make_lead(self.account, "2024-05-10", user_id=self.seller.id)
        self.assertEqual(self.kinds(), ["lead"])
        step = self.plan(lead, TODAY + timedelta(days=3))
        self.assertEqual(self.kinds(), [])
        step.unlink()
        self.assertEqual(self.kinds(), ["lead"])
        lead.action_set_won()
        self.assertEqual(self.kinds(), ["account"])

    def test_lead_of_a_colleague_does_not_hide_the_account(self):
        self.make_lead(self.account, "2024-05-10", user_id=self.colleague.id)
        self.assertEqual(self.kinds(), ["account"])

    def test_logged_in_the_dialog(self):
        """Each kind of row, recorded as the dialog of the list does it."""
        self.meet("2024-05-15 11:00", self.account)
        lead = self.make_lead(
            self.env["res.partner"], "2024-05-10", user_id=self.seller.id, team_id=False
        )
        other = self.make_account("Otra", user_id=self.seller.id)
        self.env["cartera.profile"]._ensure(other)
        activity = self.plan(other, TODAY)
        self.drain()
        self.set_priority({self.account: 80})
        self.assertEqual(set(self.queue().mapped("kind")), {"meeting", "lead", "activity"})
        for kind, capture in (
            ("meeting", self.profile_of(self.account).action_capture),
            ("lead", lead.action_capture),
            ("activity", self.profile_of(other).action_capture),
        ):
            context = capture()["context"]
            if kind == "activity":
                context["default_activity_id"] = activity.id
            env = self.env(user=self.seller.id, su=False)
            Form(env["cartera.capture"].with_context(**context)).save().action_save()
            self.drain()
            self.assertNotIn(kind, self.queue().mapped("kind"))

    def test_meeting_is_there_on_its_day_only(self):
        meeting = self.meet("2024-05-15 17:00", self.account)
        self.assertEqual(self.kinds(), ["meeting"])
        self.assertEqual(self.queue().name, "Reunión")
        meeting.write({"start": "2024-05-16 17:00:00", "stop": "2024-05-16 18:00:00"})
        self.assertEqual(self.kinds(), [])
        meeting.unlink()
        self.assertEqual(self.kinds(), ["account"])

    def test_threshold(self):
        self.policy.queue_threshold = 81
        self.assertEqual(self.kinds(), [])
        self.policy.queue_threshold = 80
        self.assertEqual(self.kinds(), ["account"])
        for limit in (0, 101):
            with self.subTest(limit=limit), self.assertRaisesRegex(ValidationError, "“Today”"):
                self.policy.queue_threshold = limit

    def test_nobodys_activity_is_the_salespersons(self):
        activity = self.plan(self.account, TODAY)
        activity.user_id = False
        self.drain()
        self.assertEqual(self.queue().user_id, self.seller)
