"""The salespeople, side by side: their accounts, what they record, whom they neglect."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..analysis.period import Period
from ..models.cartera_fields import BlankFloat
from ..models.cartera_measure_contact import RECENT
from .cartera_recorded import READ


class CarteraTeamMember(models.Model):
    """One row for each salesperson of a company, as of today.

    A salesperson is who the scorecard counts: an active internal user with accounts. The figures are
    of all his accounts, whoever looks: a leader sees those of his team, everybody his own.
    """

    _name = "cartera.team.member"
    _description = "Salesperson of the portfolio"
    _auto = False
    _order = "account_count desc, id"
    _rec_name = "user_id"

    user_id = fields.Many2one(comodel_name="res.users", string="Salesperson", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    account_count = fields.Integer(
        string="Accounts", readonly=True, help="Accounts that are not archived."
    )
    action_count = fields.Integer(
        string="With next action", readonly=True, help="Accounts with a next action."
    )
    action_rate = BlankFloat(
        string="With next action, %",
        readonly=True,
        aggregator="avg",
        help="Share of the accounts that have a next action.",
    )
    overdue_count = fields.Integer(
        string="Overdue actions", readonly=True, help="Accounts whose next action is overdue."
    )
    interaction_count_30d = fields.Integer(
        string="Interactions, 30 days",
        readonly=True,
        help="What he did in the last 30 days, with any account: done activities, past meetings and "
        "messages, as the scorecard counts them.",
    )
    recorded_count_30d = fields.Integer(
        string="Recorded, 30 days",
        readonly=True,
        help="Done activities and past meetings of the last 30 days that he recorded.",
    )
    quality_30d = BlankFloat(
        string="Quality, 30 days",
        readonly=True,
        aggregator="avg",
        help="Mean share of what is wanted of them that was given: outcome, duration, person and next "
        "action. Blank if nothing was recorded.",
    )
    completeness = BlankFloat(
        string="Complete cards",
        readonly=True,
        aggregator="avg",
        help="Mean share of the fields wanted in the accounts' stages that are filled.",
    )
    neglected_count = fields.Integer(
        string="Neglected A accounts",
        readonly=True,
        help="Accounts of class A without an interaction in the days that the criteria say.",
    )

    _depends = {
        **READ,
        "cartera.policy": ["neglected_days"],
        "cartera.profile": [
            *READ["cartera.profile"],
            "abc_revenue",
            "active",
            "last_interaction_date",
            "next_action_date",
            "user_id",
        ],
        "mail.message": ["author_id", "date", "message_type"],
        "mail.notification": ["mail_message_id", "res_partner_id"],
        "res.users": ["active", "share"],
    }

    @property
    def _table_query(self):
        return SQL(" UNION ALL ").join(
            self._select_members(company) for company in self.env.companies.root_id
        )

    @api.model
    def _select_members(self, company) -> SQL:
        """Return the rows of a root company."""
        measure = self.env["cartera.measure"].sudo()
        today = self.env["cartera.policy"]._for(company)._today()
        span = measure._get_span(company, Period.of("month", today))
        return SQL(
            """SELECT (%(company)s::bigint << 31) + s.user_id AS id, s.user_id,
                      %(company)s AS company_id,
                      a.accounts AS account_count, a.actions AS action_count,
                      a.actions::numeric / a.accounts AS action_rate,
                      a.overdue AS overdue_count,
                      COALESCE(i.interactions, 0) AS interaction_count_30d,
                      COALESCE(r.recorded, 0) AS recorded_count_30d, r.quality AS quality_30d,
                      a.completeness, a.neglected AS neglected_count
                 FROM (%(salespeople)s) s
                 JOIN (%(accounts)s) a ON a.user_id = s.user_id
            LEFT JOIN (SELECT user_id, COUNT(*) AS interactions
                         FROM (%(interactions)s) x GROUP BY user_id) i ON i.user_id = s.user_id
            LEFT JOIN (SELECT user_id, COUNT(*) AS recorded, AVG(quality) AS quality
                         FROM (%(recorded)s) x GROUP BY user_id) r ON r.user_id = s.user_id""",
            company=company.id,
            salespeople=measure._sql_salespeople(span),
            accounts=self._select_accounts(measure, span, company),
            interactions=measure._sql_recorded(span),
            recorded=self.env["cartera.recorded"]._select_recorded(
                company, today - timedelta(days=RECENT)
            ),
        )

    @api.model
    def _select_accounts(self, measure, span, company) -> SQL:
        """Return SELECT (user_id, accounts, actions, overdue, completeness, neglected)."""
        profiles = self.env["cartera.profile"].sudo()
        neglected = profiles._search(profiles._get_neglected_domain(company))
        complete = "completeness" in profiles._fields
        return SQL(
            """SELECT p.user_id, COUNT(*) AS accounts, COUNT(p.next_action_date) AS actions,
                      COUNT(*) FILTER (WHERE p.next_action_date < %(today)s) AS overdue,
                      AVG(%(completeness)s) AS completeness,
                      COUNT(*) FILTER (WHERE p.id IN %(neglected)s) AS neglected
                 FROM cartera_profile p
                WHERE p.user_id IS NOT NULL AND %(active)s GROUP BY p.user_id""",
            today=span.today,
            completeness=SQL("p.completeness") if complete else SQL("NULL::numeric"),
            neglected=neglected.subselect(),
            active=measure._sql_active_accounts(span),
        )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def _open_accounts(self, domain=()):
        """Open those of the accounts that the user may see."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("crm_cartera.cartera_profile_action")
        own = Domain("user_id", "=", self.user_id.id) & Domain(
            "company_id", "=", self.company_id.id
        )
        return {
            **action,
            "domain": list(own & Domain(domain)),
            "context": {},
            "views": [[False, "list"], [False, "kanban"], [False, "form"]],
        }

    def _get_today(self):
        return self.env["cartera.policy"]._for(self.company_id)._today()

    def action_open_accounts(self):
        """Open the accounts."""
        return self._open_accounts()

    def action_open_overdue(self):
        """Open the accounts whose next action is overdue."""
        return self._open_accounts([("next_action_date", "<", self._get_today())])

    def action_open_neglected(self):
        """Open the accounts of class A that nobody speaks with."""
        return self._open_accounts([("neglected", "=", True)])

    def action_open_recorded(self):
        """Open what was recorded in the last 30 days."""
        self.ensure_one()
        self.check_access("read")
        since = self._get_today() - timedelta(days=RECENT)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_cartera.cartera_recorded_action"
        )
        domain = [
            ("user_id", "=", self.user_id.id),
            ("company_id", "=", self.company_id.id),
            ("date", ">", since),
        ]
        return {**action, "domain": domain, "context": {}}
