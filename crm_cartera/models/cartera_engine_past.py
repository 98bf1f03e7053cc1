"""Runs for a past day: the same judgement of the documents up to then, written as snapshots."""

import logging
import time
from dataclasses import replace

import psycopg2

from odoo import models
from odoo.tools import SQL

from .cartera_columns import FIGURES, MILESTONES, get_blank, to_frame
from .cartera_engine import TRANSIENT
from .cartera_facts import Scope

_logger = logging.getLogger(__name__)

#: Entries that hold from a day on.
DATED_ENTRIES = ("manual_lead_date", "opening_client_date", "opening_last_purchase_date")
SNAPSHOT = {"lifecycle": "text", **FIGURES}
#: How often the rows are written when users delete or merge accounts meanwhile.
ATTEMPTS = 3


class CarteraEngine(models.AbstractModel):
    _inherit = "cartera.engine"

    def _run_as_of(self, company, as_of, partners=None) -> dict[str, int]:
        """Write the snapshots of a past day on this cursor; profiles stay as they are.

        ``partners``: ids of accounts, None for all. Returns ``accounts`` and ``changed``: the rows
        written. Cut points are those of that day: learned by a full run, whatever the policy says,
        else by the one of that very day, else learned for the occasion.
        """
        self.env.flush_all()
        scope = self.env["cartera.facts"]._get_scope(company, as_of, partners)
        if scope.as_of > self.env["cartera.policy"]._for(company)._today():
            raise ValueError(f"{as_of} is in the future")
        figures, calibration = self._judge_past(scope)
        counts = {"accounts": len(figures), "changed": self._write_snapshots(scope, figures)}
        if partners is None:
            run = self.env["cartera.calibration"]._start(scope, is_past=True)
            run._finish(calibration, True, counts)
        return counts

    def _run_past(self, company, as_of) -> dict[str, int]:
        """Write the snapshots of a past day in transactions of its own; see :meth:`_run_as_of`.

        The rows and the record of the run come in one transaction: a month end is there or it is not.
        """
        started = time.monotonic()
        with self._noted(company, as_of) as (scope, run):
            with self._snapshot_environment() as env:
                figures, calibration = env["cartera.engine"]._judge_past(scope)
            left = ATTEMPTS
            while True:
                try:
                    return self._keep_past(scope, run, figures, calibration, started)
                except (*TRANSIENT, psycopg2.IntegrityError):
                    left -= 1
                    if not left:
                        raise
                    _logger.info("Snapshots of %s are tried again", as_of, exc_info=True)

    def _keep_past(self, scope: Scope, run: int, figures, calibration, started) -> dict[str, int]:
        with self._own_environment() as env:
            changed = env["cartera.engine"]._write_snapshots(scope, figures)
            counts = {"accounts": len(figures), "changed": changed}
            seconds = time.monotonic() - started
            record = env["cartera.calibration"].browse(run)
            record._finish(calibration, True, {**counts, "seconds": seconds})
        return counts

    def _judge_past(self, scope: Scope):
        """Return (figures of the accounts that were in the portfolio then, calibration)."""
        import pandas as pd

        from ..analysis import judgement, lifecycle
        from ..analysis.calibration import calibrate

        policy = self.env["cartera.policy"]._for(self.env["res.company"].browse(scope.company_id))
        limits = policy._get_limits()
        calibration = None
        if scope.partner_ids is not None:
            calibration = self._get_calibration_of(scope)
        whole = scope if calibration else replace(scope, partner_ids=None)
        facts = self._read_past(whole)
        calibration = calibration or calibrate(facts, limits, scope.as_of)
        if scope.partner_ids is not None:
            facts = facts[facts.index.isin(scope.partner_ids)]
        figures = judgement.judge(facts, calibration, limits, scope.as_of)
        milestones = lifecycle.judge(facts, pd.Timestamp(scope.as_of))
        columns = {name: facts[name] for name in FIGURES if name in facts}
        columns |= {name: figures[name] for name in figures}
        columns["lifecycle"] = milestones["lifecycle"]
        frame = to_frame({name: columns[name] for name in SNAPSHOT}, facts.index)
        return frame, calibration

    def _get_calibration_of(self, scope: Scope):
        """Return what the snapshots of the day were judged by, None if there are none."""
        run = self.env["cartera.calibration"]._get_of_past(scope.company_id, scope.as_of)
        return run._to_calibration() if run else None

    def _read_past(self, scope: Scope):
        """Return the facts of a past day, without what was entered or came in later."""
        import numpy as np

        stored = self._read_stored(scope)
        as_of = np.datetime64(scope.as_of, "s")
        for name in (*DATED_ENTRIES, "prospect_date"):
            days = stored[name].to_numpy()
            stored[name] = np.where(days <= as_of, days, np.datetime64("NaT", "s"))
        for name, kind in MILESTONES.items():
            if name != "prospect_date":
                stored[name] = get_blank(kind, len(stored))
        stored["lifecycle_locked"] = False
        facts = self._read_facts(scope, stored)
        known = ("first_lead_date", "last_purchase_date", "manual_lead_date", "prospect_date")
        return facts[facts[list(known)].notna().any(axis=1)]

    def _write_snapshots(self, scope: Scope, figures) -> int:
        """Replace the snapshots of a day; return the number of rows written."""
        cr = self.env.cr
        cr.execute(
            SQL(
                """DELETE FROM cartera_snapshot s USING cartera_profile p
                    WHERE p.id = s.profile_id AND s.company_id = %s AND s.date = %s AND %s""",
                scope.company_id,
                scope.as_of,
                scope.accounts(SQL("p.partner_id")),
            )
        )
        self._copy_to_temp("cartera_past", SNAPSHOT, figures)
        cr.execute(
            SQL(
                """INSERT INTO cartera_snapshot (profile_id, partner_id, company_id, date, %s)
                   SELECT p.id, p.partner_id, p.company_id, %s, %s
                     FROM cartera_past c JOIN cartera_profile p USING (partner_id)
                    WHERE p.company_id = %s
                 ORDER BY p.id""",
                SQL(", ").join(SQL.identifier(name) for name in SNAPSHOT),
                scope.as_of,
                SQL(", ").join(SQL("c.%s", SQL.identifier(name)) for name in SNAPSHOT),
                scope.company_id,
            )
        )
        written = cr.rowcount
        cr.execute("DROP TABLE cartera_past")
        self.env["cartera.snapshot"].invalidate_model()
        return written
