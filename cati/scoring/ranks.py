"""Competition ranks of exact totals and of intervals."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]


def descending(low: Whole) -> NDArray[np.intp]:
    """Positions from the highest total to the lowest, equal ones in the order given."""
    return np.argsort(-low, kind="stable")


def rank_range(low: Whole, high: Whole) -> tuple[Whole, Whole]:
    """Best and worst rank of each company when every total may lie anywhere in its interval.

    A rank is one more than the number of companies with a higher total, so
    equal totals share a rank (1, 2, 2, 4). The best rank counts those that
    are higher even at their lowest against one's own highest; the worst
    those that can be higher than one's own lowest.

    Parameters
    ----------
    low, high : ndarray of int, shape (companies,)
        The ends of each total, in the same unit.

    Returns
    -------
    best, worst : ndarray of int, shape (companies,)
        Equal where the totals are exact.
    """
    count = len(low)
    best = 1 + count - np.searchsorted(np.sort(low), high, side="right")
    if low is high:
        return best, best
    above = count - np.searchsorted(np.sort(high), low, side="right")
    return best, above + 1 - (high > low)
