"""Several companies in a night: one that fails or is killed stops nobody, and its managers are told."""

import os
import signal
from uuid import uuid4

from odoo.tests.common import mute_logger

from .live_process import ProcessCase

JOB = "odoo.addons.crm_cartera.models.cartera_profile_cron"


class CompanyCase(ProcessCase):
    def setUp(self):
        super().setUp()
        self.others = self.request(self.make_companies)
        self.run_job()
        self.last = self.fetch("SELECT MAX(id) FROM cartera_calibration")[0][0]

    def make_companies(self, env):
        names = [f"Empresa {uuid4().hex[:6]}" for _number in range(2)]
        return env["res.company"].create([{"name": name} for name in names]).ids

    def failing(self, *companies, method="_judge"):
        """Let runs of some companies fail."""
        original = getattr(self.registry["cartera.engine"], method)

        def fail(engine, scope):
            if scope.company_id in companies:
                raise ZeroDivisionError("on purpose")
            return original(engine, scope)

        return self.patched("cartera.engine", method, fail)

    def run_failing(self, *companies, **kwargs):
        with self.failing(*companies, **kwargs), mute_logger(JOB):
            self.run_job()

    def states(self, company):
        """Return the states of a company's runs since the start of the test."""
        rows = self.fetch(
            """SELECT state FROM cartera_calibration WHERE company_id = %s AND id > %s
                  AND is_past IS NOT TRUE ORDER BY id""",
            company,
            self.last,
        )
        return [state for (state,) in rows]

    def everybody(self):
        rows = self.fetch("SELECT id FROM res_company WHERE active AND parent_id IS NULL")
        return {company for (company,) in rows}

    def done_since(self):
        """Return the companies that were run, in their order."""
        rows = self.fetch(
            """SELECT company_id FROM cartera_calibration
                WHERE id > %s AND is_past IS NOT TRUE AND state = 'done' ORDER BY id""",
            self.last,
        )
        return [company for (company,) in rows]


class TestFailingCompany(CompanyCase):
    def setUp(self):
        super().setUp()
        self.bad, self.good = self.others
        self.users = self.request(self.make_managers)

    def make_managers(self, env):
        """Create managers: of the failing company in two languages, of the other, and a salesperson."""
        manager, seller = "sales_team.group_sale_manager", "sales_team.group_sale_salesman"
        logins = {}
        for role, companies, lang, group in (
            ("english", [self.bad], "en_US", manager),
            ("spanish", [self.good, self.bad], "es_ES", manager),
            ("other", [self.good], "en_US", manager),
            ("seller", [self.bad], "en_US", seller),
        ):
            logins[role] = f"{role}_{uuid4().hex[:6]}"
            env["res.users"].create(
                {
                    "name": role,
                    "login": logins[role],
                    "email": f"{role}@example.com",
                    "notification_type": "inbox",
                    "lang": lang,
                    "company_id": companies[0],
                    "company_ids": [(6, 0, companies)],
                    "group_ids": [(4, env.ref(group).id)],
                }
            )
        return logins

    def told(self):
        """Return {login: [(subject, body)]} of these people."""
        found = {}
        for subject, body, logins in self.messages():
            for login in set(logins) & set(self.users.values()):
                found.setdefault(login, []).append((subject, body))
        return found

    def test_the_others_are_run_and_the_managers_told_once(self):
        self.run_failing(self.bad)
        self.assertEqual(self.states(self.bad), ["failed"])
        self.assertEqual(self.states(self.good), ["done"])
        self.assertEqual(self.states(self.company), ["done"])
        told = self.told()
        self.assertEqual(set(told), {self.users["english"], self.users["spanish"]})
        ((english, body),) = told[self.users["english"]]
        self.assertRegex(english, "The portfolio of Empresa .* was not refreshed")
        self.assertIn("on purpose", body)
        ((spanish, _body),) = told[self.users["spanish"]]
        self.assertIn("Empresa", spanish)
        self.assertNotIn("was not refreshed", spanish)
        self.run_failing(self.bad)
        self.assertEqual(self.told(), told, "not every night")
        self.run_job()
        self.assertEqual(self.states(self.bad), ["failed", "failed", "done"])
        self.run_failing(self.bad)
        self.assertEqual(len(self.told()[self.users["english"]]), 2, "that is news again")

    def test_month_end_that_fails(self):
        with self.superuser() as env:
            env.cr.execute("DELETE FROM cartera_calibration WHERE is_past")
        for _night in range(2):
            self.run_failing(self.bad, method="_judge_past")
        self.assertEqual(self.states(self.bad), ["done", "done"], "the run itself was good")
        self.assertEqual(self.states(self.good), ["done", "done"])
        ((subject, body),) = self.told()[self.users["english"]]
        self.assertIn("is missing", subject)
        self.assertIn("on purpose", body)
        self.run_job()
        rows = self.fetch(
            "SELECT state FROM cartera_calibration WHERE is_past AND company_id = %s ORDER BY id",
            self.bad,
        )
        self.assertEqual([state for (state,) in rows], ["failed", "failed", "done"])

    def test_nobody_can_be_told(self):
        def fail(*_args):
            raise ValueError("no mail")

        with (
            self.patched("cartera.policy", "_tell_managers", fail),
            self.failing(self.bad),
            self.assertLogs(JOB, "WARNING") as log,
        ):
            self.run_job()
        self.assertTrue(any("were not told" in line for line in log.output))
        self.assertEqual(self.states(self.bad), ["failed"])
        self.assertEqual(self.states(self.good), ["done"])


