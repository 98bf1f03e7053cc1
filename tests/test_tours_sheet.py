"""The customer sheet in a real browser, in Spanish, on a telephone."""

from datetime import timedelta

from odoo import Command
from odoo.tests import new_test_user

from .common import CarteraHttpCase


class TestSheetTour(CarteraHttpCase):
    """A link to an account that owes something, and that stopped buying something."""

    browser_size = "400x800"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("es_ES")
        cls.seller = new_test_user(
            cls.env,
            login="tour_account_sheet",
            groups="sales_team.group_sale_salesman,base.group_partner_manager",
            name="Lucía",
            lang="es_ES",
        )
        cls.partner = cls.make_account("Ferretería Gómez", user_id=cls.seller.id)
        cls.env["res.partner"].create(
            {
                "name": "Ana",
                "parent_id": cls.partner.id,
                "cartera_role_ids": [
                    Command.set(cls.env.ref("crm_cartera.contact_role_payer").ids)
                ],
            }
        )
        today = cls.env["cartera.policy"]._for(cls.company)._today()
        for days in (400, 500):
            day = today - timedelta(days=days)
            cls.make_invoice(cls.partner, day, invoice_date_due=day)
        cls.profile = cls.profile_of(cls.partner)

    def test_sheet(self):
        self.start_tour(
            f"/odoo/cartera-account/{self.profile.id}",
            "cartera_account_sheet",
            login=self.seller.login,
        )
