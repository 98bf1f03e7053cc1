"""What there is to do, as the facts define it: four kinds of things, each in one of them."""

from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from ..models.cartera_touch import EVERY_COMPANY

#: {model: fields that the queue reads}
DEPENDS = {
    "calendar.event": [
        "active",
        "allday",
        "cartera_kind_id",
        "opportunity_id",
        "partner_ids",
        "start",
        "start_date",
    ],
    "cartera.policy": ["queue_threshold", "tz"],
    "cartera.profile": [
        "active",
        "company_id",
        "excluded",
        "last_interaction_date",
        "lifecycle",
        "next_action_date",
        "next_action_model",
        "next_action_res_id",
        "partner_id",
        "priority",
        "retention_status",
        "suggested_action",
        "user_id",
    ],
    "cartera.work.skip": ["company_id", "kind", "profile_id", "source_id", "until", "user_id"],
    "crm.lead": [
        "active",
        "cartera_first_date",
        "company_id",
        "contact_name",
        "email_from",
        "partner_id",
        "partner_name",
        "phone",
        "prorated_revenue",
        "team_id",
        "user_id",
        "won_status",
    ],
    "mail.activity": [
        "active",
        "activity_type_id",
        "cartera_date",
        "date_deadline",
        "date_done",
        "res_id",
        "res_model",
        "user_id",
    ],
    "res.partner": ["active", "commercial_partner_id", "complete_name", "email", "phone"],
    "res.users": ["company_id", "sale_team_id"],
}


