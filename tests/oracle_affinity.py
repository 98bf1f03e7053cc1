"""The linkage score of one account, in fractions: part by part as docs/metrics.md says it."""

import math
from fractions import Fraction

from dateutil.relativedelta import relativedelta


def affinity(account, potential):
    """Return the score of an :class:`~.oracle_account.Account`; None if it never bought."""
    if account.last_purchase_date is None:
        return None
    limit = account.ledger.limit
    parts = {
        "wallet": _wallet(account, potential),
        "breadth": _breadth(account, limit("affinity_categ_count")),
        "tenure": _tenure(account, limit("affinity_tenure_months")),
        "interaction": _up_to_one(
            Fraction(account.interaction_count_12m, limit("affinity_interaction_count"))
        ),
        "payment": _payment(
            account, limit("affinity_pay_good_days"), limit("affinity_pay_bad_days")
        ),
    }
    known = {name: part for name, part in parts.items() if part is not None}
    weights = {name: limit(f"affinity_{name}_weight") for name in known}
    if not sum(weights.values()):
        return None
    score = sum(part * weights[name] for name, part in known.items()) / sum(weights.values())
    return math.floor(score * 100 + Fraction(1, 2))


def _up_to_one(share):
    return max(Fraction(0), min(Fraction(1), share))


def _wallet(account, potential):
    if account.revenue_12m is None or not potential or potential <= 0:
        return None
    return _up_to_one(Fraction(account.revenue_12m) / Fraction(potential))


def _breadth(account, full):
    if account.revenue_12m is None or (account.revenue_12m > 0 and not account.categ_count):
        return None
    return _up_to_one(Fraction(account.categ_count, full))


def _tenure(account, months):
    if account.first_purchase_date is None:
        return None
    whole = (account.as_of - (account.as_of - relativedelta(months=months))).days
    return _up_to_one(Fraction((account.as_of - account.first_purchase_date).days, whole))


def _payment(account, good, bad):
    overdue = Fraction(0)
    if account.receivable is not None and account.receivable > 0:
        overdue = _up_to_one(Fraction(account.overdue or 0) / Fraction(account.receivable))
    if account.days_to_pay is None:
        return 1 - overdue if overdue else None
    days = Fraction(repr(account.days_to_pay))
    return _up_to_one((bad - days) / (bad - good)) * (1 - overdue)
