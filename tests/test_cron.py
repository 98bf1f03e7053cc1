"""The background jobs and the hook, on the test's one connection."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests.common import mute_logger

from .common import CarteraCase, day

TOUCH = "odoo.addons.crm_cartera.models.cartera_touch"
JOB = "odoo.addons.crm_cartera.models.cartera_profile_cron"


class TestCron(CarteraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls.make_account()
        cls.profiles.refresh(cls.company)
        cls.refresh = cls.env.ref("crm_cartera.cron_refresh")
        cls.drain_job = cls.env.ref("crm_cartera.cron_drain")

    def setUp(self):
        super().setUp()
        self.env.cr.execute("DELETE FROM cartera_touch")

    def stored(self, account=None):
        """Return the profile without a drain of our own."""
        return self.profiles.search([("partner_id", "=", (account or self.account).id)])

    def queue(self):
        self.env.flush_all()
        self.env.cr.execute("SELECT partner_id, attempts, parked FROM cartera_touch ORDER BY id")
        return self.env.cr.fetchall()

    def failing_for(self, companies):
        """Let full runs of some companies fail."""
        engine = self.registry["cartera.engine"]
        original = engine._run_all

        def run_all(record, company):
            if company in companies:
                raise ZeroDivisionError("on purpose")
            return original(record, company)

        return patch.object(engine, "_run_all", run_all)

    # -- the hook -----------------------------------------------------------

    def test_hook_drains_what_the_transaction_queued(self):
        self.env.cr.postcommit.clear()
        self.make_invoice(self.account, "2024-03-01")
        self.env.flush_all()
        self.assertEqual({row[0] for row in self.queue()}, {self.account.id})
        with self.enter_registry_test_mode():
            self.env.cr.postcommit.run()
        self.assertEqual(self.stored().purchase_count, 1)
        self.assertEqual(self.queue(), [])

    def test_one_hook_for_a_transaction(self):
        self.env.cr.postcommit.clear()
        with patch.object(self.registry["cartera.touch"], "_drain_after_commit") as drain:
            self.make_invoice(self.account, "2024-03-01")
            self.make_lead(self.account)
            self.account.name = "Otro nombre"
            self.env.cr.postcommit.run()
        drain.assert_called_once()

    def test_hook_lets_nothing_out(self):
        touches = self.env["cartera.touch"]
        self.env.cr.postcommit.clear()
        self.make_invoice(self.account, "2024-03-01")
        broken = patch.object(type(touches), "_take", side_effect=ZeroDivisionError)
        with broken, self.assertLogs(TOUCH, "WARNING") as log, self.enter_registry_test_mode():
            self.env.cr.postcommit.run()
        self.assertIn("left to the background job", log.output[0])

    def test_hook_waits_while_modules_are_loaded(self):
        self.env.cr.postcommit.clear()
        self.make_invoice(self.account, "2024-03-01")
        with patch.object(self.registry, "ready", False), self.enter_registry_test_mode():
            self.env.cr.postcommit.run()
        self.assertTrue(self.queue())

    # -- the jobs -----------------------------------------------------------

    def test_drain_job_empties_the_queue(self):
        self.make_invoice(self.account, "2024-03-01")
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.drain_job.method_direct_trigger()
        self.assertEqual(self.stored().purchase_count, 1)
        self.assertEqual(self.queue(), [])

    def test_refresh_job_does_a_full_run(self):
        self.make_invoice(self.account, "2024-03-01")
        self.env.flush_all()
        # As if nobody had touched it: a border of the calendar was passed.
        self.env.cr.execute("DELETE FROM cartera_touch")
        policy = self.env["cartera.policy"]._for(self.company)
        policy.refreshed_at = False
        with self.enter_registry_test_mode():
            self.refresh.method_direct_trigger()
        self.assertEqual(self.stored().purchase_count, 1)
        self.assertTrue(policy.refreshed_at)

    def test_one_company_that_fails_does_not_stop_the_others(self):
        other = self.env["res.company"].create({"name": "Otra empresa"})
        self.make_invoice(self.account, "2024-03-01")
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM cartera_touch")
        with (
            self.enter_registry_test_mode(),
            self.failing_for(other),
            self.assertLogs(JOB, "ERROR") as log,
        ):
            self.refresh.method_direct_trigger()
        self.assertIn(f"Refresh of company {other.id} failed", log.output[0])
        self.assertEqual(self.stored().purchase_count, 1)

    def test_company_that_keeps_failing_does_not_switch_the_job_off(self):
        """Odoo counts the failures of a job, and after some of them calls it no more."""
        other = self.env["res.company"].create({"name": "Otra empresa"})
        self.refresh.write({"failure_count": 4, "first_failure_date": "2024-01-01 00:00:00"})
        with self.enter_registry_test_mode(), self.failing_for(other), mute_logger(JOB):
            self.refresh.method_direct_trigger()
        self.assertEqual((self.refresh.failure_count, self.refresh.active), (0, True))

    def test_every_failure_is_reported(self):
        companies = self.env["res.company"].create([{"name": "Una"}, {"name": "Dos"}])
        with (
            self.enter_registry_test_mode(),
            self.failing_for(companies),
            self.assertLogs(JOB, "ERROR") as log,
        ):
            self.refresh.method_direct_trigger()
        self.assertEqual(len(log.output), 2)
        for company in companies:
            self.assertTrue(any(f"company {company.id} failed" in line for line in log.output))
        self.assertTrue(all("on purpose" in line for line in log.output))

    def test_the_company_that_waits_longest_comes_first(self):
        policies = self.env["cartera.policy"]
        first, second = self.env["res.company"].create([{"name": "Una"}, {"name": "Dos"}])
        now = fields.Datetime.now()
        for company, hours in ((self.company, 1), (first, 2), (second, 0)):
            policies._for(company).refreshed_at = hours and now - timedelta(hours=hours)
        order = []
        engine = self.registry["cartera.engine"]
        with (
            self.enter_registry_test_mode(),
            patch.object(engine, "_run_all", lambda _engine, company: order.append(company)),
        ):
            self.refresh.method_direct_trigger()
        wanted = second | first | self.company
        self.assertEqual([company for company in order if company in wanted], [*wanted])

    def test_job_without_time_leaves_all_to_the_next_call(self):
        """Odoo calls it again with limits of its own; test_live_companies shows that all are run."""
        with (
            patch.object(self.registry["cartera.engine"], "_run_all") as run,
            patch.object(self.registry["ir.cron"], "_commit_progress", return_value=0.0) as commit,
        ):
            self.profiles._cron_refresh()
        run.assert_not_called()
        companies = self.env["res.company"].search_count([("parent_id", "=", False)])
        commit.assert_called_once()
        self.assertGreaterEqual(commit.call_args.kwargs["remaining"], companies)

    # -- failures -----------------------------------------------------------

    def test_interrupted_run_is_worded_for_its_reader(self):
        """And not for whoever found it, which is the job."""
        runs = self.env["cartera.calibration"]
        run = runs.create({"company_id": self.company.id, "date": "2024-03-01"})
        runs.with_context(lang="es_ES")._end_interrupted()
        self.assertEqual((run.state, run.error), ("failed", "Interrupted"))
        self.assertEqual(run.with_context(lang="es_ES").error, "Interrumpido")
        words = run._word_failure(self.env(context={"lang": "es_ES"}))
        self.assertIn("Interrumpido", words[1])

    def test_killed_runs_are_over_when_one_is_done(self):
        runs = self.env["cartera.calibration"]
        vals = {"company_id": self.company.id, "date": "2024-03-01"}
        runs.create([{**vals, "state": "failed"} for _number in range(3)])
        self.assertEqual(runs._get_untold(3), [(self.company.id, None)])
        runs.create({**vals, "state": "done"})
        self.assertEqual(runs._get_untold(3), [])
        with patch.object(self.registry["cartera.profile"], "_report") as report:
            self.profiles._note_interrupted()
        report.assert_not_called()

    def test_killed_runs_of_a_month_end(self):
        """The managers are told once; of a month of the history, by the job that fills it."""
        runs = self.env["cartera.calibration"]
        last, other = self.profiles._get_last_month_end(self.company), day("2020-01-31")
        vals = {"company_id": self.company.id, "is_past": True, "state": "failed"}
        runs.create([{**vals, "date": when} for when in (last, other) for _number in range(3)])
        for _call in range(2):
            with patch.object(type(runs), "_tell_managers", autospec=True) as tell:
                self.profiles._note_interrupted()
        tell.assert_not_called()
        told = runs.search([("told", "=", True)])
        self.assertEqual(told.mapped("date"), [last] * 3)

    def test_failing_account_is_parked_the_third_time(self):
        touches = self.env["cartera.touch"]
        good = self.make_account("Buena")
        for account in (self.account, good):
            self.make_invoice(account, "2024-03-01")
        self.env.flush_all()
        with self.failing_for_account(self.account), mute_logger(TOUCH):
            for expected in ((1, False), (2, False), (3, True), (3, True)):
                touches._drain()
                self.assertEqual(self.queue(), [(self.account.id, *expected)])
        self.assertEqual(self.stored(good).purchase_count, 1)
        parked = touches.search([("parked", "=", True)])
        self.assertIn("on purpose", parked.error)
        self.assertEqual(parked.account_name, self.account.display_name)
        parked.action_retry()
        self.assertEqual(self.queue(), [(self.account.id, 0, False)])
        self.drain()
        self.assertEqual(self.stored().purchase_count, 1)
        self.assertEqual(self.queue(), [])

    def test_full_run_forgets_what_was_parked(self):
        self.make_invoice(self.account, "2024-03-01")
        self.env.flush_all()
        self.env.cr.execute("UPDATE cartera_touch SET parked = TRUE, attempts = 3")
        self.env["cartera.engine"]._run_all(self.company)
        self.assertEqual(self.queue(), [])

    def failing_for_account(self, account):
        engine = self.registry["cartera.engine"]
        original = engine._judge

        def judge(record, scope):
            if account.id in (scope.partner_ids or ()):
                raise ZeroDivisionError("on purpose")
            return original(record, scope)

        return patch.object(engine, "_judge", judge)

    def test_touch_of_somebody_unknown_is_forgotten(self):
        touches = self.env["cartera.touch"]
        touches._touch([(2**31 - 1, 0), (self.account.id, 2**31 - 1), (False, self.company.id)])
        touches._drain()
        self.assertEqual(self.queue(), [])
