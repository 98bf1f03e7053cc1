"""Periods and lights of the scorecard."""

import unittest
from datetime import date

from odoo.addons.crm_cartera.analysis import scorecard
from odoo.addons.crm_cartera.analysis.period import KINDS, Period

NONE, GREEN, AMBER, RED = "none", "green", "amber", "red"


class TestPeriod(unittest.TestCase):
    def test_bounds(self):
        day = date(2024, 2, 29)
        ends = {"month": (2, 29), "quarter": (3, 31), "year": (12, 31)}
        for kind, end in ends.items():
            period = Period.of(kind, day)
            self.assertEqual((period.end.month, period.end.day), end)
            self.assertTrue(period.within(day))
            self.assertEqual(Period.parse(period.key), period)
            self.assertEqual(len(period.months()), KINDS[kind])
            self.assertEqual(period.previous().next(), period)
            self.assertFalse(period.previous().within(day))

    def test_neighbours(self):
        self.assertEqual(Period.parse("2026-01").previous().key, "2025-12")
        self.assertEqual(Period.parse("2026-Q1").previous(5).key, "2024-Q4")
        self.assertEqual(Period.parse("2024-02").last_year().end, date(2023, 2, 28))

    def test_elapsed(self):
        period = Period.parse("2026-04")
        days = {date(2026, 3, 31): 0, date(2026, 4, 15): 0.5, date(2026, 5, 9): 1}
        for day, share in days.items():
            self.assertEqual(period.elapsed(day), share)
        self.assertEqual(period.as_of(date(2026, 4, 3)), date(2026, 4, 3))
        self.assertEqual(period.as_of(date(2026, 6, 3)), date(2026, 4, 30))

    def test_no_period(self):
        for key in ("", "26", "2026-13", "2026-Q5", "2026-1", "2026-Q", "now", "2026-11-02"):
            with self.subTest(key), self.assertRaises(ValueError):
                Period.parse(key)
        with self.assertRaises(ValueError):
            Period.of("week", date(2026, 1, 1))


class TestLight(unittest.TestCase):
    def check(self, cases, **options):
        for (value, asked), expected in cases.items():
            with self.subTest(value=value, asked=asked):
                self.assertEqual(scorecard.light(value, asked, 0.1, **options), expected)

    def test_higher_is_better(self):
        self.check(
            {(100, 100): GREEN, (101, 100): GREEN, (90, 100): AMBER, (89.9, 100): RED}
            | {(0.1 + 0.2, 0.3): GREEN, (0.27, 0.3): AMBER}
        )

    def test_lower_is_better(self):
        self.check(
            {(100, 100): GREEN, (99, 100): GREEN, (110, 100): AMBER, (111, 100): RED},
            higher_is_better=False,
        )

    def test_zero_and_negative(self):
        self.check({(0, 0): GREEN, (1, 0): GREEN, (-0.01, 0): RED})
        self.check({(-90, -100): GREEN, (-109, -100): AMBER, (-111, -100): RED})
        self.check({(0, 0): GREEN, (1, 0): RED}, higher_is_better=False)

    def test_nothing_known(self):
        self.check({(None, 100): NONE, (100, None): NONE, (None, None): NONE})

    def test_expected(self):
        self.assertEqual(scorecard.expected(100, 0.5, flow=True), 50)
        self.assertEqual(scorecard.expected(100, 0.5, flow=False), 100)
        self.assertIsNone(scorecard.expected(None, 0.5, flow=True))

    def test_usual(self):
        self.assertEqual(scorecard.usual(10, 3, 1, flow=True), 30)
        self.assertEqual(scorecard.usual(30, 1, 3, flow=True), 10)
        self.assertEqual(scorecard.usual(10, 12, 1, flow=False), 10)
        self.assertIsNone(scorecard.usual(None, 12, 1, flow=True))

    def test_ratio_and_change(self):
        self.assertEqual(scorecard.ratio(1, 4), 0.25)
        for parts in ((1, 0), (1, -2), (None, 1), (1, None)):
            self.assertIsNone(scorecard.ratio(*parts))
        self.assertAlmostEqual(scorecard.change(120, 100), 0.2)
        for pair in ((1, 0), (1, -1), (None, 1), (1, None)):
            self.assertIsNone(scorecard.change(*pair))
