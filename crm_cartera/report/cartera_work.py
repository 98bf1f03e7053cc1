"""What is to be done today, in one list: activities, leads, accounts and meetings."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..models.cartera_fields import BlankInteger
from ..models.cartera_figures import RETENTION
from ..models.cartera_profile_priority import SUGGESTED_ACTIONS
from ..models.cartera_stage import LIFECYCLES
from .cartera_work_source import DEPENDS

KINDS = [
    ("activity", "Activity due"),
    ("meeting", "Meeting today"),
    ("lead", "Lead, no next step"),
    ("account", "Account, no next action"),
]


class CarteraWork(models.Model):
    """One row for each thing to be done today, under the rules of who must do it.

    A row is there for whoever must do it; of an account or lead that he may not read it tells nothing
    but the contact's name. Definitions: docs/metrics.md.
    """

    _name = "cartera.work"
    _description = "Work for today"
    _auto = False
    _order = "priority desc nulls last, date, id"
    _rec_name = "account_name"

    name = fields.Char(
        string="What to do",
        compute="_compute_name",
        compute_sudo=False,
        help="Blank if it is private or you may not read it.",
    )
    kind = fields.Selection(selection=KINDS, string="Why it is here", readonly=True)
    source_id = fields.Integer(string="Source ID", readonly=True, aggregator=None)
    profile_id = fields.Many2one(comodel_name="cartera.profile", readonly=True)
    account_name = fields.Char(string="Account", readonly=True)
    partner_id = fields.Many2one(comodel_name="res.partner", string="Contact", readonly=True)
    lead_id = fields.Many2one(comodel_name="crm.lead", readonly=True)
    activity_id = fields.Many2one(comodel_name="mail.activity", readonly=True)
    activity_type_id = fields.Many2one(comodel_name="mail.activity.type", readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Who",
        readonly=True,
        help="Whose activity or lead it is; if nobody's, the account's salesperson.",
    )
    team_id = fields.Many2one(comodel_name="crm.team", string="Sales Team", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    date = fields.Date(
        string="Since",
        readonly=True,
        help="When the activity was due, or the lead came; today for accounts and meetings.",
    )
    overdue = fields.Integer(
        string="Is overdue", readonly=True, help="One if it should have been done before today."
    )
    priority = BlankInteger(
        readonly=True,
        aggregator=None,
        help="The account's. Of a lead without one: how its weighted revenue compares with the mean, "
        "but never below the priority from which accounts are in “Today”.",
    )
    priority_reason = fields.Text(
        string="Reasons", compute="_compute_priority_reason", compute_sudo=False
    )
    suggested_action = fields.Selection(
        selection=SUGGESTED_ACTIONS,
        string="Suggestion",
        readonly=True,
    )
    lifecycle = fields.Selection(selection=LIFECYCLES, readonly=True)
    retention_status = fields.Selection(selection=RETENTION, string="Retention", readonly=True)
    phone = fields.Char(readonly=True)
    email = fields.Char(readonly=True)

    _depends = DEPENDS

    @property
    def _table_query(self):
        rows = [self._select_company(company) for company in self.env.companies.root_id]
        return SQL(" UNION ALL ").join(SQL("(%s)", row) for row in rows)

    def _select_company(self, company) -> SQL:
        """Return the rows of a root company; the id of a row holds company, source and kind."""
        facts = self.env["cartera.facts"].sudo()
        scope = facts._get_scope(company)
        profiles = self.env["cartera.profile"].with_context(active_test=False)
        leads = self.env["crm.lead"].with_context(active_test=False)
        sources = self.env["cartera.work.source"]._get_sources(facts, scope)
        return SQL(
            """SELECT (%(company)s::bigint << 33) + t.key::bigint * 4
                      + CASE t.kind WHEN 'activity' THEN 0 WHEN 'lead' THEN 1
                                    WHEN 'account' THEN 2 ELSE 3 END AS id,
                      t.kind, t.source_id, v.id AS profile_id, t.partner_id, r.id AS lead_id,
                      t.activity_id, y.activity_type_id, t.user_id, %(company)s AS company_id,
                      COALESCE(r.team_id, u.sale_team_id) AS team_id, t.day AS date,
                      (t.day < %(today)s)::int AS overdue, v.suggested_action, v.lifecycle,
                      v.retention_status, %(priority)s AS priority,
                      COALESCE(NULLIF(p.complete_name, ''), NULLIF(r.partner_name, ''),
                               NULLIF(r.contact_name, ''), r.name) AS account_name,
                      COALESCE(NULLIF(c.phone, ''), NULLIF(p.phone, ''), r.phone) AS phone,
                      COALESCE(NULLIF(c.email, ''), NULLIF(p.email, ''), r.email_from) AS email
                 FROM (%(things)s) t
            LEFT JOIN (%(profiles)s) v ON v.id = t.profile_id
            LEFT JOIN (%(leads)s) r ON r.id = t.lead_id
            LEFT JOIN res_partner p ON p.id = t.partner_id
            LEFT JOIN res_partner c ON c.id = t.contact_id
            LEFT JOIN res_users u ON u.id = t.user_id
            LEFT JOIN mail_activity y ON y.id = t.activity_id
                WHERE NOT EXISTS (
                      SELECT FROM cartera_work_skip s
                       WHERE s.until > %(today)s AND s.company_id = %(company)s
                         AND s.kind = t.kind AND s.source_id = t.source_id
                         AND (t.kind <> 'meeting' OR s.profile_id = t.profile_id)
                         AND s.user_id IS NOT DISTINCT FROM t.user_id)""",
            company=scope.company_id,
            today=scope.as_of,
            priority=self._sql_priority(facts, scope),
            things=SQL(" UNION ALL ").join(sources),
            profiles=profiles._search([]).subselect(SQL("cartera_profile.*")),
            leads=leads._search([]).subselect(SQL("crm_lead.*")),
        )

    def _sql_priority(self, facts, scope) -> SQL:
        """Return the account's priority, or that of a lead without one.

        w / (w + mean) of the weighted revenue: half of 100 for a lead like the others. Unknown revenue
        is no reason to leave somebody waiting, hence the threshold.
        """
        policy = self.env["cartera.policy"]._for(self.env["res.company"].browse(scope.company_id))
        return SQL(
            """COALESCE(v.priority, CASE WHEN r.id IS NOT NULL THEN GREATEST(%(threshold)s, ROUND(
                   100 * r.prorated_revenue / NULLIF(r.prorated_revenue + (
                       SELECT AVG(l.prorated_revenue) FROM crm_lead l WHERE %(open_lead)s), 0)
                   )::int) END)""",
            threshold=policy.queue_threshold,
            open_lead=facts._sql_open_lead(scope),
        )

    @api.depends_context("uid", "lang")
    @api.depends("kind", "source_id", "suggested_action")
    def _compute_name(self):
        """Read what to do with the user's own rights, one query a source."""
        labels = dict(self._fields["suggested_action"]._description_selection(self.env))
        self.name = False
        for work in self.filtered(lambda work: work.kind == "account"):
            work.name = labels.get(work.suggested_action) or self.env._("Plan the next action")
        for kind, model in self._get_source_models().items():
            works = self.filtered(lambda work, kind=kind: work.kind == kind)
            sources = self.env[model].browse(works.mapped("source_id")).exists()
            readable = sources._filtered_access("read")
            names = {source.id: self._get_name_of(source) for source in readable}
            for work in works:
                work.name = names.get(work.source_id)

    @api.model
    def _get_source_models(self):
        """Return {kind: model of its source} of those that have a name of their own."""
        return {"activity": "mail.activity", "lead": "crm.lead", "meeting": "calendar.event"}

    @api.model
    def _get_name_of(self, source):
        """Return what a person calls the source of a row; nothing of a private meeting."""
        named = source._name in ("crm.lead", "cartera.profile")
        return source.name if named else source._cartera_get_summary()

    @api.depends_context("uid", "lang")
    @api.depends("date", "kind", "profile_id")
    def _compute_priority_reason(self):
        """Take the words of the accounts, all at once; of a lead, say first how long it has waited."""
        reasons = {profile.id: profile.priority_reason for profile in self.profile_id}
        today = self.env["cartera.policy"]._for(self.env.company)._today()
        for work in self:
            reason = reasons.get(work.profile_id.id)
            if work.kind == "lead":
                waited = self._get_waited((today - work.date).days)
                reason = " ".join(filter(None, (waited, reason)))
            work.priority_reason = reason

    @api.model
    def _get_waited(self, days):
        """Return since when a lead waits, in words."""
        if days <= 1:
            return self.env._("Lead since yesterday.") if days else self.env._("Lead since today.")
        return self.env._("Lead waiting for %s days.", days)
