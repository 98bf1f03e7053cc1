"""Retention status on tables one can check by hand, and its properties."""

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from .analysis_case import TODAY, AnalysisCase, accounts, ago, judge, learn, policy, table, values

#: From well to lost: time without purchase only goes up.
RANK = {"recovered": 0, "new": 0, "active": 0, "at_risk": 1, "inactive": 2, "lost": 3}


def status(last, rhythm=20.0, first=2000, previous=None, day=TODAY, rules=None):
    """Judge one account; days ago, seen from TODAY."""
    facts = table(
        {
            "first_purchase_date": ago(first),
            "last_purchase_date": ago(last),
            "previous_purchase_date": None if previous is None else ago(previous),
            "rhythm_own": rhythm,
        }
    )
    more = {} if rules is None else {"rules": rules}
    return judge(facts, day=day, **more).loc[1, "retention_status"]


class TestStatus(AnalysisCase):
    def test_limits_by_rhythm(self):
        # Rhythm 20: above 30, 60, 120 days.
        found = [status(days) for days in (0, 30, 31, 60, 61, 120, 121)]
        self.assertEqual(
            found, ["active", "active", "at_risk", "at_risk", "inactive", "inactive", "lost"]
        )

    def test_lost_by_months(self):
        # 24 months before 30 June 2024: 30 June 2022, 731 days ago.
        self.assertEqual(status(731, rhythm=400.0), "at_risk")
        self.assertEqual(status(732, rhythm=400.0), "lost")
        self.assertEqual(status(700, rhythm=500.0), "active")

    def test_months_end_with_the_month(self):
        day = datetime.date(2024, 2, 29)  # 24 months before: 28 February 2022
        for last, expected in (((2022, 2, 28), "active"), ((2022, 2, 27), "lost")):
            days = (TODAY - datetime.date(*last)).days
            self.assertEqual(status(days, rhythm=700.0, first=3000, day=day), expected)

    def test_new(self):
        self.assertEqual(status(60, first=90), "new")
        self.assertEqual(status(60, first=91), "at_risk")
        self.assertEqual(status(61, first=90), "inactive")  # longer than three rhythms
        self.assertEqual(status(0, first=0), "new")

    def test_recovered(self):
        # The gap before the last purchase, of more than three rhythms: 60 days.
        self.assertEqual(status(10, previous=71), "recovered")
        self.assertEqual(status(10, previous=70), "active")
        self.assertEqual(status(10, previous=None), "active")
        self.assertEqual(status(90, previous=500), "recovered")
        self.assertEqual(status(91, previous=500), "inactive")

    def test_order(self):
        # Recovered before new, and before what the rhythm alone would say.
        self.assertEqual(status(5, first=80, previous=80, rhythm=20.0), "recovered")
        self.assertEqual(status(85, first=400, previous=400, rhythm=7.0), "recovered")
        # New before lost: three rhythms are no more than 24 months, whatever the policy's months.
        rules = policy.Policy(lost_months=1)
        self.assertEqual(status(50, first=60, rules=rules), "new")

    def test_limits_are_policy(self):
        rules = policy.Policy(at_risk_ratio=1.2, inactive_ratio=2, lost_ratio=3, lost_months=2)
        # 24 days are 1.2 rhythms, which no float says exactly.
        found = [status(days, rules=rules) for days in (24, 25, 40, 41, 60, 61)]
        expected = ["active", "at_risk", "at_risk", "inactive", "inactive", "lost"]
        self.assertEqual(found, expected)
        self.assertEqual(status(62, rhythm=100.0, rules=rules), "lost")

    def test_never_bought(self):
        self.assertEqual(values(judge(table({}, {}))["retention_status"]), [None, None])

    @settings(max_examples=150, deadline=None)
    @given(accounts(), st.integers(0, 900), st.integers(0, 900))
    def test_time_without_purchase_never_improves(self, row, more, even_more):
        facts = table(row)
        found = []
        for days in sorted((0, more, even_more)):
            day = TODAY + datetime.timedelta(days=days)
            found.append(judge(facts, learn(facts), day).loc[1, "retention_status"])
        if row.get("last_purchase_date") is None:
            self.assertEqual(found, [None] * 3)
        else:
            ranks = [RANK[one] for one in found]
            self.assertEqual(ranks, sorted(ranks))

    @settings(max_examples=150, deadline=None)
    @given(accounts())
    def test_as_the_definition_says(self, row):
        judged = judge(table(row)).loc[1]
        self.assertEqual(judged["retention_status"], define(row, judged["rhythm_days"]))


def define(row, rhythm):
    """The definition word by word, with the default limits."""
    last, first = row.get("last_purchase_date"), row.get("first_purchase_date")
    if last is None:
        return None
    recency, previous = (TODAY - last).days, row["previous_purchase_date"]
    t, gap = recency / rhythm, (last - previous).days / rhythm if previous else 0
    too_old = last < datetime.date(2022, 6, 30)
    ladder = (
        ("recovered", recency <= 90 and gap > 3),
        ("new", (TODAY - first).days <= 90 and t <= 3),
        ("lost", t > 6 or too_old),
        ("inactive", t > 3),
        ("at_risk", t > 1.5),
        ("active", True),
    )
    return next(name for name, holds in ladder if holds)
