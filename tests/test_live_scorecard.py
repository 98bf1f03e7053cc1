"""Periods are closed by a job: killed, started twice; what is posted late changes nothing."""

from .live_process import ProcessCase

#: Months of history that the job fills in; a quarter is among them.
MONTHS = 3
#: Where the job is killed: (model, method, before or after, which call).
MOMENTS = (
    ("cartera.indicator", "_measure", "after", 1),  # read, nothing written
    ("cartera.indicator", "_close", "after", 1),  # written and not committed
    ("cartera.indicator", "_close_over", "before", 2),  # one period committed
    ("cartera.indicator", "_close_late", "after", 2),  # in the middle of the history
)


class TestScorecardJob(ProcessCase):
    def setUp(self):
        super().setUp()
        accounts = self.make_accounts(2)
        with self.superuser() as env:
            # The companies that other tests leave are theirs.
            policies = env["cartera.policy"].search([("company_id", "!=", self.company)])
            others = policies.company_id.filtered("active").ids
            self.addCleanup(self.give_back, others)
            # Not through the ORM: it keeps companies that somebody works in.
            env.cr.execute("UPDATE res_company SET active = FALSE WHERE id = ANY(%s)", [others])
            env.invalidate_all()
            policy = env["cartera.policy"]._for(env["res.company"].browse(self.company))
            policy.scorecard_fill_months = MONTHS
            self.month = policy._get_last_over("month")
        day = str(self.month.start)
        self.request(lambda env: self.post(env, *accounts, day=day))
        self.drain()
        self.accounts = accounts
        self.wipe()

    def give_back(self, companies):
        with self.superuser() as env:
            env.cr.execute("UPDATE res_company SET active = TRUE WHERE id = ANY(%s)", [companies])
            env.invalidate_all()
            env["cartera.policy"].search([]).scorecard_fill_months = 0
        self.wipe()

    def wipe(self):
        with self.superuser() as env:
            env.cr.execute("DELETE FROM cartera_indicator_value")
            env.cr.execute("UPDATE ir_cron_progress SET timed_out_counter = 0")

    def values(self):
        """Return all values without ids and hours."""
        return self.fetch(
            """SELECT to_jsonb(v) - ARRAY['id', 'frozen_date', 'create_date', 'write_date']
                 FROM cartera_indicator_value v WHERE company_id = %s
             ORDER BY indicator_id, kind, start, scope, team_id, user_id, segment_id""",
            self.company,
        )

    def value(self, code="net_revenue"):
        """Return (value, value now, changed) of the company's last closed month."""
        ((*row,),) = self.fetch(
            """SELECT v.value, v.value_now, v.changed
                 FROM cartera_indicator_value v JOIN cartera_indicator i ON i.id = v.indicator_id
                WHERE i.measure = %s AND v.scope = 'company' AND v.kind = 'month'
                  AND v.start = %s AND v.company_id = %s""",
            code,
            self.month.start,
            self.company,
        )
        return row

    def close(self):
        with self.superuser() as env:
            env["cartera.indicator"]._cron_close()

    def test_killed_and_started_again(self):
        self.run_job("scorecard")
        rows = self.values()
        states = {row["state"] for (row,) in rows}
        self.assertEqual(states, {"frozen", "estimated"})
        for moment in MOMENTS:
            with self.subTest(moment):
                self.wipe()
                self.run_job_and_die("scorecard", *moment)
                self.assertLess(len(self.values()), len(rows))
                self.run_job("scorecard")
                self.assertEqual(self.values(), rows)
        self.run_job("scorecard")
        self.assertEqual(self.values(), rows, "nothing is left to do")

    def test_two_jobs_at_once(self):
        """The scheduler never does that; a shell may."""
        self.close()
        rows = self.values()
        self.wipe()
        processes = [self.fork(self.close) for _number in range(3)]
        self.assertEqual([process.wait() for process in processes], [0, 0, 0])
        self.assertEqual(self.values(), rows)

    def test_posted_late(self):
        self.close()
        before, _now, changed = self.value()
        self.assertFalse(changed)
        late = str(self.month.end)
        self.request(lambda env: self.post(env, *self.accounts[:1], day=late))
        self.drain()
        self.close()
        self.assertEqual(self.value(), [before, before + 100, True])
        self.request(self.close_again)
        self.assertEqual(self.value(), [before + 100, None, False])
        ((*log,),) = self.fetch(
            """SELECT f.user_id, f.before, f.after, f.reason FROM cartera_indicator_freeze f
                 JOIN cartera_indicator_value v ON v.id = f.value_id
                WHERE v.scope = 'company' AND v.kind = 'month'"""
        )
        self.assertEqual(log, [2, before, before + 100, "Factura tardía"])

    def close_again(self, env):
        company = env["res.company"].browse(self.company)
        indicator = env["cartera.indicator"].search([("measure", "=", "net_revenue")])
        indicator._refreeze_period(company, self.month, "Factura tardía")
