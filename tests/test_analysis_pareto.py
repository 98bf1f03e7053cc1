"""ABC classes, concentration and the Pareto curve."""

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from .analysis_case import AnalysisCase, judge, learn, money, positive, table, ties, values

try:
    from odoo.addons.crm_cartera.analysis import pareto
except ImportError:  # pure run, without Odoo
    from crm_cartera.analysis import pareto

LIMITS = (0.8, 0.95)
SHARES = [
    "top1_share",
    "top5_share",
    "top10_share",
    "top1pct_share",
    "top5pct_share",
    "top10pct_share",
    "top20pct_share",
]
amounts = st.lists(ties | money | positive | st.just(float("nan")), max_size=40)
some = st.lists(positive | st.sampled_from([0.1, 0.2, 0.3]), min_size=1, max_size=40)
limits = st.tuples(st.integers(1, 99), st.integers(1, 99)).map(
    lambda pair: (min(pair) / 100, max(pair) / 100)
)


def classify(revenue, a_limit=0.8, b_limit=0.95):
    revenue = np.array(revenue, dtype=float)
    minimums = pareto.get_class_minimums(revenue, a_limit, b_limit)
    return pareto.get_classes(revenue, *minimums).tolist()


def classify_in_fractions(revenue, a_limit=0.8, b_limit=0.95):
    """The definition word by word: the share of all that is strictly larger."""
    exact = [Fraction(round(value * 100)) if value == value else Fraction(0) for value in revenue]
    total = sum(value for value in exact if value > 0)
    a_limit, b_limit = Fraction(repr(a_limit)), Fraction(repr(b_limit))
    classes = []
    for value in exact:
        before = sum(other for other in exact if other > value > 0)
        if value <= 0:
            classes.append(None)
        else:
            share = before / total
            classes.append("A" if share < a_limit else "B" if share < b_limit else "C")
    return classes


class TestClasses(AnalysisCase):
    def test_by_hand(self):
        # Cumulative shares before: 0, 50, 70, 80, 90, 95, 99 %.
        revenue = [50, 20, 10, 10, 5, 4, 1]
        self.assertEqual(classify(revenue), ["A", "A", "A", "A", "B", "C", "C"])
        # 80 % before is not below 80 %.
        self.assertEqual(classify([80, 15, 5]), ["A", "B", "C"])
        self.assertEqual(classify([0, -3, np.nan, 7]), [None, None, None, "A"])
        self.assertEqual(classify([]), [])

    def test_a_tie_group_has_the_class_of_what_comes_before_it(self):
        self.assertEqual(classify([1] * 10), ["A"] * 10)
        self.assertEqual(classify([79, 7, 7, 7]), ["A", "A", "A", "A"])
        self.assertEqual(classify([80, 10, 10]), ["A", "B", "B"])

    def test_sums_are_of_cents(self):
        # In floats, 0.7 + 0.1 = 0.7999999999999999, below 80 %: the third would be A.
        self.assertEqual(classify([0.7, 0.1, 0.09, 0.08, 0.03]), ["A", "A", "B", "B", "C"])

    def test_smallest_amounts(self):
        def minimums(*revenue):
            return pareto.get_class_minimums(np.array(revenue, dtype=float), *LIMITS)

        self.assertEqual(minimums(50, 20, 10, 10, 5, 4, 1), (10, 5))
        self.assertEqual(minimums(96, 4), (96, None))
        self.assertEqual(minimums(0, -1, np.nan), (None, None))
        self.assertEqual(minimums(), (None, None))

    def test_one_account_by_the_stored_amounts(self):
        def get_class(amount, a_minimum, b_minimum):
            return pareto.get_classes(np.array([amount]), a_minimum, b_minimum)[0]

        self.assertEqual(get_class(100.0, 100.0, 20.0), "A")
        self.assertEqual(get_class(99.99, 100.0, 20.0), "B")
        self.assertEqual(get_class(19.99, 100.0, 20.0), "C")
        self.assertEqual(get_class(19.99, 100.0, None), "C")
        self.assertEqual(get_class(0.01, None, None), "A")
        self.assertIsNone(get_class(0.0, None, None))
        # 0.1 + 0.2 is 0.30000000000000004.
        self.assertEqual(get_class(0.3, 0.1 + 0.2, None), "A")

    def test_margin_has_limits_of_its_own(self):
        facts = table(
            {"revenue_12m": 50.0, "margin_12m": 1.0},
            {"revenue_12m": 40.0, "margin_12m": 99.0},
            {"revenue_12m": 10.0, "margin_12m": -4.0},
            {"revenue_12m": None, "margin_12m": None},
        )
        learned = learn(facts)
        self.assertEqual((learned.abc_revenue_a, learned.abc_revenue_b), (40, 10))
        self.assertEqual((learned.abc_margin_a, learned.abc_margin_b), (99, None))
        judged = judge(facts, learned)
        self.assertEqual(values(judged["abc_revenue"]), ["A", "A", "B", None])
        self.assertEqual(values(judged["abc_margin"]), ["C", "A", None, None])

    @settings(max_examples=200, deadline=None)
    @given(amounts, limits)
    def test_as_the_definition_says(self, revenue, pair):
        self.assertEqual(classify(revenue, *pair), classify_in_fractions(revenue, *pair))

    @settings(max_examples=100, deadline=None)
    @given(amounts)
    def test_classes_cover_all_with_positive_revenue(self, revenue):
        classes = classify(revenue)
        for value, letter in zip(revenue, classes, strict=True):
            self.assertEqual(letter in ("A", "B", "C"), value > 0)
        if any(value > 0 for value in revenue):
            self.assertIn("A", classes)

    @settings(max_examples=100, deadline=None)
    @given(amounts, st.sampled_from([0.0, float("nan"), -7.0]))
    def test_a_zero_account_changes_no_class(self, revenue, nothing):
        self.assertEqual(classify([*revenue, nothing]), [*classify(revenue), None])
        self.assertEqual(pareto.concentration([*revenue, nothing]), pareto.concentration(revenue))

    @settings(max_examples=100, deadline=None)
    @given(amounts)
    def test_more_revenue_is_no_lower_class(self, revenue):
        pairs = zip(revenue, classify(revenue), strict=True)
        ordered = [letter for _value, letter in sorted(pair for pair in pairs if pair[1])]
        self.assertEqual(ordered, sorted(ordered, reverse=True))


