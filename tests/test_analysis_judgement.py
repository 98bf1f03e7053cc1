"""The judgement as a whole: its shape, its ratios, its properties."""

import dataclasses
import math
import time

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from .analysis_case import (
    AnalysisCase,
    buyer,
    calibration,
    judge,
    learn,
    policy,
    portfolios,
    table,
    values,
)

COLUMNS = {
    "trend": "float64",
    "rhythm_days": "float64",
    "rhythm_source": "object",
    "expected_purchase_date": "datetime64[s]",
    "rfm_recency": "Int64",
    "rfm_frequency": "Int64",
    "rfm_monetary": "Int64",
    "rfm_score": "object",
    "abc_revenue": "object",
    "abc_margin": "object",
    "margin_rate": "float64",
    "margin_covered_rate": "float64",
    "margin_frozen_rate": "float64",
    "retention_status": "object",
    "share_of_wallet": "float64",
    "affinity_score": "Int64",
}
TEXTS = [name for name, kind in COLUMNS.items() if kind == "object"]


class TestShape(AnalysisCase):
    def check_shape(self, facts):
        judged = judge(facts)
        self.assertEqual({name: str(kind) for name, kind in judged.dtypes.items()}, COLUMNS)
        self.assertEqual(list(judged.columns), list(COLUMNS))
        pd.testing.assert_index_equal(judged.index, facts.index)
        return judged

    def test_none_is_none(self):
        judged = self.check_shape(table(buyer(10), {}))
        for name in TEXTS:
            self.assertIsNone(judged[name].iloc[1], name)

    def test_nobody(self):
        self.check_shape(table())
        self.assertEqual(learn(table()), calibration.Calibration())

    def test_nobody_bought(self):
        judged = self.check_shape(table({}, {"potential": 10.0, "line_base_12m": 0.0}))
        self.assertTrue(judged.isna().all(axis=None))
        self.assertEqual(learn(table({}, {})), calibration.Calibration())

    def test_only_refunds(self):
        facts = table({"revenue_12m": -100.0, "revenue_prev_12m": -5.0, "potential": 50.0})
        judged = self.check_shape(facts)
        self.assertEqual(judged.loc[1, "share_of_wallet"], -2)
        self.assertTrue(judged.drop(columns="share_of_wallet").isna().all(axis=None))
        self.assertEqual(learn(facts), calibration.Calibration(value_reference=12.5))

    def test_one_account(self):
        judged = self.check_shape(table(buyer(10, 3, 100.0, rhythm_own=20.0)))
        found = judged.loc[1, ["rfm_score", "abc_revenue", "retention_status"]].tolist()
        self.assertEqual(found, ["511", "A", "active"])

    def test_columns_as_the_engine_reads_them(self):
        facts = table(buyer(10, 3), buyer(20, 1), {})
        expected = judge(facts)
        for kind in ("Int64", "int64"):
            typed = facts.astype({"purchase_count_12m": kind})
            pd.testing.assert_frame_equal(judge(typed), expected)
        pd.testing.assert_frame_equal(judge(facts, day=pd.Timestamp("2024-06-30")), expected)


