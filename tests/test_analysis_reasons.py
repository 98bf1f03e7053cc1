"""The reasons of a judgement: which code, and what decided."""

import re

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from .analysis_case import (
    POLICY,
    TODAY,
    AnalysisCase,
    ago,
    calibration,
    judge,
    learn,
    policy,
    portfolios,
    table,
)

try:
    from odoo.addons.crm_cartera.analysis import reasons
except ImportError:  # pure run, without Odoo
    from crm_cartera.analysis import reasons

LEARNED = calibration.Calibration(
    recency_cuts=(10.0, 20.0, 30.0, 40.0),
    frequency_cuts=(1.0, 2.0, 4.0, 8.0),
    monetary_cuts=(100.0, 200.0, 300.0, 400.0),
    abc_revenue_a=1000.0,
    abc_revenue_b=250.0,
    abc_margin_a=90.0,
)


def explain(topic, learned=LEARNED, rules=POLICY, **figures):
    """Return [(code, params)] of one topic."""
    found = reasons.explain(figures, learned, rules, TODAY)
    return [(reason.code, reason.params) for reason in found if reason.topic == topic]


def read_table():
    """Return {code: names of its parameters} of the table in the module's docstring."""
    documented = {}
    for line in reasons.__doc__.splitlines():
        match = re.match(r"``(\w+)``(?: \[\d\]_)? +(.*)", line)
        if match:
            names = re.sub(r"\(.*?\)|:.*", "", match[2]).split(",")
            documented[match[1]] = {name.strip() for name in names}
    for one, others in (("recency", ("frequency", "monetary")), ("revenue", ("margin",))):
        for code, names in list(documented.items()):
            for other in others:
                if code.startswith(("rfm_", "abc_")):
                    documented[code.replace(one, other)] = names
    return documented


DOCUMENTED = read_table()


class TestRetention(AnalysisCase):
    def explain(self, status, last, rules=POLICY, **more):
        figures = {"retention_status": status, "rhythm_days": 20.0, "rhythm_source": "own"}
        figures |= {"last_purchase_date": ago(last), **more}
        (found,) = explain("retention", rules=rules, **figures)
        return found

    def test_by_rhythm(self):
        for status, days, ratio, limit in (
            ("active", 25, 1.25, 1.5),
            ("at_risk", 45, 2.25, 1.5),
            ("inactive", 80, 4.0, 3.0),
            ("lost", 200, 10.0, 6.0),
        ):
            code, params = self.explain(status, days)
            expected = "retention_lost_ratio" if status == "lost" else f"retention_{status}"
            self.assertEqual(code, expected)
            self.assertEqual(
                params,
                {"days": days, "rhythm": 20, "source": "own", "ratio": ratio, "limit": limit},
            )

    def test_lost_by_months(self):
        code, params = self.explain("lost", 800, rhythm_days=200.0, rhythm_source="company")
        self.assertEqual(code, "retention_lost_months")
        self.assertEqual(params, {"last": ago(800), "days": 800, "months": 24})

    def test_new(self):
        code, params = self.explain("new", 15, first_purchase_date=ago(70))
        self.assertEqual(code, "retention_new")
        self.assertEqual((params["first"], params["first_days"]), (ago(70), 70))
        self.assertEqual((params["days"], params["limit_days"]), (15, 90))

    def test_recovered(self):
        rules = policy.Policy(recovered_ratio=4.0)
        code, params = self.explain("recovered", 5, rules)
        self.assertEqual(code, "retention_recovered")
        self.assertEqual((params["gap_limit"], params["days"]), (80, 5))
        _code, params = self.explain("recovered", 5)
        self.assertEqual(params["gap_limit"], 60)

    def test_the_source_of_the_rhythm(self):
        _code, params = self.explain("at_risk", 45, rhythm_source="company")
        self.assertEqual(params["source"], "company")


