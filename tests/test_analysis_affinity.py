"""The linkage score: by hand, against the oracle, and what must hold for every account."""

import dataclasses
from decimal import Decimal
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

try:
    from odoo.addons.crm_cartera.analysis import affinity, reasons
except ImportError:  # pure run, without Odoo
    from crm_cartera.analysis import affinity, reasons

from .analysis_case import POLICY, TODAY, AnalysisCase, accounts, ago, buyer, judge, table, values
from .oracle_affinity import affinity as affinity_of_oracle

FULL = buyer(
    10,
    revenue_12m=1000.0,
    first_purchase_date=ago(3000),
    potential=1000.0,
    categ_count=5,
    interaction_count_12m=12,
    days_to_pay=30.0,
    receivable=0.0,
    overdue=0.0,
)


def scores(*rows, rules=POLICY):
    return values(judge(table(*rows), rules=rules)["affinity_score"])


def weigh(**weights):
    """Return criteria in which only these parts weigh anything."""
    rest = dict.fromkeys((f"affinity_{name}_weight" for name in affinity.PARTS), 0)
    given = {f"affinity_{name}_weight": weight for name, weight in weights.items()}
    return dataclasses.replace(POLICY, **{**rest, **given})


def explain(row, rules=POLICY):
    """Return {code: parameters} of the reasons of one account as judged."""
    facts = table(row)
    judged = judge(facts, rules=rules)
    figures = {**facts.iloc[0].to_dict(), **judged.iloc[0].to_dict()}
    figures["affinity_score"] = values(judged["affinity_score"])[0]
    learned = reasons.explain(figures, SimpleNamespace(**dict.fromkeys(CALIBRATION)), rules, TODAY)
    return {reason.code: reason.params for reason in learned if reason.topic == "affinity"}


CALIBRATION = (
    *("recency_cuts", "frequency_cuts", "monetary_cuts"),
    *("abc_revenue_a", "abc_revenue_b", "abc_margin_a", "abc_margin_b"),
)


class TestScore(AnalysisCase):
    def test_by_hand(self):
        """Wallet 0.4 x 30, breadth 0.6 x 20, tenure 730 of 1826 d x 15, talks 0.5 x 15, pays 0.5 x 20."""
        row = FULL | {
            "potential": 2500.0,
            "categ_count": 3,
            "first_purchase_date": ago(730),
            "interaction_count_12m": 6,
            "days_to_pay": 60.0,
        }
        self.assertEqual(scores(row, FULL, {}), [47, 100, None])
        self.assertAlmostEqual(12 + 12 + 730 / 1826 * 15 + 7.5 + 10, 47.5, places=2)

    def test_what_is_not_known_is_left_out(self):
        known = FULL | {"potential": None, "days_to_pay": None, "interaction_count_12m": 0}
        # Breadth 20 and tenure 15 of what is known: 20 + 15 + 15.
        self.assertEqual(scores(known), [70])
        self.assertEqual(set(explain(known)), {f"affinity_{name}" for name in KNOWN})
        self.assertEqual(explain(known)["affinity_score"], {"score": 70, "known": 0.5})

    def test_wallet(self):
        rules = weigh(wallet=7)
        rows = [FULL | {"potential": potential} for potential in (4000.0, 500.0, 0.0)]
        self.assertEqual(scores(*rows, rules=rules), [25, 100, None])
        self.assertEqual(scores(FULL | {"revenue_12m": -50.0}, rules=rules), [0])

    def test_breadth(self):
        rules = weigh(breadth=100)
        rows = [FULL | {"categ_count": count} for count in (1, 4, 5, 9, 0)]
        self.assertEqual(scores(*rows, rules=rules), [20, 80, 100, 100, None])
        idle = FULL | {"categ_count": 0, "revenue_12m": 0.0}
        self.assertEqual(scores(idle, idle | {"revenue_12m": None}, rules=rules), [0, None])

    def test_tenure(self):
        rules = weigh(tenure=1)
        rows = [FULL | {"first_purchase_date": ago(days)} for days in (0, 913, 1826, 5000)]
        opening = FULL | {"first_purchase_date": None}
        self.assertEqual(scores(*rows, opening, rules=rules), [0, 50, 100, 100, None])

    def test_payment(self):
        rules = weigh(payment=1)
        for days, receivable, overdue, expected in (
            (30.0, 0.0, 0.0, 100),
            (-3.0, None, None, 100),
            (60.0, 100.0, 0.0, 50),
            (60.0, 100.0, 40.0, 30),
            (90.0, 100.0, 0.0, 0),
            (None, 100.0, 40.0, 60),
            (None, 100.0, 100.0, 0),
            (None, 100.0, 0.0, None),  # nothing is due yet
            (None, -20.0, 10.0, None),  # it has paid more than it owes
            (None, None, None, None),
        ):
            row = FULL | {"days_to_pay": days, "receivable": receivable, "overdue": overdue}
            with self.subTest(days=days, receivable=receivable, overdue=overdue):
                self.assertEqual(scores(row, rules=rules), [expected])

    def test_halves_go_up(self):
        rules = weigh(wallet=1)
        rows = [FULL | {"potential": 1000.0, "revenue_12m": 10.0 * p} for p in (0.5, 28.5, 57.5)]
        self.assertEqual(scores(*rows, rules=rules), [1, 29, 58])

    def test_never_bought(self):
        self.assertEqual(scores({"interaction_count_12m": 50, "potential": 10.0}), [None])
        self.assertEqual(explain({"interaction_count_12m": 50}), {})


