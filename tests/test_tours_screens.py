"""The analysis screens in a real browser, in Spanish, on a desk and on a telephone."""

from datetime import timedelta

from odoo.tests import new_test_user

from .common import CarteraHttpCase


class ScreenTours(CarteraHttpCase):
    """Three accounts that bought 600, 200 and 200, and what became of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("es_ES")
        cls.env.cr.execute("UPDATE cartera_profile SET excluded = TRUE")
        cls.env.invalidate_all()
        cls.today = cls.env["cartera.policy"]._for(cls.company)._today()
        cls.manager = new_test_user(
            cls.env,
            login="tour_screens",
            groups="sales_team.group_sale_manager",
            name="Marta",
            lang="es_ES",
        )
        profiles = [
            cls.make_known("Ferretería Uno", 600, 5, "active"),
            cls.make_known("Ferretería Dos", 200, 2, "lost"),
            cls.make_known("Ferretería Tres", 200, 2, "at_risk"),
        ]
        month_end = cls.today.replace(day=1) - timedelta(days=1)
        for profile in profiles:
            cls.env["cartera.snapshot"].sudo().create(
                {
                    "profile_id": profile.id,
                    "partner_id": profile.partner_id.id,
                    "company_id": cls.company.id,
                    "date": month_end,
                    "lifecycle": "client",
                    "retention_status": "active",
                }
            )
        cls.env["cartera.retention.change"].sudo().create(
            {
                "profile_id": profiles[1].id,
                "company_id": cls.company.id,
                "date": cls.today,
                "from_status": "at_risk",
                "to_status": "lost",
                "direction": "worse",
            }
        )

    @classmethod
    def make_known(cls, name, amount, score, status):
        """Create an account with one purchase of today, judged as the screens need it."""
        partner = cls.make_account(name, user_id=cls.manager.id)
        cls.make_invoice(partner, cls.today, amount)
        profile = cls.profile_of(partner)
        cls.env.cr.execute(
            """UPDATE cartera_profile
                  SET retention_status = %s, rfm_recency = %s, rfm_frequency = %s, rfm_monetary = %s,
                      margin_12m = CASE WHEN %s = 5 THEN 10 END
                WHERE id = %s""",
            (status, score, score, score, score, profile.id),
        )
        cls.env.invalidate_all()
        return profile

    def walk(self, name):
        self.start_tour("/odoo", f"cartera_{name}_es", login=self.manager.login)


class TestScreenTours(ScreenTours):
    def test_concentration(self):
        self.walk("concentration")

    def test_rfm(self):
        self.walk("rfm")

    def test_retention(self):
        self.walk("retention")

    def test_cohorts(self):
        self.walk("cohorts")

    def test_refresh(self):
        self.walk("refresh")
        cron = self.env.ref("crm_cartera.cron_refresh")
        self.assertTrue(self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]))


class TestScreenToursSmall(ScreenTours):
    browser_size = "400x800"
    touch_enabled = True

    def test_concentration(self):
        self.walk("concentration")

    def test_rfm(self):
        self.walk("rfm")

    def test_retention(self):
        self.walk("retention")

    def test_cohorts(self):
        self.walk("cohorts")
