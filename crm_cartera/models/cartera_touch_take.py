"""What is taken off the queue, and for which companies."""

from odoo import models
from odoo.tools import SQL

from .cartera_facts import PURCHASE_TYPES
from .cartera_touch import EVERY_COMPANY


class CarteraTouch(models.Model):
    _inherit = "cartera.touch"

    def _take(self, limit, apart_from=(), newest=False) -> dict[tuple[int, int], int]:
        """Delete the oldest or newest rows; return {(partner, company): attempts}.

        An account that is touched again brings its parked row along, with the attempts that it had.
        """
        taken = self.env.execute_query(
            SQL(
                """WITH near AS (SELECT id, partner_id, root_id FROM cartera_touch
                                  WHERE NOT parked AND id <> ALL(%(apart_from)s)
                               ORDER BY id %(direction)s LIMIT %(rows)s),
                        next AS (SELECT partner_id, root_id FROM near
                               GROUP BY partner_id, root_id
                               ORDER BY MIN(id) %(direction)s LIMIT %(limit)s),
                        mine AS (SELECT t.id FROM cartera_touch t
                                   JOIN next n ON n.partner_id = t.partner_id
                                    AND (n.root_id = t.root_id OR n.root_id = %(every)s AND t.parked)
                                    FOR UPDATE OF t SKIP LOCKED)
                   DELETE FROM cartera_touch t USING mine WHERE t.id = mine.id
                RETURNING t.partner_id, t.root_id, t.attempts""",
                apart_from=list(apart_from),
                direction=SQL("DESC" if newest else "ASC"),
                # One posting touches its account several times.
                rows=limit * 20,
                limit=limit,
                every=EVERY_COMPANY,
            )
        )
        rows = {}
        for partner, company, attempts in taken:
            rows[partner, company] = max(attempts, rows.get((partner, company), 0))
        return rows

    def _refresh_taken(self, rows) -> list[int]:
        """Refresh accounts, company by company; return the ids of the rows put back."""
        returned = []
        for company, partners in self._group_by_company(rows).items():
            returned += self._refresh(company, partners, rows)
        return returned

    def _group_by_company(self, rows) -> dict:
        """Return {root company: partner ids}; partners that are gone are forgotten.

        A row without company is for the companies that know the account, and for those of leads
        without company.
        """
        found = {}
        open_ids = [partner for partner, company in rows if company == EVERY_COMPANY]
        pairs = [(partner, company) for partner, company in rows if company != EVERY_COMPANY]
        if open_ids:
            pairs += self.env.execute_query(self._get_companies_query(open_ids))
        partners = self.env["res.partner"].browse({partner for partner, _company in pairs}).exists()
        alive = set(partners.ids)
        companies = self.env["res.company"].browse({company for _p, company in pairs}).exists()
        root = {company.id: company.root_id for company in companies}
        for partner, company in pairs:
            if partner in alive and company in root:
                found.setdefault(root[company], set()).add(partner)
        return {
            company: sorted(ids) for company, ids in sorted(found.items(), key=lambda x: x[0].id)
        }

    def _get_companies_query(self, partner_ids) -> SQL:
        return SQL(
            """SELECT partner_id, company_id FROM cartera_profile WHERE partner_id = ANY(%(ids)s)
                UNION
               SELECT p.commercial_partner_id, COALESCE(l.company_id, u.company_id)
                 FROM crm_lead l JOIN res_partner p ON p.id = l.partner_id
            LEFT JOIN res_users u ON u.id = l.user_id
                WHERE p.commercial_partner_id = ANY(%(ids)s)
                  AND COALESCE(l.company_id, u.company_id) IS NOT NULL
                UNION
               SELECT m.commercial_partner_id, m.company_id FROM account_move m
                WHERE m.commercial_partner_id = ANY(%(ids)s) AND m.state = 'posted'
                  AND m.move_type IN %(types)s""",
            ids=partner_ids,
            types=PURCHASE_TYPES,
        )
