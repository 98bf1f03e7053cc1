"""Documents with costs, and what is known of them."""

from odoo import Command

from .common import CarteraCase


class CostCase(CarteraCase):
    """An account, and a product that costs 60 where 100 is charged."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls.make_account()
        cls.unit = cls.env.ref("uom.product_uom_unit")
        cls.dozen = cls.env.ref("uom.product_uom_dozen")
        cls.product.standard_price = 60

    @classmethod
    def line(cls, product=None, price=100.0, quantity=1.0, **vals):
        """Return the command that adds a line."""
        return Command.create(
            {
                "product_id": (product or cls.product).id,
                "price_unit": price,
                "quantity": quantity,
                "tax_ids": False,
                **vals,
            }
        )

    @classmethod
    def sell(cls, *lines, day="2024-03-01", **vals):
        """Post an invoice of some lines, by default of one."""
        return cls.make_invoice(
            cls.account, day, invoice_line_ids=list(lines or [cls.line()]), **vals
        )

    @classmethod
    def draft_refund(cls, move, day="2024-04-01"):
        """Return the draft that the reversal wizard makes of an invoice."""
        wizard = (
            cls.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"date": day, "journal_id": move.journal_id.id})
        )
        return cls.env["account.move"].browse(wizard.reverse_moves()["res_id"])

    def costs(self, moves):
        """Return [(unit cost, estimated)] of the product lines in their order; None without one."""
        self.env.flush_all()
        rows = self.env["cartera.line.cost"].sudo().search([("line_id.move_id", "in", moves.ids)])
        rows.invalidate_recordset()
        known = {row.line_id.id: (round(row.cost, 6), row.estimated) for row in rows}
        lines = moves.invoice_line_ids.filtered(lambda line: line.display_type == "product")
        return [known.get(line.id) for line in lines.sorted(lambda line: (line.sequence, line.id))]

    def assert_margin(self, move, margin, rate, covered=1.0, frozen=1.0):
        """Check the figures of a document; False is blank."""
        move.invalidate_recordset()
        found = (
            move.cartera_margin,
            move.cartera_margin_rate,
            move.cartera_margin_covered_rate,
            move.cartera_margin_frozen_rate,
        )
        for value, expected in zip(found, (margin, rate, covered, frozen), strict=True):
            if expected is False:
                self.assertIs(value, False)
            else:
                self.assertAlmostEqual(value, expected, 6)
                self.assertIsNot(value, False)
