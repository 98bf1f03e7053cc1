"""The fact reader: figures from documents, no opinion.

Every query is set-based, takes (company, as_of, partners) from one :class:`Scope` and gives one row
per account. Definitions: docs/metrics.md.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.tools import SQL

PURCHASE_TYPES = ("out_invoice", "out_receipt")
#: {query: its column that proves that the account is in the portfolio without anybody's doing}.
EVIDENCE_QUERIES = {"purchases": "first_purchase_id", "leads": "first_lead_id"}


@dataclass(frozen=True)
class Scope:
    """What a run looks at.

    ``company_id``: root company; ``branch_ids``: it and its branches; ``tz``: the zone of its days;
    the window is ``(window_start, as_of]``, the one before ``(previous_start, window_start]``;
    ``(contact_start, as_of]`` the days over which contacts are limited;
    ``rhythm_min_days``: purchase days that make a rhythm; ``accept_zero_cost``: zero is a known cost;
    ``request_count``: requests for a full run that were made before it; ``partner_ids``: the accounts,
    None for all.
    """

    company_id: int
    branch_ids: list[int]
    tz: str
    as_of: date
    window_start: date
    previous_start: date
    contact_start: date
    rhythm_min_days: int
    accept_zero_cost: bool
    request_count: int
    partner_ids: list[int] | None

    def accounts(self, column: SQL) -> SQL:
        """Return the condition that keeps the scope's accounts."""
        if self.partner_ids is None:
            return SQL("TRUE")
        return SQL("%s = ANY(%s)", column, self.partner_ids)

    def day(self, column: SQL) -> SQL:
        """Return the day, in the company's zone, of a UTC timestamp."""
        return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", column, self.tz)


class CarteraFacts(models.AbstractModel):
    _name = "cartera.facts"
    _description = "Fact reader"

    def _get_scope(self, company, as_of=None, partners=None) -> Scope:
        """Return the scope of a run; ``partners`` are ids, ``as_of`` defaults to today."""
        root = company.sudo().root_id
        branches = root.with_context(active_test=False).search([("id", "child_of", root.id)])
        policy = self.env["cartera.policy"]._for(root)
        as_of = as_of or policy._today()
        return Scope(
            company_id=root.id,
            branch_ids=branches.ids,
            tz=policy.tz,
            as_of=as_of,
            window_start=as_of - relativedelta(months=policy.window_months),
            previous_start=as_of - relativedelta(months=2 * policy.window_months),
            contact_start=as_of - timedelta(days=policy.contact_limit_days),
            rhythm_min_days=policy.rhythm_min_days,
            accept_zero_cost=policy.accept_zero_cost,
            request_count=policy.request_count,
            partner_ids=None if partners is None else list(partners),
        )

    def _get_fact_queries(self, scope: Scope) -> dict[str, tuple[SQL, dict[str, str]]]:
        """Return {name: (query, {column: kind})}; the first column is ``partner_id``.

        Kinds are those of :mod:`..cartera_columns`. Other addons add their own.
        """
        return {
            **self._get_purchase_queries(scope),
            **self._get_line_queries(scope),
            **self._get_receivable_queries(scope),
            **self._get_lead_queries(scope),
            **self._get_action_queries(scope),
        }

    # ------------------------------------------------------------------
    # Accounts
    # ------------------------------------------------------------------

    def _query_accounts(self, partner_ids, scope: Scope) -> SQL:
        """Name, salesperson and state of those partners that may be accounts of the company."""
        return SQL(
            """SELECT p.id, COALESCE(NULLIF(p.complete_name, ''), p.name, ''), p.user_id, p.active
                 FROM res_partner p
                WHERE p.id = ANY(%(ids)s)
                  AND NOT EXISTS (SELECT FROM res_company c WHERE c.partner_id = p.id)
                  AND NOT EXISTS (SELECT FROM cartera_profile x WHERE x.excluded
                                     AND x.partner_id = p.id AND x.company_id = %(company)s)
             ORDER BY p.id""",
            ids=list(partner_ids),
            company=scope.company_id,
        )
