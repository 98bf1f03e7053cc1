"""The full run of a company, in transactions of its own."""

import logging
import time
from contextlib import contextmanager

import psycopg2

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL, split_every

from .cartera_engine import LOCK_KEY, PAST_LOCK_KEY, TRANSIENT
from .cartera_facts import Scope

_logger = logging.getLogger(__name__)

BATCH = 5000
#: Percent of a run that is done when everything is read, and when it is written too.
READ, WRITTEN = 60, 95


class CarteraEngine(models.AbstractModel):
    _inherit = "cartera.engine"

    def _run_all(self, company) -> dict[str, int]:
        """Bring all accounts of a company up to date; return the counts of :meth:`_run`.

        Reads in one snapshot, writes at most :data:`BATCH` rows a transaction. Nobody waits for it and
        it waits for nobody: a row that a user holds or has written meanwhile goes to the queue, which
        is emptied at the end. ``cartera.calibration`` shows how far it is, and what it did.
        """
        started = time.monotonic()
        with self._noted(company) as (scope, run):
            judged, counts = self._run_locked(company, scope, run)
            counts["seconds"] = time.monotonic() - started
            self._note_run(
                run, lambda record: record._finish(judged.calibration, judged.learned, counts)
            )
        self.env["cartera.touch"]._drain_all()
        return counts

    @contextmanager
    def _noted(self, company, as_of=None):
        """Hold the lock of a run and keep a record of it; yields (scope, id of the record)."""
        is_past = as_of is not None
        with self._own_environment() as holder:
            holder["cartera.engine"]._wait_for_lock(key=PAST_LOCK_KEY if is_past else LOCK_KEY)
            with self._own_environment() as env:
                scope = env["cartera.facts"]._get_scope(company.with_env(env), as_of)
                runs = env["cartera.calibration"]
                runs._end_interrupted(is_past)
                run = runs._start(scope, is_past).id
            try:
                yield scope, run
            except Exception as error:
                self._note_failure(run, error)
                raise

    def _run_locked(self, company, scope: Scope, run: int):
        """Do the run ``run`` of a company; return (what it judged, counts)."""
        with self._own_environment() as env:
            _scope, skipped = env["cartera.engine"]._fold_contacts(scope)
            env["cartera.engine"]._queue(scope, skipped)
            costed = env["cartera.engine"]._is_costed(company.with_env(env))
        with self._snapshot_environment() as env:
            engine = env["cartera.engine"]
            judged = engine._judge(scope)
            changed = engine._get_changed(judged.stored, judged.new)
            changed = changed.drop(index=skipped, errors="ignore")
        self._note_progress(run, READ)
        for start in range(0, len(changed), BATCH):
            skipped |= self._write_batch(
                company, scope, changed.iloc[start : start + BATCH], judged
            )
            done = min(start + BATCH, len(changed)) / len(changed)
            self._note_progress(run, int(READ + (WRITTEN - READ) * done))
        moved = 0
        with self._own_environment() as env:
            due = env["cartera.stage"]._get_due(company.with_env(env))
        for rows in split_every(BATCH, due, list):
            count, busy = self._move_batch(scope, rows)
            moved, skipped = moved + count, skipped | busy
        skipped |= self._complete_all(company, scope)
        skipped |= self.env["cartera.dimension"]._sort_in_batches(company)[1]
        self._note_completed(company, scope, skipped, costed)
        return judged, {
            "accounts": len(judged.new),
            "changed": len(changed),
            "moved": moved,
            "skipped": len(skipped),
        }

    def _note_progress(self, run: int, percent: int):
        self._note_run(run, lambda record: record._advance(percent))

    def _note_failure(self, run: int, error: Exception):
        self._note_run(run, lambda record: record._fail(error))

    def _note_run(self, run: int, note):
        """Do ``note(record)`` with the record of a run, in a transaction of its own."""
        with self._own_environment() as env:
            note(env["cartera.calibration"].browse(run))

    def _queue(self, scope: Scope, partners):
        self.env["cartera.touch"]._touch((partner, scope.company_id) for partner in partners)

    def _write_batch(self, company, scope: Scope, changed, judged) -> set[int]:
        """Write some rows and their stages in one transaction; return the partners skipped."""
        partners = changed.index.tolist()
        try:
            with self._own_environment() as env:
                engine, stages = env["cartera.engine"], env["cartera.stage"]
                skipped = engine._write(scope, changed, judged)
                skipped |= stages._move(stages._get_due(company.with_env(env), partners))[1]
                engine._queue(scope, skipped)
                return skipped
        except (*TRANSIENT, psycopg2.IntegrityError):
            _logger.info("%s accounts are left to the queue", len(partners), exc_info=True)
            return self._leave_to_the_queue(scope, set(partners))

    def _move_batch(self, scope: Scope, due) -> tuple[int, set[int]]:
        """Move some accounts to their stages; return how many moved, and the partners skipped."""
        try:
            with self._own_environment() as env:
                moved, skipped = env["cartera.stage"]._move(due)
                env["cartera.engine"]._queue(scope, skipped)
                return moved, skipped
        except (*TRANSIENT, psycopg2.IntegrityError):
            _logger.info("%s stages are left to the queue", len(due), exc_info=True)
            return 0, self._leave_to_the_queue(scope, {row.partner_id for row in due})

    def _complete_all(self, company, scope: Scope) -> set[int]:
        """Store how complete the accounts are, in batches; return the partners skipped."""
        with self._own_environment() as env:
            due = env["cartera.stage"]._get_incomplete(company.with_env(env))
        skipped = set()
        for rows in split_every(BATCH, due, list):
            skipped |= self._complete_batch(scope, rows)
        return skipped

    def _complete_batch(self, scope: Scope, due) -> set[int]:
        try:
            with self._own_environment() as env:
                skipped = env["cartera.stage"]._write_completeness(due)
                env["cartera.engine"]._queue(scope, skipped)
                return skipped
        except TRANSIENT:
            _logger.info("%s accounts are left to the queue", len(due), exc_info=True)
            return self._leave_to_the_queue(scope, {row.partner_id for row in due})

    def _leave_to_the_queue(self, scope: Scope, partners) -> set[int]:
        """Queue accounts, of which one points at a row that is just being made or deleted."""
        with self._own_environment() as env:
            env["cartera.engine"]._queue(scope, partners)
        return partners

    def _note_completed(self, company, scope: Scope, skipped, costed):
        """Note the time, and forget which accounts were parked: all were judged but the skipped."""
        try:
            with self._own_environment() as env:
                env["cartera.touch"]._forget_parked(company.id, skipped)
                policy = env["cartera.policy"]._for(company.with_env(env))
                policy._note_refreshed(scope.request_count, costed)
        except TRANSIENT:
            _logger.info("Completion of company %s not noted", company.id, exc_info=True)

    def _wait_for_lock(self, seconds=60, key=LOCK_KEY):
        """Take a lock, after the drain (milliseconds) or run (seconds) that has it."""
        cr = self.env.cr
        cr.execute(SQL("SELECT set_config('lock_timeout', %s, TRUE)", f"{seconds}s"))
        try:
            query = SQL("SELECT pg_advisory_xact_lock(hashtext(%s))", key)
            cr.execute(query, log_exceptions=False)
        except psycopg2.errors.LockNotAvailable as error:
            message = self.env._("Another refresh of the portfolio is still running.")
            raise UserError(message) from error
