"""The pure analysis against the oracle: thousands of made-up accounts, no database."""

import random
import unittest
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pandas as pd

from .oracle import JUDGED, Oracle
from .oracle_account import ratio
from .oracle_facts import DEFAULTS

try:
    from odoo.addons.crm_cartera.analysis.calibration import calibrate
    from odoo.addons.crm_cartera.analysis.judgement import judge
    from odoo.addons.crm_cartera.analysis.policy import Policy
except ImportError:  # pure run, without Odoo
    from crm_cartera.analysis.calibration import calibrate
    from crm_cartera.analysis.judgement import judge
    from crm_cartera.analysis.policy import Policy

AS_OF = date.fromisoformat("2024-02-29")
OTHER_POLICY = {
    "abc_a_limit": 0.7,
    "abc_b_limit": 0.9,
    "rhythm_floor_days": 14,
    "lost_months": 18,
    "affinity_wallet_weight": 0,
    "affinity_tenure_months": 7,
    "affinity_pay_good_days": 0,
    "priority_weight_potential": 60,
    "priority_weight_risk": 0,
}
#: Few different values, so that many accounts are tied and many lie on a limit.
AMOUNTS = [
    Decimal(text) for text in ("0", "-10", "0.01", "0.1", "0.3", "33.33", "100", "250", "5000")
]
#: Cumulative shares that lie exactly on the limits of classes A and B, by either policy.
EXACT = ((50, 30, 15, 5), (70, 20, 10))
#: Twenty-four and eighteen months before, and the day before that.
LONG_AGO = [
    date.fromisoformat(text) for text in ("2022-02-28", "2022-02-27", "2022-08-29", "2022-08-28")
]
RHYTHMS = (None, None, 1, 6.5, 7, 10, 20.5, 30, 60, 365)
#: What the linkage and the priority read besides.
LINKED = (
    "categ_count",
    "interaction_count_12m",
    "days_to_pay",
    "receivable",
    "overdue",
    "pipeline",
)


def make_account(rng, number):
    """Return the facts of an account; its days are multiples of its rhythms, to meet the limits."""
    pace = rng.choice((7, 10, 30, 60))
    last = AS_OF - timedelta(days=round(pace * rng.choice((0, 0.5, 1.5, 3, 3.1, 6, 6.5, 12, 24))))
    last = rng.choice(LONG_AGO) if rng.random() < 0.15 else last
    previous = last - timedelta(days=round(pace * rng.choice((1, 3, 3.5, 20))))
    bought, again = rng.random() < 0.85, rng.random() < 0.7
    first = rng.choice((None, last - timedelta(days=90), previous, AS_OF - timedelta(days=90)))
    revenue = rng.choice((None, rng.choice(AMOUNTS), Decimal(rng.randrange(10**6)) / 100))
    lately = bought and revenue is not None and last > date.fromisoformat("2023-02-28")
    base = rng.choice((Decimal(0), Decimal(rng.randrange(1000))))
    return SimpleNamespace(
        partner=number,
        typed=SimpleNamespace(potential=rng.choice((0.0, 0.1, 250.0))),
        first_purchase_date=(bought and first) or None,
        last_purchase_date=last if bought else None,
        previous_purchase_date=previous if bought and again else None,
        raw_rhythm=rng.choice(RHYTHMS) if bought else None,
        purchase_count_12m=rng.choice((0, 1, 1, 2, 7)) if lately else 0,
        revenue_12m=revenue,
        revenue_prev_12m=None if revenue is None else rng.choice(AMOUNTS),
        margin_12m=rng.choice((None, *AMOUNTS)),
        line_base=base,
        costed_base=min(base, rng.choice((Decimal(0), Decimal(50)))),
        frozen_base=min(base, rng.choice((Decimal(0), Decimal(20)))),
        costed_revenue=rng.choice((Decimal(-3), Decimal(0), Decimal(40))),
        as_of=AS_OF,
        ledger=SimpleNamespace(limit=None),
        categ_count=rng.randrange(8),
        interaction_count_12m=rng.choice((0, 0, 1, 6, 30)),
        days_to_pay=rng.choice((None, -2.0, 30.0, 61.5, 90.0, 400.0)),
        receivable=rng.choice((None, *AMOUNTS)),
        overdue=rng.choice(AMOUNTS),
        pipeline=abs(rng.choice(AMOUNTS)),
    )


