"""Retention status of accounts that bought: it moves both ways, the lifecycle only forward.

Source of the definitions: docs/metrics.md, section "Retention status".
"""

from __future__ import annotations

from datetime import date

import numpy as np

from .arrays import Days, Floats, Texts, get_days_between, to_day
from .policy import Policy, months_before

NEW, ACTIVE, AT_RISK = "new", "active", "at_risk"
INACTIVE, LOST, RECOVERED = "inactive", "lost", "recovered"


def get_statuses(
    first: Days, last: Days, previous: Days, rhythms: Floats, policy: Policy, as_of: date
) -> Texts:
    """Return the retention status of each account.

    Parameters
    ----------
    first, last, previous : datetime64[D] array, shape (accounts,)
        First and last purchase day, and the latest one strictly before the last; NaT = none.
    rhythms : float64 array, shape (accounts,)
        Days.
    as_of : date
        The day of the judgement; no purchase day is later.

    Returns
    -------
    object array, shape (accounts,)
        The first that holds, with t = days since the last purchase / rhythm: None (no purchase),
        recovered (last purchase recent, and the gap before it / rhythm above its limit), new (first
        purchase recent, and t within its limit), lost (t above its limit, or the last purchase
        before ``as_of`` less ``lost_months``), inactive, at_risk (t above their limits), active.
    """
    day = to_day(as_of)
    recency = get_days_between(last, day)
    t = recency / rhythms
    statuses = np.full(last.shape, ACTIVE, dtype=object)
    # From the last that may hold to the first, so that each overrules those before it. NaN compares
    # as False.
    statuses[t > policy.at_risk_ratio] = AT_RISK
    statuses[t > policy.inactive_ratio] = INACTIVE
    too_old = last < to_day(months_before(as_of, policy.lost_months))
    statuses[(t > policy.lost_ratio) | too_old] = LOST
    is_young = get_days_between(first, day) <= policy.new_days
    statuses[is_young & (t <= policy.new_ratio)] = NEW
    came_back = get_days_between(previous, last) / rhythms > policy.recovered_ratio
    statuses[(recency <= policy.recovered_days) & came_back] = RECOVERED
    statuses[np.isnat(last)] = None
    return statuses
