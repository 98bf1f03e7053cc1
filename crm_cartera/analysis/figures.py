"""The figures of one account, read by type."""

from __future__ import annotations

import numbers
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .calibration import Calibration
from .policy import Policy

#: What a reason says of an account.
Param = float | int | str | date


@dataclass(frozen=True)
class Account:
    """One account's figures and what they were judged with.

    A figure that is not there, is None, False, NaN or NaT, is None.
    """

    figures: Mapping[str, object]
    calibration: Calibration
    policy: Policy
    as_of: date

    def get_number(self, name: str) -> float | None:
        """Return a figure that is a number, whole ones as int."""
        value = self.figures.get(name)
        if isinstance(value, bool):
            return None
        if isinstance(value, numbers.Integral):
            return int(value)
        # NaN differs from itself.
        return float(value) if isinstance(value, numbers.Real) and value == value else None

    def get_text(self, name: str) -> str | None:
        """Return a figure that is a text, not an empty one."""
        value = self.figures.get(name)
        return value if isinstance(value, str) and value else None

    def get_day(self, name: str) -> date | None:
        """Return a figure that is a date, datetime or Timestamp as a date."""
        value = self.figures.get(name)
        # NaT too differs from itself.
        return to_date(value) if isinstance(value, date) and value == value else None

    def get_days_since(self, day: date) -> int:
        """Return the days from a day to the judgement."""
        return (to_date(self.as_of) - day).days


def to_date(day: date) -> date:
    """Return the plain date of a date, datetime or Timestamp."""
    return date(day.year, day.month, day.day)