KNOWN = ("score", "breadth", "tenure", "interaction")


class TestEveryAccount(AnalysisCase):
    @settings(deadline=None)
    @given(accounts(), st.data())
    def test_as_the_oracle_says(self, row, data):
        weights = {
            f"affinity_{name}_weight": data.draw(st.integers(0, 3)) for name in affinity.PARTS
        }
        rules = dataclasses.replace(POLICY, **weights)
        (found,) = scores(row, rules=rules)
        self.assertEqual(found, affinity_of_oracle(as_account(row, rules), money(row, "potential")))

    @settings(deadline=None)
    @given(accounts())
    def test_bounds_and_reasons(self, row):
        (score,) = scores(row)
        said = explain(row)
        if "last_purchase_date" not in row:
            self.assertIsNone(score)
            self.assertEqual(said, {})
            return
        self.assertTrue(0 <= score <= 100)
        parts = [params for code, params in said.items() if code != "affinity_score"]
        self.assertAlmostEqual(sum(params["of"] for params in parts), 100)
        self.assertLessEqual(abs(sum(params["points"] for params in parts) - score), 0.5 + 1e-9)
        for params in parts:
            self.assertTrue(-1e-9 <= params["points"] <= params["of"] + 1e-9)

    @settings(deadline=None)
    @given(accounts(), st.integers(0, 20))
    def test_more_is_never_less(self, row, more):
        if "last_purchase_date" not in row:
            return
        row = row | {"categ_count": row["categ_count"] + 1}
        (before,) = scores(row)
        for change in (
            {"categ_count": row["categ_count"] + more},
            {"interaction_count_12m": row["interaction_count_12m"] + more},
            {"first_purchase_date": ago(20_000)},
        ):
            self.assertGreaterEqual(scores(row | change)[0], before)


def money(row, name):
    return None if row.get(name) is None else Decimal(repr(row[name]))


def as_account(row, rules):
    """Return what the oracle reads of an account."""
    names = ("revenue_12m", "receivable", "overdue")
    return SimpleNamespace(
        ledger=SimpleNamespace(limit=lambda name: getattr(rules, name)),
        as_of=TODAY,
        last_purchase_date=row.get("last_purchase_date"),
        first_purchase_date=row.get("first_purchase_date"),
        categ_count=row["categ_count"],
        interaction_count_12m=row["interaction_count_12m"],
        days_to_pay=row.get("days_to_pay"),
        **{name: money(row, name) for name in names},
    )
