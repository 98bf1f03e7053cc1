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
Array = npt.NDArray[np.generic]

#: Amounts are added up and compared as whole hundredths, exact up to 9 x 10^13 in all.
CENTS = 100


def get_floats(facts: pd.DataFrame, name: str) -> Floats:
    """Return a column of numbers, shape (accounts,)."""
    return facts[name].to_numpy(dtype=np.float64, na_value=np.nan)


def get_dates(facts: pd.DataFrame, name: str) -> Days:
    """Return a column of dates as ``datetime64[s]``, shape (accounts,)."""
    return facts[name].to_numpy().astype("datetime64[s]")


def get_texts(facts: pd.DataFrame, name: str, flags: Flags | slice = slice(None)) -> Texts:
    """Return a column of texts, shape (accounts,) or those of ``flags``; None where missing."""
    texts: Texts = facts[name].to_numpy(dtype=object)[flags]
    missing = pd.isna(texts)
    if missing.any():
        texts = texts.copy()
        texts[missing] = None
    return texts


def get_flags(facts: pd.DataFrame, name: str) -> Flags:
    """Return a column of bools, shape (accounts,)."""
    return facts[name].to_numpy(dtype=np.bool_)


def is_none(texts: Texts) -> Flags:
    """Tell where a text is None."""
    flags: Flags = np.asarray(texts == np.array(None), dtype=np.bool_)
    return flags


def get_same(one: Array, other: Array) -> Flags:
    """Tell where two arrays of a kind have equal values or are both missing."""
    same = np.asarray(one == other, dtype=np.bool_)
    differs = np.flatnonzero(~same)
    if differs.size:
        same[differs] = pd.isna(one[differs]) & pd.isna(other[differs])
    return same


def to_text(values: Texts, index: pd.Index) -> pd.Series[str]:
    """Return texts as a column that keeps None as None: pandas 3 would make it NaN."""
    return pd.Series(values, index=index, dtype=object)


def to_integers(values: Floats) -> pd.arrays.IntegerArray:
    """Return whole numbers as Int64; NA for NaN."""
    missing = np.isnan(values)
    return pd.arrays.IntegerArray(np.where(missing, 0, values).astype(np.int64), missing)


def to_day(as_of: date) -> np.datetime64:
    """Return a date (or Timestamp: its day) as numpy has it."""
    return np.datetime64(date(as_of.year, as_of.month, as_of.day), "D")


def to_second(as_of: date) -> np.datetime64:
    """Return the beginning of a day as numpy has the dates of a table."""
    second: np.datetime64 = to_day(as_of).astype("datetime64[s]")
    return second


def get_days_between(start: Days, end: Days | np.datetime64) -> Floats:
    """Return whole days from ``start`` to ``end``, shape (accounts,); NaN if one is missing."""
    days = (end - start).astype("timedelta64[D]")
    return np.where(np.isnat(days), np.nan, days.astype(np.float64))


def to_cents(amounts: Floats) -> Integers:
    """Return amounts as whole hundredths, shape (accounts,); 0 for NaN."""
    return np.rint(np.nan_to_num(amounts) * CENTS).astype(np.int64)


def to_amounts(amounts: Floats) -> Floats:
    """Return amounts as the floats nearest to their decimals, shape (accounts,); NaN stays.

    A sum of floats, or a fast reader of texts, may be a bit off: two equal amounts would differ. No
    currency has more than four decimals.
    """
    return np.round(amounts, 4)


def divide(amount: Floats, base: Floats) -> Floats:
    """Return amount / base, shape (accounts,); NaN where the base is missing or not above zero."""
    ratio = np.full(amount.shape, np.nan)
    np.divide(amount, base, out=ratio, where=base > 0)
    return ratio
