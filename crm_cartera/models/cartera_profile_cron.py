"""The background jobs of the portfolio: every night, and the months that are asked for."""

import logging

from odoo import api, models
from odoo.exceptions import UserError

from .cartera_policy_history import get_month_end

_logger = logging.getLogger(__name__)


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    @api.model
    def _cron_refresh(self):
        """Full run of every company; one that fails does not stop the others.

        The company that waits longest comes first: if the job is ended, the next one goes on there.
        """
        companies = self.env["res.company"].search([("parent_id", "=", False)])
        policies = self.env["cartera.policy"].search([("company_id", "in", companies.ids)])
        last = {policy.company_id: policy.refreshed_at for policy in policies}
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(companies))
        failed = []
        for company in companies.sorted(lambda company: str(last.get(company) or "")):
            try:
                self.env["cartera.engine"]._run_all(company)
                self._snapshot_last_month(company)
            except Exception as error:
                self.env.cr.rollback()
                failed.append((company, error))
                _logger.exception("Refresh of company %s failed", company.id)
            cron._commit_progress(1)
        self.env["cartera.touch"]._drain_all()
        if failed:
            errors = "; ".join(f"{company.name}: {error}" for company, error in failed)
            raise UserError(self.env._("Refresh failed: %s", errors)) from failed[-1][1]

    @api.model
    def _snapshot_last_month(self, company):
        """Keep the end of the last month, in the first run after it; a missed night is made up for."""
        day = get_month_end(self.env["cartera.policy"]._for(company)._today(), 1)
        if not self.env["cartera.calibration"]._is_done(company, day):
            self.env["cartera.engine"]._run_past(company, day)

    @api.model
    def _cron_history(self):
        """Back-fill the month ends that are asked for, one a step; it can be ended at any time."""
        policies = self.env["cartera.policy"].search([("backfill_state", "=", "running")])
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=sum(policies.mapped("backfill_left")))
        for policy in policies:
            while policy.backfill_state == "running":
                policy._backfill_step()
                if not cron._commit_progress(1):
                    return
                policy.invalidate_recordset()
