"""After a commit: what was posted shows at once, and nothing that goes wrong is lost or seen."""

import os
import subprocess
import sys
from unittest.mock import patch

import psycopg2

from odoo.sql_db import PoolError
from odoo.tests.common import mute_logger

from odoo.addons.crm_cartera.models.cartera_engine import HURRIED

from .live import ADMIN, LiveCase

TOUCH = "odoo.addons.crm_cartera.models.cartera_touch"
SQL_LOG = "odoo.sql_db"

SETTINGS = """
SELECT current_setting('lock_timeout'), current_setting('statement_timeout'),
       current_setting('transaction_isolation')
"""
#: Posts an invoice for a partner, and dies after the commit, before any hook of ours.
KILLED = """
import os
from odoo.tools import config
config.parse_config(["-c", os.environ["CARTERA_ODOO_CONF"], "--no-http", "--log-level=error"])
from odoo import api
from odoo.modules.registry import Registry
with Registry(os.environ["CARTERA_LIVE_DB"]).cursor() as cr:
    env = api.Environment(cr, 2, {})
    move = env["account.move"].browse(int(os.environ["CARTERA_MOVE"]))
    cr.postcommit.add(lambda: os._exit(9))
    move.action_post()
    cr.commit()
"""


class Broken(Exception):
    pass


def fail(*_args, **_kwargs):
    raise Broken("on purpose")


class TestHook(LiveCase):
    def test_commit_brings_the_profile(self):
        (account,) = self.make_accounts()
        with self.transaction() as env:
            self.post(env, account)
            env.cr.commit()
            self.assertEqual(
                self.profile(account, "lifecycle", "purchase_count", "client_date::text"),
                ("client", 1, "2024-03-01"),
            )
        self.assertEqual(self.queue(), [])
        self.assertEqual(self.triggers(), 0)

    def test_rolled_back_touch_needs_no_drain_and_the_next_one_gets_it(self):
        (account,) = self.make_accounts()
        with self.transaction() as env:
            self.post(env, account)
            env.cr.rollback()
            self.assertEqual(self.queue(), [])
            env.invalidate_all()
            self.post(env, account)
            env.cr.commit()
            self.assertEqual(self.profile(account, "purchase_count"), 1)

    def test_touch_in_a_savepoint_that_is_rolled_back(self):
        first, second = self.make_accounts(2)
        with self.transaction() as env:
            try:
                with env.cr.savepoint():
                    self.post(env, first)
                    fail()
            except Broken:
                env.invalidate_all()
            self.post(env, second)
        self.assertIsNone(self.profile(first))
        self.assertEqual(self.profile(second, "purchase_count"), 1)

    def test_two_commits_on_one_connection(self):
        (account,) = self.make_accounts()
        with self.transaction() as env:
            for count in (1, 2):
                self.post(env, account)
                env.cr.commit()
                self.assertEqual(self.profile(account, "purchase_count"), count)

    def test_many_accounts_in_one_commit_leave_the_rest_to_the_cron(self):
        accounts = self.make_accounts(60)
        self.request(lambda env: self.open_leads(env, *accounts))
        done = [account for account in accounts if self.profile(account)]
        self.assertEqual(len(done), 50)
        self.assertEqual(len({row[0] for row in self.queue()}), 10)
        self.assertEqual(self.triggers(), 1)
        self.drain()
        self.assertTrue(all(self.profile(account) for account in accounts))
        self.assert_settled()

    def test_own_account_comes_first_even_behind_a_long_queue(self):
        waiting = self.make_accounts(60)
        with self.without_hook():
            self.request(lambda env: self.open_leads(env, *waiting))
        (account,) = self.make_accounts()
        self.request(lambda env: self.post(env, account))
        self.assertEqual(self.profile(account, "purchase_count"), 1)
        self.assertEqual(self.triggers(), 1)
        self.drain()
        self.assert_settled()

    def test_other_hooks_run_even_if_ours_fails(self):
        (account,) = self.make_accounts()
        ran = []
        broken = self.patched("cartera.touch", "_drain_own", fail)
        with mute_logger(TOUCH), broken, self.transaction() as env:
            self.post(env, account)
            env.cr.postcommit.add(lambda: ran.append(True))
        self.assertEqual(ran, [True])


