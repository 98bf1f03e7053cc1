"""Internal: how many accounts went one lifecycle further, and how long it took them."""

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from .cartera_measure import Measure


class CarteraMeasure(models.AbstractModel):
    """Counted by the transitions that stand, as the list of transitions does.

    Moves that a later one replaced and corrections do not count, nor do moves of accounts that nobody
    knew before (they have no days).
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
        """Return the transitions."""
        return self._records_days(span, population, "prospect", "lead")

    def _records_lead_client_rate(self, span, population):
        """Return the accounts that were leads."""
        return self._records_rate(span, population, "lead", "client")

    def _records_lead_client_days(self, span, population):
        """Return the transitions."""
        return self._records_days(span, population, "lead", "client")

    # ------------------------------------------------------------------
    # SQL
    # ------------------------------------------------------------------

    def _sql_moves(self, span, before, after) -> SQL:
        """Return SELECT (profile_id, days) of the moves that stand, of the period."""
        return SQL(
            """SELECT t.profile_id, MIN(t.days) AS days FROM cartera_transition t
                WHERE t.company_id = %(company)s AND t.from_lifecycle = %(before)s
                  AND t.to_lifecycle = %(after)s AND t.kind <> 'correction'
                  AND t.superseded IS NOT TRUE AND t.days IS NOT NULL
                  AND t.date >= %(start)s AND t.date <= %(as_of)s
             GROUP BY t.profile_id""",
            company=span.company_id,
            before=before,
            after=after,
            start=span.start,
            as_of=span.as_of,
        )

    def _measure_rate(self, span, before, after) -> SQL:
        return SQL(
            """SELECT p.id AS profile_id, NULL::int AS user_id,
                      (t.profile_id IS NOT NULL)::int::numeric AS numerator, 1::numeric AS denominator
                 FROM cartera_profile p LEFT JOIN (%(moves)s) t ON t.profile_id = p.id
                WHERE p.company_id = %(company)s AND p.excluded IS NOT TRUE
                  AND (t.profile_id IS NOT NULL OR %(still)s)""",
            moves=self._sql_moves(span, before, after),
            company=span.company_id,
            still=SQL(
                "p.%s <= %s AND %s",
                SQL.identifier(f"{before}_date"),
                span.as_of,
                SQL(" AND ").join(
                    SQL("(p.%(day)s IS NULL OR p.%(day)s > %(as_of)s)", day=day, as_of=span.as_of)
                    for day in map(SQL.identifier, self._get_ends(before))
                ),
            ),
        )

    @staticmethod
    def _get_ends(before) -> list[str]:
        """Return the dates that end a lifecycle."""
        return ["lead_date", "client_date"] if before == "prospect" else ["client_date"]

    def _measure_days(self, span, before, after) -> SQL:
        return SQL(
            """SELECT p.id AS profile_id, NULL::int AS user_id, t.days::numeric AS numerator,
                      1::numeric AS denominator
                 FROM (%s) t JOIN cartera_profile p ON p.id = t.profile_id
                WHERE p.excluded IS NOT TRUE""",
            self._sql_moves(span, before, after),
        )

    # ------------------------------------------------------------------
    # Records
    # ------------------------------------------------------------------

    def _get_moves(self, span, before, after) -> Domain:
        """Return the moves of :meth:`_sql_moves`.

        No domain can ask for moves without days, as 0 days match it too: they are named. They are few.
        """
        moves = (
            Domain("company_id", "=", span.company_id)
            & Domain("from_lifecycle", "=", before)
            & Domain("to_lifecycle", "=", after)
            & Domain("kind", "!=", "correction")
            & Domain("superseded", "=", False)
            & Domain("date", ">=", span.start)
            & Domain("date", "<=", span.as_of)
        )
        without_days = self._get_ids(
            SQL(
                """SELECT id FROM cartera_transition
                    WHERE company_id = %s AND from_lifecycle = %s AND to_lifecycle = %s
                      AND date >= %s AND date <= %s AND days IS NULL""",
                *(span.company_id, before, after, span.start, span.as_of),
            )
        )
        return moves & ~Domain("id", "in", without_days) if without_days else moves

    def _records_rate(self, span, population, before, after):
        still = Domain(f"{before}_date", "<=", span.as_of)
        for day in self._get_ends(before):
            still &= Domain(day, "=", False) | Domain(day, ">", span.as_of)
        moved = Domain("transition_ids", "any", self._get_moves(span, before, after))
        accounts = Domain("company_id", "=", span.company_id) & Domain("excluded", "=", False)
        accounts &= Domain("active", "in", [True, False]) & Domain(population)
        return "cartera.profile", accounts & (still | moved)

    def _records_days(self, span, population, before, after):
        accounts = Domain("excluded", "=", False) & Domain("active", "in", [True, False])
        accounts &= Domain(population)
        moves = self._get_moves(span, before, after)
        return "cartera.transition", moves & Domain("profile_id", "any", accounts)
