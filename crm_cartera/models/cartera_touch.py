"""The queue of touched accounts and what empties it.

A hook on a document only appends here; nobody's transaction writes a profile for us. Right after the
commit a cursor of its own drains a few accounts; the cron does the rest. See docs/decisions.
"""

import logging
import math
import time
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .cartera_engine import HOOK, HURRIED, PATIENT, TRANSIENT

_logger = logging.getLogger(__name__)

#: Accounts drained right after a commit, and for how many seconds: the user waits for them.
DRAIN_AFTER_COMMIT = 50
DRAIN_SECONDS = 3
#: Accounts in one transaction.
DRAIN_BATCH = 2000
#: An account that failed so often is parked and shown to the managers.
MAX_ATTEMPTS = 3
#: What failed, or is held by somebody, is tried again after this time.
RETRY_AFTER = timedelta(minutes=1)
#: The company of a row that is for all that know the account.
EVERY_COMPANY = 0


class CarteraTouch(models.Model):
    _name = "cartera.touch"
    _description = "Touched account"
    _log_access = False
    _order = "id"

    # Plain integers: an append takes no lock on the partner and outlives its deletion. The company is
    # not called company_id: Odoo takes a field of that name for a record when it words an access error.
    partner_id = fields.Integer(required=True, aggregator=None)
    root_id = fields.Integer(string="Company ID", required=True, aggregator=None)
    attempts = fields.Integer(default=0, aggregator=None)
    parked = fields.Boolean(default=False)
    error = fields.Text()
    account_name = fields.Char(compute="_compute_account_name")

    @api.depends("partner_id")
    def _compute_account_name(self):
        partners = self.env["res.partner"].browse(self.mapped("partner_id")).exists()
        readable = partners._filtered_access("read")
        names = {partner.id: partner.display_name for partner in readable}
        for touch in self:
            touch.account_name = names.get(touch.partner_id, str(touch.partner_id))

    # ------------------------------------------------------------------
    # Append
    # ------------------------------------------------------------------

    @api.model
    def _touch(self, pairs):
        """Queue accounts: (partner id, company id) pairs; company 0 means all that know it."""
        rows = sorted({(partner, company) for partner, company in pairs if partner})
        if not rows:
            return
        cr = self.env.cr
        cr.execute_values(
            "INSERT INTO cartera_touch (partner_id, root_id, attempts, parked) VALUES %s",
            rows,
            template="(%s, %s, 0, FALSE)",
            page_size=len(rows),
        )
        if HOOK not in cr.postcommit.data:
            cr.postcommit.data[HOOK] = True
            cr.postcommit.add(self._drain_after_commit)

    @api.model
    def _touch_partners(self, partners):
        """Queue the accounts of contacts in every company that knows them."""
        accounts = partners.sudo().commercial_partner_id | partners
        self._touch((partner, EVERY_COMPANY) for partner in accounts.ids)

    # ------------------------------------------------------------------
    # Drain
    # ------------------------------------------------------------------

    def _drain_after_commit(self):
        """Drain what the commit just queued. Nothing may come out of here but a log line.

        An exception in a post-commit hook shows the user an error for what is already saved.
        """
        if not self.env.registry.ready:
            return  # modules are being loaded: the background job comes by itself
        try:
            self._drain_own(DRAIN_AFTER_COMMIT, DRAIN_SECONDS, HURRIED, newest=True)
        except Exception:
            _logger.warning("Drain left to the background job", exc_info=True)
            try:
                self._wake_cron()
            except Exception:
                _logger.info("Background job not woken, it comes by itself", exc_info=True)

    def _wake_cron(self, after=None):
        """Let the background job come, now or some time later."""
        with self.env["cartera.engine"]._own_environment() as env:
            at = fields.Datetime.now() + after if after else None
            env.ref("crm_cartera.cron_drain")._trigger(at)

    @api.model
    def _drain_all(self):
        """Drain until the queue is empty, in transactions of its own."""
        self._drain_own()

    @api.model
    def _drain_own(self, limit=math.inf, seconds=math.inf, timeouts=PATIENT, newest=False):
        """Drain up to ``limit`` accounts on own cursors; leave the rest to the background job.

        After each commit it looks again with a new cursor: what another user queued while the lock was
        held would stay behind otherwise. What failed or is held is not tried twice. ``newest``: begin
        with what was queued last, so that a user sees his own account even behind a long queue.
        """
        engine = self.env["cartera.engine"]
        until = time.monotonic() + seconds
        returned, rows, waiting = [], {}, True
        while waiting and limit > 0 and time.monotonic() < until:
            with engine._own_environment(timeouts) as env:
                if not env["cartera.engine"]._try_lock():
                    waiting = False  # the holder looks again after its commit
                    break
                touches = env["cartera.touch"].with_context(cartera_drain_until=until)
                rows = touches._take(min(limit, DRAIN_BATCH), returned, newest)
                returned += touches._refresh_taken(rows)
            with engine._own_environment() as env:
                waiting = env["cartera.touch"]._is_waiting(returned)
            if not rows:
                break
            limit -= len(rows)
        if waiting and rows:
            self._wake_cron()
        elif waiting or returned:
            self._wake_cron(RETRY_AFTER)

    @api.model
    def _is_waiting(self, apart_from=()) -> bool:
        """Tell whether there is something to do, apart from rows of these ids."""
        query = "SELECT EXISTS (SELECT FROM cartera_touch WHERE NOT parked AND id <> ALL(%s))"
        return self.env.execute_query(SQL(query, list(apart_from)))[0][0]

    @api.model
    def _drain(self, limit=DRAIN_BATCH) -> int:
        """Take up to ``limit`` accounts off the queue and refresh them, on this cursor.

        Returns how many left the queue; those that failed or whose row somebody holds are in it again.
        """
        rows = self._take(limit)
        return max(len(rows) - len(self._refresh_taken(rows)), 0)

    # ------------------------------------------------------------------
    # Failures
    # ------------------------------------------------------------------

    def _refresh(self, company, partners, rows) -> list[int]:
        """Refresh accounts together; if that fails, by halves, so that one cannot stop others.

        Returns the ids of the rows put back.
        """
        if time.monotonic() > self.env.context.get("cartera_drain_until", math.inf):
            return self._put_back(company, partners, rows)
        skipped, error = self._try(company, partners)
        if error is None:
            return self._put_back(company, skipped, rows)
        if len(partners) == 1:
            return self._put_back(company, partners, rows, error)
        middle = len(partners) // 2
        first = self._refresh(company, partners[:middle], rows)
        return first + self._refresh(company, partners[middle:], rows)

    def _try(self, company, partners):
        """Run in a savepoint; return (accounts skipped, exception or None)."""
        try:
            with self.env.cr.savepoint():
                _counts, skipped = self.env["cartera.engine"]._run_once(company, partners=partners)
        except Exception as error:
            self.env.invalidate_all(flush=False)
            return [], error
        return skipped, None

    def _put_back(self, company, partners, rows, error=None) -> list[int]:
        """Queue accounts again, failed ones with one more attempt; the third time they are parked.

        Somebody else's lock is not the account's fault and does not count. Returns the rows' ids.
        """
        failed = error is not None and not isinstance(error, TRANSIENT)
        vals_list = [
            {
                "partner_id": partner,
                "root_id": company.id,
                "attempts": failed
                + max(rows.get((partner, root), 0) for root in (company.id, EVERY_COMPANY)),
                "error": error and repr(error),
            }
            for partner in partners
        ]
        for vals in vals_list:
            vals["parked"] = failed and vals["attempts"] >= MAX_ATTEMPTS
            if vals["parked"]:
                account = vals["partner_id"]
                _logger.error(
                    "Account %s of company %s is parked", account, company.id, exc_info=error
                )
        touches = self.sudo().create(vals_list)
        touches.flush_recordset()
        return touches.ids

    @api.model
    def _forget_parked(self, company_id, apart_from):
        """Drop the parked rows of accounts that a full run has just judged."""
        self.env.cr.execute(
            SQL(
                "DELETE FROM cartera_touch WHERE parked AND root_id = %s AND partner_id <> ALL(%s)",
                company_id,
                list(apart_from),
            )
        )

    def action_retry(self):
        """Queue parked accounts again."""
        self.check_access("read")
        self.sudo().write({"parked": False, "attempts": 0, "error": False})
        self.env.ref("crm_cartera.cron_drain").sudo()._trigger()

    @api.model
    def _cron_drain(self):
        """Empty the queue; the background job that comes every few minutes."""
        self._drain_all()
