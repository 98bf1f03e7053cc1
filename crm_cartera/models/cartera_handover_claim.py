"""Which records go with an account: one statement finds them, for the preview and for the hand-over."""

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL

#: What the statement reads and Odoo may not have written yet.
READ = (
    "cartera.handover",
    "cartera.handover.line",
    "cartera.profile",
    "res.partner",
    "crm.lead",
    "mail.activity",
    "calendar.event",
    "res.users.settings",
)


class CarteraHandover(models.Model):
    _inherit = "cartera.handover"

    # ------------------------------------------------------------------
    # SQL. Aliases: ``a`` (profile_id, partner_id, user_id) an account with the salesperson it has.
    # ------------------------------------------------------------------

    @api.model
    def _sql_accounts(self, scope, profile_ids) -> SQL:
        """Return SELECT (profile_id, partner_id, user_id, name) of accounts of the scope's company."""
        return SQL(
            """SELECT p.id AS profile_id, p.partner_id, c.user_id, p.name
                 FROM cartera_profile p JOIN res_partner c ON c.id = p.partner_id
                WHERE p.id = ANY(%s) AND p.company_id = %s AND p.excluded IS NOT TRUE AND %s""",
            list(profile_ids),
            scope.company_id,
            self._sql_of_company(scope, SQL("c.company_id")),
        )

    @staticmethod
    def _sql_of_company(scope, column: SQL) -> SQL:
        """Return the condition that a record is of the company, of a branch or of none."""
        return SQL("(%(of)s IS NULL OR %(of)s = ANY(%(ids)s))", of=column, ids=scope.branch_ids)

    @api.model
    def _sql_records(self, scope, profile_ids, now) -> SQL:
        """Return SELECT of what goes with accounts: a row for each record.

        (profile_id, place, kind, res_model, res_id, label, user_id, team_id, is_private). ``user_id``
        is the account's salesperson: the record is his too. ``place``: the order of moving. ``now``:
        meetings that begin later are future ones, in UTC. Nobody's accounts take nobody's leads and
        activities along.
        """
        facts = self.env["cartera.facts"].sudo()
        parts = [
            self._sql_account_rows(),
            self._sql_contact_rows(scope),
            self._sql_lead_rows(facts, scope),
            self._sql_activity_rows(facts, scope),
            self._sql_meeting_rows(facts, scope, now),
        ]
        return SQL(
            "WITH a AS MATERIALIZED (%s) %s",
            self._sql_accounts(scope, profile_ids),
            SQL(" UNION ALL ").join(parts),
        )

    @staticmethod
    def _sql_account_rows() -> SQL:
        return SQL(
            """SELECT a.profile_id, 0 AS place, 'account' AS kind, 'res.partner' AS res_model,
                      a.partner_id AS res_id, a.name AS label, a.user_id, NULL::int AS team_id,
                      FALSE AS is_private FROM a"""
        )

    def _sql_contact_rows(self, scope) -> SQL:
        """Of the contacts below the account that have its salesperson; without one they stay so."""
        return SQL(
            """SELECT a.profile_id, 1, 'contact', 'res.partner', c.id, c.name, a.user_id,
                      NULL::int, FALSE
                 FROM a JOIN res_partner c ON c.commercial_partner_id = a.partner_id
                WHERE c.id <> a.partner_id AND c.user_id = a.user_id AND %s""",
            self._sql_of_company(scope, SQL("c.company_id")),
        )

    @staticmethod
    def _sql_lead_rows(facts, scope) -> SQL:
        return SQL(
            """SELECT a.profile_id, 2, 'lead', 'crm.lead', l.id, l.name, a.user_id, l.team_id, FALSE
                 FROM a JOIN res_partner c ON c.commercial_partner_id = a.partner_id
                 JOIN crm_lead l ON l.partner_id = c.id
                WHERE l.user_id IS NOT DISTINCT FROM a.user_id AND %s""",
            facts._sql_open_lead(scope),
        )

    def _sql_activity_rows(self, facts, scope) -> SQL:
        """Of open activities; that of a private meeting stays with it."""
        return SQL(
            """SELECT a.profile_id, 3, 'activity', 'mail.activity', o.id,
                      COALESCE(NULLIF(m.summary, ''), t.name ->> 'en_US'), a.user_id, NULL::int,
                      %(private)s
                 FROM a JOIN (%(open)s) o ON o.partner_id = a.partner_id
                 JOIN mail_activity m ON m.id = o.id
            LEFT JOIN mail_activity_type t ON t.id = m.activity_type_id
            LEFT JOIN calendar_event e ON e.id = m.calendar_event_id
            LEFT JOIN res_users_settings s ON s.user_id = e.user_id
                WHERE o.user_id IS NOT DISTINCT FROM a.user_id""",
            private=self._sql_private(),
            open=facts._sql_open_activity(scope),
        )

    def _sql_meeting_rows(self, facts, scope, now) -> SQL:
        """Of meetings that have not begun and that the salesperson organises.

        Each future date of a recurring meeting is one of them. With two accounts at the table it goes
        with the first.
        """
        about = facts._sql_lead_of_companies(scope)
        return SQL(
            """SELECT * FROM (
                   SELECT DISTINCT ON (e.id) a.profile_id, 4, 'meeting', 'calendar.event', e.id,
                          e.start::date::text, a.user_id, NULL::int, %(private)s
                     FROM a JOIN (%(attendance)s) x ON x.partner_id = a.partner_id
                     JOIN calendar_event e ON e.id = x.event_id AND e.user_id = a.user_id
                LEFT JOIN res_users_settings s ON s.user_id = e.user_id
                LEFT JOIN crm_lead l ON l.id = e.opportunity_id
                    WHERE e.active AND %(future)s AND (l.id IS NULL OR %(about)s)
                 ORDER BY e.id, a.profile_id) meeting""",
            private=self._sql_private(),
            attendance=facts._sql_attendance(scope, SQL("TRUE"), about),
            future=self._sql_future(scope, now),
            about=about,
        )

    @staticmethod
    def _sql_private() -> SQL:
        """Return whether meeting ``e`` of somebody with settings ``s`` is private."""
        return SQL(
            "(e.id IS NOT NULL AND COALESCE(e.privacy, s.calendar_default_privacy, '') = 'private')"
        )

    @staticmethod
    def _sql_future(scope, now) -> SQL:
        """Return the condition that meeting ``e`` has not begun; one of whole days counts by its day."""
        return SQL(
            "CASE WHEN e.allday THEN e.start_date > %s ELSE e.start > %s END", scope.as_of, now
        )

    @api.model
    def _flush_claimed(self):
        for model in READ:
            self.env[model].flush_model()

    # ------------------------------------------------------------------
    # Look and claim
    # ------------------------------------------------------------------

    @api.model
    def _count_records(self, company, profile_ids) -> list[tuple]:
        """Return [(salesperson id or None, kind, is private, how many)] of what goes with accounts."""
        self._flush_claimed()
        scope = self._get_handover_scope(company, profile_ids)
        return self.env.execute_query(
            SQL(
                """SELECT user_id, kind, is_private, COUNT(*) FROM (%s) r
                 GROUP BY 1, 2, 3 ORDER BY 1 NULLS LAST, 2, 3""",
                self._sql_records(scope, profile_ids, fields.Datetime.now()),
            )
        )

    @api.model
    def _get_handover_scope(self, company, profile_ids):
        """Return the facts' scope of accounts of a company."""
        # Not through the records: they may be all of the portfolio.
        query = SQL("SELECT partner_id FROM cartera_profile WHERE id = ANY(%s)", list(profile_ids))
        partners = [partner for (partner,) in self.env.execute_query(query)]
        return self.env["cartera.facts"].sudo()._get_scope(company, partners=partners)

    def _claim(self, targets) -> int:
        """Note what is to be moved; return how many accounts. ``targets``: {profile id: user id}."""
        self.ensure_one()
        self._flush_claimed()
        scope = self._get_handover_scope(self.company_id, list(targets))
        self.env.cr.execute(
            SQL(
                """INSERT INTO cartera_handover_line (
                          handover_id, company_id, profile_id, kind, res_model, res_id, label,
                          old_user_id, new_user_id, old_team_id, state, reason,
                          create_uid, write_uid, create_date, write_date)
                   SELECT %(handover)s, %(company)s, r.profile_id, r.kind, r.res_model, r.res_id,
                          CASE WHEN NOT r.is_private THEN r.label END,
                          r.user_id, t.user_id, r.team_id,
                          CASE WHEN r.is_private OR r.user_id = t.user_id THEN 'skipped'
                               ELSE 'waiting' END,
                          CASE WHEN r.user_id = t.user_id THEN 'same'
                               WHEN r.is_private THEN 'private' END,
                          %(uid)s, %(uid)s, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                     FROM (%(records)s) r
                     JOIN unnest(%(profiles)s::int4[], %(users)s::int4[]) AS t (profile_id, user_id)
                       ON t.profile_id = r.profile_id
                    WHERE r.kind = 'account' OR r.user_id IS DISTINCT FROM t.user_id
                 ORDER BY r.profile_id, r.place, r.res_id""",
                handover=self.id,
                company=self.company_id.id,
                records=self._sql_records(scope, list(targets), fields.Datetime.now()),
                profiles=list(targets),
                users=list(targets.values()),
                uid=SUPERUSER_ID,
            )
        )
        lines = self.env["cartera.handover.line"]
        lines.invalidate_model()
        self.invalidate_recordset()
        return lines.search_count(
            [("handover_id", "=", self.id), ("kind", "=", "account"), ("state", "=", "waiting")]
        )
