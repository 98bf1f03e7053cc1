"""The state of the lifecycle of accounts as arrays: which milestones they reached, and why."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from .arrays import Days, Flags, Floats, Texts, get_dates, get_floats, get_texts

PROSPECT, LEAD, CLIENT = "prospect", "lead", "client"
#: The judged columns of each milestone: date, kind of evidence, document.
MILESTONES = {
    LEAD: ("lead_date", "lead_evidence", "lead_evidence_id"),
    CLIENT: ("client_date", "client_evidence", "client_evidence_id"),
}


class Milestone(NamedTuple):
    """When accounts reached something and what proves it; arrays of shape (accounts,)."""

    #: datetime64[s], NaT = never
    date: Days
    #: kind of evidence, None = none
    kind: Texts
    #: id of its document, NaN = none
    document: Floats

    def choose(self, flags: Flags, other: Milestone) -> Milestone:
        """Return this one where ``flags`` hold, ``other`` elsewhere."""
        return Milestone(
            np.where(flags, self.date, other.date),
            np.where(flags, self.kind, other.kind),
            np.where(flags, self.document, other.document),
        )


class State(NamedTuple):
    """What is known of accounts; arrays of shape (accounts,)."""

    #: None = new in the portfolio
    lifecycle: Texts
    prospect_date: Days
    lead: Milestone
    client: Milestone

    def choose(self, flags: Flags, other: State) -> State:
        """Return this state where ``flags`` hold, ``other`` elsewhere."""
        return State(
            np.where(flags, self.lifecycle, other.lifecycle),
            np.where(flags, self.prospect_date, other.prospect_date),
            self.lead.choose(flags, other.lead),
            self.client.choose(flags, other.client),
        )


def read(frame: pd.DataFrame, flags: Flags | slice = slice(None)) -> State:
    """Take the state out of facts (what is stored) or of a judgement, of the accounts wanted."""
    lead, client = (
        Milestone(
            get_dates(frame, date)[flags],
            get_texts(frame, kind, flags),
            get_floats(frame, document)[flags],
        )
        for date, kind, document in (MILESTONES[LEAD], MILESTONES[CLIENT])
    )
    dates = get_dates(frame, "prospect_date")[flags]
    return State(get_texts(frame, "lifecycle", flags), dates, lead, client)
