"""Targets and indicators in a real browser, in Spanish, by a sales manager."""

from odoo.tests import new_test_user

from .common import CarteraHttpCase


class TestTargetTours(CarteraHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("es_ES")
        cls.env.cr.execute("UPDATE cartera_profile SET excluded = TRUE")
        cls.env.invalidate_all()
        cls.env["cartera.indicator"].search([]).active = False
        cls.manager = cls.make_user("manager", "Marga")
        cls.people = {name: cls.make_user("salesman", name) for name in ("Berta", "Carla")}
        cls.revenue = cls.env.ref("crm_cartera.cartera_indicator_net_revenue")
        cls.revenue.write({"active": True, "name": "Ingresos del recorrido"})
        cls.revenue.with_context(lang="es_ES").name = "Ingresos del recorrido"

    @classmethod
    def make_user(cls, group, name):
        return new_test_user(
            cls.env,
            login=f"tour_targets_{name.lower()}",
            groups=f"sales_team.group_sale_{group}",
            name=name,
            lang="es_ES",
        )

    def test_from_the_year_to_two_people(self):
        before = self.env["cartera.policy"]._for(self.company)._today().year - 1
        for name, amount in (("Berta", 3000), ("Carla", 1000)):
            profile = self.profiles.create({"name": f"De {name}", "user_id": self.people[name].id})
            self.make_invoice(profile.partner_id, f"{before}-02-10", amount)
        self.start_tour("/odoo/cartera-targets", "cartera_targets_es", login=self.manager.login)
        year = self.env["cartera.indicator.target"].search(
            [
                ("indicator_id", "=", self.revenue.id),
                ("kind", "=", "year"),
                ("scope", "=", "company"),
            ]
        )
        self.assertEqual(year.amount, 120_000.01)
        self.assertEqual((year.child_difference, year.month_difference), (0, 0))
        self.assertEqual(sorted(year.part_ids.mapped("amount")), [60_000.0, 60_000.01])
        self.assertEqual([len(part.month_ids) for part in year.part_ids], [12, 12])

    def test_an_indicator_without_code(self):
        self.env["crm.lead"].search([]).active = False
        leads = self.env["crm.lead"].create([{"name": "Uno"}, {"name": "Dos"}])
        leads.user_id = self.people["Berta"]
        leads.company_id = self.company
        self.start_tour(
            "/odoo/cartera-indicators", "cartera_indicator_es", login=self.manager.login
        )
