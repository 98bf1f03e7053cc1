"""Customer: who stays, who comes, who goes, who returns."""

from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from .cartera_measure import Measure

#: {measure: the status that an account has at the end and had not before}.
CHANGES = {"lost_clients": "lost", "recovered_clients": "recovered"}


class CarteraMeasure(models.AbstractModel):
    _inherit = "cartera.measure"

    def _get_measures(self):
        return {
            **super()._get_measures(),
            "retention_rate": Measure(unit="percent", form="ratio"),
            "new_clients": Measure(unit="count", form="flow"),
            "lost_clients": Measure(unit="count", form="flow", past="snapshots"),
            "recovered_clients": Measure(unit="count", form="flow", past="snapshots"),
            "new_prospects": Measure(unit="count", form="flow"),
        }

    @api.model
    def _is_known(self, code, span) -> bool:
        """A change of status asks for the snapshots of the day before the period too."""
        if code in CHANGES and not self._has_snapshots(span.company_id, self._get_before(span)):
            return False
        return super()._is_known(code, span)

    @api.model
    def _get_before(self, span):
        return span.start - timedelta(days=1)

    @api.model
    def _sql_count(self, profiles: SQL) -> SQL:
        """Return the parts of a measure that counts the accounts ``profile_id`` of a query."""
        return SQL(
            """SELECT c.profile_id, NULL::int AS user_id, 1 AS numerator,
                      NULL::numeric AS denominator FROM (%s) c""",
            profiles,
        )

    # ------------------------------------------------------------------
    # Retention
    # ------------------------------------------------------------------

    def _measure_retention_rate(self, span) -> SQL:
        """Accounts that bought in the window before and again in the window / those of the one before.

        The window ends with the day (12 months by default); only purchases that documents prove. None:
        nobody bought in the window before.
        """
        scope = span.facts
        if span.running:
            return self._sql_retained_today(span)
        return SQL(
            """SELECT d.profile_id, NULL::int AS user_id,
                      bool_or(d.day > %(window)s)::int AS numerator, 1 AS denominator
                 FROM (%(documents)s) d WHERE d.purchase
             GROUP BY d.profile_id HAVING bool_or(d.day <= %(window)s)""",
            window=scope.window_start,
            documents=self._sql_documents(
                span, scope.previous_start + timedelta(days=1), span.as_of
            ),
        )

    @api.model
    def _sql_retained_today(self, span) -> SQL:
        """Return the parts of today: who bought in the window the profiles know, so half is to be read."""
        scope = span.facts
        return SQL(
            """SELECT p.id AS profile_id, NULL::int AS user_id,
                      (COALESCE(p.purchase_count_12m, 0) > 0)::int AS numerator, 1 AS denominator
                 FROM cartera_profile p
                WHERE p.company_id = %(company)s AND p.partner_id IN (
                      SELECT d.partner_id FROM (%(document)s) d
                       WHERE d.purchase AND d.day > %(previous)s AND d.day <= %(window)s)""",
            company=span.company_id,
            document=self.env["cartera.facts"]._sql_document(scope),
            previous=scope.previous_start,
            window=scope.window_start,
        )

    def _records_retention_rate(self, span, population):
        """Return the accounts that bought in the window before."""
        return self._get_accounts_of(span, population, self._measure_retention_rate(span))

    # ------------------------------------------------------------------
    # New clients
    # ------------------------------------------------------------------

    def _measure_new_clients(self, span) -> SQL:
        """Accounts whose first purchase is of the period.

        An opening client-since date from before Odoo is a first purchase too. Never None.
        """
        return self._sql_count(self._sql_new_clients(span))

    @api.model
    def _sql_new_clients(self, span) -> SQL:
        if span.running:
            return SQL(
                """SELECT p.id AS profile_id FROM cartera_profile p
                    WHERE p.company_id = %s AND p.first_purchase_date >= %s
                      AND p.first_purchase_date <= %s""",
                span.company_id,
                span.start,
                span.as_of,
            )
        # Whoever may be new: a purchase or the opening date is of the period. Only of these is asked whether
        # they bought before.
        return SQL(
            """SELECT n.profile_id
                 FROM (SELECT d.profile_id FROM (%(documents)s) d WHERE d.purchase
                        UNION
                       SELECT p.id FROM cartera_profile p
                        WHERE p.company_id = %(company)s AND p.opening_client_date >= %(start)s
                          AND p.opening_client_date <= %(as_of)s) n
                 JOIN cartera_profile p ON p.id = n.profile_id
                WHERE (p.opening_client_date IS NULL OR p.opening_client_date >= %(start)s)
                  AND NOT EXISTS (SELECT FROM (%(earlier)s) e
                                   WHERE e.partner_id = p.partner_id AND e.purchase
                                     AND e.day < %(start)s)""",
            documents=self._sql_period_documents(span, purchases=True),
            company=span.company_id,
            start=span.start,
            as_of=span.as_of,
            earlier=self.env["cartera.facts"]._sql_document(span.facts),
        )

    def _records_new_clients(self, span, population):
        """Return the new clients."""
        return self._get_accounts_of(span, population, self._sql_new_clients(span))

    # ------------------------------------------------------------------
    # Lost and recovered
    # ------------------------------------------------------------------

    def _measure_lost_clients(self, span) -> SQL:
        """Accounts that are lost at the end of the period and were clients, not lost, before it.

        The day before the period, and the end of one that is over, are those of the snapshots. An account
        that became a client in the period counts if it is lost again. None: no snapshots of these days.
        """
        return self._sql_count(self._sql_changed(span, "lost_clients"))

    def _measure_recovered_clients(self, span) -> SQL:
        """Accounts that are recovered at the end of the period and were not before it.

        None: no snapshots of the day before the period, or of its end.
        """
        return self._sql_count(self._sql_changed(span, "recovered_clients"))

    @api.model
    def _sql_changed(self, span, code) -> SQL:
        """Return SELECT (profile_id) of the accounts that changed to a status in the period."""
        now = SQL(
            """SELECT p.id AS profile_id, p.retention_status, p.first_purchase_date
                 FROM cartera_profile p WHERE p.company_id = %s""",
            span.company_id,
        )
        if not span.running:
            now = SQL(
                """SELECT s.profile_id, s.retention_status, s.first_purchase_date
                     FROM cartera_snapshot s WHERE s.company_id = %s AND s.date = %s""",
                span.company_id,
                span.as_of,
            )
        return SQL(
            """SELECT n.profile_id FROM (%(now)s) n
            LEFT JOIN cartera_snapshot b ON b.profile_id = n.profile_id AND b.date = %(before)s
                WHERE n.retention_status = %(status)s
                  AND b.retention_status IS DISTINCT FROM %(status)s
                  AND (b.retention_status IS NOT NULL OR n.first_purchase_date >= %(start)s)""",
            now=now,
            before=self._get_before(span),
            status=CHANGES[code],
            start=span.start,
        )

    def _records_lost_clients(self, span, population):
        """Return the lost accounts."""
        return self._get_accounts_of(span, population, self._sql_changed(span, "lost_clients"))

    def _records_recovered_clients(self, span, population):
        """Return the recovered accounts."""
        changed = self._sql_changed(span, "recovered_clients")
        return self._get_accounts_of(span, population, changed)

    # ------------------------------------------------------------------
    # New prospects
    # ------------------------------------------------------------------

    def _measure_new_prospects(self, span) -> SQL:
        """Accounts that were put into the portfolio in the period before they had any document.

        Counted by the first transition of the list. Not those that fell back to prospect, nor those of
        which it turned out that they were leads or clients before. Never None.
        """
        return self._sql_count(self._sql_new_prospects(span))

    @api.model
    def _sql_new_prospects(self, span) -> SQL:
        return SQL(
            """SELECT t.profile_id FROM cartera_transition t
                 JOIN cartera_profile p ON p.id = t.profile_id
                WHERE t.company_id = %(company)s AND t.evidence = 'added' AND t.kind = 'forward'
                  AND t.to_lifecycle = 'prospect'
             GROUP BY t.profile_id, p.id
               HAVING MIN(t.date) >= %(start)s AND MIN(t.date) <= %(as_of)s
                  AND COALESCE(p.lead_date >= MIN(t.date), TRUE)
                  AND COALESCE(p.client_date >= MIN(t.date), TRUE)""",
            company=span.company_id,
            start=span.start,
            as_of=span.as_of,
        )

    def _records_new_prospects(self, span, population):
        """Return the new prospects."""
        return self._get_accounts_of(span, population, self._sql_new_prospects(span))
