"""Recency, frequency, monetary: scores 1..5 by the quintiles of the whole portfolio.

Source of the definitions: docs/metrics.md, section "RFM".
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from .arrays import Flags, Floats, Integers, Texts

#: The 20, 40, 60 and 80 % quantiles, in fifths.
FIFTHS = (1, 2, 3, 4)
HIGHEST = 5
#: The three scores as one text, by recency, frequency, monetary: shape (6, 6, 6).
SCORES: Texts = np.array(
    [[[f"{r}{f}{m}" for m in range(6)] for f in range(6)] for r in range(6)], dtype=object
)
Cuts = tuple[float, float, float, float]


def get_cuts(values: Floats) -> Cuts | None:
    """Return the 20, 40, 60 and 80 % quantiles of a population.

    Parameters
    ----------
    values : float64 array, shape (accounts,)
        Days, purchases or money. NaN are left out.

    Returns
    -------
    tuple of 4 float, or None
        Ascending, unit of ``values``. None without population.

    Notes
    -----
    Linear interpolation between order statistics: Hyndman & Fan (1996) type 7, the default of R and
    pandas. Positions and interpolation are exact decimals, so that a cut point which falls on a value
    equals it: in floats it may come out one bit below, and lift the value by a score.
    """
    known = np.sort(values[~np.isnan(values)])
    if not known.size:
        return None
    first, second, third, fourth = (_get_quantile(known, fifths) for fifths in FIFTHS)
    return first, second, third, fourth


def _get_quantile(ordered: Floats, fifths: int) -> float:
    """Return one quantile of an ascending array that is not empty."""
    position, rest = divmod((ordered.size - 1) * fifths, 5)
    low = Decimal(repr(float(ordered[position])))
    if not rest:
        return float(low)
    high = Decimal(repr(float(ordered[position + 1])))
    return float(low + (high - low) * rest / 5)


def count_below(values: Floats, cuts: Sequence[float] | None) -> Integers:
    """Return how many cut points are strictly below each value, shape (accounts,), 0..4."""
    if cuts is None:
        return np.zeros(values.shape, dtype=np.int64)
    return np.searchsorted(np.asarray(cuts, dtype=np.float64), values, side="left").astype(np.int64)


def get_scores(
    values: Floats, cuts: Sequence[float] | None, bought: Flags, *, low_is_good: bool = False
) -> Integers:
    """Score one measure.

    Parameters
    ----------
    values : float64 array, shape (accounts,)
        Days since the last purchase, purchases, or net revenue of the window.
    cuts : 4 floats or None
        Of the calibration. None (nobody had bought): as if the account were the whole population,
        for which no cut point is below the value.
    bought : bool array, shape (accounts,)
        Has a purchase in the window; the others score 1.
    low_is_good : bool
        Of recency: few days score high.

    Returns
    -------
    int64 array, shape (accounts,)
        1 + the number of cut points strictly below the value; 6 less that if low is good.
    """
    below = count_below(values, cuts)
    scores = HIGHEST - below if low_is_good else 1 + below
    return np.where(bought, scores, 1)
