"""What counts as a move of an account, and what does not."""

from odoo.tools import SQL

from .cost_case import CostCase
from .segment_case import SegmentMixin


class TestMargins(SegmentMixin, CostCase):
    """Costs of the past are estimated by a job after the installation: no account has moved by that."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cartera.dimension"].search([]).active = False
        policy = cls.env["cartera.policy"]._for(cls.company)
        cls.today = policy._today()
        cls.env["cartera.line.cost"]._freeze(SQL("TRUE"))
        cls.move = cls.sell(day=cls.today)
        cls.env.flush_all()
        cls.env.cr.execute("DELETE FROM cartera_line_cost")
        policy.margin_ready = False
        cls.margin = cls.make_dimension(
            "margen", ("Gana", "[('margin_12m', '>', 0)]"), ("No se sabe", None)
        )
        cls.plain = cls.make_dimension("compra", ("Compra", "[('revenue_12m', '>', 0)]"))
        cls.refresh()
        cls.profile = cls.profile_of(cls.account)

    @classmethod
    def refresh(cls):
        cls.profiles.refresh(cls.company)
        cls.env.invalidate_all()

    def test_costs_that_a_job_fills_move_nobody(self):
        self.assertEqual(
            self.moves_of(self.profile, self.margin), [(None, "No se sabe", "entered")]
        )
        self.env["cartera.line.cost"]._freeze(SQL("TRUE"), estimated=True)
        self.env["cartera.touch"]._touch([(self.account.id, self.company.id)])
        self.drain()
        self.assertEqual(
            self.moves_of(self.profile, self.margin)[1:], [("No se sabe", "Gana", "entered")]
        )
        self.refresh()
        self.assertTrue(self.env["cartera.policy"]._for(self.company).margin_ready)
        self.product.standard_price = 500
        self.sell(day=self.today)
        self.drain()
        self.assertEqual(
            self.moves_of(self.profile, self.margin)[2:], [("Gana", "No se sabe", "account")]
        )

    def test_the_first_full_run_after_the_costs(self):
        self.env["cartera.line.cost"]._freeze(SQL("TRUE"), estimated=True)
        self.refresh()
        self.assertEqual(
            self.moves_of(self.profile, self.margin)[1:], [("No se sabe", "Gana", "entered")]
        )

    def test_others_are_moves_meanwhile(self):
        self.assertFalse(self.env["cartera.policy"]._for(self.company).margin_ready)
        self.reverse(self.move, self.today)
        self.drain()
        self.assertEqual(self.moves_of(self.profile, self.plain)[1:], [("Compra", None, "account")])
