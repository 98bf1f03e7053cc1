"""Whom to turn to first: a score of 0 to 100, what is at stake x how soon somebody must act.

Source of the definitions: docs/metrics.md, section "Priority". All arrays are float64 of shape
(accounts,); NaN = none.

**What is at stake** is money per year, so that its parts can be added. It is made comparable by
``money / (money + reference)``, where the reference is the median of the accounts with anything at
stake: the usual account has 1/2, one with nine times as much 9/10. So equal amounts are equal, more is
never less, nothing reaches the end of the scale, and a single very large account moves nobody else,
as it hardly moves a median (a share of the largest amount, or a high quantile, would follow it).

**Urgency** adds up its reasons as independent chances do: each takes its share of what the others
have left to 1. So it has no end either that two or three reasons reach together, and signs of one
thing, such as a purchase overdue and a falling status, do not count twice in full.

**Points**: a product of two sums is a sum of products of one part of either. Each part gets half of
its products (their Shapley value), urgency the whole of what it has without anything at stake; so the
points of an account are its score, and the larger part has more of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from .arrays import Floats, Integers, Texts, to_amounts
from .policy import Policy

#: What is at stake, and what makes it urgent, in the order in which equal points are told.
VALUES = ("potential", "pipeline", "risk")
URGENCIES = ("action", "no_action", "expected", "retention", "lead", "receivable")
TERMS = (*URGENCIES, *VALUES)
HIGHEST = 100
#: Decimals that are kept of points before they are compared or rounded: not the last bits.
DIGITS = 9
#: How far an account has fallen, by its retention status; the others have not.
STEPS = {"at_risk": 1, "inactive": 2, "lost": 3}


class Stakes(NamedTuple):
    """Money, and how far the account has fallen.

    Attributes
    ----------
    potential, revenue_12m, revenue_prev_12m, pipeline, overdue
        Money; the first three per year.
    fallen
        Steps that the retention status has fallen, see STEPS; 0 for the others.
    """

    potential: Floats
    revenue_12m: Floats
    revenue_prev_12m: Floats
    pipeline: Floats
    overdue: Floats
    fallen: Floats


class Signals(NamedTuple):
    """Days, up to the day of the judgement, and contacts.

    Attributes
    ----------
    action_days
        Since the next action was due, below zero until then; NaN = there is none.
    expected_days
        Since the expected purchase, below zero until then.
    rhythm_days
        Between purchases.
    lead_days
        Since the oldest unanswered lead came in.
    contact_count
        Contacts of the days over which the policy limits them.
    """

    action_days: Floats
    expected_days: Floats
    rhythm_days: Floats
    lead_days: Floats
    contact_count: Floats


class References(NamedTuple):
    """What is usual in the company: medians, money; None where nobody has any.

    Attributes
    ----------
    value
        Of what is at stake, see :func:`get_money`.
    overdue
        Of the overdue amounts.
    """

    value: float | None = None
    overdue: float | None = None


def get_fallen(statuses: Texts) -> Floats:
    """Return how many steps each retention status has fallen, see STEPS."""
    steps = [STEPS.get(status, 0) for status in statuses]
    return np.array(steps, dtype=np.float64)


def get_amounts(stakes: Stakes) -> dict[str, Floats]:
    """Return each part of what is at stake before it is weighed, money per year; 0 for none.

    potential
        What of the purchase potential is not bought yet; credit notes do not make it larger.
    pipeline
        Expected revenue x probability of the open opportunities.
    risk
        The larger revenue of the last two windows, of an account whose retention has fallen.
    """
    bought, before = (_above_zero(f) for f in (stakes.revenue_12m, stakes.revenue_prev_12m))
    risk = np.where(stakes.fallen > 0, np.maximum(bought, before), 0.0)
    return {
        "potential": to_amounts(_above_zero(stakes.potential - bought)),
        "pipeline": to_amounts(_above_zero(stakes.pipeline)),
        "risk": to_amounts(risk),
    }


def get_money(stakes: Stakes, policy: Policy) -> dict[str, Floats]:
    """Return each part of what is at stake as it counts: the policy's percentage of the amount."""
    amounts = get_amounts(stakes)
    return {name: amounts[name] * _get_weight(name, policy) for name in VALUES}


def get_references(stakes: Stakes, policy: Policy) -> References:
    """Learn from all accounts of a company what is usual: medians of those with any."""
    money = _add(get_money(stakes, policy).values())
    return References(_get_median(money), _get_median(_above_zero(stakes.overdue)))


def get_urgencies(
    stakes: Stakes, signals: Signals, usual_overdue: float | None, policy: Policy
) -> dict[str, Floats]:
    """Return how urgent each reason alone makes an account (0..1): its share x its weight.

    action
        Half on the day it is due, all after ``priority_action_days``.
    no_action
        All without a next action.
    expected
        From the expected purchase on, all after one rhythm.
    retention
        A third with each step that the status has fallen.
    lead
        Half on the day the lead came in, all after ``priority_lead_days``.
    receivable
        Overdue amount / (overdue amount + the usual one).
    """
    shares = {
        "action": _ramp(signals.action_days, policy.priority_action_days),
        "no_action": np.isnan(signals.action_days).astype(np.float64),
        "expected": _get_late(signals.expected_days, signals.rhythm_days),
        "retention": stakes.fallen / max(STEPS.values()),
        "lead": _ramp(signals.lead_days, policy.priority_lead_days),
        "receivable": _scale(_above_zero(stakes.overdue), usual_overdue),
    }
    return {name: shares[name] * _get_weight(name, policy) for name in URGENCIES}


