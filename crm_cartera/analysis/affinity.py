"""How closely an account is linked with the company: a score of 0 to 100 out of five parts.

Source of the definitions: docs/metrics.md, section "Linkage". All arrays are float64 of shape
(accounts,); NaN = none.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np

from .arrays import Floats, divide, to_day
from .policy import Policy, months_before

#: The parts, in the order in which they are told.
PARTS = ("wallet", "breadth", "tenure", "interaction", "payment")
HIGHEST = 100
#: Decimals that are kept of a score before it is rounded: a half must not depend on the last bit.
DIGITS = 9


class Figures(NamedTuple):
    """What the parts are made of.

    Attributes
    ----------
    share_of_wallet
        Revenue of the window / purchase potential.
    revenue_12m, receivable, overdue
        Money.
    categ_count, interaction_count_12m
        Categories bought, and interactions, in the window.
    tenure_days
        Days since the first purchase.
    days_to_pay
        Days from invoice to payment.
    """

    share_of_wallet: Floats
    revenue_12m: Floats
    categ_count: Floats
    tenure_days: Floats
    interaction_count_12m: Floats
    days_to_pay: Floats
    receivable: Floats
    overdue: Floats


def get_parts(figures: Figures, policy: Policy, as_of: date) -> dict[str, Floats]:
    """Return each part as a share (0..1) of what it may reach at most.

    Parameters
    ----------
    figures : Figures
        Of accounts that have bought.
    policy : Policy
    as_of : date
        The day on which the years of a client are counted.

    Returns
    -------
    dict of PARTS to float64 array, shape (accounts,)
        NaN where there is nothing to say: no potential, revenue that no category explains, no first
        purchase, no payment.
    """
    return {
        "wallet": np.clip(figures.share_of_wallet, 0.0, 1.0),
        "breadth": _get_breadth(figures, policy),
        "tenure": np.clip(figures.tenure_days / get_full_tenure(policy, as_of), 0.0, 1.0),
        "interaction": np.clip(
            figures.interaction_count_12m / policy.affinity_interaction_count, 0.0, 1.0
        ),
        "payment": _get_payment(figures, policy),
    }


def get_full_tenure(policy: Policy, as_of: date) -> int:
    """Return the days from which on a client cannot be linked closer by being one for longer."""
    day = date(as_of.year, as_of.month, as_of.day)
    start = months_before(day, policy.affinity_tenure_months)
    return max(1, int((to_day(day) - to_day(start)).astype(np.int64)))


def get_overdue_share(figures: Figures) -> Floats:
    """Return the share (0..1) of what is owed that is overdue; 0 if nothing is."""
    return np.clip(np.nan_to_num(divide(figures.overdue, figures.receivable)), 0.0, 1.0)


def _get_breadth(figures: Figures, policy: Policy) -> Floats:
    """Categories against those that count as all.

    Lines without a product have no category: revenue without any category says nothing.
    """
    breadth = np.clip(figures.categ_count / policy.affinity_categ_count, 0.0, 1.0)
    revenue = figures.revenue_12m
    unknown = np.isnan(revenue) | ((revenue > 0) & ~(figures.categ_count > 0))
    return np.where(unknown, np.nan, breadth)


def _get_payment(figures: Figures, policy: Policy) -> Floats:
    """Days to pay between the two limits, less the share of what is owed that is overdue.

    Who has paid nothing yet, and owes nothing that is overdue, has not shown how he pays.
    """
    good, bad = policy.affinity_pay_good_days, policy.affinity_pay_bad_days
    speed = np.clip((bad - figures.days_to_pay) / (bad - good), 0.0, 1.0)
    overdue = get_overdue_share(figures)
    late = np.where(overdue > 0, 1.0 - overdue, np.nan)
    return np.where(np.isnan(speed), late, speed * (1.0 - overdue))


def get_weights(parts: dict[str, Floats], policy: Policy) -> dict[str, Floats]:
    """Return the weight of each part out of 100, those that are none left out.

    Zero for a part that is none; NaN everywhere for an account of which no part counts.
    """
    given = {name: float(getattr(policy, f"affinity_{name}_weight")) for name in PARTS}
    known = {name: np.where(np.isnan(parts[name]), 0.0, given[name]) for name in PARTS}
    total = np.sum([known[name] for name in PARTS], axis=0)
    return {name: divide(HIGHEST * known[name], total) for name in PARTS}


def get_scores(parts: dict[str, Floats], policy: Policy) -> Floats:
    """Return the scores, whole numbers of 0 to 100, halves rounded up; NaN if no part counts.

    Whole ones, as a score that grew by a hundredth every night would be written every night.
    """
    weights = get_weights(parts, policy)
    points = [weights[name] * np.nan_to_num(parts[name]) for name in PARTS]
    scores: Floats = np.floor(np.round(np.sum(points, axis=0), DIGITS) + 0.5)
    return scores
