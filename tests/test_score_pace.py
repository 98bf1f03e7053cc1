"""The growth plan: so many contacts in one year, so many in two; what has to come each month."""

from datetime import date
from unittest.mock import patch

from odoo.addons.crm_cartera.analysis.pace import get_growth, get_pace, months_between
from odoo.addons.crm_cartera.analysis.period import Period
from odoo.addons.crm_cartera.models.cartera_measure import Measure

from .common import day
from .score_case import TOYS, ScoreCase


class TestPace(ScoreCase):
    @classmethod
    def setUpClass(cls):
        cls.enterClassContext(cls.more_toys())
        super().setUpClass()
        cls.make_known("Una", cls.seller, revenue_12m=3000)
        cls.grown = cls.indicators["toy_grown"]

    @classmethod
    def more_toys(cls):
        return patch.dict(TOYS, {"toy_grown": Measure("count", "stock", past="none")})

    def target(self, start, amount, kind="year", **scope):
        return self.env["cartera.indicator.target"].create(
            {
                "indicator_id": self.grown.id,
                "company_id": self.company.id,
                "kind": kind,
                "start": start,
                "scope": "company",
                "amount": amount,
                **scope,
            }
        )

    def test_months(self):
        self.assertEqual(months_between(day("2026-11-30"), day("2027-11-30")), 12)
        self.assertEqual(months_between(day("2026-01-31"), day("2026-02-28")), 1)
        self.assertEqual(months_between(day("2026-04-15"), day("2026-04-30")), 0.5)
        self.assertEqual(months_between(day("2026-02-28"), day("2026-01-31")), -1)

    def test_needed(self):
        """3,000 contacts, 15,000 in a year and 30,000 in two: 1,000 and 1,125 a month."""
        today, one, two = day("2026-11-30"), day("2027-11-30"), day("2028-11-30")
        self.assertEqual(get_pace(3000, 15000, today, one).needed, 1000)
        self.assertEqual(get_pace(3000, 30000, today, two).needed, 1125)
        self.assertEqual(get_pace(15000, 15000, today, one).needed, 0)
        self.assertEqual(get_pace(0, 0, today, one).needed, 0)
        self.assertIsNone(get_pace(3000, 15000, today, today).needed)
        self.assertIsNone(get_pace(3000, 15000, today, date(2026, 1, 1)).needed)
        self.assertIsNone(get_pace(None, 15000, today, one).needed)

    def test_growth(self):
        before = [(day("2026-01-31"), None), (day("2026-03-31"), 900), (day("2026-02-28"), 1000)]
        self.assertEqual(get_growth(1300, day("2026-05-31"), before), 100)
        self.assertIsNone(get_growth(1300, day("2026-02-28"), before))
        self.assertIsNone(get_growth(None, day("2026-05-31"), before))

    def test_card(self):
        """It is 15 March 2026; the months of the plan are steps, the years are the plan."""
        self.assertIsNone(self.cards("manager")["toy_grown"]["pace"])
        self.target("2026-03-01", 3100, "month")
        self.assertEqual(self.cards("manager")["toy_grown"]["pace"]["date"], "2026-03-31")
        self.target("2026-01-01", 15000)
        self.target("2027-01-01", 30000)
        self.target("2025-01-01", 1000)
        pace = self.cards("manager")["toy_grown"]["pace"]
        self.assertEqual((pace["date"], pace["target"], pace["gap"]), ("2026-12-31", 15000, 12000))
        self.assertEqual(pace["date_label"], "12/31/2026")
        self.assertAlmostEqual(pace["needed"], 12000 / (9 + 16 / 31))
        (later,) = pace["later"]
        self.assertEqual((later["date"], later["target"]), ("2027-12-31", 30000))
        self.assertIsNone(pace["growth"])

    def test_card_without_a_plan(self):
        self.target("2026-01-01", 15000)
        closed = self.cards("manager", period=Period.parse("2026-01"))["toy_grown"]
        self.assertIsNone(closed["pace"], "a closed month has no plan")
        mine = self.cards("salesperson", f"user:{self.seller.id}")["toy_grown"]
        self.assertIsNone(mine["pace"], "it is the company's plan")
        self.assertIsNone(
            self.cards("manager")["toy_sum"]["pace"], "money that sums up has no plan"
        )
