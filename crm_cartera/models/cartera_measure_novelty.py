"""Measures of what is new: products and origins that began to sell within a year."""

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .account_move import SALE_TYPES
from .cartera_facts import PURCHASE_TYPES
from .cartera_measure import Measure, Span


class CarteraMeasure(models.AbstractModel):
    _inherit = "cartera.measure"

    @api.model
    def _get_measures(self):
        return {
            **super()._get_measures(),
            "new_product_share": Measure("percent", "ratio"),
            "new_origin_revenue": Measure("money", "flow"),
        }

    @api.model
    def _get_measure_names(self):
        return {
            **super()._get_measure_names(),
            "new_product_share": self.env._("Share of new products"),
            "new_origin_revenue": self.env._("Revenue from new origins"),
        }

    @api.model
    def _get_novelty(self, span: Span):
        """Return the day after which what is new began: twelve months before the day of the measure."""
        return span.as_of - relativedelta(months=12)

    @api.model
    def _measure_new_product_share(self, span: Span) -> SQL:
        """Revenue from products first sold within 12 months / revenue of all lines with a product."""
        return SQL(
            """WITH line AS MATERIALIZED (
                   SELECT p.id AS profile_id, l.product_id, SUM(-l.balance) AS amount
                     FROM account_move m
                     JOIN account_move_line l ON l.move_id = m.id
                     JOIN cartera_profile p ON p.partner_id = m.commercial_partner_id
                      AND p.company_id = %(company)s
                    WHERE m.state = 'posted' AND m.move_type IN %(types)s
                      AND m.company_id = ANY(%(companies)s)
                      AND m.invoice_date BETWEEN %(start)s AND %(as_of)s
                      AND l.display_type = 'product' AND l.product_id IS NOT NULL
                 GROUP BY p.id, l.product_id),
                    old AS MATERIALIZED (
                   SELECT s.product_id FROM (SELECT DISTINCT product_id FROM line) s
                    WHERE EXISTS (
                          SELECT FROM account_move_line e JOIN account_move m ON m.id = e.move_id
                           WHERE e.product_id = s.product_id AND e.display_type = 'product'
                             AND e.parent_state = 'posted' AND m.move_type IN %(purchases)s
                             AND m.company_id = ANY(%(companies)s)
                             AND m.invoice_date <= %(novelty)s))
               SELECT l.profile_id, NULL::int AS user_id,
                      COALESCE(SUM(l.amount) FILTER (WHERE o.product_id IS NULL), 0) AS numerator,
                      SUM(l.amount) AS denominator
                 FROM line l LEFT JOIN old o ON o.product_id = l.product_id
             GROUP BY l.profile_id""",
            company=span.company_id,
            companies=span.branch_ids,
            types=SALE_TYPES,
            purchases=PURCHASE_TYPES,
            start=span.start,
            as_of=span.as_of,
            novelty=self._get_novelty(span),
        )

    @api.model
    def _records_new_product_share(self, span: Span, population: Domain):
        return self._get_documents(population, span.start, span.as_of)

    @api.model
    def _sql_new_origin(self, span: Span) -> SQL:
        """Return SELECT (id) of the sources whose first counted lead came within twelve months."""
        facts = self.env["cartera.facts"]
        return SQL(
            """SELECT l.source_id AS id
                 FROM crm_lead l JOIN res_partner p ON p.id = l.partner_id
                WHERE l.source_id IS NOT NULL AND %(counted)s AND %(day)s <= %(as_of)s
             GROUP BY l.source_id HAVING MIN(%(day)s) > %(novelty)s""",
            counted=facts._sql_counted_lead(span.facts),
            day=span.facts.day(SQL("COALESCE(l.cartera_first_date, l.create_date)")),
            as_of=span.as_of,
            novelty=self._get_novelty(span),
        )

    @api.model
    def _measure_new_origin_revenue(self, span: Span) -> SQL:
        """Revenue of the period of accounts whose first lead came by an origin that is new."""
        return self._sql_parts(
            SQL("SUM(amount)"),
            SQL("NULL::numeric"),
            SQL(
                """SELECT d.* FROM (%s) d JOIN cartera_profile x ON x.id = d.profile_id
                    WHERE x.first_source_id IN (%s)""",
                self._sql_documents(span, span.start),
                self._sql_new_origin(span),
            ),
        )

    @api.model
    def _records_new_origin_revenue(self, span: Span, population: Domain):
        self.env.flush_all()
        rows = self.env.execute_query(self._sql_new_origin(span))
        origins = Domain("first_source_id", "in", [row[0] for row in rows])
        return self._get_documents(population & origins, span.start, span.as_of)
