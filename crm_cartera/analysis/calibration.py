"""What is learned from the whole portfolio on one day: cut points, limits, concentration."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from . import pareto, priority, retention, rfm, rhythm
from .arrays import Texts, get_dates, get_days_between, get_floats, to_amounts, to_day
from .policy import Policy


@dataclass(frozen=True)
class Calibration:
    """What one account is measured against. None where there was nobody to learn from.

    Attributes
    ----------
    recency_cuts, frequency_cuts, monetary_cuts : tuple of 4 float, or None
        20, 40, 60, 80 % quantiles: days, purchases, money.
    abc_revenue_a, abc_revenue_b, abc_margin_a, abc_margin_b : float or None
        Smallest amount of class A and B, by revenue and by margin.
    median_rhythm : float or None
        Days: the median of the accounts' own rhythms.
    value_reference, overdue_reference : float or None
        Money, medians: of what is at stake per year, of the overdue amounts; of those with any.
    buyer_count : int
        Population of RFM: accounts with a purchase in the window.
    revenue : float
        Sum of the positive revenues of the window.
    top1_share, ..., hhi, gini : float or None
        See :class:`.pareto.Concentration`.
    """

    recency_cuts: rfm.Cuts | None = None
    frequency_cuts: rfm.Cuts | None = None
    monetary_cuts: rfm.Cuts | None = None
    abc_revenue_a: float | None = None
    abc_revenue_b: float | None = None
    abc_margin_a: float | None = None
    abc_margin_b: float | None = None
    median_rhythm: float | None = None
    value_reference: float | None = None
    overdue_reference: float | None = None
    buyer_count: int = 0
    revenue: float = 0.0
    top1_share: float | None = None
    top5_share: float | None = None
    top10_share: float | None = None
    top1pct_share: float | None = None
    top5pct_share: float | None = None
    top10pct_share: float | None = None
    top20pct_share: float | None = None
    hhi: float | None = None
    gini: float | None = None


def calibrate(facts: pd.DataFrame, policy: Policy, as_of: date) -> Calibration:
    """Learn the cut points from all accounts of a company.

    Parameters
    ----------
    facts : DataFrame
        One row per account, all of them: ``last_purchase_date`` (datetime64), ``rhythm_own``
        (days), ``purchase_count_12m``, ``revenue_12m``, ``margin_12m``, and what
        :func:`judge_retention` and :func:`read_stakes` read; missing = none. Any order.
    policy : Policy
    as_of : date
        The day of the facts.

    Returns
    -------
    Calibration
    """
    count = get_floats(facts, "purchase_count_12m")
    bought = count > 0
    recency = get_days_between(get_dates(facts, "last_purchase_date"), to_day(as_of))
    revenue, margin = get_floats(facts, "revenue_12m"), get_floats(facts, "margin_12m")
    limits = policy.abc_a_limit, policy.abc_b_limit
    revenue_a, revenue_b = pareto.get_class_minimums(revenue, *limits)
    margin_a, margin_b = pareto.get_class_minimums(margin, *limits)
    median = rhythm.get_company_median(get_floats(facts, "rhythm_own"), policy)
    usual = _get_usual(facts, median, policy, as_of)
    spread = asdict(pareto.concentration(revenue))
    # Those above zero; what is learned counts the buyers.
    del spread["account_count"]
    return Calibration(
        recency_cuts=rfm.get_cuts(recency[bought]),
        frequency_cuts=rfm.get_cuts(count[bought]),
        monetary_cuts=rfm.get_cuts(to_amounts(revenue[bought])),
        abc_revenue_a=revenue_a,
        abc_revenue_b=revenue_b,
        abc_margin_a=margin_a,
        abc_margin_b=margin_b,
        median_rhythm=median,
        value_reference=usual.value,
        overdue_reference=usual.overdue,
        buyer_count=int(bought.sum()),
        **spread,
    )


def complete(known: Calibration, facts: pd.DataFrame, policy: Policy, as_of: date) -> Calibration:
    """Return a calibration with the references that there was nobody to learn from until now.

    ``facts`` as :func:`calibrate` takes them. What is known stays as it is.
    """
    if None not in (known.value_reference, known.overdue_reference):
        return known
    usual = _get_usual(facts, known.median_rhythm, policy, as_of)
    value, overdue = known.value_reference, known.overdue_reference
    return replace(
        known,
        value_reference=usual.value if value is None else value,
        overdue_reference=usual.overdue if overdue is None else overdue,
    )


def _get_usual(
    facts: pd.DataFrame, median_rhythm: float | None, policy: Policy, as_of: date
) -> priority.References:
    statuses = judge_retention(facts, median_rhythm, policy, as_of)
    return priority.get_references(read_stakes(facts, statuses), policy)


def judge_retention(
    facts: pd.DataFrame, median_rhythm: float | None, policy: Policy, as_of: date
) -> Texts:
    """Return the retention status of accounts; ``facts`` as :func:`.judgement.judge` takes them."""
    last = get_dates(facts, "last_purchase_date")
    own = get_floats(facts, "rhythm_own")
    rhythms, _sources = rhythm.get_rhythms(own, ~np.isnat(last), median_rhythm, policy)
    first, previous = (get_dates(facts, f"{name}_purchase_date") for name in ("first", "previous"))
    return retention.get_statuses(first, last, previous, rhythms, policy, as_of)


def read_stakes(facts: pd.DataFrame, statuses: Texts) -> priority.Stakes:
    """Return what is at stake with accounts of these retention statuses.

    Of ``facts``: ``potential, revenue_12m, revenue_prev_12m, pipeline, overdue``.
    """
    names = ("potential", "revenue_12m", "revenue_prev_12m", "pipeline", "overdue")
    return priority.Stakes(
        **{name: get_floats(facts, name) for name in names},
        fallen=priority.get_fallen(statuses),
    )
