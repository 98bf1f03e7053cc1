"""The fact reader: figures from documents, no opinion.

Every query is set-based, takes (company, as_of, partners) from one :class:`Scope` and gives one row
per account. Definitions: docs/metrics.md.
"""

from dataclasses import dataclass
from datetime import date

from odoo import models
from odoo.tools import SQL

PURCHASE_TYPES = ("out_invoice", "out_receipt")
#: The queries whose accounts are in the portfolio without anybody's doing.
EVIDENCE_QUERIES = ("purchases", "leads")


@dataclass(frozen=True)
class Scope:
    """What a run looks at.

    ``company_id``: root company; ``branch_ids``: it and its branches; ``tz``: the zone of its days;
    ``partner_ids``: the accounts, None for all.
    """

    company_id: int
    branch_ids: list[int]
    tz: str
    as_of: date
    partner_ids: list[int] | None = None

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
        return Scope(
            company_id=root.id,
            branch_ids=branches.ids,
            tz=policy.tz,
            as_of=as_of or policy._today(),
            partner_ids=None if partners is None else list(partners),
        )

    def _get_fact_queries(self, scope: Scope) -> dict[str, tuple[SQL, dict[str, str]]]:
        """Return {name: (query, {column: kind})}; the first column is ``partner_id``.

        Kinds are those of :func:`..cartera_engine.to_frame`. Other addons add their own.
        """
        return {
            "purchases": (
                self._query_purchases(scope),
                {
                    "first_purchase_id": "int",
                    "first_purchase_day": "date",
                    "last_purchase_day": "date",
                    "purchase_count": "int",
                },
            ),
            "leads": (
                self._query_leads(scope),
                {
                    "first_lead_id": "int",
                    "first_lead_date": "date",
                    "first_source_id": "int",
                    "first_medium_id": "int",
                    "first_campaign_id": "int",
                    "open_opportunity_count": "int",
                },
            ),
            **self._get_action_queries(scope),
        }

    # ------------------------------------------------------------------
    # Purchases: the one definition
    # ------------------------------------------------------------------

    def _sql_purchase(self, scope: Scope) -> SQL:
        """Return SELECT (id, partner_id, day) of all purchases: design.md section 6.

        Posted customer invoice or receipt, untaxed above zero, dated up to ``as_of``, not wholly
        reversed. A refund in another currency is compared at the invoice's own rate.
        """
        return SQL(
            """SELECT m.id, m.commercial_partner_id AS partner_id, m.invoice_date AS day
                 FROM account_move m
            LEFT JOIN (%(reversed)s) r ON r.move_id = m.id
                WHERE m.state = 'posted' AND m.move_type IN %(types)s
                  AND m.company_id = ANY(%(companies)s) AND m.amount_untaxed_signed > 0
                  AND m.invoice_date <= %(as_of)s AND m.commercial_partner_id IS NOT NULL
                  AND COALESCE(r.amount, 0) < m.amount_untaxed
                  AND %(accounts)s""",
            reversed=self._sql_reversed(scope),
            types=PURCHASE_TYPES,
            companies=scope.branch_ids,
            as_of=scope.as_of,
            accounts=scope.accounts(SQL("m.commercial_partner_id")),
        )

    def _sql_reversed(self, scope: Scope) -> SQL:
        """Return SELECT (move_id, amount): what refunds took back of each, in its own currency."""
        return SQL(
            """SELECT o.id AS move_id,
                      SUM(CASE WHEN f.currency_id = o.currency_id THEN f.amount_untaxed
                               ELSE -f.amount_untaxed_signed * o.amount_untaxed
                                    / NULLIF(o.amount_untaxed_signed, 0) END) AS amount
                 FROM account_move f JOIN account_move o ON o.id = f.reversed_entry_id
                WHERE f.state = 'posted' AND f.move_type = 'out_refund'
                  AND f.invoice_date <= %(as_of)s AND o.company_id = ANY(%(companies)s)
                  AND %(accounts)s
             GROUP BY o.id""",
            as_of=scope.as_of,
            companies=scope.branch_ids,
            accounts=scope.accounts(SQL("o.commercial_partner_id")),
        )

    def _query_purchases(self, scope: Scope) -> SQL:
        """First, last and number of purchases; equal dates: the lowest id is first."""
        return SQL(
            """SELECT partner_id, (array_agg(id ORDER BY day, id))[1], MIN(day), MAX(day), COUNT(*)
                 FROM (%s) purchase GROUP BY partner_id""",
            self._sql_purchase(scope),
        )

    # ------------------------------------------------------------------
    # Leads
    # ------------------------------------------------------------------

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

    def _query_leads(self, scope: Scope) -> SQL:
        """First lead (active, won or lost) with its origin, and the open opportunities."""
        return SQL(
            """WITH lead AS (
                   SELECT p.commercial_partner_id AS partner_id, l.id, %(day)s AS day,
                          l.source_id, l.medium_id, l.campaign_id,
                          l.active AND l.type = 'opportunity' AND l.won_status = 'pending' AS open
                     FROM crm_lead l JOIN res_partner p ON p.id = l.partner_id
                    WHERE %(company)s AND %(accounts)s)
               SELECT f.partner_id, f.id, f.day, f.source_id, f.medium_id, f.campaign_id, n.count
                 FROM (SELECT DISTINCT ON (partner_id) * FROM lead WHERE day <= %(as_of)s
                     ORDER BY partner_id, day, id) f
                 JOIN (SELECT partner_id, COUNT(*) FILTER (WHERE open) AS count
                         FROM lead GROUP BY partner_id) n USING (partner_id)""",
            day=scope.day(SQL("COALESCE(l.cartera_first_date, l.create_date)")),
            company=self._sql_lead_company(scope),
            accounts=scope.accounts(SQL("p.commercial_partner_id")),
            as_of=scope.as_of,
        )

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
                                     AND x.partner_id = p.id AND x.company_id = %(company)s)""",
            ids=list(partner_ids),
            company=scope.company_id,
        )
