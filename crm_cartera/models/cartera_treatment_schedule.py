"""Scheduling what treatments claimed: in batches, on cursors of its own, none twice."""

import logging

from odoo import api, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

#: So many accounts the user waits for; more are left to the background job.
AT_ONCE = 100


class CarteraTreatment(models.Model):
    _inherit = "cartera.treatment"

    # ------------------------------------------------------------------
    # By hand
    # ------------------------------------------------------------------

    @api.model
    def _apply(self, vals_list, profile_ids):
        """Make treatments and claim the accounts among ``profile_ids``; return them.

        On a cursor of its own, committed when it returns: what another one has just claimed is seen,
        and not claimed twice. Those that find nothing to do are not kept.
        """
        with self.env["cartera.engine"]._own_environment() as env:
            treatments = env["cartera.treatment"].create(vals_list)
            count = treatments._claim(
                SQL("p.id = ANY(%s) AND NOT %s", profile_ids, treatments._sql_treated())
            )
            empty = treatments.filtered(lambda treatment: not treatment.line_ids)
            kept = (treatments - empty).ids
            empty.unlink()
        if count > AT_ONCE:
            self._wake_batch_cron()
        elif count:
            self._schedule_now(kept)
        return self.browse(kept)

    @api.model
    def _schedule_now(self, ids):
        """Schedule a few treatments while the user waits; what cannot be done now the job does."""
        _last, handled = self._do_next(0, ids)
        self._finish_own(ids)
        if handled:
            self.env["cartera.touch"]._drain_after_commit()
        self._wake_batch_cron()

    # ------------------------------------------------------------------
    # In the background
    # ------------------------------------------------------------------

    @api.model
    def _cron_treat(self):
        """Claim the entries and schedule all that waits; it can be ended at any time."""
        self._claim_entries_own()
        self._do_all()

    @api.model
    def _claim_entries_own(self):
        """Claim the entries of each company, in transactions of its own."""
        engine = self.env["cartera.engine"]
        for company in self.env["res.company"].sudo().search([("parent_id", "=", False)]):
            try:
                with engine._own_environment() as env:
                    env["cartera.treatment"]._claim_entries(company.with_env(env))
            except Exception:
                # The job goes on for the others, and comes again within the hour.
                _logger.exception("Entries of company %s are treated later", company.id)

    def _finish(self):
        """Close them and tell who has got something."""
        self.state = "done"
        self._tell_responsible()
        self.line_ids.told = True

    # ------------------------------------------------------------------
    # Who is told
    # ------------------------------------------------------------------

    def _tell_responsible(self):
        """Tell everybody once of the activities that a treatment gave to him, not once each."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT h.id, a.user_id, COUNT(*), COUNT(DISTINCT l.profile_id)
                     FROM cartera_treatment h
                     JOIN cartera_treatment_line l ON l.treatment_id = h.id AND l.told IS NOT TRUE
                     JOIN mail_activity a ON a.cartera_treatment_line_id = l.id AND a.active
                    WHERE h.id = ANY(%s) AND a.user_id IS NOT NULL
                      AND a.user_id IS DISTINCT FROM h.user_id
                 GROUP BY h.id, a.user_id ORDER BY h.id, a.user_id""",
                self.ids,
            )
        )
        users = self.env["res.users"]
        for treatment, user, activities, accounts in rows:
            self.browse(treatment)._tell(users.browse(user), activities, accounts)

    def _tell(self, user, activities, accounts):
        """Send a message in the user's language; it names the plan, which everybody may see."""
        partner = self.company_id.partner_id.with_context(lang=user.lang)
        env = partner.env
        subject = env._("Activity plan “%s” was started for you", self.plan_name)
        body = env._(
            "Activities for you: %(activities)s. Accounts: %(accounts)s.",
            activities=activities,
            accounts=accounts,
        )
        partner.message_notify(partner_ids=user.partner_id.ids, subject=subject, body=body)
