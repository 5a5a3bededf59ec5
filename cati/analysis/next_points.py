"""The next ten points of a total: the fewest grid steps that add them, and where points are open.

Every step counts as one effort, whichever points it earns. Then the fewest
steps are those that each count most, so they can be counted off one by one;
`cati.analysis.roadmap.planner` finds the same number, and plans for other efforts.
What only offsets can earn is left out, as it is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil

import numpy as np

from cati.analysis.roadmap.wishes import Steps
from cati.model.interval import Interval
from cati.scoring.blocks import Block
from cati.scoring.scorecard import Rank, Scorecard

NEXT = Fraction(10)
"""Points of the total that are looked for."""


@dataclass(frozen=True)
class Room:
    """Points still open in a block.

    Attributes
    ----------
    open : Interval
        Points that can be gained, before the factor.
    adds : Interval
        What they would add to the total.
    taken : Interval
        How many of them lie on the shortest way.
    full : tuple of str
        Companies that have all points of the block, in the order of the ranking.
    """

    block: Block
    open: Interval
    adds: Interval
    taken: Interval
    full: tuple[str, ...]


@dataclass(frozen=True)
class NextPoints:
    """The shortest way to a higher total, peers aside.

    Where a printed row has several solutions, each figure is the least and the
    greatest of them. On the assessed basis the way starts from what is certain.

    Attributes
    ----------
    start, target : Fraction
        Totals; the target is the start and ten points, or the most that can be reached.
    steps : Interval
        The fewest grid steps.
    points : Interval
        The same as points, before any factor.
    rank : Rank
        The rank that the target would have, all others held still.
    rooms : tuple of Room
        Blocks in which points are open: those on the way, then by what they would add.
    """

    start: Fraction
    target: Fraction
    steps: Interval
    points: Interval
    rank: Rank
    rooms: tuple[Room, ...]


class NextPointsOf:
    """Finds the next ten points of any company of a scorecard.

    Parameters
    ----------
    card : Scorecard
    """

    def __init__(self, card: Scorecard) -> None:
        self.card = card
        self._units: list[int] = card.numerators.tolist()
        self._positions = {company: at for at, company in enumerate(card.companies)}
        low, high = card.totals()
        self._low, self._high = low.tolist(), high.tolist()
        self._sorted = np.sort(low), np.sort(high)

    def __call__(self, company: str) -> NextPoints | None:
        """The shortest way of a company; None where no points are open."""
        card = self.card
        at = self._positions[company]
        rows = range(*np.searchsorted(card.owner, [at, at + 1]).tolist())
        open_steps = [self._open(card.low[row].tolist()) for row in rows]
        most = [sum(n * u for n, u in zip(row, self._units, strict=True)) for row in open_steps]
        gain = min(ceil(NEXT * card.denominator), *most)
        if gain == 0:
            return None
        ways = [self._way(row, gain) for row in open_steps]
        counts = [sum(way) for way in ways]
        steps = Interval(Fraction(min(counts)), Fraction(max(counts)))
        target = self._low[at] + gain
        return NextPoints(
            start=Fraction(self._low[at], card.denominator),
            target=Fraction(target, card.denominator),
            steps=steps,
            points=steps.scaled(Fraction(card.methodology.grid)),
            rank=self._rank(at, target),
            rooms=self._rooms(company, open_steps, ways),
        )

    @cached_property
    def _closed(self) -> list[int]:
        """Grid steps of each block that only offsets can earn."""
        steps = Steps(self.card.methodology)
        return [steps.closed(block) for block in self.card.blocks]

    @cached_property
    def _full(self) -> list[tuple[str, ...]]:
        """Companies with all points of each block, in the order of the ranking."""
        card = self.card
        ends = [(card.block(block.id), block.steps) for block in card.blocks]
        return [
            tuple(c for c in card.order if group.low[group.positions[c]] == steps)
            for group, steps in ends
        ]

    def _open(self, earned: list[int]) -> list[int]:
        blocks = zip(self.card.blocks, self._closed, earned, strict=True)
        return [max(0, block.steps - closed - steps) for block, closed, steps in blocks]

    def _way(self, open_steps: list[int], gain: int) -> list[int]:
        """The fewest steps that gain so much, by block: what counts most first."""
        taken = [0] * len(open_steps)
        by_worth = sorted(range(len(taken)), key=lambda at: (-self._units[at], -open_steps[at], at))
        for at in by_worth:
            if gain > 0 and self._units[at]:
                taken[at] = min(open_steps[at], -(-gain // self._units[at]))
                gain -= taken[at] * self._units[at]
        return taken

    def _rank(self, at: int, target: int) -> Rank:
        """The rank of a total, above the company's own, among the others."""
        above = [len(ends) - int(np.searchsorted(ends, target, "right")) for ends in self._sorted]
        return Rank(1 + above[0], 1 + above[1] - (self._high[at] > target))

    def _rooms(
        self, company: str, open_steps: list[list[int]], ways: list[list[int]]
    ) -> tuple[Room, ...]:
        grid, factors = Fraction(self.card.methodology.grid), self.card.factors
        rooms = []
        for at, block in enumerate(self.card.blocks):
            points = _span([row[at] for row in open_steps]).scaled(grid)
            rooms.append(
                Room(
                    block,
                    points,
                    points.scaled(factors[block.track]),
                    _span([way[at] for way in ways]).scaled(grid),
                    tuple(c for c in self._full[at] if c != company),
                )
            )
        found = [room for room in rooms if room.open.high]
        return tuple(sorted(found, key=lambda room: (-room.taken.high, -room.adds.high)))


def _span(numbers: list[int]) -> Interval:
    return Interval(Fraction(min(numbers)), Fraction(max(numbers)))
