"""When unit costs are frozen, what they are, and the margin of a document."""

from odoo import Command

from .cost_case import CostCase


class TestFreeze(CostCase):
    def test_frozen_at_first_posting(self):
        """100 charged, 60 spent: 40 earned, 40 %."""
        move = self.sell(post=False)
        self.assertEqual(self.costs(move), [None])
        self.assert_margin(move, False, False, False, False)
        move.action_post()
        self.assertEqual(self.costs(move), [(60, False)])
        self.assert_margin(move, 40, 0.4)

    def test_later_price_moves_nothing(self):
        move = self.sell(self.line(quantity=3))
        self.product.standard_price = 90
        self.assertEqual(self.costs(move), [(60, False)])
        self.assert_margin(move, 300 - 180, 0.4)

    def test_correction_keeps_the_cost(self):
        move = self.sell()
        self.product.standard_price = 90
        move.button_draft()
        move.invoice_line_ids.write({"price_unit": 200, "quantity": 2})
        self.assert_margin(move, False, False, False, False)
        move.action_post()
        self.assertEqual(self.costs(move), [(60, False)])
        self.assert_margin(move, 400 - 120, 0.7)

    def test_line_added_in_a_correction_costs_what_it_costs_then(self):
        move = self.sell()
        self.product.standard_price = 90
        move.button_draft()
        move.invoice_line_ids = [self.line()]
        move.action_post()
        self.assertEqual(self.costs(move), [(60, False), (90, False)])
        self.assert_margin(move, 200 - 150, 0.25)

    def test_other_product_is_frozen_again(self):
        other = self.env["product.product"].create({"name": "Tuerca", "standard_price": 25})
        move = self.sell()
        move.button_draft()
        move.invoice_line_ids.product_id = other
        move.invoice_line_ids.write({"price_unit": 100, "tax_ids": False})
        move.action_post()
        self.assertEqual(self.costs(move), [(25, False)])
        self.assert_margin(move, 75, 0.75)

    def test_other_unit_is_frozen_again(self):
        """Sixty a piece was frozen; a dozen at the price of now, 50, costs 600."""
        move = self.sell()
        self.product.standard_price = 50
        move.button_draft()
        move.invoice_line_ids.write({"product_uom_id": self.dozen.id, "price_unit": 1000})
        move.action_post()
        self.assertEqual(self.costs(move), [(600, False)])
        self.assert_margin(move, 400, 0.4)

    def test_copy_is_frozen_by_itself(self):
        move = self.sell()
        self.product.standard_price = 90
        copy = move.copy({"invoice_date": "2024-05-01"})
        copy.action_post()
        self.assertEqual(self.costs(move), [(60, False)])
        self.assertEqual(self.costs(copy), [(90, False)])

    def test_unit_of_the_line(self):
        """Two dozen at 60 a piece: 1,440 spent of 2,000."""
        move = self.sell(self.line(price=1000, quantity=2, product_uom_id=self.dozen.id))
        self.assertEqual(self.costs(move), [(720, False)])
        self.assert_margin(move, 2000 - 1440, 0.28)

    def test_product_sold_in_a_smaller_unit_than_its_own(self):
        """Sixty a dozen is five a piece."""
        self.product.uom_id = self.dozen
        move = self.sell(self.line(price=8, quantity=10, product_uom_id=self.unit.id))
        self.assertEqual(self.costs(move), [(5, False)])
        self.assert_margin(move, 80 - 50, 0.375)

    def test_other_currency(self):
        """Half a dollar a unit: 100 of them are 200 dollars, of which 60 were spent."""
        currency = self.env["res.currency"].create({"name": "XCT", "symbol": "x"})
        self.env["res.currency.rate"].create(
            {"name": "2024-01-01", "currency_id": currency.id, "rate": 0.5}
        )
        move = self.sell(currency_id=currency.id)
        self.assertEqual(self.costs(move), [(60, False)])
        self.assertEqual(move.amount_untaxed, 100)
        self.assert_margin(move, 200 - 60, 0.7)

    def test_line_without_product(self):
        """Of 400 charged the cost of 100 is known."""
        free = Command.create({"name": "Montaje", "price_unit": 300, "tax_ids": False})
        move = self.sell(self.line(), free)
        self.assertEqual(self.costs(move), [(60, False), None])
        self.assert_margin(move, 40, 0.4, covered=0.25)

    def test_only_lines_without_product(self):
        free = Command.create({"name": "Montaje", "price_unit": 300, "tax_ids": False})
        self.assert_margin(self.sell(free), False, False, covered=0, frozen=False)

    def test_product_taken_off_a_line(self):
        move = self.sell()
        move.button_draft()
        move.invoice_line_ids.write({"product_id": False, "name": "Libre", "tax_ids": False})
        move.action_post()
        self.assert_margin(move, False, False, covered=0, frozen=False)

    def test_cost_of_zero(self):
        """It is stored; the policy says when reading whether zero is a cost."""
        gift = self.env["product.product"].create({"name": "Muestra"})
        move = self.sell(self.line(gift), self.line())
        self.assertEqual(self.costs(move), [(0, False), (60, False)])
        self.assert_margin(move, 40, 0.4, covered=0.5)
        self.env["cartera.policy"]._for(self.company).accept_zero_cost = True
        self.assert_margin(move, 140, 0.7)

    def test_sections_notes_and_taxes_have_none(self):
        tax = self.env["account.tax"].create({"name": "21 %", "amount": 21})
        section = Command.create({"display_type": "line_section", "name": "Material"})
        move = self.sell(section, self.line(tax_ids=tax.ids))
        self.assertEqual(len(self.costs(move)), 1)
        self.assert_margin(move, 40, 0.4)
        self.assertEqual(
            self.env["cartera.line.cost"].search_count([("line_id.move_id", "=", move.id)]), 1
        )

    def test_receipt(self):
        self.assert_margin(self.sell(move_type="out_receipt"), 40, 0.4)

    def test_vendor_bill_has_none(self):
        bill = self.make_invoice(
            self.account, "2024-03-01", move_type="in_invoice", invoice_line_ids=[self.line()]
        )
        self.assertEqual(self.costs(bill), [None])
        self.assert_margin(bill, False, False, False, False)

    def test_deleted_line_takes_its_cost_along(self):
        move = self.sell(self.line(), self.line())
        move.button_draft()
        move.invoice_line_ids[0].unlink()
        self.assertEqual(self.costs(move), [(60, False)])
        self.assertEqual(
            self.env["cartera.line.cost"].search_count([("line_id.move_id", "=", move.id)]), 1
        )

    def test_margin_right_after_posting(self):
        """Nobody has to leave the form to see it."""
        move = self.sell(post=False)
        self.assertIs(move.cartera_margin, False)
        move.action_post()
        self.assertAlmostEqual(move.cartera_margin, 40)

    def test_negative_line(self):
        """A returned bottle on an invoice: 200 - 100 charged, 120 - 60 spent."""
        move = self.sell(self.line(quantity=2), self.line(quantity=-1))
        self.assert_margin(move, 40, 0.4)
