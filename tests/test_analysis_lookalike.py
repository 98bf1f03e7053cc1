"""What distinguishes accounts, and which others are like them: by hand and for any portfolio."""

import math
import random
from collections import Counter

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

try:
    from odoo.addons.crm_cartera.analysis import lookalike
except ImportError:  # pure run, without Odoo
    from crm_cartera.analysis import lookalike

from .analysis_case import AnalysisCase


def count(*rows):
    columns = ["trait", "value", "some", "all"]
    frame = pd.DataFrame(rows, columns=columns).astype({"trait": object})
    return frame.astype(dict.fromkeys(columns[1:], "int64"))


def own(*rows):
    frame = pd.DataFrame(rows, columns=["account", "trait", "value"]).astype({"trait": object})
    return frame.astype({"account": "int64", "value": "int64"})


class TestWeights(AnalysisCase):
    COUNTS = (
        ("country", 1, 8, 20),
        ("country", 2, 2, 80),
        ("industry", 7, 2, 2),
        ("industry", 8, 2, 10),
    )

    def test_by_hand(self):
        weighed = lookalike.weigh(count(*self.COUNTS)).set_index(["trait", "value"])
        spain = weighed.loc[("country", 1)]
        self.assertEqual(spain[["some_share", "all_share", "lift"]].tolist(), [0.8, 0.2, 4])
        # Eight of ten, with five more of which one is there: 9 of 15 against 0.2.
        self.assertAlmostEqual(spain["weight"], math.log(9 / 15 / 0.2), places=8)
        france = weighed.loc[("country", 2)]
        self.assertAlmostEqual(france["weight"], math.log(6 / 15 / 0.8), places=8)
        self.assertEqual(weighed.loc[("industry", 7), "weight"], 0, "two accounts say nothing")
        self.assertEqual(weighed.loc[("industry", 7), "lift"], 3)

    def test_marks(self):
        marks = lookalike.get_marks(lookalike.weigh(count(*self.COUNTS)))
        self.assertEqual(marks[["trait", "value"]].to_numpy().tolist(), [["country", 1]])

    def test_nobody(self):
        for rows in ((), (("country", 1, 0, 5), ("country", 2, 0, 3))):
            weighed = lookalike.weigh(count(*rows))
            self.assertTrue((weighed["weight"] == 0).all())
            self.assertTrue(weighed["lift"].isna().all())
            self.assertTrue(lookalike.get_marks(weighed).empty)
            self.assertTrue(lookalike.rank(own((1, "country", 1)), weighed).empty)

    def test_who_is_like_them(self):
        weighed = lookalike.weigh(count(*self.COUNTS))
        has = own(
            (5, "country", 2), (4, "country", 1), (3, "country", 1), (3, "industry", 7), (2, "x", 1)
        )
        likeness = lookalike.rank(has, weighed)
        self.assertEqual(likeness.to_dict(), {3: 100, 4: 100, 5: 0})
        self.assertEqual(list(likeness.index), [3, 4, 5])

    def test_the_best_of_several_values_counts(self):
        weighed = lookalike.weigh(count(("interest", 1, 9, 10), ("interest", 2, 1, 40)))
        has = own((1, "interest", 2), (1, "interest", 1))
        self.assertEqual(lookalike.rank(has, weighed).to_dict(), {1: 100})
        reasons = lookalike.explain(has, weighed)
        self.assertEqual(reasons[["account", "value"]].to_numpy().tolist(), [[1, 1]])


#: Portfolios are drawn slowly where the machine has other work.
EASY = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
TRAITS = ("country", "industry", "interest")
people = st.lists(
    st.fixed_dictionaries(
        {"some": st.booleans(), **{name: st.none() | st.integers(1, 3) for name in TRAITS}}
    ),
    max_size=40,
)


def tally(accounts):
    counts = Counter(
        (trait, account[trait], account["some"])
        for account in accounts
        for trait in TRAITS
        if account[trait] is not None
    )
    values = sorted({key[:2] for key in counts})
    found = [(key, counts[(*key, True)], counts[(*key, False)]) for key in values]
    return count(*((*key, some, some + others) for key, some, others in found))


def spread(accounts):
    return own(
        *(
            (number, trait, account[trait])
            for number, account in enumerate(accounts)
            for trait in TRAITS
            if account[trait] is not None
        )
    )


class TestAnyPortfolio(AnalysisCase):
    @EASY
    @given(people, people)
    def test_bounds(self, known, others):
        weighed = lookalike.weigh(tally(known))
        self.assertTrue(weighed["weight"].between(-10, 10).all())
        likeness = lookalike.rank(spread(others), weighed)
        self.assertTrue(likeness.between(0, 100).all())
        self.assertTrue(likeness.is_monotonic_decreasing)

    @EASY
    @given(people, people)
    def test_as_counted_one_by_one(self, known, others):
        weighed = lookalike.weigh(tally(known))
        found = lookalike.rank(spread(others), weighed)
        expected = {
            number: like
            for number, account in enumerate(others)
            if (like := naive(account, known)) is not None
        }
        self.assertEqual(set(found.index), set(expected))
        for number, like in expected.items():
            self.assertAlmostEqual(found[number], like, places=5)

    @EASY
    @given(people, people, st.integers(0, 99))
    def test_in_any_order(self, known, others, seed):
        weighed, has = lookalike.weigh(tally(known)), spread(others)
        shuffled = has.sample(frac=1, random_state=seed)
        random.Random(seed).shuffle(known)
        again = lookalike.rank(shuffled, lookalike.weigh(tally(known)))
        pd.testing.assert_series_equal(lookalike.rank(has, weighed), again)


def naive(account, known):
    """Return the likeness of one account, each value counted anew; None if nothing counts."""
    total, highest, counts = 0.0, 0.0, False
    for trait in TRAITS:
        weights = {value: naive_weight(trait, value, known) for value in (1, 2, 3)}
        highest += max(0, *(weight or 0 for weight in weights.values()))
        weight = weights.get(account[trait])
        if weight:
            total, counts = total + weight, True
    if not counts:
        return None
    return min(100, max(0, 100 * total / highest)) if highest else 0


def naive_weight(trait, value, known):
    everybody = [account for account in known if account[trait] is not None]
    some = [account for account in everybody if account["some"]]
    with_it = [account for account in everybody if account[trait] == value]
    hits = sum(account["some"] for account in with_it)
    if not with_it or max(hits, len(some) * len(with_it) / len(everybody)) < 3:
        return None
    usual = len(with_it) / len(everybody)
    return round(math.log((hits + 5 * usual) / (len(some) + 5) / usual), 9)