class TestOthers(AnalysisCase):
    def test_rhythm(self):
        def one(source):
            return explain("rhythm", rhythm_days=21.0, rhythm_source=source)

        self.assertEqual(one("own"), [("rhythm_own", {"rhythm": 21})])
        self.assertEqual(one("company"), [("rhythm_company", {"rhythm": 21, "min_days": 3})])
        self.assertEqual(one("policy"), [("rhythm_policy", {"rhythm": 21, "min_days": 3})])

    def test_expected(self):
        def one(days):
            ((code, params),) = explain("expected", expected_purchase_date=ago(days))
            self.assertEqual(params["expected"], ago(days))
            return code, params["days"]

        self.assertEqual(one(-3), ("expected_next", 3))
        self.assertEqual(one(0), ("expected_next", 0))
        self.assertEqual(one(1), ("expected_overdue", 1))

    def test_rfm(self):
        found = explain(
            "rfm",
            last_purchase_date=ago(5),
            purchase_count_12m=3,
            revenue_12m=400.01,
            rfm_score="535",
            rfm_recency=5,
            rfm_frequency=3,
            rfm_monetary=5,
        )
        self.assertEqual(
            found,
            [
                ("rfm_recency_up_to", {"value": 5, "score": 5, "up_to": 10}),
                ("rfm_frequency_between", {"value": 3, "score": 3, "above": 2, "up_to": 4}),
                ("rfm_monetary_above", {"value": 400.01, "score": 5, "above": 400}),
            ],
        )

    def test_rfm_of_the_lowest(self):
        found = explain(
            "rfm",
            last_purchase_date=ago(41),
            purchase_count_12m=1,
            revenue_12m=0.0,
            rfm_score="111",
            rfm_recency=1,
            rfm_frequency=1,
            rfm_monetary=1,
        )
        self.assertEqual(
            found,
            [
                ("rfm_recency_above", {"value": 41, "score": 1, "above": 40}),
                ("rfm_frequency_up_to", {"value": 1, "score": 1, "up_to": 1}),
                ("rfm_monetary_up_to", {"value": 0, "score": 1, "up_to": 100}),
            ],
        )

    def test_rfm_without_purchase_in_the_window(self):
        found = explain(
            "rfm", last_purchase_date=ago(500), purchase_count_12m=0, rfm_score="111", rfm_recency=1
        )
        expected = {"last": ago(500), "days": 500, "months": 12}
        self.assertEqual(found, [("rfm_before_window", expected)])

    def test_abc(self):
        def one(amount, letter, learned=LEARNED):
            ((code, params),) = explain("abc", learned, revenue_12m=amount, abc_revenue=letter)
            self.assertEqual(params.pop("amount"), amount)
            return code, params

        self.assertEqual(one(1000.0, "A"), ("abc_revenue_a", {"smallest": 1000, "limit": 0.8}))
        self.assertEqual(
            one(999.0, "B"), ("abc_revenue_b", {"smallest": 250, "below": 1000, "limit": 0.95})
        )
        self.assertEqual(one(2.0, "C"), ("abc_revenue_c", {"below": 250, "limit": 0.95}))
        self.assertEqual(one(2.0, "A", calibration.Calibration()), ("abc_revenue_alone", {}))

    def test_margin_is_a_topic_of_its_own(self):
        figures = {"margin_12m": 5.0, "abc_margin": "C", "margin_rate": 0.1}
        figures["margin_covered_rate"] = 0.5
        found = reasons.explain(figures, LEARNED, POLICY, TODAY)
        self.assertEqual({reason.topic for reason in found}, reasons.MARGIN_TOPICS)
        # There is no class B: what is below A is C.
        (abc,) = explain("abc_margin", **figures)
        self.assertEqual(abc, ("abc_margin_c", {"amount": 5, "below": 90, "limit": 0.95}))
        (rate,) = explain("margin", **figures)
        self.assertEqual(rate, ("margin_rate", {"rate": 0.1, "margin": 5, "covered": 0.5}))

    def test_trend(self):
        def one(revenue, previous):
            return explain("trend", revenue_12m=revenue, revenue_prev_12m=previous)

        self.assertEqual(
            one(150.0, 100.0), [("trend_up", {"trend": 0.5, "revenue": 150, "previous": 100})]
        )
        self.assertEqual(one(0.0, 100.0)[0][0], "trend_down")
        self.assertEqual(one(100.0, 100.0)[0][0], "trend_flat")
        self.assertEqual(one(5.0, -1.0), [("trend_none", {"revenue": 5, "previous": -1})])
        self.assertEqual(one(0.0, 0.0), [])
        self.assertEqual(one(None, None), [])

    def test_wallet(self):
        self.assertEqual(
            explain("wallet", revenue_12m=25.0, potential=100.0),
            [("wallet_share", {"share": 0.25, "revenue": 25, "potential": 100})],
        )
        self.assertEqual(explain("wallet", revenue_12m=25.0, potential=0.0), [])

    def test_nothing_is_said_of_nothing(self):
        names = (
            "retention_status",
            "rfm_score",
            "last_purchase_date",
            "revenue_12m",
            "abc_revenue",
        )
        for nothing in (None, False, np.nan, pd.NaT, pd.NA):
            figures = dict.fromkeys(names, nothing)
            self.assertEqual(reasons.explain(figures, LEARNED, POLICY, TODAY), [])
        self.assertEqual(reasons.explain({}, LEARNED, POLICY, TODAY), [])

    def test_types_of_numpy_and_pandas(self):
        plain = {"rhythm_days": 21, "rhythm_source": "own", "expected_purchase_date": ago(4)}
        typed = {
            "rhythm_days": np.int64(21),
            "rhythm_source": "own",
            "expected_purchase_date": pd.Timestamp(ago(4)),
        }
        day = pd.Timestamp(TODAY)
        self.assertEqual(
            reasons.explain(plain, LEARNED, POLICY, TODAY),
            reasons.explain(typed, LEARNED, POLICY, day),
        )


class TestProperties(AnalysisCase):
    @settings(max_examples=60, deadline=None)
    @given(portfolios.filter(bool), st.booleans())
    def test_reasons_agree_with_the_judgement(self, rows, fresh):
        facts = table(*rows)
        learned = calibration.Calibration() if fresh else learn(facts)
        figures = facts.join(judge(facts, learned)).to_dict("records")
        for account in figures:
            found = reasons.explain(account, learned, POLICY, TODAY)
            topics = [reason.topic for reason in found]
            self.assertEqual("retention" in topics, bool(account["retention_status"]))
            self.assertEqual("abc" in topics, bool(account["abc_revenue"]))
            self.assertEqual("abc_margin" in topics, bool(account["abc_margin"]))
            self.assertEqual("rfm" in topics, bool(account["rfm_score"]))
            self.assertEqual("trend" in topics, self.has_trend(account))
            for reason in found:
                self.check(reason)

    def has_trend(self, account):
        return account["trend"] == account["trend"] or account["revenue_12m"] > 0

    def check(self, reason):
        params = reason.params
        self.assertEqual(set(params), DOCUMENTED[reason.code], reason.code)
        value = params.get("value", params.get("amount", 0))
        if reason.topic in ("rfm", "abc", "abc_margin"):
            self.assertLess(params.get("above", -np.inf), value)
            self.assertLessEqual(value, params.get("up_to", np.inf))
            self.assertLessEqual(params.get("smallest", -np.inf), value)
            self.assertLess(value, params.get("below", np.inf))
        if "ratio" in params:
            within = reason.code == "retention_active"
            self.assertEqual(params["ratio"] <= params["limit"], within)