class TestCutShort(CompanyCase):
    """The job goes on where it was, whether it ended by itself in time or was killed."""

    def test_killed_while_a_month_end_is_written(self):
        with self.superuser() as env:
            env.cr.execute("DELETE FROM cartera_calibration WHERE is_past")
        self.run_job_and_die("refresh", "cartera.engine", "_write_snapshots", "after", 2)
        done = self.done_since()
        self.assertEqual(set(done), self.everybody())
        self.run_job()
        self.assertEqual(self.done_since(), done, "no full run is done again")
        months = "SELECT company_id FROM cartera_calibration WHERE is_past AND state = 'done'"
        self.assertEqual(
            sorted(company for (company,) in self.fetch(months)), sorted(self.everybody())
        )

    def test_out_of_time(self):
        """Each call does what its ten seconds allow, here one company; nobody is left out or twice."""
        commit = self.registry["ir.cron"]._commit_progress
        spent = []

        def commit_progress(cron, processed=0, **kwargs):
            spent.extend([True] * processed)
            left = commit(cron, processed, **kwargs)
            return 0.0 if spent else left

        order = self.order()
        with self.patched("ir.cron", "_commit_progress", commit_progress):
            for number in range(len(order)):
                self.run_job()
                self.assertEqual(self.done_since(), order[: number + 1])
                self.assertEqual(self.triggers("cron_refresh"), number + 1 < len(order))
                spent.clear()
        self.assertEqual(set(order), self.everybody())

    def test_killed(self):
        order = self.order()
        self.run_job_and_die("refresh", "cartera.engine", "_judge", "after", 2)
        self.assertEqual(self.done_since(), order[:1])
        self.run_job()
        self.assertEqual(self.done_since(), [order[0], *order[2:], order[1]])

    def order(self):
        """Return the companies as they wait."""
        with self.superuser() as env:
            return env["cartera.profile"]._get_due_companies().ids

    def test_company_that_kills_each_worker(self):
        """The others have their turn, once each; then it waits for the next night, and people are told."""
        bad = self.order()[1]
        judge = self.registry["cartera.engine"]._judge
        with self.patched("cartera.engine", "_judge", self.killing(judge, bad)):
            for _number in range(3):
                self.assertLess(self.fork(self.run_job).wait(), 0)
            self.forgive()
            self.assertEqual(self.fork(self.run_job).wait(), 0, "it is not tried a fourth time")
        self.assertEqual(self.states(bad), ["failed"] * 3)
        self.assertEqual(sorted(self.done_since()), sorted(self.everybody() - {bad}))
        self.run_job()
        self.assertEqual(self.states(bad), ["failed"] * 3 + ["done"])
        name = self.fetch("SELECT name FROM res_company WHERE id = %s", bad)[0][0]
        told = [row for row in self.messages() if name in row[0]]
        self.assertTrue(told)
        for _subject, body, _logins in told:
            self.assertRegex(body, "Interrupted|Interrumpido", "each manager in his language")
        logins = [login for _subject, _body, people in told for login in people]
        self.assertEqual(len(logins), len(set(logins)), "each manager once, in one language")

    @staticmethod
    def killing(judge, company):
        parent = os.getpid()

        def die(engine, scope):
            if scope.company_id == company and os.getpid() != parent:
                os.kill(os.getpid(), signal.SIGKILL)
            return judge(engine, scope)

        return die

    def test_somebody_waits_for_one_that_is_done(self):
        """A round was cut; a company of it that is through with it is asked for: it comes first."""
        order = self.order()
        self.run_job_and_die("refresh", "cartera.engine", "_judge", "after", 2)
        with self.superuser() as env:
            company = env["res.company"].browse(order[0])
            env["cartera.policy"]._for(company)._ask_refresh()
        self.run_job()
        self.assertEqual(self.done_since(), [order[0], order[0], *order[2:], order[1]])
        self.assertEqual(self.fetch("SELECT 1 FROM cartera_policy WHERE refresh_next"), [])
