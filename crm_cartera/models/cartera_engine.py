"""Facts -> judgement -> differences -> profile rows, for one company."""

import io
import logging
import time
from contextlib import contextmanager
from dataclasses import replace

import psycopg2

from odoo import SUPERUSER_ID, api, fields, models, modules
from odoo.exceptions import UserError
from odoo.tools import SQL, split_every

from .cartera_facts import EVIDENCE_QUERIES, Scope

_logger = logging.getLogger(__name__)

#: Key of the advisory lock: one run at a time in a database.
LOCK_KEY = "crm_cartera.run"
BATCH = 5000
INSERT_BATCH = 500
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
#: Computed columns of the profile that a run writes: {name: kind}. Others are people's or fixed.
COMPUTED = {
    "name": "text",
    "user_id": "int",
    "active": "bool",
    "lifecycle": "text",
    "lifecycle_date": "date",
    "prospect_date": "date",
    "lead_date": "date",
    "lead_evidence": "text",
    "lead_evidence_id": "int",
    "client_date": "date",
    "client_evidence": "text",
    "client_evidence_id": "int",
    "first_purchase_id": "int",
    "first_purchase_date": "date",
    "last_purchase_date": "date",
    "purchase_count": "int",
    "open_opportunity_count": "int",
    "next_action_date": "date",
    "next_action_model": "text",
    "next_action_res_id": "int",
    "next_action_user_id": "int",
    "last_interaction_date": "date",
    "last_interaction_kind": "text",
    "last_interaction_user_id": "int",
}
#: Filled once from the first lead, then kept.
ONCE = {
    "first_contact_date": "date",
    "first_source_id": "int",
    "first_medium_id": "int",
    "first_campaign_id": "int",
}
FIRST_TOUCH = ("first_source_id", "first_medium_id", "first_campaign_id")
#: What people entered and the judgement reads.
ENTERED = {
    "lifecycle_locked": "bool",
    "manual_lead_date": "date",
    "opening_client_date": "date",
    "opening_last_purchase_date": "date",
}
#: The transaction that wrote the stored row last.
VERSION = {"version": "text"}
DTYPES = {
    "int": "Int64",
    "date": "datetime64[s]",
    "text": object,
    "bool": bool,
    "number": "float64",
}


