"""A real server with a cron worker: the jobs within Odoo's usual limits, and cut by one of them."""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from odoo.addons.crm_cartera.models.cartera_engine import LOCK_KEY

from .test_live_companies import CompanyCase

PATIENCE = 150
#: Seconds after which the server kills a worker, in the test of that.
CUT_AFTER = 6
MONTHS = 3
RUNNING = "SELECT 1 FROM cartera_calibration WHERE id > %s AND state = 'running'"
LIMITS = ("virtual memory limit", "CPU time limit", "timeout after")


class TestServer(CompanyCase):
    def setUp(self):
        super().setUp()
        with self.superuser() as env:
            ours = [env.ref(f"crm_cartera.cron_{name}").id for name in ("refresh", "history")]
            env.cr.execute(
                "UPDATE ir_cron SET active = FALSE WHERE active AND id <> ALL(%s) RETURNING id",
                [ours],
            )
            others = [row[0] for row in env.cr.fetchall()]
        self.addCleanup(self.activate, others)

    def activate(self, jobs):
        with self.superuser() as env:
            env.cr.execute("UPDATE ir_cron SET active = TRUE WHERE id = ANY(%s)", [jobs])

    @contextmanager
    def server(self, *options):
        """Run a server with one cron worker; yields the path of its log."""
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder) / "log"
            words = ["-P", "-m", "odoo", "-c", os.environ["CARTERA_ODOO_CONF"], "--no-http"]
            words += ["-d", self.registry.db_name, "--workers=1", "--max-cron-threads=1"]
            with log.open("w") as output:
                process = subprocess.Popen(
                    [sys.executable, *words, *options], stdout=output, stderr=output, cwd=folder
                )
                try:
                    yield log
                finally:
                    process.terminate()
                    process.wait(30)

    def wait_for(self, condition, log, pause=0.5):
        """Wake the worker up until something has happened: by itself it looks once a minute."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            self.assertLess(time.monotonic(), deadline, log.read_text()[-3000:])
            with self.superuser() as env:
                env["ir.cron"]._notifydb()
            time.sleep(pause)

    def ask(self):
        with self.superuser() as env:
            env["cartera.profile"].action_refresh_all()

    def test_usual_limits(self):
        """2 GiB, 60 seconds of the processor, 120 seconds: full runs, month ends, and history."""
        with self.superuser() as env:
            env.cr.execute("DELETE FROM cartera_calibration WHERE is_past")
            policy = env["cartera.policy"]._for(env["res.company"].browse(self.company))
            policy.write({"backfill_state": "none"})
            policy.action_backfill(MONTHS)
        self.ask()

        def filled():
            states = self.fetch(
                "SELECT backfill_state FROM cartera_policy WHERE id = %s", policy.id
            )
            return states == [("done",)] and set(self.done_since()) == self.everybody()

        with self.server() as log:
            self.wait_for(filled, log)
            text = log.read_text()
        for limit in LIMITS:
            self.assertNotIn(limit, text)
        months = self.fetch(
            "SELECT COUNT(DISTINCT date) FROM cartera_calibration WHERE is_past AND state = 'done'"
            " AND company_id = %s",
            self.company,
        )
        self.assertEqual(months, [(MONTHS,)])
        self.assert_settled()

    def test_cut_by_the_time_limit(self):
        """The server kills the worker in the midst of a company; the next one goes on with the rest."""
        self.ask()
        with self.superuser() as env:
            order = env["cartera.profile"]._get_due_companies().ids
        with self.server(f"--limit-time-real-cron={CUT_AFTER}") as log, self.superuser() as env:
            self.wait_for(lambda: self.fetch(RUNNING, self.last), log, 0.02)
            # The run that has the lock ends; the next company's waits, until its worker is killed.
            env.cr.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [LOCK_KEY])
            done = self.done_since()
            self.assertIn(done, [order[:number] for number in range(1, len(order))])
            self.wait_for(lambda: "timeout after" in log.read_text(), log)
            self.assertEqual(self.done_since(), done)
            env.cr.rollback()
            self.wait_for(lambda: set(self.done_since()) == set(order), log)
        self.assertEqual(len(self.done_since()), len(order), "none of them twice")
        self.assertEqual(self.done_since()[: len(done)], done)
        self.assert_settled()
