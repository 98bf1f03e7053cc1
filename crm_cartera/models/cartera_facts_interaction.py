"""Interactions: done activities, past meetings, and messages with a person of the account."""

from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from .cartera_facts import Scope

#: Message types that pass between us and a person outside.
INTERACTION_TYPES = ("email", "email_outgoing", "comment")
#: Days of the shorter of the two counts.
RECENT_DAYS = 90
#: Of two interactions of one day the one whose kind is later in this list counts as the last.
KINDS = ("meeting", "email", "comment", "activity")


class CarteraFacts(models.AbstractModel):
    _inherit = "cartera.facts"

    def _get_interaction_queries(self, scope: Scope) -> dict[str, tuple[SQL, dict[str, str]]]:
        return {
            "interactions": (
                self._query_interactions(scope),
                {
                    "last_interaction_date": "date",
                    "last_interaction_kind": "text",
                    "last_interaction_user_id": "int",
                    "interaction_count_90d": "int",
                    "interaction_count_12m": "int",
                    "contact_count": "int",
                },
            ),
        }

    def _query_interactions(self, scope: Scope) -> SQL:
        """Latest interaction (equal days: by kind, then the highest id), and how many there were.

        There are millions of messages, so they are not sorted, nor looked up again: each source gives the
        highest :meth:`_sql_key` of an account with the user of that interaction.
        """
        return SQL(
            """SELECT partner_id, DATE '1970-01-01' + (last[1] >> 33)::int,
                      (%(kinds)s)[(last[1] >> 31 & 3) + 1], NULLIF(last[2], 0), recent, yearly, limited
                 FROM (SELECT partner_id, MAX(last) AS last, SUM(recent) AS recent,
                              SUM(yearly) AS yearly, SUM(limited) AS limited
                         FROM (%(sources)s) source
                        WHERE partner_id IS NOT NULL GROUP BY partner_id) account""",
            kinds=list(KINDS),
            sources=SQL(" UNION ALL ").join(
                [
                    self._sql_done_activities(scope),
                    self._sql_past_meetings(scope),
                    self._sql_written(scope),
                    self._sql_received(scope),
                ]
            ),
        )

    @staticmethod
    def _sql_key(day: SQL, kind: SQL, record_id: SQL) -> SQL:
        """Return the bigint that orders interactions: day, then place of the kind in KINDS, then id.

        An id has 31 bits and a kind two.
        """
        return SQL(
            "((%s - DATE '1970-01-01')::bigint << 33) + (%s::bigint << 31) + %s",
            day,
            kind,
            record_id,
        )

    @staticmethod
    def _sql_last(key: SQL, user: SQL) -> SQL:
        """Return the bigint[] of an interaction: its key, and its user or 0."""
        return SQL("ARRAY[%s, COALESCE(%s, 0)]", key, user)

    def _sql_values(self, scope: Scope, kind, record: str) -> SQL:
        """Return the columns :meth:`_query_interactions` adds up, of a ``record`` (id, day, user_id)."""
        key = self._sql_key(
            SQL.identifier(record, "day"),
            SQL("%s", KINDS.index(kind)),
            SQL.identifier(record, "id"),
        )
        return SQL(
            "%(last)s AS last, (%(day)s > %(recent)s)::int AS recent,"
            " (%(day)s > %(yearly)s)::int AS yearly, (%(day)s > %(limited)s)::int AS limited",
            last=self._sql_last(key, SQL.identifier(record, "user_id")),
            day=SQL.identifier(record, "day"),
            recent=scope.as_of - timedelta(days=RECENT_DAYS),
            yearly=scope.window_start,
            limited=scope.contact_start,
        )

    @staticmethod
    def _sql_done() -> SQL:
        """Return the condition of a done activity ``a`` that is an interaction.

        One that was the reminder of a meeting that somebody captured is done with it, and that counts.
        """
        return SQL(
            """NOT a.active AND NOT EXISTS (
                   SELECT FROM calendar_event h
                    WHERE h.id = a.calendar_event_id AND h.active AND h.cartera_kind_id IS NOT NULL)"""
        )

    def _sql_done_activities(self, scope: Scope) -> SQL:
        """Return SELECT (partner_id, last, recent, yearly, limited), a row for each done activity."""
        return SQL(
            """SELECT x.partner_id, %(values)s FROM (
                   SELECT p.commercial_partner_id AS partner_id, a.id, a.date_done AS day, a.user_id
                     FROM mail_activity a JOIN res_partner p ON p.id = a.res_id
                    WHERE a.res_model = 'res.partner' AND %(done)s AND %(accounts)s
                    UNION ALL
                   SELECT p.commercial_partner_id, a.id, a.date_done, a.user_id
                     FROM mail_activity a
                     JOIN crm_lead l ON l.id = a.res_id
                     JOIN res_partner p ON p.id = l.partner_id
                    WHERE a.res_model = 'crm.lead' AND %(done)s AND %(companies)s
                      AND %(accounts)s
               ) x WHERE x.day <= %(as_of)s""",
            values=self._sql_values(scope, "activity", "x"),
            done=self._sql_done(),
            companies=self._sql_lead_of_companies(scope),
            as_of=scope.as_of,
            accounts=scope.accounts(SQL("p.commercial_partner_id")),
        )

    def _sql_past_meetings(self, scope: Scope) -> SQL:
        """Return SELECT (partner_id, last, recent, yearly, limited), a row for each past meeting."""
        return SQL(
            """SELECT x.partner_id, %(values)s
                 FROM (%(meeting)s) e JOIN (%(attendance)s) x ON x.event_id = e.id
                WHERE e.past_day <= %(as_of)s""",
            values=self._sql_values(scope, "meeting", "e"),
            meeting=self._sql_meeting(scope),
            attendance=self._sql_attendance(scope, SQL("TRUE"), self._sql_lead_of_companies(scope)),
            as_of=scope.as_of,
        )

    # ------------------------------------------------------------------
    # Messages: from or to a person of the account. A note among colleagues has nobody of the account
    # on either side, so it is not here.
    # ------------------------------------------------------------------

    def _sql_message_key(self, scope: Scope) -> SQL:
        kind = SQL(
            "CASE m.message_type WHEN 'comment' THEN %s ELSE %s END",
            KINDS.index("comment"),
            KINDS.index("email"),
        )
        return self._sql_key(scope.day(SQL("m.date")), kind, SQL("m.id"))

    @staticmethod
    def _sql_since(scope: Scope, day) -> SQL:
        """Return the condition that a message ``m`` is of a later day; no message's day is computed."""
        return SQL(
            "m.date >= (%s::timestamp AT TIME ZONE %s AT TIME ZONE 'UTC')",
            day + timedelta(days=1),
            scope.tz,
        )

    @staticmethod
    def _sql_user() -> SQL:
        """Return SELECT (partner_id, id): the user who writes as a contact."""
        return SQL("SELECT partner_id, MIN(id) AS id FROM res_users GROUP BY partner_id")

    def _sql_written(self, scope: Scope) -> SQL:
        """Return SELECT (partner_id, last, recent, yearly, limited), a row for each author of the account.

        Counted by author before anybody asks whose people they are: most messages are ours.
        """
        return SQL(
            """SELECT p.commercial_partner_id, %(last)s, w.recent, w.yearly, w.limited
                 FROM (SELECT m.author_id, MAX(%(key)s) AS key,
                              (COUNT(*) FILTER (WHERE %(recent)s))::int AS recent,
                              (COUNT(*) FILTER (WHERE %(yearly)s))::int AS yearly,
                              (COUNT(*) FILTER (WHERE %(limited)s))::int AS limited
                         FROM mail_message m
                        WHERE m.message_type IN %(types)s AND NOT %(future)s AND %(authors)s
                     GROUP BY m.author_id) w
                 JOIN res_partner p ON p.id = w.author_id
            LEFT JOIN (%(users)s) u ON u.partner_id = w.author_id""",
            last=self._sql_last(SQL("w.key"), SQL("u.id")),
            users=self._sql_user(),
            key=self._sql_message_key(scope),
            recent=self._sql_since(scope, scope.as_of - timedelta(days=RECENT_DAYS)),
            yearly=self._sql_since(scope, scope.window_start),
            limited=self._sql_since(scope, scope.contact_start),
            future=self._sql_since(scope, scope.as_of),
            types=INTERACTION_TYPES,
            authors=self._sql_of_accounts(scope, SQL("m.author_id")),
        )

    def _sql_received(self, scope: Scope) -> SQL:
        """Return SELECT (partner_id, last, recent, yearly, limited), a row for each message to the account.

        Without those that somebody of the account wrote: they are counted already.
        """
        return SQL(
            """SELECT DISTINCT p.commercial_partner_id, %(last)s, (%(recent)s)::int, (%(yearly)s)::int,
                      (%(limited)s)::int
                 FROM mail_notification n
                 JOIN mail_message m ON m.id = n.mail_message_id
                 JOIN res_partner p ON p.id = n.res_partner_id
            LEFT JOIN res_partner w ON w.id = m.author_id
            LEFT JOIN (%(users)s) u ON u.partner_id = m.author_id
                WHERE m.message_type IN %(types)s AND NOT %(future)s AND %(accounts)s
                  AND w.commercial_partner_id IS DISTINCT FROM p.commercial_partner_id""",
            last=self._sql_last(self._sql_message_key(scope), SQL("u.id")),
            users=self._sql_user(),
            recent=self._sql_since(scope, scope.as_of - timedelta(days=RECENT_DAYS)),
            yearly=self._sql_since(scope, scope.window_start),
            limited=self._sql_since(scope, scope.contact_start),
            future=self._sql_since(scope, scope.as_of),
            types=INTERACTION_TYPES,
            accounts=scope.accounts(SQL("p.commercial_partner_id")),
        )

    def _sql_of_accounts(self, scope: Scope, person: SQL) -> SQL:
        """Return the condition that somebody is of the scope's accounts."""
        if scope.partner_ids is None:
            return SQL("TRUE")
        return SQL(
            "%s IN (SELECT id FROM res_partner WHERE commercial_partner_id = ANY(%s))",
            person,
            scope.partner_ids,
        )
