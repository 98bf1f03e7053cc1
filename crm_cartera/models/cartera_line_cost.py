"""What a unit of each sold line cost, frozen when its document was first posted.

Kept off ``account_move_line``: filling a column there rewrites and locks every line of the company.
One INSERT ... SELECT does all of it, for a posting and for the history, so there is one rule:

- The cost is the product's in the company of the document, in its root if the branch has none,
  converted to the unit of the line.
- A row holds for the product and unit it was frozen for. It stays as long as the line keeps both, and
  is frozen again when the line is posted with others.
- A line that reverses another takes its cost, and whether that is an estimate. Lines are paired by
  product: those of the same unit first, then in the order of the document, the last one for whatever
  is left over; a cost from another unit is converted. What pairs with nothing is costed as a sale is.
"""

import psycopg2

from odoo import api, fields, models
from odoo.tools import SQL

from .account_move import SALE_TYPES
from .cartera_engine import TRANSIENT
from .res_company import sql_root

#: Documents in one transaction of the history.
HISTORY_BATCH = 5000
#: How often a batch of the history is tried when users work on the same documents.
HISTORY_ATTEMPTS = 3
#: The fields that the statement reads, to be flushed before it.
READ_FIELDS = {
    "account.move": ["state", "move_type", "reversed_entry_id"],
    "account.move.line": [
        "move_id",
        "company_id",
        "display_type",
        "product_id",
        "product_uom_id",
        "sequence",
    ],
    "product.product": ["product_tmpl_id", "standard_price"],
    "product.template": ["uom_id"],
    "res.company": ["parent_path"],
    "uom.uom": ["factor"],
}


