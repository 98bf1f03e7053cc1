"""Who the revenue comes from: ABC classes, concentration, the curve.

Source of the definitions: docs/metrics.md, sections "ABC" and "Concentration".

Everything is added up in whole cents, from the largest amount down, so that no sum depends on the
order of the rows. Amounts that are not positive, to the cent, have no class and no share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from .arrays import CENTS, Floats, Integers, Texts, to_cents

A, B, C = "A", "B", "C"
SCALE = 10_000


@dataclass(frozen=True)
class Concentration:
    """How much of the revenue few accounts make; None everywhere if nobody has positive revenue.

    Attributes
    ----------
    account_count : int
        Accounts with positive revenue.
    revenue : float
        Their sum, in the unit of the amounts.
    top1_share, top5_share, top10_share : float or None
        Share (0..1) of the 1, 5, 10 largest accounts, of all if there are fewer.
    top1pct_share, top5pct_share, top10pct_share, top20pct_share : float or None
        Share (0..1) of the largest 1, 5, 10, 20 % of accounts, rounded up to whole accounts.
    hhi : float or None
        Herfindahl-Hirschman index: sum of squared shares x 10,000. 10,000 = one account.
    gini : float or None
        Gini coefficient of the population (no n / (n - 1) correction), 0 = all equal.
    """

    account_count: int = 0
    revenue: float = 0.0
    top1_share: float | None = None
    top5_share: float | None = None
    top10_share: float | None = None
    top1pct_share: float | None = None
    top5pct_share: float | None = None
    top10pct_share: float | None = None
    top20pct_share: float | None = None
    hhi: float | None = None
    gini: float | None = None


def get_class_minimums(
    amounts: Floats, a_limit: float, b_limit: float
) -> tuple[float | None, float | None]:
    """Return the smallest amount that is class A, and the smallest that is class B.

    Parameters
    ----------
    amounts : float64 array, shape (accounts,)
        Money; NaN and amounts that are not positive are left out.
    a_limit, b_limit : float
        Cumulative shares, 0..1.

    Returns
    -------
    a, b : float or None
        None for a class without account.

    Notes
    -----
    Descending; equal amounts together get the class of the cumulative share before them: A below
    ``a_limit``, B below ``b_limit``, else C.
    """
    ordered = _get_descending(amounts)
    if not ordered.size:
        return None, None
    values, counts = np.unique(ordered, return_counts=True)
    values, sums = values[::-1], (values * counts)[::-1]
    # A quotient, not a product: of exact integers it is the float that is nearest to the true share,
    # as is the limit to the decimal that somebody typed.
    before = (np.cumsum(sums) - sums) / sums.sum()
    is_a = before < a_limit
    is_b = ~is_a & (before < b_limit)
    return _get_smallest(values[is_a]), _get_smallest(values[is_b])


def _get_smallest(cents: Integers) -> float | None:
    return float(cents[-1]) / CENTS if cents.size else None


def _get_descending(amounts: Floats) -> Integers:
    """Return the positive amounts in cents, largest first."""
    cents = to_cents(amounts)
    return np.sort(cents[cents > 0])[::-1]


def get_classes(amounts: Floats, a_minimum: float | None, b_minimum: float | None) -> Texts:
    """Return the class of each account by the stored smallest amounts.

    Parameters
    ----------
    amounts : float64 array, shape (accounts,)
        Money.
    a_minimum, b_minimum : float or None
        Of :func:`get_class_minimums`. If both are None nobody had a positive amount: the account is
        classed as if it were the only one, A.

    Returns
    -------
    object array, shape (accounts,)
        "A", "B", "C"; None where the amount is missing or not positive.
    """
    cents = to_cents(amounts)
    classes = np.full(cents.shape, C, dtype=object)
    if b_minimum is not None:
        classes[cents >= round(b_minimum * CENTS)] = B
    if a_minimum is not None:
        classes[cents >= round(a_minimum * CENTS)] = A
    elif b_minimum is None:
        classes[:] = A
    classes[cents <= 0] = None
    return classes


def concentration(revenue: npt.ArrayLike) -> Concentration:
    """Measure how concentrated revenue is.

    Parameters
    ----------
    revenue : array-like of float, shape (accounts,)
        Money; NaN and amounts that are not positive are left out.

    Notes
    -----
    Gini: sum of (2 i - n - 1) x_i / (n sum of x), i the rank of the ascending amounts x.
    """
    ordered = _get_descending(np.asarray(revenue, dtype=np.float64))
    n = int(ordered.size)
    if not n:
        return Concentration()
    cumulative = np.cumsum(ordered)
    total = int(cumulative[-1])

    def top(count: int) -> float:
        return int(cumulative[min(count, n) - 1]) / total

    def top_percent(percent: int) -> float:
        return top(-(-n * percent // 100))

    weights = n + 1.0 - 2.0 * np.arange(1, n + 1)
    return Concentration(
        account_count=n,
        revenue=total / CENTS,
        top1_share=top(1),
        top5_share=top(5),
        top10_share=top(10),
        top1pct_share=top_percent(1),
        top5pct_share=top_percent(5),
        top10pct_share=top_percent(10),
        top20pct_share=top_percent(20),
        hhi=float(np.sum((ordered / total) ** 2)) * SCALE,
        gini=max(0.0, float(np.sum(weights * ordered)) / n / total),
    )


def curve(revenue: npt.ArrayLike, points: int = 200) -> pd.DataFrame:
    """Return the Pareto curve: what share of revenue the largest accounts make together.

    Parameters
    ----------
    revenue : array-like of float, shape (accounts,)
        Money; NaN and amounts that are not positive are left out.
    points : int
        Rows at most, evenly spread over the ranks; the first and the last account are among them.

    Returns
    -------
    DataFrame
        One row per point, largest accounts first: ``accounts`` (int, how many, from the largest on),
        ``account_share`` (0..1], ``amount`` (of the last of them), ``revenue`` (of all of them),
        ``revenue_share`` (0..1]. Empty if nobody has positive revenue.
    """
    ordered = _get_descending(np.asarray(revenue, dtype=np.float64))
    n = int(ordered.size)
    count = min(n, max(points, 1))
    ranks = np.unique(np.linspace(n, 1, count).round().astype(np.int64))
    cumulative = np.cumsum(ordered)
    return pd.DataFrame(
        {
            "accounts": ranks,
            "account_share": ranks / max(n, 1),
            "amount": ordered[ranks - 1] / CENTS,
            "revenue": cumulative[ranks - 1] / CENTS,
            "revenue_share": cumulative[ranks - 1] / max(int(ordered.sum()), 1),
        }
    )
