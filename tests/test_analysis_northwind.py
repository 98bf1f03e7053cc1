"""The figures of a real order book, whose values are known, from its file alone."""

import csv
import datetime
import unittest
from collections import Counter
from decimal import Decimal
from pathlib import Path

from .analysis_case import AnalysisCase, judge, learn, table

try:
    from odoo.addons.crm_cartera.analysis import pareto
except ImportError:  # pure run, without Odoo
    from crm_cartera.analysis import pareto

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "northwind"
AS_OF = datetime.date(1998, 5, 6)


@unittest.skipUnless(DATA.is_dir(), f"the Northwind files are not at {DATA}")
class TestNorthwind(AnalysisCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with (DATA / "orders.csv").open(encoding="utf-8", newline="") as file:
            orders = list(csv.DictReader(file))
        revenue, cls.count, days = Counter(), Counter(), {}
        for order in orders:
            customer = order["customer_id"]
            revenue[customer] += Decimal(order["revenue"])
            cls.count[customer] += 1
            days.setdefault(customer, set()).add(datetime.date.fromisoformat(order["order_date"]))
        # To the cent, as invoices are.
        cls.revenue = {name: round(float(amount), 2) for name, amount in revenue.items()}
        cls.days = {name: sorted(found) for name, found in days.items()}
        rows = [
            {
                "first_purchase_date": cls.days[name][0],
                "last_purchase_date": cls.days[name][-1],
                "purchase_count_12m": cls.count[name],
                "revenue_12m": amount,
            }
            for name, amount in cls.revenue.items()
        ]
        # A window long enough to hold everything.
        cls.facts = table(*rows)

    def test_calibration(self):
        learned = learn(self.facts, AS_OF)
        self.assertEqual(learned.buyer_count, 89)
        self.assertAlmostEqual(learned.revenue, 1_265_793.04, delta=0.5)
        self.assertEqual(round(learned.top10_share * 100, 2), 45.04)
        self.assertEqual(round(learned.top20pct_share * 100, 2), 60.06)
        self.assertEqual(round(learned.hhi, 1), 336.9)
        self.assertEqual(round(learned.gini, 4), 0.5755)

    def test_classes(self):
        judged = judge(self.facts, day=AS_OF)
        self.assertEqual(Counter(judged["abc_revenue"]), {"A": 34, "B": 27, "C": 28})

    def test_top_accounts_once_more(self):
        largest = sorted(self.revenue.values(), reverse=True)
        total = sum(largest)
        found = pareto.concentration(largest)
        self.assertAlmostEqual(found.top10_share, sum(largest[:10]) / total, places=9)
        self.assertAlmostEqual(found.top20pct_share, sum(largest[:18]) / total, places=9)
        curve = pareto.curve(largest).set_index("accounts")
        self.assertEqual(len(curve), 89)
        self.assertEqual(curve.loc[18, "revenue_share"], found.top20pct_share)
        self.assertEqual(curve.loc[10, "amount"], largest[9])
