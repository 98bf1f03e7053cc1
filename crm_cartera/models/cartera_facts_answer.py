"""Which leads nobody has answered yet, and what counts as an answer."""

from typing import NamedTuple

from odoo import SUPERUSER_ID, models
from odoo.tools import SQL

from .cartera_facts import Scope
from .cartera_facts_interaction import INTERACTION_TYPES


class Answer(NamedTuple):
    """A kind of answer to a lead ``n``: ``source``, FROM ... WHERE ..., and its day and moment in it."""

    source: SQL
    day: SQL
    moment: SQL


class CarteraFacts(models.AbstractModel):
    _inherit = "cartera.facts"

    def _get_lead_queries(self, scope: Scope) -> dict[str, tuple[SQL, dict[str, str]]]:
        return {
            **super()._get_lead_queries(scope),
            "unanswered": (self._query_unanswered(scope), {"unanswered_lead_date": "date"}),
        }

    def _get_answers(self, scope: Scope) -> list[Answer]:
        """Return what we do on a lead ``n``; only messages have a moment, the others a day.

        Messages to outside, done activities and past meetings. Our people are an array: joined, each
        of them would be looked up among millions of messages.
        """
        written = SQL(
            """FROM mail_message m LEFT JOIN mail_message_subtype s ON s.id = m.subtype_id
              WHERE m.model = 'crm.lead' AND m.res_id = n.id AND m.message_type IN %s
                AND m.is_internal IS NOT TRUE AND s.internal IS NOT TRUE
                AND m.author_id = ANY(ARRAY(SELECT partner_id FROM res_users
                                             WHERE share IS NOT TRUE AND id <> %s))""",
            INTERACTION_TYPES,
            SUPERUSER_ID,
        )
        done = SQL(
            """FROM mail_activity a
              WHERE a.res_model = 'crm.lead' AND a.res_id = n.id AND NOT a.active"""
        )
        met = SQL(
            """FROM (%s) e JOIN calendar_event v ON v.id = e.id
              WHERE v.opportunity_id = n.id AND e.past_day <= %s""",
            self._sql_meeting(scope),
            scope.as_of,
        )
        return [
            Answer(written, scope.day(SQL("m.date")), SQL("m.date")),
            Answer(done, SQL("a.date_done"), SQL("NULL::timestamp")),
            Answer(met, SQL("e.day"), SQL("NULL::timestamp")),
        ]

    @staticmethod
    def _sql_in_time(answer: Answer, scope: Scope) -> SQL:
        """Return the condition that an answer to a lead ``n`` (day, moment) came after it."""
        return SQL(
            "%(day)s >= n.day AND %(day)s <= %(as_of)s"
            " AND (%(moment)s IS NULL OR %(moment)s >= n.moment)",
            day=answer.day,
            moment=answer.moment,
            as_of=scope.as_of,
        )

    def _query_unanswered(self, scope: Scope) -> SQL:
        """Creation of each account's oldest open lead that has no answer; as of now, as its state is.

        A condition for each kind of answer, which the planner can make an anti-join of: of all leads it
        reads the answers once, of a few by their index.
        """
        created = SQL("COALESCE(l.cartera_first_date, l.create_date)")
        unanswered = SQL(" AND ").join(
            SQL("NOT EXISTS (SELECT %s AND %s)", answer.source, self._sql_in_time(answer, scope))
            for answer in self._get_answers(scope)
        )
        return SQL(
            """SELECT n.partner_id, MIN(n.day)
                 FROM (SELECT l.id, p.commercial_partner_id AS partner_id, %(created)s AS moment,
                              %(day)s AS day
                         FROM crm_lead l JOIN res_partner p ON p.id = l.partner_id
                        WHERE %(open)s AND %(counted)s AND %(accounts)s) n
                WHERE n.day <= %(as_of)s AND %(unanswered)s
             GROUP BY n.partner_id""",
            created=created,
            day=scope.day(created),
            open=self._sql_pending_lead(),
            counted=self._sql_counted_lead(scope),
            accounts=scope.accounts(SQL("p.commercial_partner_id")),
            as_of=scope.as_of,
            unanswered=unanswered,
        )
