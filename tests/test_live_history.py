"""The history is filled month by month: killed, stopped, started twice, with a month that fails."""

from odoo.tests.common import mute_logger

from odoo.addons.crm_cartera.models.cartera_policy_history import get_month_end

from .live_process import ProcessCase

SQL_LOG, CRON = "odoo.sql_db", "odoo.addons.base.models.ir_cron"
JOB = "odoo.addons.crm_cartera.models.cartera_profile_cron"
MONTHS = 4
#: Where the job is killed: (model, method, before or after, which call).
MOMENTS = (
    ("cartera.engine", "_judge_past", "after", 1),  # read, nothing written
    ("cartera.engine", "_write_snapshots", "after", 2),  # written and not committed
    ("cartera.engine", "_keep_past", "after", 3),  # committed and not counted
    ("cartera.policy", "_note_month", "after", 2),  # counted and not committed
)


class TestHistory(ProcessCase):
    def setUp(self):
        super().setUp()
        with self.superuser() as env:
            self.policy = env["cartera.policy"]._for(env["res.company"].browse(self.company)).id
            self.today = env["cartera.policy"].browse(self.policy)._today()
        days = [str(get_month_end(self.today, number)) for number in range(1, MONTHS + 2)]
        accounts = self.make_accounts(3)
        for number, day in enumerate(days):
            self.request(lambda env, n=number, day=day: self.post(env, *accounts[n % 2 :], day=day))
        self.drain()
        self.wipe()

    def wipe(self):
        """Forget the history and the back-fill."""
        with self.superuser() as env:
            env.cr.execute("DELETE FROM cartera_snapshot")
            env.cr.execute("DELETE FROM cartera_calibration WHERE is_past")
            env.cr.execute(
                "UPDATE cartera_policy SET backfill_state = 'none', backfill_total = 0,"
                " backfill_done = 0, backfill_failed = 0"
            )

    def ask(self, months=MONTHS):
        self.request(lambda env: env["cartera.policy"].browse(self.policy).action_backfill(months))

    def stop(self):
        self.request(lambda env: env["cartera.policy"].browse(self.policy).action_backfill_stop())

    def state(self):
        return self.fetch(
            """SELECT backfill_state, backfill_done, backfill_total, backfill_failed
                 FROM cartera_policy WHERE id = %s""",
            self.policy,
        )[0]

    def snapshots(self):
        """Return all rows without their ids."""
        return self.fetch(
            "SELECT to_jsonb(s) - 'id' FROM cartera_snapshot s WHERE company_id = %s"
            " ORDER BY date, partner_id",
            self.company,
        )

    def fill(self):
        """Return the rows of a history that nothing disturbed."""
        self.ask()
        self.run_job("history")
        self.assertEqual(self.state(), ("done", MONTHS, MONTHS, 0))
        return self.snapshots()

    def months(self):
        """Return how often each month was filled, oldest first."""
        rows = self.fetch(
            """SELECT COUNT(*) FROM cartera_calibration WHERE is_past AND state = 'done'
                  AND company_id = %s GROUP BY date ORDER BY date""",
            self.company,
        )
        return [count for (count,) in rows]

    def test_undisturbed(self):
        rows = self.fill()
        ends = {str(get_month_end(self.today, number)) for number in range(1, MONTHS + 1)}
        self.assertEqual({row["date"] for (row,) in rows}, ends)
        self.assertEqual(self.months(), [1] * MONTHS)
        self.run_job("history")
        self.assertEqual(self.months(), [1] * MONTHS, "nothing is left to do")
        self.assertEqual(self.triggers("cron_history"), 0)

    def test_killed_and_started_again(self):
        rows = self.fill()
        for moment in MOMENTS:
            with self.subTest(moment):
                self.wipe()
                self.ask()
                self.run_job_and_die("history", *moment)
                state, done, total, _failed = self.state()
                self.assertEqual((state, total), ("running", MONTHS))
                self.assertEqual(done, moment[-1] - 1, "what was complete is counted")
                self.run_job("history")
                self.assertEqual(self.state(), ("done", MONTHS, MONTHS, 0))
                self.assertEqual(self.snapshots(), rows)
                states = [state for _id, state, _error in self.runs(is_past=True)]
                uncounted = moment[1] in ("_keep_past", "_note_month")
                self.assertEqual(states.count("done"), MONTHS + uncounted)
                self.assertNotIn("running", states)

    def test_stopped_and_gone_on(self):
        rows = self.fill()
        self.wipe()
        self.ask()
        with self.around("cartera.engine", "_judge_past", after=self.once(self.stop)):
            self.run_job("history")
        self.assertEqual(self.state(), ("stopped", 1, MONTHS, 0), "a begun month is ended")
        self.run_job("history")
        self.assertEqual(self.state(), ("stopped", 1, MONTHS, 0))
        self.ask()
        self.run_job("history")
        self.assertEqual(self.state(), ("done", MONTHS, MONTHS, 0))
        self.assertEqual(self.snapshots(), rows)
        self.assertEqual(self.months(), [1] * MONTHS, "no month is filled twice")

    def test_asked_for_again_while_it_runs(self):
        with self.around("cartera.engine", "_keep_past", after=self.once(self.ask)):
            self.ask()
            self.run_job("history")
        self.assertEqual(self.state(), ("done", MONTHS, MONTHS, 0))
        self.assertEqual(self.months(), [1] * MONTHS)
        self.ask(2)
        with self.around("cartera.engine", "_keep_past", after=self.once(lambda: self.ask(3))):
            self.run_job("history")
        self.assertEqual(self.state(), ("done", 3, 3, 0), "as many as were asked for last")

    def test_two_jobs_at_once(self):
        """The scheduler never does that; a shell may."""
        rows = self.fill()
        self.wipe()
        self.ask()

        def work():
            with self.superuser() as env:
                env["cartera.profile"]._cron_history()

        processes = [self.fork(work) for _number in range(2)]
        self.assertEqual([process.wait() for process in processes], [0, 0])
        self.assertEqual(self.state(), ("done", MONTHS, MONTHS, 0))
        self.assertEqual(self.snapshots(), rows)

    def test_history_and_nightly_run_at_once(self):
        """Both may write the last month end; neither takes the other for interrupted."""
        rows = self.fill()
        self.wipe()
        self.ask()
        self.at_once(lambda: self.run_job("history"), self.run_job)
        self.assertEqual(self.state(), ("done", MONTHS, MONTHS, 0))
        self.assertEqual(self.snapshots(), rows)
        self.assertEqual(self.runs()[-1][1:], ("done", None))
        self.assertEqual(
            self.fetch(
                "SELECT exception FROM cartera_calibration WHERE is_past AND state <> 'done'"
            ),
            [],
        )

    def test_settings_saved_while_it_runs(self):
        """A person who has the criteria open for seconds loses nothing, and stops nothing for long."""
        self.ask()
        with self.transaction() as user:
            user["cartera.policy"].browse(self.policy).new_days = 91
            user.flush_all()
            with mute_logger(SQL_LOG, CRON):
                self.run_job("history")
            self.assertEqual(self.state()[:2], ("running", 0), "not counted yet")
        self.run_job("history")
        self.assertEqual(self.state(), ("done", MONTHS, MONTHS, 0))
        self.request(lambda env: env["cartera.policy"].browse(self.policy).write({"new_days": 90}))

    def failing(self, day):
        def fail(_engine, scope):
            if scope.as_of == day:
                raise ZeroDivisionError("on purpose")
            return original(_engine, scope)

        original = self.registry["cartera.engine"]._judge_past
        return self.patched("cartera.engine", "_judge_past", fail)

    def test_month_that_fails_is_left_out_and_reported_once(self):
        rows = self.fill()
        self.wipe()
        bad = get_month_end(self.today, 2)
        with self.failing(bad), mute_logger(JOB):
            self.ask()
            self.run_job("history")
        self.assertEqual(self.state(), ("done", MONTHS, MONTHS, 1))
        self.assertEqual(
            self.snapshots(), [row for row in rows if row[0]["date"] != str(bad)], "all but one"
        )
        ((state, error),) = self.fetch(
            "SELECT state, exception FROM cartera_calibration WHERE is_past AND date = %s", bad
        )
        self.assertEqual(state, "failed")
        self.assertIn("on purpose", error)
        ((subject, body, _people),) = self.messages()
        self.assertIn("is incomplete", subject)
        self.assertIn(f"Months that failed: 1 of {MONTHS}", body)
        self.ask()
        self.run_job("history")
        self.assertEqual(self.state(), ("done", MONTHS, MONTHS, 0))
        self.assertEqual(self.snapshots(), rows)

    def test_month_that_kills_its_process_is_given_up(self):
        for _number in range(3):
            self.ask()
            self.run_job_and_die("history", "cartera.engine", "_write_snapshots", "after", 1)
            self.forgive()
        with mute_logger(JOB):
            self.run_job("history")
        self.assertEqual(self.state(), ("done", MONTHS, MONTHS, 1))
        self.assertEqual(self.months(), [1] * (MONTHS - 1))
