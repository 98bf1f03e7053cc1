"""The screens about segments in a real browser, in Spanish, on a desk and on a telephone."""

from odoo import Command
from odoo.tests import new_test_user

from .common import CarteraHttpCase


class SegmentSheetTours(CarteraHttpCase):
    """Four Spanish clients of class A, six others, and a lead like the best."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("es_ES")
        cls.env.cr.execute("UPDATE cartera_profile SET excluded = TRUE")
        cls.env.invalidate_all()
        cls.env["cartera.dimension"].search([]).active = False
        cls.manager = new_test_user(
            cls.env,
            login="tour_sheet",
            groups="sales_team.group_sale_manager",
            name="Marta",
            lang="es_ES",
        )
        cls.dimension = cls.env["cartera.dimension"].create(
            {
                "name": "Tamaño",
                "code": "tour_size",
                "segment_ids": [
                    Command.create(
                        {"name": "Grandes", "domain": "[('id', '=', 0)]", "treatment": "Visitar"}
                    ),
                    Command.create({"name": "Pequeñas", "domain": "[('id', '=', 0)]"}),
                ],
            }
        )
        large, small = cls.dimension.segment_ids
        spain, france = cls.env.ref("base.es"), cls.env.ref("base.fr")
        best = [cls.make_client(f"Buena {n}", spain, large, "A") for n in range(4)]
        for number in range(6):
            cls.make_client(f"Otra {number}", france, small, "C")
        lead = cls.profiles.create({"name": "Gemela", "potential": 500})
        lead.partner_id.country_id = spain
        cls.put(lead, small)
        cls.env["cartera.segment.move"].sudo().create(
            {
                "profile_id": best[0].id,
                "company_id": cls.company.id,
                "dimension_id": cls.dimension.id,
                "from_segment_id": small.id,
                "segment_id": large.id,
                "date": cls.env["cartera.policy"]._for(cls.company)._today(),
                "kind": "account",
            }
        )

    @classmethod
    def make_client(cls, name, country, segment, letter):
        profile = cls.profiles.create({"name": name})
        profile.partner_id.country_id = country
        cls.env.flush_all()
        cls.env.cr.execute(
            """UPDATE cartera_profile
                  SET lifecycle = 'client', abc_revenue = %s, revenue_12m = 1000,
                      revenue_prev_12m = 800, trend = 0.25, retention_status = 'active',
                      affinity_score = 60
                WHERE id = %s""",
            (letter, profile.id),
        )
        cls.put(profile, segment)
        return profile

    @classmethod
    def put(cls, profile, segment):
        cls.env.flush_all()
        cls.env.cr.execute(
            "INSERT INTO cartera_profile_segment_rel (profile_id, segment_id) VALUES (%s, %s)",
            (profile.id, segment.id),
        )
        cls.env.invalidate_all()

    def walk(self, name):
        self.start_tour("/odoo", f"cartera_{name}_es", login=self.manager.login)


class TestSegmentSheetTours(SegmentSheetTours):
    def test_sheet(self):
        self.walk("segment_sheet")

    def test_lookalikes(self):
        self.walk("lookalikes")

    def test_market(self):
        self.walk("market")


class TestSegmentSheetToursSmall(SegmentSheetTours):
    browser_size = "400x800"
    touch_enabled = True

    def test_sheet(self):
        self.walk("segment_sheet")

    def test_lookalikes(self):
        self.walk("lookalikes")

    def test_market(self):
        self.walk("market")
