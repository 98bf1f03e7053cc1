"""Lifecycle of accounts: prospect, lead or client, as the evidence says.

Source of the definitions: docs/metrics.md, section "Lifecycle".
"""

from __future__ import annotations

import pandas as pd

PROSPECT, LEAD, CLIENT = "prospect", "lead", "client"
RANK = {PROSPECT: 1, LEAD: 2, CLIENT: 3}
#: (kind of evidence, its date, its document); at equal dates the first one counts. What was set by hand
#: comes before the opportunity opened for it on the same day.
LEAD_SOURCES = (("manual", "manual_lead_date", None), ("lead", "first_lead_date", "first_lead_id"))
CLIENT_SOURCES = (
    ("invoice", "first_purchase_day", "first_purchase_id"),
    ("opening", "opening_client_date", None),
)
#: The judged columns of each milestone: date, kind of evidence, document.
MILESTONES = {
    LEAD: ("lead_date", "lead_evidence", "lead_evidence_id"),
    CLIENT: ("client_date", "client_evidence", "client_evidence_id"),
}
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
    lead = _earliest(facts, LEAD_SOURCES, MILESTONES[LEAD])
    client = _earliest(facts, CLIENT_SOURCES, MILESTONES[CLIENT])
    came_later = lead["lead_date"] > client["client_date"]
    for name in lead.columns:
        lead[name] = lead[name].mask(came_later)
    judged = pd.concat([lead, client], axis=1)
    is_lead, is_client = lead["lead_date"].notna(), client["client_date"].notna()
    judged["lifecycle"] = PROSPECT
    judged.loc[is_lead, "lifecycle"] = LEAD
    judged.loc[is_client, "lifecycle"] = CLIENT
    becomes_prospect = ~is_lead & ~is_client & facts["prospect_date"].isna()
    judged["prospect_date"] = facts["prospect_date"].mask(becomes_prospect, as_of)
    judged = _keep_locked(facts, judged)
    judged["lifecycle_date"] = (
        judged["client_date"].fillna(judged["lead_date"]).fillna(judged["prospect_date"])
    )
    return judged


def _earliest(
    facts: pd.DataFrame,
    sources: tuple[tuple[str, str, str | None], ...],
    names: tuple[str, str, str],
) -> pd.DataFrame:
    """Return the earliest of several dated sources as columns (date, kind, document)."""
    date, kind, document = names
    best = pd.DataFrame(index=facts.index)
    best[date] = pd.Series(pd.NaT, index=facts.index, dtype="datetime64[s]")
    best[kind] = pd.Series(None, index=facts.index, dtype=object)
    best[document] = pd.Series(pd.NA, index=facts.index, dtype="Int64")
    for source, day, ref in sources:
        wins = facts[day].notna() & ~(best[date] <= facts[day])
        best[date] = best[date].mask(wins, facts[day])
        best[kind] = best[kind].mask(wins, source)
        best[document] = best[document].mask(wins, facts[ref] if ref else pd.NA)
    return best


def _keep_locked(facts: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    """Give locked accounts back what is stored."""
    locked = facts["lifecycle_locked"] & facts["lifecycle"].notna()
    if locked.any():
        for name in judged.columns:
            judged[name] = judged[name].mask(locked, facts[name])
    return judged


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
    moved = _moved(facts, judged)
    facts, judged = facts[moved], judged[moved]
    if judged.empty:
        return pd.DataFrame(columns=TRANSITION_COLUMNS)
    rows = [_entered(facts, judged)]
    for name in (LEAD, CLIENT):
        rows += _milestone(facts, judged, name, as_of)
    found = [frame for frame in rows if len(frame)]
    if not found:
        return pd.DataFrame(columns=TRANSITION_COLUMNS)
    moves = pd.concat(found, ignore_index=True)[TRANSITION_COLUMNS]
    origin = moves["from_lifecycle"].astype(object)
    moves["from_lifecycle"] = origin.where(origin.notna(), None)
    return moves


def _moved(facts: pd.DataFrame, judged: pd.DataFrame) -> pd.Series:
    """Tell which accounts are new or have another milestone: nearly always few, often none."""
    moved = facts["lifecycle"].isna()
    for names in MILESTONES.values():
        for name in names:
            same = (facts[name] == judged[name]).fillna(False).astype(bool)
            moved = moved | ~(same | facts[name].isna() & judged[name].isna())
    return moved


def _entered(facts: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    """Accounts that a person or the policy put into the portfolio, without any evidence yet."""
    new = facts["lifecycle"].isna() & (judged["lifecycle"] == PROSPECT)
    rows = _rows(judged, new, "forward", None, PROSPECT)
    rows["date"] = judged["prospect_date"][new]
    rows["evidence"] = "added"
    return rows


def _milestone(
    facts: pd.DataFrame, judged: pd.DataFrame, name: str, as_of: pd.Timestamp
) -> list[pd.DataFrame]:
    """Compare one milestone, stored against judged."""
    date, kind, document = MILESTONES[name]
    had, has = facts[date].notna(), judged[date].notna()
    same = (
        (facts[date] == judged[date])
        & (facts[kind] == judged[kind])
        & (facts[document].fillna(0) == judged[document].fillna(0))
    )
    fallen = judged["lifecycle"].map(RANK) < RANK[name]
    before = _before(facts, judged, name)
    since = judged["lead_date"] if name == CLIENT else judged["prospect_date"]
    since = since.fillna(judged["prospect_date"])
    parts = []
    for what, mask in (("forward", ~had & has), ("redated", had & has & ~same)):
        rows = _rows(judged, mask, what, before[mask], name)
        rows["date"] = judged[date][mask]
        rows["evidence"], rows["evidence_id"] = judged[kind][mask], judged[document][mask]
        days = (judged[date] - since).dt.days
        rows["days"] = days[mask & before.notna() & (days >= 0)]
        parts.append(rows)
    for what, mask in (("correction", had & ~has & fallen), ("dropped", had & ~has & ~fallen)):
        rows = _rows(judged, mask, what, name, judged["lifecycle"][mask])
        rows["date"] = as_of
        rows["evidence"], rows["evidence_id"] = facts[kind][mask], facts[document][mask]
        parts.append(rows)
    return parts


def _before(facts: pd.DataFrame, judged: pd.DataFrame, name: str) -> pd.Series:
    """What an account was just before a milestone; None for one nobody knew."""
    before = pd.Series(None, index=judged.index, dtype=object)
    before = before.mask(judged["prospect_date"].notna(), PROSPECT)
    if name == CLIENT:
        before = before.mask(judged["lead_date"].notna(), LEAD)
    return before


def _rows(
    judged: pd.DataFrame,
    mask: pd.Series,
    kind: str,
    origin: str | pd.Series | None,
    target: str | pd.Series,
) -> pd.DataFrame:
    """Start transition rows for the accounts of ``mask``."""
    frame = pd.DataFrame(index=judged.index[mask])
    frame["partner_id"] = frame.index
    frame["kind"] = kind
    frame["from_lifecycle"] = origin
    frame["to_lifecycle"] = target
    frame["date"] = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[s]")
    frame["days"] = pd.Series(pd.NA, index=frame.index, dtype="Float64")
    frame["evidence"] = pd.Series(None, index=frame.index, dtype=object)
    frame["evidence_id"] = pd.Series(pd.NA, index=frame.index, dtype="Int64")
    return frame
