"""The priority of accounts from their facts and judgements, and what to do about it.

=================  ===================================================================================
largest part       suggested action
=================  ===================================================================================
``action``         ``visit`` if it is a meeting, else ``call``
``no_action``      ``call``
``expected``       ``offer``: what it usually buys
``retention``      ``visit`` at risk, ``reactivate`` inactive or lost
``lead``           ``call``
``receivable``     ``payment``
``potential``      ``visit``: it buys elsewhere what it could buy here
``pipeline``       ``offer``: the one that is waiting for an answer
``risk``           as ``retention``
=================  ===================================================================================

The largest part is the one with most points, the first in this order of equal ones. A priority of 0
asks for nothing.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from . import priority
from .arrays import (
    Floats,
    Texts,
    get_dates,
    get_days_between,
    get_flags,
    get_floats,
    get_texts,
    to_day,
    to_integers,
    to_text,
)
from .calibration import Calibration, read_stakes
from .policy import Policy

CALL, VISIT, OFFER, PAYMENT, REACTIVATE = "call", "visit", "offer", "payment", "reactivate"
#: The action of each part; of `action` and of a fallen account it depends.
ACTIONS = {
    "action": CALL,
    "no_action": CALL,
    "expected": OFFER,
    "retention": VISIT,
    "lead": CALL,
    "receivable": PAYMENT,
    "potential": VISIT,
    "pipeline": OFFER,
    "risk": VISIT,
}
MEETING = "calendar.event"


def judge(
    facts: pd.DataFrame,
    judged: pd.DataFrame,
    calibration: Calibration,
    policy: Policy,
    as_of: date,
) -> pd.DataFrame:
    """Judge how soon to turn to accounts, one or all: each by itself, against the calibration.

    Parameters
    ----------
    facts : DataFrame
        One row per account: ``active`` (bool), what :func:`.calibration.read_stakes` reads,
        ``next_action_date, unanswered_lead_date`` (datetime64, NaT = none), ``next_action_model``
        (object), ``contact_count``.
    judged : DataFrame
        Of :func:`.judgement.judge`, same index.
    calibration : Calibration
    policy : Policy
    as_of : date
        Today: next action and leads are as of now.

    Returns
    -------
    DataFrame
        Same index: ``priority`` (Int64, 0..100; NA for archived accounts) and ``suggested_action``
        (object, None for a priority of 0 or none).
    """
    statuses = get_texts(judged, "retention_status")
    points = priority.get_points(
        read_stakes(facts, statuses),
        read_signals(facts, judged, as_of),
        get_references(calibration),
        policy,
    )
    active = get_flags(facts, "active")
    scores: Floats = np.where(active, priority.get_scores(points), np.nan)
    largest = np.where(scores > 0, priority.get_largest(points), -1)
    parts = np.array([*priority.TERMS, None], dtype=object)[largest]
    actions = get_actions(parts, get_texts(facts, "next_action_model"), statuses)
    columns = {"priority": to_integers(scores), "suggested_action": to_text(actions, facts.index)}
    return pd.DataFrame(columns, index=facts.index)


def get_references(calibration: Calibration) -> priority.References:
    """Return what was learned that is usual in the company."""
    return priority.References(calibration.value_reference, calibration.overdue_reference)


def get_actions(parts: Texts, models: Texts, statuses: Texts) -> Texts:
    """Return the suggested actions of largest parts, next actions' models and retention statuses."""
    actions = np.array([ACTIONS.get(part) for part in parts], dtype=object)
    actions[(parts == "action") & (models == MEETING)] = VISIT
    fallen = np.isin(parts.astype(str), ("retention", "risk"))
    actions[fallen & (priority.get_fallen(statuses) > 1)] = REACTIVATE
    return actions


def read_signals(facts: pd.DataFrame, judged: pd.DataFrame, as_of: date) -> priority.Signals:
    """Return what makes accounts urgent; ``facts`` and ``judged`` as :func:`judge` takes them."""
    day = to_day(as_of)
    return priority.Signals(
        action_days=get_days_between(get_dates(facts, "next_action_date"), day),
        expected_days=get_days_between(get_dates(judged, "expected_purchase_date"), day),
        rhythm_days=get_floats(judged, "rhythm_days"),
        lead_days=get_days_between(get_dates(facts, "unanswered_lead_date"), day),
        contact_count=get_floats(facts, "contact_count"),
    )
