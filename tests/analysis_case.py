"""What the tests of analysis/ share: facts from dicts, and warnings that are errors."""

import datetime
import unittest
import warnings

import numpy as np
import pandas as pd
from hypothesis import strategies as st

try:
    from odoo.addons.crm_cartera.analysis import calibration, judgement, policy
except ImportError:  # pure run, without Odoo
    from crm_cartera.analysis import calibration, judgement, policy

TODAY = datetime.date(2024, 6, 30)
POLICY = policy.Policy()
DATES = ("first_purchase_date", "last_purchase_date", "previous_purchase_date")
NUMBERS = (
    "rhythm_own",
    "purchase_count_12m",
    "revenue_12m",
    "revenue_prev_12m",
    "margin_12m",
    "costed_revenue_12m",
    "costed_base_12m",
    "frozen_base_12m",
    "line_base_12m",
    "potential",
    "categ_count",
    "interaction_count_12m",
    "pipeline",
    "days_to_pay",
    "receivable",
    "overdue",
)
COUNTS = ("purchase_count_12m", "categ_count", "interaction_count_12m", "pipeline")


def ago(days):
    return TODAY - datetime.timedelta(days=days)


def table(*rows):
    """Build facts from dicts; what a row does not name is missing."""
    columns = {
        name: np.array([row.get(name) for row in rows], dtype="datetime64[s]") for name in DATES
    }
    for name in NUMBERS:
        columns[name] = np.array([row.get(name) for row in rows], dtype="float64")
    columns |= {name: np.nan_to_num(columns[name]) for name in COUNTS}
    return pd.DataFrame(columns, index=pd.RangeIndex(1, len(rows) + 1, name="partner_id"))


def buyer(days, count=1, revenue=100.0, **more):
    """Facts of an account that bought ``days`` ago, first a year before."""
    return {
        "first_purchase_date": ago(days + 365),
        "last_purchase_date": ago(days),
        "purchase_count_12m": count,
        "revenue_12m": revenue,
        **more,
    }


def learn(facts, day=TODAY, rules=POLICY):
    return calibration.calibrate(facts, rules, day)


def judge(facts, learned=None, day=TODAY, rules=POLICY):
    return judgement.judge(facts, learned or learn(facts, day, rules), rules, day)


def values(column):
    """Return a column as a list, None where it is missing."""
    return [None if pd.isna(value) else value for value in column]


money = st.integers(-1_000_000, 100_000_000).map(lambda cents: cents / 100)
positive = st.integers(1, 100_000_000).map(lambda cents: cents / 100)
# Few values, so that there are ties.
ties = st.sampled_from([0.0, 0.1, 0.2, 0.3, 1.0, 70.0, -5.0])
missing = st.none()
days = st.integers(0, 1200)


@st.composite
def accounts(draw):
    """Facts of one account, consistent as documents would make them."""
    row = {name: draw(missing | money) for name in ("margin_12m", "costed_revenue_12m")}
    row["potential"] = draw(missing | money.map(abs))
    whole, costed, frozen = sorted((draw(money.map(abs)) for _ in range(3)), reverse=True)
    row |= {"line_base_12m": whole, "costed_base_12m": costed, "frozen_base_12m": frozen}
    row |= {name: draw(st.integers(0, 20)) for name in ("categ_count", "interaction_count_12m")}
    row |= {name: draw(missing | money) for name in ("receivable", "overdue")}
    row["days_to_pay"] = draw(missing | st.integers(-400, 4000).map(lambda tenth: tenth / 10))
    if not draw(st.booleans()):
        return row
    last, gap, more = draw(days), draw(st.integers(1, 500)), draw(st.integers(0, 500))
    before = draw(st.booleans())
    row["last_purchase_date"] = ago(last)
    row["previous_purchase_date"] = ago(last + gap) if before else None
    row["first_purchase_date"] = ago(last + gap + more if before else last)
    row["rhythm_own"] = draw(missing | st.integers(2, 800).map(lambda half: half / 2))
    row["purchase_count_12m"] = draw(st.integers(1, 30)) if last < 365 else 0
    row["revenue_12m"] = draw(ties | money)
    row["revenue_prev_12m"] = draw(ties | money)
    return row


portfolios = st.lists(accounts(), max_size=25)


class AnalysisCase(unittest.TestCase):
    def setUp(self):
        super().setUp()
        caught = warnings.catch_warnings()
        caught.__enter__()
        self.addCleanup(caught.__exit__, None, None, None)
        warnings.simplefilter("error")
