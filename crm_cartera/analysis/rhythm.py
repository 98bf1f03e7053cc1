"""How often an account buys, and when it should buy next.

Source of the definitions: docs/metrics.md, section "Rhythm".
"""

from __future__ import annotations

import numpy as np

from .arrays import Days, Flags, Floats, Texts
from .policy import Policy

OWN, COMPANY, POLICY = "own", "company", "policy"


def get_company_median(own: Floats, policy: Policy) -> float | None:
    """Return the median of the accounts' own rhythms, none below the floor.

    Parameters
    ----------
    own : float64 array, shape (accounts,)
        Median days between the purchase days of each account; NaN = too few of them.

    Returns
    -------
    float or None
        Days. None if no account has a rhythm of its own.
    """
    known = own[~np.isnan(own)]
    return float(np.median(np.maximum(known, policy.rhythm_floor_days))) if known.size else None


def get_rhythms(
    own: Floats, bought: Flags, company_median: float | None, policy: Policy
) -> tuple[Floats, Texts]:
    """Return the rhythm of each account and where it comes from.

    Parameters
    ----------
    own : float64 array, shape (accounts,)
        Median days between purchase days; NaN = too few of them.
    bought : bool array, shape (accounts,)
        Has a last purchase day; the others have no rhythm.
    company_median : float or None
        Days, of the calibration.

    Returns
    -------
    days : float64 array, shape (accounts,)
        Own, else the company's, else the policy's; NaN if never bought.
    source : object array, shape (accounts,)
        :data:`OWN`, :data:`COMPANY`, :data:`POLICY`; None if never bought.
    """
    if company_median is None:
        fallback, source = float(policy.rhythm_default_days), POLICY
    else:
        fallback, source = company_median, COMPANY
    has_own = ~np.isnan(own)
    days = np.where(has_own, np.maximum(own, policy.rhythm_floor_days), fallback)
    sources = np.where(has_own, np.array(OWN, dtype=object), np.array(source, dtype=object))
    sources[~bought] = None
    return np.where(bought, days, np.nan), sources


def get_expected(last: Days, rhythms: Floats) -> Days:
    """Return the day of the expected next purchase: last + rhythm, half days rounded up.

    Parameters
    ----------
    last : datetime64[D] array, shape (accounts,)
    rhythms : float64 array, shape (accounts,)
        Days.

    Returns
    -------
    datetime64[D] array, shape (accounts,)
        NaT where one of them is missing.
    """
    whole = np.floor(np.nan_to_num(rhythms) + 0.5).astype("timedelta64[D]")
    return np.where(np.isnan(rhythms), np.datetime64("NaT", "D"), last + whole)
