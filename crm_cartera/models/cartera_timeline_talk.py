"""What was said and done with an account, and what became of it: sources of its timeline."""

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from .cartera_facts_interaction import INTERACTION_TYPES

#: {source: model}: histories that have a row for each change, read with the user's own rights.
HISTORIES = {
    "lifecycle": "cartera.transition",
    "segment": "cartera.segment.move",
    "retention": "cartera.retention.change",
}


class CarteraTimeline(models.AbstractModel):
    _inherit = "cartera.timeline"

    def _select_activity(self, page) -> SQL:
        """Done activities on the account, its contacts and its leads."""
        facts = self.env["cartera.facts"].sudo()
        done = SQL(
            """SELECT a.id, a.date_done, a.user_id FROM (%(people)s) p
                 JOIN mail_activity a ON a.res_model = 'res.partner' AND a.res_id = p.id
                WHERE NOT a.active
                UNION ALL
               SELECT a.id, a.date_done, a.user_id FROM (%(people)s) p
                 JOIN crm_lead l ON l.partner_id = p.id
                 JOIN mail_activity a ON a.res_model = 'crm.lead' AND a.res_id = l.id
                WHERE NOT a.active AND %(leads)s""",
            people=self._select_people(page),
            leads=facts._sql_lead_of_companies(page.scope),
        )
        return self._select(
            page,
            "activity",
            page.moment(SQL("a.date_done")),
            SQL("a.id"),
            SQL(
                "FROM (%s) a WHERE a.date_done IS NOT NULL AND %s",
                done,
                page.rest_of_days("activity", SQL("a.date_done"), SQL("a.id")),
            ),
            user_id=SQL("a.user_id"),
            res_id=SQL("a.id"),
        )

    def _select_activity_planned(self, page) -> SQL:
        """Open activities, those that may be the next action, on the day when they are due."""
        facts = self.env["cartera.facts"].sudo()
        return self._select(
            page,
            "activity_planned",
            page.moment(SQL("a.day")),
            SQL("a.id"),
            SQL(
                "FROM (%s) a WHERE %s",
                facts._sql_open_activity(page.scope),
                page.rest_of_days("activity_planned", SQL("a.day"), SQL("a.id")),
            ),
            detail=SQL("CASE WHEN a.day < %s THEN 'overdue' ELSE 'planned' END", page.scope.as_of),
            user_id=SQL("a.user_id"),
            res_id=SQL("a.id"),
        )

    def _select_meeting(self, page) -> SQL:
        """Meetings, past and to come; nobody is named of a private one."""
        facts = self.env["cartera.facts"].sudo()
        at = SQL("CASE WHEN e.allday THEN %s ELSE e.start END", page.moment(SQL("e.start_date")))
        return self._select(
            page,
            "meeting",
            at,
            SQL("e.id"),
            SQL(
                """FROM (%s) x JOIN calendar_event e ON e.id = x.event_id
                   LEFT JOIN res_users_settings s ON s.user_id = e.user_id
                   WHERE e.active AND %s""",
                facts._sql_attendance(
                    page.scope, SQL("TRUE"), facts._sql_lead_of_companies(page.scope)
                ),
                page.rest("meeting", at, SQL("e.id")),
            ),
            timed=SQL("NOT COALESCE(e.allday, FALSE)"),
            user_id=SQL(
                """CASE WHEN COALESCE(e.privacy, s.calendar_default_privacy) = 'private'
                        THEN NULL ELSE e.user_id END"""
            ),
            res_id=SQL("e.id"),
        )

    def _select_message(self, page) -> SQL:
        """Messages from or to a person of the account, those that count as interactions."""
        people = self._select_people(page)
        return self._select(
            page,
            "message",
            SQL("m.date"),
            SQL("m.id"),
            SQL(
                """FROM mail_message m
                   WHERE m.message_type IN %(types)s AND %(rest)s AND m.id IN (
                         SELECT w.id FROM mail_message w WHERE w.author_id IN (%(people)s)
                          UNION
                         SELECT n.mail_message_id FROM mail_notification n
                          WHERE n.res_partner_id IN (%(people)s))""",
                types=INTERACTION_TYPES,
                rest=page.rest("message", SQL("m.date"), SQL("m.id")),
                people=people,
            ),
            timed=SQL("TRUE"),
            detail=SQL("CASE m.message_type WHEN 'comment' THEN 'comment' ELSE 'email' END"),
            res_id=SQL("m.id"),
            new_id=SQL("m.author_id"),
        )

    # ------------------------------------------------------------------
    # What became of it
    # ------------------------------------------------------------------

    def _select_history(self, page, source) -> SQL:
        """Return the rows of one of HISTORIES that the user's rules let him see."""
        mine = Domain("profile_id", "=", page.profile_id)
        allowed = self.env[HISTORIES[source]].sudo(False)._search(mine)
        return self._select(
            page,
            source,
            page.moment(SQL("h.date")),
            SQL("h.id"),
            SQL(
                "FROM (%s) h WHERE %s",
                allowed.subselect(
                    SQL.identifier(allowed.table, "id"), SQL.identifier(allowed.table, "date")
                ),
                page.rest_of_days(source, SQL("h.date"), SQL("h.id")),
            ),
            res_id=SQL("h.id"),
        )

    def _select_lifecycle(self, page) -> SQL:
        return self._select_history(page, "lifecycle")

    def _select_segment(self, page) -> SQL:
        return self._select_history(page, "segment")

    def _select_retention(self, page) -> SQL:
        return self._select_history(page, "retention")
