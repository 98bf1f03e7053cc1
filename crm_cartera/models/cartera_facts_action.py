"""Next action: what the calendar and the open activities say."""

from odoo import models
from odoo.tools import SQL

from .cartera_facts import Scope


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
            **self._get_interaction_queries(scope),
        }

    def _sql_lead_of_companies(self, scope: Scope) -> SQL:
        """Return the condition that a lead ``l`` is of the company, or of none."""
        return SQL("(l.company_id IS NULL OR l.company_id = ANY(%s))", scope.branch_ids)

    def _sql_open_lead(self, scope: Scope) -> SQL:
        """Return the condition that a lead ``l`` of the company is neither won nor lost."""
        return SQL("%s AND %s", self._sql_pending_lead(), self._sql_lead_of_companies(scope))

    @staticmethod
    def _sql_pending_lead() -> SQL:
        """Return the condition that a lead ``l`` is neither won nor lost."""
        return SQL("l.active AND l.won_status = 'pending'")

    def _sql_meeting(self, scope: Scope) -> SQL:
        """Return SELECT (id, day, past_day, user_id) of the meetings; nobody is named of a private one.

        ``past_day``: on which it is past. A meeting is future until its day ends; one that somebody
        captured has taken place.
        """
        day = SQL("CASE WHEN e.allday THEN e.start_date ELSE %s END", scope.day(SQL("e.start")))
        return SQL(
            """SELECT e.id, %(day)s AS day,
                      %(day)s + (e.cartera_kind_id IS NULL)::int AS past_day,
                      CASE WHEN COALESCE(e.privacy, s.calendar_default_privacy) = 'private'
                           THEN NULL ELSE e.user_id END AS user_id
                 FROM calendar_event e
            LEFT JOIN res_users_settings s ON s.user_id = e.user_id
                WHERE e.active""",
            day=day,
        )

    def _sql_attendance(self, scope: Scope, person: SQL, lead: SQL) -> SQL:
        """Return SELECT (event_id, partner_id), each once, of the meetings with an account.

        ``person``: condition on somebody ``p`` of the account who takes part; ``lead``: condition on
        the lead ``l`` that it is about.
        """
        return SQL(
            """SELECT r.calendar_event_id AS event_id, p.commercial_partner_id AS partner_id
                 FROM calendar_event_res_partner_rel r
                 JOIN res_partner p ON p.id = r.res_partner_id
                WHERE %(person)s AND %(accounts)s
                UNION
               SELECT v.id, p.commercial_partner_id
                 FROM calendar_event v
                 JOIN crm_lead l ON l.id = v.opportunity_id
                 JOIN res_partner p ON p.id = l.partner_id
                WHERE %(lead)s AND %(accounts)s""",
            person=person,
            lead=lead,
            accounts=scope.accounts(SQL("p.commercial_partner_id")),
        )

    def _sql_open_activity(self, scope: Scope) -> SQL:
        """Return SELECT (partner_id, day, id, user_id) of what is to be done with the accounts.

        Activities on active contacts and open leads that nobody has done yet; ``day``: when it is due.
        """
        return SQL(
            """SELECT p.commercial_partner_id AS partner_id, a.date_deadline AS day, a.id, a.user_id
                 FROM mail_activity a JOIN res_partner p ON p.id = a.res_id
                WHERE a.res_model = 'res.partner' AND a.active AND p.active AND %(accounts)s
                UNION ALL
               SELECT p.commercial_partner_id, a.date_deadline, a.id, a.user_id
                 FROM mail_activity a
                 JOIN crm_lead l ON l.id = a.res_id
                 JOIN res_partner p ON p.id = l.partner_id
                WHERE a.res_model = 'crm.lead' AND a.active AND %(open_lead)s AND %(accounts)s""",
            accounts=scope.accounts(SQL("p.commercial_partner_id")),
            open_lead=self._sql_open_lead(scope),
        )

    def _query_next_action(self, scope: Scope) -> SQL:
        """Earliest open activity or future meeting; a meeting is future until its day ends.

        An archived contact, a lost, won or archived lead has no next action. Of a private meeting
        only the date is kept. Equal dates: an activity comes before a meeting, then the lowest id.
        """
        open_lead = self._sql_open_lead(scope)
        return SQL(
            """SELECT DISTINCT ON (partner_id) partner_id, day, model, id, user_id FROM (
                   SELECT a.partner_id, a.day, 'mail.activity' AS model, a.id, a.user_id
                     FROM (%(activity)s) a
                    UNION ALL
                   SELECT x.partner_id, e.day, 'calendar.event', e.id, e.user_id
                     FROM (%(meeting)s) e JOIN (%(attendance)s) x ON x.event_id = e.id
                    WHERE e.past_day > %(as_of)s
               ) action
             ORDER BY partner_id, day, model DESC, id""",
            activity=self._sql_open_activity(scope),
            meeting=self._sql_meeting(scope),
            attendance=self._sql_attendance(scope, SQL("p.active"), open_lead),
            as_of=scope.as_of,
        )
