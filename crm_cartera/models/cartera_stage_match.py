"""First rule that matches: one statement for all accounts of a company."""

import logging
from typing import NamedTuple

from odoo import models
from odoo.tools import SQL
from odoo.tools.query import Query

_logger = logging.getLogger(__name__)


class Due(NamedTuple):
    """An account that has to move; ``version`` changes when somebody writes its row."""

    id: int
    partner_id: int
    stage: int
    version: str


class CarteraStage(models.Model):
    _inherit = "cartera.stage"

    def _get_due(self, company, partners=None) -> list[Due]:
        """Return the accounts that stand elsewhere than their rules say.

        ``partners``: list of partner ids, None for all accounts of the company. An account moves when
        its match or its lifecycle changes, so that a stage set by hand stays until then.
        """
        query, match = self._get_match_query(company, partners)
        rows = self.env.execute_query(
            SQL(
                """SELECT p.id, p.partner_id, f.stage, p.xmin::text FROM (%(select)s) f
                     JOIN cartera_profile p ON p.id = f.id
                     JOIN cartera_stage s ON s.id = p.stage_id
                    WHERE p.stage_auto_id IS DISTINCT FROM f.stage OR s.lifecycle <> p.lifecycle
                 ORDER BY p.id""",
                select=query.select(
                    SQL.identifier("cartera_profile", "id"), SQL("%s AS stage", match)
                ),
            )
        )
        return [Due(*row) for row in rows]

    def _move(self, due: list[Due]) -> tuple[int, set[int]]:
        """Give accounts the stage their rules say.

        Returns how many moved, and the partners whose row somebody holds or has written since.
        """
        if not due:
            return 0, set()
        ids, _partners, stages, versions = map(list, zip(*due, strict=True))
        rows = self.env.execute_query(
            SQL(
                """WITH due AS (SELECT * FROM unnest(%s::int4[], %s::int4[], %s::text[])
                                           AS due (id, stage, version)),
                        free AS (SELECT p.id FROM cartera_profile p JOIN due USING (id)
                                  WHERE p.xmin::text = due.version
                                    FOR NO KEY UPDATE OF p SKIP LOCKED)
                   UPDATE cartera_profile p
                      SET stage_auto_id = due.stage,
                          stage_id = CASE WHEN s.lifecycle = p.lifecycle AND (
                                               p.stage_auto_id IS NULL OR p.stage_auto_id = due.stage)
                                          THEN p.stage_id ELSE due.stage END
                     FROM due, free, cartera_stage s
                    WHERE due.id = p.id AND free.id = p.id AND s.id = p.stage_id
                RETURNING p.id""",
                ids,
                stages,
                versions,
            )
        )
        moved = {profile for (profile,) in rows}
        return len(moved), {row.partner_id for row in due if row.id not in moved}

    def _get_match_query(self, company, partners=None) -> tuple[Query, SQL]:
        """Return the query over the profiles and the SQL of the stage that fits each."""
        profiles = self._get_neutral_profiles(company)
        query = Query(self.env, profiles._table, profiles._table_sql)
        stages = self.sudo().search([("company_id", "in", [False, company.id])])
        whens = []
        for stage in stages:
            condition = stage._get_condition(profiles, query)
            if condition is not None:
                whens += stage._get_whens(company, condition, query, stages)
        for lifecycle in dict(self._fields["lifecycle"].selection):
            first = stages.filtered(
                lambda stage, lifecycle=lifecycle: stage.lifecycle == lifecycle
            )[:1]
            whens.append(SQL("WHEN %s THEN %s", self._is_lifecycle(lifecycle), first.id))
        query.add_where(SQL("%s = %s", SQL.identifier("cartera_profile", "company_id"), company.id))
        if partners is not None:
            query.add_where(
                SQL("%s = ANY(%s)", SQL.identifier("cartera_profile", "partner_id"), list(partners))
            )
        return query, SQL("CASE %s END", SQL(" ").join(whens))

    def _get_whens(self, company, condition, query, stages) -> list[SQL]:
        """Return the branches of a stage whose rule is ``condition``.

        A closed stage takes only accounts that lack nothing; others stay where rules put them before.
        """
        if self.id not in self._get_closed(company.id):
            return [SQL("WHEN %s THEN %s", condition, self.id)]
        contact = query.left_join(
            "cartera_profile", "partner_id", "res_partner", "id", "partner_id"
        )
        wishes = self._get_wishes(company.id)[self.id]
        complete = self._sql_all_fulfilled(wishes, company, "cartera_profile", contact)
        before = SQL.identifier("cartera_profile", "stage_auto_id")
        same = stages.filtered(lambda stage: stage.lifecycle == self.lifecycle).ids
        return [
            SQL("WHEN %s AND %s THEN %s", condition, complete, self.id),
            SQL("WHEN %s AND %s = ANY(%s) THEN %s", condition, before, same, before),
        ]

    @staticmethod
    def _is_lifecycle(lifecycle: str) -> SQL:
        return SQL("%s = %s", SQL.identifier("cartera_profile", "lifecycle"), lifecycle)

    def _get_condition(self, profiles, query) -> SQL | None:
        """Compile one stage's rule; None without one. A broken rule costs its own stage only."""
        try:
            sql = super()._get_condition(profiles, query)
        except Exception:
            _logger.exception("The rule of stage %s cannot be used and is skipped", self.id)
            return None
        return None if sql is None else SQL("%s AND (%s)", self._is_lifecycle(self.lifecycle), sql)
