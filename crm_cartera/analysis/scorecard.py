"""What a figure says beside its target: light and trend.

Source: balanced scorecard practice (targets, thresholds); definitions in docs/metrics.md.
"""

import math

#: What a light can show, the best first; ``none`` says nothing.
LIGHTS = ("green", "amber", "red", "none")
#: Amounts closer than this part of the larger are the same.
CLOSE = 1e-9


def ratio(numerator: float | None, denominator: float | None) -> float | None:
    """Return numerator / denominator; None without either, or if the denominator is not above zero.

    Parameters
    ----------
    numerator, denominator : float or None
        In the same unit for a share, in two for a mean.
    """
    if numerator is None or denominator is None or denominator <= 0:
        return None
    return numerator / denominator


def expected(target: float | None, elapsed: float, flow: bool) -> float | None:
    """Return what a target asks for by now, in its unit.

    A flow (revenue, new clients) grows day by day: the share of the period that is over; anything else
    is asked for in full at any time.

    Parameters
    ----------
    target : float or None
        What the whole period asks for.
    elapsed : float
        Share of the period that is over, 0 to 1.
    flow : bool
        Whether the figure sums up over time.
    """
    if target is None:
        return None
    return target * elapsed if flow else target


def usual(target: float | None, months: int, own_months: int, flow: bool) -> float | None:
    """Return what a target of one length of period asks for in a period of another, in its unit.

    A flow asks for as much more as the period is longer; anything else for the same.

    Parameters
    ----------
    target : float or None
        What a period of ``own_months`` asks for.
    months, own_months : int
        Lengths of the two periods, above zero.
    flow : bool
        Whether the figure sums up over time.
    """
    if target is None or not flow:
        return target
    return target * months / own_months


def light(
    value: float | None, asked: float | None, tolerance: float, higher_is_better: bool = True
) -> str:
    """Return the light of a value: one of :data:`LIGHTS`.

    Green if it is as good as asked or better, amber if it falls short of that by at most ``tolerance``
    times the amount of what is asked, red otherwise; none without a value or a target. A target of zero
    leaves no room for amber.

    Parameters
    ----------
    value, asked : float or None
        In the indicator's unit; both may be negative.
    tolerance : float
        Share of what is asked, 0 or more.
    higher_is_better : bool
        False for an indicator that is to fall.
    """
    if value is None or asked is None:
        return "none"
    gain = value - asked if higher_is_better else asked - value
    if gain >= 0 or math.isclose(value, asked, rel_tol=CLOSE):
        return "green"
    room = tolerance * abs(asked)
    return "amber" if -gain <= room or math.isclose(-gain, room, rel_tol=CLOSE) else "red"


def change(value: float | None, before: float | None) -> float | None:
    """Return value / before - 1; None without either, or if there was nothing above zero before."""
    if value is None or before is None or before <= 0:
        return None
    return value / before - 1