class TestFailingDrain(LiveCase):
    """Whatever happens after the commit, the user sees nothing and the account is not forgotten."""

    def check_left_to_the_cron(self, account, attempts=0):
        self.assertIsNone(self.profile(account))
        self.assertEqual(self.queue(), [(account, attempts, False)])
        self.assertEqual(self.triggers(), 1)
        self.drain()
        self.assertEqual(self.profile(account, "purchase_count"), 1)
        self.assert_settled()

    def test_engine_that_fails(self):
        (account,) = self.make_accounts()
        with self.patched("cartera.engine", "_run_once", fail):
            self.request(lambda env: self.post(env, account))
        self.check_left_to_the_cron(account, attempts=1)

    def test_drain_that_fails(self):
        (account,) = self.make_accounts()
        with mute_logger(TOUCH), self.patched("cartera.touch", "_take", fail):
            self.request(lambda env: self.post(env, account))
        self.check_left_to_the_cron(account)

    def test_sql_error_in_the_drain(self):
        (account,) = self.make_accounts()

        def divide(engine, *_args, **_kwargs):
            engine.env.cr.execute("SELECT 1 / 0")

        with mute_logger(SQL_LOG), self.patched("cartera.engine", "_run_once", divide):
            self.request(lambda env: self.post(env, account))
        self.check_left_to_the_cron(account, attempts=1)

    def test_no_connection_left(self):
        (account,) = self.make_accounts()

        def full(*_args, **_kwargs):
            raise PoolError("The Connection Pool Is Full")

        with self.transaction() as env:
            self.post(env, account)
            with mute_logger(TOUCH), patch.object(type(self.registry), "cursor", full):
                env.cr.commit()
        self.assertEqual(self.queue(), [(account, 0, False)])
        self.drain()
        self.assertEqual(self.profile(account, "purchase_count"), 1)

    def test_killed_between_commit_and_hook(self):
        (account,) = self.make_accounts()
        move = self.request(lambda env: self.draft(env, account).id)
        done = subprocess.run(
            [sys.executable, "-P", "-c", KILLED],
            env={**os.environ, "CARTERA_MOVE": str(move)},
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual(done.returncode, 9, done.stderr)
        self.assertEqual(self.queue(), [(account, 0, False)])
        self.assertEqual(
            self.fetch("SELECT state FROM account_move WHERE id = %s", move), [("posted",)]
        )
        self.assertIsNone(self.profile(account))
        self.drain()
        self.assertEqual(self.profile(account, "purchase_count"), 1)
        self.assert_settled()

    def test_third_failure_parks_the_account_and_others_go_on(self):
        good, bad, other = self.make_accounts(3)
        with self.breaking(bad):
            self.request(lambda env: self.post(env, good, bad, other))
            self.assertEqual(self.profile(good, "purchase_count"), 1)
            self.assertEqual(self.profile(other, "purchase_count"), 1)
            self.assertEqual(self.queue(), [(bad, 1, False)])
            self.drain()
            self.assertEqual(self.queue(), [(bad, 2, False)])
            with self.assertLogs(TOUCH, "ERROR") as log:
                self.drain()
            self.assertIn(f"Account {bad}", log.output[0])
            self.assertEqual(self.queue(), [(bad, 3, True)])
            self.drain()
            self.assertEqual(self.queue(), [(bad, 3, True)])
        ((error,),) = self.fetch("SELECT error FROM cartera_touch")
        self.assertIn("on purpose", error)
        self.retry()
        self.drain()
        self.assertEqual(self.profile(bad, "purchase_count"), 1)
        self.assert_settled()

    def test_parked_account_is_tried_once_more_when_it_is_touched(self):
        bad = self.park()
        with self.breaking(bad), mute_logger(TOUCH):
            self.request(lambda env: self.post(env, bad))
        self.assertEqual(self.queue(), [(bad, 4, True)])
        self.request(lambda env: self.post(env, bad))
        self.assertEqual(self.profile(bad, "purchase_count"), 3)
        self.assert_settled()

    def test_retry_wakes_the_cron(self):
        bad = self.park()
        woken = self.triggers()
        self.retry()
        self.assertEqual(self.queue(), [(bad, 0, False)])
        self.assertEqual(self.triggers(), woken + 1)
        self.drain()
        self.assert_settled()

    def breaking(self, account):
        """Let the engine fail whenever it looks at one account."""

        def refuse(_engine, scope):
            if scope.partner_ids is None or account in scope.partner_ids:
                fail()

        original = self.registry["cartera.engine"]._judge

        def judge(engine, scope):
            refuse(engine, scope)
            return original(engine, scope)

        return self.patched("cartera.engine", "_judge", judge)

    def park(self):
        (bad,) = self.make_accounts()
        with self.breaking(bad), mute_logger(TOUCH):
            self.request(lambda env: self.post(env, bad))
            self.drain()
            self.drain()
        self.assertEqual(self.queue(), [(bad, 3, True)])
        return bad

    def retry(self):
        def work(env):
            env["cartera.touch"].search([("parked", "=", True)]).action_retry()

        self.request(work)


class TestLocks(LiveCase):
    def test_timeouts_end_with_the_transaction(self):
        """The connection goes back to the pool as it came."""
        with self.superuser() as env, env["cartera.engine"]._own_environment(HURRIED) as own:
            own.cr.execute(SETTINGS)
            self.assertEqual(own.cr.fetchone(), (*HURRIED, "read committed"))
            own.cr.commit()
            own.cr.execute(SETTINGS)
            self.assertEqual(own.cr.fetchone(), ("0", "0", "repeatable read"))

    def test_temporary_tables_go_with_a_failed_run(self):
        (account,) = self.make_accounts()
        with self.patched("cartera.engine", "_update_rows", fail):
            self.request(lambda env: self.post(env, account))
        self.drain()
        self.assertEqual(self.profile(account, "purchase_count"), 1)

    def test_locks_and_cancelled_statements_are_nobodys_fault(self):
        (account,) = self.make_accounts()
        errors = psycopg2.errors
        for error in (errors.LockNotAvailable, errors.QueryCanceled, errors.DeadlockDetected):

            def busy(*_args, error=error, **_kwargs):
                raise error

            with self.patched("cartera.engine", "_run_once", busy):
                self.request(lambda env: self.post(env, account))
            self.assertEqual(self.queue(), [(account, 0, False)])
        self.drain()
        self.assertEqual(self.profile(account, "purchase_count"), 3)

    def test_uid_of_the_request_does_not_matter(self):
        """A salesperson's commit judges everything, whatever that person may see."""
        (account,) = self.make_accounts()
        self.request(lambda env: self.post(env, account), uid=ADMIN)
        self.assertEqual(self.profile(account, "write_uid"), 1)
