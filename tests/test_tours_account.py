"""The account's page, the portfolio list and the criteria in a real browser, in Spanish."""

from .common import CarteraHttpCase
from .figure_case import FigureMixin


class TestToursAccount(FigureMixin, CarteraHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cartera.profile"].search([]).active = False
        cls.env["res.lang"]._activate_lang("es_ES")
        cls.set_up_figures()
        for user in cls.users.values():
            user.lang = "es_ES"

    def test_account(self):
        self.start_tour("/odoo/cartera", "cartera_account_es", login="cartera_salesperson")

    def test_list(self):
        self.start_tour("/odoo/cartera", "cartera_list_es", login="cartera_salesperson")

    def test_criteria(self):
        self.policy.recalibrate_next = False
        # The tour saves nonsense once: the server's refusal is part of it, and notes itself.
        with self.assertLogs("odoo.http", "WARNING") as refusals:
            self.start_tour(
                "/odoo/cartera-criteria", "cartera_criteria_es", login="cartera_manager"
            )
        self.assertEqual(len(refusals.output), 1)
        self.assertIn("«Clase A hasta»", refusals.output[0])
        self.assertEqual(self.policy.abc_a_limit, 0.7)
        self.assertTrue(self.policy.recalibrate_next)
