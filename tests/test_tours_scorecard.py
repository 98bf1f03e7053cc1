"""The scorecard in a real browser, in Spanish, on a desk and on a telephone."""

from odoo.tests import new_test_user

from .common import CarteraHttpCase

SALES = "sales_team.group_sale_salesman"
MANAGER = "sales_team.group_sale_manager,account.group_account_invoice"


class ScorecardTours(CarteraHttpCase):
    """Of this month: 200 of the manager, 100 of the salesperson; 1,000 more wait to be posted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("es_ES")
        cls.env.cr.execute("UPDATE cartera_profile SET excluded = TRUE")
        cls.env.invalidate_all()
        cls.env["cartera.indicator"].search([]).active = False
        policy = cls.env["cartera.policy"]._for(cls.company)
        cls.today = policy._today()
        cls.manager = cls.make_person("tour_score_manager", MANAGER, "Marta")
        cls.seller = cls.make_person("tour_score_seller", SALES, "Lucía")
        uno = cls.make_account("Ferretería Uno", user_id=cls.manager.id)
        dos = cls.make_account("Ferretería Dos", user_id=cls.seller.id)
        cls.make_invoice(uno, cls.today, 200)
        cls.make_invoice(dos, cls.today, 100)
        cls.waiting = cls.make_invoice(uno, cls.today, 1000, post=False)
        cls.drain()
        cls.make_indicator("net_revenue", unit="money", default_target=1000, published=True)
        cls.make_indicator("new_clients", unit="count", perspective="customer")

    @classmethod
    def make_person(cls, login, groups, name):
        return new_test_user(cls.env, login=login, groups=groups, name=name, lang="es_ES")

    @classmethod
    def make_indicator(cls, code, **vals):
        return cls.env["cartera.indicator"].create(
            {"name": code, "code": f"tour_{code}", "measure": code, **vals}
        )

    def walk(self, name, user, url="cartera-scorecard"):
        self.start_tour(f"/odoo/{url}", f"cartera_scorecard_{name}_es", login=user.login)


class TestScorecardTours(ScorecardTours):
    def test_lights_change_after_an_invoice_is_posted(self):
        self.walk("before", self.manager)
        self.walk("post", self.manager, f"account.move/{self.waiting.id}")
        self.assertEqual(self.waiting.state, "posted")
        self.drain()
        self.walk("after", self.manager)

    def test_a_salesperson_sees_his(self):
        self.walk("salesperson", self.seller)

    def test_a_link_opens_what_it_names(self):
        self.walk("link", self.manager, f"cartera-scorecard?kind=year&scope=user-{self.seller.id}")


class TestScorecardToursSmall(ScorecardTours):
    browser_size = "400x800"
    touch_enabled = True

    def test_before(self):
        self.walk("before", self.manager)

    def test_a_salesperson_sees_his(self):
        self.walk("salesperson", self.seller)
