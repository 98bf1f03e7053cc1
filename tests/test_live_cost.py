"""The history job and users who work on the documents that it costs."""

import time

from odoo import Command

from .live import PATIENCE, LiveCase

#: Nobody else is at work in this database.
WAITING = """
SELECT COUNT(*) FROM pg_stat_activity
 WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


class TestLiveCost(LiveCase):
    def setUp(self):
        super().setUp()
        (account,) = self.make_accounts()
        with self.transaction() as env:
            product = env["product.product"].create({"name": "Tornillo", "standard_price": 60})
            line = {"product_id": product.id, "price_unit": 100, "tax_ids": False}
            move = env["account.move"].create(
                {
                    "move_type": "out_invoice",
                    "partner_id": account,
                    "invoice_date": "2024-03-01",
                    "invoice_line_ids": [Command.create(line), Command.create(line)],
                }
            )
            move.action_post()
            self.move, self.lines = move.id, move.invoice_line_ids.ids
        with self.superuser() as env:
            env["cartera.line.cost"]._cron_history()
            env.cr.execute("DELETE FROM cartera_line_cost WHERE line_id = ANY(%s)", [self.lines])

    def run_history(self):
        with self.superuser() as env:
            env["cartera.line.cost"]._cron_history()

    def commit_when_it_waits(self, env):
        """Let the job run into what a user has not committed yet."""
        with self.background(self.run_history):
            until = time.monotonic() + PATIENCE
            try:
                while not self.fetch(WAITING)[0][0]:
                    self.assertLess(time.monotonic(), until)
                    time.sleep(0.05)
            finally:
                env.cr.commit()  # or the job waits for ever

    def costs(self):
        return self.fetch(
            "SELECT line_id, cost, estimated FROM cartera_line_cost WHERE line_id = ANY(%s)"
            " ORDER BY line_id",
            self.lines,
        )

    def test_user_corrects_what_the_job_is_at(self):
        """The user's estimate and the job's are the same row, and nobody sees an error."""
        with self.transaction() as env:
            move = env["account.move"].browse(self.move)
            move.button_draft()
            move.action_post()
            env.flush_all()
            self.commit_when_it_waits(env)
        self.assertEqual(self.costs(), [(line, 60, True) for line in self.lines])

    def test_user_deletes_a_line_that_the_job_is_at(self):
        gone, kept = self.lines
        with self.transaction() as env:
            move = env["account.move"].browse(self.move)
            move.button_draft()
            move.invoice_line_ids.browse(gone).unlink()
            move.action_post()
            env.flush_all()
            self.commit_when_it_waits(env)
        self.assertEqual(self.costs(), [(kept, 60, True)])

    def test_killed_half_way(self):
        """What is not committed is gone with the job; the next one does all of it."""
        with self.superuser() as env:
            env["cartera.line.cost"]._freeze_batch(self.move, self.move)
            env.cr.rollback()
        self.assertEqual(self.costs(), [])
        self.run_history()
        self.run_history()
        self.assertEqual(self.costs(), [(line, 60, True) for line in self.lines])
