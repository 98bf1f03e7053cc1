"""Figures that are one amount over another.

Source of the definitions: docs/metrics.md, sections "Revenue", "Margin" and "Potential". All arrays
are float64 of shape (accounts,); NaN = none.
"""

from __future__ import annotations

import numpy as np

from .arrays import Floats, divide


def get_trend(revenue: Floats, previous: Floats) -> Floats:
    """Return revenue of the window / previous window - 1; NaN if the previous is not positive."""
    return divide(revenue - previous, previous)


def get_share_of_wallet(revenue: Floats, potential: Floats) -> Floats:
    """Return revenue of the window / purchase potential; NaN without potential."""
    return divide(revenue, potential)


def get_margin_rate(margin: Floats, costed_revenue: Floats) -> Floats:
    """Return margin / revenue of the lines whose cost is known; NaN if that is not positive."""
    return divide(margin, costed_revenue)


def get_covered_rate(part: Floats, whole: Floats) -> Floats:
    """Return the share (0..1) of a base of absolute amounts; NaN without base.

    A part that is missing is none of it: 0.
    """
    return divide(np.nan_to_num(part), whole)
