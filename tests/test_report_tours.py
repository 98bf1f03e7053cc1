"""The reports in a real browser, in Spanish, with the rights of a manager who may see invoices."""

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import new_test_user

from .common import CarteraHttpCase
from .report_case import ReportMixin


class TestReportTours(ReportMixin, CarteraHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("es_ES")
        cls.env["cartera.profile"].search([]).unlink()
        cls.manager = new_test_user(
            cls.env,
            login="tour_manager",
            groups="sales_team.group_sale_manager,account.group_account_invoice",
            name="Marta",
            lang="es_ES",
        )
        cls.today = cls.env["cartera.policy"]._for(cls.company)._today()
        cls.month_end = cls.today.replace(day=1) - relativedelta(days=1)
        cls.company.currency_id = cls.env.ref("base.EUR")
        cls.alba, cls.brisa, cls.eco = (cls.make_account(name) for name in ("Alba", "Brisa", "Eco"))
        cls.alba, cls.brisa, cls.eco = cls.env["cartera.profile"]._ensure(
            cls.alba | cls.brisa | cls.eco
        )
        cls.drain()

    def test_migration(self):
        """Alba was a prospect; since then it has bought for 250."""
        self.snap(self.alba, self.month_end, lifecycle="prospect")
        self.snap(self.brisa, self.month_end, lifecycle="client", retention_status="active")
        self.snap(self.eco, self.month_end, lifecycle="lead")
        self.judge(
            self.alba,
            lifecycle="client",
            stage_id=self.env.ref("crm_cartera.cartera_stage_sale").id,
            retention_status="new",
            revenue_12m=250,
        )
        self.eco.action_exclude()
        self.drain()
        self.start_tour("/odoo/cartera", "cartera_migration", login=self.manager.login)

    def test_invoice_analysis(self):
        invoice = self.make_invoice(self.alba.partner_id, fields.Date.today(), 100)
        self.reverse(invoice, fields.Date.today(), 40)
        self.make_invoice(self.brisa.partner_id, fields.Date.today(), 70)
        self.drain()
        self.judge(self.brisa, lifecycle="lead")
        self.start_tour(
            "/odoo/customer-invoices-analysis",
            "cartera_invoice_analysis",
            login=self.manager.login,
        )

    def test_every_view_of_the_reports(self):
        self.snap(self.brisa, self.month_end, lifecycle="client", retention_status="active")
        self.insert(
            "cartera.retention.change",
            profile_id=self.brisa.id,
            company_id=self.company.id,
            date=self.today,
            from_status="active",
            to_status="at_risk",
            direction="worse",
        )
        self.env["cartera.calibration"].create(
            {
                "company_id": self.company.id,
                "date": self.month_end,
                "state": "done",
                "accounts": 412,
                "recency_cuts": [12.0, 30.0, 61.5, 140.0],
                "top20pct_share": 0.6,
            }
        )
        self.start_tour("/odoo/cartera", "cartera_reports", login=self.manager.login)
