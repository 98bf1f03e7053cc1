"""The oracle's arithmetic, by hand and against published figures."""

import csv
import json
import unittest
from collections import defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction

from .northwind_case import DATA
from .oracle import abc_classes, concentration, cut_points, score


class TestArithmetic(unittest.TestCase):
    def test_cut_points(self):
        self.assertEqual(cut_points([6, 1, 5, 2, 4, 3]), [2, 3, 4, 5])
        self.assertEqual(cut_points([20, 10]), [12, 14, 16, 18])
        self.assertEqual(cut_points([Decimal("7.5")]), [Fraction(15, 2)] * 4)
        self.assertIsNone(cut_points([]))

    def test_score_counts_the_cut_points_below(self):
        points = [2, 3, 4, 5]
        self.assertEqual(
            [score(value, points) for value in (1, 2, 2.5, 3, 5, 6)], [1, 1, 2, 2, 4, 5]
        )
        self.assertEqual(score(5, [5, 5, 5, 5]), 1)
        self.assertEqual(score(6, [5, 5, 5, 5]), 5)

    def test_classes(self):
        def classes(*amounts):
            found = abc_classes(dict(enumerate(amounts)), 0.8, 0.95)
            return "".join(found.get(key, "-") for key in range(len(amounts)))

        self.assertEqual(classes(50, 30, 15, 5), "AABC", "the share before it: 0, 50, 80, 95 %")
        self.assertEqual(classes(5, 50, 15, 30), "CABA", "in any order")
        self.assertEqual(classes(40, 20, 40), "ABA", "equal amounts, equal classes")
        self.assertEqual(classes(100), "A")
        self.assertEqual(classes(None, 0, -5, 1), "---A")
        self.assertEqual(classes(Decimal("0.01"), Decimal("0.01")), "AA")
        self.assertEqual(classes(), "")

    def test_concentration(self):
        found = concentration([30, 50, 20])
        self.assertEqual(found["top1_share"], 0.5)
        self.assertEqual(found["top5_share"], 1)
        self.assertEqual(found["top20pct_share"], 0.5, "20 % of three, rounded up, is one")
        self.assertAlmostEqual(found["hhi"], 2500 + 900 + 400)
        self.assertAlmostEqual(found["gini"], 2 * (20 + 30 + 10) / (2 * 3 * 100))
        self.assertEqual(concentration([7])["gini"], 0)
        self.assertEqual(concentration([7])["hhi"], 10_000)
        self.assertEqual(set(concentration([]).values()), {None})

    @unittest.skipUnless(DATA.is_dir(), f"the Northwind files are not at {DATA}")
    def test_published_figures(self):
        """The order book whose figures came with it, worked out by somebody else."""
        known = json.loads((DATA / "oracle_summary.json").read_text(encoding="utf-8"))
        revenue, count, last = defaultdict(Decimal), defaultdict(int), {}
        with (DATA / "orders.csv").open(encoding="utf-8", newline="") as file:
            for order in csv.DictReader(file):
                customer, when = order["customer_id"], date.fromisoformat(order["order_date"])
                revenue[customer] += Decimal(order["revenue"])
                count[customer] += 1
                last[customer] = max(last.get(customer, when), when)
        found = concentration(revenue.values())
        for name, expected in (
            ("top1_share", known["top1_share"]),
            ("top5_share", known["top5_share"]),
            ("top10_share", known["top10_share"]),
            ("top20pct_share", known["pareto"]["share_top20pct_ceil"]),
            ("gini", known["gini"]),
        ):
            self.assertAlmostEqual(found[name], expected, places=6, msg=name)
        self.assertAlmostEqual(found["hhi"], known["hhi"], places=4)
        classes = list(abc_classes(revenue, 0.8, 0.95).values())
        for name, expected in known["abc_cross"].items():
            self.assertEqual(classes.count(name), expected["customers"])
        recency = [(date(1998, 5, 6) - when).days for when in last.values()]
        for values, name in ((recency, "r"), (count.values(), "f"), (revenue.values(), "m")):
            for point, expected in zip(
                cut_points(values), known["rfm_thresholds_C"][name], strict=True
            ):
                self.assertAlmostEqual(float(point), expected, places=6, msg=name)
