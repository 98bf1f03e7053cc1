"""How often accounts buy, and when they should buy next."""

import datetime

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from .analysis_case import (
    POLICY,
    TODAY,
    AnalysisCase,
    ago,
    buyer,
    judge,
    learn,
    policy,
    portfolios,
    table,
    values,
)

try:
    from odoo.addons.crm_cartera.analysis import rhythm
except ImportError:  # pure run, without Odoo
    from crm_cartera.analysis import rhythm


class TestRhythm(AnalysisCase):
    def test_own_else_the_company_s(self):
        facts = table(
            buyer(10, rhythm_own=21.0),
            buyer(10, rhythm_own=40.5),
            buyer(10, rhythm_own=3.0),  # below the floor of 7
            buyer(10),
            {},
        )
        self.assertEqual(learn(facts).median_rhythm, 21)  # of 7, 21, 40.5
        judged = judge(facts)
        self.assertEqual(values(judged["rhythm_days"]), [21, 40.5, 7, 21, None])
        self.assertEqual(judged["rhythm_source"].tolist(), ["own", "own", "own", "company", None])

    def test_the_median_is_of_floored_rhythms(self):
        facts = table(buyer(1, rhythm_own=2.0), buyer(1, rhythm_own=10.0))
        self.assertEqual(learn(facts).median_rhythm, 8.5)

    def test_else_the_policy_s(self):
        judged = judge(table(buyer(10), {}))
        self.assertEqual(values(judged["rhythm_days"]), [60, None])
        self.assertEqual(judged["rhythm_source"].tolist(), ["policy", None])
        rules = policy.Policy(rhythm_default_days=45, rhythm_floor_days=30)
        judged = judge(table(buyer(10), buyer(10, rhythm_own=9.0)), rules=rules)
        self.assertEqual(values(judged["rhythm_days"]), [30, 30])

    def test_expected_next_purchase(self):
        facts = table(
            buyer(10, rhythm_own=21.0),
            buyer(10, rhythm_own=21.5),  # half days are rounded up
            buyer(10, rhythm_own=21.49),
            {},
        )
        expected = judge(facts)["expected_purchase_date"]
        self.assertEqual(str(expected.dtype), "datetime64[s]")
        self.assertEqual(
            [value and value.date() for value in values(expected)],
            [ago(10) + datetime.timedelta(days=n) for n in (21, 22, 21)] + [None],
        )

    def test_nobody(self):
        self.assertIsNone(rhythm.get_company_median(np.array([]), POLICY))
        self.assertIsNone(rhythm.get_company_median(np.array([np.nan]), POLICY))

    @settings(max_examples=60, deadline=None)
    @given(portfolios, st.none() | st.integers(7, 300))
    def test_properties(self, rows, median):
        facts = table(*rows)
        bought = facts["last_purchase_date"].notna()
        learned = learn(facts)
        judged = judge(facts, learned)
        self.assertTrue((judged["rhythm_days"].notna() == bought).all())
        self.assertTrue((judged["rhythm_source"].notna() == bought).all())
        self.assertTrue((judged["expected_purchase_date"].notna() == bought).all())
        self.assertTrue((judged["rhythm_days"].dropna() >= POLICY.rhythm_floor_days).all())
        waits = judged["expected_purchase_date"] - facts["last_purchase_date"]
        off = (waits.dt.days - judged["rhythm_days"]).dropna()
        self.assertTrue(off.between(-0.5, 0.5, inclusive="right").all())


class TestMonths(AnalysisCase):
    def test_by_hand(self):
        def before(text, months):
            return str(policy.months_before(datetime.date.fromisoformat(text), months))

        self.assertEqual(before("2024-03-31", 1), "2024-02-29")
        self.assertEqual(before("2023-03-31", 1), "2023-02-28")
        self.assertEqual(before("2024-02-29", 12), "2023-02-28")
        self.assertEqual(before("2024-02-29", 24), "2022-02-28")
        self.assertEqual(before("2024-02-29", 48), "2020-02-29")
        self.assertEqual(before("2024-01-15", 1), "2023-12-15")
        self.assertEqual(before("2024-12-31", 12), "2023-12-31")
        self.assertEqual(before("2024-06-30", 0), "2024-06-30")
        self.assertEqual(before("2024-06-30", 99_999), "0001-01-01")

    @settings(max_examples=200, deadline=None)
    @given(st.dates(datetime.date(1970, 1, 1), TODAY), st.integers(0, 600))
    def test_as_relativedelta_counts(self, day, months):
        from dateutil.relativedelta import relativedelta

        self.assertEqual(policy.months_before(day, months), day - relativedelta(months=months))
