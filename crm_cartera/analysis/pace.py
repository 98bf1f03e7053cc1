"""How fast a number has to grow to reach what is asked for by a day.

Source: growth plans of contacts (so many in one year, so many in two); definitions in docs/metrics.md.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Pace(NamedTuple):
    """What it takes to reach a number by a day."""

    #: The day by which it is asked for, and what is asked for.
    day: date
    target: float
    #: What is missing today; 0 or less if it is reached.
    gap: float
    #: Months from today to the day.
    months: float
    #: What has to come each month; 0 if it is reached, None if the day is over or there is no number.
    needed: float | None


def months_between(start: date, end: date) -> float:
    """Return the calendar months from the end of one day to the end of another; negative backwards.

    A day is a part of its own month: from month end to month end there are whole months.

    Parameters
    ----------
    start, end : date
        Two days, in any order.
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    return months + _get_part(end) - _get_part(start)


def _get_part(day: date) -> float:
    """Return the part of its month that is over at the end of a day."""
    return day.day / calendar.monthrange(day.year, day.month)[1]


def get_pace(number: float | None, target: float, today: date, day: date) -> Pace:
    """Return what it takes from today on to have ``target`` by ``day``.

    Parameters
    ----------
    number : float or None
        What there is today; None: not known.
    target : float
        What is asked for, in the same unit.
    today, day : date
        The day of ``number``, and the one by which the target is to be reached.
    """
    months = months_between(today, day)
    gap = target - (number or 0.0)
    if number is None:
        return Pace(day, target, gap, months, None)
    if gap <= 0:
        return Pace(day, target, gap, months, 0.0)
    return Pace(day, target, gap, months, gap / months if months > 0 else None)


def get_growth(
    number: float | None, today: date, before: Iterable[tuple[date, float | None]]
) -> float | None:
    """Return what came each month since the earliest day whose number is known.

    Parameters
    ----------
    number : float or None
        What there is today.
    today : date
        The day of ``number``.
    before : iterable of (date, float or None)
        Earlier days and what there was at their end.

    Returns
    -------
    float or None
        In the unit of ``number`` per month, negative if it shrank; None without an earlier number.
    """
    known = [(day, then) for day, then in before if then is not None and day < today]
    if number is None or not known:
        return None
    day, then = min(known)
    return (number - then) / months_between(day, today)
