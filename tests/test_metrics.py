"""docs/metrics.md defines every figure, and its examples are right."""

import unittest
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd
from dateutil.relativedelta import relativedelta

from odoo.addons.crm_cartera.analysis import (
    affinity,
    lookalike,
    pareto,
    priority,
    ratios,
    retention,
    rfm,
    rhythm,
)
from odoo.addons.crm_cartera.analysis.policy import Policy
from odoo.addons.crm_cartera.models.cartera_policy_limits import BOUNDS
from odoo.addons.crm_cartera.models.cartera_profile_days import DAYS

from .common import CarteraCase

METRICS = Path(__file__).resolve().parents[1] / "docs" / "metrics.md"
TODAY = date(2024, 6, 30)
#: {day: untaxed amount of its documents} of Gómez.
GOMEZ = {
    date(2023, 1, 12): 400,
    date(2023, 7, 10): 500 + 100,
    date(2023, 8, 9): -200,
    date(2023, 9, 8): 300,
    date(2024, 4, 5): 150,
    date(2024, 4, 6): -150,
    date(2024, 6, 1): 240,
}
PURCHASE_DAYS = [date(2023, 1, 12), date(2023, 7, 10), date(2023, 9, 8), date(2024, 6, 1)]


def days(*values):
    return np.array([value or "NaT" for value in values], dtype="datetime64[s]")


class TestDefinitions(CarteraCase):
    def test_every_figure_is_defined_and_explained(self):
        text = METRICS.read_text("utf-8")
        profiles = self.env["cartera.profile"]
        own = set(self.env["cartera.figures"]._fields) - {"currency_id"}
        inherited = set(self.env["base"]._fields)
        for name in sorted((own | DAYS.keys() | {"revenue_share"}) - inherited):
            with self.subTest(name):
                self.assertIn(f"`{name}`", text)
                self.assertTrue(profiles._fields[name].help)

    def test_the_priority_is_defined_and_explained(self):
        text = METRICS.read_text("utf-8")
        for name in ("priority", "suggested_action", "unanswered_lead_date", "contact_count"):
            with self.subTest(name):
                self.assertIn(f"`{name}`", text)
                self.assertTrue(self.env["cartera.profile"]._fields[name].help)

    def test_every_measure_is_defined_and_shipped(self):
        text = METRICS.read_text("utf-8")
        shipped = self.env["cartera.indicator"].with_context(active_test=False).search([])
        for code in self.env["cartera.measure"]._get_measures():
            with self.subTest(code):
                self.assertIn(f"`{code}`", text)
                self.assertTrue(
                    shipped.filtered(lambda each, c=code: each.measure == c).description
                )

    def test_every_limit_is_explained(self):
        policies = self.env["cartera.policy"]
        unexplained = [name for name in BOUNDS if not policies._fields[name].help]
        self.assertEqual(unexplained, [])


