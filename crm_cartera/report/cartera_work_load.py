"""How much there is to do for each person, and how many of his accounts have a next action."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..models.cartera_fields import BlankFloat
from .cartera_work_source import DEPENDS


class CarteraWorkLoad(models.Model):
    """One row for each person and company: his queue of today, and the coverage of his accounts.

    ``coverage``: share (0 to 1) of the active accounts of which he is the salesperson that have a next
    action; blank without accounts. Whoever sees all accounts sees everybody's row, others their own.
    """

    _name = "cartera.work.load"
    _description = "Load of work"
    _auto = False
    _order = "todo_count desc, id"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        comodel_name="res.users", string="Who", readonly=True, help="Blank: nobody's work."
    )
    team_id = fields.Many2one(comodel_name="crm.team", string="Sales Team", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    todo_count = fields.Integer(string="To do", readonly=True, help="Rows of “Today”.")
    overdue_count = fields.Integer(
        string="Overdue", readonly=True, help="Of these, what should have been done before today."
    )
    skipped_count = fields.Integer(
        string="Put aside", readonly=True, help="What was skipped and is not back yet."
    )
    account_count = fields.Integer(string="Accounts", readonly=True)
    planned_count = fields.Integer(
        string="With next action", readonly=True, help="Accounts with an open activity or meeting."
    )
    coverage = BlankFloat(
        readonly=True, aggregator=None, help="Share of the accounts that have a next action."
    )

    _depends = DEPENDS

    @property
    def _table_query(self):
        """Count everybody's work: what a person may see of it are the rows of this table."""
        return SQL(
            """SELECT (c.company_id::bigint << 32) + COALESCE(c.user_id, 0) AS id,
                      c.user_id, c.company_id, u.sale_team_id AS team_id,
                      SUM(c.todo)::int AS todo_count, SUM(c.overdue)::int AS overdue_count,
                      SUM(c.skipped)::int AS skipped_count, SUM(c.account)::int AS account_count,
                      SUM(c.planned)::int AS planned_count,
                      SUM(c.planned)::float / NULLIF(SUM(c.account), 0) AS coverage
                 FROM (%s) c LEFT JOIN res_users u ON u.id = c.user_id
             GROUP BY c.user_id, c.company_id, u.sale_team_id""",
            SQL(" UNION ALL ").join(self._get_counts()),
        )

    def _get_counts(self) -> list[SQL]:
        """Return SELECTs (user_id, company_id, todo, overdue, skipped, account, planned)."""
        companies = self.env.companies.root_id
        policies = self.env["cartera.policy"]
        days = SQL(", ").join(
            SQL("(%s, %s::date)", company.id, policies._for(company)._today())
            for company in companies
        )
        return [
            SQL(
                """SELECT w.user_id, w.company_id, 1 AS todo, w.overdue, 0 AS skipped, 0 AS account,
                          0 AS planned FROM (%s) w""",
                self.env["cartera.work"].sudo()._table_query,
            ),
            SQL(
                """SELECT s.user_id, s.company_id, 0, 0, 1, 0, 0
                     FROM cartera_work_skip s JOIN (VALUES %s) d (company_id, today)
                       ON d.company_id = s.company_id AND s.until > d.today
                    WHERE %s""",
                days,
                self._sql_undone(),
            ),
            SQL(
                """SELECT x.user_id, x.company_id, 0, 0, 0, 1,
                          COALESCE(x.next_action_date >= d.today
                                   OR x.next_action_model = 'mail.activity', FALSE)::int
                     FROM cartera_profile x JOIN (VALUES %s) d (company_id, today)
                       ON d.company_id = x.company_id
                    WHERE x.active AND x.excluded IS NOT TRUE""",
                days,
            ),
        ]

    @api.model
    def _sql_undone(self) -> SQL:
        """Return the condition that what was put aside, ``s``, has not been done meanwhile."""
        return SQL(
            """CASE s.kind
               WHEN 'activity' THEN EXISTS (
                    SELECT FROM mail_activity a
                     WHERE a.id = s.source_id AND a.active
                       AND (a.user_id IS NULL OR a.user_id IS NOT DISTINCT FROM s.user_id))
               WHEN 'lead' THEN EXISTS (
                    SELECT FROM crm_lead l
                     WHERE l.id = s.source_id AND l.active AND l.won_status = 'pending')
               WHEN 'account' THEN EXISTS (
                    SELECT FROM cartera_profile v
                     WHERE v.id = s.source_id AND v.active AND v.next_action_date IS NULL)
               ELSE TRUE END"""
        )

    def action_open(self):
        """Open the queue of this person."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("crm_cartera.cartera_work_action")
        name = self.user_id.name or self.env._("Nobody's work")
        return {
            **action,
            "name": name,
            "domain": [("user_id", "=", self.user_id.id)],
            "context": {},
        }
