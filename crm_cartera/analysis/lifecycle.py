"""Lifecycle of accounts: prospect, lead or client, as the evidence says.

Source of the definitions: docs/metrics.md, section "Lifecycle".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from .arrays import (
    Days,
    Flags,
    Floats,
    Integers,
    Texts,
    get_dates,
    get_days_between,
    get_flags,
    get_floats,
    get_same,
    is_none,
    to_integers,
    to_second,
    to_text,
)
from .milestones import CLIENT, LEAD, MILESTONES, PROSPECT, Milestone, State, read

RANK = {PROSPECT: 1, LEAD: 2, CLIENT: 3}
#: As arrays, to be picked from by number.
LIFECYCLES: Texts = np.array([PROSPECT, LEAD, CLIENT], dtype=object)
BEFORE: Texts = np.array([None, PROSPECT, LEAD], dtype=object)
#: (kind of evidence, its date, its document); at equal dates the first one counts. What was set by hand
#: comes before the opportunity opened for it on the same day.
LEAD_SOURCES = (("manual", "manual_lead_date", None), ("lead", "first_lead_date", "first_lead_id"))
CLIENT_SOURCES = (
    ("invoice", "first_purchase_day", "first_purchase_id"),
    ("opening", "opening_client_date", None),
)
TRANSITION_COLUMNS = [
    "partner_id",
    "kind",
    "from_lifecycle",
    "to_lifecycle",
    "date",
    "days",
    "evidence",
    "evidence_id",
]
TRANSITION_TEXTS = ("kind", "from_lifecycle", "to_lifecycle", "evidence")


def judge(facts: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Say for each account what it is, since when, and what proves it.

    Parameters
    ----------
    facts : DataFrame
        One row per account, indexed by it. Evidence: ``first_lead_date, manual_lead_date,
        first_purchase_day, opening_client_date`` (datetime64, NaT = never) with
        ``first_lead_id, first_purchase_id`` (Int64). Stored until now: ``lifecycle`` (None = new in
        the portfolio), ``lifecycle_locked`` (bool), ``prospect_date`` and the columns of
        :data:`MILESTONES`.
    as_of : Timestamp
        The day of the judgement; ``facts`` hold nothing later.

    Returns
    -------
    DataFrame
        Same index: ``lifecycle, lifecycle_date, prospect_date`` and the columns of
        :data:`MILESTONES`.

    Notes
    -----
    A lead that came after the account was already a client is no milestone. A locked account keeps
    its stored values, whatever the evidence says.
    """
    lead = _get_earliest(facts, LEAD_SOURCES)
    client = _get_earliest(facts, CLIENT_SOURCES)
    came_later = lead.date > client.date
    if came_later.any():
        lead = _get_never(len(facts)).choose(came_later, lead)
    is_lead, is_client = ~np.isnat(lead.date), ~np.isnat(client.date)
    lifecycle = LIFECYCLES[np.where(is_client, 2, is_lead.astype(np.int64))]
    prospect_date = get_dates(facts, "prospect_date")
    becomes_prospect = ~is_lead & ~is_client & np.isnat(prospect_date)
    prospect_date = np.where(becomes_prospect, to_second(as_of), prospect_date)
    judged = State(lifecycle, prospect_date, lead, client)
    locked = get_flags(facts, "lifecycle_locked")
    if locked.any():
        stored = read(facts)
        judged = stored.choose(locked & ~is_none(stored.lifecycle), judged)
    return _to_frame(facts.index, judged)


def _get_earliest(
    facts: pd.DataFrame, sources: tuple[tuple[str, str, str | None], ...]
) -> Milestone:
    """Return the earliest of several dated sources."""
    best, _kind, documents = _get_never(len(facts))
    # Numbers of the sources, 0 = none: texts in an array are slow.
    kinds = np.zeros(len(facts), dtype=np.int64)
    for number, (_source, day, ref) in enumerate(sources, 1):
        found = get_dates(facts, day)
        wins = ~np.isnat(found) & ~(best <= found)
        best = np.where(wins, found, best)
        kinds[wins] = number
        documents = np.where(wins, get_floats(facts, ref) if ref else np.nan, documents)
    names = np.array([None, *(source for source, _day, _ref in sources)], dtype=object)
    return Milestone(best, names[kinds], documents)


def _get_never(count: int) -> Milestone:
    return Milestone(
        np.full(count, "NaT", dtype="datetime64[s]"),
        np.empty(count, dtype=object),
        np.full(count, np.nan),
    )


def _to_frame(index: pd.Index, judged: State) -> pd.DataFrame:
    """Return a judged state as columns."""
    lead, client = judged.lead.date, judged.client.date
    since = np.where(np.isnat(lead), judged.prospect_date, lead)
    columns: dict[str, object] = {}
    for name, milestone in ((LEAD, judged.lead), (CLIENT, judged.client)):
        date, kind, document = MILESTONES[name]
        columns[date] = milestone.date
        columns[kind] = to_text(milestone.kind, index)
        columns[document] = to_integers(milestone.document)
    columns["lifecycle"] = to_text(judged.lifecycle, index)
    columns["prospect_date"] = judged.prospect_date
    columns["lifecycle_date"] = np.where(np.isnat(client), since, client)
    return pd.DataFrame(columns, index=index)


