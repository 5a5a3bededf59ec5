"""Ranks at every division of the weighted points between two tracks, exactly.

A total is a straight line over the share of the first weighted track, so ranks
change only where two lines cross. Crossings are fractions; ranks are computed
at each of them and once between any two, in whole numbers. Works on either
basis, whose blocks lie in one track each; open points give best and worst ranks.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cati.analysis.ranking import Ranks, by_company, rank_ends
from cati.analysis.weights import share_weights
from cati.model.interval import Interval
from cati.model.weighting import track_points
from cati.problems import CatiError, UsageError
from cati.scoring.scorecard import LARGEST, Rank, Scorecard

Whole = NDArray[np.int64]
Line = tuple[int, int]
"""A total at share 0, and what each per cent adds, in a common unit."""

ENDS = (Fraction(0), Fraction(100))


@dataclass(frozen=True)
class Piece:
    """A range of shares over which a company's rank stays the same.

    Attributes
    ----------
    start, end : Fraction
        Share of the first weighted track, in per cent; equal for a single share.
    with_start, with_end : bool
        Whether the range includes them.
    rank : Rank
    """

    start: Fraction
    end: Fraction
    with_start: bool
    with_end: bool
    rank: Rank


@dataclass(frozen=True)
class Swap:
    """Two companies that change their order.

    Attributes
    ----------
    below, above : str
        The one ahead at lower shares of the first weighted track, and at higher ones.
    start, end : Fraction
        The order is certain up to the one, and from the other on; between them it
        depends on open points. Equal where both totals are exact: the two tie there.
    """

    below: str
    above: str
    start: Fraction
    end: Fraction


@dataclass(frozen=True, eq=False)
class RankPaths:
    """The rank of every company at every share of the first weighted track.

    Attributes
    ----------
    tracks : tuple of str
        The two weighted tracks; shares are those of the first, in per cent.
    companies : tuple of str
    shares : tuple of Fraction
        Where ranks can change, rising; 0 and 100 are the first and the last.
    at : tuple of ndarray of int, shape (companies, shares)
        Best and worst rank at each of them.
    between : tuple of ndarray of int, shape (companies, shares - 1)
        Best and worst rank between each and the next.
    """

    tracks: tuple[str, str]
    companies: tuple[str, ...]
    shares: tuple[Fraction, ...]
    at: tuple[Ranks, Ranks]
    between: tuple[Ranks, Ranks]

    def rank(self, company: str, share: Fraction) -> Rank:
        """A company's rank at any share from 0 to 100.

        Raises
        ------
        ValueError
            If the share lies outside.
        """
        if not 0 <= share <= 100:
            raise ValueError(f"expected a share from 0 to 100; found {share}")
        place = bisect_left(self.shares, share)
        if self.shares[place] == share:
            return _rank(self.at, self._at(company), place)
        return _rank(self.between, self._at(company), place - 1)

    def pieces(self, company: str) -> tuple[Piece, ...]:
        """A company's path, from share 0 to 100."""
        row = self._at(company)
        found = [Piece(self.shares[0], self.shares[0], True, True, _rank(self.at, row, 0))]
        for number, (start, end) in enumerate(pairwise(self.shares)):
            _extend(found, Piece(start, end, False, False, _rank(self.between, row, number)))
            _extend(found, Piece(end, end, True, True, _rank(self.at, row, number + 1)))
        return tuple(found)

    def top(
        self, company: str, count: int, low: Fraction = ENDS[0], high: Fraction = ENDS[1]
    ) -> Interval:
        """Part of a range of shares over which a company is among the first so many.

        The exact counterpart of drawing shares evenly between `low` and `high`.
        """
        row = self._at(company)
        parts = [Fraction(0), Fraction(0)]
        for number, (start, end) in enumerate(pairwise(self.shares)):
            length = min(end, high) - max(start, low)
            rank = _rank(self.between, row, number)
            if length > 0:
                parts[0] += length * (rank.worst <= count)
                parts[1] += length * (rank.best <= count)
        return Interval(*(part / (high - low) for part in parts))

    def leaders(self, share: Fraction) -> tuple[str, ...]:
        """Every company that can be first at a share."""
        return tuple(c for c in self.companies if self.rank(c, share).best == 1)

    def _at(self, company: str) -> int:
        return self.companies.index(company)


def rank_paths(card: Scorecard) -> RankPaths:
    """Ranks of all companies at every share of the first weighted track.

    Raises
    ------
    UsageError
        If not exactly two tracks are weighted.
    """
    tracks, low, high = _lines(card)
    shares = _crossings(card, low, high)
    halves = tuple((one + two) / 2 for one, two in pairwise(shares))
    return RankPaths(
        tracks,
        card.companies,
        shares,
        at=_ranks_at(card, low, high, shares),
        between=_ranks_at(card, low, high, halves),
    )