def to_frame(rows, kinds):
    """Return rows as a DataFrame indexed by their first column, the partner.

    ``kinds``: {column: int | date | text | bool | number} of the other columns. None becomes NA, NaT
    or None; a missing bool is False.
    """
    import pandas as pd

    columns = list(zip(*rows, strict=True)) or [()] * (len(kinds) + 1)
    index = pd.Index(columns[0], name="partner_id", dtype="int64")
    data = {}
    for (name, kind), values in zip(kinds.items(), columns[1:], strict=True):
        column = pd.Series(values, index=index, dtype=object if kind == "date" else DTYPES[kind])
        data[name] = pd.to_datetime(column).astype(DTYPES[kind]) if kind == "date" else column
    return pd.DataFrame(data, index=index)


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

    # ------------------------------------------------------------------
    # Write-back
    # ------------------------------------------------------------------

    def _write(self, scope: Scope, changed, known, moves) -> set[int]:
        """Write changed rows and their transitions; return the partners that were skipped."""
        if changed.empty:
            return set()
        cr = self.env.cr
        kinds = {**COMPUTED, **ONCE}
        self._copy_to_temp("cartera_change", {**kinds, **VERSION}, changed)
        written = self._update_rows(scope, kinds)
        missing = changed.index.difference(known).tolist()
        for partners in split_every(INSERT_BATCH, missing, list):
            written |= self._insert_rows(scope, kinds, partners)
        moves = moves[moves["partner_id"].isin(written)]
        if len(moves):
            self.env["cartera.transition"]._append(scope, moves)
        cr.execute("DROP TABLE cartera_change")
        return set(changed.index.tolist()) - written

    def _copy_to_temp(self, table, kinds, frame):
        """COPY a frame, index first, into a new temporary table."""
        types = {"int": "int4", "date": "date", "text": "text", "bool": "bool", "number": "numeric"}
        columns = SQL(", ").join(
            SQL("%s %s", SQL.identifier(name), SQL(types[kind])) for name, kind in kinds.items()
        )
        cr = self.env.cr
        cr.execute(
            SQL("CREATE TEMP TABLE %s (partner_id int4, %s)", SQL.identifier(table), columns)
        )
        buffer = io.StringIO()
        frame[list(kinds)].to_csv(buffer, header=False, date_format="%Y-%m-%d")
        buffer.seek(0)
        cr.copy_expert(f'COPY "{table}" FROM STDIN WITH (FORMAT csv)', buffer)

    def _update_rows(self, scope: Scope, kinds) -> set[int]:
        """Update the rows that nobody holds or has written since they were read.

        Returns their partners. What a person has just set would otherwise be undone by a judgement
        that does not know it yet.
        """
        rows = self.env.execute_query(
            SQL(
                """WITH free AS (SELECT p.id FROM cartera_profile p
                                   JOIN cartera_change c USING (partner_id)
                                  WHERE p.company_id = %s AND p.xmin::text = c.version
                                    FOR NO KEY UPDATE OF p SKIP LOCKED)
                   UPDATE cartera_profile p SET %s FROM cartera_change c, free
                    WHERE p.id = free.id AND c.partner_id = p.partner_id
                RETURNING p.partner_id""",
                scope.company_id,
                SQL(", ").join(
                    SQL("%s = c.%s", SQL.identifier(name), SQL.identifier(name)) for name in kinds
                ),
            )
        )
        return {partner for (partner,) in rows}

    def _insert_rows(self, scope: Scope, kinds, partners) -> set[int]:
        """Insert missing rows, except of partners that are being merged or deleted."""
        names = SQL(", ").join(SQL.identifier(name) for name in kinds)
        rows = self.env.execute_query(
            SQL(
                """WITH alive AS (SELECT id FROM res_partner WHERE id = ANY(%(partners)s)
                                     FOR KEY SHARE SKIP LOCKED),
                        first AS (SELECT DISTINCT ON (lifecycle) lifecycle AS of, id
                                    FROM cartera_stage WHERE active
                                     AND (company_id IS NULL OR company_id = %(company)s)
                                ORDER BY lifecycle, sequence, id)
                   INSERT INTO cartera_profile (partner_id, company_id, stage_id, stage_auto_id,
                               origin, urgency, potential, create_uid, write_uid, create_date, write_date, %(names)s)
                   SELECT c.partner_id, %(company)s, first.id, first.id, 'evidence',
                          '0', 0,
                          %(uid)s, %(uid)s, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC',
                          %(values)s
                     FROM cartera_change c JOIN alive ON alive.id = c.partner_id
                     JOIN first ON first.of = c.lifecycle
                       ON CONFLICT (partner_id, company_id) DO NOTHING
                RETURNING partner_id""",
                partners=partners,
                company=scope.company_id,
                names=names,
                uid=SUPERUSER_ID,
                values=SQL(", ").join(SQL("c.%s", SQL.identifier(name)) for name in kinds),
            )
        )
        return {partner for (partner,) in rows}

    # ------------------------------------------------------------------
    # The full run, in transactions of its own
    # ------------------------------------------------------------------

    def _run_all(self, company) -> dict[str, int]:
        """Bring all accounts of a company up to date; return the counts of :meth:`_run`.

        Reads in one snapshot, writes at most :data:`BATCH` rows a transaction. Nobody waits for it and
        it waits for nobody: a row that a user holds or has written meanwhile goes to the queue, which
        is emptied at the end.
        """
        started = time.monotonic()
        with self._own_environment() as holder:
            holder["cartera.engine"]._wait_for_lock()
            counts = self._run_locked(company)
        self.env["cartera.touch"]._drain_all()
        return {**counts, "seconds": time.monotonic() - started}

    def _run_locked(self, company) -> dict[str, int]:
        with self._own_environment() as env:
            scope = env["cartera.facts"]._get_scope(company.with_env(env))
            _scope, skipped = env["cartera.engine"]._fold_contacts(scope)
            env["cartera.engine"]._queue(scope, skipped)
        with self._snapshot_environment() as env:
            engine = env["cartera.engine"]
            stored, new, moves = engine._judge(scope)
            changed = engine._get_changed(stored, new).drop(index=skipped, errors="ignore")
        for start in range(0, len(changed), BATCH):
            batch = changed.iloc[start : start + BATCH]
            skipped |= self._write_batch(company, scope, batch, stored.index, moves)
        moved = 0
        with self._own_environment() as env:
            due = env["cartera.stage"]._get_due(company.with_env(env))
        for rows in split_every(BATCH, due, list):
            count, busy = self._move_batch(scope, rows)
            moved, skipped = moved + count, skipped | busy
        self._note_completed(company, skipped)
        return {
            "accounts": len(new),
            "changed": len(changed),
            "moved": moved,
            "skipped": len(skipped),
        }

    def _queue(self, scope: Scope, partners):
        self.env["cartera.touch"]._touch((partner, scope.company_id) for partner in partners)

    def _write_batch(self, company, scope: Scope, changed, known, moves) -> set[int]:
        """Write some rows and their stages in one transaction; return the partners skipped."""
        partners = changed.index.tolist()
        try:
            with self._own_environment() as env:
                engine, stages = env["cartera.engine"], env["cartera.stage"]
                skipped = engine._write(scope, changed, known, moves)
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

    def _leave_to_the_queue(self, scope: Scope, partners) -> set[int]:
        """Queue accounts, of which one points at a row that is just being made or deleted."""
        with self._own_environment() as env:
            env["cartera.engine"]._queue(scope, partners)
        return partners

    def _note_completed(self, company, skipped):
        """Note the time, and forget which accounts were parked: all were judged but the skipped."""
        try:
            with self._own_environment() as env:
                env["cartera.touch"]._forget_parked(company.id, skipped)
                policy = env["cartera.policy"]._for(company.with_env(env))
                policy.refreshed_at = fields.Datetime.now()
        except TRANSIENT:
            _logger.info("Completion of company %s not noted", company.id, exc_info=True)

    def _wait_for_lock(self, seconds=60):
        """Take the lock, after the drain (milliseconds) or full run (seconds) that has it."""
        cr = self.env.cr
        cr.execute(SQL("SELECT set_config('lock_timeout', %s, TRUE)", f"{seconds}s"))
        try:
            query = SQL("SELECT pg_advisory_xact_lock(hashtext(%s))", LOCK_KEY)
            cr.execute(query, log_exceptions=False)
        except psycopg2.errors.LockNotAvailable as error:
            message = self.env._("Another refresh of the portfolio is still running.")
            raise UserError(message) from error
