"""Facts -> judgement -> differences: what a run finds out before it writes anything."""

from typing import Any, NamedTuple

from odoo import models
from odoo.tools import SQL

from .cartera_columns import (
    COMPUTED,
    COUNTS,
    ENTERED,
    FIRST_TOUCH,
    MILESTONES,
    ONCE,
    VERSION,
    align,
    differs,
    get_blank,
    read_columns,
    to_frame,
)
from .cartera_facts import EVIDENCE_QUERIES, Scope

#: What is known of an account itself.
ACCOUNT = {"name": "text", "user_id": "int", "active": "bool"}


class Judged(NamedTuple):
    """DataFrames indexed by partner: ``stored`` rows, ``new`` ones, ``moves`` (one row a move).

    ``calibration`` (analysis.calibration): what they were judged by; ``learned``: in this very run.
    """

    stored: Any
    new: Any
    moves: Any
    calibration: Any
    learned: bool


class CarteraEngine(models.AbstractModel):
    _inherit = "cartera.engine"

    def _judge(self, scope: Scope) -> Judged:
        """Judge the accounts of a scope as of its day, today's."""
        import pandas as pd

        from ..analysis import lifecycle

        stored = self._read_stored(scope)
        facts = self._read_facts(scope, stored)
        judged, calibration, learned = self._judge_figures(scope, facts)
        as_of = pd.Timestamp(scope.as_of)
        milestones = lifecycle.judge(facts, as_of)
        moves = lifecycle.transitions(facts, milestones, as_of)
        columns = {name: facts[name].to_numpy() for name in COMPUTED if name in facts}
        columns |= {name: judged[name] for name in judged}
        columns |= {name: milestones[name] for name in milestones}
        columns |= self._get_first_touch(facts)
        new = to_frame({name: columns[name] for name in (*COMPUTED, *ONCE)}, facts.index)
        return Judged(stored, new, moves, calibration, learned)

    def _judge_figures(self, scope: Scope, facts):
        """Return (judgement with the priority, calibration, whether it was learned now)."""
        from ..analysis import judgement, priority_judgement

        company = self.env["res.company"].browse(scope.company_id)
        policy = self.env["cartera.policy"]._for(company)
        limits = policy._get_limits()
        calibration, learned = self._get_calibration(scope, facts, policy, limits)
        judged = judgement.judge(facts, calibration, limits, scope.as_of)
        turns = priority_judgement.judge(facts, judged, calibration, limits, scope.as_of)
        return judged.join(turns), calibration, learned

    def _get_calibration(self, scope: Scope, facts, policy, limits):
        """Return what to judge by: learned from these facts if they are all and it is time to."""
        from ..analysis.calibration import Calibration, calibrate, complete

        last = self.env["cartera.calibration"]._get_last(scope.company_id, scope.as_of)
        if scope.partner_ids is None and policy._is_recalibration_due(last, scope.as_of):
            return calibrate(facts, limits, scope.as_of), True
        known = last._to_calibration() if last else Calibration()
        if scope.partner_ids is None:
            known = complete(known, facts, limits, scope.as_of)
        return known, False

    @staticmethod
    def _get_first_touch(facts) -> dict:
        """Return the origin of each account: kept, or that of its first lead."""
        untouched = facts[[f"kept_{name}" for name in FIRST_TOUCH]].isna().all(axis=1).to_numpy()
        columns = {
            name: facts[name].where(untouched, facts[f"kept_{name}"]) for name in FIRST_TOUCH
        }
        kept = facts["kept_first_contact_date"]
        return {"first_contact_date": kept.fillna(facts["first_lead_date"]), **columns}

    # ------------------------------------------------------------------
    # Read
    # ------------------------------------------------------------------

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
        query = SQL(
            "SELECT partner_id, %s FROM cartera_profile"
            " WHERE company_id = %s AND excluded IS NOT TRUE AND %s ORDER BY partner_id",
            SQL(", ").join(columns),
            scope.company_id,
            scope.accounts(SQL("partner_id")),
        )
        ids, arrays = read_columns(self.env.cr, query, kinds, scope.partner_ids is None)
        return to_frame(arrays, ids)

    def _read_facts(self, scope: Scope, stored):
        """Return one row per account of the scope: evidence, names, and what is stored."""
        import numpy as np

        reader = self.env["cartera.facts"]
        in_bulk = scope.partner_ids is None
        found, evidence = {}, [stored.index.to_numpy()]
        for name, (query, kinds) in reader._get_fact_queries(scope).items():
            ids, arrays = read_columns(self.env.cr, query, kinds, in_bulk)
            found[name] = ids, arrays, kinds
            if proof := EVIDENCE_QUERIES.get(name):
                evidence.append(ids[~np.isnan(arrays[proof])])
        candidates = np.unique(np.concatenate(evidence))
        query = reader._query_accounts(candidates.tolist(), scope)
        accounts, columns = read_columns(self.env.cr, query, ACCOUNT, in_bulk)
        for ids, arrays, kinds in found.values():
            columns |= align(ids, arrays, kinds, accounts)
        columns |= self._align_stored(stored, accounts, columns)
        self._complete(columns)
        return to_frame(columns, accounts)

    @staticmethod
    def _align_stored(stored, accounts, columns) -> dict:
        """Return what is stored and no fact, ``kept_`` in front of what is filled once."""
        kinds = {**MILESTONES, **ONCE, **ENTERED}
        names = {name: f"kept_{name}" if name in ONCE else name for name in kinds}
        wanted = {name: kind for name, kind in kinds.items() if names[name] not in columns}
        arrays = {name: stored[name].to_numpy() for name in wanted}
        aligned = align(stored.index.to_numpy(), arrays, wanted, accounts)
        return {names[name]: values for name, values in aligned.items()}

    def _complete(self, columns):
        """Add, in place, what follows from several facts: opening data, zeros."""
        import numpy as np

        first, last = columns["first_purchase_day"], columns["last_purchase_day"]
        opening = columns["opening_client_date"], columns["opening_last_purchase_date"]
        columns["first_purchase_date"] = np.fmin(first, opening[0])
        until = np.fmax(last, np.fmax(*opening))
        columns["last_purchase_date"] = until
        before = columns["previous_purchase_day"]
        for days in (last, *opening):
            before = np.fmax(before, np.where(days < until, days, np.datetime64("NaT", "s")))
        columns["previous_purchase_date"] = before
        for name in COUNTS:
            columns[name] = np.nan_to_num(columns[name])
        has_documents = ~np.isnan(columns["revenue_total"])
        for name in ("receivable", "overdue"):
            missing = has_documents & np.isnan(columns[name])
            columns[name] = np.where(missing, 0.0, columns[name])

    # ------------------------------------------------------------------
    # Compare
    # ------------------------------------------------------------------

    @staticmethod
    def _get_changed(stored, new):
        """Return the rows of ``new`` that differ from ``stored`` or are not there."""
        import numpy as np

        kinds = {**COMPUTED, **ONCE}
        place = stored.index.get_indexer(new.index)
        known = place >= 0
        changed = ~known
        versions = get_blank("text", len(new))
        versions[known] = stored["version"].to_numpy()[place[known]]
        for name, kind in kinds.items():
            old = stored[name].to_numpy()[place[known]]
            changed[np.flatnonzero(known)] |= differs(old, new[name].to_numpy()[known], kind)
        return new.assign(version=versions)[changed]
