"""The queue in a real browser: a salesperson works five rows, by keyboard and on a telephone."""

from datetime import timedelta

from odoo.tests import new_test_user

from .common import CarteraHttpCase


class TestToursWork(CarteraHttpCase):
    lang = "en_US"
    tour = "cartera_work_five_rows"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang(cls.lang)
        cls.seller = new_test_user(
            cls.env,
            login="tour_lucia",
            groups="sales_team.group_sale_salesman",
            name="Lucía",
            lang=cls.lang,
        )
        cls.today = cls.env["cartera.policy"]._for(cls.company)._today()
        names = ("Uno", "Dos", "Tres", "Cuatro")
        cls.accounts = cls.env["res.partner"].create(
            [{"name": name, "is_company": True, "user_id": cls.seller.id} for name in names]
        )
        cls.env["cartera.profile"]._ensure(cls.accounts)
        cls.activity = cls.accounts[0].activity_schedule(
            "mail.mail_activity_data_call",
            date_deadline=cls.today - timedelta(days=2),
            user_id=cls.seller.id,
            summary="Llamar ya",
        )
        cls.lead = cls.make_lead(
            cls.env["res.partner"], user_id=cls.seller.id, name="Pista cinco", team_id=False
        )
        cls.drain()
        for number, account in enumerate(cls.accounts):
            cls.env.cr.execute(
                "UPDATE cartera_profile SET priority = %s WHERE partner_id = %s",
                (95 - number, account.id),
            )

    def test_five_rows(self):
        self.start_tour("/odoo/cartera-today", self.tour, login=self.seller.login)
        self.assertFalse(self.activity.exists().active, "logged")
        self.assertEqual(len(self.accounts[1].activity_ids), 1, "scheduled")
        skip = self.env["cartera.work.skip"].search([])
        self.assertEqual(skip.profile_id.partner_id, self.accounts[2], "skipped")
        self.assertEqual(skip.reason, "absent")
        done = self.env["mail.activity"].with_context(active_test=False)
        self.assertTrue(
            done.search([("res_id", "=", self.accounts[3].id), ("active", "=", False)]), "logged"
        )
        self.assertEqual(len(self.lead.activity_ids), 1, "scheduled")
        env = self.env(user=self.seller.id, su=False)
        self.assertFalse(env["cartera.work"].search([("user_id", "=", self.seller.id)]))


class TestToursWorkSpanish(TestToursWork):
    """By keyboard, with Spanish words on the screen."""

    lang = "es_ES"


class TestToursWorkPhone(TestToursWork):
    """By finger, on cards as wide as a telephone."""

    browser_size = "400x800"
    touch_enabled = True
    lang = "es_ES"
    tour = "cartera_work_five_cards"
