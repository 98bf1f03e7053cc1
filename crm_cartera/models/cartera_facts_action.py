"""Next action and last interaction: what the calendar, the activities and the mail say."""

from odoo import models
from odoo.tools import SQL

from .cartera_facts import Scope

#: Message types that pass between us and a person outside.
INTERACTION_TYPES = ("email", "email_outgoing", "comment")


class CarteraFacts(models.AbstractModel):
    _inherit = "cartera.facts"

    def _get_action_queries(self, scope: Scope) -> dict[str, tuple[SQL, dict[str, str]]]:
        return {
            "next_action": (
                self._query_next_action(scope),
                {
                    "next_action_date": "date",
                    "next_action_model": "text",
                    "next_action_res_id": "int",
                    "next_action_user_id": "int",
                },
            ),
            "last_interaction": (
                self._query_last_interaction(scope),
                {
                    "last_interaction_date": "date",
                    "last_interaction_kind": "text",
                    "last_interaction_user_id": "int",
                },
            ),
        }

    def _sql_person(self, scope: Scope) -> SQL:
        """Return SELECT (id, partner_id, active) of the people of the accounts, themselves included."""
        return SQL(
            """SELECT p.id, p.commercial_partner_id AS partner_id, p.active FROM res_partner p
                WHERE %s""",
            scope.accounts(SQL("p.commercial_partner_id")),
        )

    def _sql_lead(self, scope: Scope) -> SQL:
        """Return SELECT (id, partner_id, open) of the leads of the accounts."""
        return SQL(
            """SELECT l.id, p.commercial_partner_id AS partner_id,
                      l.active AND l.won_status = 'pending' AS open
                 FROM crm_lead l JOIN res_partner p ON p.id = l.partner_id
                WHERE (l.company_id IS NULL OR l.company_id = ANY(%s)) AND %s""",
            scope.branch_ids,
            scope.accounts(SQL("p.commercial_partner_id")),
        )

    def _sql_meeting_day(self, scope: Scope) -> SQL:
        return SQL("CASE WHEN e.allday THEN e.start_date ELSE %s END", scope.day(SQL("e.start")))

    def _sql_meeting(self, scope: Scope) -> SQL:
        """Return SELECT (partner_id, open, day, id, user_id, private) of the accounts' meetings.

        ``open``: with a person who is not archived, or of an open lead.
        """
        return SQL(
            """SELECT x.partner_id, x.open, %(day)s AS day, e.id, e.user_id,
                      COALESCE(e.privacy, s.calendar_default_privacy) = 'private' AS private
                 FROM calendar_event e
                 JOIN (SELECT r.calendar_event_id AS event_id, person.partner_id,
                              person.active AS open
                         FROM calendar_event_res_partner_rel r
                         JOIN person ON person.id = r.res_partner_id
                        UNION
                       SELECT v.id, lead.partner_id, lead.open
                         FROM calendar_event v JOIN lead ON lead.id = v.opportunity_id
                      ) x ON x.event_id = e.id
            LEFT JOIN res_users_settings s ON s.user_id = e.user_id
                WHERE e.active""",
            day=self._sql_meeting_day(scope),
        )

    def _query_next_action(self, scope: Scope) -> SQL:
        """Earliest open activity or future meeting; a meeting is future until its day ends.

        An archived contact, a lost, won or archived lead has no next action. Of a private meeting
        only the date is kept. Equal dates: an activity comes before a meeting, then the lowest id.
        """
        return SQL(
            """WITH person AS (%(person)s), lead AS (%(lead)s)
               SELECT DISTINCT ON (partner_id) partner_id, day, model, id, user_id FROM (
                   SELECT person.partner_id, a.date_deadline AS day, 'mail.activity' AS model,
                          a.id, a.user_id
                     FROM mail_activity a JOIN person ON person.id = a.res_id AND person.active
                    WHERE a.res_model = 'res.partner' AND a.active
                    UNION ALL
                   SELECT lead.partner_id, a.date_deadline, 'mail.activity', a.id, a.user_id
                     FROM mail_activity a JOIN lead ON lead.id = a.res_id AND lead.open
                    WHERE a.res_model = 'crm.lead' AND a.active
                    UNION ALL
                   SELECT m.partner_id, m.day, 'calendar.event', m.id,
                          CASE WHEN m.private THEN NULL ELSE m.user_id END
                     FROM (%(meeting)s) m WHERE m.day >= %(as_of)s AND m.open
               ) action
             ORDER BY partner_id, day, model DESC, id""",
            person=self._sql_person(scope),
            lead=self._sql_lead(scope),
            meeting=self._sql_meeting(scope),
            as_of=scope.as_of,
        )

    def _query_last_interaction(self, scope: Scope) -> SQL:
        """Latest done activity, past meeting or message with a person of the account."""
        return SQL(
            """WITH person AS (%(person)s), lead AS (%(lead)s)
               SELECT DISTINCT ON (partner_id) partner_id, day, kind, user_id FROM (
                   SELECT person.partner_id, a.date_done AS day, 'activity' AS kind, a.user_id, a.id
                     FROM mail_activity a JOIN person ON person.id = a.res_id
                    WHERE a.res_model = 'res.partner' AND NOT a.active AND a.date_done IS NOT NULL
                    UNION ALL
                   SELECT lead.partner_id, a.date_done, 'activity', a.user_id, a.id
                     FROM mail_activity a JOIN lead ON lead.id = a.res_id
                    WHERE a.res_model = 'crm.lead' AND NOT a.active AND a.date_done IS NOT NULL
                    UNION ALL
                   SELECT m.partner_id, m.day, 'meeting',
                          CASE WHEN m.private THEN NULL ELSE m.user_id END, m.id
                     FROM (%(meeting)s) m WHERE m.day < %(as_of)s
                    UNION ALL
                   %(messages)s
               ) interaction
                WHERE day <= %(as_of)s
             ORDER BY partner_id, day DESC, kind, id DESC""",
            person=self._sql_person(scope),
            lead=self._sql_lead(scope),
            meeting=self._sql_meeting(scope),
            messages=self._sql_messages(scope),
            as_of=scope.as_of,
        )

    def _sql_messages(self, scope: Scope) -> SQL:
        """Return SELECT (partner_id, day, kind, user_id, id) of messages from or to a person.

        A note among colleagues has no person of the account on either side, so it is not here.
        """
        return SQL(
            """SELECT t.partner_id, %(day)s, CASE m.message_type WHEN 'comment' THEN 'comment'
                      ELSE 'email' END, u.id, m.id
                 FROM (SELECT person.partner_id, m.id AS message_id
                         FROM mail_message m JOIN person ON person.id = m.author_id
                        WHERE m.message_type IN %(types)s
                        UNION
                       SELECT person.partner_id, n.mail_message_id
                         FROM mail_notification n JOIN person ON person.id = n.res_partner_id
                      ) t
                 JOIN mail_message m ON m.id = t.message_id AND m.message_type IN %(types)s
            LEFT JOIN LATERAL (SELECT u.id FROM res_users u WHERE u.partner_id = m.author_id
                                ORDER BY u.id LIMIT 1) u ON TRUE""",
            day=scope.day(SQL("m.date")),
            types=INTERACTION_TYPES,
        )
