"""Measures of clients: who came, who stayed, who left, and how much of their need they buy here."""

from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .cartera_measure import Measure, Span

#: Measures that compare a status with the one at the end of the period before.
CHANGES = ("lost_clients", "recovered_clients")


class CarteraMeasure(models.AbstractModel):
    _inherit = "cartera.measure"

    @api.model
    def _get_measures(self):
        return {
            **super()._get_measures(),
            "retention_rate": Measure("percent", "ratio"),
            "new_clients": Measure("count", "flow"),
            "lost_clients": Measure("count", "flow", past="snapshots"),
            "recovered_clients": Measure("count", "flow", past="snapshots"),
            "categories_per_client": Measure("count", "ratio", past="snapshots"),
            "share_of_wallet": Measure("percent", "ratio"),
            "new_prospects": Measure("count", "flow"),
        }

    @api.model
    def _get_measure_names(self):
        return {
            **super()._get_measure_names(),
            "retention_rate": self.env._("Retention rate"),
            "new_clients": self.env._("New clients"),
            "lost_clients": self.env._("Lost clients"),
            "recovered_clients": self.env._("Recovered clients"),
            "categories_per_client": self.env._("Categories per client"),
            "share_of_wallet": self.env._("Share of wallet"),
            "new_prospects": self.env._("New prospects"),
        }

    @api.model
    def _is_known(self, code, span: Span) -> bool:
        """A change of status is known only if the status before it was kept."""
        known = super()._is_known(code, span)
        if code not in CHANGES:
            return known
        return known and self._has_snapshots(span.company_id, span.start - timedelta(days=1))

    # ------------------------------------------------------------------
    # Purchases
    # ------------------------------------------------------------------

    @api.model
    def _measure_retention_rate(self, span: Span) -> SQL:
        """Of the accounts that bought in the window before the last, the share that bought in the last one too."""
        bought = SQL(
            "SELECT profile_id, day FROM (%s) x WHERE purchase",
            self._sql_documents(span, span.facts.previous_start + timedelta(days=1)),
        )
        before = SQL("bool_or(day <= %s)", span.facts.window_start)
        again = SQL("(%s AND bool_or(day > %s))::int", before, span.facts.window_start)
        return self._sql_parts(again, SQL("%s::int", before), bought)

    @api.model
    def _records_retention_rate(self, span: Span, population: Domain):
        return self._get_accounts(self._measure_retention_rate(span), population)

    @api.model
    def _measure_new_clients(self, span: Span) -> SQL:
        """Accounts whose first purchase is in the period."""
        if span.running:
            return SQL(
                """SELECT id AS profile_id, NULL::int AS user_id, 1 AS numerator,
                          NULL::numeric AS denominator
                     FROM cartera_profile
                    WHERE company_id = %s AND first_purchase_date BETWEEN %s AND %s""",
                span.company_id,
                span.start,
                span.as_of,
            )
        return SQL(
            """SELECT p.id AS profile_id, NULL::int AS user_id, 1 AS numerator,
                      NULL::numeric AS denominator
                 FROM cartera_profile p
                 JOIN (SELECT partner_id FROM (%s) d WHERE purchase
                     GROUP BY partner_id HAVING MIN(day) >= %s) f ON f.partner_id = p.partner_id
                WHERE p.company_id = %s
                  AND COALESCE(p.opening_client_date, %s) >= %s""",
            self.env["cartera.facts"]._sql_document(span.facts),
            span.start,
            span.company_id,
            span.start,
            span.start,
        )

    @api.model
    def _records_new_clients(self, span: Span, population: Domain):
        return self._get_accounts(self._measure_new_clients(span), population)

    @api.model
    def _measure_share_of_wallet(self, span: Span) -> SQL:
        """Revenue of the window / purchase potential of today, of accounts that have one."""
        if span.running:
            revenue = SQL("SELECT COALESCE(p.revenue_12m, 0) AS amount")
        else:
            revenue = SQL(
                "SELECT COALESCE(SUM(d.amount), 0) AS amount FROM (%s) d WHERE d.profile_id = p.id",
                self._sql_documents(span, span.facts.window_start + timedelta(days=1)),
            )
        return SQL(
            """SELECT p.id AS profile_id, NULL::int AS user_id, r.amount AS numerator,
                      p.potential AS denominator
                 FROM cartera_profile p CROSS JOIN LATERAL (%s) r
                WHERE p.company_id = %s AND p.potential > 0""",
            revenue,
            span.company_id,
        )

    @api.model
    def _records_share_of_wallet(self, span: Span, population: Domain):
        some = population & Domain("potential", ">", 0)
        return self._get_documents(
            some, span.facts.window_start + timedelta(days=1), span.as_of
        )

    # ------------------------------------------------------------------
    # What is kept of a day
    # ------------------------------------------------------------------

    @api.model
    def _sql_state(self, span: Span) -> SQL:
        """Return SELECT (profile_id, retention_status, categ_count, purchase_count_12m) on the day."""
        table, key, day = SQL("cartera_profile"), SQL("id"), SQL("TRUE")
        if not span.running:
            table, key = SQL("cartera_snapshot"), SQL("profile_id")
            day = SQL("date = %s", span.as_of)
        return SQL(
            """SELECT %s AS profile_id, retention_status, categ_count, purchase_count_12m
                 FROM %s WHERE company_id = %s AND %s""",
            key,
            table,
            span.company_id,
            day,
        )

    @api.model
    def _sql_changed(self, span: Span, status) -> SQL:
        """Return the accounts of a status that had another, or none, when the period began."""
        return SQL(
            """SELECT n.profile_id, NULL::int AS user_id, 1 AS numerator,
                      NULL::numeric AS denominator
                 FROM (%(now)s) n
            LEFT JOIN cartera_snapshot b ON b.profile_id = n.profile_id AND b.date = %(before)s
                WHERE n.retention_status = %(status)s
                  AND b.retention_status IS DISTINCT FROM %(status)s""",
            now=self._sql_state(span),
            before=span.start - timedelta(days=1),
            status=status,
        )

    @api.model
    def _measure_lost_clients(self, span: Span) -> SQL:
        """Accounts that are lost on the day and were not when the period began."""
        return self._sql_changed(span, "lost")

    @api.model
    def _records_lost_clients(self, span: Span, population: Domain):
        return self._get_accounts(self._measure_lost_clients(span), population)

    @api.model
    def _measure_recovered_clients(self, span: Span) -> SQL:
        """Accounts that are recovered on the day and were not when the period began."""
        return self._sql_changed(span, "recovered")

    @api.model
    def _records_recovered_clients(self, span: Span, population: Domain):
        return self._get_accounts(self._measure_recovered_clients(span), population)

    @api.model
    def _measure_categories_per_client(self, span: Span) -> SQL:
        """Categories bought in the window / accounts with a purchase in it."""
        return SQL(
            """SELECT profile_id, NULL::int AS user_id, COALESCE(categ_count, 0) AS numerator,
                      1 AS denominator
                 FROM (%s) n WHERE purchase_count_12m > 0""",
            self._sql_state(span),
        )

    @api.model
    def _records_categories_per_client(self, span: Span, population: Domain):
        return self._get_accounts(self._measure_categories_per_client(span), population)

    @api.model
    def _measure_new_prospects(self, span: Span) -> SQL:
        """Accounts that came into the portfolio as prospects in the period."""
        return SQL(
            """SELECT id AS profile_id, NULL::int AS user_id, 1 AS numerator,
                      NULL::numeric AS denominator
                 FROM cartera_profile
                WHERE company_id = %s AND prospect_date BETWEEN %s AND %s""",
            span.company_id,
            span.start,
            span.as_of,
        )

    @api.model
    def _records_new_prospects(self, span: Span, population: Domain):
        days = Domain("prospect_date", ">=", span.start) & Domain(
            "prospect_date", "<=", span.as_of
        )
        return "cartera.profile", population & days
