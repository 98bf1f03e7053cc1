"""Columns of facts as numpy arrays, which the arithmetic works on: fast for one account too.

A float array uses NaN, an array of days (``datetime64[D]``) NaT, for what is not there.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]
Texts = npt.NDArray[np.object_]

#: Amounts are added up and compared as whole hundredths, exact up to 9 x 10^13 in all.
CENTS = 100


def get_floats(facts: pd.DataFrame, name: str) -> Floats:
    """Return a column of numbers, shape (accounts,)."""
    return facts[name].to_numpy(dtype=np.float64, na_value=np.nan)


def get_days(facts: pd.DataFrame, name: str) -> Days:
    """Return a column of dates as ``datetime64[D]``, shape (accounts,)."""
    return facts[name].to_numpy().astype("datetime64[D]")


def to_day(as_of: date) -> np.datetime64:
    """Return a date (or Timestamp: its day) as numpy has it."""
    return np.datetime64(date(as_of.year, as_of.month, as_of.day), "D")


def get_days_between(start: Days, end: Days | np.datetime64) -> Floats:
    """Return whole days from ``start`` to ``end``, shape (accounts,); NaN if one is missing."""
    days = end - start
    return np.where(np.isnat(days), np.nan, days.astype(np.float64))


def to_cents(amounts: Floats) -> Integers:
    """Return amounts as whole hundredths, shape (accounts,); 0 for NaN."""
    return np.rint(np.nan_to_num(amounts) * CENTS).astype(np.int64)


def divide(amount: Floats, base: Floats) -> Floats:
    """Return amount / base, shape (accounts,); NaN where the base is missing or not above zero."""
    ratio = np.full(amount.shape, np.nan)
    np.divide(amount, base, out=ratio, where=base > 0)
    return ratio
