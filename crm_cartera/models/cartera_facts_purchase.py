"""Purchases and revenue: what the customer documents say."""

from odoo import models
from odoo.tools import SQL

from .account_move import SALE_TYPES
from .cartera_facts import PURCHASE_TYPES, Scope


class CarteraFacts(models.AbstractModel):
    _inherit = "cartera.facts"

    def _get_purchase_queries(self, scope: Scope) -> dict[str, tuple[SQL, dict[str, str]]]:
        return {
            "purchases": (
                self._query_purchases(scope),
                {
                    "first_purchase_id": "int",
                    "first_purchase_day": "date",
                    "last_purchase_day": "date",
                    "previous_purchase_day": "date",
                    "purchase_count": "int",
                    "purchase_count_12m": "int",
                    "refund_count": "int",
                    "revenue_12m": "number",
                    "revenue_prev_12m": "number",
                    "revenue_total": "number",
                    "rhythm_own": "number",
                },
            ),
        }

    def _sql_document(self, scope: Scope, each=False) -> SQL:
        """Return SELECT (id, partner_id, day, amount, refund, purchase) of the customer documents.

        Posted invoices, receipts and refunds of the company and its branches, dated up to ``as_of``.
        ``amount``: untaxed, company currency, refunds negative. ``purchase`` is the one definition of
        a purchase (design.md section 6): invoice or receipt, untaxed above zero, not wholly reversed.
        A refund in another currency is compared at the invoice's own rate. ``each``: as for
        :meth:`_sql_reversed`.
        """
        return SQL(
            """SELECT m.id, m.commercial_partner_id AS partner_id, m.invoice_date AS day,
                      m.amount_untaxed_signed AS amount, m.move_type = 'out_refund' AS refund,
                      m.move_type IN %(purchase_types)s AND m.amount_untaxed_signed > 0
                      AND COALESCE(r.amount, 0) < m.amount_untaxed AS purchase
                 FROM account_move m
            LEFT JOIN %(reversed)s
                WHERE m.state = 'posted' AND m.move_type IN %(types)s
                  AND m.company_id = ANY(%(companies)s)
                  AND m.invoice_date <= %(as_of)s AND m.commercial_partner_id IS NOT NULL
                  AND %(accounts)s""",
            reversed=self._sql_reversed(scope, each),
            purchase_types=PURCHASE_TYPES,
            types=SALE_TYPES,
            companies=scope.branch_ids,
            as_of=scope.as_of,
            accounts=scope.accounts(SQL("m.commercial_partner_id")),
        )

    def _sql_reversed(self, scope: Scope, each=False) -> SQL:
        """Return what refunds took back of documents ``m``, as ``r (amount)`` to join them with.

        In the currency of each document. Of a few accounts, or if the caller reads few documents (``each``),
        it is asked document by document: the planner takes walking through all refunds for cheaper than it
        is.
        """
        amount = SQL(
            """SUM(CASE WHEN f.currency_id = o.currency_id THEN f.amount_untaxed
                        ELSE -f.amount_untaxed_signed * o.amount_untaxed
                             / NULLIF(o.amount_untaxed_signed, 0) END) AS amount"""
        )
        refund = SQL(
            "f.state = 'posted' AND f.move_type = 'out_refund' AND f.invoice_date <= %s",
            scope.as_of,
        )
        if each or scope.partner_ids is not None:
            return SQL(
                """LATERAL (SELECT %s FROM account_move f, (SELECT m.*) o
                             WHERE f.reversed_entry_id = m.id AND %s) r ON TRUE""",
                amount,
                refund,
            )
        return SQL(
            """(SELECT o.id AS move_id, %(amount)s
                  FROM account_move f JOIN account_move o ON o.id = f.reversed_entry_id
                 WHERE %(refund)s AND o.state = 'posted' AND o.move_type IN %(types)s
                   AND o.company_id = ANY(%(companies)s)
              GROUP BY o.id) r ON r.move_id = m.id""",
            amount=amount,
            refund=refund,
            types=SALE_TYPES,
            companies=scope.branch_ids,
        )

    def _query_purchases(self, scope: Scope) -> SQL:
        """Purchases, revenue and rhythm of each account, from its documents day by day.

        First document: equal dates, the lowest id. Rhythm: median of the days between purchase days,
        from ``rhythm_min_days`` of them on.
        """
        return SQL(
            """WITH document AS (%(document)s),
                    by_day AS (
                   SELECT partner_id, day, COUNT(*) FILTER (WHERE purchase) AS purchases,
                          COUNT(*) FILTER (WHERE refund) AS refunds, SUM(amount) AS amount,
                          MIN(id) FILTER (WHERE purchase) AS first_id
                     FROM document GROUP BY partner_id, day),
                    paced AS (
                   SELECT *, purchases > 0 AS bought,
                          CASE WHEN purchases > 0 THEN LAG(day) OVER (
                               PARTITION BY partner_id, purchases > 0 ORDER BY day) END AS before
                     FROM by_day)
               SELECT partner_id, (array_agg(first_id ORDER BY day) FILTER (WHERE bought))[1],
                      MIN(day) FILTER (WHERE bought), MAX(day) FILTER (WHERE bought), MAX(before),
                      SUM(purchases),
                      COALESCE(SUM(purchases) FILTER (WHERE day > %(window)s), 0),
                      SUM(refunds),
                      COALESCE(SUM(amount) FILTER (WHERE day > %(window)s), 0),
                      COALESCE(SUM(amount) FILTER (
                          WHERE day > %(previous)s AND day <= %(window)s), 0),
                      SUM(amount),
                      CASE WHEN COUNT(*) FILTER (WHERE bought) >= %(days)s
                           THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY (day - before)::float)
                           END
                 FROM paced GROUP BY partner_id""",
            document=self._sql_document(scope),
            window=scope.window_start,
            previous=scope.previous_start,
            days=scope.rhythm_min_days,
        )
