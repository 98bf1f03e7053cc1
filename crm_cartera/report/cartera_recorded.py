"""Who recorded what: done activities and past meetings, and how much was told of each."""

from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..models.cartera_fields import BlankFloat
from .cartera_interaction import SOURCES

#: What is wanted of each interaction; quality is the share of these that was given.
WANTED = ("outcome_given", "duration_given", "person_given", "next_given")
#: Before any interaction.
EVER = date(1900, 1, 1)
#: Columns of a captured contact that the rows are made of.
DETAILS = [
    "cartera_duration",
    "cartera_kind_id",
    "cartera_next_date",
    "cartera_outcome_id",
    "cartera_person_id",
    "cartera_recorded_by_id",
]
#: What the rows are read from.
READ = {
    "calendar.event": [
        "active",
        "duration",
        "opportunity_id",
        "partner_ids",
        "privacy",
        "start",
        "user_id",
        *DETAILS,
    ],
    "cartera.profile": ["partner_id", "company_id", "excluded"],
    "crm.lead": ["company_id", "partner_id"],
    "mail.activity": ["active", "date_done", "res_id", "res_model", "user_id", *DETAILS],
    "res.partner": ["commercial_partner_id"],
}


class CarteraRecorded(models.Model):
    """One row for each account of a done activity or past meeting, under the rules of the portfolio.

    The interactions are those of :class:`CarteraInteraction` without messages, which record
    themselves. The author is stored by the server with a captured contact; else whose activity or
    meeting it was. Of a private meeting there is the date only.
    """

    _name = "cartera.recorded"
    _description = "Recorded interaction"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "date"

    profile_id = fields.Many2one(comodel_name="cartera.profile", string="Account", readonly=True)
    # An indicator of the scorecard that counts these rows finds the account by it.
    partner_id = fields.Many2one(comodel_name="res.partner", string="Contact", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    salesperson_id = fields.Many2one(
        related="profile_id.user_id", string="Salesperson of the account"
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Recorded by",
        readonly=True,
        help="Stored with a captured contact; else whose activity or meeting it was. Nobody is named "
        "of a private meeting.",
    )
    date = fields.Date(readonly=True, help="The day on which it took place.")
    source = fields.Selection(
        selection=[("activity", "Activity"), ("meeting", "Meeting")], string="Is", readonly=True
    )
    res_id = fields.Integer(string="Source ID", readonly=True, aggregator=None)
    kind_id = fields.Many2one(
        comodel_name="cartera.contact.kind",
        string="Kind of contact",
        readonly=True,
        help="Blank if it was not captured in the dialog.",
    )
    captured = fields.Boolean(readonly=True, help="Recorded in the dialog, with its details.")
    interaction_count = fields.Integer(
        string="Interactions", readonly=True, help="One for each row."
    )
    duration = BlankFloat(string="Time spent", readonly=True, help="In hours.")
    outcome_given = fields.Boolean(string="Outcome", readonly=True, help="It says how it ended.")
    duration_given = fields.Boolean(
        string="Duration", readonly=True, help="It says how long it took."
    )
    person_given = fields.Boolean(string="Person", readonly=True, help="It says with whom.")
    next_given = fields.Boolean(
        string="Next action", readonly=True, help="The next action was scheduled with it."
    )
    quality = BlankFloat(
        readonly=True,
        aggregator="avg",
        help="Share of what is wanted of it that was given: outcome, duration, person and next action. "
        "Blank of a private meeting.",
    )

    _depends = READ

    @property
    def _table_query(self):
        return SQL(" UNION ALL ").join(
            self._select_recorded(company, EVER) for company in self.env.companies.root_id
        )

    @api.model
    def _select_recorded(self, company, since) -> SQL:
        """Return the rows of a root company, of later days than ``since``."""
        facts = self.env["cartera.facts"].sudo()
        scope = facts._get_scope(company)
        return SQL(
            """SELECT r.id, r.profile_id, r.partner_id, r.company_id, r.user_id, r.date, r.source, r.res_id,
                      r.kind_id, r.kind_id IS NOT NULL AS captured,
                      1 AS interaction_count, r.duration, r.outcome_given,
                      r.duration IS NOT NULL AS duration_given, r.person_given, r.next_given,
                      CASE WHEN NOT r.is_private THEN
                           (r.outcome_given::int + (r.duration IS NOT NULL)::int
                            + r.person_given::int + r.next_given::int)::numeric / %(wanted)s
                       END AS quality
                 FROM (%(rows)s) r""",
            wanted=len(WANTED),
            rows=self._select_details(facts, scope, since),
        )

    @api.model
    def _select_details(self, facts, scope, since) -> SQL:
        """Return the interactions with what was told of each; nothing of a private one."""
        details = [
            self._select_source(
                scope,
                "activity",
                facts._sql_activities_since(scope, since),
                SQL("JOIN mail_activity d ON d.id = i.source_id"),
                SQL("NULL::numeric"),
                SQL("FALSE"),
            ),
            # A calendar knows how long a meeting was, and who of the account was there.
            self._select_source(
                scope,
                "meeting",
                facts._sql_meetings_since(scope, since),
                SQL("LEFT JOIN calendar_event d ON d.id = i.source_id AND i.user_id IS NOT NULL"),
                SQL("d.duration"),
                SQL(
                    """EXISTS (SELECT FROM calendar_event_res_partner_rel m
                                 JOIN res_partner c ON c.id = m.res_partner_id
                                WHERE m.calendar_event_id = d.id AND c.id <> i.partner_id
                                  AND c.commercial_partner_id = i.partner_id)"""
                ),
            ),
        ]
        return SQL(" UNION ALL ").join(details)

    @api.model
    def _select_source(self, scope, kind, interactions, join, duration, attended) -> SQL:
        """Return the rows of one kind of source ``d``; interactions ``i`` of accounts ``x``.

        A meeting with two accounts is a row of each: the id holds both, in the 53 bits that a browser
        counts with.
        """
        return SQL(
            """SELECT (x.id::bigint << 33) + i.source_id::bigint * 2 + %(bit)s AS id,
                      x.id AS profile_id, x.partner_id, x.company_id, i.day AS date, %(kind)s AS source,
                      i.source_id AS res_id, d.id IS NULL AS is_private,
                      CASE WHEN d.id IS NOT NULL
                           THEN COALESCE(d.cartera_recorded_by_id, i.user_id) END AS user_id,
                      d.cartera_kind_id AS kind_id,
                      COALESCE(NULLIF(d.cartera_duration, 0)::numeric,
                               NULLIF(%(duration)s, 0)::numeric) AS duration,
                      d.cartera_outcome_id IS NOT NULL AS outcome_given,
                      (d.cartera_person_id IS NOT NULL OR %(attended)s) AS person_given,
                      d.cartera_next_date IS NOT NULL AS next_given
                 FROM (%(interactions)s) i (partner_id, day, kind, user_id, source_id)
                 JOIN cartera_profile x ON x.partner_id = i.partner_id AND x.company_id = %(company)s
                 %(join)s
                WHERE x.excluded IS NOT TRUE""",
            bit=int(kind == "meeting"),
            kind=kind,
            duration=duration,
            attended=attended,
            interactions=interactions,
            company=scope.company_id,
            join=join,
        )

    def action_open(self):
        """Open where it happened: the meeting, or the contact or lead of the activity."""
        self.ensure_one()
        self.check_access("read")
        source = self.env[SOURCES[self.source]].with_context(active_test=False)
        record = source.browse(self.res_id).exists()._filtered_access("read")
        if not record or (self.source == "meeting" and not record._cartera_get_summary()):
            raise AccessError(self.env._("It is private, or of a record that you may not read."))
        if self.source == "meeting":
            return record._get_records_action()
        return self.env[record.res_model].browse(record.res_id)._get_records_action()
