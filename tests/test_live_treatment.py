"""Treatments with real commits: two at once do not double anything, a killed job goes on."""

import threading
from uuid import uuid4

from odoo import Command

from .live_process import ProcessCase


class TestLiveTreatment(ProcessCase):
    def setUp(self):
        super().setUp()
        self.mark = f"T{uuid4().hex[:8]}"
        self.plan, self.segment = self.request(self.make_segment)
        with self.superuser() as env:
            env["cartera.dimension"]._sort_all(env["res.company"].browse(self.company))
        self.addCleanup(self.request, self.retire)

    def make_segment(self, env):
        """Create a segment of the accounts whose name begins with this test's mark."""
        call = env.ref("mail.mail_activity_data_call")
        steps = [
            Command.create({"summary": name, "activity_type_id": call.id})
            for name in ("Llamar", "Visitar")
        ]
        plan = env["mail.activity.plan"].create(
            {
                "name": self.mark,
                "res_model": "res.partner",
                "company_id": False,
                "template_ids": steps,
            }
        )
        rule = f"[('name', '=like', '{self.mark}%')]"
        dimension = env["cartera.dimension"].create(
            {
                "name": self.mark,
                "code": self.mark.lower(),
                "segment_ids": [
                    Command.create(
                        {
                            "name": "Todas",
                            "domain": rule,
                            "plan_id": plan.id,
                            "treatment_user_id": env.uid,
                        }
                    )
                ],
            }
        )
        return plan.id, dimension.segment_ids.id

    def retire(self, env):
        env["cartera.segment"].browse(self.segment).dimension_id.active = False

    def make_members(self, count):
        """Create accounts of the segment; return the ids of their profiles."""
        vals = [{"name": f"{self.mark} {number}"} for number in range(count)]
        made = self.request(lambda env: env["cartera.profile"].create(vals).ids)
        self.drain()
        return made

    def apply(self, env):
        """Do what the dialog does, on the request's own transaction."""
        segment = env["cartera.segment"].browse(self.segment)
        action = segment.action_apply_treatment()
        env["cartera.treatment.apply"].browse(action["res_id"]).action_apply()

    def treat(self):
        with self.superuser() as env:
            env["cartera.treatment"]._cron_treat()

    def counts(self):
        """Return {account: open activities of the plan} and the states of all lines."""
        rows = self.fetch(
            """SELECT l.profile_id, COUNT(a.id), l.state FROM cartera_treatment_line l
            LEFT JOIN mail_activity a ON a.cartera_treatment_line_id = l.id AND a.active
                WHERE l.plan_id = %s GROUP BY l.id""",
            self.plan,
        )
        return sorted((profile, count, state) for profile, count, state in rows)

    def done(self, members):
        return sorted((profile, 2, "done") for profile in members)

    def test_two_users_apply_at_once(self):
        members = self.make_members(20)
        barrier = threading.Barrier(2)

        def wait(_record, _result):
            barrier.wait(timeout=30)

        with self.around("cartera.treatment", "_apply", before=wait):
            self.at_once(*[lambda: self.request(self.apply)] * 2)
        self.treat()
        self.assertEqual(self.counts(), self.done(members))

    def test_two_jobs_at_once(self):
        members = self.make_members(150)
        self.request(self.apply)
        self.assertEqual({row[1:] for row in self.counts()}, {(0, "waiting")})
        self.at_once(self.treat, self.treat)
        self.treat()
        self.assertEqual(self.counts(), self.done(members))
        states = self.fetch("SELECT state FROM cartera_treatment WHERE plan_id = %s", self.plan)
        self.assertEqual(states, [("done",)])

    def test_two_segments_with_one_plan_at_once(self):
        """Two users apply the same plan to the same accounts, from two dimensions."""
        members = self.make_members(10)

        def copy(env):
            segment = env["cartera.segment"].browse(self.segment)
            copied = segment.dimension_id.copy({"code": f"{self.mark.lower()}_2"})
            return copied.segment_ids.id

        second = self.request(copy)
        with self.superuser() as env:
            env["cartera.dimension"]._sort_all(env["res.company"].browse(self.company))
        first, barrier = self.segment, threading.Barrier(2)

        def apply(segment):
            def work(env):
                action = env["cartera.segment"].browse(segment).action_apply_treatment()
                barrier.wait(timeout=30)
                env["cartera.treatment.apply"].browse(action["res_id"]).action_apply()

            with self.transaction() as env:
                work(env)

        self.at_once(lambda: apply(first), lambda: apply(second))
        self.treat()
        found = {}
        for profile, count, _state in self.counts():
            found[profile] = found.get(profile, 0) + count
        self.assertEqual(found, dict.fromkeys(members, 2))
        self.request(
            lambda env: env["cartera.segment"].browse(second).dimension_id.write({"active": False})
        )

    def test_job_that_is_killed_goes_on(self):
        members = self.make_members(150)
        self.request(self.apply)
        self.run_job_and_die("treatment", "cartera.treatment", "_finish_own", "before")
        self.run_job("treatment")
        self.assertEqual(self.counts(), self.done(members))
        states = self.fetch("SELECT state FROM cartera_treatment WHERE plan_id = %s", self.plan)
        self.assertEqual(states, [("done",)])
        self.forgive()

    def test_job_that_is_killed_in_a_batch_leaves_nothing_half(self):
        members = self.make_members(150)
        self.request(self.apply)
        self.run_job_and_die("treatment", "cartera.treatment", "_log_on_accounts", "after")
        self.assertEqual({row[1:] for row in self.counts()}, {(0, "waiting")})
        self.run_job("treatment")
        self.assertEqual(self.counts(), self.done(members))
        self.forgive()

    def test_entry_after_a_commit(self):
        """The user's commit wakes the job; he waits for no activity."""
        self.request(
            lambda env: env["cartera.segment"].browse(self.segment).write({"apply_on_entry": True})
        )
        before = self.triggers("cron_treatment")
        members = self.make_members(3)
        self.assertGreater(self.triggers("cron_treatment"), before)
        self.assertEqual(self.counts(), [])
        self.at_once(self.treat, self.treat)
        self.treat()
        self.assertEqual(self.counts(), self.done(members))

    def test_line_that_somebody_holds_comes_later(self):
        members = self.make_members(150)
        self.request(self.apply)
        with self.superuser() as holder:
            holder.cr.execute(
                "SELECT id FROM cartera_treatment_line WHERE profile_id = %s FOR UPDATE",
                members[:1],
            )
            self.treat()
            self.assertEqual(
                [row for row in self.counts() if row[2] == "waiting"], [(members[0], 0, "waiting")]
            )
        self.treat()
        self.assertEqual(self.counts(), self.done(members))
