"""Internal and learning: who speaks with the accounts."""

from datetime import timedelta

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from .cartera_measure import Measure

#: Days in which a salesperson who works with the portfolio records something.
RECENT = 30
COVERED = ("A", "B")


class CarteraMeasure(models.AbstractModel):
    _inherit = "cartera.measure"

    def _get_measures(self):
        return {
            **super()._get_measures(),
            "contact_coverage_ab": Measure(unit="percent", form="ratio", past="snapshots"),
            "active_salespeople": Measure(unit="percent", form="ratio", past="documents"),
            "interactions_per_salesperson": Measure(unit="count", form="ratio", past="documents"),
        }

    def _get_measure_names(self):
        return {
            **super()._get_measure_names(),
            "contact_coverage_ab": self.env._("Contact coverage of A and B accounts"),
            "active_salespeople": self.env._("Active salespeople"),
            "interactions_per_salesperson": self.env._("Interactions per salesperson"),
        }

    # ------------------------------------------------------------------
    # Coverage
    # ------------------------------------------------------------------

    def _measure_contact_coverage_ab(self, span) -> SQL:
        """Accounts of class A or B with an interaction in the 90 days up to the day / all of them.

        Class and interactions of a past day are those of its snapshot; archived accounts are left out.
        None: no accounts of these classes.
        """
        figures = "p" if span.running else "s"
        return SQL(
            """SELECT p.id AS profile_id, NULL::int AS user_id,
                      (COALESCE(%(count)s, 0) > 0)::int::numeric AS numerator,
                      1::numeric AS denominator
                 FROM cartera_profile p %(snapshot)s
                WHERE %(accounts)s AND %(abc)s IN %(classes)s""",
            snapshot=self._sql_join_snapshot(span),
            count=SQL.identifier(figures, "interaction_count_90d"),
            abc=SQL.identifier(figures, "abc_revenue"),
            accounts=self._sql_active_accounts(span),
            classes=COVERED,
        )

    @staticmethod
    def _sql_join_snapshot(span) -> SQL:
        """Return the JOIN of the snapshots ``s`` of a past day; today the profile knows."""
        if span.running:
            return SQL()
        return SQL("JOIN cartera_snapshot s ON s.profile_id = p.id AND s.date = %s", span.as_of)

    def _records_contact_coverage_ab(self, span, population):
        """Return the accounts; of a past day their snapshots."""
        accounts = self._get_active_accounts(span, population)
        classes = Domain("abc_revenue", "in", list(COVERED))
        if span.running:
            return "cartera.profile", accounts & classes
        day = Domain("company_id", "=", span.company_id) & Domain("date", "=", span.as_of)
        return "cartera.snapshot", day & classes & Domain("profile_id", "any", accounts)

    # ------------------------------------------------------------------
    # Salespeople
    # ------------------------------------------------------------------

    def _measure_active_salespeople(self, span) -> SQL:
        """Salespeople who recorded an interaction in the 30 days up to the day / salespeople.

        A salesperson is an active internal user with accounts that are not archived, as of today. What
        is recorded: an activity of his that was done, a past meeting that he organised (not a private
        one), or a message that he wrote to somebody of an account. None: no salespeople, or asked by
        segment.
        """
        return SQL(
            """SELECT NULL::int AS profile_id, s.user_id,
                      (t.user_id IS NOT NULL)::int::numeric AS numerator, 1::numeric AS denominator
                 FROM (%(salespeople)s) s
            LEFT JOIN (SELECT DISTINCT user_id FROM (%(recorded)s) r) t ON t.user_id = s.user_id""",
            salespeople=self._sql_salespeople(span),
            recorded=self._sql_recorded(span),
        )

    def _measure_interactions_per_salesperson(self, span) -> SQL:
        """Interactions that salespeople recorded in the 30 days up to the day / salespeople.

        Whoever the account belongs to, they are those of who did them. Always 30 days, so that a month
        that has begun compares with one that is over. None: no salespeople, or asked by segment.
        """
        return SQL(
            """SELECT r.profile_id, r.user_id, COUNT(*)::numeric AS numerator,
                      NULL::numeric AS denominator
                 FROM (%(recorded)s) r GROUP BY r.profile_id, r.user_id
                UNION ALL
               SELECT NULL, s.user_id, 0, 1 FROM (%(salespeople)s) s""",
            recorded=self._sql_recorded(span),
            salespeople=self._sql_salespeople(span),
        )

    def _sql_salespeople(self, span) -> SQL:
        """Return SELECT (user_id, contact_id) of the active internal users with accounts."""
        return SQL(
            """SELECT u.id AS user_id, u.partner_id AS contact_id FROM res_users u
                WHERE u.active AND u.share IS NOT TRUE
                  AND u.id IN (SELECT p.user_id FROM cartera_profile p WHERE %s)""",
            self._sql_active_accounts(span),
        )

    def _sql_recorded(self, span) -> SQL:
        """Return SELECT (profile_id, user_id, day, kind, source_id) of what salespeople recorded."""
        facts = self.env["cartera.facts"]
        people = self._sql_salespeople(span)
        return SQL(
            """SELECT x.id AS profile_id, i.user_id, i.day, i.kind, i.source_id
                 FROM (%(interactions)s) i
                 JOIN (%(people)s) s ON s.user_id = i.user_id
                 JOIN cartera_profile x
                   ON x.partner_id = i.partner_id AND x.company_id = %(company)s
                WHERE x.excluded IS NOT TRUE""",
            interactions=facts._sql_interactions_since(
                span.facts,
                self._get_recent_since(span),
                SQL("m.author_id IN (SELECT s.contact_id FROM (%s) s)", people),
            ),
            people=people,
            company=span.company_id,
        )

    @staticmethod
    def _get_recent_since(span):
        return span.as_of - timedelta(days=RECENT)

    def _records_active_salespeople(self, span, population):
        """Return the salespeople."""
        return "res.users", Domain("id", "in", self._get_salespeople(span, population))

    def _records_interactions_per_salesperson(self, span, population):
        """Return the interactions; they open in the context of :meth:`_get_records_context`."""
        return (
            "cartera.interaction",
            Domain("date", ">", self._get_recent_since(span))
            & Domain("date", "<=", span.as_of)
            & Domain("user_id", "in", self._get_salespeople(span, population))
            & Domain("company_id", "=", span.company_id),
        )

    def _get_salespeople(self, span, population) -> list[int]:
        owned = self._sql_in_population(span, population, SQL("NULL::int"), SQL("s.user_id"))
        return self._get_ids(
            SQL(
                "SELECT s.user_id FROM (%s) s WHERE %s ORDER BY s.user_id",
                self._sql_salespeople(span),
                owned,
            )
        )
