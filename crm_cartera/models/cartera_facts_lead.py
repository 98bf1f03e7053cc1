"""Leads and opportunities of the accounts."""

from odoo import models
from odoo.tools import SQL

from .cartera_facts import Scope


class CarteraFacts(models.AbstractModel):
    _inherit = "cartera.facts"

    def _get_lead_queries(self, scope: Scope) -> dict[str, tuple[SQL, dict[str, str]]]:
        return {
            "leads": (
                self._query_leads(scope),
                {
                    "first_lead_id": "int",
                    "first_lead_date": "date",
                    "first_source_id": "int",
                    "first_medium_id": "int",
                    "first_campaign_id": "int",
                    "lead_count": "int",
                    "open_opportunity_count": "int",
                    "pipeline": "number",
                },
            ),
        }

    def _sql_lead_company(self, scope: Scope) -> SQL:
        """Return the condition that a lead ``l`` of account ``p`` belongs to the company.

        Without a company it counts where the account has a profile, else at its salesperson's.
        """
        return SQL(
            """(l.company_id = ANY(%(branches)s) OR l.company_id IS NULL AND (
                   EXISTS (SELECT FROM cartera_profile x
                            WHERE x.partner_id = p.commercial_partner_id
                              AND x.company_id = %(company)s)
                OR EXISTS (SELECT FROM res_users u
                            WHERE u.id = l.user_id AND u.company_id = ANY(%(branches)s))
               AND NOT EXISTS (SELECT FROM cartera_profile x
                                WHERE x.partner_id = p.commercial_partner_id)))""",
            branches=scope.branch_ids,
            company=scope.company_id,
        )

    def _sql_counted_lead(self, scope: Scope) -> SQL:
        """Return the condition that a lead ``l`` of account ``p`` counts: active, won or lost.

        One that was only archived is neither.
        """
        return SQL(
            "(l.active OR l.won_status IN ('won', 'lost')) AND %s", self._sql_lead_company(scope)
        )

    def _sql_open_opportunity(self) -> SQL:
        """Return the condition that a lead ``l`` is an open opportunity."""
        return SQL("l.type = 'opportunity' AND %s", self._sql_pending_lead())

    def _query_leads(self, scope: Scope) -> SQL:
        """First lead (active, won or lost) with its origin, and the open opportunities.

        ``pipeline``: their expected revenue x probability. Of the leads created up to ``as_of``;
        whether one is open or archived is as of now.
        """
        return SQL(
            """WITH lead AS (
                   SELECT p.commercial_partner_id AS partner_id, l.id, %(day)s AS day,
                          l.source_id, l.medium_id, l.campaign_id,
                          %(open)s AS open,
                          l.expected_revenue * l.probability::numeric / 100 AS weighted
                     FROM crm_lead l JOIN res_partner p ON p.id = l.partner_id
                    WHERE %(counted)s AND %(accounts)s)
               SELECT f.partner_id, f.id, f.day, f.source_id, f.medium_id, f.campaign_id,
                      n.leads, n.open, n.pipeline
                 FROM (SELECT DISTINCT ON (partner_id) * FROM lead WHERE day <= %(as_of)s
                     ORDER BY partner_id, day, id) f
                 JOIN (SELECT partner_id, COUNT(*) AS leads, COUNT(*) FILTER (WHERE open) AS open,
                              SUM(weighted) FILTER (WHERE open) AS pipeline
                         FROM lead WHERE day <= %(as_of)s GROUP BY partner_id) n
                      USING (partner_id)""",
            day=scope.day(SQL("COALESCE(l.cartera_first_date, l.create_date)")),
            open=self._sql_open_opportunity(),
            counted=self._sql_counted_lead(scope),
            accounts=scope.accounts(SQL("p.commercial_partner_id")),
            as_of=scope.as_of,
        )
