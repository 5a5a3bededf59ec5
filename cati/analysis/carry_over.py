"""Points of one methodology as far as they settle those of another, through the crosswalk.

Where both ask the same for the same points, an indicator's points carry over. Where
both ask the same for other points, only nothing and everything do: in between, the other
index may give anything. A related question, or one without a counterpart, is left open.
The rest follows from the blocks: of the points in a block, whatever its
indicators can hold together is possible, and the least and the greatest of it are found exactly.
On the published basis blocks join many indicators, so that little is settled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Literal

import numpy as np

from cati.analysis.ranking import Ranks, Totals, by_company, rank_ends
from cati.model.consistency import check_shares
from cati.model.crosswalk import Crosswalk, Relation
from cati.model.interval import Interval
from cati.model.methodology import Indicator, Methodology
from cati.model.weighting import track_factors
from cati.problems import UsageError
from cati.scoring.blocks import Block
from cati.scoring.scorecard import Basis, Rank, Scorecard

Carry = Literal["same_points", "other_points", "related", "none"]

Value = tuple[int, int]
"""Least and greatest of what points are worth on the other side, in a common unit."""


@dataclass(frozen=True)
class Part:
    """Indicators of the other methodology of which the same is carried over.

    Attributes
    ----------
    carry : {"same_points", "other_points", "related", "none"}
    indicators : int
    points : Fraction
        The most they can earn, before any factor.
    """

    carry: Carry
    indicators: int
    points: Fraction


@dataclass(frozen=True, eq=False)
class CarriedOver:
    """Totals in another methodology, as intervals.

    Attributes
    ----------
    methodology : Methodology
        The other one.
    basis : {"published", "assessed"}
        Of the points that were carried over.
    companies : tuple of str
    parts : tuple of Part
        What the crosswalk lets through.
    low, high : ndarray of int, shape (companies,)
        Totals, in units of 1 / `denominator` points.
    denominator : int
    most : Fraction
        The greatest total there is.
    """

    methodology: Methodology
    basis: Basis
    companies: tuple[str, ...]
    parts: tuple[Part, ...]
    low: Totals
    high: Totals
    denominator: int
    most: Fraction

    def total(self, company: str) -> Interval:
        """Least and greatest total of a company, in points."""
        at = self.companies.index(company)
        ends = (Fraction(int(end[at]), self.denominator) for end in (self.low, self.high))
        return Interval(*ends)

    def rank(self, company: str) -> Rank:
        """Best and worst rank of a company."""
        best, worst = self._ranks
        at = self.companies.index(company)
        return Rank(int(best[at, 0]), int(worst[at, 0]))

    def settled(self, company: str) -> Fraction:
        """Part of a company's total that is settled one way or the other, from 0 to 1."""
        total = self.total(company)
        return 1 - (total.high - total.low) / self.most

    @property
    def order(self) -> tuple[str, ...]:
        """Companies by the lower end of the total, from the highest, then by id."""
        return tuple(sorted(self.companies, key=lambda c: (-self.total(c).low, c)))

    @cached_property
    def _ranks(self) -> tuple[Ranks, Ranks]:
        return rank_ends(self.low[:, None], self.high[:, None])


