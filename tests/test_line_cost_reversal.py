"""Credit notes take over the costs of what they reverse."""

from .cost_case import CostCase


class TestReversal(CostCase):
    def test_takes_over_the_cost(self):
        move = self.sell(self.line(quantity=2))
        self.product.standard_price = 90
        refund = self.reverse(move, "2024-04-01")
        self.assertEqual(self.costs(refund), [(60, False)])
        self.assert_margin(refund, -80, 0.4)

    def test_part_of_an_invoice(self):
        """One of three comes back, at the cost it went out with."""
        move = self.sell(self.line(quantity=3))
        self.product.standard_price = 90
        refund = self.draft_refund(move)
        refund.invoice_line_ids.quantity = 1
        refund.action_post()
        self.assertEqual(self.costs(refund), [(60, False)])
        self.assert_margin(refund, -40, 0.4)

    def test_lower_price_of_everything(self):
        """A refund of 20 for goods that stay is still a refund of the line, cost and all."""
        move = self.sell()
        self.product.standard_price = 90
        refund = self.reverse(move, "2024-04-01", amount=20.0)
        self.assertEqual(self.costs(refund), [(60, False)])
        self.assert_margin(refund, -20 + 60, -2)

    def two_costs(self):
        """Return an invoice of one product at 60 and, added in a correction, at 90; now it is 99."""
        move = self.sell()
        self.product.standard_price = 90
        move.button_draft()
        move.invoice_line_ids = [self.line(price=150)]
        move.action_post()
        self.product.standard_price = 99
        return move

    def test_lines_of_one_product_in_order(self):
        refund = self.reverse(self.two_costs(), "2024-04-01")
        self.assertEqual(self.costs(refund), [(60, False), (90, False)])

    def test_more_lines_than_were_sold(self):
        """What is left over takes the last one's cost."""
        refund = self.draft_refund(self.two_costs())
        refund.invoice_line_ids = [self.line(price=1)]
        refund.action_post()
        self.assertEqual(self.costs(refund), [(60, False), (90, False), (90, False)])

    def test_unit_before_order(self):
        """A piece at 60, a dozen at 90 a piece: the dozen that comes back had cost 1,080."""
        move = self.sell()
        self.product.standard_price = 90
        move.button_draft()
        move.invoice_line_ids = [self.line(price=1500, product_uom_id=self.dozen.id)]
        move.action_post()
        self.product.standard_price = 99
        refund = self.draft_refund(move)
        refund.invoice_line_ids[0].unlink()
        refund.action_post()
        self.assertEqual(self.costs(refund), [(1080, False)])

    def test_other_unit_of_the_product(self):
        """A dozen went out at 720, three pieces come back: 60 each."""
        move = self.sell(self.line(price=1200, product_uom_id=self.dozen.id))
        self.product.standard_price = 99
        refund = self.draft_refund(move)
        refund.invoice_line_ids.write(
            {"product_uom_id": self.unit.id, "quantity": 3, "price_unit": 100}
        )
        refund.action_post()
        self.assertEqual(self.costs(refund), [(60, False)])
        self.assert_margin(refund, -120, 0.4)

    def test_product_that_was_not_sold(self):
        other = self.env["product.product"].create({"name": "Tuerca", "standard_price": 25})
        refund = self.draft_refund(self.sell())
        refund.invoice_line_ids = [self.line(other)]
        refund.action_post()
        self.assertEqual(self.costs(refund), [(60, False), (25, False)])

    def test_refund_of_nothing(self):
        """Without a document that it reverses, a credit note has the cost of its day."""
        self.assert_margin(self.sell(move_type="out_refund"), -40, 0.4)

    def test_estimate_stays_an_estimate(self):
        """An invoice without costs is estimated when its refund is posted, and both say so."""
        move = self.sell()
        self.env.cr.execute("DELETE FROM cartera_line_cost")
        refund = self.reverse(move, "2024-04-01")
        self.product.standard_price = 90
        self.assertEqual(self.costs(move), [(60, True)])
        self.assertEqual(self.costs(refund), [(60, True)])
        self.assert_margin(refund, -40, 0.4, frozen=0)

    def test_posted_together(self):
        move = self.sell(post=False)
        refund = self.draft_refund(self.sell())
        refund.reversed_entry_id = move
        (refund + move).action_post()
        self.assertEqual(self.costs(move + refund), [(60, False), (60, False)])

    def test_refund_corrected(self):
        refund = self.reverse(self.sell(), "2024-04-01")
        self.product.standard_price = 90
        refund.button_draft()
        refund.action_post()
        self.assertEqual(self.costs(refund), [(60, False)])

    def test_reversed_and_replaced(self):
        """ "Reverse and create invoice": the new one is a sale of today."""
        move = self.sell()
        self.product.standard_price = 90
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"date": "2024-04-01", "journal_id": move.journal_id.id})
        )
        new = self.env["account.move"].browse(wizard.modify_moves()["res_id"])
        new.action_post()
        self.assertEqual(self.costs(move.reversal_move_ids), [(60, False)])
        self.assertEqual(self.costs(new), [(90, False)])