def swaps(card: Scorecard) -> tuple[Swap, ...]:
    """Every two companies that change their order as the share rises, by share.

    Raises
    ------
    UsageError
        If not exactly two tracks are weighted.
    """
    _, low, high = _lines(card)
    lows = [[low[r] for r in _rows(card, at)] for at in range(len(card.companies))]
    highs = [[high[r] for r in _rows(card, at)] for at in range(len(card.companies))]
    found = []
    for one, first in enumerate(card.companies):
        for two, second in enumerate(card.companies[:one]):
            ahead, behind = _above(lows[one], highs[two]), _above(lows[two], highs[one])
            if ahead is None or behind is None:
                continue
            if ahead < behind:
                found.append(Swap(first, second, ahead[1], behind[0]))
            else:
                found.append(Swap(second, first, behind[1], ahead[0]))
    return tuple(sorted(found, key=lambda swap: (swap.start, swap.end, swap.below, swap.above)))


def own_share(card: Scorecard) -> Fraction:
    """The scorecard's own share of the first weighted track, in per cent.

    Raises
    ------
    UsageError
        If not exactly two tracks are weighted.
    """
    (first, _), _, _ = _lines(card)
    points = track_points(card.methodology)
    pool = sum((points[track.id] for track in card.methodology.weighted_tracks), Fraction(0))
    return 100 * card.factors[first] * points[first] / pool


def _lines(card: Scorecard) -> tuple[tuple[str, str], list[Line], list[Line]]:
    """The two tracks, and the line of each alternative's least and greatest points."""
    weighted = [track.id for track in card.methodology.weighted_tracks]
    if len(weighted) != 2:
        raise UsageError(
            f"{card.methodology.id} has {len(weighted)} weighted tracks; shares of two are needed"
        )
    first, second = weighted
    per_share, others = share_weights(card)
    of_track = {track: (weight * 100, 0) for track, weight in others.items()}
    of_track |= {
        first: (0, per_share[first]),
        second: (per_share[second] * 100, -per_share[second]),
    }
    at_zero, slope = np.array([of_track[block.track] for block in card.blocks]).T
    low, high = (
        list(zip((points @ at_zero).tolist(), (points @ slope).tolist(), strict=True))
        for points in (card.low, card.high)
    )
    return (first, second), low, high


def _rows(card: Scorecard, company: int) -> list[int]:
    rows: list[int] = np.flatnonzero(card.owner == company).tolist()
    return rows


def _crossings(card: Scorecard, low: list[Line], high: list[Line]) -> tuple[Fraction, ...]:
    """Where lines of different companies cross, between 0 and 100, and these two."""
    lines = {
        (company, line)
        for company, *ends in zip(card.owner.tolist(), low, high, strict=True)
        for line in ends
    }
    ordered = sorted(lines)
    found = set(ENDS)
    for number, (company, (start, slope)) in enumerate(ordered):
        for other, (other_start, other_slope) in ordered[:number]:
            apart, closing = other_start - start, slope - other_slope
            if closing < 0:
                apart, closing = -apart, -closing
            if company != other and 0 < apart < 100 * closing:
                found.add(Fraction(apart, closing))
    return tuple(sorted(found))


def _ranks_at(
    card: Scorecard, low: list[Line], high: list[Line], shares: tuple[Fraction, ...]
) -> tuple[Ranks, Ranks]:
    up = np.array([share.numerator for share in shares], dtype=np.int64)
    down = np.array([share.denominator for share in shares], dtype=np.int64)
    largest = max(abs(end) + abs(slope) * 100 for end, slope in (*low, *high))
    if largest * int(down.max(initial=1)) > LARGEST:
        raise CatiError("the weights have too many digits to compute with exactly")
    totals = []
    for lines in (low, high) if low != high else (low,):
        start, slope = np.array(lines, dtype=np.int64).T
        totals.append(start[:, None] * down + slope[:, None] * up)
    return rank_ends(*by_company(card, totals[0], totals[-1]))


def _above(lower: list[Line], upper: list[Line]) -> tuple[Fraction, Fraction] | None:
    """The open range of shares in which all of some lines lie above all of others."""
    start, end = ENDS
    for over, over_slope in lower:
        for under, under_slope in upper:
            gap, slope = over - under, over_slope - under_slope
            if slope == 0:
                if gap <= 0:
                    return None
            elif slope > 0:
                start = max(start, Fraction(-gap, slope))
            else:
                end = min(end, Fraction(-gap, slope))
    return (start, end) if start < end else None


def _rank(ends: tuple[Ranks, Ranks], company: int, place: int) -> Rank:
    best, worst = ends
    return Rank(int(best[company, place]), int(worst[company, place]))


def _extend(found: list[Piece], piece: Piece) -> None:
    """Append a piece, or lengthen the last one where the rank stays."""
    last = found[-1]
    if last.rank == piece.rank:
        found[-1] = Piece(last.start, piece.end, last.with_start, piece.with_end, piece.rank)
    else:
        found.append(piece)
