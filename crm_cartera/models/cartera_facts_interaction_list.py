"""The interactions of some days one by one, where the counts of an account are not enough."""

from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from .cartera_facts import Scope
from .cartera_facts_interaction import INTERACTION_TYPES


class CarteraFacts(models.AbstractModel):
    _inherit = "cartera.facts"

    def _sql_interactions_since(self, scope: Scope, since, authors=None) -> SQL:
        """Return SELECT (partner_id, day, kind, user_id, source_id) of the interactions of some days.

        Those the counts of :meth:`_query_interactions` are made of, a row for each account and
        source, of the days ``(since, as_of]``. ``user_id``: whose activity or meeting it was, or who
        wrote as that contact; NULL of a private meeting and of somebody outside. Messages are
        millions: they are found by their date first, and by a condition on their ``authors``.
        """
        return SQL(
            "%s UNION ALL %s UNION ALL %s",
            self._sql_activities_since(scope, since),
            self._sql_meetings_since(scope, since),
            self._sql_messages_since(scope, since, authors or SQL("TRUE")),
        )

    def _sql_activities_since(self, scope: Scope, since) -> SQL:
        done = SQL(
            "%s AND a.date_done > %s AND a.date_done <= %s", self._sql_done(), since, scope.as_of
        )
        return SQL(
            """SELECT p.commercial_partner_id AS partner_id, a.date_done AS day,
                      'activity' AS kind, a.user_id, a.id AS source_id
                 FROM mail_activity a JOIN res_partner p ON p.id = a.res_id
                WHERE a.res_model = 'res.partner' AND %(done)s AND %(accounts)s
                UNION ALL
               SELECT p.commercial_partner_id, a.date_done, 'activity', a.user_id, a.id
                 FROM mail_activity a
                 JOIN crm_lead l ON l.id = a.res_id
                 JOIN res_partner p ON p.id = l.partner_id
                WHERE a.res_model = 'crm.lead' AND %(done)s AND %(companies)s AND %(accounts)s""",
            done=done,
            companies=self._sql_lead_of_companies(scope),
            accounts=scope.accounts(SQL("p.commercial_partner_id")),
        )

    def _sql_meetings_since(self, scope: Scope, since) -> SQL:
        """Of past meetings; one of the day itself is still to come, unless captured. Who attended is asked of each."""
        about = SQL("v.id = e.id AND %s", self._sql_lead_of_companies(scope))
        return SQL(
            """SELECT x.partner_id, e.day, 'meeting', e.user_id, e.id
                 FROM (%(meeting)s) e CROSS JOIN LATERAL (%(attendance)s) x
                WHERE e.day > %(since)s AND e.past_day <= %(as_of)s""",
            meeting=self._sql_meeting(scope),
            attendance=self._sql_attendance(scope, SQL("r.calendar_event_id = e.id"), about),
            since=since,
            as_of=scope.as_of,
        )

    def _sql_messages_since(self, scope: Scope, since, authors: SQL) -> SQL:
        """Of messages written by somebody of an account, or that reached somebody of it; each once."""
        return SQL(
            """SELECT h.partner_id, %(day)s,
                      CASE m.message_type WHEN 'comment' THEN 'comment' ELSE 'email' END, u.id, m.id
                 FROM (%(messages)s) m
                CROSS JOIN LATERAL (
                      SELECT p.commercial_partner_id AS partner_id
                        FROM res_partner p WHERE p.id = m.author_id AND %(accounts)s
                       UNION
                      SELECT p.commercial_partner_id
                        FROM mail_notification n JOIN res_partner p ON p.id = n.res_partner_id
                       WHERE n.mail_message_id = m.id AND %(accounts)s) h
            LEFT JOIN (%(users)s) u ON u.partner_id = m.author_id""",
            day=scope.day(SQL("m.date")),
            messages=self._sql_messages_of_days(scope, since, authors),
            accounts=scope.accounts(SQL("p.commercial_partner_id")),
            users=self._sql_user(),
        )

    def _sql_messages_of_days(self, scope: Scope, since, authors: SQL) -> SQL:
        """Return SELECT (id, date, message_type, author_id) of the messages that may count."""
        return SQL(
            """SELECT m.id, m.date, m.message_type, m.author_id FROM mail_message m
                WHERE m.message_type IN %s AND %s AND %s AND %s""",
            INTERACTION_TYPES,
            self._sql_since(scope, since),
            self._sql_until(scope),
            authors,
        )

    @staticmethod
    def _sql_until(scope: Scope) -> SQL:
        """Return the condition that a message ``m`` is of ``as_of`` or earlier."""
        return SQL(
            "m.date < (%s::timestamp AT TIME ZONE %s AT TIME ZONE 'UTC')",
            scope.as_of + timedelta(days=1),
            scope.tz,
        )
