"""Why an account has its linkage score: what each part gave, and of how much.

The codes and their parameters are those of the table in :mod:`.reasons`.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from . import affinity
from .figures import Account, Param

Said = tuple[str, dict[str, Param]]


def explain(account: Account) -> Iterator[Said]:
    """Yield (code, parameters): the score, then its parts; nothing for an account without score."""
    score = account.get_number("affinity_score")
    if score is None:
        return
    policy = account.policy
    figures = _get_figures(account)
    parts = affinity.get_parts(figures, policy, account.as_of)
    weights = affinity.get_weights(parts, policy)
    given = {name: int(getattr(policy, f"affinity_{name}_weight")) for name in affinity.PARTS}
    known = sum(given[name] for name in given if not np.isnan(parts[name][0]))
    yield "affinity_score", {"score": score, "known": known / sum(given.values())}
    for name, (code, params) in _get_details(figures, account).items():
        weight = float(weights[name][0])
        if weight > 0:
            yield code, {**params, "points": weight * float(parts[name][0]), "of": weight}


def _get_figures(account: Account) -> affinity.Figures:
    """Return what the parts are made of, as arrays of one."""
    first = account.get_day("first_purchase_date")
    numbers = {name: account.get_number(name) for name in affinity.Figures._fields}
    numbers["tenure_days"] = None if first is None else account.get_days_since(first)
    return affinity.Figures(
        **{name: np.array([number], dtype=np.float64) for name, number in numbers.items()}
    )


def _get_details(figures: affinity.Figures, account: Account) -> dict[str, Said]:
    """Return what each part says, in their order."""
    policy = account.policy
    figure = {name: float(values[0]) for name, values in figures._asdict().items()}
    categories, interactions = policy.affinity_categ_count, policy.affinity_interaction_count
    days = affinity.get_full_tenure(policy, account.as_of)
    count = figure["interaction_count_12m"]
    return {
        "wallet": ("affinity_wallet", {"share": figure["share_of_wallet"]}),
        "breadth": ("affinity_breadth", {"count": figure["categ_count"], "full": categories}),
        "tenure": ("affinity_tenure", {"days": figure["tenure_days"], "full": days}),
        "interaction": ("affinity_interaction", {"count": count, "full": interactions}),
        "payment": _get_payment(figures, account),
    }


def _get_payment(figures: affinity.Figures, account: Account) -> Said:
    """Return what is said of the payment: the days, what is overdue, or both."""
    days, policy = float(figures.days_to_pay[0]), account.policy
    overdue = float(affinity.get_overdue_share(figures)[0])
    late: dict[str, Param] = {"overdue_share": overdue}
    if np.isnan(days):
        return "affinity_payment_overdue", late
    speed: dict[str, Param] = {
        "pay_days": days,
        "good": policy.affinity_pay_good_days,
        "bad": policy.affinity_pay_bad_days,
    }
    return ("affinity_payment_both", speed | late) if overdue else ("affinity_payment_days", speed)