class TestAnalysis(unittest.TestCase):
    def test_made_up_portfolios(self):
        for seed in range(12):
            for size in (0, 1, 2, 6, 51, 100):
                limits = {**DEFAULTS, **(OTHER_POLICY if seed % 2 else {})}
                with self.subTest(seed=seed, size=size):
                    self.check(random.Random(seed), size, limits)

    def check(self, rng, size, limits):
        accounts = [make_account(rng, number) for number in range(size)]
        if rng.random() < 0.4:
            exact = EXACT[limits["abc_a_limit"] == OTHER_POLICY["abc_a_limit"]]
            for number, account in enumerate(accounts):
                account.revenue_12m = Decimal(exact[number]) if number < len(exact) else None
                account.purchase_count_12m = 0
        oracle = Oracle(SimpleNamespace(limit=limits.get), AS_OF)
        oracle.accounts = {account.partner: account for account in accounts}
        for account in accounts:
            account.ledger.limit = limits.get
            self.add_rates(account, limits)
        policy = Policy(**{k: v for k, v in limits.items() if k != "accept_zero_cost"})
        facts = self.to_facts(accounts)
        calibration = calibrate(facts, policy, AS_OF)
        self.compare_calibration(calibration, oracle.calibration)
        judged = judge(facts, calibration, policy, AS_OF)
        for account in accounts:
            expected = oracle.judge(account)
            for name in JUDGED:
                found = judged.loc[account.partner, name]
                self.assertTrue(
                    self.is_same(found, expected[name]),
                    f"{name}: {found}, oracle {expected[name]}, {account}",
                )

    @staticmethod
    def add_rates(account, limits):
        raw = account.raw_rhythm
        account.rhythm_own = None if raw is None else float(max(raw, limits["rhythm_floor_days"]))
        account.margin_rate = ratio(account.margin_12m, account.costed_revenue)
        account.margin_covered_rate = ratio(account.costed_base, account.line_base)
        account.margin_frozen_rate = ratio(account.frozen_base, account.costed_base)

    @staticmethod
    def to_facts(accounts):
        """Return the facts as the engine hands them over."""
        numbers = {
            "rhythm_own": "raw_rhythm",
            **{name: name for name in ("purchase_count_12m", "revenue_12m", "revenue_prev_12m")},
            "margin_12m": "margin_12m",
            "costed_revenue_12m": "costed_revenue",
            "costed_base_12m": "costed_base",
            "frozen_base_12m": "frozen_base",
            "line_base_12m": "line_base",
            **{name: name for name in LINKED},
        }
        days = ("first_purchase_date", "last_purchase_date", "previous_purchase_date")
        columns = {
            name: pd.Series([getattr(a, source) for a in accounts], dtype="float64")
            for name, source in numbers.items()
        }
        for name in days:
            values = pd.to_datetime(pd.Series([getattr(a, name) for a in accounts], dtype=object))
            columns[name] = values.astype("datetime64[s]")
        columns["potential"] = pd.Series([a.typed.potential for a in accounts], dtype="float64")
        return pd.DataFrame(columns)

    @staticmethod
    def is_same(found, expected):
        if found is None or pd.isna(found):
            return expected is None
        if expected is None:
            return False
        if isinstance(expected, (str, int)):
            return found == expected
        if isinstance(found, pd.Timestamp):
            return found.date() == expected
        return abs(float(found) - float(expected)) <= 1e-9 * max(1, abs(expected))

    def compare_calibration(self, calibration, expected):
        for name, value in expected.items():
            found = getattr(calibration, name)
            if isinstance(value, list):
                self.assertEqual(list(found), [float(point) for point in value], name)
            elif value is None:
                self.assertIsNone(found, name)
            else:
                self.assertAlmostEqual(found, float(value), places=6, msg=name)