class TestConcentration(AnalysisCase):
    def test_by_hand(self):
        found = pareto.concentration([40, 30, 20, 10])
        self.assertEqual((found.account_count, found.revenue), (4, 100))
        self.assertEqual((found.top1_share, found.top5_share, found.top10_share), (0.4, 1, 1))
        # One account is 20 % of four, rounded up.
        self.assertEqual((found.top1pct_share, found.top20pct_share), (0.4, 0.4))
        self.assertAlmostEqual(found.hhi, 3000, places=9)  # 10,000 (.16 + .09 + .04 + .01)
        self.assertAlmostEqual(found.gini, 0.25, places=12)  # (-30 - 20 + 30 + 120) / (4 x 100)

    def test_one_account_and_equal_ones(self):
        alone = pareto.concentration([5.0])
        self.assertEqual((alone.top1_share, alone.hhi, alone.gini), (1, 10_000, 0))
        equal = pareto.concentration([0.1] * 8)
        self.assertEqual((equal.top1_share, equal.gini), (0.125, 0))
        self.assertAlmostEqual(equal.hhi, 1250, places=9)

    def test_percents_are_rounded_up(self):
        found = pareto.concentration([1.0] * 101)
        self.assertEqual(found.top1pct_share, 2 / 101)
        self.assertEqual(found.top5pct_share, 6 / 101)
        self.assertEqual(found.top20pct_share, 21 / 101)

    def test_without_positive_amounts(self):
        for revenue in ([], [0.0], [-1.0, float("nan")]):
            found = pareto.concentration(revenue)
            self.assertEqual((found.account_count, found.revenue), (0, 0))
            self.assertEqual({getattr(found, name) for name in [*SHARES, "hhi", "gini"]}, {None})

    @settings(max_examples=100, deadline=None)
    @given(some, st.randoms())
    def test_bounds_and_order(self, revenue, random):
        found = pareto.concentration(revenue)
        n = len(revenue)
        for name in SHARES:
            self.assertTrue(1 / n - 1e-12 <= getattr(found, name) <= 1)
        self.assertLessEqual(found.top1_share, found.top5_share)
        self.assertLessEqual(found.top5_share, found.top10_share)
        self.assertLessEqual(found.top1pct_share, found.top20pct_share)
        self.assertTrue(10_000 / n - 1e-6 <= found.hhi <= 10_000 + 1e-6)
        self.assertTrue(0 <= found.gini <= 1 - 1 / n + 1e-9)
        shuffled = list(revenue)
        random.shuffle(shuffled)
        self.assertEqual(pareto.concentration(shuffled), found)

    @settings(max_examples=60, deadline=None)
    @given(some)
    def test_gini_is_half_the_relative_mean_difference(self, revenue):
        exact = [Fraction(round(value * 100)) for value in revenue]
        differences = sum(abs(one - other) for one in exact for other in exact)
        expected = differences / (2 * len(exact) * sum(exact))
        self.assertAlmostEqual(pareto.concentration(revenue).gini, float(expected), places=9)


class TestCurve(AnalysisCase):
    def test_by_hand(self):
        curve = pareto.curve([10, 40, 0, 30, 20])
        self.assertEqual(curve["accounts"].tolist(), [1, 2, 3, 4])
        self.assertEqual(curve["account_share"].tolist(), [0.25, 0.5, 0.75, 1])
        self.assertEqual(curve["amount"].tolist(), [40, 30, 20, 10])
        self.assertEqual(curve["revenue"].tolist(), [40, 70, 90, 100])
        self.assertEqual(curve["revenue_share"].tolist(), [0.4, 0.7, 0.9, 1])

    def test_without_positive_amounts(self):
        self.assertTrue(pareto.curve([-1, float("nan")]).empty)
        self.assertTrue(pareto.curve([]).empty)

    @settings(max_examples=60, deadline=None)
    @given(some, st.integers(2, 12))
    def test_shape(self, revenue, points):
        curve = pareto.curve(revenue, points)
        self.assertEqual(len(curve), min(points, len(revenue)))
        self.assertEqual(curve["accounts"].iloc[0], 1)
        self.assertEqual(curve["accounts"].iloc[-1], len(revenue))
        self.assertEqual(curve["revenue_share"].iloc[-1], 1)
        for name in ("accounts", "account_share", "revenue", "revenue_share"):
            self.assertTrue(curve[name].is_monotonic_increasing)
        self.assertTrue(curve["amount"].is_monotonic_decreasing)
        # The largest accounts: the curve is above the diagonal.
        self.assertTrue((curve["revenue_share"] >= curve["account_share"] - 1e-12).all())
