"""Why an account has its priority: its largest parts, as codes and parameters.

===============================  ==================================================================
code                             parameters, each with points
===============================  ==================================================================
``priority_action_overdue``      days (since it was due)
``priority_action_today``
``priority_no_action``
``priority_expected``            days (since the expected purchase)
``priority_at_risk``             days (since the last purchase; the same of the next two)
``priority_inactive``            days
``priority_lost``                days
``priority_lead_waiting``        days (since the oldest unanswered lead came in)
``priority_lead_today``
``priority_receivable``          amount (overdue)
``priority_potential``           amount (a year that is not bought yet)
``priority_pipeline``            amount (expected revenue x probability of the open opportunities)
``priority_risk``                amount (yearly revenue of an account whose retention has fallen)
``priority_contacts``            count, limit, limit_days; points below zero, always told last
===============================  ==================================================================
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from . import priority
from .arrays import Floats
from .figures import Account, Param
from .priority_judgement import get_references

Said = tuple[str, dict[str, Param]]
#: So many parts are told, the contact limit among them.
TOLD = 3


def explain(account: Account) -> Iterator[Said]:
    """Yield (code, parameters) of the largest parts, the largest first; nothing for 0 or none."""
    if not account.get_number("priority"):
        return
    stakes, signals = get_stakes(account), get_signals(account)
    references = get_references(account.calibration)
    points = priority.get_points(stakes, signals, references, account.policy)
    given = {name: round(float(values[0]), priority.DIGITS) for name, values in points.items()}
    lost = given.pop("contacts")
    largest = sorted((name for name in priority.TERMS if given[name] > 0), key=lambda n: -given[n])
    amounts = priority.get_amounts(stakes)
    for name in largest[: TOLD - 1 if lost else TOLD]:
        code, params = _say(name, account, amounts)
        yield code, {**params, "points": given[name]}
    if lost:
        yield "priority_contacts", {**_get_contacts(account), "points": lost}


def get_stakes(account: Account) -> priority.Stakes:
    """Return what is at stake with an account, as arrays of one."""
    status = np.array([account.get_text("retention_status")], dtype=object)
    names = ("potential", "revenue_12m", "revenue_prev_12m", "pipeline", "overdue")
    return priority.Stakes(
        **{name: _to_array(account.get_number(name)) for name in names},
        fallen=priority.get_fallen(status),
    )


def get_signals(account: Account) -> priority.Signals:
    """Return what makes an account urgent, as arrays of one."""
    return priority.Signals(
        action_days=_to_array(_get_days(account, "next_action_date")),
        expected_days=_to_array(_get_days(account, "expected_purchase_date")),
        rhythm_days=_to_array(account.get_number("rhythm_days")),
        lead_days=_to_array(_get_days(account, "unanswered_lead_date")),
        contact_count=_to_array(account.get_number("contact_count")),
    )


def _to_array(number: float | None) -> Floats:
    return np.array([number], dtype=np.float64)


def _get_days(account: Account, name: str) -> int | None:
    day = account.get_day(name)
    return None if day is None else account.get_days_since(day)


def _say(name: str, account: Account, amounts: dict[str, Floats]) -> Said:
    """Return what a part that has points says."""
    if name in amounts:
        return f"priority_{name}", {"amount": float(amounts[name][0])}
    if name == "receivable":
        return "priority_receivable", {"amount": account.get_number("overdue") or 0.0}
    if name == "no_action":
        return "priority_no_action", {}
    if name == "retention":
        days = _get_days(account, "last_purchase_date")
        return f"priority_{account.get_text('retention_status')}", {"days": days or 0}
    return _say_days(name, account)


def _say_days(name: str, account: Account) -> Said:
    """Return what is said of a day that has come: today, or so many days ago."""
    fields = {
        "action": "next_action_date",
        "expected": "expected_purchase_date",
        "lead": "unanswered_lead_date",
    }
    days = _get_days(account, fields[name]) or 0
    codes = {"action": "action_overdue", "expected": "expected", "lead": "lead_waiting"}
    code = codes[name] if days else f"{name}_today"
    return f"priority_{code}", {"days": days} if days else {}


def _get_contacts(account: Account) -> dict[str, Param]:
    return {
        "count": account.get_number("contact_count") or 0,
        "limit": account.policy.contact_limit_count,
        "limit_days": account.policy.contact_limit_days,
    }