class TestRatios(AnalysisCase):
    def test_trend(self):
        facts = table(
            {"revenue_12m": 150.0, "revenue_prev_12m": 100.0},
            {"revenue_12m": 0.0, "revenue_prev_12m": 100.0},
            {"revenue_12m": -50.0, "revenue_prev_12m": 100.0},
            {"revenue_12m": 150.0, "revenue_prev_12m": 0.0},
            {"revenue_12m": 150.0, "revenue_prev_12m": -1.0},
            {},
        )
        self.assertEqual(values(judge(facts)["trend"]), [0.5, -1, -1.5, None, None, None])

    def test_share_of_wallet(self):
        facts = table(
            {"revenue_12m": 30.0, "potential": 120.0},
            {"revenue_12m": 0.0, "potential": 120.0},
            {"revenue_12m": 30.0, "potential": 0.0},
            {"revenue_12m": 30.0},
            {"potential": 120.0},
        )
        self.assertEqual(values(judge(facts)["share_of_wallet"]), [0.25, 0, None, None, None])

    def test_margin(self):
        margins = ("margin_12m", "costed_revenue_12m")
        bases = ("frozen_base_12m", "costed_base_12m", "line_base_12m")
        rows = [
            (25.0, 100.0, 60.0, 120.0, 200.0),
            (-10.0, 50.0, 0.0, 50.0, 50.0),
            (-10.0, -50.0, 50.0, 50.0, 50.0),  # only refunds: no rate
            (None, None, None, None, 40.0),  # no cost is known
            (None, None, None, 0.0, 40.0),
            (None, None, None, None, None),
            (None, None, None, None, 0.0),
        ]
        names = (*margins, *bases)
        judged = judge(table(*[dict(zip(names, row, strict=True)) for row in rows]))
        self.assertEqual(values(judged["margin_rate"]), [0.25, -0.2, *[None] * 5])
        self.assertEqual(values(judged["margin_covered_rate"]), [0.6, 1, 1, 0, 0, None, None])
        self.assertEqual(values(judged["margin_frozen_rate"]), [0.5, 0, 1, *[None] * 4])


class TestProperties(AnalysisCase):
    @settings(max_examples=60, deadline=None)
    @given(portfolios, st.randoms())
    def test_row_order_does_not_matter(self, rows, random):
        facts = table(*rows)
        order = list(facts.index)
        random.shuffle(order)
        shuffled = facts.loc[order]
        self.assertEqual(learn(facts), learn(shuffled))
        pd.testing.assert_frame_equal(judge(facts), judge(shuffled).loc[facts.index])

    @settings(max_examples=60, deadline=None)
    @given(portfolios)
    def test_equal_facts_equal_judgements(self, rows):
        facts = table(*rows, *rows)
        judged = judge(facts)
        one, other = judged.iloc[: len(rows)], judged.iloc[len(rows) :]
        pd.testing.assert_frame_equal(one, other.set_index(one.index))

    @settings(max_examples=60, deadline=None)
    @given(portfolios)
    def test_an_account_without_purchase_changes_no_other(self, rows):
        judged = judge(table(*rows, {"potential": 7.0}))
        pd.testing.assert_frame_equal(judged.iloc[:-1], judge(table(*rows)))
        self.assertTrue(judged.iloc[-1].isna().all())

    @settings(max_examples=60, deadline=None)
    @given(portfolios)
    def test_bounds(self, rows):
        facts = table(*rows)
        judged, learned = judge(facts), learn(facts)
        for name in ("margin_covered_rate", "margin_frozen_rate"):
            self.assertTrue(judged[name].dropna().between(0, 1).all())
        for figure in dataclasses.astuple(learned):
            for number in figure if isinstance(figure, tuple) else (figure,):
                self.assertTrue(number is None or math.isfinite(number))
        classed = judged["abc_revenue"].notna()
        self.assertTrue((classed == (facts["revenue_12m"] > 0)).all())
        self.assertAlmostEqual(learned.revenue, facts["revenue_12m"].clip(lower=0).sum(), places=2)

    @settings(max_examples=40, deadline=None)
    @given(portfolios)
    def test_facts_are_left_as_they_are(self, rows):
        facts = table(*rows)
        kept = facts.copy(deep=True)
        judge(facts)
        pd.testing.assert_frame_equal(facts, kept)

    def test_what_decides_is_of_the_policy(self):
        facts = table(buyer(10, 1, 60.0), buyer(10, 1, 30.0), buyer(10, 1, 10.0))
        rules = policy.Policy(abc_a_limit=0.5, abc_b_limit=0.9)
        self.assertEqual(judge(facts, rules=rules)["abc_revenue"].tolist(), ["A", "B", "C"])


class TestSpeed(AnalysisCase):
    """Not a benchmark: a limit that only a row-by-row calculation would break."""

    def test_many_accounts(self):
        facts = table(*[buyer(n % 900, n % 7, float(n % 997)) for n in range(100)])
        facts = facts.loc[np.tile(facts.index, 2000)].reset_index(drop=True)
        start = time.perf_counter()
        judged = judge(facts)
        self.assertLess(time.perf_counter() - start, 5)
        self.assertEqual(len(judged), 200_000)
