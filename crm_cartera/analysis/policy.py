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
    priority_weight_potential, priority_weight_pipeline, priority_weight_risk : int
        Percent of these amounts that counts as at stake.
    priority_weight_base : int
        Percent of the priority that urgency gives without anything at stake.
    priority_weight_action, ..., priority_weight_receivable : int
        Percent of urgency that each reason to act gives at most.
    priority_action_days, priority_lead_days : int
        Days after which an overdue action, an unanswered lead, has all of its urgency.
    contact_limit_count, contact_limit_days : int
        From so many contacts in so many days on an account has less priority; 0: no limit.
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
    priority_weight_potential: int = 25
    priority_weight_pipeline: int = 100
    priority_weight_risk: int = 100
    priority_weight_base: int = 25
    priority_weight_action: int = 60
    priority_weight_no_action: int = 20
    priority_weight_expected: int = 25
    priority_weight_retention: int = 30
    priority_weight_lead: int = 70
    priority_weight_receivable: int = 40
    priority_action_days: int = 14
    priority_lead_days: int = 3
    contact_limit_count: int = 8
    contact_limit_days: int = 30


def months_before(day: date, months: int) -> date:
    """Return the same day so many months earlier, or the last of that month if it is shorter.

    As ``dateutil.relativedelta`` counts: 31 March less one month is 28 (29) February. Nothing is
    before ``date.min``.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