class Moves(NamedTuple):
    """Some transitions of one kind; arrays of shape (moves,) in :data:`TRANSITION_COLUMNS`' order."""

    partner_id: Integers
    kind: Texts
    from_lifecycle: Texts
    to_lifecycle: Texts
    date: Days
    days: Floats
    evidence: Texts
    evidence_id: Floats


def transitions(facts: pd.DataFrame, judged: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """List the moves that lead from the stored lifecycle to the judged one.

    Parameters
    ----------
    facts, judged : DataFrame
        Input and output of :func:`judge`, same index (the account).
    as_of : Timestamp
        Date of corrections: the day on which the evidence was found missing.

    Returns
    -------
    DataFrame
        :data:`TRANSITION_COLUMNS`, one row per move, in no particular order. ``kind`` is

        - ``forward``: a milestone was reached;
        - ``redated``: reached on another day, or by another document, than was thought;
        - ``correction``: its evidence was taken away;
        - ``dropped``: no longer a milestone, as a later one now comes before it.

        The last three supersede the account's earlier moves to ``to_lifecycle`` (of a correction:
        to ``from_lifecycle``). ``days`` is the time since the milestone before, None without one.
    """
    moved = _get_moved(facts, judged)
    if not moved.any():
        return pd.DataFrame(columns=TRANSITION_COLUMNS)
    stored, new = read(facts, moved), read(judged, moved)
    partners = facts.index.to_numpy()[moved]
    parts = [_enter(partners, stored, new)]
    for name in (LEAD, CLIENT):
        parts += _compare(partners, stored, new, name, to_second(as_of))
    moves = Moves(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))
    if not moves.kind.size:
        return pd.DataFrame(columns=TRANSITION_COLUMNS)
    index = pd.RangeIndex(moves.kind.size)
    texts = {name: to_text(getattr(moves, name), index) for name in TRANSITION_TEXTS}
    numbers = {
        "days": pd.array(moves.days, dtype="Float64"),
        "evidence_id": to_integers(moves.evidence_id),
    }
    return pd.DataFrame({**moves._asdict(), **texts, **numbers}, index=index)


def _get_moved(facts: pd.DataFrame, judged: pd.DataFrame) -> Flags:
    """Tell which accounts are new or have another milestone: nearly always few, often none."""
    moved: Flags = facts["lifecycle"].isna().to_numpy()
    for date, kind, document in MILESTONES.values():
        for name, get in ((date, get_dates), (document, get_floats)):
            moved = moved | ~get_same(get(facts, name), get(judged, name))
        old, new = (frame[kind].to_numpy(dtype=object) for frame in (facts, judged))
        moved |= ~get_same(old, new)
    return moved


def _enter(partners: Integers, stored: State, new: State) -> Moves:
    """Accounts that a person or the policy put into the portfolio, without any evidence yet."""
    entered = is_none(stored.lifecycle) & (new.lifecycle == PROSPECT)
    count = int(entered.sum())
    added = Milestone(
        new.prospect_date, np.full(count, "added", dtype=object), np.full(count, np.nan)
    )
    return Moves(
        partners[entered],
        np.full(count, "forward", dtype=object),
        np.empty(count, dtype=object),
        new.lifecycle[entered],
        added.date[entered],
        added.document,
        added.kind,
        added.document,
    )


def _compare(
    partners: Integers, stored: State, new: State, name: str, as_of: np.datetime64
) -> Iterator[Moves]:
    """Compare one milestone, stored against judged."""
    old, now = (stored.lead, new.lead) if name == LEAD else (stored.client, new.client)
    had, has = ~np.isnat(old.date), ~np.isnat(now.date)
    before, days = _get_before(new, name)
    reached = np.full(had.shape, name, dtype=object)
    same = np.logical_and.reduce([get_same(*pair) for pair in zip(old, now, strict=True)])
    for kind, flags in (("forward", ~had & has), ("redated", had & has & ~same)):
        yield _select(flags, kind, partners, before, reached, now, days)
    fallen = new.lifecycle == PROSPECT
    if name == CLIENT:
        fallen |= new.lifecycle == LEAD
    found = old._replace(date=np.full(had.shape, as_of))
    none = np.full(had.shape, np.nan)
    for kind, flags in (("correction", had & ~has & fallen), ("dropped", had & ~has & ~fallen)):
        yield _select(flags, kind, partners, reached, new.lifecycle, found, none)


def _select(
    flags: Flags,
    kind: str,
    partners: Integers,
    origin: Texts,
    target: Texts,
    milestone: Milestone,
    days: Floats,
) -> Moves:
    """Return the moves of the accounts for which ``flags`` hold."""
    return Moves(
        partners[flags],
        np.full(np.count_nonzero(flags), kind, dtype=object),
        origin[flags],
        target[flags],
        milestone.date[flags],
        days[flags],
        milestone.kind[flags],
        milestone.document[flags],
    )


def _get_before(new: State, name: str) -> tuple[Texts, Floats]:
    """What an account was just before a milestone, and for how many days.

    None for one nobody knew; NaN also if what came before is not earlier.
    """
    is_lead = ~np.isnat(new.lead.date) & (name == CLIENT)
    is_known = ~np.isnat(new.prospect_date)
    before = BEFORE[np.where(is_lead, 2, is_known.astype(np.int64))]
    since = np.where(is_lead, new.lead.date, new.prospect_date)
    days = get_days_between(since, (new.lead if name == LEAD else new.client).date)
    return before, np.where(days >= 0, days, np.nan)
