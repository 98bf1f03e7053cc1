"""Treatments in a real browser, in Spanish."""

from odoo.tests import new_test_user

from .common import CarteraHttpCase
from .treatment_case import TreatmentMixin


class TestToursTreatment(TreatmentMixin, CarteraHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("es_ES")
        cls.env["cartera.profile"].search([]).active = False
        cls.seller = cls.make_user("lucía", "sales_team.group_sale_salesman", "Lucía")
        cls.manager = cls.make_user("jefa", "sales_team.group_sale_manager", "Jefa")
        cls.set_up_treatment()
        cls.account = cls.make_members("Ferretería Gómez", user=cls.seller)
        cls.make_members("Taller Paco", user=cls.manager)

    @classmethod
    def make_user(cls, login, groups, name):
        return new_test_user(cls.env, login=f"tour_{login}", groups=groups, name=name, lang="es_ES")

    def test_manager(self):
        self.late.plan_id = False
        self.start_tour(
            "/odoo/cartera-segments", "cartera_treatment_manager", login=self.manager.login
        )
        self.assertTrue(self.late.apply_on_entry)
        self.assertEqual(
            self.activities_of(self.account), {"Llamar": self.seller.login, "Visitar": "admin"}
        )

    def test_salesperson(self):
        self.start_tour("/odoo/cartera", "cartera_treatment_salesperson", login=self.seller.login)
        self.assertEqual(len(self.activities_of(self.account)), 2)
