"""The background job that sorts all accounts again when rules have changed."""

import logging

import psycopg2

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL, split_every

from .cartera_engine import TRANSIENT
from .cartera_engine_full import BATCH

_logger = logging.getLogger(__name__)

#: How often in a row one job sorts a company whose rules change meanwhile; the next goes on.
ROUNDS = 5
#: Accounts that an installation sorts itself.
SORTED_AT_ONCE = 20_000


class CarteraDimension(models.Model):
    _inherit = "cartera.dimension"

    # ------------------------------------------------------------------
    # What is to be done
    # ------------------------------------------------------------------

    @api.model
    def _get_unsorted_companies(self):
        """Return the root companies that have a dimension sorted by other rules than it has now.

        Sorted once and not used any more counts too: its accounts have to leave it.
        """
        companies = self.env["res.company"].with_context(active_test=False)
        queries = [
            SQL(
                """SELECT %(company)s::int WHERE EXISTS (
                          SELECT FROM cartera_dimension d LEFT JOIN cartera_dimension_sorting f
                              ON f.dimension_id = d.id AND f.company_id = %(company)s
                           WHERE CASE WHEN %(used)s THEN f.revision IS DISTINCT FROM d.revision
                                      ELSE f.id IS NOT NULL END)""",
                company=company.id,
                used=self._sql_used(company),
            )
            for company in companies.search([("parent_id", "=", False)], order="id")
        ]
        rows = self.env.execute_query(SQL(" UNION ALL ").join(queries))
        return self.env["res.company"].browse(company for (company,) in rows)

    @api.model
    def _is_unsorted(self, company) -> bool:
        return company in self._get_unsorted_companies()

    @api.model
    def _wake_sorting(self):
        """Let the job come now; during an installation the first full run sorts."""
        cron = self.env.ref("crm_cartera.cron_segments", raise_if_not_found=False)
        if cron:
            cron.sudo()._trigger()

    @api.model
    def _sort_installed(self, companies):
        """Sort for the first time the companies with few accounts; the others are left to the job.

        It writes a row for each account and dimension, and Odoo ends an installation that takes long.
        """
        counts = dict(
            self.env["cartera.profile"]._read_group(
                [("company_id", "in", companies.ids)], ["company_id"], ["__count"]
            )
        )
        for company in companies:
            if counts.get(company, 0) <= SORTED_AT_ONCE:
                self._sort(company)
            else:
                self._wake_sorting()

    # ------------------------------------------------------------------
    # The job
    # ------------------------------------------------------------------

    @api.model
    def _cron_sort(self):
        """Sort the companies whose rules changed; it can be ended at any time and begins again.

        How far a dimension is sorted is noted when all its accounts are: what a killed worker left
        is found by the next job.
        """
        jobs = self.env["ir.cron"]
        with self.env["cartera.engine"]._own_environment() as env:
            companies = env["cartera.dimension"]._get_unsorted_companies().ids
        left = jobs._commit_progress(remaining=len(companies))
        for company in self.env["res.company"].browse(companies):
            if not left:
                break
            try:
                self._sort_all(company)
            except UserError:
                _logger.info("Company %s is sorted later: a run is going on", company.id)
                self._wake_sorting()
            except Exception:
                self.env.cr.rollback()
                _logger.exception("Sorting of company %s failed", company.id)
            left = jobs._commit_progress(1)

    @api.model
    def _sort_all(self, company) -> dict[str, int]:
        """Sort all accounts of a company in transactions of their own; return ``moved``, ``skipped``.

        It holds the lock of the runs: a drain that has read the rules of before has ended by then, and
        none begins. What is edited meanwhile is found by the look at the end, so it sorts again.
        """
        counts = {"moved": 0, "skipped": 0}
        with self.env["cartera.engine"]._own_environment() as holder:
            holder["cartera.engine"]._wait_for_lock()
            for _round in range(ROUNDS):
                moved, skipped = self._sort_in_batches(company)
                counts = {"moved": counts["moved"] + moved, "skipped": len(skipped)}
                with self.env["cartera.engine"]._own_environment() as env:
                    if not env["cartera.dimension"]._is_unsorted(company.with_env(env)):
                        break
            else:
                self._wake_sorting()
        self.env["cartera.touch"]._drain_all()
        return counts

    @api.model
    def _sort_in_batches(self, company) -> tuple[int, set[int]]:
        """Sort all accounts once; the caller holds the lock. Returns as :meth:`_sort` does."""
        engine = self.env["cartera.engine"]
        with engine._own_environment() as env:
            dimensions = env["cartera.dimension"]
            cuts = dimensions._read_cuts(company)
            due = dimensions._get_due(company.with_env(env), cuts)
            kinds = dimensions._get_kinds(company.with_env(env), cuts)
        moved, skipped, done = 0, set(), 0
        for rows in split_every(BATCH, due, list):
            count, busy = self._move_batch(company, rows, kinds)
            moved, skipped, done = moved + count, skipped | busy, done + len(rows)
            self._note_progress(company, cuts, 100 * done // len(due))
        with engine._own_environment() as env:
            env["cartera.dimension"]._note_sorted(company, cuts)
        return moved, skipped

    @api.model
    def _move_batch(self, company, due, kinds) -> tuple[int, set[int]]:
        """Move some accounts in one transaction; those that somebody holds go to the queue."""
        engine = self.env["cartera.engine"]
        try:
            with engine._own_environment() as env:
                moved, skipped = env["cartera.dimension"]._move(company.with_env(env), due, kinds)
                env["cartera.touch"]._touch((partner, company.id) for partner in skipped)
                return moved, skipped
        except (*TRANSIENT, psycopg2.IntegrityError):
            _logger.info("%s accounts are left to the queue", len(due), exc_info=True)
        skipped = {row.partner_id for row in due}
        with engine._own_environment() as env:
            env["cartera.touch"]._touch((partner, company.id) for partner in skipped)
        return 0, skipped

    # ------------------------------------------------------------------
    # Sorted without the lock
    # ------------------------------------------------------------------

    @api.model
    def _look_after_commit(self, company, partners):
        """After the commit, queue accounts of this transaction if they were judged by what is over.

        It reads the rules and the calibration as they were when it began. The job that an edit of a
        rule wakes, and the full run that learns anew, do not see what it has not committed.
        ``partners``: ids, None for all.
        """
        before = self._get_basis(company)
        ids = None if partners is None else list(partners)

        def look():
            try:
                self._look_again(company, ids, before)
            except Exception:
                _logger.warning("Changed rules are left to the nightly run", exc_info=True)

        self.env.cr.postcommit.add(look)

    @api.model
    def _get_basis(self, company) -> dict:
        """Return what accounts are judged by: versions of the rules, (id, state) of the last run."""
        revisions = SQL("SELECT id, revision FROM cartera_dimension ORDER BY id")
        return {
            "revisions": self.env.execute_query(revisions),
            "run": self.env["cartera.calibration"]._get_latest_run(company.id),
        }

    @api.model
    def _look_again(self, company, partners, before):
        with self.env["cartera.engine"]._own_environment() as env:
            now = env["cartera.dimension"]._get_basis(company.with_env(env))
            edited = now["revisions"] != before["revisions"]
            # A run that is going on has its calibration for itself until it ends.
            learning = now["run"] != before["run"] or now["run"][1:] == ("running",)
            if not edited and not (partners and learning):
                return
            if partners is None:
                # What it has noted as sorted is not.
                env.cr.execute(
                    SQL(
                        "UPDATE cartera_dimension_sorting SET revision = 0 WHERE company_id = %s",
                        company.id,
                    )
                )
            if edited:
                env["cartera.dimension"]._wake_sorting()
            env["cartera.touch"]._touch((partner, company.id) for partner in partners or ())
        if partners:
            self.env["cartera.touch"]._wake_cron()

    # ------------------------------------------------------------------
    # Notes
    # ------------------------------------------------------------------

    @api.model
    def _note_progress(self, company, cuts, percent):
        """Note how far the sorting is, of the dimensions that were not sorted yet."""
        changed = [cut.dimension for cut in cuts if cut.first or cut.stale]
        if not changed:
            return
        with self.env["cartera.engine"]._own_environment() as env:
            env.cr.execute(
                SQL(
                    """INSERT INTO cartera_dimension_sorting (dimension_id, company_id, progress)
                       SELECT d.id, %s, %s FROM cartera_dimension d WHERE d.id = ANY(%s)
                           ON CONFLICT (dimension_id, company_id)
                           DO UPDATE SET progress = EXCLUDED.progress""",
                    company.id,
                    # Neither end is shown as running.
                    min(max(percent, 1), 99),
                    changed,
                )
            )

    def _note_sorted(self, company, cuts):
        """Note by which rules all accounts of a company are sorted now, and forget what it lost."""
        cr = self.env.cr
        cr.execute(
            SQL(
                """INSERT INTO cartera_dimension_sorting (dimension_id, company_id, revision, progress)
                   SELECT d.id, %(company)s, f.revision, 100
                     FROM unnest(%(ids)s::int4[], %(revisions)s::int4[]) AS f (id, revision)
                     JOIN cartera_dimension d ON d.id = f.id
                       ON CONFLICT (dimension_id, company_id)
                       DO UPDATE SET revision = EXCLUDED.revision, progress = 100""",
                company=company.id,
                ids=[cut.dimension for cut in cuts],
                revisions=[cut.revision for cut in cuts],
            )
        )
        cr.execute(
            SQL(
                """DELETE FROM cartera_dimension_sorting f USING cartera_dimension d
                    WHERE f.company_id = %s AND d.id = f.dimension_id AND NOT (%s)
                      AND d.id <> ALL(%s)""",
                company.id,
                self._sql_used(company),
                [cut.dimension for cut in cuts],
            )
        )
        self.env["cartera.dimension.sorting"].invalidate_model()