def get_limit(signals: Signals, policy: Policy) -> Floats:
    """Return what the contact limit leaves of the priority (0..1): half where it is reached.

    And a third, a quarter, ... with each contact more; 1 below it.
    """
    most = policy.contact_limit_count
    count = np.nan_to_num(signals.contact_count)
    if not most:
        return np.ones_like(count)
    return np.asarray(1.0 / (1.0 + np.maximum(count - most + 1.0, 0.0)), dtype=np.float64)


def get_points(
    stakes: Stakes, signals: Signals, references: References, policy: Policy
) -> dict[str, Floats]:
    """Return the points of each part, and as ``contacts`` those that the contact limit takes away.

    Parameters
    ----------
    stakes : Stakes
    signals : Signals
    references : References
        Of the company's calibration.
    policy : Policy

    Returns
    -------
    dict of (*TERMS, "contacts") to float64 array, shape (accounts,)
        Their sum is the score before it is rounded, 0..100. ``contacts`` is 0 or below.
    """
    money = get_money(stakes, policy)
    urgencies = get_urgencies(stakes, signals, references.overdue, policy)
    total, base = _add(money.values()), _get_weight("base", policy)
    scale = total + (total if references.value is None else references.value)
    urgency, value = _combine(urgencies.values()), _share(total, scale)
    left, half = HIGHEST * get_limit(signals, policy), (1.0 - base) / 2.0
    asked = _share(urgency, _add(urgencies.values()))
    points = {
        **{name: left * urgencies[name] * asked * (base + half * value) for name in URGENCIES},
        **{name: left * urgency * half * _share(money[name], scale) for name in VALUES},
    }
    lost = (left - HIGHEST) * urgency * (base + (1.0 - base) * value)
    return {**{name: points[name] for name in TERMS}, "contacts": lost}


def get_scores(points: dict[str, Floats]) -> Floats:
    """Return the scores, whole numbers of 0 to 100, halves rounded up.

    Whole ones, as a score that grew by a hundredth every night would be written every night.
    """
    total = np.round(_add(points[name] for name in TERMS), DIGITS)
    return np.asarray(np.floor(total + 0.5), dtype=np.float64)


def get_largest(points: dict[str, Floats]) -> Integers:
    """Return the place in TERMS of the part with most points, the first of equal ones; -1 for none."""
    table = np.round(np.array([points[name] for name in TERMS]), DIGITS)
    return np.where(table.max(axis=0) > 0, table.argmax(axis=0), -1).astype(np.int64)


def _get_weight(name: str, policy: Policy) -> float:
    return float(getattr(policy, f"priority_weight_{name}")) / HIGHEST


def _above_zero(amounts: Floats) -> Floats:
    """Return amounts, 0 for those that are none or below zero."""
    return np.maximum(np.nan_to_num(amounts), 0.0)


def _add(columns: Iterable[Floats]) -> Floats:
    """Return the sum, added one by one: numpy adds up one account in another order than many."""
    total: Floats | float = 0.0
    for column in columns:
        total = total + column
    return np.asarray(total, dtype=np.float64)


def _combine(shares: Iterable[Floats]) -> Floats:
    """Return 1 - (1 - a)(1 - b)...: each takes its share of what the others leave."""
    left: Floats | float = 1.0
    for share in shares:
        left = left * (1.0 - share)
    return np.asarray(1.0 - left, dtype=np.float64)


def _ramp(days: Floats, full: int) -> Floats:
    """Return 1/2 on the day itself, 1 from ``full`` days later on; 0 before it, or without one."""
    share = 0.5 + 0.5 * np.minimum(np.nan_to_num(days) / full, 1.0)
    return np.where(days >= 0, share, 0.0)


def _get_late(days: Floats, rhythm: Floats) -> Floats:
    """Return days / rhythm (0..1); 0 without one or the other."""
    return np.minimum(_share(_above_zero(days), np.nan_to_num(rhythm)), 1.0)


def _share(part: Floats, whole: Floats) -> Floats:
    """Return part / whole; 0 where the whole is not above zero."""
    share = np.zeros(np.broadcast(part, whole).shape)
    np.divide(part, whole, out=share, where=whole > 0)
    return share


def _scale(amounts: Floats, reference: float | None) -> Floats:
    """Return amount / (amount + reference); without one the amount is its own: 1/2."""
    return _share(amounts, amounts + (amounts if reference is None else reference))


def _get_median(amounts: Floats) -> float | None:
    """Return the median of those above zero."""
    amounts = amounts[amounts > 0]
    return float(np.median(amounts)) if amounts.size else None
