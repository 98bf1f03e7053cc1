"""RFM grid: how many accounts stand in each cell, and what they buy."""

from .screen_case import ScreenCase


class TestScreenRfm(ScreenCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()

        def make(name, user, score, revenue, **vals):
            recency, frequency, monetary = map(int, score)
            cls.make_known(
                name,
                user,
                rfm_recency=recency,
                rfm_frequency=frequency,
                rfm_monetary=monetary,
                revenue_12m=revenue,
                **vals,
            )

        make("Mejor", cls.seller, "555", 900)
        make("Buena", cls.colleague, "552", 100)
        make("Dormida", None, "111", None)
        make("Vieja", cls.seller, "111", -20, active=False)
        make("Fuera", cls.seller, "333", 70, excluded=True)
        cls.make_known("Nunca", cls.seller)

    def cells(self, role, **kwargs):
        cells = self.rpc(role, "get_rfm_grid", **kwargs)["cells"]
        return {
            (cell["recency"], cell["frequency"]): (
                cell["accounts"],
                cell["monetary"],
                cell["revenue"],
            )
            for cell in cells
        }

    def test_cells(self):
        expected = {(5, 5): (2, 3.5, 1000), (1, 1): (2, 1, -20)}
        self.assertEqual(self.cells("manager"), expected)
        self.assertEqual(self.cells("all_accounts"), expected)

    def test_salesperson_sees_his_own_and_unassigned(self):
        self.assertEqual(self.cells("salesperson"), {(5, 5): (1, 5, 900), (1, 1): (2, 1, -20)})
        self.assertEqual(self.cells("salesperson", user_id=self.colleague.id), {})

    def test_filter_by_salesperson(self):
        self.assertEqual(self.cells("manager", user_id=self.colleague.id), {(5, 5): (1, 2, 100)})
        # Nothing to add up: unknown revenue is no revenue in a sum.
        self.assertEqual(self.cells("manager", user_id=False), {(1, 1): (1, 1, 0)})

    def test_a_cell_opens_its_accounts(self):
        self.assertEqual(self.opens("manager", "open_rfm_cell", 5, 5), ["Buena", "Mejor"])
        self.assertEqual(self.opens("manager", "open_rfm_cell", 1, 1), ["Dormida", "Vieja"])
        self.assertEqual(self.opens("salesperson", "open_rfm_cell", 5, 5), ["Mejor"])
        self.assertEqual(self.opens("manager", "open_rfm_cell", 3, 3), [])
        action = self.rpc("manager", "open_rfm_cell", 1, 1, user_id=False)
        self.assertEqual(self.opened("manager", action), ["Dormida"])
