"""What follows from facts, policy and calibration: scores, classes, status."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from . import affinity, pareto, ratios, retention, rfm, rhythm
from .arrays import (
    Flags,
    Floats,
    get_dates,
    get_days_between,
    get_floats,
    to_amounts,
    to_day,
    to_integers,
    to_text,
)
from .calibration import Calibration
from .policy import Policy


def judge(
    facts: pd.DataFrame, calibration: Calibration, policy: Policy, as_of: date
) -> pd.DataFrame:
    """Judge accounts, one or all: each by itself, against the calibration.

    Parameters
    ----------
    facts : DataFrame
        One row per account. Days (datetime64, NaT = none), opening data already in them:
        ``first_purchase_date, last_purchase_date, previous_purchase_date`` (the latest before the
        last). ``rhythm_own`` (days), ``purchase_count_12m``. Money: ``revenue_12m,
        revenue_prev_12m, margin_12m, costed_revenue_12m, costed_base_12m, frozen_base_12m,
        line_base_12m, potential, receivable, overdue``. ``categ_count, interaction_count_12m,
        days_to_pay``. NaN = none.
    calibration : Calibration
    policy : Policy
    as_of : date
        The day of the judgement; ``facts`` hold nothing later.

    Returns
    -------
    DataFrame
        Same index: ``trend, rhythm_days`` (float64), ``rhythm_source`` (object),
        ``expected_purchase_date`` (datetime64[s]), ``rfm_recency, rfm_frequency, rfm_monetary``
        (Int64, 1..5), ``rfm_score, abc_revenue, abc_margin`` (object), ``margin_rate,
        margin_covered_rate, margin_frozen_rate`` (float64), ``retention_status`` (object),
        ``share_of_wallet`` (float64), ``affinity_score`` (Int64, 0..100). Missing = none.
    """
    last = get_dates(facts, "last_purchase_date")
    bought = ~np.isnat(last)
    own = get_floats(facts, "rhythm_own")
    rhythms, sources = rhythm.get_rhythms(own, bought, calibration.median_rhythm, policy)
    revenue = get_floats(facts, "revenue_12m")
    wallet = ratios.get_share_of_wallet(revenue, get_floats(facts, "potential"))
    statuses = retention.get_statuses(
        get_dates(facts, "first_purchase_date"),
        last,
        get_dates(facts, "previous_purchase_date"),
        rhythms,
        policy,
        as_of,
    )
    columns: dict[str, object] = {
        "trend": ratios.get_trend(revenue, get_floats(facts, "revenue_prev_12m")),
        "rhythm_days": rhythms,
        "rhythm_source": to_text(sources, facts.index),
        "expected_purchase_date": rhythm.get_expected(last, rhythms),
        **_judge_rfm(facts, calibration, bought, as_of),
        **_judge_abc(facts, calibration),
        **_judge_margin(facts),
        "retention_status": to_text(statuses, facts.index),
        "share_of_wallet": wallet,
        "affinity_score": _judge_affinity(facts, wallet, bought, policy, as_of),
    }
    return pd.DataFrame(columns, index=facts.index)


def _judge_rfm(
    facts: pd.DataFrame, calibration: Calibration, bought: Flags, as_of: date
) -> dict[str, object]:
    """Return the columns of RFM; ``bought``: ever, opening data included."""
    count = get_floats(facts, "purchase_count_12m")
    recency = get_days_between(get_dates(facts, "last_purchase_date"), to_day(as_of))
    monetary = to_amounts(get_floats(facts, "revenue_12m"))
    lately = count > 0
    scores = {
        "rfm_recency": rfm.get_scores(recency, calibration.recency_cuts, lately, low_is_good=True),
        "rfm_frequency": rfm.get_scores(count, calibration.frequency_cuts, lately),
        "rfm_monetary": rfm.get_scores(monetary, calibration.monetary_cuts, lately),
    }
    texts = rfm.SCORES[tuple(scores.values())]
    texts[~bought] = None
    return {
        **{name: pd.arrays.IntegerArray(values, ~bought) for name, values in scores.items()},
        "rfm_score": to_text(texts, facts.index),
    }


def _judge_abc(facts: pd.DataFrame, calibration: Calibration) -> dict[str, object]:
    by_revenue = pareto.get_classes(
        get_floats(facts, "revenue_12m"), calibration.abc_revenue_a, calibration.abc_revenue_b
    )
    by_margin = pareto.get_classes(
        get_floats(facts, "margin_12m"), calibration.abc_margin_a, calibration.abc_margin_b
    )
    return {
        "abc_revenue": to_text(by_revenue, facts.index),
        "abc_margin": to_text(by_margin, facts.index),
    }


def _judge_margin(facts: pd.DataFrame) -> dict[str, object]:
    costed = get_floats(facts, "costed_base_12m")
    return {
        "margin_rate": ratios.get_margin_rate(
            get_floats(facts, "margin_12m"), get_floats(facts, "costed_revenue_12m")
        ),
        "margin_covered_rate": ratios.get_covered_rate(costed, get_floats(facts, "line_base_12m")),
        "margin_frozen_rate": ratios.get_covered_rate(get_floats(facts, "frozen_base_12m"), costed),
    }


def _judge_affinity(
    facts: pd.DataFrame, wallet: Floats, bought: Flags, policy: Policy, as_of: date
) -> pd.arrays.IntegerArray:
    """Return the linkage score; ``bought``: ever, the others have none."""
    read = ("revenue_12m", "categ_count", "interaction_count_12m", "days_to_pay")
    figures = affinity.Figures(
        share_of_wallet=wallet,
        tenure_days=get_days_between(get_dates(facts, "first_purchase_date"), to_day(as_of)),
        **{name: get_floats(facts, name) for name in (*read, "receivable", "overdue")},
    )
    scores = affinity.get_scores(affinity.get_parts(figures, policy, as_of), policy)
    return to_integers(np.where(bought, scores, np.nan))
