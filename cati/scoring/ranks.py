"""Competition ranks of exact totals and of intervals."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]


def descending(totals: Whole) -> NDArray[np.intp]:
    """Positions from the highest total to the lowest, equal ones in the order given.

    Parameters
    ----------
    totals : ndarray of int, shape (companies,)
        0 or more; the greatest times the number of companies must fit into 64 bits.
    """
    # Unlike a stable sort of the totals, one sort of distinct keys is vectorised.
    count = len(totals)
    return np.argsort(np.arange(count) - totals * count)


def rank_range(low: Whole, high: Whole, order: NDArray[np.intp]) -> tuple[Whole, Whole]:
    """Best and worst rank of each company when every total may lie anywhere in its interval.

    A rank is one more than the number of companies with a higher total, so
    equal totals share a rank (1, 2, 2, 4). The best rank counts those that
    are higher even at their lowest against one's own highest; the worst
    those that can be higher than one's own lowest.

    Parameters
    ----------
    low, high : ndarray of int, shape (companies,)
        The ends of each total, in the same unit; the same array where all are exact.
    order : ndarray of int, shape (companies,)
        `descending` of the low ends.

    Returns
    -------
    best, worst : ndarray of int, shape (companies,)
        Equal where the totals are exact.
    """
    if low is high:
        ranks = _ranks(low, order)
        return ranks, ranks
    count = len(low)
    best = 1 + count - np.searchsorted(low[order[::-1]], high, side="right")
    above = count - np.searchsorted(np.sort(high), low, side="right")
    return best, above + 1 - (high > low)


def _ranks(totals: Whole, order: NDArray[np.intp]) -> Whole:
    """Competition ranks of exact totals, in one pass along their order."""
    along = totals[order]
    first = np.arange(1, len(totals) + 1)
    first[1:][along[1:] == along[:-1]] = 0
    ranks = np.empty_like(first)
    ranks[order] = np.maximum.accumulate(first)
    return ranks
