"""The one definition of what a sold line earned."""

from odoo import api, models
from odoo.tools import SQL

from .account_move import SALE_TYPES
from .cartera_facts import Scope


class CarteraFacts(models.AbstractModel):
    _inherit = "cartera.facts"

    @api.model
    def _sql_margin_line(self, scope: Scope) -> SQL:
        """Return SELECT of the product lines of a scope's documents in its window.

        Columns as :meth:`_sql_costed_line` says.
        """
        return self._sql_costed_line(
            SQL(
                """m.company_id = ANY(%(companies)s) AND m.invoice_date > %(start)s
                   AND m.invoice_date <= %(as_of)s AND m.commercial_partner_id IS NOT NULL
                   AND %(accounts)s""",
                companies=scope.branch_ids,
                start=scope.window_start,
                as_of=scope.as_of,
                accounts=scope.accounts(SQL("m.commercial_partner_id")),
            ),
            accept_zero=SQL("%s", scope.accept_zero_cost),
        )

    @api.model
    def _sql_costed_line(self, moves, accept_zero) -> SQL:
        """Return SELECT of the product lines of posted customer documents ``m``.

        ``moves``: condition on ``m``; ``accept_zero``: condition that a cost of zero is a known one.

        Columns: ``partner_id`` (the account), ``move_id``, ``line_id``, ``product_id`` and
        ``categ_id`` (None without a product), ``quantity`` (unit of the line), ``revenue`` and ``cost`` of
        the whole line (company currency; None if unknown), ``estimated``. Quantity, revenue and cost are negative on refunds:
        the margin is ``SUM(revenue - cost)``, which leaves lines of unknown cost out. PostgreSQL drops
        the joins whose columns a caller does not use.
        """
        return SQL(
            """SELECT m.commercial_partner_id AS partner_id, m.id AS move_id, l.id AS line_id,
                      l.product_id, t.categ_id, %(quantity)s AS quantity, -l.balance AS revenue,
                      CASE WHEN k.cost <> 0 OR %(accept_zero)s THEN k.cost * %(quantity)s END AS cost,
                      k.estimated
                 FROM account_move m
                 JOIN account_move_line l ON l.move_id = m.id
            LEFT JOIN cartera_line_cost k ON %(holds)s
            LEFT JOIN product_product p ON p.id = l.product_id
            LEFT JOIN product_template t ON t.id = p.product_tmpl_id
                WHERE m.state = 'posted' AND m.move_type IN %(types)s
                  AND l.display_type = 'product' AND %(moves)s""",
            quantity=SQL(
                "CASE WHEN m.move_type = 'out_refund' THEN -l.quantity ELSE l.quantity END"
            ),
            accept_zero=accept_zero,
            holds=self.env["cartera.line.cost"]._sql_holds("l", uom="product_uom_id"),
            types=SALE_TYPES,
            moves=moves,
        )

    @api.model
    def _sql_margin(self, lines) -> SQL:
        """Return the aggregates of margin lines: (margin, costed revenue, costed, frozen, all).

        The last three are sums of absolute revenue, for the shares; None if there is no such line.
        """
        return SQL(
            """SUM(%(l)s.revenue - %(l)s.cost),
               SUM(%(l)s.revenue) FILTER (WHERE %(l)s.cost IS NOT NULL),
               SUM(abs(%(l)s.revenue)) FILTER (WHERE %(l)s.cost IS NOT NULL),
               SUM(abs(%(l)s.revenue)) FILTER (WHERE %(l)s.cost IS NOT NULL AND NOT %(l)s.estimated),
               SUM(abs(%(l)s.revenue))""",
            l=SQL.identifier(lines),
        )
