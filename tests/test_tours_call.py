"""The telephone rings: who is it, what did he say, who calls him back."""

from datetime import timedelta

from odoo.tests import new_test_user

from .common import CarteraHttpCase


class TestCallTours(CarteraHttpCase):
    """In Spanish; the salesperson on a telephone, the manager at a desk."""

    browser_size = "400x800"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("es_ES")
        cls.seller, cls.manager = (
            new_test_user(
                cls.env, login=login, groups=f"sales_team.{group}", name=name, lang="es_ES"
            )
            for login, group, name in (
                ("tour_call_seller", "group_sale_salesman", "Lucía"),
                ("tour_call_manager", "group_sale_manager", "Marta"),
            )
        )
        cls.account = cls.make_account(user_id=cls.seller.id)
        cls.ana = cls.env["res.partner"].create(
            {"name": "Ana", "parent_id": cls.account.id, "phone": "+34 612 34 56 78"}
        )
        cls.today = cls.env["cartera.policy"]._for(cls.company)._today()
        cls.make_invoice(cls.account, cls.today - timedelta(days=40))
        cls.profile = cls.profile_of(cls.account)

    def test_incoming_call(self):
        self.start_tour("/odoo/cartera", "cartera_call", login=self.seller.login)
        self.env.invalidate_all()
        activities = self.env["mail.activity"].with_context(active_test=False)
        done = activities.search([("cartera_problem", "=", "Llegó roto")])
        self.assertEqual(done.cartera_recorded_by_id, self.seller)
        self.assertEqual((done.active, done.date_done), (False, self.today))
        back = activities.search([("summary", "=", "Llamar a Ana")])
        self.assertEqual((back.active, back.user_id), (True, self.seller))
        self.assertGreater(back.date_deadline, self.today)
        # Nothing is committed in a test, so nothing is drained either.
        self.drain()
        self.assertEqual(self.profile.last_interaction_date, self.today)
        self.assertEqual(self.profile.next_action_date, back.date_deadline)
        self.browser_size, self.touch_enabled = "1400x900", False
        self.start_tour("/odoo/cartera", "cartera_call_manager", login=self.manager.login)
