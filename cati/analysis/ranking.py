"""Ranks of many cases at once, and what moves between two rankings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from cati.model.interval import Interval
from cati.scoring.scorecard import Rank, Scorecard

Totals = NDArray[np.signedinteger[Any]]
Ranks = NDArray[np.unsignedinteger[Any]]

CASES_AT_ONCE = 2_048
"""So many that the totals of a few dozen companies stay in a processor's cache."""

COMPARED_IN_PAIRS = 128
"""Companies up to which comparing all pairs is faster than sorting every case (measured)."""


def by_company(card: Scorecard, low: Totals, high: Totals) -> tuple[Totals, Totals]:
    """Least and greatest of each company, from those of its alternatives.

    Parameters
    ----------
    card : Scorecard
    low, high : ndarray of int, shape (alternatives, cases)
        The same array where every total is exact.

    Returns
    -------
    low, high : ndarray of int, shape (companies, cases)
        The same array if those given are, and no company has several alternatives.
    """
    if len(card.owner) == len(card.companies):
        return low, high
    firsts = np.searchsorted(card.owner, np.arange(len(card.companies)))
    least, greatest = low[firsts], high[firsts]
    for row in np.setdiff1d(np.arange(len(card.owner)), firsts).tolist():
        at = card.owner[row]
        np.minimum(least[at], low[row], out=least[at])
        np.maximum(greatest[at], high[row], out=greatest[at])
    return least, greatest


def rank_ends(low: Totals, high: Totals) -> tuple[Ranks, Ranks]:
    """Best and worst competition rank of every company in every case.

    As `cati.scoring.ranks.rank_range`, for many cases together.

    Parameters
    ----------
    low, high : ndarray of int, shape (companies, cases)
        The ends of each total, comparable within a case; the same array where all are exact.

    Returns
    -------
    best, worst : ndarray of unsigned int, shape (companies, cases)
        The same array where all are exact.
    """
    best: Ranks = np.empty(low.shape, np.uint8 if len(low) < 2**8 else np.uint32)
    if low is high:
        best[:] = 1 + _greater(low, low, best.dtype)
        return best, best
    worst = np.empty_like(best)
    exact = (low == high).all(axis=1)
    known = low[exact]
    # Exact totals are compared with one another once, not for either end.
    among = 1 + _greater(known, known, best.dtype)
    best[exact] = among + _greater(low[~exact], known, best.dtype)
    worst[exact] = among + _greater(high[~exact], known, best.dtype)
    least, most = low[~exact], high[~exact]
    best[~exact] = 1 + _greater(low, most, best.dtype)
    worst[~exact] = 1 + _greater(high, least, best.dtype) - (most > least)
    return best, worst


def _greater(others: Totals, own: Totals, counting: np.dtype[Any]) -> Ranks:
    """How many of `others` have a greater total than each of `own`, shaped as `own`."""
    if len(others) > COMPARED_IN_PAIRS:
        return _greater_by_sorting(others, own, counting)
    companies, cases = own.shape
    counted: Ranks = np.zeros((companies, cases), counting)
    if len(others):
        for start in range(0, cases, CASES_AT_ONCE):
            part = slice(start, start + CASES_AT_ONCE)
            beside = np.ascontiguousarray(others[:, part])
            for at in range(companies):
                above = beside > own[at, part]
                np.add.reduce(above, axis=0, dtype=counting, out=counted[at, part])
    return counted


def _greater_by_sorting(others: Totals, own: Totals, counting: np.dtype[Any]) -> Ranks:
    """As `_greater`: so many as stand behind the own place among the sorted others."""
    rising = np.sort(others.T, axis=1)
    counted = np.empty((own.shape[1], own.shape[0]), counting)
    for case, totals in enumerate(np.ascontiguousarray(own.T)):
        counted[case] = len(others) - np.searchsorted(rising[case], totals, side="right")
    return np.ascontiguousarray(counted.T)


@dataclass(frozen=True)
class Move:
    """A company's total and rank before and after a change.

    Attributes
    ----------
    total_before, total_after : Interval
        In points.
    rank_before, rank_after : Rank
    """

    company: str
    total_before: Interval
    total_after: Interval
    rank_before: Rank
    rank_after: Rank

    @property
    def change(self) -> tuple[int, int]:
        """Least and greatest number of ranks gained; negative where ranks are lost.

        The two ends of the one ranking are set against those of the other, so
        where both are open the true change may have narrower bounds.
        """
        least = self.rank_before.best - self.rank_after.worst
        greatest = self.rank_before.worst - self.rank_after.best
        return least, greatest

    @property
    def direction(self) -> Literal["up", "down", "same", "open"]:
        """Where it moves, as far as that is certain."""
        return direction(self.rank_before, self.rank_after)


def direction(before: Rank, after: Rank) -> Literal["up", "down", "same", "open"]:
    """Whether a rank gets better or worse for certain."""
    if after.worst < before.best:
        return "up"
    if after.best > before.worst:
        return "down"
    return "same" if before == after and before.best == before.worst else "open"


def moves(before: Scorecard, after: Scorecard) -> tuple[Move, ...]:
    """What moves from one scorecard to another of the same companies, in the order of the second.

    Takes either basis, and one of each: only totals and ranks are compared.

    Raises
    ------
    ValueError
        If they have other companies.
    """
    if before.companies != after.companies:
        raise ValueError("the scorecards have different companies")
    return tuple(
        Move(c, before.total(c), after.total(c), before.rank(c), after.rank(c)) for c in after.order
    )
