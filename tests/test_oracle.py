"""The oracle against figures worked out by hand, so that nobody has to believe it."""

from odoo import Command
from odoo.tests import freeze_time

from .common import CarteraCase, day
from .oracle import FIGURES, Oracle


@freeze_time("2024-06-01 12:00:00")
class TestWorkedExample(CarteraCase):
    """One account whose figures are worked out in the comments; two more as its company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cartera.policy"]._for(cls.company).tz = "Europe/Madrid"
        cls.screws, cls.paint = cls.env["product.category"].create(
            [{"name": "Tornillería"}, {"name": "Pintura"}]
        )
        cls.product.categ_id = cls.screws
        cls.pot = cls.env["product.product"].create({"name": "Bote", "categ_id": cls.paint.id})
        cls.account = cls.make_account()
        cls.contact = cls.env["res.partner"].create({"name": "Ana", "parent_id": cls.account.id})
        cls.make_books()
        cls.make_work()
        cls.small = cls.make_account("Pequeña")
        cls.make_invoice(cls.small, "2024-05-20", 50)
        cls.refunded = cls.make_account("Devuelta")
        cls.reverse(cls.make_invoice(cls.refunded, "2024-05-02", 80), "2024-05-03")
        cls.old = cls.profiles.create(
            {"name": "De toda la vida", "opening_last_purchase_date": "2022-05-31"}
        )
        profiles = cls.profiles._ensure(cls.account | cls.refunded)
        profiles.filtered(lambda row: row.partner_id == cls.account).potential = 2200
        cls.env.flush_all()

    @classmethod
    def make_books(cls):
        """Purchases on four days, 315, 30 and 60 days apart; one in part refunded."""
        cls.make_invoice(cls.account, "2023-03-01", 400, invoice_date_due="2023-03-31")
        january = cls.make_invoice(cls.contact, "2024-01-10", 200)
        paint = Command.create({"product_id": cls.pot.id, "price_unit": 300, "tax_ids": False})
        february = cls.make_invoice(
            cls.account, "2024-02-09", invoice_date_due="2024-06-30", invoice_line_ids=[paint]
        )
        april = cls.make_invoice(cls.account, "2024-04-09", 100, invoice_date_due="2024-04-29")
        cls.reverse(february, "2024-03-01", 50)
        cls.make_invoice(cls.account, "2024-05-05", 9999, post=False)
        cls.make_invoice(cls.account, "2024-06-02", 7777)
        cls.pay(january, "2024-01-30", 200)
        cls.pay(april, "2024-04-19", 50)
        cls.pay(april, "2024-05-09", 50)
        cls.pay(None, "2024-05-01", 40)

    @classmethod
    def pay(cls, invoice, when, amount):
        """Post a payment, and match it with an invoice if there is one."""
        receivable = cls.account.property_account_receivable_id
        bank = cls.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", cls.company.id)], limit=1
        )
        lines = ((bank.default_account_id, amount), (receivable, -amount))
        entry = cls.env["account.move"].create(
            {
                "journal_id": bank.id,
                "date": when,
                "line_ids": [
                    Command.create(
                        {"account_id": account.id, "partner_id": cls.contact.id, "balance": value}
                    )
                    for account, value in lines
                ],
            }
        )
        entry.action_post()
        if invoice:
            both = (entry | invoice).line_ids
            both.filtered(lambda line: line.account_id == receivable).reconcile()

    @classmethod
    def make_work(cls):
        """Two opportunities of 2023, one lost; two mails of May (in Madrid: of June), one visit."""
        cls.make_lead(cls.contact, "2023-12-01", expected_revenue=1000, probability=30)
        cls.make_lead(cls.account, "2023-11-01", expected_revenue=500).action_set_lost()
        cls.env["mail.message"].create(
            [
                {
                    "author_id": cls.contact.id,
                    "message_type": kind,
                    "date": f"{when} 22:30:00",
                    "model": "res.partner",
                    "res_id": cls.account.id,
                }
                for kind, when in (
                    ("email", "2024-05-31"),
                    ("comment", "2024-03-03"),
                    ("notification", "2024-05-30"),
                    ("email", "2023-08-01"),
                    ("email", "2023-05-30"),
                )
            ]
        )
        cls.env["calendar.event"].create(
            [
                {
                    "name": "Visita",
                    "start": f"{when} 08:00:00",
                    "stop": f"{when} 09:00:00",
                    "partner_ids": [Command.set((cls.account | cls.contact).ids)],
                }
                for when in ("2024-05-15", "2024-06-01")
            ]
        )

    def figures(self, account, as_of="2024-06-01"):
        return Oracle.of(self.env, self.company, day(as_of)).figures(account)

    def check(self, account, as_of, expected):
        found = self.figures(account, as_of)
        self.assertEqual(set(expected) - set(FIGURES), set())
        for name, value in expected.items():
            with self.subTest(name, account=account.name, as_of=as_of):
                if isinstance(value, float) and found[name] is not None:
                    self.assertAlmostEqual(float(found[name]), value, places=9)
                else:
                    self.assertEqual(found[name], value)

    def test_today(self):
        self.check(
            self.account,
            "2024-06-01",
            {
                "revenue_12m": 550,  # 200 + 300 - 50 + 100
                "revenue_prev_12m": 400,
                "revenue_total": 950,
                "trend": 0.375,
                "purchase_count_12m": 3,
                "purchase_count": 4,
                "refund_count": 1,
                "first_purchase_date": day("2023-03-01"),
                "last_purchase_date": day("2024-04-09"),
                "rhythm_days": 60.0,
                "rhythm_source": "own",
                "expected_purchase_date": day("2024-06-08"),
                # Two buyers. Recency 53 and 12, cuts 20.2 .. 44.8; frequency 3 and 1; 550 and 50.
                "rfm_recency": 1,
                "rfm_frequency": 5,
                "rfm_monetary": 5,
                "rfm_score": "155",
                "abc_revenue": "A",
                "retention_status": "active",  # 53 / 60
                "share_of_wallet": 0.25,
                "top_categ_id": self.screws.id,  # 300 against 250
                "categ_count": 2,
                "receivable": 610,  # 400 + 300 - 50 - 40
                "overdue": 360,  # 400 - 40
                "days_to_pay": (20 * 200 + 30 * 100) / 300,
                "pipeline": 300,
                "lead_count": 2,
                "open_opportunity_count": 1,
                "interaction_count_90d": 2,  # the mail of 1 June in Madrid and the visit of May
                "interaction_count_12m": 4,  # and the comment of 4 March, 90 days ago, and August
            },
        )

    def test_last_day_of_april(self):
        self.check(
            self.account,
            "2024-04-30",
            {
                "revenue_12m": 550,
                "receivable": 700,  # 400 + 300 - 50 + 50
                "overdue": 450,  # 400, and the 50 that were due the day before
                "days_to_pay": 20.0,
                "rhythm_days": 60.0,
                "retention_status": "active",
                "rfm_score": "511",  # alone in the window: no cut point is below it
                "abc_revenue": "A",
                "interaction_count_90d": 1,
            },
        )

    def test_nothing_is_known(self):
        before = Oracle.of(self.env, self.company, day("2022-05-30"))
        self.assertFalse(before.accounts, "nobody was in the portfolio then")
        self.assertEqual(set(before.calibration.values()), {None, 0})
        blank = dict.fromkeys(FIGURES) | {
            **dict.fromkeys(("purchase_count", "purchase_count_12m", "refund_count"), 0),
            **dict.fromkeys(("categ_count", "pipeline", "lead_count", "open_opportunity_count"), 0),
            **dict.fromkeys(("interaction_count_90d", "interaction_count_12m"), 0),
        }
        self.check(self.profiles.create({"name": "Nueva"}).partner_id, "2024-06-01", blank)

    def test_others(self):
        """One small purchase; one that was taken back wholly; one from before Odoo."""
        self.check(
            self.small,
            "2024-06-01",
            {
                "rhythm_days": 60.0,
                "rhythm_source": "company",
                "trend": None,
                "rfm_score": "511",
                "abc_revenue": "B",  # 550 of 600 before it
                "retention_status": "new",
                "share_of_wallet": None,
                "days_to_pay": None,
            },
        )
        self.check(
            self.refunded,
            "2024-06-01",
            {
                "revenue_12m": 0,
                "purchase_count": 0,
                "refund_count": 1,
                "rfm_score": None,
                "abc_revenue": None,
                "retention_status": None,
                "rhythm_days": None,
                "receivable": 0,
            },
        )
        self.check(
            self.old.partner_id,
            "2024-06-01",
            {
                "revenue_12m": None,
                "first_purchase_date": None,
                "last_purchase_date": day("2022-05-31"),
                "rfm_score": "111",
                "retention_status": "lost",
                "receivable": None,
            },
        )
