"""Dividing a target: over months, or among teams and people, so that the parts add up exactly.

Source: the largest remainder method (Hamilton); what cannot be divided evenly goes, a smallest unit each, to
the parts that lost most by rounding down, the first of them first.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal


def spread(amount: float, weights: Sequence[float | None], digits: int = 2) -> list[float]:
    """Return an amount divided in proportion to weights.

    Parameters
    ----------
    amount : float
        What is divided, in any unit; it may be zero or negative.
    weights : sequence of float or None
        One for each part. What is missing or not above zero counts as zero and gets nothing; if that leaves
        nobody, all parts get the same.
    digits : int
        Decimals of the smallest unit, 0 or more: 2 for cents.

    Returns
    -------
    list of float
        As many parts as weights; their sum is the amount, rounded to ``digits`` decimals.
    """
    if not weights:
        return []
    shares = _shares(weights)
    unit = Decimal(1).scaleb(-digits)
    units = int((Decimal(str(amount)) / unit).quantize(Decimal(1), ROUND_HALF_UP))
    sign, size = (-1, -units) if units < 0 else (1, units)
    exact = [size * share for share in shares]
    whole = [int(part) for part in exact]
    order = sorted(range(len(whole)), key=lambda place: (whole[place] - exact[place], place))
    for place in order[: size - sum(whole)]:
        whole[place] += 1
    return [float(sign * part * unit) for part in whole]


def _shares(weights: Sequence[float | None]) -> list[Decimal]:
    """Return shares that sum to 1 within the precision of decimals."""
    counted = [Decimal(str(weight)) if weight and weight > 0 else Decimal(0) for weight in weights]
    total = sum(counted)
    if not total:
        return [Decimal(1) / len(counted)] * len(counted)
    return [weight / total for weight in counted]


def spread_table(
    totals: Sequence[float], shape: Sequence[float], digits: int = 2
) -> list[list[float]]:
    """Return each of some totals divided by one shape, so that the columns add up to it as well.

    Parameters
    ----------
    totals : sequence of float
        What each row sums to, a person's year.
    shape : sequence of float
        What each column sums to, the company's months: as much in all as ``totals``.
    digits : int
        Decimals of the smallest unit.

    Returns
    -------
    list of list of float
        A row per total. Where ``totals`` sum to what ``shape`` sums to, each row is divided in proportion to
        what the rows before it leave of each column, so that the last one takes the rest and nobody gets
        less than nothing; else all are divided by the shape and the columns do not add up.
    """
    if round(sum(totals) - sum(shape), digits) != 0:
        return [spread(total, shape, digits) for total in totals]
    sign = -1 if sum(shape) < 0 else 1
    left, rows = list(shape), []
    for total in totals[:-1]:
        row = spread(total, [sign * each for each in left], digits)
        left = [round(whole - part, digits) for whole, part in zip(left, row, strict=True)]
        rows.append(row)
    return [*rows, left] if totals else []
