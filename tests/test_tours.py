"""The salesperson's day in a real browser, in English and Spanish."""

from odoo import fields
from odoo.tests import new_test_user

from .common import CarteraHttpCase


class TestTours(CarteraHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cartera.profile"].search([]).active = False
        cls.stage = cls.env.ref("crm_cartera.cartera_stage_qualification")

    def _make_seller(self, lang):
        return new_test_user(
            self.env,
            login=f"tour_{lang[:2]}",
            groups="sales_team.group_sale_salesman",
            name="Lucía",
            lang=lang,
        )

    def _walk(self, lang):
        """Prospect, lead, next action, opportunity, invoice, client: every step by its own user."""
        seller = self._make_seller(lang)
        short = lang[:2]
        self.start_tour("/odoo/cartera", f"cartera_create_prospect_{short}", login=seller.login)
        self.drain()
        profile = self.profiles.search([("name", "=", "Ferretería Tour")])
        self.assertEqual(profile.user_id, seller)
        self.assertEqual(profile.potential, 12000)
        self.assertEqual((profile.lifecycle, profile.stage_id), ("lead", self.stage))
        activity = profile.partner_id.activity_ids
        self.assertEqual(profile.next_action_res_id, activity.id)

        self.start_tour("/odoo/cartera", f"cartera_open_opportunity_{short}", login=seller.login)
        self.drain()
        lead = self.env["crm.lead"].search([("partner_id", "=", profile.partner_id.id)])
        self.assertEqual((lead.name, lead.user_id), ("Primer pedido", seller))
        self.assertEqual(profile.stage_id, self.env.ref("crm_cartera.cartera_stage_sale"))

        invoice = self.make_invoice(profile.partner_id, fields.Date.today())
        self.drain()
        self.assertEqual(profile.first_purchase_id, invoice)
        self.start_tour("/odoo/cartera", f"cartera_see_client_{short}", login=seller.login)
        self.assertEqual(
            [move[2] for move in self.history_of(profile)], ["prospect", "lead", "client"]
        )

    def test_day_in_english(self):
        self._walk("en_US")

    def test_day_in_spanish(self):
        self.env["res.lang"]._activate_lang("es_ES")
        self._walk("es_ES")

    def test_every_view_and_the_activity_button(self):
        seller = self._make_seller("en_US")
        profile = self.profiles.with_user(seller).create(
            {"name": "Ferretería Tour", "user_id": seller.id, "potential": 100}
        )
        partner = profile.partner_id
        partner.activity_schedule(
            "mail.mail_activity_data_call", user_id=seller.id, summary="Primera llamada"
        )
        self.drain()
        self.start_tour("/odoo/cartera", "cartera_views", login=seller.login)
        activities = self.env["mail.activity"].search([("res_model", "=", "res.partner")])
        mine = activities.filtered(lambda activity: activity.res_id == partner.id)
        self.assertEqual(set(mine.mapped("summary")), {"Primera llamada", "Llamar mañana"})

    def test_dragging_sets_the_stage_and_it_stays(self):
        seller = self._make_seller("en_US")
        profile = self.profiles.create({"name": "Ferretería Tour", "user_id": seller.id})
        profile.set_lifecycle("lead", "Feria")
        self.start_tour("/odoo/cartera", "cartera_drag", login=seller.login)
        sale = self.env.ref("crm_cartera.cartera_stage_sale")
        self.assertEqual(profile.stage_id, sale)
        self.profiles.refresh(self.company)
        self.assertEqual((profile.stage_id, profile.stage_auto_id), (sale, self.stage))
