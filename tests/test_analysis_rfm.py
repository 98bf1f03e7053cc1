"""Recency, frequency, monetary: cut points and scores."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from .analysis_case import (
    TODAY,
    AnalysisCase,
    accounts,
    buyer,
    judge,
    learn,
    portfolios,
    table,
    values,
)

try:
    from odoo.addons.crm_cartera.analysis import rfm
except ImportError:  # pure run, without Odoo
    from crm_cartera.analysis import rfm

SCORES = ["rfm_recency", "rfm_frequency", "rfm_monetary"]
numbers = st.lists(
    st.integers(-(10**9), 10**9).map(lambda cents: cents / 100) | st.sampled_from([0.1, 0.3]),
    min_size=1,
    max_size=40,
)


def get_exact_cuts(population):
    """Type 7 in fractions of the decimals one sees."""
    ordered = sorted(Fraction(repr(value)) for value in population)
    cuts = []
    for share in (Fraction(1, 5), Fraction(2, 5), Fraction(3, 5), Fraction(4, 5)):
        position = (len(ordered) - 1) * share
        low = position.numerator // position.denominator
        high = min(low + 1, len(ordered) - 1)
        cuts.append(ordered[low] + (ordered[high] - ordered[low]) * (position - low))
    return cuts


class TestCuts(AnalysisCase):
    def test_by_hand(self):
        # Positions 0.8, 1.6, 2.4, 3.2 of 10 20 30 40 50.
        self.assertEqual(rfm.get_cuts(np.array([50.0, 10, 40, 20, 30])), (18, 26, 34, 42))
        self.assertEqual(rfm.get_cuts(np.array([7.0])), (7, 7, 7, 7))
        self.assertEqual(rfm.get_cuts(np.array([1.0, 2.0, np.nan])), (1.2, 1.4, 1.6, 1.8))
        self.assertIsNone(rfm.get_cuts(np.array([])))
        self.assertIsNone(rfm.get_cuts(np.array([np.nan])))

    def test_a_cut_that_falls_on_a_value_equals_it(self):
        for size in range(1, 200):
            ordered = np.arange(size) * 0.1
            cuts = rfm.get_cuts(ordered)
            for fifths, cut in enumerate(cuts, 1):
                position, rest = divmod((size - 1) * fifths, 5)
                if not rest:
                    self.assertEqual(cut, ordered[position])

    @settings(max_examples=100, deadline=None)
    @given(numbers)
    def test_against_fractions_and_numpy(self, population):
        cuts = rfm.get_cuts(np.array(population))
        self.assertEqual(list(cuts), [float(cut) for cut in get_exact_cuts(population)])
        quantiles = np.quantile(population, [0.2, 0.4, 0.6, 0.8])
        np.testing.assert_allclose(cuts, quantiles, rtol=1e-9, atol=1e-6)

    @settings(max_examples=100, deadline=None)
    @given(numbers)
    def test_scores_against_fractions(self, population):
        cuts, exact = rfm.get_cuts(np.array(population)), get_exact_cuts(population)
        found = rfm.get_scores(np.array(population), cuts, np.full(len(population), True))
        expected = [1 + sum(cut < Fraction(repr(value)) for cut in exact) for value in population]
        self.assertEqual(found.tolist(), expected)


class TestScores(AnalysisCase):
    def test_by_hand(self):
        facts = table(
            buyer(10, 5, 500.0),
            buyer(20, 4, 400.0),
            buyer(30, 3, 300.0),
            buyer(40, 2, 200.0),
            buyer(50, 1, 100.0),
            buyer(400, 0, 0.0),  # 6: bought before the window only
            {},  # 7: never bought
        )
        learned = learn(facts)
        self.assertEqual(learned.buyer_count, 5)
        self.assertEqual(learned.recency_cuts, (18, 26, 34, 42))
        self.assertEqual(learned.frequency_cuts, (1.8, 2.6, 3.4, 4.2))
        self.assertEqual(learned.monetary_cuts, (180, 260, 340, 420))
        judged = judge(facts, learned)
        self.assertEqual(
            values(judged["rfm_score"]), ["555", "444", "333", "222", "111", "111", None]
        )
        self.assertEqual(values(judged["rfm_recency"]), [5, 4, 3, 2, 1, 1, None])
        self.assertEqual({str(judged[name].dtype) for name in SCORES}, {"Int64"})

    def test_recency_counts_the_other_way(self):
        judged = judge(table(buyer(10, 1, 1.0), buyer(20, 9, 9.0)))
        self.assertEqual(values(judged["rfm_score"]), ["511", "155"])

    def test_equal_values_score_as_if_alone(self):
        judged = judge(table(*[buyer(10, 2, 0.1)] * 7))
        self.assertEqual(set(judged["rfm_score"]), {"511"})
        self.assertEqual(judge(table(buyer(10)), learn(table())).loc[1, "rfm_score"], "511")

    def test_refunds_above_revenue_still_score(self):
        judged = judge(table(buyer(10, 1, -50.0), buyer(10, 1, 0.0)))
        self.assertEqual(values(judged["rfm_monetary"]), [1, 5])

    def test_amounts_a_bit_off_are_equal(self):
        learned = learn(table(buyer(10, 1, 0.3), buyer(10, 1, 0.3), buyer(10, 1, 0.9)))
        self.assertEqual(learned.monetary_cuts[:2], (0.3, 0.3))
        self.assertEqual(judge(table(buyer(10, 1, 0.1 + 0.2)), learned).loc[1, "rfm_monetary"], 1)

    def test_outside_the_population_changes_no_cut(self):
        inside = [buyer(10, 2, 50.0), buyer(90, 1, 20.0)]
        outside = [buyer(700, 0, 0.0), {}, {"potential": 3.0}]
        # A potential is at stake whether or not the account has bought: that median is not a cut.
        alone, among = (
            replace(learn(table(*rows)), value_reference=None)
            for rows in (inside, [*inside, *outside])
        )
        self.assertEqual(alone, among)

    def test_a_value_beyond_all_that_was_learned(self):
        learned = learn(table(*[buyer(n, n, float(n)) for n in range(1, 11)]))
        judged = judge(table(buyer(0, 99, 1e9), buyer(364, 1, -1e9)), learned)
        self.assertEqual(values(judged["rfm_score"]), ["555", "111"])


class TestProperties(AnalysisCase):
    @settings(max_examples=60, deadline=None)
    @given(portfolios)
    def test_bounds_and_who_has_a_score(self, rows):
        facts = table(*rows)
        judged = judge(facts)
        bought = facts["last_purchase_date"].notna()
        for name in SCORES:
            self.assertTrue((judged[name].notna() == bought).all())
            self.assertTrue(judged[name].dropna().between(1, 5).all())
        self.assertTrue((judged["rfm_score"].notna() == bought).all())
        rows = judged.loc[bought, SCORES].itertuples(index=False)
        texts = [f"{recency}{frequency}{monetary}" for recency, frequency, monetary in rows]
        self.assertEqual(texts, judged.loc[bought, "rfm_score"].tolist())
        early = bought & (facts["purchase_count_12m"] == 0)
        self.assertTrue((judged.loc[early, "rfm_score"] == "111").all())

    @settings(max_examples=60, deadline=None)
    @given(portfolios, st.sampled_from(SCORES))
    def test_better_is_never_worse(self, rows, score):
        facts = table(*rows)
        recency = (pd.Timestamp(TODAY) - facts["last_purchase_date"]).dt.days
        by = {"rfm_recency": -recency, "rfm_frequency": facts["purchase_count_12m"]}
        by = by.get(score, facts["revenue_12m"])
        lately = facts["purchase_count_12m"] > 0
        pairs = sorted(zip(by[lately], judge(facts).loc[lately, score], strict=True))
        self.assertEqual([found for _by, found in pairs], sorted(found for _by, found in pairs))
        self.assertEqual(len(set(pairs)), len({value for value, _score in pairs}), "equal scores")

    @settings(max_examples=60, deadline=None)
    @given(portfolios, accounts())
    def test_one_account_alone_is_judged_as_among_all(self, rows, row):
        facts = table(*rows, row)
        learned = learn(facts)
        pd.testing.assert_frame_equal(
            judge(facts, learned).iloc[[-1]], judge(facts.iloc[[-1]], learned)
        )
