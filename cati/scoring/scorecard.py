"""The scorecard: companies x blocks, and every number that follows from it.

Points are whole numbers of grid steps, factors whole numbers over a common
denominator, so that totals are compared exactly. A company holds one or more
alternatives, each an interval per block; every figure is computed for each
alternative and given as the least and the greatest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from cati.model.interval import Interval
from cati.model.methodology import Methodology
from cati.model.printed import PointsRow
from cati.model.weighting import track_factors
from cati.problems import CatiError
from cati.scoring.blocks import (
    Block,
    alternatives,
    block_steps,
    published_blocks,
    steps_by_column,
)
from cati.scoring.ranks import Whole, descending, rank_range

if TYPE_CHECKING:
    import pandas as pd

Basis = Literal["published", "assessed"]
Level = Literal["columns", "tracks", "dimensions", "sub_dimensions", "indicators", "blocks"]

LARGEST = 2**62
"""Totals times companies are 64-bit integers; none may come near the limit."""


@dataclass(frozen=True)
class Rank:
    """Best and worst competition rank; equal where it is certain."""

    best: int
    worst: int


@dataclass(frozen=True, eq=False)
class Group:
    """Points of all companies in a group of indicators.

    Attributes
    ----------
    most : int
        Points possible, in grid steps.
    low, high : ndarray of int, shape (companies,)
        Least and greatest points, in grid steps.
    """

    positions: Mapping[str, int]
    grid: Fraction
    most: int
    low: Whole
    high: Whole

    @property
    def most_points(self) -> Fraction:
        """Points possible."""
        return self.most * self.grid

    def points(self, company: str) -> Interval:
        """A company's points."""
        at = self.positions[company]
        return Interval(int(self.low[at]) * self.grid, int(self.high[at]) * self.grid)

    def rate(self, company: str) -> Interval:
        """A company's points over the points possible, from 0 to 1."""
        return self.points(company).scaled(1 / self.most_points)