class TestExamples(unittest.TestCase):
    """The worked examples, section by section; those of facts are the oracle's and the engine's."""

    def test_window_and_revenue(self):
        start, before = (TODAY - relativedelta(months=months) for months in (12, 24))
        self.assertEqual((start, before), (date(2023, 6, 30), date(2022, 6, 30)))
        revenue = sum(amount for day, amount in GOMEZ.items() if start < day)
        previous = sum(amount for day, amount in GOMEZ.items() if before < day <= start)
        self.assertEqual((revenue, previous, sum(GOMEZ.values())), (940, 400, 1340))
        one = np.array([float(revenue)])
        self.assertEqual(ratios.get_trend(one, np.array([400.0])).round(9).tolist(), [1.35])
        self.assertEqual(ratios.get_share_of_wallet(one, np.array([4700.0])).tolist(), [0.2])

    def test_rhythm(self):
        own = median((later - sooner).days for sooner, later in pairwise(PURCHASE_DAYS))
        self.assertEqual(own, 179)
        self.assertEqual(rhythm.get_company_median(np.array([2.0, 20, own]), Policy()), 20)
        expected = rhythm.get_expected(days(*PURCHASE_DAYS[-1:] * 2), np.array([own, 10.5]))
        self.assertEqual(
            expected.astype("datetime64[D]").astype(str).tolist(), ["2024-11-27", "2024-06-12"]
        )

    def test_retention(self):
        rows = (
            # first, last, the one before, rhythm, status
            (date(2023, 1, 1), date(2024, 6, 10), date(2024, 4, 1), 20, "recovered"),
            (date(2024, 5, 20), date(2024, 5, 20), None, 20, "new"),
            (date(2020, 1, 1), date(2024, 2, 1), date(2024, 1, 12), 20, "lost"),
            (date(2020, 1, 1), date(2022, 6, 29), date(2021, 12, 29), 200, "lost"),
            (date(2020, 1, 1), date(2022, 6, 30), date(2021, 12, 29), 200, "inactive"),
            (date(2020, 1, 1), date(2024, 4, 11), date(2024, 3, 20), 20, "inactive"),
            (date(2020, 1, 1), date(2024, 5, 16), date(2024, 4, 26), 20, "at_risk"),
            (date(2020, 1, 1), date(2024, 6, 10), date(2024, 5, 20), 20, "active"),
            (PURCHASE_DAYS[0], PURCHASE_DAYS[-1], PURCHASE_DAYS[-2], 179, "active"),
        )
        first, last, before, rhythms, statuses = zip(*rows, strict=True)
        found = retention.get_statuses(
            days(*first), days(*last), days(*before), np.array(rhythms, float), Policy(), TODAY
        )
        self.assertEqual(found.tolist(), list(statuses))

    def test_rfm(self):
        everybody = np.ones(5, dtype=bool)
        for values, cuts, scores in (
            ([5, 20, 40, 90, 200], (17, 32, 60, 112), [5, 4, 3, 2, 1]),
            ([1, 1, 2, 4, 12], (1, 1.6, 2.8, 5.6), [1, 1, 3, 4, 5]),
            ([100, 300, 300, 1000, 5000], (260, 300, 580, 1800), [1, 2, 2, 4, 5]),
        ):
            amounts = np.array(values, dtype=float)
            self.assertEqual(rfm.get_cuts(amounts), cuts)
            is_recency = scores[0] == 5
            found = rfm.get_scores(amounts, cuts, everybody, low_is_good=is_recency)
            self.assertEqual(found.tolist(), scores)

    def test_abc_and_concentration(self):
        amounts = np.array([500.0, 200, 100, 100, 60, 40, 0, -20])
        minimums = pareto.get_class_minimums(amounts, 0.8, 0.95)
        self.assertEqual(minimums, (100, 60))
        classes = pareto.get_classes(np.append(amounts, 99.99), *minimums).tolist()
        self.assertEqual(classes, ["A", "A", "A", "A", "B", "C", None, None, "B"])
        found = pareto.concentration(amounts)
        self.assertEqual((found.top1_share, found.top5_share, found.top10_share), (0.5, 0.96, 1))
        self.assertEqual((found.top10pct_share, found.top20pct_share), (0.5, 0.7))
        self.assertEqual((round(found.hhi, 6), round(found.gini, 4)), (3152, 0.4533))
        curve = pareto.curve(amounts)["revenue_share"].tolist()
        self.assertEqual(curve, [0.5, 0.7, 0.8, 0.9, 0.96, 1])

    def test_margin(self):
        revenue, cost = np.array([120.0, -24, 50]), np.array([80.0, -16, 30])
        margin = (revenue - cost).sum(keepdims=True)
        rate = ratios.get_margin_rate(margin, revenue.sum(keepdims=True))
        self.assertEqual((margin.tolist(), rate.round(3).tolist()), ([52], [0.356]))
        base = np.abs(revenue).sum(keepdims=True)
        covered = ratios.get_covered_rate(base, base + 30).round(3).tolist()
        frozen = ratios.get_covered_rate(np.array([144.0]), base).round(3).tolist()
        self.assertEqual((covered, frozen), ([0.866], [0.742]))

    def test_days(self):
        self.assertEqual((TODAY - PURCHASE_DAYS[-1]).days, 29)
        self.assertEqual((TODAY - PURCHASE_DAYS[0]).days, 535)
        self.assertEqual((date(2024, 11, 27) - TODAY).days, 150)
        self.assertEqual(TODAY - timedelta(days=90), date(2024, 4, 1))
        self.assertEqual((40 * 121 + 10 * 242) / 363, 20)

    def test_linkage(self):
        policy = Policy()
        self.assertEqual(affinity.get_full_tenure(policy, TODAY), 1827)
        nan = np.nan
        figures = affinity.Figures(
            share_of_wallet=np.array([0.4, nan]),
            revenue_12m=np.array([940.0, 940]),
            categ_count=np.array([3.0, 5]),
            tenure_days=np.array([730.0, 2000]),
            interaction_count_12m=np.array([6.0, 0]),
            days_to_pay=np.array([60.0, nan]),
            receivable=np.array([0.0, 0]),
            overdue=np.array([0.0, 0]),
        )
        parts = affinity.get_parts(figures, policy, TODAY)
        self.assertEqual(affinity.get_scores(parts, policy).tolist(), [47, 70])

    def test_priority(self):
        nan = np.nan
        stakes = priority.Stakes(
            potential=np.array([4700.0] * 2),
            revenue_12m=np.array([940.0] * 2),
            revenue_prev_12m=np.array([nan] * 2),
            pipeline=np.array([1200.0] * 2),
            overdue=np.array([200.0] * 2),
            fallen=np.zeros(2),
        )
        signals = priority.Signals(
            action_days=np.array([7.0] * 2),
            expected_days=np.array([nan] * 2),
            rhythm_days=np.array([nan] * 2),
            lead_days=np.array([nan] * 2),
            contact_count=np.array([7.0, 8.0]),
        )
        usual = priority.References(1000.0, 200.0)
        points = priority.get_points(stakes, signals, usual, Policy())
        self.assertEqual(priority.get_scores(points).tolist(), [43, 21])
        told = {name: round(float(values[0]), 1) for name, values in points.items() if values[0]}
        self.assertEqual(
            told, {"action": 19.6, "receivable": 8.7, "pipeline": 8.0, "potential": 6.3}
        )

    def test_lookalikes(self):
        counts = pd.DataFrame(
            {"trait": "country", "value": [1, 2], "some": [8, 2], "all": [20, 80]}
        ).astype({"trait": object})
        weighed = lookalike.weigh(counts)
        self.assertEqual(weighed["lift"].round(9).tolist(), [4, 0.25])
        self.assertEqual(weighed["weight"].round(2).tolist()[0], 1.10)
        has = pd.DataFrame({"account": [7], "trait": ["country"], "value": [1]})
        self.assertEqual(lookalike.rank(has, weighed).tolist(), [100])
        sheet = pd.DataFrame(
            {"trait": "country", "value": [1, 2], "some": [4, 0], "all": [5, 5]}
        ).astype({"trait": object})
        self.assertEqual(lookalike.get_marks(lookalike.weigh(sheet))["lift"].tolist(), [2])
