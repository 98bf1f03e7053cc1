"""Measures of revenue and of what is owed, from the documents of the period."""

from dataclasses import replace

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .cartera_measure import Measure, Span


class CarteraMeasure(models.AbstractModel):
    _inherit = "cartera.measure"

    @api.model
    def _get_measures(self):
        return {
            **super()._get_measures(),
            "net_revenue": Measure("money", "flow"),
            "key_segment_growth": Measure("percent", "ratio"),
            "gross_margin_rate": Measure("percent", "ratio", margin=True),
            "revenue_per_client": Measure("money", "ratio"),
            "overdue_share": Measure("percent", "ratio"),
            "top_ten_share": Measure("percent", "ratio", top=10),
        }

    @api.model
    def _get_measure_names(self):
        return {
            **super()._get_measure_names(),
            "net_revenue": self.env._("Net revenue"),
            "key_segment_growth": self.env._("Growth of key segments"),
            "gross_margin_rate": self.env._("Gross margin rate"),
            "revenue_per_client": self.env._("Revenue per client"),
            "overdue_share": self.env._("Overdue share"),
            "top_ten_share": self.env._("Share of the ten largest clients"),
        }

    # ------------------------------------------------------------------
    # Documents
    # ------------------------------------------------------------------

    @api.model
    def _sql_documents(self, span: Span, start, as_of=None) -> SQL:
        """Return SELECT (profile_id, and the columns of a document) of the days from ``start`` on."""
        scope = replace(span.facts, as_of=as_of or span.as_of)
        return SQL(
            """SELECT p.id AS profile_id, d.*
                 FROM (%s) d JOIN cartera_profile p
                   ON p.partner_id = d.partner_id AND p.company_id = %s
                WHERE d.day >= %s""",
            self.env["cartera.facts"]._sql_document(scope),
            span.company_id,
            start,
        )

    @api.model
    def _sql_parts(self, numerator: SQL, denominator: SQL, rows: SQL) -> SQL:
        """Return the part of each account of ``rows``, a SELECT that has its ``profile_id``."""
        return SQL(
            """SELECT profile_id, NULL::int AS user_id, %s AS numerator, %s AS denominator
                 FROM (%s) d GROUP BY profile_id""",
            numerator,
            denominator,
            rows,
        )

    @api.model
    def _get_documents(self, population: Domain, start, end) -> tuple[str, Domain]:
        """Return the documents of some accounts from a day to a day."""
        days = Domain("invoice_date", ">=", start) & Domain("invoice_date", "<=", end)
        return "cartera.document", Domain("profile_id", "any", population) & days

    @api.model
    def _get_accounts(self, parts: SQL, population: Domain) -> tuple[str, Domain]:
        """Return the accounts among some that have a part in a measure."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL("SELECT profile_id FROM (%s) d WHERE numerator <> 0 OR denominator <> 0", parts)
        )
        return "cartera.profile", population & Domain("id", "in", [row[0] for row in rows])

    # ------------------------------------------------------------------
    # Measures
    # ------------------------------------------------------------------

    @api.model
    def _measure_net_revenue(self, span: Span) -> SQL:
        """Untaxed revenue of the period in the company's currency, refunds taken off."""
        return self._sql_parts(
            SQL("SUM(amount)"), SQL("NULL::numeric"), self._sql_documents(span, span.start)
        )

    @api.model
    def _records_net_revenue(self, span: Span, population: Domain):
        return self._get_documents(population, span.start, span.as_of)

    @api.model
    def _measure_revenue_per_client(self, span: Span) -> SQL:
        """Net revenue / accounts with a purchase in the period. None if nobody bought."""
        return self._sql_parts(
            SQL("SUM(amount)"),
            SQL("bool_or(purchase)::int"),
            self._sql_documents(span, span.start),
        )

    _records_revenue_per_client = _records_net_revenue

    @api.model
    def _measure_top_ten_share(self, span: Span) -> SQL:
        """Revenue of the ten accounts that bought most / revenue of all, within a scope."""
        return self._sql_parts(
            SQL("SUM(amount)"), SQL("SUM(amount)"), self._sql_documents(span, span.start)
        )

    _records_top_ten_share = _records_net_revenue

    @api.model
    def _get_year_before(self, span: Span):
        """Return (first day, last day) a year before: as many days as the period has gone, or all of it."""
        before = span.period.last_year()
        if span.as_of == span.period.end:
            return before.start, before.end
        return before.start, span.as_of - relativedelta(years=1)

    @api.model
    def _measure_key_segment_growth(self, span: Span) -> SQL:
        """(Revenue - that of a year before) / that of a year before, of accounts in key segments of today."""
        start, end = self._get_year_before(span)
        rows = SQL(
            """SELECT x.profile_id, x.amount, x.is_now
                 FROM (SELECT profile_id, amount, TRUE AS is_now FROM (%s) a
                        UNION ALL
                       SELECT profile_id, amount, FALSE FROM (%s) b) x
                WHERE x.profile_id IN (
                      SELECT r.profile_id FROM cartera_profile_segment_rel r
                        JOIN cartera_segment s ON s.id = r.segment_id
                       WHERE s.is_key AND s.active)""",
            self._sql_documents(span, span.start),
            self._sql_documents(span, start, end),
        )
        return self._sql_parts(
            SQL("SUM(CASE WHEN is_now THEN amount ELSE -amount END)"),
            SQL("SUM(amount) FILTER (WHERE NOT is_now)"),
            rows,
        )

    @api.model
    def _records_key_segment_growth(self, span: Span, population: Domain):
        key = Domain("segment_ids", "any", [("is_key", "=", True), ("active", "=", True)])
        model, now = self._get_documents(population & key, span.start, span.as_of)
        _model, before = self._get_documents(population & key, *self._get_year_before(span))
        return model, now | before

    @api.model
    def _measure_gross_margin_rate(self, span: Span) -> SQL:
        """Margin / revenue of the product lines of the period whose cost is known."""
        facts = self.env["cartera.facts"]
        lines = facts._sql_costed_line(
            SQL(
                """m.company_id = ANY(%s) AND m.invoice_date >= %s AND m.invoice_date <= %s
                   AND m.commercial_partner_id IS NOT NULL""",
                span.branch_ids,
                span.start,
                span.as_of,
            ),
            accept_zero=SQL("%s", span.facts.accept_zero_cost),
        )
        rows = SQL(
            """SELECT p.id AS profile_id, l.revenue, l.cost
                 FROM (%s) l JOIN cartera_profile p
                   ON p.partner_id = l.partner_id AND p.company_id = %s
                WHERE l.cost IS NOT NULL""",
            lines,
            span.company_id,
        )
        return self._sql_parts(SQL("SUM(revenue - cost)"), SQL("SUM(revenue)"), rows)

    _records_gross_margin_rate = _records_net_revenue

    @api.model
    def _measure_overdue_share(self, span: Span) -> SQL:
        """Past due / all of what accounts owe on the day. None if they owe nothing."""
        if span.running:
            return SQL(
                """SELECT id AS profile_id, NULL::int AS user_id, overdue AS numerator,
                          receivable AS denominator
                     FROM cartera_profile
                    WHERE company_id = %s AND (overdue <> 0 OR receivable <> 0)""",
                span.company_id,
            )
        return SQL(
            """SELECT p.id AS profile_id, NULL::int AS user_id, q.overdue AS numerator,
                      q.receivable AS denominator
                 FROM (%s) q (partner_id, receivable, overdue)
                 JOIN cartera_profile p ON p.partner_id = q.partner_id AND p.company_id = %s""",
            self.env["cartera.facts"]._query_receivable(span.facts),
            span.company_id,
        )

    @api.model
    def _records_overdue_share(self, span: Span, population: Domain):
        """Open items of a running period; the accounts that owed on a past day."""
        if span.running:
            return "cartera.open.item", Domain("profile_id", "any", population)
        return self._get_accounts(self._measure_overdue_share(span), population)