def carry_over(
    card: Scorecard,
    crosswalk: Crosswalk,
    other: Methodology,
    shares: Mapping[str, Decimal] | None = None,
) -> CarriedOver:
    """What a scorecard's points settle of totals in another methodology.

    Parameters
    ----------
    card : Scorecard
    crosswalk : Crosswalk
        Between its methodology and the other, in either direction.
    other : Methodology
    shares : mapping of str to Decimal, optional
        Shares of the other's weighted tracks; its own unless given, and without
        those every point counts once.

    Raises
    ------
    UsageError
        If the crosswalk pairs other methodologies, or the shares do not fit.
    """
    for finding in check_shares((), other, shares) if shares is not None else ():
        raise UsageError(f"shares: expected {finding.expected}; found {finding.found}")
    pairs = _pairs(card.methodology.id, crosswalk, other.id)
    factors = track_factors(other, shares)
    grid = Fraction(card.methodology.grid)
    worth = {i.code: Fraction(i.points) * factors[i.track] for i in other.indicators()}
    parts = (*worth.values(), *(grid * factor for factor in factors.values()))
    unit = lcm(*(part.denominator for part in parts))

    passing: dict[str, list[Value]] = {}
    carried: dict[str, Carry] = {}
    for indicator in card.methodology.indicators():
        steps = card.methodology.steps(indicator.points)
        passing[indicator.code] = [(0, 0)] * (steps + 1)
        if indicator.code not in pairs:
            continue
        code, relation = pairs[indicator.code]
        counterpart = other.indicator(code)
        carried[code] = _carry(relation, indicator, counterpart)
        if carried[code] == "same_points":
            step = int(grid * factors[counterpart.track] * unit)
            passing[indicator.code] = [(step * n, step * n) for n in range(steps + 1)]
        elif carried[code] == "other_points":
            full = int(worth[code] * unit)
            passing[indicator.code] = [(0, 0), *[(0, full)] * (steps - 1), (full, full)]
    left_open = sum(
        (w for c, w in worth.items() if carried.get(c, "none") in {"related", "none"}), Fraction(0)
    )
    low, high = _totals(card, passing)
    ends = by_company(card, low, high + int(left_open * unit))
    return CarriedOver(
        other,
        card.basis,
        card.companies,
        tuple(_parts(other, carried)),
        ends[0][:, 0],
        ends[1][:, 0],
        unit,
        sum(worth.values(), Fraction(0)),
    )


def _pairs(own: str, crosswalk: Crosswalk, other: str) -> dict[str, tuple[str, Relation]]:
    """Code on the other side and the relation, by code on this one."""
    sides = (crosswalk.left, crosswalk.right)
    if sides not in {(own, other), (other, own)}:
        raise UsageError(f"the crosswalk pairs {sides[0]} and {sides[1]}, not {own} and {other}")
    found = {}
    for pair in crosswalk.pairs:
        here, there = (pair.left, pair.right) if own == sides[0] else (pair.right, pair.left)
        if here is not None and there is not None:
            found[here] = (there, pair.relation)
    return found


def _carry(relation: Relation, own: Indicator, counterpart: Indicator) -> Carry:
    if relation != "same":
        return relation
    return "same_points" if own.points == counterpart.points else "other_points"


def _totals(card: Scorecard, passing: Mapping[str, Sequence[Value]]) -> tuple[Totals, Totals]:
    """What each alternative settles, shape (alternatives, 1) for the least and the greatest."""
    low, high = (np.zeros((len(card.owner), 1), dtype=np.int64) for _ in range(2))
    for at, block in enumerate(card.blocks):
        values = _block_values(block, passing)
        for row in range(len(card.owner)):
            points = values[int(card.low[row, at]) : int(card.high[row, at]) + 1]
            low[row] += min(least for least, _ in points)
            high[row] += max(greatest for _, greatest in points)
    return low, high


def _block_values(block: Block, passing: Mapping[str, Sequence[Value]]) -> list[Value]:
    """Least and greatest worth of a block's indicators, for each number of steps they hold."""
    reached: list[Value] = [(0, 0)]
    for code in block.codes:
        added = passing[code]
        reached = [
            _ends(
                (
                    reached[before][0] + added[steps - before][0],
                    reached[before][1] + added[steps - before][1],
                )
                for before in range(
                    max(0, steps - len(added) + 1), min(steps, len(reached) - 1) + 1
                )
            )
            for steps in range(len(reached) + len(added) - 1)
        ]
    return reached


def _ends(values: Iterator[Value]) -> Value:
    low, high = zip(*values, strict=True)
    return min(low), max(high)


def _parts(other: Methodology, carried: Mapping[str, Carry]) -> Iterator[Part]:
    kinds: tuple[Carry, ...] = ("same_points", "other_points", "related", "none")
    for kind in kinds:
        held = [i for i in other.indicators() if carried.get(i.code, "none") == kind]
        points = sum((Fraction(i.points) for i in held), Fraction(0))
        yield Part(kind, len(held), points)
