"""Refresh now: asked for by a manager, done by the job, watched from another connection."""

from datetime import date
from unittest.mock import patch
from uuid import uuid4

from odoo.exceptions import AccessError

from odoo.addons.crm_cartera.models import cartera_engine_full

from .live_process import ProcessCase


class TestProgress(ProcessCase):
    def setUp(self):
        super().setUp()
        self.manager = self.request(lambda env: self.make_user(env, "manager"))
        self.seller = self.request(lambda env: self.make_user(env, "salesman"))

    def make_user(self, env, group, **vals):
        return (
            env["res.users"]
            .create(
                {
                    "name": group,
                    "login": f"{group}_{uuid4().hex[:6]}",
                    "group_ids": [(4, env.ref(f"sales_team.group_sale_{group}").id)],
                    **vals,
                }
            )
            .id
        )

    def progress(self, uid=None):
        return self.request(
            lambda env: env["cartera.calibration"].get_progress(), uid or self.manager
        )

    def refresh(self, uid=None):
        return self.request(
            lambda env: env["cartera.profile"].action_refresh_all(), uid or self.manager
        )

    def test_asked_for_and_done(self):
        accounts = self.make_clients(3)
        self.run_job()
        before = self.progress()
        with self.without_hook():
            self.request(lambda env: self.post(env, *accounts[:2]))
        self.refresh()
        self.assertEqual(self.triggers("cron_refresh"), 1)
        self.assertEqual(self.progress()["id"], before["id"], "the job has not begun")
        self.run_job()
        after = self.progress()
        known = self.fetch(
            """SELECT COUNT(*) FROM cartera_profile WHERE company_id = %s AND excluded IS NOT TRUE
                  AND partner_id NOT IN (SELECT partner_id FROM res_company)""",
            self.company,
        )[0][0]
        self.assertNotEqual(after["id"], before["id"])
        self.assertEqual((after["state"], after["progress"], after["error"]), ("done", 100, False))
        self.assertEqual((after["accounts"], after["changed"]), (known, 2))
        self.assertGreater(after["seconds"], 0)
        self.assertEqual(self.triggers("cron_refresh"), 0)
        self.assertEqual(self.fetch("SELECT 1 FROM cartera_policy WHERE refresh_next"), [])

    def test_seen_from_another_connection_while_it_runs(self):
        accounts = self.make_clients(4)
        with self.without_hook():
            self.request(lambda env: self.post(env, *accounts))
        seen = []

        def look(_engine, _result):
            found = self.at_once(self.progress)[0]
            seen.append((found["state"], found["progress"]))

        company = self.around("cartera.engine", "_note_run", after=look)
        with patch.object(cartera_engine_full, "BATCH", 1), company:
            self.run_all()
        *running, last = seen
        self.assertEqual(last, ("done", 100))
        self.assertEqual({state for state, _progress in running}, {"running"})
        steps = [progress for _state, progress in running]
        self.assertEqual(steps, sorted(steps))
        self.assertEqual(steps[0], cartera_engine_full.READ)
        self.assertEqual(steps[-1], cartera_engine_full.WRITTEN)
        self.assertGreaterEqual(len(set(steps)), 5)

    def test_failed(self):
        def fail(_engine, _scope):
            raise ZeroDivisionError("on purpose")

        with self.patched("cartera.engine", "_judge", fail), self.assertRaises(ZeroDivisionError):
            self.run_all()
        found = self.progress()
        self.assertEqual(found["state"], "failed")
        self.assertIn("on purpose", found["error"])
        self.run_all()
        self.assertEqual((self.progress()["state"], self.progress()["error"]), ("done", False))

    def test_history_is_no_refresh(self):
        """A month that is filled meanwhile is none of the dialog's business."""
        self.run_all()
        before = self.progress()
        with self.superuser() as env:
            company = env["res.company"].browse(self.company)
            env["cartera.engine"]._run_past(
                company, env["cartera.profile"]._get_last_month_end(company)
            )
        self.assertEqual(self.progress(), before)

    def test_who_may(self):
        for call in (self.progress, self.refresh):
            with self.assertRaises(AccessError):
                call(self.seller)
        self.assertEqual(self.triggers("cron_refresh"), 0)

    def test_other_company(self):
        """A manager of another company sees its runs only, and asks for it."""
        company = self.request(
            lambda env: env["res.company"].create({"name": f"Otra {uuid4().hex[:6]}"}).id
        )
        vals = {"company_id": company, "company_ids": [(6, 0, [company])]}
        manager = self.request(lambda env: self.make_user(env, "manager", **vals))
        self.run_all()
        self.assertEqual(self.progress(manager), {"id": False, "state": "none"})
        self.refresh(manager)
        self.assertEqual(
            self.fetch("SELECT company_id FROM cartera_policy WHERE refresh_next"), [(company,)]
        )
        self.run_job()
        self.assertEqual(self.progress(manager)["state"], "done")
        self.assertEqual(self.progress(manager)["accounts"], 0)

    def test_button_and_dialog_are_one_run(self):
        """The button asks, and so does the dialog that it opens."""
        self.run_job()
        query = "SELECT id FROM cartera_policy WHERE company_id = %s"
        ((policy,),) = self.fetch(query, self.company)
        last = self.runs()[-1][0]
        self.request(
            lambda env: env["cartera.policy"].browse(policy).action_refresh(), self.manager
        )
        self.refresh()
        self.run_job()
        self.assertEqual(self.triggers("cron_refresh"), 0)
        self.assertEqual(len([run for run in self.runs() if run[0] > last]), 1)
        self.assertEqual(self.fetch("SELECT 1 FROM cartera_policy WHERE refresh_next"), [])

    def test_month_filled_while_a_run_reads(self):
        """The policy's row is written by others too; only a request is a request."""
        self.refresh()

        def count(env):
            policy = env["cartera.policy"]._for(env["res.company"].browse(self.company))
            policy.backfill_failed += 1

        note = self.once(lambda: self.request(count))
        with self.around("cartera.engine", "_judge", after=note):
            self.run_job()
        self.assertEqual(self.fetch("SELECT 1 FROM cartera_policy WHERE refresh_next"), [])

    def test_asked_for_again_while_a_run_reads(self):
        self.refresh()
        with self.around("cartera.engine", "_judge", after=self.once(self.refresh)):
            self.run_all()
        asked = "SELECT company_id FROM cartera_policy WHERE refresh_next"
        self.assertEqual(self.fetch(asked), [(self.company,)])
        self.run_job()
        self.assertEqual(self.fetch(asked), [])

    def test_limit_changed_while_a_run_reads(self):
        """The run has read the old limit: what it learned is not what was asked for."""
        policy = self.fetch("SELECT id FROM cartera_policy WHERE company_id = %s", self.company)[0][
            0
        ]

        def change(value):
            return lambda: self.request(
                lambda env: env["cartera.policy"].browse(policy).write({"new_days": value})
            )

        self.addCleanup(change(90))
        today = str(date.today())  # noqa: DTZ011 -- the machine's day; without buyers each run learns
        self.request(lambda env: self.post(env, *self.make_clients(), day=today))
        asked = "SELECT recalibrate_next FROM cartera_policy WHERE id = %s"
        for moment, value in (
            (("_judge", None, self.once(change(70))), 80),
            # The window is read before the rest.
            (("_run_locked", self.once(change(60))), 75),
        ):
            change(value)()
            with self.around("cartera.engine", *moment):
                self.run_all()
            self.assertEqual(self.fetch(asked, policy), [(True,)], "still asked for")
        self.run_all()
        self.assertEqual(self.fetch(asked, policy), [(False,)])
        learned = "SELECT recalibrated FROM cartera_calibration WHERE company_id = %s AND is_past IS NOT TRUE ORDER BY id DESC LIMIT 1"
        self.assertEqual(self.fetch(learned, self.company), [(True,)])
        self.run_all()
        self.assertEqual(
            self.fetch(learned, self.company), [(False,)], "by hand, as these tests are"
        )
