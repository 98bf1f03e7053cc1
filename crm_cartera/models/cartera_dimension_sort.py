"""Sorting: which accounts are in which segments, in one statement for all dimensions of a company.

``cartera_profile.segment_key`` repeats an account's rows of ``cartera_profile_segment_rel`` as an
array, so that finding the accounts that move reads one table. Whoever writes one writes the other.
"""

import logging
from typing import NamedTuple

import psycopg2

from odoo import models
from odoo.tools import SQL, split_every

from .cartera_engine_full import BATCH

_logger = logging.getLogger(__name__)

#: What a rule that the ORM took may still be refused for by the database.
RULE_ERRORS = (psycopg2.DataError, psycopg2.ProgrammingError)


class Due(NamedTuple):
    """An account whose segments differ, and the array of those it belongs to as text.

    ``version`` changes when somebody writes its row.
    """

    id: int
    partner_id: int
    version: str
    segments: str


class CarteraDimension(models.Model):
    _inherit = "cartera.dimension"

    def _sort(self, company, partners=None) -> tuple[int, set[int]]:
        """Put the accounts of a root company into their segments, on this cursor; commit nothing.

        ``partners``: ids of accounts, None for all. Returns how many accounts moved, and the partners
        left alone because somebody holds their row or has written it since.
        """
        self.env["cartera.segment"].flush_model()
        self.flush_model()
        # Before anything else is read: a rule that changes from now on makes these stale.
        cuts = self._read_cuts(company)
        moved, skipped = 0, set()
        for due in split_every(BATCH, self._get_due(company, cuts, partners), list):
            count, busy = self._move(company, due, self._get_kinds(company, cuts))
            moved, skipped = moved + count, skipped | busy
        if partners is None:
            self._note_sorted(company, cuts)
        return moved, skipped

    def _get_due(self, company, cuts, partners=None) -> list[Due]:
        """Return the accounts that are in other segments than their rules say."""
        try:
            return self._select_due(company, cuts, partners)
        except RULE_ERRORS:
            _logger.exception("One of the rules of company %s cannot be used", company.id)
        broken = self._find_broken(company, cuts, partners)
        return self._select_due(company, cuts, partners, broken)

    def _select_due(self, company, cuts, partners, broken=()) -> list[Due]:
        query, segments = self._get_sort_query(company, cuts, partners, broken)
        select = SQL(
            """SELECT id, partner_id, version, segments::text
                 FROM (%s) f (id, partner_id, version, stored, segments)
                WHERE stored IS DISTINCT FROM segments ORDER BY id""",
            query.select(
                SQL.identifier("cartera_profile", "id"),
                SQL.identifier("cartera_profile", "partner_id"),
                SQL("%s::text", SQL.identifier("cartera_profile", "xmin")),
                SQL("COALESCE(%s, '{}')", SQL.identifier("cartera_profile", "segment_key")),
                segments,
            ),
        )
        with self.env.cr.savepoint(flush=False):
            self.env.flush_query(select)
            self.env.cr.execute(select, log_exceptions=False)
            return [Due(*row) for row in self.env.cr.fetchall()]

    def _find_broken(self, company, cuts, partners) -> set[int]:
        """Return the segments whose rule the database refuses, alone with the same accounts."""
        broken = set()
        for cut in cuts:
            for rule in cut.rules:
                alone = [cut._replace(rules=(rule,))]
                try:
                    self._select_due(company, alone, partners)
                except RULE_ERRORS:
                    _logger.warning("The rule of segment %s cannot be used", rule.segment)
                    broken.add(rule.segment)
        return broken

    def _get_kinds(self, company, cuts) -> dict[int, str]:
        """Return {dimension: why accounts move now}, without those of which it is the account itself.

        Margins that the history of costs fills after an installation are no doing of an account.
        """
        ready = self.env["cartera.policy"]._for(company).margin_ready
        kinds = {}
        for cut in cuts:
            if cut.first or (cut.margin and not ready):
                kinds[cut.dimension] = "entered"
            elif cut.stale:
                kinds[cut.dimension] = "rule"
        return kinds

    # ------------------------------------------------------------------
    # Write
    # ------------------------------------------------------------------

    def _move(self, company, due: list[Due], kinds) -> tuple[int, set[int]]:
        """Write the segments of accounts and their moves; return as :meth:`_sort` does."""
        if not due:
            return 0, set()
        self.env.cr.execute(self._get_move_query(company, due, kinds))
        moved = {profile for (profile,) in self.env.cr.fetchall()}
        self.env["cartera.profile"].invalidate_model(["segment_ids"])
        self.env["cartera.segment.move"].invalidate_model()
        return len(moved), {row.partner_id for row in due if row.id not in moved}

    def _get_move_query(self, company, due, kinds) -> SQL:
        ids, _partners, versions, segments = map(list, zip(*due, strict=True))
        return SQL(
            """WITH due AS (
                   SELECT id, version, segments::int4[] AS new
                     FROM unnest(%(ids)s::int4[], %(versions)s::text[], %(segments)s::text[])
                       AS due (id, version, segments)),
               free AS (
                   SELECT p.id, p.segment_key AS old, due.new
                     FROM cartera_profile p JOIN due ON due.id = p.id AND due.version = p.xmin::text
                    WHERE p.id = ANY(%(ids)s) FOR NO KEY UPDATE OF p SKIP LOCKED),
               done AS (
                   UPDATE cartera_profile p SET segment_key = free.new
                     FROM free WHERE free.id = p.id AND p.id = ANY(%(ids)s)
                RETURNING p.id),
               old AS (
                   SELECT free.id, s.dimension_id, s.id AS segment
                     FROM free CROSS JOIN LATERAL unnest(free.old) AS o (segment)
                     JOIN cartera_segment s ON s.id = o.segment),
               new AS (
                   SELECT free.id, s.dimension_id, s.id AS segment
                     FROM free CROSS JOIN LATERAL unnest(free.new) AS n (segment)
                     JOIN cartera_segment s ON s.id = n.segment),
               diff AS (
                   SELECT id, dimension_id, old.segment AS old, new.segment AS new
                     FROM old FULL JOIN new USING (id, dimension_id)
                    WHERE old.segment IS DISTINCT FROM new.segment),
               -- By the place of each row: the planner would read all of the table for some thousands.
               gone AS (
                   DELETE FROM cartera_profile_segment_rel WHERE ctid = ANY(ARRAY(
                          SELECT r.ctid FROM diff CROSS JOIN LATERAL (
                                 SELECT ctid FROM cartera_profile_segment_rel
                                  WHERE profile_id = diff.id AND segment_id = diff.old OFFSET 0) r))),
               came AS (
                   INSERT INTO cartera_profile_segment_rel (profile_id, segment_id)
                   SELECT id, new FROM diff WHERE new IS NOT NULL ON CONFLICT DO NOTHING),
               noted AS (
                   INSERT INTO cartera_segment_move (%(columns)s)
                   SELECT %(values)s
                     FROM diff LEFT JOIN unnest(%(dimensions)s::int4[], %(kinds)s::text[])
                                      AS why (dimension_id, kind) USING (dimension_id)
                     LEFT JOIN cartera_dimension d ON d.id = diff.dimension_id
                 ORDER BY diff.id, diff.dimension_id)
               SELECT id FROM done""",
            ids=ids,
            versions=versions,
            segments=segments,
            dimensions=list(kinds),
            kinds=list(kinds.values()),
            **self._get_move_columns(company),
        )

    def _get_move_columns(self, company) -> dict[str, SQL]:
        values = self._prepare_move_vals(company)
        return {
            "columns": SQL(", ").join(SQL.identifier(name) for name in values),
            "values": SQL(", ").join(values.values()),
        }

    def _prepare_move_vals(self, company) -> dict[str, SQL]:
        """Return {column of cartera.segment.move: SQL}; ``diff`` is the move, ``d`` its dimension.

        Accounts leave a dimension that is not used any more because of what somebody did to it.
        """
        today = self.env["cartera.policy"]._for(company)._today()
        return {
            "profile_id": SQL("diff.id"),
            "company_id": SQL("%s", company.id),
            "dimension_id": SQL("diff.dimension_id"),
            "from_segment_id": SQL("diff.old"),
            "segment_id": SQL("diff.new"),
            "date": SQL("%s::date", today),
            "kind": SQL(
                "CASE WHEN %s THEN COALESCE(why.kind, 'account') ELSE 'rule' END",
                self._sql_used(company),
            ),
        }
