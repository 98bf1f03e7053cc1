"""Processes of their own, which can be killed, and the real job of Odoo's scheduler."""

import os
import signal
import time
import traceback
from contextlib import contextmanager
from unittest.mock import patch

from odoo import sql_db
from odoo.exceptions import UserError

from odoo.addons.base.models import ir_cron

from .live import PATIENCE, LiveCase

#: Seconds that a job may take: other tests leave companies behind, and the machine may be slow.
ENOUGH = 120


class Process:
    """A copy of this process that does ``work()`` on connections of its own."""

    def __init__(self, registry, work):
        self.pid = os.fork()
        if not self.pid:
            self._be(registry, work)

    @staticmethod
    def _be(registry, work):
        code = 1
        try:
            sql_db._Pool = sql_db._Pool_readonly = None
            registry._db = sql_db.db_connect(registry.db_name)
            work()
            code = 0
        except BaseException:  # noqa: BLE001 -- nothing of the test may go on in the copy
            traceback.print_exc()
        finally:
            os._exit(code)

    def kill(self):
        """Kill it as Odoo kills a worker that takes too long."""
        os.kill(self.pid, signal.SIGKILL)
        return self.wait()

    def wait(self):
        """Return its exit code, negative if it was killed."""
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


class ProcessCase(LiveCase):
    """Jobs that are killed half-way and started again."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.learn)
        self.errors = []
        callback = self.registry["ir.cron"]._callback
        self.enterContext(self.patched("ir.cron", "_callback", self.noting_errors(callback)))
        self.last_message = self.fetch("SELECT COALESCE(MAX(id), 0) FROM mail_message")[0][0]

    def learn(self):
        """Leave all judged by what there is now: other tests add to it and learn nothing."""
        with self.superuser() as env:
            env["cartera.policy"].search([]).write(
                {"recalibrate": "hand", "recalibrate_next": True}
            )
        self.run_all()

    def noting_errors(self, callback):
        """Wrap a job: the scheduler only logs what comes out of it."""

        def noting(cron, *args):
            try:
                return callback(cron, *args)
            except Exception as error:
                self.errors.append(error)
                raise

        return noting

    def messages(self):
        """Return [(subject, body, logins told)] of what this test has sent to people."""
        return self.fetch(
            """SELECT m.subject, m.body, array_agg(u.login ORDER BY u.login)
                 FROM mail_message m JOIN mail_notification n ON n.mail_message_id = m.id
                 JOIN res_users u ON u.partner_id = n.res_partner_id
                WHERE m.message_type = 'user_notification' AND m.id > %s
             GROUP BY m.id, m.subject, m.body ORDER BY m.id""",
            self.last_message,
        )

    def fork(self, work):
        return Process(self.registry, work)

    def run_job(self, name="refresh"):
        """Do a background job as Odoo's scheduler does, as soon as nobody else has it."""
        self.errors.clear()
        self.trigger(name)
        if self.errors:
            raise self.errors[0]

    def trigger(self, name):
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                with self.superuser() as env, patch.object(ir_cron, "MIN_TIME_PER_JOB", ENOUGH):
                    return env.ref(f"crm_cartera.cron_{name}").method_direct_trigger()
            except UserError:  # the server has not noticed yet that the client was killed
                self.assertLess(time.monotonic(), deadline)
                time.sleep(0.05)

    @contextmanager
    def dying(self, model, method, when="after", call=1):
        """Let a process that is forked meanwhile be killed before or after the nth call of a method."""
        parent, calls = os.getpid(), []

        def die(_record, _result):
            calls.append(True)
            if len(calls) == call and os.getpid() != parent:
                os.kill(os.getpid(), signal.SIGKILL)

        with self.around(model, method, **{when: die}):
            yield

    def run_job_and_die(self, name, *moment):
        """Do a job in a process that is killed at a moment."""
        self.run_and_die(lambda: self.run_job(name), *moment)

    def run_and_die(self, work, *moment):
        with self.dying(*moment):
            code = self.fork(work).wait()
        self.assertEqual(code, -signal.SIGKILL)

    def runs(self, is_past=False):
        """Return [(id, state, exception)] of the company's runs."""
        return self.fetch(
            """SELECT id, state, exception FROM cartera_calibration
                WHERE company_id = %s AND COALESCE(is_past, FALSE) = %s ORDER BY id""",
            self.company,
            is_past,
        )

    def forgive(self):
        """Let Odoo's scheduler forget that the job was killed: it gives up after three times."""
        with self.superuser() as env:
            env.cr.execute("UPDATE ir_cron_progress SET timed_out_counter = 0")
