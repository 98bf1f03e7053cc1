"""First rule that matches: one statement for all accounts of a company."""

import logging

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.query import Query

_logger = logging.getLogger(__name__)


class CarteraStage(models.Model):
    _inherit = "cartera.stage"

    def _match(self, company, partners=None) -> int:
        """Give accounts the stage their rules say; return how many moved.

        ``partners``: list of partner ids, None for all accounts of the company. An account moves when
        its match or its lifecycle changes, so that a stage set by hand stays until then.
        """
        query, match = self._get_match_query(company, partners)
        rows = self.env.execute_query(
            SQL(
                """WITH found AS (%(select)s),
                        free AS (SELECT p.id FROM cartera_profile p JOIN found f ON f.id = p.id
                                   JOIN cartera_stage s ON s.id = p.stage_id
                                  WHERE p.stage_auto_id IS DISTINCT FROM f.stage
                                     OR s.lifecycle <> p.lifecycle
                                    FOR NO KEY UPDATE OF p SKIP LOCKED)
                   UPDATE cartera_profile p
                      SET stage_auto_id = f.stage,
                          stage_id = CASE WHEN s.lifecycle = p.lifecycle
                                           AND (p.stage_auto_id IS NULL OR p.stage_auto_id = f.stage)
                                          THEN p.stage_id ELSE f.stage END
                     FROM found f, free, cartera_stage s
                    WHERE f.id = p.id AND free.id = p.id AND s.id = p.stage_id
                RETURNING p.id""",
                select=query.select(
                    SQL.identifier("cartera_profile", "id"), SQL("%s AS stage", match)
                ),
            )
        )
        return len(rows)

    def _get_match_query(self, company, partners=None) -> tuple[Query, SQL]:
        """Return the query over the profiles and the SQL of the stage that fits each."""
        profiles = self.env["cartera.profile"].sudo().with_context(active_test=False)
        query = Query(self.env, profiles._table, profiles._table_sql)
        stages = self.sudo().search([("company_id", "in", [False, company.id])])
        whens = []
        for stage in stages:
            condition = stage._get_condition(profiles, query)
            if condition is not None:
                whens.append(SQL("WHEN %s THEN %s", condition, stage.id))
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

    @staticmethod
    def _is_lifecycle(lifecycle: str) -> SQL:
        return SQL("%s = %s", SQL.identifier("cartera_profile", "lifecycle"), lifecycle)

    def _get_condition(self, profiles, query) -> SQL | None:
        """Compile one stage's rule; None without one. A broken rule costs its own stage only."""
        try:
            domain = self._get_domain()
            if domain is None:
                return None
            sql = Domain(domain).optimize_full(profiles)._to_sql(profiles, profiles._table, query)
        except Exception:
            _logger.exception("The rule of stage %s cannot be used and is skipped", self.id)
            return None
        return SQL("%s AND (%s)", self._is_lifecycle(self.lifecycle), sql)