class CarteraLineCost(models.Model):
    _name = "cartera.line.cost"
    _description = "Unit cost of a sold line"
    _log_access = False

    line_id = fields.Many2one(comodel_name="account.move.line", required=True, ondelete="cascade")
    # Plain integers: what it was frozen for, to be compared only; a foreign key would cost a posting.
    product_id = fields.Integer(required=True, aggregator=None)
    uom_id = fields.Integer(aggregator=None)
    cost = fields.Float(
        digits=0,
        required=True,
        aggregator=None,
        help="Of one unit of the line, in the currency of the company.",
    )
    estimated = fields.Boolean(
        required=True, help="Not the cost of the day of the posting, but of a later one."
    )

    _line_uniq = models.Constraint("UNIQUE(line_id)", "A line has one cost.")

    # ------------------------------------------------------------------
    # Freeze
    # ------------------------------------------------------------------

    @api.model
    def _freeze(self, moves, estimated=False) -> int:
        """Freeze the costs that lines of posted customer documents lack; return how many.

        ``moves``: condition on the document ``m``; ``estimated``: mark of what is not taken over.
        """
        return self._freeze_lines(self._sql_posted(moves), estimated=estimated)

    @api.model
    def _freeze_lines(self, line, reversals=True, estimated=False) -> int:
        """Do what :meth:`_freeze` says for lines as SELECT of :meth:`_sql_posted` or ``_sql_sold``.

        ``reversals``: let lines take over the costs of those they reverse.
        """
        for model, names in READ_FIELDS.items():
            self.env[model].flush_model(names)
        self.env.cr.execute(
            SQL(
                """%(taken)s
                   INSERT INTO cartera_line_cost (line_id, product_id, uom_id, cost, estimated)
                   SELECT line.id, line.product_id, line.uom_id, %(cost)s, %(estimated)s
                     FROM (%(line)s) line
                     JOIN product_product p ON p.id = line.product_id
                     JOIN product_template t ON t.id = p.product_tmpl_id
                          %(join)s
                    WHERE %(missing)s
                       ON CONFLICT (line_id) DO UPDATE
                      SET product_id = EXCLUDED.product_id, uom_id = EXCLUDED.uom_id,
                          cost = EXCLUDED.cost, estimated = EXCLUDED.estimated""",
                **self._sql_taken(line, reversals, estimated),
                line=line,
                missing=self._sql_missing("line"),
            )
        )
        return self.env.cr.rowcount

    @api.model
    def _sql_sold(self, line_ids) -> SQL:
        """Return SELECT of product lines that reverse nothing: quick to plan, as every posting does."""
        return SQL(
            """SELECT l.id, l.company_id, l.product_id, l.product_uom_id AS uom_id
                 FROM account_move_line l WHERE l.id = ANY(%s)""",
            list(line_ids),
        )

    @api.model
    def _sql_posted(self, moves) -> SQL:
        """Return SELECT of the product lines of posted customer documents ``m``, on a condition."""
        return SQL(
            """SELECT l.id, l.move_id, l.company_id, l.product_id, l.product_uom_id AS uom_id,
                      l.sequence, m.reversed_entry_id
                 FROM account_move m JOIN account_move_line l ON l.move_id = m.id
                WHERE m.state = 'posted' AND m.move_type IN %s AND l.display_type = 'product'
                  AND l.product_id IS NOT NULL AND %s""",
            SALE_TYPES,
            moves,
        )

    @api.model
    def _sql_holds(self, line, product="product_id", uom="uom_id") -> SQL:
        """Return the condition that a row ``k`` is the cost of a line as it is now."""
        return SQL(
            "k.line_id = %s AND k.product_id = %s AND k.uom_id IS NOT DISTINCT FROM %s",
            SQL.identifier(line, "id"),
            SQL.identifier(line, product),
            SQL.identifier(line, uom),
        )

    @api.model
    def _sql_missing(self, line) -> SQL:
        return SQL("NOT EXISTS (SELECT FROM cartera_line_cost k WHERE %s)", self._sql_holds(line))

    @api.model
    def _sql_price(self) -> SQL:
        """Return the product's cost in the unit of the line, as ``_compute_price`` of units does."""
        fallback = self.env["ir.default"]._get_field_column_fallbacks(
            "product.product", "standard_price"
        )
        # A product without a value of the company has the default; a value of zero is no cost.
        # What is rarely needed is a subquery, not a join: planning joins takes longer than running it.
        price = SQL(
            """COALESCE(NULLIF(COALESCE((p.standard_price ->> line.company_id::text)::numeric,
                                        (%(fallback)s::jsonb ->> line.company_id::text)::numeric), 0),
                        (SELECT COALESCE((p.standard_price ->> root.id)::numeric,
                                         (%(fallback)s::jsonb ->> root.id)::numeric)
                           FROM (SELECT %(root)s::text AS id FROM res_company
                                  WHERE id = line.company_id) root), 0)""",
            fallback=fallback,
            root=sql_root("res_company"),
        )
        return self._sql_convert(price, SQL("t.uom_id"), SQL("line.uom_id"))

    @api.model
    def _sql_convert(self, price, from_unit, to_unit) -> SQL:
        """Return the price of another unit, as ``_compute_price`` of units does it."""
        return SQL(
            """%(price)s
               * COALESCE(CASE WHEN %(to)s <> %(from)s
                               THEN (SELECT factor FROM uom_uom WHERE id = %(to)s) END, 1)
               / COALESCE(CASE WHEN %(to)s <> %(from)s
                               THEN (SELECT factor FROM uom_uom WHERE id = %(from)s) END, 1)""",
            **{"price": price, "from": from_unit, "to": to_unit},
        )

    @api.model
    def _sql_taken(self, line, reversals, estimated) -> dict[str, SQL]:
        """Return the parts of the statement that differ when costs are taken over."""
        price = self._sql_price()
        if not reversals:
            return {
                "taken": SQL(),
                "join": SQL(),
                "cost": price,
                "estimated": SQL("%s", estimated),
            }
        return {
            "taken": SQL("WITH %s", self._sql_pairs(line)),
            "join": SQL("LEFT JOIN taken ON taken.id = line.id"),
            "cost": SQL("COALESCE(taken.cost, %s)", price),
            "estimated": SQL("COALESCE(taken.estimated, %s)", estimated),
        }

    @api.model
    def _sql_pairs(self, line) -> SQL:
        """Return CTEs; the last, ``taken``, holds what each reversing line takes over."""
        return SQL(
            """back AS (
                   SELECT line.*, row_number() OVER same AS place FROM (%(line)s) line
                    WHERE line.reversed_entry_id IS NOT NULL
                   WINDOW same AS (PARTITION BY move_id, product_id, uom_id ORDER BY sequence, id)),
               origin AS (
                   SELECT l.move_id, l.product_id, k.uom_id, k.cost, k.estimated,
                          row_number() OVER same AS place
                     FROM account_move_line l JOIN cartera_line_cost k ON %(holds)s
                    WHERE l.move_id IN (SELECT reversed_entry_id FROM back)
                   WINDOW same AS (PARTITION BY l.move_id, l.product_id, k.uom_id
                                       ORDER BY l.sequence, l.id)),
               taken AS (
                   SELECT DISTINCT ON (back.id) back.id, o.estimated, %(cost)s AS cost
                     FROM back JOIN origin o ON o.move_id = back.reversed_entry_id
                                            AND o.product_id = back.product_id
                 ORDER BY back.id, o.uom_id IS DISTINCT FROM back.uom_id,
                          abs(o.place - back.place), o.place)""",
            line=line,
            holds=self._sql_holds("l", uom="product_uom_id"),
            cost=self._sql_convert(SQL("o.cost"), SQL("o.uom_id"), SQL("back.uom_id")),
        )

    # ------------------------------------------------------------------
    # History
    # ------------------------------------------------------------------

    @api.model
    def _cron_history(self):
        """Estimate what was posted before anybody froze its costs: after installation, and each night.

        The rows are the progress: whoever starts again goes on with what lacks one. The accounts are
        refreshed once, by the full run, when the last line is costed.
        """
        jobs = self.env["ir.cron"]
        first, last, remaining = self._get_uncosted()
        while remaining:
            until = min(self._get_batch_end(first), last)
            done = self._freeze_batch(first, until)
            first = until + 1
            remaining = max(remaining - done, 1) if first <= last else 0
            if not remaining:
                self.env.ref("crm_cartera.cron_refresh")._trigger()
            if not jobs._commit_progress(done, remaining=remaining):
                break

    @api.model
    def _get_uncosted(self) -> tuple[int, int, int]:
        """Return (first document, last document, number of lines) without a cost."""
        return self.env.execute_query(
            SQL(
                "SELECT MIN(line.move_id), MAX(line.move_id), COUNT(*) FROM (%s) line WHERE %s",
                self._sql_posted(SQL("TRUE")),
                self._sql_missing("line"),
            )
        )[0]

    @api.model
    def _is_uncosted(self) -> bool:
        """Tell whether a line has no cost yet."""
        query = "SELECT EXISTS (SELECT FROM (%s) line WHERE %s)"
        sold, missing = self._sql_posted(SQL("TRUE")), self._sql_missing("line")
        return self.env.execute_query(SQL(query, sold, missing))[0][0]

    @api.model
    def _get_batch_end(self, first) -> int:
        """Return the last document of the batch that begins with this one; ids may have gaps."""
        return self.env.execute_query(
            SQL(
                """SELECT MAX(id) FROM (SELECT id FROM account_move WHERE id >= %s
                                      ORDER BY id LIMIT %s) batch""",
                first,
                HISTORY_BATCH,
            )
        )[0][0]

    @api.model
    def _freeze_batch(self, first, until) -> int:
        """Cost a range of documents; again if a user deleted or posted one of them meanwhile."""
        moves = SQL("m.id BETWEEN %s AND %s", first, until)
        left = HISTORY_ATTEMPTS
        while True:
            try:
                return self._freeze(moves, estimated=True)
            except (*TRANSIENT, psycopg2.errors.ForeignKeyViolation):
                left -= 1
                if not left:
                    raise
                self.env.cr.rollback()
