"""The customer sheet: what the account buys, what it stopped to buy and what is open with it."""

from dataclasses import replace

from odoo import api, models
from odoo.tools import SQL

#: Lines of a list on the sheet; the rest is counted.
TOP = 8
OPEN = 5
#: What is told of an open item.
OWED = ["name", "move_type", "date_due", "overdue", "amount_residual"]
#: Levels of what is bought, as GROUPING() numbers them: {number: name}.
LEVELS = {1: "categories", 2: "products"}


class CarteraScreenSheet(models.AbstractModel):
    _inherit = "cartera.screen.sheet"

    # ------------------------------------------------------------------
    # Bought, and not any more
    # ------------------------------------------------------------------

    @api.model
    def _get_sheet_block_bought(self, profile) -> dict | None:
        """Return what the account buys in the period, and what it bought in the one before only.

        ``bought``, ``stopped``: {categories, products: {count, rows [{id, name, revenue, before}]}}, the
        largest eight of each, by ``revenue`` or by ``before``. Bought: revenue of the period above zero, net
        of credit notes (docs/metrics.md); stopped: not bought, but revenue above zero in the period
        before. Amounts only, in the company's currency, None without lines; products without a category,
        and lines without a product, do not occur among the products.
        """
        if not self.env["cartera.document"].has_access("read"):
            return None
        answer = {
            kind: {level: {"count": 0, "rows": []} for level in LEVELS.values()}
            for kind in ("bought", "stopped")
        }
        rows = self._read_bought(profile)
        names = self._name_bought(rows)
        for level, record_id, revenue, before, stopped, count in rows:
            part = answer["stopped" if stopped else "bought"][LEVELS[level]]
            part["count"] = count
            part["rows"].append(
                {
                    "id": record_id or False,
                    "name": names[level, record_id],
                    "revenue": revenue,
                    "before": before,
                }
            )
        return answer

    @api.model
    def _read_bought(self, profile) -> list[tuple]:
        """Return (level, id, revenue, revenue before, stopped, count of its kind), largest first."""
        query = SQL(
            """WITH sum AS (%(sums)s),
                    kind AS (
                   SELECT *, COALESCE(revenue, 0) <= 0 AS stopped FROM sum
                    WHERE revenue > 0 OR before > 0),
                    ranked AS (
                   SELECT *, COUNT(*) OVER (PARTITION BY level, stopped) AS count,
                          ROW_NUMBER() OVER (
                              PARTITION BY level, stopped
                              ORDER BY CASE WHEN stopped THEN before ELSE revenue END DESC, id
                          ) AS place
                     FROM kind)
               SELECT level, id, revenue, before, stopped, count FROM ranked
                WHERE place <= %(top)s ORDER BY level, stopped, place""",
            sums=self._sql_bought(profile),
            top=TOP,
        )
        self.env.flush_all()
        return self.env.execute_query(query)

    @api.model
    def _sql_bought(self, profile) -> SQL:
        """Return SELECT (level, id, revenue, before) of categories and products, as the facts read lines."""
        now, before = self._get_bought_scopes(profile)
        facts = self.env["cartera.facts"].sudo()
        return SQL(
            """SELECT GROUPING(categ_id, product_id) AS level,
                      CASE GROUPING(product_id) WHEN 1 THEN categ_id ELSE product_id END AS id,
                      SUM(revenue) FILTER (WHERE present) AS revenue,
                      SUM(revenue) FILTER (WHERE NOT present) AS before
                 FROM (SELECT product_id, categ_id, revenue, TRUE AS present FROM (%(now)s) n
                        UNION ALL
                       SELECT product_id, categ_id, revenue, FALSE FROM (%(before)s) b) line
                GROUP BY GROUPING SETS ((categ_id), (product_id))
               HAVING GROUPING(product_id) = 1 OR product_id IS NOT NULL""",
            now=facts._sql_margin_line(now),
            before=facts._sql_margin_line(before),
        )

    @api.model
    def _get_bought_scopes(self, profile):
        """Return the scopes of the present period and of the one before, one ends where the other begins."""
        now = profile._get_scope()
        return now, replace(now, window_start=now.previous_start, as_of=now.window_start)

    @api.model
    def _name_bought(self, rows) -> dict:
        """Return {(level, id): name}: names are nobody's secret who may read the account."""
        names = {(1, None): self.env._("Without a product")}
        for level, model in ((1, "product.category"), (2, "product.product")):
            ids = [row[1] for row in rows if row[0] == level and row[1]]
            records = self.env[model].sudo().with_context(active_test=False).browse(ids)
            names |= {(level, record.id): record.display_name for record in records}
        return names

    @api.model
    def _open_bought(self, profile, level, record_id, stopped) -> dict:
        """List the documents with what was bought: of the period, or of the one before."""
        self.env["cartera.document"].check_access("read")
        scope = self._get_bought_scopes(profile)[1 if stopped else 0]
        column = {"categories": "categ_id", "products": "product_id"}[level]
        query = SQL(
            "SELECT DISTINCT move_id FROM (%s) line WHERE %s IS NOT DISTINCT FROM %s",
            self.env["cartera.facts"].sudo()._sql_margin_line(scope),
            SQL.identifier(column),
            record_id or None,
        )
        action = profile._open_documents([("id", "in", profile._get_ids(query))])
        number = {name: number for number, name in LEVELS.items()}[level]
        name = self._name_bought([(number, record_id or None)])[number, record_id or None]
        return {**action, "display_name": name, "name": f"{name}: {profile.name}"}

    # ------------------------------------------------------------------
    # Open
    # ------------------------------------------------------------------

    @api.model
    def _get_sheet_block_owed(self, profile) -> dict | None:
        """Return the open items: ``rows`` [{id, name, type, due, overdue, amount}], those due first.

        Five at most; ``count`` and ``total`` of all.
        """
        items = self.env["cartera.open.item"]
        if not items.has_access("read"):
            return None
        domain = [("profile_id", "=", profile.id)]
        ((count, total),) = items._read_group(domain, aggregates=["__count", "amount_residual:sum"])
        rows = items.search_fetch(domain, OWED, limit=OPEN) if count else items
        return {
            "count": count,
            "total": total or 0.0,
            "rows": [
                {
                    "id": item.id,
                    "name": item.name,
                    "type": self._word_choice(item, "move_type"),
                    "due": item.date_due,
                    "overdue": item.overdue,
                    "amount": item.amount_residual,
                }
                for item in rows
            ],
        }

    @api.model
    def _get_sheet_block_opportunities(self, profile) -> dict | None:
        """Return the open leads and opportunities that the user may read, the next to close first.

        ``rows`` [{id, name, type, stage, revenue, probability (0..1), deadline, user}], five at most; ``count``
        of all.
        """
        leads = self.env["crm.lead"]
        if not leads.has_access("read"):
            return None
        domain = [("id", "in", self._get_open_lead_ids(profile))]
        count = leads.search_count(domain)
        found = leads.search(domain, order="date_deadline, priority desc, id desc", limit=OPEN)
        return {
            "count": count,
            "rows": [
                {
                    "id": lead.id,
                    "name": lead.name,
                    "type": lead.type,
                    "stage": lead.stage_id.name,
                    "revenue": lead.expected_revenue,
                    "probability": lead.probability / 100,
                    "deadline": lead.date_deadline,
                    "user": self._prepare_user(lead.user_id),
                }
                for lead in found
            ],
        }

    @api.model
    def _get_open_lead_ids(self, profile) -> list[int]:
        """Return the leads of the account that the facts count and that are neither won nor lost."""
        facts, scope = self.env["cartera.facts"].sudo(), profile._get_scope()
        query = SQL(
            """SELECT l.id FROM crm_lead l JOIN res_partner p ON p.id = l.partner_id
                WHERE %s AND %s AND %s""",
            facts._sql_counted_lead(scope),
            scope.accounts(SQL("p.commercial_partner_id")),
            facts._sql_pending_lead(),
        )
        return profile._get_ids(query)
