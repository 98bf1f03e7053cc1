"""Financial and customer: what the lines of a period earn, and what comes from new products."""

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .cartera_facts import PURCHASE_TYPES
from .cartera_measure import Measure

#: Months in which a product or an origin is new.
NEW_MONTHS = 12


class CarteraMeasure(models.AbstractModel):
    """Lines are those of the facts: product lines of the documents, refunds negative."""

    _inherit = "cartera.measure"

    def _get_measures(self):
        return {
            **super()._get_measures(),
            "gross_margin_rate": Measure(unit="percent", form="ratio", margin=True),
            "new_product_share": Measure(unit="percent", form="ratio"),
        }

    @api.model
    def _get_new_since(self, span):
        """Return the day after which something was first used to be new."""
        return span.as_of - relativedelta(months=NEW_MONTHS)

    @api.model
    def _sql_period_lines(self, span) -> SQL:
        """Return SELECT of the product lines of the period: ``_sql_costed_line`` of the facts."""
        return self.env["cartera.facts"]._sql_costed_line(
            SQL(
                """m.company_id = ANY(%s) AND m.invoice_date >= %s AND m.invoice_date <= %s
                   AND m.commercial_partner_id IS NOT NULL""",
                span.branch_ids,
                span.start,
                span.as_of,
            ),
            accept_zero=SQL("%s", span.facts.accept_zero_cost),
        )

    # ------------------------------------------------------------------
    # Margin
    # ------------------------------------------------------------------

    def _measure_gross_margin_rate(self, span) -> SQL:
        """Margin / revenue of the lines of the period whose cost is known.

        Margin: revenue less cost at the time of invoicing; lines of unknown cost are in neither. None: the
        revenue of such lines is not above zero. It may be negative.
        """
        return SQL(
            """SELECT p.id AS profile_id, NULL::int AS user_id,
                      SUM(f.revenue - f.cost) AS numerator, SUM(f.revenue) AS denominator
                 %s WHERE f.cost IS NOT NULL GROUP BY p.id""",
            self._sql_of_accounts(span, self._sql_period_lines(span)),
        )

    def _records_gross_margin_rate(self, span, population):
        """Return the documents of the period."""
        return self._get_documents(span, population)

    # ------------------------------------------------------------------
    # New products
    # ------------------------------------------------------------------

    def _measure_new_product_share(self, span) -> SQL:
        """Revenue of the period from products first sold within 12 months / of all product lines.

        First sold: the earliest date of a posted invoice or receipt of the company with the product, up to
        12 months before the end of the period (today, if it is running). Lines without a product count in
        the whole only. None: the revenue of the lines is not above zero.
        """
        return SQL(
            """SELECT p.id AS profile_id, NULL::int AS user_id,
                      COALESCE(SUM(f.revenue) FILTER (WHERE f.is_new), 0) AS numerator,
                      SUM(f.revenue) AS denominator %s GROUP BY p.id""",
            self._sql_of_accounts(span, self._sql_sold_lines(span)),
        )

    @api.model
    def _sql_sold_lines(self, span) -> SQL:
        """Return SELECT (partner_id, move_id, revenue, is_new) of the product lines of the period.

        Whether a product is new is asked of each that was sold, by itself: the first old sale that is found
        is enough, rather than the first sale of each from all lines ever posted.
        """
        return SQL(
            """WITH sold AS MATERIALIZED (
                   SELECT f.partner_id, f.move_id, f.product_id, f.revenue FROM (%(line)s) f),
                    known AS MATERIALIZED (
                   SELECT r.product_id,
                          (SELECT TRUE FROM account_move_line l JOIN account_move m ON m.id = l.move_id
                            WHERE l.product_id = r.product_id AND l.display_type = 'product'
                              AND m.state = 'posted' AND m.move_type IN %(types)s
                              AND m.company_id = ANY(%(companies)s)
                              AND m.commercial_partner_id IS NOT NULL
                              AND m.invoice_date <= %(since)s LIMIT 1) IS NULL AS is_new
                     FROM (SELECT DISTINCT product_id FROM sold) r WHERE r.product_id IS NOT NULL)
               SELECT s.partner_id, s.move_id, s.revenue, COALESCE(k.is_new, FALSE) AS is_new
                 FROM sold s LEFT JOIN known k ON k.product_id = s.product_id""",
            line=self._sql_period_lines(span),
            types=PURCHASE_TYPES,
            companies=span.branch_ids,
            since=self._get_new_since(span),
        )

    def _records_new_product_share(self, span, population):
        """Return the documents of the period with new products."""
        model, domain = self._get_documents(span, population)
        lines = self._sql_sold_lines(span)
        query = SQL("SELECT DISTINCT f.move_id FROM (%s) f WHERE f.is_new", lines)
        sold = domain & Domain("id", "in", self._get_ids(query))
        return model, domain & self._get_visible(model, sold)
