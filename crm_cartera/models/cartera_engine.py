"""Facts -> judgement -> differences -> profile rows, for one company."""

from contextlib import contextmanager
from dataclasses import replace

import psycopg2

from odoo import SUPERUSER_ID, api, models, modules
from odoo.tools import SQL

from .cartera_columns import COMPUTED, ENTERED, FIRST_TOUCH, ONCE, VERSION, to_frame
from .cartera_facts import EVIDENCE_QUERIES, Scope

#: Key of the advisory lock: one run at a time in a database.
LOCK_KEY = "crm_cartera.run"
#: Mark on a cursor's post-commit data: this transaction is followed by a drain, or needs none.
HOOK = "crm_cartera.touch"
#: (lock timeout, statement timeout, both zero for none) of a transaction that a user waits for, and
#: of one in the background, which must not stand in the queue for a lock either.
HURRIED, PATIENT = ("200ms", "2s"), ("2s", "0")
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
                    " set_config('statement_timeout', %s, TRUE)",
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
            yield api.Environment(cr, SUPERUSER_ID, {})

    @api.model
    def _try_lock(self) -> bool:
        """Take the run's lock until this cursor's transaction ends; False if another has it."""
        query = SQL("SELECT pg_try_advisory_xact_lock(hashtext(%s))", LOCK_KEY)
        return self.env.execute_query(query)[0][0]

    # ------------------------------------------------------------------
    # One run
    # ------------------------------------------------------------------

    def _run(self, company, as_of=None, partners=None) -> dict[str, int]:
        """Bring the accounts of a company up to date on this cursor; commit nothing.

        ``partners``: ids of accounts, None for all. Returns counts: ``accounts`` looked at,
        ``changed``, ``moved`` between stages, ``skipped`` because somebody holds their row.
        """
        counts, skipped = self._run_once(company, as_of, partners)
        self.env["cartera.touch"]._touch((partner, company.root_id.id) for partner in skipped)
        return counts

    def _run_once(self, company, as_of=None, partners=None) -> tuple[dict[str, int], list[int]]:
        """Do what :meth:`_run` says; return its counts and the partners that were skipped."""
        self.env.flush_all()
        scope, skipped = self._fold_contacts(
            self.env["cartera.facts"]._get_scope(company, as_of, partners)
        )
        stored, new, moves = self._judge(scope)
        changed = self._get_changed(stored, new).drop(index=skipped, errors="ignore")
        skipped |= self._write(scope, changed, stored.index, moves)
        stages = self.env["cartera.stage"]
        moved, busy = stages._move(stages._get_due(company, scope.partner_ids))
        skipped |= busy
        self.env["cartera.profile"].invalidate_model()
        self.env["cartera.transition"].invalidate_model()
        counts = {
            "accounts": len(new),
            "changed": len(changed),
            "moved": moved,
            "skipped": len(skipped),
        }
        return counts, sorted(skipped)

    def _fold_contacts(self, scope: Scope) -> tuple[Scope, set[int]]:
        """Fold accounts that are contacts of others now.

        Returns the scope with those others, and the contacts whose row somebody holds.
        """
        accounts, busy = self.env["cartera.profile"].sudo()._fold_contacts(scope)
        if accounts and scope.partner_ids is not None:
            scope = replace(scope, partner_ids=sorted({*scope.partner_ids, *accounts}))
        return scope, busy

    def _judge(self, scope: Scope):
        """Return (stored, judged, transitions) of a scope as DataFrames indexed by partner."""
        import pandas as pd

        from ..analysis import lifecycle

        stored = self._read_stored(scope)
        facts = self._read_facts(scope, stored)
        as_of = pd.Timestamp(scope.as_of)
        judged = lifecycle.judge(facts, as_of)
        moves = lifecycle.transitions(facts, judged, as_of)
        for name in COMPUTED.keys() - set(judged.columns) - {"first_purchase_date"}:
            judged[name] = facts[name]
        since = ["first_purchase_day", "opening_client_date"]
        judged["first_purchase_date"] = facts[since].min(axis=1)
        until = ["last_purchase_day", "opening_last_purchase_date", "opening_client_date"]
        judged["last_purchase_date"] = facts[until].max(axis=1)
        for name in ("purchase_count", "open_opportunity_count"):
            judged[name] = judged[name].fillna(0)
        kept = stored[list(ONCE)].reindex(judged.index)
        untouched = kept[list(FIRST_TOUCH)].isna().all(axis=1)
        judged["first_contact_date"] = kept["first_contact_date"].fillna(facts["first_lead_date"])
        for name in FIRST_TOUCH:
            judged[name] = kept[name].mask(untouched, facts[name])
        return stored, judged, moves

    def _read_stored(self, scope: Scope):
        """Return the profile rows of the scope, those taken out of the portfolio left aside.

        ``version`` changes whenever somebody writes the row: it is how :meth:`_update_rows` knows.
        """
        kinds = {**COMPUTED, **ONCE, **ENTERED, **VERSION}
        # A row that a person has just created has no date yet: the judgement takes it as new.
        columns = [
            SQL("CASE WHEN lifecycle_date IS NOT NULL THEN lifecycle END")
            if name == "lifecycle"
            else SQL("xmin::text")
            if name == "version"
            else SQL.identifier(name)
            for name in kinds
        ]
        rows = self.env.execute_query(
            SQL(
                "SELECT partner_id, %s FROM cartera_profile"
                " WHERE company_id = %s AND excluded IS NOT TRUE AND %s",
                SQL(", ").join(columns),
                scope.company_id,
                scope.accounts(SQL("partner_id")),
            )
        )
        return to_frame(rows, kinds)

    def _read_facts(self, scope: Scope, stored):
        """Return one row per account of the scope: evidence, names, and what is stored."""
        reader = self.env["cartera.facts"]
        frames = {
            name: to_frame(self.env.execute_query(query), kinds)
            for name, (query, kinds) in reader._get_fact_queries(scope).items()
        }
        evidence = set(stored.index).union(*(frames[name].index for name in EVIDENCE_QUERIES))
        kinds = {"name": "text", "user_id": "int", "active": "bool"}
        rows = self.env.execute_query(reader._query_accounts(sorted(evidence), scope))
        facts = to_frame(rows, kinds)
        for frame in frames.values():
            facts = facts.join(frame)
        missing = [name for name in stored.columns if name not in facts.columns]
        facts = facts.join(stored[missing])
        facts["lifecycle_locked"] = facts["lifecycle_locked"].eq(True)
        return facts

    @staticmethod
    def _get_changed(stored, new):
        """Return the rows of ``new`` that differ from ``stored`` or are not there."""
        import pandas as pd

        columns = [*COMPUTED, *ONCE]
        old = stored[columns].reindex(new.index)
        differs = pd.Series(~new.index.isin(stored.index), index=new.index)
        for name in columns:
            both_missing = old[name].isna() & new[name].isna()
            same = (old[name] == new[name]).fillna(False).astype(bool)
            differs |= ~(same | both_missing)
        return new.loc[differs, columns].join(stored[list(VERSION)])