class CarteraWorkSource(models.AbstractModel):
    """The SELECTs that the queue is made of; each knows one company and one day.

    Columns: kind, key (unique in its kind and company), source_id (of the activity, lead, account or
    meeting), profile_id, partner_id (the account), contact_id, lead_id, activity_id, user_id (who must
    do it), day. Who must do it is a plain column in each SELECT, so that the queue of one person reaches
    the indexes.
    """

    _name = "cartera.work.source"
    _description = "Source of work"

    def _get_sources(self, facts, scope) -> list[SQL]:
        """Return the SELECTs; other addons add their own."""
        lead = self._sql_lead_company(scope)
        return [
            *self._select_activities(facts, scope, lead),
            *self._select_leads(facts, scope, lead),
            self._select_accounts(facts, scope),
            self._select_meetings(facts, scope),
        ]

    def _sql_profile(self, scope, partner: SQL) -> SQL:
        """Return LEFT JOIN of the account ``x`` of a commercial partner."""
        return SQL(
            "LEFT JOIN cartera_profile x ON x.partner_id = %s AND x.company_id = %s",
            partner,
            scope.company_id,
        )

    @staticmethod
    def _split_by_user(user: SQL, instead: SQL) -> tuple:
        """Return (who must do it, condition): as it says, and somebody ``instead`` if it says nobody."""
        return (user, SQL("%s IS NOT NULL", user)), (instead, SQL("%s IS NULL", user))

    def _sql_lead_company(self, scope) -> SQL:
        """Return the condition that a lead ``l`` counts here; ``x``: its account, ``o``: its salesperson.

        One without company counts where its account is known, else in its salesperson's company, else
        in the reader's.
        """
        return SQL(
            """(l.company_id = ANY(%(branches)s) OR l.company_id IS NULL AND (
                   x.id IS NOT NULL
                   OR COALESCE(o.company_id, %(company)s) = ANY(%(branches)s) AND NOT EXISTS (
                       SELECT FROM res_partner h JOIN cartera_profile k
                           ON k.partner_id = h.commercial_partner_id WHERE h.id = l.partner_id)))""",
            branches=scope.branch_ids,
            company=self.env.company.id,
        )

    def _select_activities(self, facts, scope, lead_company) -> list[SQL]:
        """Return due activities: of accounts, as the facts see them, and on leads without a contact.

        Nobody's activity is its lead's salesperson's, else the account's.
        """
        of_account = SQL(
            """FROM (%(open)s) a
               JOIN mail_activity m ON m.id = a.id
               %(profile)s
          LEFT JOIN crm_lead l ON m.res_model = 'crm.lead' AND l.id = m.res_id
          LEFT JOIN res_users o ON o.id = l.user_id
              WHERE a.day <= %(today)s AND x.excluded IS NOT TRUE
                AND (x.id IS NOT NULL OR %(company)s)""",
            company=lead_company,
            open=facts._sql_open_activity(scope),
            profile=self._sql_profile(scope, SQL("a.partner_id")),
            today=scope.as_of,
        )
        of_lead = SQL(
            """FROM mail_activity m
               JOIN crm_lead l ON l.id = m.res_id
          LEFT JOIN res_users o ON o.id = l.user_id
          LEFT JOIN cartera_profile x ON FALSE
              WHERE m.res_model = 'crm.lead' AND m.active AND m.date_deadline <= %(today)s
                AND l.partner_id IS NULL AND %(pending)s AND %(company)s""",
            today=scope.as_of,
            pending=facts._sql_pending_lead(),
            company=lead_company,
        )
        return [
            SQL(
                """SELECT 'activity' AS kind, m.id AS key, m.id AS source_id, x.id AS profile_id,
                          %(account)s AS partner_id,
                          CASE WHEN m.res_model = 'res.partner' THEN m.res_id ELSE l.partner_id END
                               AS contact_id,
                          l.id AS lead_id, m.id AS activity_id, %(user)s AS user_id,
                          m.date_deadline AS day
                     %(source)s AND %(condition)s""",
                account=account,
                user=user,
                source=source,
                condition=condition,
            )
            for source, account, doer in (
                (of_account, SQL("a.partner_id"), SQL("a.user_id")),
                (of_lead, SQL("NULL::int"), SQL("m.user_id")),
            )
            for user, condition in self._split_by_user(doer, SQL("COALESCE(l.user_id, x.user_id)"))
        ]

    def _select_leads(self, facts, scope, lead_company) -> list[SQL]:
        """Return open leads without open activity or future meeting: since when they have waited.

        What was done today is done for today. Nobody's lead is the account's salesperson's.
        """
        source = SQL(
            """FROM crm_lead l
          LEFT JOIN res_partner p ON p.id = l.partner_id
          LEFT JOIN res_users o ON o.id = l.user_id
               %(profile)s
              WHERE %(pending)s AND %(company)s AND x.excluded IS NOT TRUE
                AND NOT EXISTS (SELECT FROM mail_activity m WHERE m.res_model = 'crm.lead'
                                   AND m.res_id = l.id
                                   AND (m.active OR m.date_done = %(today)s))
                AND NOT EXISTS (SELECT FROM calendar_event v JOIN (%(meeting)s) e ON e.id = v.id
                                 WHERE v.opportunity_id = l.id AND e.day >= %(today)s)""",
            profile=self._sql_profile(scope, SQL("p.commercial_partner_id")),
            pending=facts._sql_pending_lead(),
            company=lead_company,
            meeting=facts._sql_meeting(scope),
            today=scope.as_of,
        )
        return [
            SQL(
                """SELECT 'lead' AS kind, l.id AS key, l.id AS source_id, x.id AS profile_id,
                          p.commercial_partner_id AS partner_id, l.partner_id AS contact_id,
                          l.id AS lead_id, NULL::int AS activity_id, %(user)s AS user_id,
                          %(day)s AS day
                     %(source)s AND %(condition)s""",
                user=user,
                day=scope.day(SQL("COALESCE(l.cartera_first_date, l.create_date)")),
                source=source,
                condition=condition,
            )
            for user, condition in self._split_by_user(SQL("l.user_id"), SQL("x.user_id"))
        ]

    def _select_accounts(self, facts, scope) -> SQL:
        """Return accounts of a high priority without a next action, and nothing done or held today.

        The engine has noted the next action and the last interaction; only of accounts that wait for it,
        and of those with an interaction of today, the documents are asked. OFFSET 0 keeps the planner
        from reading those of all accounts.
        One whose salesperson has an open lead with it is left out: the lead is in the queue.
        """
        threshold = self.env["cartera.policy"]._for(
            self.env["res.company"].browse(scope.company_id)
        )
        return SQL(
            """SELECT 'account' AS kind, x.id AS key, x.id AS source_id, x.id AS profile_id, x.partner_id,
                      NULL::int AS contact_id, NULL::int AS lead_id, NULL::int AS activity_id,
                      x.user_id, %(today)s::date AS day
                 FROM cartera_profile x
                WHERE x.company_id = %(company)s AND x.active AND x.excluded IS NOT TRUE
                  AND x.priority >= %(threshold)s
                  AND (x.next_action_date IS NULL
                       OR x.next_action_model = 'calendar.event' AND x.next_action_date < %(today)s)
                  AND NOT EXISTS (
                      SELECT FROM res_partner p JOIN crm_lead l ON l.partner_id = p.id
                       WHERE p.commercial_partner_id = x.partner_id AND %(open_lead)s
                         AND COALESCE(l.user_id, x.user_id) IS NOT DISTINCT FROM x.user_id)
                  AND NOT (%(touched)s AND EXISTS (
                      SELECT FROM (%(open)s) d WHERE d.partner_id = x.partner_id OFFSET 0))
                  AND NOT ((x.last_interaction_date >= %(today)s OR %(touched)s) AND (
                      EXISTS (SELECT FROM (%(done)s) d
                               WHERE d.partner_id = x.partner_id OFFSET 0)
                      OR EXISTS (SELECT FROM (%(held)s) d
                                  WHERE d.partner_id = x.partner_id OFFSET 0)))""",
            company=scope.company_id,
            today=scope.as_of,
            **self._get_done(facts, scope),
            threshold=threshold.queue_threshold,
            touched=SQL(
                "x.partner_id IN (SELECT t.partner_id FROM cartera_touch t WHERE t.root_id IN %s)",
                (EVERY_COMPANY, scope.company_id),
            ),
            open=facts._sql_open_activity(scope),
            open_lead=facts._sql_open_lead(scope),
        )

    def _get_done(self, facts, scope) -> dict[str, SQL]:
        """Return {name: SELECT} of the activities and meetings with accounts that were done today."""
        yesterday = scope.as_of - timedelta(days=1)
        return {
            "done": facts._sql_activities_since(scope, yesterday),
            "held": facts._sql_meetings_since(scope, yesterday),
        }

    def _select_meetings(self, facts, scope) -> SQL:
        """Return accounts whose next action is a meeting of today.

        It is done once an activity or meeting with the account is recorded that took place since it
        began.
        """
        return SQL(
            """SELECT 'meeting' AS kind, x.id AS key, x.next_action_res_id AS source_id,
                      x.id AS profile_id, x.partner_id, NULL::int AS contact_id, NULL::int AS lead_id,
                      NULL::int AS activity_id, x.user_id, x.next_action_date AS day
                 FROM cartera_profile x JOIN calendar_event v ON v.id = x.next_action_res_id
                WHERE x.company_id = %(company)s AND x.active AND x.excluded IS NOT TRUE
                  AND x.next_action_model = 'calendar.event' AND x.next_action_date = %(today)s
                  AND NOT EXISTS (
                      SELECT FROM (%(done)s) d JOIN mail_activity m ON m.id = d.source_id
                       WHERE d.partner_id = x.partner_id
                         AND COALESCE(m.cartera_date, m.write_date) >= v.start OFFSET 0)
                  AND NOT EXISTS (
                      SELECT FROM (%(held)s) d (partner_id, day, kind, user_id, source_id)
                        JOIN calendar_event h ON h.id = d.source_id
                       WHERE d.partner_id = x.partner_id AND h.start >= v.start OFFSET 0)""",
            company=scope.company_id,
            today=scope.as_of,
            **self._get_done(facts, scope),
        )
