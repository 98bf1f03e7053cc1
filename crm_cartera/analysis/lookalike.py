"""What distinguishes some accounts from all, and which others are like them.

A *trait* is something that an account has one value of, or several: its country, its industry, what it
buys. Source of the definitions: docs/metrics.md, section "Look-alikes".

The weight of a value is the logarithm of its lift, the evidence that a value gives for being one of
some (Good, I. J., *Probability and the Weighing of Evidence*, 1950); the weights of the traits add up as
if they were independent. A few accounts more or less must not make a value weigh much, so each share
is drawn towards that of all by :data:`PRIOR` accounts that are like all of them.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from .arrays import Floats, divide

#: Fewer accounts than this, found or expected, say nothing.
SUPPORT = 3
#: From this lift on a value is over-represented.
LIFT = 1.2
PRIOR = 5.0
#: Decimals that are kept of a sum of weights, so that equal accounts are equal in any order.
DIGITS = 9
KEYS = ["trait", "value"]


def weigh(counts: pd.DataFrame) -> pd.DataFrame:
    """Compare how often each value occurs among some accounts and among all.

    Parameters
    ----------
    counts : DataFrame
        One row per value that occurs: ``trait`` (object), ``value`` (int64), ``some``, ``all``
        (accounts; the former are part of the latter). Accounts of which a trait is not known are in no
        row of it.

    Returns
    -------
    DataFrame
        The same rows, with ``some_share``, ``all_share`` (0..1, of the accounts of which the trait is
        known; NaN if there are none), ``lift`` (the one over the other) and ``weight`` (0 where there
        are too few accounts to say anything).
    """
    totals = counts.groupby("trait")[["some", "all"]].transform("sum")
    some, known = counts["some"].to_numpy(float), totals["some"].to_numpy(float)
    some_share = divide(some, known)
    all_share = divide(counts["all"].to_numpy(float), totals["all"].to_numpy(float))
    expected = known * all_share
    drawn = divide(divide(some + PRIOR * all_share, known + PRIOR), all_share)
    counted = (np.fmax(some, expected) >= SUPPORT) & (drawn > 0)
    weight = np.zeros(len(counts))
    np.log(drawn, out=weight, where=counted)
    return counts.assign(
        some_share=some_share,
        all_share=all_share,
        lift=divide(some_share, all_share),
        weight=np.round(weight, DIGITS),
    )


def get_marks(weighed: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of :func:`weigh` that are over-represented, what distinguishes most first.

    At least :data:`SUPPORT` accounts, and a lift of at least :data:`LIFT`.
    """
    marks = weighed[(weighed["some"] >= SUPPORT) & (weighed["lift"] >= LIFT)]
    return marks.sort_values(["weight", "some", *KEYS], ascending=[False, False, True, True])


def get_highest(weighed: pd.DataFrame) -> float:
    """Return the sum of weights of an account that has the best value of every trait; 0: none helps."""
    return float(weighed.groupby("trait")["weight"].max().clip(lower=0).sum())


def explain(has: pd.DataFrame, weighed: pd.DataFrame) -> pd.DataFrame:
    """Return what counts of each account: of each trait its best value that is known.

    Parameters
    ----------
    has : DataFrame
        One row per account and value: ``account`` (int64), ``trait``, ``value``. Any order.
    weighed : DataFrame
        As :func:`weigh` returns it.

    Returns
    -------
    DataFrame
        ``account`` and the columns of ``weighed``; at most one row per account and trait, the heaviest
        first. Values that say nothing are left out.
    """
    found = has.merge(weighed[weighed["weight"] != 0], on=KEYS)
    found = found.sort_values(
        ["account", "weight", *KEYS], ascending=[True, False, True, True], ignore_index=True
    )
    return found.drop_duplicates(["account", "trait"], ignore_index=True)


def rank(has: pd.DataFrame, weighed: pd.DataFrame) -> pd.Series[float]:
    """Return how like each account is, 0 to 100, the most alike first; see :func:`explain`.

    100 has the best value of every trait, 0 speaks no more for it than for any other. Accounts of which
    nothing is known that counts are left out. Equal ones stand in the order of ``account``.
    """
    sums = explain(has, weighed).groupby("account")["weight"].sum().round(DIGITS)
    likeness = pd.Series(
        get_likeness(sums.to_numpy(float), get_highest(weighed)), index=sums.index, name="likeness"
    )
    order = np.lexsort((sums.index.to_numpy(), -sums.to_numpy(float)))
    return likeness.iloc[order]


def get_likeness(sums: Floats, highest: float) -> Floats:
    """Return sums of weights as a part of the highest, 0 to 100; 0 for all if nothing helps."""
    if highest <= 0:
        return np.zeros(sums.shape)
    return np.clip(100.0 * sums / highest, 0.0, 100.0)
