"""The one SQL of a margin line, which documents and accounts add up."""

from dataclasses import replace
from datetime import date

from odoo.tools import SQL

from .cost_case import CostCase

COLUMNS = ("partner_id", "move_id", "categ_id", "quantity", "revenue", "cost", "estimated")


class TestMarginLine(CostCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tools = cls.env["product.category"].create({"name": "Herramientas"})
        cls.product.categ_id = cls.tools
        cls.first = cls.sell(cls.line(quantity=2), day="2024-03-01")
        cls.back = cls.reverse(cls.first, "2024-04-01", amount=90.0)
        cls.product.standard_price = 0
        cls.gift = cls.sell(day="2024-05-01")

    def read(self, as_of, partners=None, accept_zero=False, months=12):
        """Return the lines as tuples of COLUMNS."""
        facts = self.env["cartera.facts"]
        policy = self.env["cartera.policy"]._for(self.company)
        policy.window_months = months
        scope = facts._get_scope(self.company, date.fromisoformat(as_of), partners)
        scope = replace(scope, accept_zero_cost=accept_zero)
        self.env.flush_all()
        rows = self.env.execute_query_dict(
            SQL("SELECT * FROM (%s) line ORDER BY line_id", facts._sql_margin_line(scope))
        )
        return [tuple(row[column] for column in COLUMNS) for row in rows]

    def row(self, move, quantity, revenue, cost, estimated=False):
        return (self.account.id, move.id, self.tools.id, quantity, revenue, cost, estimated)

    def test_lines(self):
        """Two sold at 100, two taken back at 90, one sold whose cost nobody knows."""
        self.assertEqual(
            self.read("2024-12-31"),
            [
                self.row(self.first, 2, 200, 120),
                self.row(self.back, -2, -180, -120),
                self.row(self.gift, 1, 100, None),
            ],
        )

    def test_cost_of_zero(self):
        rows = self.read("2024-12-31", accept_zero=True)
        self.assertEqual(rows[2], self.row(self.gift, 1, 100, 0))

    def test_window(self):
        """Its first day is out, its last day is in."""
        moves = {"2024-03-01": 1, "2024-04-01": 2, "2024-04-30": 2, "2024-05-01": 3}
        for as_of, count in moves.items():
            self.assertEqual(len(self.read(as_of)), count, as_of)
        self.assertEqual(len(self.read("2025-03-01")), 2)
        self.assertEqual(len(self.read("2025-02-28")), 3)
        self.assertEqual(len(self.read("2024-06-01", months=1)), 0)
        self.assertEqual(len(self.read("2024-05-31", months=1)), 1)

    def test_accounts(self):
        other = self.make_account("Otra")
        self.make_invoice(other, "2024-03-01")
        self.assertEqual(len(self.read("2024-12-31")), 4)
        self.assertEqual(len(self.read("2024-12-31", self.account.ids)), 3)
        self.assertEqual(self.read("2024-12-31", []), [])

    def test_line_without_product(self):
        self.env["product.product"].flush_model()
        move = self.sell(self.line(quantity=3), day="2024-06-01")
        move.button_draft()
        move.invoice_line_ids.write({"product_id": False, "name": "Libre", "tax_ids": False})
        move.action_post()
        row = self.read("2024-12-31")[-1]
        self.assertEqual(row, (self.account.id, move.id, None, 3, 300, None, None))

    def test_drafts_are_out(self):
        self.first.button_draft()
        self.assertEqual(len(self.read("2024-12-31")), 2)

    def test_totals(self):
        """200 - 180 charged, 120 - 120 spent; of 480 that moved the cost of 380 is known."""
        self.env.cr.execute(
            """UPDATE cartera_line_cost k SET estimated = TRUE FROM account_move_line l
                WHERE l.id = k.line_id AND l.move_id = %s""",
            self.back.ids,
        )
        facts = self.env["cartera.facts"]
        self.env.flush_all()
        scope = facts._get_scope(self.company, date(2024, 12, 31))
        query = SQL(
            "SELECT %s FROM (%s) line", facts._sql_margin("line"), facts._sql_margin_line(scope)
        )
        self.assertEqual(self.env.execute_query(query), [(20, 20, 380, 200, 480)])
