"""Documents posted before anybody froze their costs."""

from contextlib import suppress
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

from .cost_case import CostCase

HISTORY = "odoo.addons.crm_cartera.models.cartera_line_cost"


class TestHistory(CostCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls.env.ref("crm_cartera.cron_line_cost")
        costs = cls.env["cartera.line.cost"]
        costs._freeze(SQL("TRUE"))
        dozens = cls.line(price=1000, product_uom_id=cls.dozen.id)
        cls.moves = cls.env["account.move"]
        for number in range(5):
            cls.moves += cls.sell(cls.line(), dozens, cls.line(quantity=number))
        cls.moves += cls.reverse(cls.moves[0], "2024-04-01")
        cls.product.standard_price = 50
        cls.env.flush_all()
        cls.forget(cls.moves)

    @classmethod
    def forget(cls, moves):
        """Leave documents as they were before the addon came."""
        cls.env.cr.execute(
            """DELETE FROM cartera_line_cost k USING account_move_line l
                WHERE l.id = k.line_id AND l.move_id = ANY(%s)""",
            [moves.ids],
        )

    def rows(self):
        """Return what is stored of the documents, without the ids of the rows."""
        self.env.cr.execute(
            """SELECT k.line_id, k.product_id, k.uom_id, k.cost::text, k.estimated
                 FROM cartera_line_cost k JOIN account_move_line l ON l.id = k.line_id
                WHERE l.move_id = ANY(%s) ORDER BY k.line_id""",
            [self.moves.ids],
        )
        return self.env.cr.fetchall()

    def run_job(self, batch=5000):
        with self.enter_registry_test_mode(), patch(f"{HISTORY}.HISTORY_BATCH", batch):
            self.job.method_direct_trigger()

    def triggers(self):
        refresh = self.env.ref("crm_cartera.cron_refresh")
        return self.env["ir.cron.trigger"].search_count([("cron_id", "=", refresh.id)])

    def test_estimated_with_the_cost_of_now(self):
        self.run_job()
        for move in self.moves:
            self.assertEqual(self.costs(move), [(50, True), (600, True), (50, True)])
        self.assert_margin(self.moves[1], 1200 - 700, 500 / 1200, frozen=0)
        self.assert_margin(self.moves[5], -(1100 - 650), 450 / 1100, frozen=0)

    def test_frozen_ones_stay(self):
        frozen = self.sell()
        self.product.standard_price = 40
        self.run_job()
        self.assertEqual(self.costs(frozen), [(50, False)])
        self.assertEqual(self.costs(self.moves[1])[0], (40, True))

    def test_drafts_and_cancelled_ones_wait(self):
        draft = self.sell(post=False)
        cancelled = self.moves[4]
        cancelled.button_draft()
        cancelled.button_cancel()
        self.forget(cancelled)
        self.run_job()
        self.assertEqual(self.costs(draft), [None])
        self.assertEqual(self.costs(cancelled), [None] * 3)

    def test_small_batches_give_the_same_rows(self):
        self.run_job()
        at_once = self.rows()
        self.forget(self.moves)
        self.run_job(batch=1)
        self.assertEqual(self.rows(), at_once)
        self.assertEqual(len(at_once), 18)

    def test_interrupted_and_started_again(self):
        """What the first run committed stays; the second adds the rest and nothing twice."""
        self.run_job()
        clean = self.rows()
        self.forget(self.moves)
        costs = self.registry["cartera.line.cost"]
        original, calls = costs._freeze_batch, []

        def killed(record, first, until):
            calls.append(first)
            if len(calls) > 2:
                raise KeyboardInterrupt
            return original(record, first, until)

        with (
            patch.object(costs, "_freeze_batch", killed),
            patch(f"{HISTORY}.HISTORY_BATCH", 1),
            self.enter_registry_test_mode(),
            suppress(KeyboardInterrupt),  # assertRaises would take back what is committed
            self.registry.cursor() as cr,
        ):
            api.Environment(cr, SUPERUSER_ID, {})["cartera.line.cost"]._cron_history()
        half = self.rows()
        self.assertEqual(half, clean[: len(half)])
        self.assertEqual((len(half), len(clean)), (6, 18))
        self.run_job(batch=1)
        self.assertEqual(self.rows(), clean)

    def test_stops_when_its_time_is_over(self):
        """A worker's time limit cuts it into runs; each goes on where the last one ended."""
        jobs = self.registry["ir.cron"]
        original = jobs._commit_progress
        runs = []

        def no_time(record, *args, **kwargs):
            original(record, *args, **kwargs)
            runs.append(len(self.rows()))
            return 0

        before = self.triggers()
        with patch.object(jobs, "_commit_progress", no_time):
            self.run_job(batch=2)
        # Odoo calls a job again as long as it says that something remains.
        self.assertEqual(runs, sorted(set(runs)))
        self.assertGreater(len(runs), 1)
        self.assertEqual(len(self.rows()), 18)
        self.assertEqual(self.triggers(), before + 1)

    def test_accounts_are_refreshed_at_the_end(self):
        before = self.triggers()
        self.run_job(batch=1)
        self.assertEqual(self.triggers(), before + 1)
        self.run_job()
        self.assertEqual(self.triggers(), before + 1)

    def test_nothing_to_do(self):
        self.run_job()
        rows = self.rows()
        self.run_job()
        self.assertEqual(self.rows(), rows)

    def test_other_product_on_a_posted_line(self):
        """Whoever changes it behind our back has no cost until the next night."""
        move = self.sell()
        other = self.env["product.product"].create({"name": "Tuerca", "standard_price": 25})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move_line SET product_id = %s WHERE move_id = %s", (other.id, move.id)
        )
        self.env.invalidate_all()
        self.assert_margin(move, False, False, covered=0, frozen=False)
        self.run_job()
        self.assertEqual(self.costs(move), [(25, True)])

    def test_reset_before_its_turn(self):
        """A document that is corrected before the job reaches it has an estimate, not today's cost."""
        move = self.moves[1]
        move.button_draft()
        move.invoice_line_ids = [self.line()]
        self.product.standard_price = 45
        move.action_post()
        self.assertEqual(self.costs(move), [(50, True), (600, True), (50, True), (45, False)])

    def test_installation_only_wakes_the_job(self):
        from odoo.addons.crm_cartera.hooks import post_init_hook

        woken = [("cron_id", "=", self.job.id)]
        before = self.env["ir.cron.trigger"].search_count(woken)
        post_init_hook(self.env)
        self.assertEqual(self.env["ir.cron.trigger"].search_count(woken), before + 1)
        self.assertEqual(self.rows(), [])

    def test_comes_before_the_nightly_refresh(self):
        refresh = self.env.ref("crm_cartera.cron_refresh")
        self.assertLess(self.job.nextcall.time(), refresh.nextcall.time())
        self.assertEqual(self.job.interval_type, "days")
