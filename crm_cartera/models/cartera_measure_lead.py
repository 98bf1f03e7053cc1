"""Internal: how fast new leads are answered, and how many of the closed opportunities are won."""

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from .cartera_measure import Measure


class CarteraMeasure(models.AbstractModel):
    """A lead is its own salesperson's, without one its account's. It may have no account."""

    _inherit = "cartera.measure"

    def _get_measures(self):
        return {
            **super()._get_measures(),
            "lead_response_days": Measure(unit="days", form="ratio", past="documents"),
            "win_rate": Measure(unit="percent", form="ratio", past="documents"),
        }

    def _get_measure_names(self):
        return {
            **super()._get_measure_names(),
            "lead_response_days": self.env._("Response time to new leads"),
            "win_rate": self.env._("Win rate"),
        }

    # ------------------------------------------------------------------
    # Win rate
    # ------------------------------------------------------------------

    def _measure_win_rate(self, span) -> SQL:
        """Opportunities won in the period / opportunities won or lost in it, by their closing date.

        One that was opened again counts no more. None: none was closed.
        """
        return SQL(
            """SELECT c.profile_id, c.user_id, c.won::int::numeric AS numerator,
                      1::numeric AS denominator FROM (%s) c""",
            self._sql_closed_leads(span),
        )

    def _sql_closed_leads(self, span) -> SQL:
        """Return SELECT (id, profile_id, user_id, won) of the opportunities closed in the period."""
        return SQL(
            """SELECT l.id, x.id AS profile_id, COALESCE(l.user_id, x.user_id) AS user_id,
                      l.won_status = 'won' AS won %s""",
            self._sql_leads(
                span,
                SQL(
                    "l.type = 'opportunity' AND l.won_status IN ('won', 'lost') AND %s",
                    self._sql_in_span(span, SQL("l.date_closed")),
                ),
            ),
        )

    def _records_win_rate(self, span, population):
        """Return the closed opportunities."""
        return "crm.lead", self._get_leads(span, population, self._sql_closed_leads(span))

    # ------------------------------------------------------------------
    # Response
    # ------------------------------------------------------------------

    def _measure_lead_response_days(self, span) -> SQL:
        """Mean days from the creation of a lead to our first answer, of the leads of the period.

        Of the leads and opportunities created in the period that had an answer by its end (today, if it
        is running): the first message to outside, done activity or past meeting on it, not before its
        creation; the same day is 0. None: no lead was answered.
        """
        return SQL(
            """SELECT a.profile_id, a.user_id, a.days::numeric AS numerator,
                      1::numeric AS denominator FROM (%s) a""",
            self._sql_answered_leads(span),
        )

    def _sql_answered_leads(self, span) -> SQL:
        """Return SELECT (id, profile_id, user_id, days) of the period's leads that were answered.

        What was done on a lead is found by its index, and then what was done in time: by date, one would
        look through the messages of everybody for each lead.
        """
        created = SQL("COALESCE(l.cartera_first_date, l.create_date)")
        return SQL(
            """SELECT n.id, n.profile_id, n.user_id, r.day - n.day AS days
                 FROM (SELECT l.id, x.id AS profile_id, COALESCE(l.user_id, x.user_id) AS user_id,
                              %(created)s AS moment, %(day)s AS day %(leads)s) n
                CROSS JOIN LATERAL (
                      SELECT MIN(a.day) FILTER (
                             WHERE a.day >= n.day AND a.day <= %(as_of)s
                               AND (a.moment IS NULL OR a.moment >= n.moment)) AS day
                        FROM (%(answers)s) a) r
                WHERE r.day IS NOT NULL""",
            created=created,
            day=span.facts.day(created),
            leads=self._sql_leads(span, self._sql_in_span(span, created)),
            answers=self._sql_answers(span),
            as_of=span.as_of,
        )

    def _sql_answers(self, span) -> SQL:
        """Return SELECT (day, moment) of what we ever did on a lead ``n``; only messages have a moment."""
        return SQL(" UNION ALL ").join(
            SQL("SELECT %s AS day, %s AS moment %s", answer.day, answer.moment, answer.source)
            for answer in self.env["cartera.facts"]._get_answers(span.facts)
        )

    def _records_lead_response_days(self, span, population):
        """Return the leads that were answered."""
        return "crm.lead", self._get_leads(span, population, self._sql_answered_leads(span))

    # ------------------------------------------------------------------
    # Records
    # ------------------------------------------------------------------

    def _get_leads(self, span, population, leads: SQL) -> Domain:
        """Return the condition of leads, given as SELECT (id, profile_id, user_id), of a population."""
        mine = self._sql_in_population(span, population, SQL("l.profile_id"), SQL("l.user_id"))
        ids = self._get_ids(SQL("SELECT l.id FROM (%s) l WHERE %s", leads, mine))
        return self._get_visible("crm.lead", Domain("id", "in", ids)) & Domain(
            "active", "in", [True, False]
        )
