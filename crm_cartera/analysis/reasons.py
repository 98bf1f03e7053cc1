"""Why an account is judged as it is, as codes and parameters; others put them into words.

Each reason names what decided: the figure, and the limit or cut point that it is beyond or within.

===============================  ==================================================================
code (topic before the colon)    parameters
===============================  ==================================================================
retention:
``retention_recovered``          days, gap_limit, rhythm, source
``retention_new``                first, first_days, limit_days, days, rhythm, source
``retention_lost_ratio``         days, ratio, limit, rhythm, source
``retention_lost_months``        last, days, months
``retention_inactive``           days, ratio, limit, rhythm, source
``retention_at_risk``            days, ratio, limit, rhythm, source
``retention_active``             days, ratio, limit (which it is within), rhythm, source
rhythm:
``rhythm_own``                   rhythm
``rhythm_company``               rhythm (the account has too few purchase days), min_days
``rhythm_policy``                rhythm (nobody in the company has enough), min_days
expected:
``expected_next``                expected, days (0 = today)
``expected_overdue``             expected, days (since then)
rfm:
``rfm_recency_up_to`` [1]_       value (days), score, up_to
``rfm_recency_between``          value, score, above, up_to
``rfm_recency_above``            value, score, above
``rfm_recency_alone``            value, score (nobody to compare with)
``rfm_frequency_...``            the same four; value in purchases of the window
``rfm_monetary_...``             the same four; value in money, net revenue of the window
``rfm_before_window``            last, days, months: no purchase in the window, all scores 1
abc:
``abc_revenue_a``                amount, smallest (of class A), limit (cumulative share, 0..1)
``abc_revenue_b``                amount, smallest (of class B), below (smallest of class A), limit
``abc_revenue_c``                amount, below (smallest of class B, or of A without B), limit
``abc_revenue_alone``            amount (nobody to compare with)
abc_margin: [2]_
``abc_margin_...``               the same four, by margin of the window
margin: [2]_
``margin_rate``                  rate, margin, covered (share of revenue with known cost)
trend:
``trend_up``                     trend, revenue, previous
``trend_down``                   trend, revenue, previous
``trend_flat``                   trend (0), revenue, previous
``trend_none``                   revenue, previous (not above zero: no base to compare with)
wallet:
``wallet_share``                 share, revenue, potential
affinity: [3]_
``affinity_score``               score (0..100), known (share of the weights that could be judged)
``affinity_wallet``              share, points, of
``affinity_breadth``             count, full, points, of
``affinity_tenure``              days, full, points, of
``affinity_interaction``         count, full, points, of
``affinity_payment_days``        pay_days, good, bad, points, of
``affinity_payment_overdue``     overdue_share (of what it owes), points, of
``affinity_payment_both``        pay_days, good, bad, overdue_share, points, of
priority: [4]_
``priority_...``                 one of those of :mod:`.priority_reasons`, the largest first
===============================  ==================================================================

``days``, ``first_days``, ``rhythm`` and their limits are days; ``days`` counts from the last
purchase to ``as_of``. ``ratio`` and ``limit`` of retention are in rhythms. ``source`` is ``own``,
``company`` or ``policy``. ``first``, ``last``, ``expected`` are dates. ``trend``, ``rate``, ``share``
``covered``, ``known`` and ``overdue_share`` are ratios (0.1 = 10 %).

.. [1] The four cut points by the side of the value: ``up_to`` the lowest, ``between`` two of them,
   ``above`` the highest. Few days score high.
.. [2] Of :data:`MARGIN_TOPICS`: for those who may see margins.
.. [3] One for each part that is known and weighs anything, with its points out of what it could have;
   ``full`` is from where on it has all of them, ``good`` and ``bad`` from where on all and none.
.. [4] Of figures of today only: no past day has a priority.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from . import affinity_reasons, priority_reasons, retention, rfm
from .calibration import Calibration
from .figures import Account, Param
from .policy import Policy

#: Topics that tell something of margins.
MARGIN_TOPICS = frozenset({"abc_margin", "margin"})


@dataclass(frozen=True)
class Reason:
    """One reason: what it is about, which it is, and its parameters, as the table above says."""

    topic: str
    code: str
    params: dict[str, Param] = field(default_factory=dict)


def explain(
    figures: Mapping[str, object], calibration: Calibration, policy: Policy, as_of: date
) -> list[Reason]:
    """Say why an account is judged as it is.

    Parameters
    ----------
    figures : Mapping
        Figures of one profile by field name, as judged; None or False, or no entry at all: none.
    calibration, policy
        Those of the judgement.
    as_of : date
        The day of the judgement: days are counted up to it.

    Returns
    -------
    list of Reason
        In the order of the table above. Nothing is said of a figure that is none.
    """
    account = Account(figures, calibration, policy, as_of)
    return [
        reason
        for explain_topic in (
            _explain_retention,
            _explain_rhythm,
            _explain_expected,
            _explain_rfm,
            _explain_abc,
            _explain_margin,
            _explain_trend,
            _explain_wallet,
            _explain_affinity,
            _explain_priority,
        )
        for reason in explain_topic(account)
    ]


def _explain_retention(account: Account) -> Iterator[Reason]:
    status = account.get_text("retention_status")
    last, rhythm = account.get_day("last_purchase_date"), account.get_number("rhythm_days")
    if status is None or last is None or not rhythm:
        return
    days = account.get_days_since(last)
    params: dict[str, Param] = {
        "days": days,
        "rhythm": rhythm,
        "source": account.get_text("rhythm_source") or "",
    }
    policy = account.policy
    # An active account is within the limit, the others are beyond theirs.
    limits = {
        retention.ACTIVE: policy.at_risk_ratio,
        retention.AT_RISK: policy.at_risk_ratio,
        retention.INACTIVE: policy.inactive_ratio,
        retention.LOST: policy.lost_ratio,
    }
    if status == retention.RECOVERED:
        params |= {"gap_limit": policy.recovered_ratio * rhythm}
        yield Reason("retention", "retention_recovered", params)
    elif status == retention.NEW:
        yield from _explain_new(account, params)
    elif status == retention.LOST and days / rhythm <= policy.lost_ratio:
        months: dict[str, Param] = {"last": last, "days": days, "months": policy.lost_months}
        yield Reason("retention", "retention_lost_months", months)
    elif status in limits:
        code = "retention_lost_ratio" if status == retention.LOST else f"retention_{status}"
        params |= {"ratio": days / rhythm, "limit": limits[status]}
        yield Reason("retention", code, params)


def _explain_new(account: Account, params: dict[str, Param]) -> Iterator[Reason]:
    first = account.get_day("first_purchase_date")
    if first is not None:
        first_days = account.get_days_since(first)
        params |= {"first": first, "first_days": first_days, "limit_days": account.policy.new_days}
        yield Reason("retention", "retention_new", params)


def _explain_rhythm(account: Account) -> Iterator[Reason]:
    source, rhythm = account.get_text("rhythm_source"), account.get_number("rhythm_days")
    if source is None or rhythm is None:
        return
    params: dict[str, Param] = {"rhythm": rhythm}
    if source != "own":
        params["min_days"] = account.policy.rhythm_min_days
    yield Reason("rhythm", f"rhythm_{source}", params)


def _explain_expected(account: Account) -> Iterator[Reason]:
    expected = account.get_day("expected_purchase_date")
    if expected is not None:
        days = account.get_days_since(expected)
        code = "expected_overdue" if days > 0 else "expected_next"
        yield Reason("expected", code, {"expected": expected, "days": abs(days)})


def _explain_rfm(account: Account) -> Iterator[Reason]:
    last = account.get_day("last_purchase_date")
    if last is None or account.get_text("rfm_score") is None:
        return
    days, learned = account.get_days_since(last), account.calibration
    if not account.get_number("purchase_count_12m"):
        params: dict[str, Param] = {"last": last, "days": days}
        params["months"] = account.policy.window_months
        yield Reason("rfm", "rfm_before_window", params)
        return
    values = (
        ("recency", days, learned.recency_cuts),
        ("frequency", account.get_number("purchase_count_12m"), learned.frequency_cuts),
        ("monetary", account.get_number("revenue_12m"), learned.monetary_cuts),
    )
    for measure, value, cuts in values:
        score = account.get_number(f"rfm_{measure}")
        if score and value is not None:
            yield _explain_score(measure, value, int(score), cuts)


def _explain_score(measure: str, value: float, score: int, cuts: Sequence[float] | None) -> Reason:
    params: dict[str, Param] = {"value": value, "score": score}
    if cuts is None:
        return Reason("rfm", f"rfm_{measure}_alone", params)
    below = rfm.HIGHEST - score if measure == "recency" else score - 1
    if below > 0:
        params["above"] = cuts[below - 1]
    if below < len(cuts):
        params["up_to"] = cuts[below]
    place = "up_to" if below == 0 else "above" if below == len(cuts) else "between"
    return Reason("rfm", f"rfm_{measure}_{place}", params)


def _explain_abc(account: Account) -> Iterator[Reason]:
    learned = account.calibration
    for kind, amount, a_minimum, b_minimum in (
        ("revenue", "revenue_12m", learned.abc_revenue_a, learned.abc_revenue_b),
        ("margin", "margin_12m", learned.abc_margin_a, learned.abc_margin_b),
    ):
        value, letter = account.get_number(amount), account.get_text(f"abc_{kind}")
        if value is not None and letter is not None:
            topic = "abc" if kind == "revenue" else "abc_margin"
            code, params = _explain_class(letter, a_minimum, b_minimum, account.policy)
            yield Reason(topic, f"abc_{kind}_{code}", {"amount": value, **params})


def _explain_class(
    letter: str, a_minimum: float | None, b_minimum: float | None, policy: Policy
) -> tuple[str, dict[str, Param]]:
    """Return the end of the code of a class, and what its limits are."""
    if a_minimum is None and b_minimum is None:
        return "alone", {}
    smallest = {"A": a_minimum, "B": b_minimum}.get(letter)
    # A class may be empty; then the one above it is the next.
    below = {"B": a_minimum, "C": a_minimum if b_minimum is None else b_minimum}.get(letter)
    limit = policy.abc_a_limit if letter == "A" else policy.abc_b_limit
    limits = {"smallest": smallest, "below": below, "limit": limit}
    return letter.lower(), {name: value for name, value in limits.items() if value is not None}


def _explain_margin(account: Account) -> Iterator[Reason]:
    rate, margin = account.get_number("margin_rate"), account.get_number("margin_12m")
    covered = account.get_number("margin_covered_rate")
    if rate is not None and margin is not None and covered:
        params: dict[str, Param] = {"rate": rate, "margin": margin, "covered": covered}
        yield Reason("margin", "margin_rate", params)


def _explain_trend(account: Account) -> Iterator[Reason]:
    revenue = account.get_number("revenue_12m")
    previous = account.get_number("revenue_prev_12m") or 0.0
    if revenue is None or (previous <= 0 and revenue <= 0):
        return
    params: dict[str, Param] = {"revenue": revenue, "previous": previous}
    if previous <= 0:
        yield Reason("trend", "trend_none", params)
        return
    code = "up" if revenue > previous else "down" if revenue < previous else "flat"
    params["trend"] = (revenue - previous) / previous
    yield Reason("trend", f"trend_{code}", params)


def _explain_wallet(account: Account) -> Iterator[Reason]:
    revenue, potential = account.get_number("revenue_12m"), account.get_number("potential")
    if revenue is not None and potential and potential > 0:
        params: dict[str, Param] = {"revenue": revenue, "potential": potential}
        yield Reason("wallet", "wallet_share", {"share": revenue / potential, **params})


def _explain_affinity(account: Account) -> Iterator[Reason]:
    for code, params in affinity_reasons.explain(account):
        yield Reason("affinity", code, params)


def _explain_priority(account: Account) -> Iterator[Reason]:
    for code, params in priority_reasons.explain(account):
        yield Reason("priority", code, params)
