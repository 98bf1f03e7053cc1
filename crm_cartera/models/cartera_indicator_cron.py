"""The job of the scorecard: it closes periods, looks back at closed ones and fills in the history."""

import logging

from odoo import api, models
from odoo.tools import SQL

#: Key of the advisory lock: one closes at a time in a database.
LOCK_KEY = "crm_cartera.scorecard"

_logger = logging.getLogger(__name__)


class CarteraIndicator(models.Model):
    _inherit = "cartera.indicator"

    @api.model
    def _cron_close(self):
        """Close what is over, fill in what was asked for, note what changed since; a period a transaction.

        A period that fails does not stop the others: it is logged and tried again the next time. What is
        cut off goes on in the next call. Whoever comes while another one closes leaves it to him.
        """
        self.env.cr.execute(SQL("SELECT pg_try_advisory_lock(hashtext(%s))", LOCK_KEY))
        if not self.env.cr.fetchone()[0]:
            return
        try:
            # What another one closed before is seen from a new transaction only.
            self.env["ir.cron"]._commit_progress()
            self._do_steps()
        except Exception:
            self.env.cr.rollback()
            raise
        finally:
            self.env.cr.execute(SQL("SELECT pg_advisory_unlock(hashtext(%s))", LOCK_KEY))

    @api.model
    def _do_steps(self):
        cron, steps = self.env["ir.cron"], self._get_steps()
        left = cron._commit_progress(remaining=len(steps))
        for step, company, period in steps:
            if not left:
                break
            try:
                getattr(self.with_context(tz="UTC"), step)(company, period)
            except Exception:
                self.env.cr.rollback()
                _logger.exception("Scorecard of company %s, %s", company.id, period.key)
            left = cron._commit_progress(1)

    @api.model
    def _get_steps(self) -> list[tuple]:
        """Return [(method, company, period)]: what is to be done, what is over first."""
        policies = self.env["cartera.policy"].sudo().search([("company_id.active", "=", True)])
        closing, filling, looking = [], [], []
        for policy in policies:
            company = policy.company_id
            for period in policy._get_periods_over():
                closing.append(("_close_over", company, period))
            for period in policy._get_periods_to_fill():
                if policy.backfill_state == "running":
                    break  # measures that read month ends wait until all of them are there
                filling.append(("_close_late", company, period))
            for period in policy._get_periods_to_check():
                looking.append(("_note_changes", company, period))
        return closing + filling + looking

    @api.model
    def _close_over(self, company, period):
        self._get_of_company(company)._close(company, period)

    @api.model
    def _close_late(self, company, period):
        self._get_of_company(company)._close(company, period, "estimated")
