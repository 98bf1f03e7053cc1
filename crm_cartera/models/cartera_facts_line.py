"""What the accounts buy: categories and margin, from the lines of their documents."""

from odoo import models
from odoo.tools import SQL

from .cartera_facts import Scope


class CarteraFacts(models.AbstractModel):
    _inherit = "cartera.facts"

    def _get_line_queries(self, scope: Scope) -> dict[str, tuple[SQL, dict[str, str]]]:
        return {
            "lines": (
                self._query_lines(scope),
                {
                    "top_categ_id": "int",
                    "categ_count": "int",
                    "margin_12m": "number",
                    "costed_revenue_12m": "number",
                    "line_base_12m": "number",
                    "costed_base_12m": "number",
                    "frozen_base_12m": "number",
                },
            ),
        }

    def _query_lines(self, scope: Scope) -> SQL:
        """Top category, breadth and margin of each account in the window.

        The bases are amounts without their sign, so that a refund does not hide what is covered.
        """
        return SQL(
            """WITH categ AS (
                   SELECT partner_id, categ_id, SUM(revenue) AS revenue,
                          SUM(revenue) FILTER (WHERE cost IS NOT NULL) AS costed,
                          SUM(cost) AS cost, SUM(ABS(revenue)) AS base,
                          SUM(ABS(revenue)) FILTER (WHERE cost IS NOT NULL) AS costed_base,
                          SUM(ABS(revenue)) FILTER (
                              WHERE cost IS NOT NULL AND NOT estimated) AS frozen_base
                     FROM (%(line)s) line GROUP BY partner_id, categ_id)
               SELECT partner_id,
                      (array_agg(categ_id ORDER BY revenue DESC, categ_id)
                         FILTER (WHERE revenue > 0 AND categ_id IS NOT NULL))[1],
                      COUNT(categ_id) FILTER (WHERE revenue > 0),
                      SUM(costed) - SUM(cost), SUM(costed), SUM(base), SUM(costed_base),
                      CASE WHEN SUM(costed_base) IS NOT NULL
                           THEN COALESCE(SUM(frozen_base), 0) END
                 FROM categ GROUP BY partner_id""",
            line=self._sql_margin_line(scope),
        )
