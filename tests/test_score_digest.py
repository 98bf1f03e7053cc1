"""The digest e-mail: figures of the portfolio for its reader, none for who may not see accounts."""

from datetime import date

from odoo import fields

from .score_case import ScoreCase

FIGURES = ["kpi_cartera_revenue", "kpi_cartera_new_clients", "kpi_cartera_overdue_actions"]


class TestScoreDigest(ScoreCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_known("Una", cls.seller, first_purchase_date=date(2026, 3, 14))
        cls.make_known("Dos", cls.colleague, first_purchase_date=date(2026, 3, 14))
        cls.make_known("Tres", cls.seller, first_purchase_date=date(2026, 2, 1))
        cls.digest = cls.env["digest.digest"].create(
            {"name": "Cartera", "company_id": cls.company.id, **dict.fromkeys(FIGURES, True)}
        )

    def kpis(self, role):
        """Return {figure: value of yesterday} of the e-mail of a role."""
        kpis = self.digest._compute_kpis(self.company, self.users[role])
        return {
            kpi["kpi_name"]: (kpi["kpi_col1"]["value"], kpi["kpi_action"])
            for kpi in kpis
            if kpi["kpi_name"] in FIGURES
        }

    def test_figures_of_the_reader(self):
        self.assertEqual(self.kpis("manager")["kpi_cartera_new_clients"][0], 2)
        self.assertEqual(self.kpis("salesperson")["kpi_cartera_new_clients"][0], 1)
        self.assertEqual(self.kpis("salesperson").keys(), set(FIGURES))

    def test_what_is_late(self):
        profile = self.make_known("Cuatro", self.seller)
        profile.partner_id.activity_schedule(
            "mail.mail_activity_data_todo", date(2026, 3, 1), user_id=self.seller.id
        )
        self.assertEqual(self.kpis("manager")["kpi_cartera_overdue_actions"][0], 1)

    def test_nothing_for_others(self):
        self.assertEqual(self.kpis("internal"), {})

    def test_figures_open_their_accounts(self):
        for _value, action in self.kpis("manager").values():
            name, _question, menu = action.partition("?")
            self.assertTrue(self.env.ref(name))
            self.assertEqual(menu, f"menu_id={self.env.ref('crm_cartera.menu_root').id}")

    def test_revenue_of_yesterday(self):
        profile = self.make_known("Cinco", self.seller)
        self.make_invoice(profile.partner_id, "2026-03-14", 300)
        self.make_invoice(profile.partner_id, "2026-03-01", 500)
        between = {
            "start_datetime": fields.Datetime.to_datetime("2026-03-14"),
            "end_datetime": fields.Datetime.to_datetime("2026-03-15"),
        }
        digest = self.digest.with_user(self.users["manager"]).with_context(**between)
        self.assertEqual(digest.kpi_cartera_revenue_value, 300)
