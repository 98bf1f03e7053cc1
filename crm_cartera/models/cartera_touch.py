"""The queue of touched accounts and what empties it.

A hook on a document only appends here; nobody's transaction writes a profile for us. Right after the
commit a cursor of its own drains a few accounts; the cron does the rest. See docs/decisions.
"""

import logging

import psycopg2

from odoo import api, fields, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

#: Accounts drained right after a commit; the user waits for them.
DRAIN_AFTER_COMMIT = 50
DRAIN_BY_CRON = 2000
#: An account that failed so often is parked and shown to the managers.
MAX_ATTEMPTS = 3
HOOK = "crm_cartera.touch"
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
        try:
            _done, left = self._drain_own(DRAIN_AFTER_COMMIT, lock_timeout="200ms")
            if left:
                self._wake_cron()
        except Exception:
            _logger.warning("Drain left to the background job", exc_info=True)
            try:
                self._wake_cron()
            except Exception:
                _logger.info("Background job not woken, it comes by itself", exc_info=True)

    def _wake_cron(self):
        with self.env["cartera.engine"]._own_environment() as env:
            env.ref("crm_cartera.cron_drain")._trigger()

    @api.model
    def _drain_own(self, limit, lock_timeout=None) -> tuple[int, bool]:
        """Drain up to ``limit`` accounts on own cursors; return (refreshed, is something left).

        After each commit it looks again with a new cursor: what another user queued while the lock was
        held would stay behind otherwise.
        """
        engine = self.env["cartera.engine"]
        done = 0
        while done < limit:
            with engine._own_environment(lock_timeout) as env:
                if not env["cartera.engine"]._try_lock():
                    return done, False
                count = env["cartera.touch"]._drain(limit - done)
            with engine._own_environment() as env:
                left = env["cartera.touch"]._is_waiting()
            done += count
            if not left or not count:
                return done, left
        return done, True

    @api.model
    def _drain_all(self):
        """Drain until the queue is empty, in transactions of its own."""
        done, left = self._drain_own(DRAIN_BY_CRON)
        while done and left:
            done, left = self._drain_own(DRAIN_BY_CRON)

    @api.model
    def _is_waiting(self) -> bool:
        query = SQL("SELECT EXISTS (SELECT FROM cartera_touch WHERE NOT parked)")
        return self.env.execute_query(query)[0][0]

    @api.model
    def _drain(self, limit=DRAIN_BY_CRON) -> int:
        """Take up to ``limit`` accounts off the queue and refresh them, on this cursor.

        Returns how many left the queue; those that failed or whose row somebody holds are in it again.
        """
        rows = self._take(limit)
        returned = 0
        for company, partners in self._group_by_company(rows).items():
            returned += self._refresh(company, partners, rows)
        return max(len(rows) - returned, 0)

    def _take(self, limit) -> dict[tuple[int, int], int]:
        """Delete the oldest rows; return {(partner, company): attempts}."""
        taken = self.env.execute_query(
            SQL(
                """WITH next AS (SELECT partner_id, root_id FROM cartera_touch
                                  WHERE NOT parked GROUP BY partner_id, root_id
                               ORDER BY MIN(id) LIMIT %s)
                   DELETE FROM cartera_touch t USING next n
                    WHERE t.partner_id = n.partner_id AND t.root_id = n.root_id
                      AND NOT t.parked
                RETURNING t.partner_id, t.root_id, t.attempts""",
                limit,
            )
        )
        rows = {}
        for partner, company, attempts in taken:
            rows[partner, company] = max(attempts, rows.get((partner, company), 0))
        return rows

    def _group_by_company(self, rows) -> dict:
        """Return {root company: partner ids}; partners that are gone are forgotten.

        A row without company is for the companies that know the account, and for those of leads
        without company.
        """
        found = {}
        open_ids = [partner for partner, company in rows if company == EVERY_COMPANY]
        pairs = [(partner, company) for partner, company in rows if company != EVERY_COMPANY]
        if open_ids:
            pairs += self.env.execute_query(self._get_companies_query(open_ids))
        partners = self.env["res.partner"].browse({partner for partner, _company in pairs}).exists()
        alive = set(partners.ids)
        companies = self.env["res.company"].browse({company for _p, company in pairs}).exists()
        root = {company.id: company.root_id for company in companies}
        for partner, company in pairs:
            if partner in alive and company in root:
                found.setdefault(root[company], set()).add(partner)
        return {
            company: sorted(ids) for company, ids in sorted(found.items(), key=lambda x: x[0].id)
        }

    def _get_companies_query(self, partner_ids) -> SQL:
        return SQL(
            """SELECT partner_id, company_id FROM cartera_profile WHERE partner_id = ANY(%(ids)s)
                UNION
               SELECT p.commercial_partner_id, COALESCE(l.company_id, u.company_id)
                 FROM crm_lead l JOIN res_partner p ON p.id = l.partner_id
            LEFT JOIN res_users u ON u.id = l.user_id
                WHERE p.commercial_partner_id = ANY(%(ids)s)
                  AND COALESCE(l.company_id, u.company_id) IS NOT NULL
                UNION
               SELECT m.commercial_partner_id, m.company_id FROM account_move m
                WHERE m.commercial_partner_id = ANY(%(ids)s) AND m.state = 'posted'
                  AND m.move_type IN ('out_invoice', 'out_receipt')""",
            ids=partner_ids,
        )

    # ------------------------------------------------------------------
    # Failures
    # ------------------------------------------------------------------

    def _refresh(self, company, partners, rows) -> int:
        """Refresh accounts together; if that fails, one by one, so that one cannot stop others.

        Returns how many went back to the queue.
        """
        returned, error = self._try(company, partners)
        if error is None:
            return returned
        if len(partners) == 1:
            self._put_back(company, partners[0], rows, error)
            return 1
        return sum(self._refresh(company, [partner], rows) for partner in partners)

    def _try(self, company, partners):
        """Run in a savepoint; return (accounts skipped, exception or None)."""
        try:
            with self.env.cr.savepoint():
                counts = self.env["cartera.engine"]._run(company, partners=partners)
        except Exception as error:
            self.env.invalidate_all(flush=False)
            return 0, error
        return counts["skipped"], None

    def _put_back(self, company, partner, rows, error):
        """Queue a failed account again; the third time it is parked.

        Somebody else's lock is not the account's fault and does not count.
        """
        attempts = max(rows.get((partner, company.id), 0), rows.get((partner, EVERY_COMPANY), 0))
        busy = isinstance(error, psycopg2.errors.LockNotAvailable | psycopg2.errors.QueryCanceled)
        attempts += 0 if busy else 1
        parked = attempts >= MAX_ATTEMPTS
        if parked:
            _logger.error("Account %s of company %s is parked", partner, company.id, exc_info=error)
        self.env.cr.execute(
            SQL(
                "INSERT INTO cartera_touch (partner_id, root_id, attempts, parked, error)"
                " VALUES (%s, %s, %s, %s, %s)",
                partner,
                company.id,
                attempts,
                parked,
                repr(error),
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
