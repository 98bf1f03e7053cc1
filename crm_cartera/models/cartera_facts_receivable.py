"""What the accounts owe, and how long they take to pay."""

from odoo import models
from odoo.tools import SQL

from .account_move import RECEIVABLE, SALE_TYPES
from .cartera_facts import Scope


class CarteraFacts(models.AbstractModel):
    _inherit = "cartera.facts"

    def _get_receivable_queries(self, scope: Scope) -> dict[str, tuple[SQL, dict[str, str]]]:
        return {
            "receivable": (
                self._query_receivable(scope),
                {"receivable": "number", "overdue": "number"},
            ),
            "payment": (self._query_payment(scope), {"days_to_pay": "number"}),
        }

    def _sql_receivable_account(self) -> SQL:
        return SQL("(SELECT id FROM account_account WHERE account_type = %s)", RECEIVABLE)

    def _sql_line_of_accounts(self, scope: Scope) -> SQL:
        """Return the condition that a receivable line ``l`` may be of one of the scope's accounts.

        A line names the account or, a payment's, one of its people.
        """
        if scope.partner_ids is None:
            return SQL("TRUE")
        return SQL(
            """l.partner_id IN (SELECT id FROM res_partner
                                 WHERE id = ANY(%(ids)s) OR commercial_partner_id = ANY(%(ids)s))""",
            ids=scope.partner_ids,
        )

    def _query_receivable(self, scope: Scope) -> SQL:
        """Open receivable at ``as_of`` and its overdue part.

        Today's residual of the open lines, and what was open then of lines that were matched later: so
        only these are read, and not every line ever posted.
        """
        return SQL(
            """SELECT COALESCE(CASE WHEN m.move_type <> 'entry' THEN m.commercial_partner_id END,
                               p.commercial_partner_id) AS partner_id,
                      SUM(o.residual),
                      COALESCE(SUM(o.residual) FILTER (
                          WHERE COALESCE(o.date_maturity, o.date) < %(as_of)s), 0)
                 FROM (%(open)s) o
                 JOIN account_move m ON m.id = o.move_id
                 JOIN res_partner p ON p.id = o.partner_id
                WHERE %(accounts)s
             GROUP BY 1""",
            as_of=scope.as_of,
            open=self._sql_open_line(scope),
            accounts=scope.accounts(
                SQL(
                    "COALESCE(CASE WHEN m.move_type <> 'entry' THEN m.commercial_partner_id END,"
                    " p.commercial_partner_id)"
                )
            ),
        )

    def _sql_open_line(self, scope: Scope) -> SQL:
        """Return SELECT (move_id, partner_id, date, date_maturity, residual); a line may recur."""
        return SQL(
            """SELECT l.move_id, l.partner_id, l.date, l.date_maturity, l.amount_residual AS residual
                 FROM account_move_line l
                WHERE l.account_id IN %(receivable)s AND l.reconciled IS NOT TRUE
                  AND l.parent_state = 'posted' AND l.company_id = ANY(%(companies)s)
                  AND l.date <= %(as_of)s AND %(accounts)s
                UNION ALL
               SELECT l.move_id, l.partner_id, l.date, l.date_maturity, x.amount
                 FROM (SELECT debit_move_id AS line_id, amount FROM account_partial_reconcile
                        WHERE max_date > %(as_of)s
                        UNION ALL
                       SELECT credit_move_id, -amount FROM account_partial_reconcile
                        WHERE max_date > %(as_of)s) x
                 JOIN account_move_line l ON l.id = x.line_id
                WHERE l.account_id IN %(receivable)s
                  AND l.parent_state = 'posted' AND l.company_id = ANY(%(companies)s)
                  AND l.date <= %(as_of)s AND %(accounts)s""",
            receivable=self._sql_receivable_account(),
            companies=scope.branch_ids,
            as_of=scope.as_of,
            accounts=self._sql_line_of_accounts(scope),
        )

    def _query_payment(self, scope: Scope) -> SQL:
        """Days from invoice to last payment, weighted by amount."""
        return SQL(
            """SELECT partner_id, SUM(days * amount) / NULLIF(SUM(amount), 0)
                 FROM (%s) paid GROUP BY partner_id""",
            self._sql_paid(scope),
        )

    def _sql_paid(self, scope: Scope) -> SQL:
        """Return SELECT (id, partner_id, days, amount) of what was paid in the window.

        Purchases that were fully paid at ``as_of`` and whose last payment was in the window.
        """
        return SQL(
            """SELECT d.id, d.partner_id, paid.day - d.day AS days, m.amount_total_signed AS amount
                 FROM (%(paid)s) paid
                 JOIN account_move m ON m.id = paid.move_id AND m.amount_residual = 0
                 JOIN (%(document)s) d ON d.id = m.id
                WHERE d.purchase""",
            paid=self._sql_last_payment(scope),
            document=self._sql_document(scope),
        )

    def _sql_last_payment(self, scope: Scope) -> SQL:
        """Return SELECT (move_id, day) of the documents whose last payment was in the window.

        Of all accounts from the matches of the window, of which there are less than of all time; of a few
        accounts from their documents, which an index finds.
        """
        few = SQL("TRUE")
        if scope.partner_ids is not None:
            few = SQL(
                """l.move_id = ANY(ARRAY(
                       SELECT id FROM account_move
                        WHERE state = 'posted' AND move_type IN %(types)s AND %(accounts)s))""",
                types=SALE_TYPES,
                accounts=scope.accounts(SQL("commercial_partner_id")),
            )
        return SQL(
            """SELECT l.move_id, MAX(p.max_date) AS day
                 FROM account_move_line l
                 JOIN account_partial_reconcile p ON p.debit_move_id = l.id
                WHERE l.account_id IN %(receivable)s AND %(few)s AND %(since)s
             GROUP BY l.move_id
               HAVING MAX(p.max_date) > %(window)s AND MAX(p.max_date) <= %(as_of)s""",
            receivable=self._sql_receivable_account(),
            few=few,
            since=SQL("p.max_date > %s", scope.window_start)
            if scope.partner_ids is None
            else SQL("TRUE"),
            window=scope.window_start,
            as_of=scope.as_of,
        )
