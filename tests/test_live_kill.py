"""The nightly run is killed half-way and started again: as if nothing had happened."""

import random
import time
from datetime import date, timedelta
from unittest.mock import patch

from odoo.addons.crm_cartera.models import cartera_engine_full
from odoo.addons.crm_cartera.models.cartera_columns import COMPUTED, ONCE

from .live_process import ProcessCase

ACCOUNTS, BATCH, ROUNDS = 6, 2, 4
#: Where a run is killed: (model, method, before or after, which call).
MOMENTS = (
    ("cartera.engine", "_run_locked", "before"),  # begun, nothing read
    ("cartera.engine", "_judge", "after"),  # read, nothing written
    ("cartera.engine", "_write_batch", "after"),  # between two transactions
    ("cartera.engine", "_write", "after", 2),  # written and not committed
    ("cartera.engine", "_insert_rows", "before", 1),  # updated, new accounts still missing
    ("cartera.engine", "_note_completed", "before"),  # all written
    ("cartera.calibration", "_finish", "before"),
    ("cartera.calibration", "_finish", "after"),  # noted and not committed
)
#: {table: its columns that a run writes, but for ids of its own}.
WRITTEN = {
    "cartera_profile": ["partner_id", "stage_id", *COMPUTED, *ONCE],
    "cartera_transition": "profile_id date kind from_lifecycle to_lifecycle evidence superseded",
    "cartera_retention_change": "profile_id date from_status to_status direction",
}


class TestKilledRun(ProcessCase):
    def setUp(self):
        super().setUp()
        self.enterContext(patch.object(cartera_engine_full, "BATCH", BATCH))
        self.make_work()
        with self.superuser() as env:
            env["cartera.policy"].search([]).recalibrate = "night"
            for table in WRITTEN:
                env.cr.execute(f"DROP TABLE IF EXISTS kept_{table}")
                env.cr.execute(f"CREATE TABLE kept_{table} AS TABLE {table}")
        self.addCleanup(self.forget)
        self.run_all()
        self.clean = self.read_all()

    def make_work(self):
        """Make accounts to update, to insert and to move, which only a full run will find."""
        today = date.today()  # noqa: DTZ011 -- the machine's day
        days = [str(today - timedelta(days=days)) for days in (10, 40, 75, 200)]
        known = self.make_accounts(ACCOUNTS)
        self.request(lambda env: [self.post(env, *known, day=day) for day in days[2:]])
        self.drain()
        new = self.make_accounts(ACCOUNTS // 2)
        with self.without_hook():
            self.request(lambda env: self.post(env, *known[::2], *new, day=days[0]))
            self.request(lambda env: self.open_leads(env, *self.make_accounts(2)))
        with self.superuser() as env:
            env.cr.execute("DELETE FROM cartera_touch")
            env.cr.execute(
                """UPDATE cartera_profile SET retention_status = 'lost', revenue_12m = NULL
                    WHERE partner_id = ANY(%s)""",
                [known],
            )

    def forget(self):
        with self.superuser() as env:
            for table in WRITTEN:
                env.cr.execute(f"DROP TABLE kept_{table}")

    def restore(self):
        """Take back all that a run has done."""
        with self.superuser() as env:
            for table in WRITTEN:
                env.cr.execute(
                    "SELECT attname FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped"
                    " AND attrelid = %s::regclass",
                    [table],
                )
                names = ", ".join(f'"{name}"' for (name,) in env.cr.fetchall())
                env.cr.execute(
                    f"DELETE FROM {table} t WHERE NOT EXISTS"
                    f" (SELECT FROM kept_{table} k WHERE k.id = t.id)"
                )
                env.cr.execute(
                    f"UPDATE {table} t SET ({names}) = (SELECT {names} FROM kept_{table} k"
                    " WHERE k.id = t.id)"
                )

    def read_all(self):
        """Return {table: its rows in a fixed order}."""
        found = {}
        for table, columns in WRITTEN.items():
            names = [
                f"t.{name}" for name in (columns if table == "cartera_profile" else columns.split())
            ]
            # A new account has another id each time, and the same contact.
            whose = "p.partner_id" if "t.profile_id" in names else "t.partner_id"
            joined = ", ".join(name for name in names if name != "t.profile_id")
            found[table] = self.fetch(
                f"SELECT {whose}, {joined} FROM {table} t"
                + (" JOIN cartera_profile p ON p.id = t.profile_id" if "p." in whose else "")
                + f" ORDER BY {whose}, {joined}"
            )
        return found

    def check_started_again(self, killed, last):
        """Start a run again: all is as after the clean run, and the records say what happened."""
        self.run_all()
        self.assertEqual(self.read_all(), self.clean)
        *before, (_run, state, error) = [run for run in self.runs() if run[0] > last]
        self.assertEqual((state, error), ("done", None))
        self.assertEqual({run[1:] for run in before}, {("failed", None)} if killed else set())
        self.assert_settled()

    def last_run(self):
        return self.runs()[-1][0]

    def test_there_is_something_to_do(self):
        self.assertTrue(self.clean["cartera_retention_change"])
        changes = self.fetch("SELECT COUNT(*) FROM kept_cartera_transition")[0][0]
        self.assertGreater(len(self.clean["cartera_transition"]), changes)
        self.restore()
        self.assertNotEqual(self.read_all(), self.clean)
        last = self.last_run()
        self.check_started_again(0, last)

    def test_killed_at_chosen_moments(self):
        for moment in MOMENTS:
            with self.subTest(moment):
                self.restore()
                last = self.last_run()
                self.run_and_die(self.run_all, *moment)
                ((_run, state, _error),) = [run for run in self.runs() if run[0] > last]
                self.assertEqual(state, "running")
                self.check_started_again(1, last)

    def test_killed_at_random(self):
        rng = random.Random(7)
        self.restore()
        started = time.monotonic()
        self.run_all()
        usual = time.monotonic() - started
        for _round in range(ROUNDS):
            self.restore()
            last = self.last_run()
            for _kill in range(2):
                process = self.fork(self.run_all)
                time.sleep(rng.random() * usual)
                process.kill()
            self.run_all()
            self.assertEqual(self.read_all(), self.clean)
            states = [run[1] for run in self.runs() if run[0] > last]
            self.assertNotIn("running", states)
            self.assertEqual(states[-1], "done")
        self.assert_settled()
