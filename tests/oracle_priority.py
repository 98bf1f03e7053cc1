"""The priority, naively: pair by pair in fractions, as docs/metrics.md says it."""

import math
from fractions import Fraction
from statistics import median
from types import SimpleNamespace

HALF = Fraction(1, 2)
FALLEN = ("at_risk", "inactive", "lost")
URGENCIES = ("action", "no_action", "expected", "retention", "lead", "receivable")
VALUES = ("potential", "pipeline", "risk")


def above_zero(number):
    return max(Fraction(0), Fraction(number or 0))


def as_stake(account):
    """Return the money that an :class:`~.oracle_account.Account` is about."""
    return SimpleNamespace(
        potential=account.typed.potential and Fraction(repr(account.typed.potential))
        if account.typed
        else None,
        revenue_12m=account.revenue_12m,
        revenue_prev_12m=account.revenue_prev_12m,
        pipeline=account.pipeline,
        overdue=account.overdue,
    )


def amounts(account, status):
    """Return {part: money a year} of what is at stake, before the criteria weigh it."""
    bought, before = above_zero(account.revenue_12m), above_zero(account.revenue_prev_12m)
    return {
        "potential": above_zero(above_zero(account.potential) - bought),
        "pipeline": above_zero(account.pipeline),
        "risk": max(bought, before) if status in FALLEN else Fraction(0),
    }


def money(account, status, limit):
    return {
        name: amount * limit(f"priority_weight_{name}") / 100
        for name, amount in amounts(account, status).items()
    }


def references(accounts, limit):
    """Return (usual value at stake, usual overdue amount) of [(account, retention status)]."""
    values = [sum(money(account, status, limit).values()) for account, status in accounts]
    owed = [above_zero(account.overdue) for account, _status in accounts]
    return tuple(median(filter(None, some)) if any(some) else None for some in (values, owed))


def share(amount, usual):
    """Return amount / (amount + the usual one); one that is alone is usual."""
    return amount / (amount + (amount if usual is None else Fraction(usual))) if amount else amount


def ramp(day, as_of, full):
    if day is None or day > as_of:
        return Fraction(0)
    return HALF + HALF * min(Fraction((as_of - day).days, full), 1)


def urgencies(account, judged, as_of, limit, usual_overdue):
    """Return {reason: how urgent it alone makes the account, 0..1}."""
    late = Fraction(0)
    expected = judged["expected_purchase_date"]
    if expected and expected < as_of:
        late = min(Fraction((as_of - expected).days) / Fraction(judged["rhythm_days"]), 1)
    status = judged["retention_status"]
    shares = {
        "action": ramp(account.next_action_date, as_of, limit("priority_action_days")),
        "no_action": Fraction(account.next_action_date is None),
        "expected": late,
        "retention": Fraction(FALLEN.index(status) + 1, 3) if status in FALLEN else Fraction(0),
        "lead": ramp(account.unanswered_lead_date, as_of, limit("priority_lead_days")),
        "receivable": share(above_zero(account.overdue), usual_overdue),
    }
    return {name: part * limit(f"priority_weight_{name}") / 100 for name, part in shares.items()}


def left_by_contacts(account, limit):
    most = limit("contact_limit_count")
    if not most or account.contact_count < most:
        return Fraction(1)
    return Fraction(1, account.contact_count - most + 2)


def points(account, judged, as_of, limit, usual):
    """Return {part: points}: each pair of a reason and an amount is halved between the two."""
    urgent = urgencies(account, judged, as_of, limit, usual[1])
    left = Fraction(1)
    for part in urgent.values():
        left *= 1 - part
    whole = sum(urgent.values())
    stake = money(account, judged["retention_status"], limit)
    total = sum(stake.values())
    scaled = share(total, usual[0])
    base = Fraction(limit("priority_weight_base"), 100)
    found = dict.fromkeys((*URGENCIES, *VALUES), Fraction(0))
    for reason, part in urgent.items():
        if not part:
            continue
        urgency = (1 - left) * part / whole
        found[reason] += urgency * base
        for name, amount in stake.items():
            if amount:
                pair = urgency * (1 - base) * scaled * amount / total
                found[reason] += pair / 2
                found[name] += pair / 2
    kept = 100 * left_by_contacts(account, limit)
    return {name: part * kept for name, part in found.items()}


def priority(account, judged, as_of, limit, usual) -> dict:
    """Return the priority and what to do: both None for an archived account, nothing for 0."""
    if not account.active:
        return {"priority": None, "suggested_action": None}
    given = points(account, judged, as_of, limit, usual)
    score = math.floor(sum(given.values()) + HALF)
    largest = max(given, key=lambda name: round(given[name], 9))
    action = act(largest, account, judged["retention_status"]) if score else None
    return {"priority": score, "suggested_action": action}


def act(part, account, status):
    """Return what the largest part asks for."""
    if part in ("retention", "risk"):
        return "visit" if status == "at_risk" else "reactivate"
    if part == "action" and account.next_action_model == "calendar.event":
        return "visit"
    return {
        "action": "call",
        "no_action": "call",
        "lead": "call",
        "expected": "offer",
        "pipeline": "offer",
        "receivable": "payment",
        "potential": "visit",
    }[part]
