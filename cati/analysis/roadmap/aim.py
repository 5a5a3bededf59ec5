"""What a company wants to reach on a scorecard, in whole numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import islice
from math import ceil
from typing import Literal

from cati.analysis.roadmap.plan import Case, Plan, Which
from cati.analysis.roadmap.program import Chosen, Program, Score, cheapest
from cati.scoring.scorecard import Scorecard


def unwatched() -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Aim:
    """A total or a rank that a company wants to reach.

    Attributes
    ----------
    target : Fraction, optional
        The total; None where `rank` is given.
    rank : int, optional
    alternatives : int
        How many plans of equal effort are wanted.
    progress : callable
        Told of each plan that is found.
    """

    card: Scorecard
    company: str
    target: Fraction | None
    rank: int | None
    alternatives: int
    progress: Callable[[], object] = unwatched

    @cached_property
    def units(self) -> tuple[int, ...]:
        """What a grid step in each block adds to a total, in units of one over the denominator."""
        return tuple(self.card.numerators.tolist())

    def need(self, peers: Literal["low", "high"]) -> int:
        """The least total that will do, in units of one over the card's denominator.

        Parameters
        ----------
        peers : {"low", "high"}
            Which end of the others' totals stands still, for a rank.
        """
        if self.rank is None:
            return ceil((self.target or 0) * self.card.denominator)
        low, high = self.card.totals()
        ends = (low if peers == "low" else high).tolist()
        own = self.card.companies.index(self.company)
        others = sorted(ends[:own] + ends[own + 1 :], reverse=True)
        return others[self.rank - 1] if self.rank <= len(others) else 0

    def points(self, units: int) -> Fraction:
        """A total in points."""
        return Fraction(units, self.card.denominator)

    def case(
        self,
        which: Which,
        program: Program,
        score: Score,
        plan: Callable[[Chosen], Plan],
    ) -> Case:
        """The answer to a program: its cheapest sets, each told as a plan."""
        found = []
        for chosen in islice(cheapest(program, score), self.alternatives + 1):
            found.append(chosen)
            self.progress()
        return Case(
            which=which,
            start=self.points(score(frozenset())),
            target=self.points(program.need),
            most=self.points(score(frozenset(program.costs))),
            plans=tuple(plan(chosen) for chosen in found[: self.alternatives]),
            more=len(found) > self.alternatives,
        )
