"""Whom we spoke with, and when: what the counts of interactions of an account are made of."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..models.cartera_facts_interaction import INTERACTION_TYPES

#: {kind: model of its source}
SOURCES = {
    "activity": "mail.activity",
    "meeting": "calendar.event",
    "email": "mail.message",
    "comment": "mail.message",
}


class CarteraInteraction(models.Model):
    """Done activities, past meetings and messages of one account, under the rules of the portfolio.

    Which account, the context says (``cartera_profile_id``): messages have no index that would find
    those of all accounts. Of a private meeting there is the date only; a summary only if the user may
    read its source.
    """

    _name = "cartera.interaction"
    _description = "Portfolio interaction"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "summary"

    profile_id = fields.Many2one(comodel_name="cartera.profile", string="Account", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    date = fields.Date(readonly=True)
    kind = fields.Selection(
        selection=[
            ("activity", "Activity"),
            ("meeting", "Meeting"),
            ("email", "E-mail"),
            ("comment", "Comment"),
        ],
        readonly=True,
    )
    user_id = fields.Many2one(comodel_name="res.users", string="By", readonly=True)
    res_id = fields.Integer(string="Source ID", readonly=True, aggregator=None)
    summary = fields.Char(
        compute="_compute_summary",
        compute_sudo=False,
        help="Blank if it is private or you may not read it.",
    )

    _depends = {
        "calendar.event": [
            "active",
            "cartera_kind_id",
            "opportunity_id",
            "partner_ids",
            "privacy",
            "start",
            "user_id",
        ],
        "cartera.profile": ["partner_id", "company_id", "excluded"],
        "crm.lead": ["company_id", "partner_id"],
        "mail.activity": [
            "active",
            "calendar_event_id",
            "date_done",
            "res_id",
            "res_model",
            "user_id",
        ],
        "mail.message": ["author_id", "date", "message_type"],
        "mail.notification": ["mail_message_id", "res_partner_id"],
        "res.partner": ["commercial_partner_id"],
    }

    @property
    def _table_query(self):
        profile_id = self.env.context.get("cartera_profile_id")
        profile = self.env["cartera.profile"].sudo().browse(profile_id or ()).exists()
        if not profile or profile.excluded:
            return self._select_nothing()
        facts = self.env["cartera.facts"].sudo()
        scope = facts._get_scope(profile.company_id, partners=profile.partner_id.ids)
        # Two sources may have the same id.
        return SQL(
            """SELECT source_id * 4 + CASE kind WHEN 'activity' THEN 0 WHEN 'meeting' THEN 1 ELSE 2 END
                      AS id, %(profile)s AS profile_id, %(company)s AS company_id, day AS date, kind,
                      user_id, source_id AS res_id
                 FROM (%(interaction)s) interaction
                WHERE day <= %(as_of)s""",
            profile=profile.id,
            company=profile.company_id.id,
            interaction=self._select_interactions(facts, scope),
            as_of=scope.as_of,
        )

    @api.model
    def _select_nothing(self) -> SQL:
        return SQL(
            """SELECT NULL::int AS id, NULL::int AS profile_id, NULL::int AS company_id,
                      NULL::date AS date, NULL::text AS kind, NULL::int AS user_id,
                      NULL::int AS res_id WHERE FALSE"""
        )

    @api.model
    def _select_interactions(self, facts, scope) -> SQL:
        """Return SELECT (day, kind, user_id, source_id) of what the facts count, row by row."""
        people = scope.accounts(SQL("p.commercial_partner_id"))
        return SQL(
            """SELECT a.date_done AS day, 'activity' AS kind, a.user_id, a.id AS source_id
                 FROM mail_activity a JOIN res_partner p ON p.id = a.res_id
                WHERE a.res_model = 'res.partner' AND %(done)s AND %(people)s
                UNION ALL
               SELECT a.date_done, 'activity', a.user_id, a.id
                 FROM mail_activity a
                 JOIN crm_lead l ON l.id = a.res_id
                 JOIN res_partner p ON p.id = l.partner_id
                WHERE a.res_model = 'crm.lead' AND %(done)s AND %(leads)s AND %(people)s
                UNION ALL
               SELECT e.day, 'meeting', e.user_id, e.id
                 FROM (%(meeting)s) e JOIN (%(attendance)s) x ON x.event_id = e.id
                WHERE e.past_day <= %(as_of)s
                UNION ALL
               SELECT %(day)s, CASE m.message_type WHEN 'comment' THEN 'comment' ELSE 'email' END,
                      (SELECT MIN(u.id) FROM res_users u WHERE u.partner_id = m.author_id), m.id
                 FROM mail_message m
                WHERE m.message_type IN %(types)s AND m.id IN (
                      SELECT w.id FROM mail_message w JOIN res_partner p ON p.id = w.author_id
                       WHERE %(people)s
                       UNION
                      SELECT n.mail_message_id
                        FROM mail_notification n JOIN res_partner p ON p.id = n.res_partner_id
                       WHERE %(people)s)""",
            people=people,
            done=facts._sql_done(),
            leads=facts._sql_lead_of_companies(scope),
            meeting=facts._sql_meeting(scope),
            attendance=facts._sql_attendance(
                scope, SQL("TRUE"), facts._sql_lead_of_companies(scope)
            ),
            as_of=scope.as_of,
            day=scope.day(SQL("m.date")),
            types=INTERACTION_TYPES,
        )

    @api.depends_context("uid")
    @api.depends("kind", "res_id")
    def _compute_summary(self):
        """Read the sources with the user's own rights, one query a source."""
        self.summary = False
        for kind, interactions in self.grouped("kind").items():
            sources = self._get_sources(kind, interactions.mapped("res_id"))
            summaries = {source.id: source._cartera_get_summary() for source in sources}
            for interaction in interactions:
                interaction.summary = summaries.get(interaction.res_id)

    @api.model
    def _get_sources(self, kind, ids):
        """Return the sources of one kind that the user may read."""
        model = SOURCES[kind]
        sources = self.env[model].with_context(active_test=False).browse(ids)
        return sources.exists()._filtered_access("read")

    def action_open(self):
        """Open where it happened: the meeting, or the contact or lead of an activity or message."""
        self.ensure_one()
        source = self._get_sources(self.kind, [self.res_id])
        if not source or (self.kind == "meeting" and not source._cartera_get_summary()):
            raise AccessError(self.env._("It is private, or of a record that you may not read."))
        if self.kind == "meeting":
            return source._get_records_action()
        model = source.res_model if self.kind == "activity" else source.model
        return self.env[model].browse(source.res_id)._get_records_action()
