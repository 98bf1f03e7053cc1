"""The background jobs of the portfolio: every night, and the months that are asked for."""

import logging
from collections import Counter
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .cartera_calibration_run import MAX_ATTEMPTS
from .cartera_engine import TRANSIENT
from .cartera_policy_history import get_month_end

_logger = logging.getLogger(__name__)

#: What was tried so long ago may be tried again.
NIGHT = timedelta(hours=12)
NEVER = fields.Datetime.to_datetime("1970-01-01 00:00:00")


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    # ------------------------------------------------------------------
    # Every night
    # ------------------------------------------------------------------

    @api.model
    def _cron_refresh(self):
        """Full run of every company, then last month's end of those that lack it.

        A step that fails does not stop the others, nor the job: Odoo switches off one that keeps failing,
        for every company. Its record, the log and a message to the managers tell of it. When its time is
        over the job ends, and Odoo calls it again with limits of its own: it goes on with what is left. So
        it does when a worker was killed.
        """
        cron = self.env["ir.cron"]
        self._note_interrupted()
        steps = [(self._run_company, company) for company in self._get_due_now()]
        steps += [(self._keep_last_month, company) for company in self._get_due_months()]
        left = cron._commit_progress(remaining=len(steps))
        for step, company in steps:
            if not left:
                break
            try:
                step(company)
            except Exception:
                self.env.cr.rollback()
                _logger.exception("Refresh of company %s failed", company.id)
                self._report_failures(company)
            left = cron._commit_progress(1)
        self.env["cartera.touch"]._drain_all()

    @api.model
    def _run_company(self, company):
        self.env["cartera.engine"]._run_all(company)

    @api.model
    def _keep_last_month(self, company):
        """Write the snapshots of the last month's end; without a portfolio there is nothing to keep."""
        today = self.env["cartera.policy"]._for(company)._today()
        if self.env["cartera.calibration"]._get_last(company.id, today):
            self.env["cartera.engine"]._run_past(company, get_month_end(today, 1))

    @api.model
    def _get_due_months(self):
        """Return the companies without the end of the last month; a missed night is made up for."""
        policies = self.env["cartera.policy"].search([("company_id.active", "=", True)])
        days = {policy.company_id: get_month_end(policy._today(), 1) for policy in policies}
        runs = self.env["cartera.calibration"].sudo()
        runs = runs.search([("is_past", "=", True), ("date", "in", list(set(days.values())))])
        kept = {(run.company_id, run.date) for run in runs if run.state == "done"}
        tonight = fields.Datetime.now() - NIGHT
        tries = Counter(
            (run.company_id, run.date)
            for run in runs
            if run.state != "done" and run.create_date > tonight
        )
        return policies.company_id.filtered(
            lambda company: (
                (company, days[company]) not in kept
                and tries[company, days[company]] < MAX_ATTEMPTS
            )
        )

    @api.model
    def _get_last_month_end(self, company):
        return get_month_end(self.env["cartera.policy"]._for(company)._today(), 1)

    @api.model
    def _report_failures(self, company):
        """Tell the managers of a company that a run failed, today's or that of the last month end."""
        for day in (None, self._get_last_month_end(company)):
            self._report_failure(company, day)

    @api.model
    def _report_failure(self, company, day, attempts=1):
        self._report(lambda env: env["cartera.calibration"]._report(company, day, attempts))

    @api.model
    def _report(self, tell):
        """Do ``tell(env)`` in a transaction of its own; if nobody can be told the job goes on."""
        try:
            with self.env["cartera.engine"]._own_environment() as env:
                tell(env)
        except Exception:
            _logger.warning("The managers were not told", exc_info=True)

    # ------------------------------------------------------------------
    # What a killed worker left
    # ------------------------------------------------------------------

    @api.model
    def _note_interrupted(self):
        """Note which runs were killed, unless somebody is running; tell of those killed repeatedly."""
        with self.env["cartera.engine"]._own_environment() as env:
            runs = env["cartera.calibration"]
            if env["cartera.engine"]._try_lock():
                runs._end_interrupted()
            untold = runs._get_untold(MAX_ATTEMPTS)
        for company_id, day in untold:
            company = self.env["res.company"].browse(company_id)
            # Months of the history are told of by the job that fills them.
            if day in (None, self._get_last_month_end(company)):
                self._report_failure(company, day, MAX_ATTEMPTS)

    @api.model
    def _get_due_now(self):
        """Return the companies to run as of this moment: the job's own snapshot is older."""
        with self.env["cartera.engine"]._own_environment() as env:
            profiles = self.with_env(env).with_context(**self.env.context)
            return profiles._get_due_companies().with_env(self.env)

    @api.model
    def _get_due_companies(self):
        """Return the companies to run: all, or those that are left of a round that was cut short.

        First those that somebody waits for, then by the time since they were last tried: one that is
        killed each time keeps nobody from his turn.
        """
        companies = self.env["res.company"].search([("parent_id", "=", False)])
        policies = self.env["cartera.policy"].search([("company_id", "in", companies.ids)])
        asked = policies.filtered(lambda p: p.refresh_next or p.recalibrate_next).company_id
        done, hopeless = self._get_settled_companies(policies)
        tried = self._get_last_tries(policies)
        return (companies - done | asked - hopeless).sorted(
            lambda company: (company not in asked, tried.get(company, NEVER), company.id)
        )

    @api.model
    def _get_last_tries(self, policies) -> dict:
        """Return {company: when it was last refreshed, or when that was last begun in vain}."""
        runs = self.env["cartera.calibration"]
        groups = runs.sudo()._read_group(
            [("is_past", "=", False), ("state", "!=", "done")], ["company_id"], ["create_date:max"]
        )
        tried = dict(groups)
        for policy in policies.filtered("refreshed_at"):
            company = policy.company_id
            tried[company] = max(policy.refreshed_at, tried.get(company, NEVER))
        return tried

    @api.model
    def _get_settled_companies(self, policies):
        """Return the companies that this round is through with: (done today or hopeless, hopeless)."""
        today = {policy.company_id.id: policy._today() for policy in policies}
        done, hopeless = set(), set()
        for company, day, state, count in self._count_runs_of_round():
            if state == "failed" and count >= MAX_ATTEMPTS:
                hopeless.add(company)
            elif state == "done" and day == today.get(company):
                done.add(company)
        companies = self.env["res.company"]
        return companies.browse(done | hopeless), companies.browse(hopeless)

    @api.model
    def _count_runs_of_round(self) -> list[tuple]:
        """Return [(company, day, state, runs)] since the round began that is not finished.

        It began with the first of the calls of this job that left companies to this one.
        """
        current = self.env.context.get("ir_cron_progress_id")
        if not current:
            return []
        self.env["cartera.calibration"].flush_model()
        return self.env.execute_query(
            SQL(
                """SELECT company_id, date, state, COUNT(*) FROM cartera_calibration
                    WHERE is_past IS NOT TRUE AND state <> 'running' AND create_date >= (
                          SELECT MIN(create_date) FROM ir_cron_progress
                           WHERE cron_id = %(cron)s AND id < %(current)s AND id > COALESCE(
                                 (SELECT MAX(id) FROM ir_cron_progress
                                   WHERE cron_id = %(cron)s AND id < %(current)s
                                     AND remaining = 0), 0))
                 GROUP BY company_id, date, state""",
                cron=self.env.context["cron_id"],
                current=current,
            )
        )

    # ------------------------------------------------------------------
    # History
    # ------------------------------------------------------------------

    @api.model
    def _cron_history(self):
        """Back-fill the month ends that are asked for, one a step; it can be ended at any time."""
        policies = self.env["cartera.policy"].search([("backfill_state", "=", "running")])
        cron = self.env["ir.cron"]
        left = cron._commit_progress(remaining=sum(policies.mapped("backfill_left")))
        for policy in policies:
            while left and self._fill_month(policy):
                left = cron._commit_progress(1)
        waiting = policies.filtered("scorecard_fill_months")
        if waiting.filtered(lambda policy: policy.backfill_state == "done"):
            # The scorecard waits for the month ends; tonight would be late.
            self.env.ref("crm_cartera.cron_scorecard")._trigger()

    @api.model
    def _fill_month(self, policy) -> bool:
        """Fill the next month end of a company; tell whether there was one.

        One that was begun and not ended is filled again: its rows are replaced. One that fails, or is
        killed each time, is left out and reported with the others at the end.
        """
        policy.invalidate_recordset()
        day, done = policy._get_next_month(), policy.backfill_done
        if not day:
            return False
        failed = self._is_hopeless(policy.company_id, day)
        if not failed:
            try:
                self.env["cartera.engine"]._run_past(policy.company_id, day)
            except Exception:
                self.env.cr.rollback()
                failed = True
                _logger.exception("Snapshots of company %s, %s failed", policy.company_id.id, day)
        return self._note_month(policy, day, done, failed)

    @api.model
    def _is_hopeless(self, company, day) -> bool:
        """Tell whether the runs of a past day were ended so often that one more makes no sense."""
        return len(self.env["cartera.calibration"]._get_unended(company, day)) >= MAX_ATTEMPTS

    @api.model
    def _note_month(self, policy, day, done, failed) -> bool:
        """Count a month end in a transaction of its own; tell whether that was possible."""
        engine = self.env["cartera.engine"]
        try:
            with engine._own_environment() as env:
                incomplete = policy.with_env(env)._note_month(done, failed)
                if failed:
                    # The message at the end of the history is about these as well.
                    runs = env["cartera.calibration"]
                    runs._get_unended(policy.company_id, day).told = True
        except TRANSIENT:
            _logger.info("%s is filled again: somebody holds the policy", day, exc_info=True)
            return False
        if incomplete:
            self._report(
                lambda env: policy.with_env(env)._tell_managers(policy._word_failed_months)
            )
        return True
