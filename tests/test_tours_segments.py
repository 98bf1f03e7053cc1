"""Segments in a real browser, in Spanish: an admin makes them, a salesperson follows them."""

from odoo.tests import new_test_user

from .common import CarteraHttpCase


class TestSegmentTours(CarteraHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("es_ES")
        cls.env.cr.execute("UPDATE cartera_profile SET excluded = TRUE")
        cls.env.invalidate_all()
        cls.env["cartera.dimension"].search([]).active = False
        cls.manager = cls.make_user("manager")
        cls.seller = cls.make_user("salesman")
        for name, potential in (("Uno", 5000), ("Dos", 500), ("Tres", 0)):
            cls.profiles.create(
                {
                    "name": f"Ferretería {name}",
                    "potential": potential,
                    "user_id": cls.seller.id,
                }
            )

    @classmethod
    def make_user(cls, group):
        return new_test_user(
            cls.env,
            login=f"tour_segments_{group}",
            groups=f"sales_team.group_sale_{group}",
            name=group.title(),
            lang="es_ES",
        )

    def test_from_the_rule_to_the_account(self):
        self.start_tour(
            "/odoo/cartera-dimensions?debug=1", "cartera_dimension_es", login=self.manager.login
        )
        dimension = self.env["cartera.dimension"].search([("code", "=", "prioridad")])
        self.assertEqual(dimension.segment_ids.mapped("name"), ["Primero", "Segundo", "Tercero"])
        dimension.segment_ids[0].write({"is_key": True, "color": 10})
        self.env["cartera.dimension"]._sort(self.company)
        self.env.invalidate_all()
        self.assertEqual(dimension.segment_ids.mapped("account_count"), [1, 1, 1])
        self.start_tour("/odoo/cartera", "cartera_panel_es", login=self.seller.login)
        self.start_tour("/odoo/cartera", "cartera_treatment_es", login=self.seller.login)
        self.start_tour(
            "/odoo/cartera-dimensions", "cartera_by_dimension_es", login=self.manager.login
        )
