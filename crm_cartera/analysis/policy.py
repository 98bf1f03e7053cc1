"""What a company decides: windows and limits of the judgement.

Source of the definitions: docs/metrics.md; each limit is a setting of ``cartera.policy``.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Policy:
    """Windows and limits, with their defaults.

    Attributes
    ----------
    window_months : int
        Months of the window that figures "of 12 months" look at.
    rhythm_floor_days, rhythm_default_days : int
        No rhythm is shorter than the first (days); the second (days) is used where neither the
        account nor the company has a rhythm.
    rhythm_min_days : int
        Purchase days from which an account has a rhythm of its own.
    abc_a_limit, abc_b_limit : float
        Cumulative share of revenue (0..1) up to which accounts are A, and B.
    new_days, new_ratio
        New: first purchase at most so many days ago, and no longer without purchase than so many
        rhythms.
    recovered_days, recovered_ratio
        Recovered: last purchase at most so many days ago, after a gap of more than so many rhythms.
    at_risk_ratio, inactive_ratio, lost_ratio : float
        Rhythms without purchase above which an account is at risk, inactive, lost.
    lost_months : int
        Months without purchase after which an account is lost whatever its rhythm.
    affinity_wallet_weight, ..., affinity_payment_weight : int
        How much the parts of the linkage score weigh, against each other.
    affinity_categ_count, affinity_tenure_months, affinity_interaction_count : int
        Categories, months as a client and interactions of the window from which on a part is full.
    affinity_pay_good_days, affinity_pay_bad_days : int
        Who pays within the first has the whole part, who pays after the second has nothing of it.
    """

    window_months: int = 12
    rhythm_floor_days: int = 7
    rhythm_default_days: int = 60
    rhythm_min_days: int = 3
    abc_a_limit: float = 0.80
    abc_b_limit: float = 0.95
    new_days: int = 90
    new_ratio: float = 3.0
    recovered_days: int = 90
    recovered_ratio: float = 3.0
    at_risk_ratio: float = 1.5
    inactive_ratio: float = 3.0
    lost_ratio: float = 6.0
    lost_months: int = 24
    affinity_wallet_weight: int = 30
    affinity_breadth_weight: int = 20
    affinity_tenure_weight: int = 15
    affinity_interaction_weight: int = 15
    affinity_payment_weight: int = 20
    affinity_categ_count: int = 5
    affinity_tenure_months: int = 60
    affinity_interaction_count: int = 12
    affinity_pay_good_days: int = 30
    affinity_pay_bad_days: int = 90


def months_before(day: date, months: int) -> date:
    """Return the same day so many months earlier, or the last of that month if it is shorter.

    As ``dateutil.relativedelta`` counts: 31 March less one month is 28 (29) February. Nothing is
    before ``date.min``.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
