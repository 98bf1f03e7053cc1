"""Invoices: their margin, and when its costs are frozen."""

from odoo import api, models
from odoo.tools import SQL

from .account_move import SALE_TYPES
from .cartera_fields import BlankFloat, BlankMonetary
from .cartera_figures import MARGIN
from .res_company import sql_root

MARGIN_FIELDS = (
    "cartera_margin",
    "cartera_margin_rate",
    "cartera_margin_covered_rate",
    "cartera_margin_frozen_rate",
)


class AccountMove(models.Model):
    _inherit = "account.move"

    cartera_margin = BlankMonetary(
        string="Margin",
        compute="_compute_cartera_margin",
        currency_field="company_currency_id",
        groups=MARGIN,
        help="Sales less cost of the lines whose cost is known, in the currency of the company; "
        "negative on credit notes. Costs are frozen at posting: a draft has none.",
    )
    cartera_margin_rate = BlankFloat(
        string="Margin (%)",
        compute="_compute_cartera_margin",
        aggregator=None,
        groups=MARGIN,
        help="Margin as a part of the sales whose cost is known. Blank on drafts.",
    )
    cartera_margin_covered_rate = BlankFloat(
        string="Cost known",
        compute="_compute_cartera_margin",
        aggregator=None,
        groups=MARGIN,
        help="Part of the sales whose cost is known; the rest has no product, or one without a cost. "
        "Blank on drafts.",
    )
    cartera_margin_frozen_rate = BlankFloat(
        string="Cost frozen",
        compute="_compute_cartera_margin",
        aggregator=None,
        groups=MARGIN,
        help="Part of the sales of known cost that has the cost of the day of the posting; the rest was "
        "posted before and has an estimate. Blank on drafts.",
    )

    @api.depends("state")
    def _compute_cartera_margin(self):
        for name in MARGIN_FIELDS:
            self[name] = False
        rows = self._cartera_read_margins()
        for move in self:
            if row := rows.get(move._origin.id):
                move.update(move._cartera_prepare_margin(*row))

    def _cartera_read_margins(self) -> dict[int, tuple]:
        """Return {id: aggregates} of posted customer documents, see ``_sql_margin``."""
        facts = self.env["cartera.facts"]
        self.env["account.move"].flush_model(["state", "move_type", "company_id"])
        self.env["account.move.line"].flush_model(
            ["balance", "quantity", "display_type", "product_id", "product_uom_id"]
        )
        self.env["cartera.policy"].flush_model(["accept_zero_cost"])
        lines = facts._sql_costed_line(
            SQL("m.id = ANY(%s)", self._origin.ids),
            accept_zero=SQL(
                """EXISTS (SELECT FROM res_company c JOIN cartera_policy y
                               ON y.company_id = %s
                            WHERE c.id = m.company_id AND y.accept_zero_cost)""",
                sql_root("c"),
            ),
        )
        rows = self.env.execute_query(
            SQL(
                "SELECT move_id, %s FROM (%s) line GROUP BY move_id",
                facts._sql_margin("line"),
                lines,
            )
        )
        return {move_id: values for move_id, *values in rows}

    def _cartera_prepare_margin(self, margin, revenue, costed, frozen, total) -> dict:
        """Return the figures of one document; its sales are negative if it is a credit note."""
        sign = -1 if self.move_type == "out_refund" else 1
        return {
            "cartera_margin": False if margin is None else margin,
            "cartera_margin_rate": margin / revenue if sign * (revenue or 0) > 0 else False,
            "cartera_margin_covered_rate": (costed or 0) / total if total else False,
            "cartera_margin_frozen_rate": (frozen or 0) / costed if costed else False,
        }

    # ------------------------------------------------------------------
    # Freeze
    # ------------------------------------------------------------------

    def _post(self, soft=True):
        posted = super()._post(soft)
        posted.filtered(lambda move: move.move_type in SALE_TYPES)._cartera_freeze_costs()
        return posted

    def button_draft(self):
        """Let what was posted before we looked have its estimate, so that a correction keeps it."""
        self._cartera_estimate_costs()
        return super().button_draft()

    def _cartera_freeze_costs(self):
        """Freeze the costs of documents just posted: first sales, then what takes over theirs."""
        costs = self.env["cartera.line.cost"]
        documents = self.sudo()
        reversals = documents.filtered("reversed_entry_id")
        sold = (documents - reversals).line_ids.filtered(
            lambda line: line.display_type == "product" and line.product_id
        )
        if sold:
            costs._freeze_lines(costs._sql_sold(sold.ids), reversals=False)
        if reversals:
            reversals.reversed_entry_id._cartera_estimate_costs()
            costs._freeze(SQL("m.id = ANY(%s)", reversals.ids))
        self.invalidate_recordset(MARGIN_FIELDS, flush=False)

    def _cartera_estimate_costs(self):
        """Estimate the costs of posted documents that nobody has frozen."""
        costs = self.env["cartera.line.cost"]
        documents = self.sudo().filtered(
            lambda move: move.state == "posted" and move.move_type in SALE_TYPES
        )
        if documents:
            costs._freeze(SQL("m.id = ANY(%s)", documents.ids), estimated=True)
