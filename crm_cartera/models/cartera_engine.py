"""Facts -> judgement -> differences -> profile rows, for one company."""

from contextlib import contextmanager
from dataclasses import replace

import psycopg2

from odoo import SUPERUSER_ID, api, models, modules
from odoo.tools import SQL

from .cartera_facts import Scope

#: Key of the advisory lock: one run at a time in a database.
LOCK_KEY = "crm_cartera.run"
#: The same for runs of a past day: they write no profile and stand in nobody's way.
PAST_LOCK_KEY = "crm_cartera.past"
#: Mark on a cursor's post-commit data: this transaction is followed by a drain, or needs none.
HOOK = "crm_cartera.touch"
#: (lock timeout, statement timeout, both zero for none) of a transaction that a user waits for, and
#: of one in the background, which must not stand in the queue for a lock either.
HURRIED, PATIENT = ("200ms", "2s"), ("2s", "0")
#: Context key of a run that leaves sorting into segments to its caller.
UNSORTED = "cartera_unsorted"
#: Errors that are nobody's fault: somebody else was there first, or it took too long.
TRANSIENT = (
    psycopg2.errors.LockNotAvailable,
    psycopg2.errors.QueryCanceled,
    psycopg2.errors.DeadlockDetected,
    psycopg2.errors.SerializationFailure,
)


class CarteraEngine(models.AbstractModel):
    _name = "cartera.engine"
    _description = "Portfolio engine"

    # ------------------------------------------------------------------
    # Cursors
    # ------------------------------------------------------------------

    @contextmanager
    def _own_environment(self, timeouts=PATIENT):
        """Yield a superuser environment on a READ COMMITTED cursor of its own, commit at the end.

        READ COMMITTED: a bulk write under Odoo's REPEATABLE READ fails when a user saves one of its
        rows meanwhile. Under test there is one cursor only: the caller's.
        """
        if modules.module.current_test:
            with self.env.cr.savepoint():
                yield self.sudo().env
            return
        with self.env.registry.cursor() as cr:
            cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            cr.execute(
                SQL(
                    "SELECT set_config('lock_timeout', %s, TRUE),"
                    " set_config('statement_timeout', %s, TRUE),"
                    # Compiling takes longer than what is asked about a few accounts.
                    " set_config('jit', 'off', TRUE)",
                    *timeouts,
                )
            )
            # Whoever opened it looks at the queue himself: a drain must not start one more inside.
            cr.postcommit.data[HOOK] = True
            yield api.Environment(cr, SUPERUSER_ID, {})

    @contextmanager
    def _snapshot_environment(self):
        """Yield a superuser environment whose queries all read one snapshot (REPEATABLE READ)."""
        if modules.module.current_test:
            yield self.sudo().env
            return
        with self.env.registry.cursor() as cr:
            # Queries of this size are slower when PostgreSQL compiles them first.
            cr.execute("SET LOCAL jit = off")
            yield api.Environment(cr, SUPERUSER_ID, {})

    @api.model
    def _try_lock(self) -> bool:
        """Take the run's lock until this cursor's transaction ends; False if another has it."""
        query = SQL("SELECT pg_try_advisory_xact_lock(hashtext(%s))", LOCK_KEY)
        return self.env.execute_query(query)[0][0]

    # ------------------------------------------------------------------
    # One run
    # ------------------------------------------------------------------

    def _run(self, company, partners=None) -> dict[str, int]:
        """Bring the accounts of a company up to date on this cursor; commit nothing.

        ``partners``: ids of accounts, None for all. Returns counts: ``accounts`` looked at,
        ``changed``, ``moved`` between stages, ``skipped`` because somebody holds their row.

        Without the lock of the runs, as a person's entry is judged: rules may change meanwhile.
        """
        dimensions = self.env["cartera.dimension"]
        dimensions._look_after_commit(company.root_id, partners)
        counts, skipped = self._run_once(company, partners)
        self.env["cartera.touch"]._touch((partner, company.root_id.id) for partner in skipped)
        return counts

    def _run_once(self, company, partners=None) -> tuple[dict[str, int], list[int]]:
        """Do what :meth:`_run` says; return its counts and the partners that were skipped."""
        self.env.flush_all()
        scope, skipped = self._fold_contacts(
            self.env["cartera.facts"]._get_scope(company, partners=partners)
        )
        costed = scope.partner_ids is None and self._is_costed(company)
        judged = self._judge(scope)
        changed = self._get_changed(judged.stored, judged.new)
        changed = changed.drop(index=skipped, errors="ignore")
        skipped |= self._write(scope, changed, judged)
        stages = self.env["cartera.stage"]
        moved, busy = stages._move(stages._get_due(company, scope.partner_ids))
        skipped |= busy | stages._complete(company, scope.partner_ids)
        if not self.env.context.get(UNSORTED):
            skipped |= self.env["cartera.dimension"]._sort(company, scope.partner_ids)[1]
        self.env["cartera.profile"].invalidate_model()
        self.env["cartera.transition"].invalidate_model()
        counts = {
            "accounts": len(judged.new),
            "changed": len(changed),
            "moved": moved,
            "skipped": len(skipped),
        }
        if scope.partner_ids is None:
            run = self.env["cartera.calibration"]._start(scope)
            run._finish(judged.calibration, judged.learned, counts)
            self.env["cartera.policy"]._for(company)._note_refreshed(scope.request_count, costed)
        return counts, sorted(skipped)

    def _is_costed(self, company) -> bool:
        """Tell whether no cost is still to be estimated; once that was so, it is not asked again."""
        costs = self.env["cartera.line.cost"]
        return bool(
            self.env["cartera.policy"]._for(company).margin_ready or not costs._is_uncosted()
        )

    def _fold_contacts(self, scope: Scope) -> tuple[Scope, set[int]]:
        """Fold accounts that are contacts of others now.

        Returns the scope with those others, and the contacts whose row somebody holds.
        """
        accounts, busy = self.env["cartera.profile"].sudo()._fold_contacts(scope)
        if accounts and scope.partner_ids is not None:
            scope = replace(scope, partner_ids=sorted({*scope.partner_ids, *accounts}))
        return scope, busy
