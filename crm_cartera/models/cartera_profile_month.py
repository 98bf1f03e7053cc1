"""What an account buys, month by month and category by category, for its page."""

from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL, format_date

MONTHS = 12
#: Categories with a line of their own; the others share one.
TOP = 8


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    # ------------------------------------------------------------------
    # Months
    # ------------------------------------------------------------------

    @api.readonly
    def get_revenue_by_month(self) -> dict:
        """Return the revenue of the last twelve calendar months, each beside its year before.

        Read from ``cartera.document`` with the user's own rights. ``months``: oldest first, the
        present one last, each with ``label``, ``title``, ``revenue``, ``previous`` (money, net of refunds; 0
        without documents) and the first days ``month`` and ``previous_month``; ``series``: the two
        names; ``currency_id``.
        """
        self.ensure_one()
        self.check_access("read")
        this_month = self._get_today().replace(day=1)
        months = [this_month - relativedelta(months=back) for back in range(MONTHS - 1, -1, -1)]
        revenue = self._get_revenue_of_months(months[0] - relativedelta(years=1))
        rows = []
        for month in months:
            before = month - relativedelta(years=1)
            rows.append(
                {
                    "label": format_date(self.env, month, date_format="LLL"),
                    "title": format_date(self.env, month, date_format="LLL yyyy"),
                    "previous_title": format_date(self.env, before, date_format="LLL yyyy"),
                    "month": month,
                    "previous_month": before,
                    "revenue": revenue.get(month, 0.0),
                    "previous": revenue.get(before, 0.0),
                }
            )
        return {
            "months": rows,
            "series": [
                self.env._("Last 12 calendar months"),
                self.env._("The year before"),
            ],
            "currency_id": self.currency_id.id,
        }

    def _get_revenue_of_months(self, since) -> dict[date, float]:
        """Return {first day of the month: revenue} of the documents from ``since`` to today."""
        domain = self._in_days(since, self._get_today())
        groups = self.env["cartera.document"]._read_group(
            [("profile_id", "=", self.id), *domain], ["invoice_date:month"], ["amount_untaxed:sum"]
        )
        return dict(groups)

    def action_open_month(self, month):
        """Open the documents of a calendar month, given by its first day."""
        self.ensure_one()
        self.check_access("read")
        first = date.fromisoformat(month)
        last = min(first + relativedelta(months=1, days=-1), self._get_today())
        action = self._open_documents(self._in_days(first, last))
        label = format_date(self.env, first, date_format="LLLL yyyy")
        return {**action, "display_name": label, "name": f"{label}: {self.name}"}

    # ------------------------------------------------------------------
    # Categories
    # ------------------------------------------------------------------

    @api.readonly
    def get_top_categories(self) -> dict:
        """Return what the account bought in the window by product category, highest revenue first.

        Invoice lines are read with elevated rights, of an account the user may read; no cost.
        ``rows``: ``id`` (None: lines without a product), ``name``, ``quantity`` (in the products'
        units, refunds deducted), ``revenue``, ``share`` of all lines (None unless their sum is above
        zero). ``others``: the rest together, or None; ``not_allocated``: revenue of the documents
        less that of their lines; ``currency_id``.
        """
        self.ensure_one()
        self.check_access("read")
        found = self._read_categories()
        total = sum(row["revenue"] for row in found)
        for row in found:
            row["share"] = row["revenue"] / total if total > 0 else None
        rest = found[TOP:] if len(found) > TOP + 1 else []
        others = {
            "count": len(rest),
            "revenue": sum(row["revenue"] for row in rest),
            "share": sum(row["revenue"] for row in rest) / total if total > 0 else None,
        }
        rounding = self.currency_id.round(self._get_revenue_of_window() - total)
        return {
            "rows": found[: len(found) - len(rest)],
            "others": others if rest else None,
            "not_allocated": rounding or None,
            "currency_id": self.currency_id.id,
        }

    def _get_revenue_of_window(self) -> float:
        domain = [("profile_id", "=", self.id), *self._in_days(*self._get_window())]
        ((revenue,),) = self.env["cartera.document"]._read_group(
            domain, aggregates=["amount_untaxed:sum"]
        )
        return revenue or 0.0

    def _read_categories(self) -> list[dict]:
        """Return {id, name, quantity, revenue} of each category; equal revenue: the lowest id first."""
        query = SQL(
            """SELECT line.categ_id,
                      SUM(line.quantity * COALESCE(u.factor / NULLIF(tu.factor, 0), 1)),
                      SUM(line.revenue) AS revenue
                 FROM (%s) line
                 JOIN account_move_line l ON l.id = line.line_id
            LEFT JOIN product_product p ON p.id = l.product_id
            LEFT JOIN product_template t ON t.id = p.product_tmpl_id
            LEFT JOIN uom_uom u ON u.id = l.product_uom_id
            LEFT JOIN uom_uom tu ON tu.id = t.uom_id
             GROUP BY line.categ_id
             ORDER BY revenue DESC, line.categ_id""",
            self._sql_lines_of_window(),
        )
        self.env.flush_all()
        rows = self.env.execute_query(query)
        categories = self.env["product.category"].sudo().browse(row[0] for row in rows if row[0])
        names = {category.id: category.display_name for category in categories}
        nothing = self.env._("Without a product")
        return [
            {"id": id_, "name": names.get(id_, nothing), "quantity": quantity, "revenue": revenue}
            for id_, quantity, revenue in rows
        ]

    def _sql_lines_of_window(self) -> SQL:
        """Return SELECT of the product lines of the account in the window, as the facts read them."""
        return self.env["cartera.facts"].sudo()._sql_margin_line(self._get_scope())

    def action_open_category(self, category_id):
        """Open the documents of the window with a line of a category; None: of no product."""
        self.ensure_one()
        self.check_access("read")
        query = SQL(
            "SELECT DISTINCT move_id FROM (%s) line WHERE categ_id IS NOT DISTINCT FROM %s",
            self._sql_lines_of_window(),
            category_id or None,
        )
        action = self._open_documents([("id", "in", self._get_ids(query))])
        category = self.env["product.category"].sudo().browse(category_id or ())
        label = category.display_name or self.env._("Without a product")
        return {**action, "display_name": label, "name": f"{label}: {self.name}"}