@dataclass(frozen=True, eq=False)
class Scorecard:
    """Points of companies and what they come to.

    Attributes
    ----------
    evaluation : str
        Its id.
    methodology : Methodology
    basis : {"published", "assessed"}
    companies : tuple of str
        Entity ids, sorted.
    blocks : tuple of Block
    owner : ndarray of int, shape (alternatives,)
        Position in `companies` of each alternative; non-decreasing.
    low, high : ndarray of int, shape (alternatives, blocks)
        Least and greatest points, in grid steps.
    stated : dict of str to ndarray of int, shape (alternatives,)
        Grid steps of columns that the basis gives by themselves, though
        their indicators are not certain.
    factors : dict of str to Fraction
        By track.
    """

    evaluation: str
    methodology: Methodology
    basis: Basis
    companies: tuple[str, ...]
    blocks: tuple[Block, ...]
    owner: NDArray[np.intp]
    low: Whole
    high: Whole
    stated: Mapping[str, Whole]
    factors: Mapping[str, Fraction]

    @classmethod
    def from_points(
        cls,
        evaluation: str,
        methodology: Methodology,
        rows: tuple[PointsRow, ...],
        shares: Mapping[str, Decimal] | None = None,
    ) -> Scorecard:
        """The scorecard of a printed table, from its points.

        Parameters
        ----------
        evaluation : str
        methodology : Methodology
        rows : tuple of PointsRow
            ``points.csv``.
        shares : mapping of str to Decimal, optional
            Shares of the weighted tracks, in place of the methodology's.
        """
        blocks = published_blocks(methodology)
        by_alternative = alternatives(rows)
        companies = tuple(dict.fromkeys(company for company, _ in by_alternative))
        position = {company: index for index, company in enumerate(companies)}
        columns = [steps_by_column(methodology, group) for group in by_alternative.values()]
        points = np.array(
            [[block_steps(block, steps) for block in blocks] for steps in columns], dtype=np.int64
        )
        uncertain = [c.id for c in methodology.columns if c.make_up == "unproven" and c.printed]
        return cls(
            evaluation=evaluation,
            methodology=methodology,
            basis="published",
            companies=companies,
            blocks=blocks,
            owner=np.array([position[company] for company, _ in by_alternative], dtype=np.intp),
            low=points,
            high=points,
            stated={c: np.array([steps[c] for steps in columns]) for c in uncertain},
            factors=track_factors(methodology, shares),
        )

    def without(self, companies: Iterable[str]) -> Scorecard:
        """The same points without some companies; ranks are among those that stay.

        Raises
        ------
        KeyError
            If one of them is not in the scorecard.
        """
        left_out = set(companies)
        if unknown := left_out.difference(self.companies):
            raise KeyError(*sorted(unknown))
        stay = [i for i, company in enumerate(self.companies) if company not in left_out]
        rows = np.isin(self.owner, stay)
        exact = self.high is self.low
        low = self.low[rows]
        return replace(
            self,
            companies=tuple(self.companies[i] for i in stay),
            owner=np.searchsorted(stay, self.owner[rows]),
            low=low,
            high=low if exact else self.high[rows],
            stated={column: steps[rows] for column, steps in self.stated.items()},
        )

    # Totals and ranks

    @cached_property
    def denominator(self) -> int:
        """Totals are whole multiples of one over this many points."""
        return lcm(*(weight.denominator for weight in self._step_weights.values()))

    @cached_property
    def _step_weights(self) -> dict[str, Fraction]:
        """What a grid step of each track adds to a total, in points."""
        grid = Fraction(self.methodology.grid)
        return {track: factor * grid for track, factor in self.factors.items()}

    @cached_property
    def numerators(self) -> Whole:
        """What one grid step of each block adds to a total, in units of 1 / `denominator`.

        Raises
        ------
        CatiError
            If the factors are so finely divided that totals would not fit.
        """
        of_track = {track: int(w * self.denominator) for track, w in self._step_weights.items()}
        exact = [of_track[block.track] for block in self.blocks]
        most = sum(n * block.steps for n, block in zip(exact, self.blocks, strict=True))
        if most * len(self.companies) > LARGEST:
            raise CatiError("the shares have too many digits to compute with exactly")
        return np.array(exact, dtype=np.int64)

    @cached_property
    def _total_ends(self) -> tuple[Whole, Whole]:
        low = self.low @ self.numerators
        high = low if self.high is self.low else self.high @ self.numerators
        return self._by_company(low, high)

    def _by_company(self, low: Whole, high: Whole) -> tuple[Whole, Whole]:
        """From the ends of each alternative to the least and greatest of each company."""
        if len(self.owner) == len(self.companies):
            return low, high
        starts = np.searchsorted(self.owner, np.arange(len(self.companies)))
        return np.minimum.reduceat(low, starts), np.maximum.reduceat(high, starts)

    @cached_property
    def _order(self) -> NDArray[np.intp]:
        return descending(self._total_ends[0])

    @cached_property
    def _rank_ends(self) -> tuple[Whole, Whole]:
        return rank_range(*self._total_ends, self._order)

    @cached_property
    def _position(self) -> dict[str, int]:
        return {company: index for index, company in enumerate(self.companies)}

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Companies from the highest total to the lowest: by the lower end, then id."""
        return tuple(self.companies[i] for i in self._order.tolist())

    def totals(self) -> tuple[Whole, Whole]:
        """Least and greatest total of every company.

        Returns
        -------
        low, high : ndarray of int, shape (companies,)
            In units of 1 / `denominator`, in the order of `companies`.
        """
        return self._total_ends

    def ranks(self) -> tuple[Whole, Whole]:
        """Best and worst competition rank of every company.

        Returns
        -------
        best, worst : ndarray of int, shape (companies,)
            In the order of `companies`.
        """
        return self._rank_ends

    def total(self, company: str) -> Interval:
        """A company's total, in points."""
        at = self._position[company]
        low, high = self._total_ends
        return Interval(
            Fraction(int(low[at]), self.denominator), Fraction(int(high[at]), self.denominator)
        )

    def rank(self, company: str) -> Rank:
        """A company's competition rank among the scorecard's companies."""
        at = self._position[company]
        best, worst = self._rank_ends
        return Rank(int(best[at]), int(worst[at]))

    def alternatives(self, company: str) -> tuple[dict[str, Interval], ...]:
        """Points of a company in each track, for each of its alternatives."""
        rows = np.flatnonzero(self.owner == self._position[company])
        return tuple(
            {track.id: self._track_interval(row, track.id) for track in self.methodology.tracks}
            for row in rows.tolist()
        )

    def _track_interval(self, row: int, track: str) -> Interval:
        at = self._in_track(track)
        grid = Fraction(self.methodology.grid)
        return Interval(int(self.low[row, at].sum()) * grid, int(self.high[row, at].sum()) * grid)

    def coverage(self, company: str) -> Fraction:
        """Share of all possible points that is settled one way or the other, from 0 to 1.

        What a block leaves open is the span over all alternatives.
        """
        low, high = self._block_spans
        at = self._position[company]
        most = sum(block.steps for block in self.blocks)
        return 1 - Fraction(int((high[at] - low[at]).sum()), most)

    @cached_property
    def _block_spans(self) -> tuple[Whole, Whole]:
        return self._by_company(self.low, self.high)

    # Groups of indicators

    def group(self, members: Sequence[str]) -> Group:
        """Points of all companies in the indicators of some codes.

        Of the P points in a block, the part inside a group lies between
        ``max(0, P - room outside the group)`` and ``min(room inside, P)``.

        Parameters
        ----------
        members : sequence of str
            Codes of indicators, sub-dimensions or dimensions.

        Raises
        ------
        KeyError
            If the methodology has no such code.
        """
        if unknown := [code for code in members if code not in self.methodology.levels]:
            raise KeyError(*unknown)
        codes = set(self.methodology.codes(members))
        inside = np.array(
            [sum(self._steps(c) for c in b.codes if c in codes) for b in self.blocks],
            dtype=np.int64,
        )
        outside = np.array([block.steps for block in self.blocks], dtype=np.int64) - inside
        return self._grouped(
            sum(self._steps(code) for code in codes),
            np.maximum(0, self.low - outside).sum(axis=1),
            np.minimum(inside, self.high).sum(axis=1),
        )

    def column(self, column_id: str) -> Group:
        """Points in a column, as the basis gives them by itself or by its indicators."""
        members = self.methodology.column(column_id).members
        if column_id not in self.stated:
            return self.group(members)
        most = sum(self._steps(code) for code in self.methodology.codes(members))
        return self._grouped(most, self.stated[column_id], self.stated[column_id])

    def track(self, track_id: str) -> Group:
        """Points in a track, before its factor."""
        return self._of_blocks(self._in_track(track_id))

    def block(self, block_id: str) -> Group:
        """Points in a block."""
        return self._of_blocks([i for i, b in enumerate(self.blocks) if b.id == block_id])

    def groups(self, level: Level) -> dict[str, Group]:
        """All groups of one level, by id or code, in order."""
        if level == "columns":
            return {column.id: self.column(column.id) for column in self.methodology.columns}
        if level == "tracks":
            return {track.id: self.track(track.id) for track in self.methodology.tracks}
        if level == "blocks":
            return {block.id: self.block(block.id) for block in self.blocks}
        depth = {"dimensions": 0, "sub_dimensions": 1, "indicators": 2}[level]
        codes = [code for code in self.methodology.levels if code.count(".") == depth]
        return {code: self.group([code]) for code in codes}

    def _steps(self, code: str) -> int:
        return self.methodology.steps(self.methodology.indicator(code).points)

    def _in_track(self, track_id: str) -> list[int]:
        return [i for i, block in enumerate(self.blocks) if block.track == track_id]

    def _of_blocks(self, at: Sequence[int]) -> Group:
        most = sum(self.blocks[i].steps for i in at)
        return self._grouped(most, self.low[:, at].sum(axis=1), self.high[:, at].sum(axis=1))

    def _grouped(self, most: int, low: Whole, high: Whole) -> Group:
        ends = self._by_company(low, high)
        return Group(self._position, Fraction(self.methodology.grid), most, *ends)

    # Views for notebooks

    def ranking(self) -> pd.DataFrame:
        """The ranking, from the highest total to the lowest.

        Returns
        -------
        DataFrame, one row per company
            Indexed by company id: ``rank`` and ``worst_rank``; ``low`` and
            ``high`` end of the total in points; ``coverage`` from 0 to 1.
            Floats are for display: nothing was decided on them.
        """
        from cati.scoring.frames import ranking_frame

        return ranking_frame(self)

    def points(self, level: Level = "columns") -> pd.DataFrame:
        """Raw points of every company in every group of a level.

        Parameters
        ----------
        level : {"columns", "tracks", "dimensions", "sub_dimensions", "indicators", "blocks"}

        Returns
        -------
        DataFrame, shape (companies, 2 * groups)
            Companies in the order of the ranking x (group, "low" | "high"), in
            points before any factor; ``frame[group]`` has both ends of one.
        """
        from cati.scoring.frames import points_frame

        return points_frame(self, level)

    def rates(self, level: Level = "columns") -> pd.DataFrame:
        """Scoring rates, raw points over raw points possible, shaped as `points`, from 0 to 1."""
        from cati.scoring.frames import rates_frame

        return rates_frame(self, level)

    def contributions(self) -> pd.DataFrame:
        """What each block adds to the total, after the factor of its track.

        Returns
        -------
        DataFrame, shape (companies, 2 * blocks)
            As `points`, in points of the total.
        """
        from cati.scoring.frames import contributions_frame

        return contributions_frame(self)
