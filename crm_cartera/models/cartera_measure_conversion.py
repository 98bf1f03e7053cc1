"""Internal: how many accounts went one lifecycle further, and how long it took them."""

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from .cartera_measure import Measure


class CarteraMeasure(models.AbstractModel):
    """Counted by the days that stand on the account: prospect since, lead since, client since.

    What was corrected or replaced stands no more. A transition keeps what was known when it was written:
    its days would miss a lead that was linked with a client later. An account that nobody knew before it
    was a lead did not become one.
    """

    _inherit = "cartera.measure"

    def _get_measures(self):
        rate = Measure(unit="percent", form="ratio", past="documents")
        days = Measure(unit="days", form="ratio", past="documents")
        return {
            **super()._get_measures(),
            "prospect_lead_rate": rate,
            "prospect_lead_days": days,
            "lead_client_rate": rate,
            "lead_client_days": days,
        }

    def _get_measure_names(self):
        return {
            **super()._get_measure_names(),
            "prospect_lead_rate": self.env._("Prospects that became leads"),
            "prospect_lead_days": self.env._("Days from prospect to lead"),
            "lead_client_rate": self.env._("Leads that became clients"),
            "lead_client_days": self.env._("Days from lead to client"),
        }

    def _measure_prospect_lead_rate(self, span) -> SQL:
        """Prospects that became leads in the period / those that were prospects in it.

        An account that bought without having been a lead leaves both. None: no prospects.
        """
        return self._measure_rate(span, "prospect", "lead")

    def _measure_prospect_lead_days(self, span) -> SQL:
        """Mean days as a prospect of the accounts that became leads in the period. None: none did."""
        return self._measure_days(span, "prospect", "lead")

    def _measure_lead_client_rate(self, span) -> SQL:
        """Leads that became clients in the period / accounts that were leads in it. None: no leads."""
        return self._measure_rate(span, "lead", "client")

    def _measure_lead_client_days(self, span) -> SQL:
        """Mean days as a lead of the accounts that became clients in the period. None: none did."""
        return self._measure_days(span, "lead", "client")

    def _records_prospect_lead_rate(self, span, population):
        """Return the accounts that were prospects."""
        return self._records_rate(span, population, "prospect", "lead")

    def _records_prospect_lead_days(self, span, population):
        """Return the accounts that moved."""
        return self._records_days(span, population, "prospect", "lead")

    def _records_lead_client_rate(self, span, population):
        """Return the accounts that were leads."""
        return self._records_rate(span, population, "lead", "client")

    def _records_lead_client_days(self, span, population):
        """Return the accounts that moved."""
        return self._records_days(span, population, "lead", "client")

    # ------------------------------------------------------------------
    # SQL
    # ------------------------------------------------------------------

    def _measure_rate(self, span, before, after) -> SQL:
        moved = self._sql_moved(span, before, after)
        return SQL(
            """SELECT p.id AS profile_id, NULL::int AS user_id,
                      COALESCE(%(moved)s, FALSE)::int::numeric AS numerator,
                      1::numeric AS denominator
                 FROM cartera_profile p
                WHERE p.company_id = %(company)s AND p.excluded IS NOT TRUE
                  AND (%(moved)s OR %(still)s)""",
            moved=moved,
            still=self._sql_still(span, before),
            company=span.company_id,
        )

    def _measure_days(self, span, before, after) -> SQL:
        return SQL(
            """SELECT p.id AS profile_id, NULL::int AS user_id,
                      (p.%(after)s - p.%(before)s)::numeric AS numerator, 1::numeric AS denominator
                 FROM cartera_profile p
                WHERE p.company_id = %(company)s AND p.excluded IS NOT TRUE AND %(moved)s""",
            before=SQL.identifier(f"{before}_date"),
            after=SQL.identifier(f"{after}_date"),
            company=span.company_id,
            moved=self._sql_moved(span, before, after),
        )

    @staticmethod
    def _sql_moved(span, before, after) -> SQL:
        """Return the condition that account ``p`` went one lifecycle further in the period."""
        return SQL(
            "(p.%(after)s >= %(start)s AND p.%(after)s <= %(as_of)s AND p.%(before)s <= p.%(after)s)",
            before=SQL.identifier(f"{before}_date"),
            after=SQL.identifier(f"{after}_date"),
            start=span.start,
            as_of=span.as_of,
        )

    def _sql_still(self, span, before) -> SQL:
        """Return the condition that account ``p`` had not left a lifecycle by the end of the day."""
        stayed = [
            SQL("(p.%(day)s IS NULL OR p.%(day)s > %(as_of)s)", day=day, as_of=span.as_of)
            for day in map(SQL.identifier, self._get_ends(before))
        ]
        return SQL(
            "(p.%s <= %s AND %s)",
            SQL.identifier(f"{before}_date"),
            span.as_of,
            SQL(" AND ").join(stayed),
        )

    @staticmethod
    def _get_ends(before) -> list[str]:
        """Return the dates that end a lifecycle."""
        return ["lead_date", "client_date"] if before == "prospect" else ["client_date"]

    # ------------------------------------------------------------------
    # Records
    # ------------------------------------------------------------------

    def _get_moved(self, span, before, after) -> Domain:
        """Return the accounts of :meth:`_sql_moved`.

        No domain compares two dates: accounts that were known as a prospect only later are named, few.
        """
        since, until = f"{before}_date", f"{after}_date"
        moved = Domain(until, ">=", span.start) & Domain(until, "<=", span.as_of)
        moved &= Domain(since, "<=", span.as_of)
        later = self._get_ids(
            SQL(
                """SELECT p.id FROM cartera_profile p
                    WHERE p.company_id = %(company)s AND p.%(until)s BETWEEN %(start)s AND %(as_of)s
                      AND p.%(since)s > p.%(until)s AND p.%(since)s <= %(as_of)s""",
                company=span.company_id,
                until=SQL.identifier(until),
                since=SQL.identifier(since),
                start=span.start,
                as_of=span.as_of,
            )
        )
        return moved & ~Domain("id", "in", later) if later else moved

    def _get_known(self, span, population) -> Domain:
        """Return the accounts of a population, archived ones too."""
        accounts = Domain("company_id", "=", span.company_id) & Domain("excluded", "=", False)
        return accounts & Domain("active", "in", [True, False]) & Domain(population)

    def _records_rate(self, span, population, before, after):
        still = Domain(f"{before}_date", "<=", span.as_of)
        for day in self._get_ends(before):
            still &= Domain(day, "=", False) | Domain(day, ">", span.as_of)
        moved = self._get_moved(span, before, after)
        return "cartera.profile", self._get_known(span, population) & (still | moved)

    def _records_days(self, span, population, before, after):
        moved = self._get_moved(span, before, after)
        return "cartera.profile", self._get_known(span, population) & moved
