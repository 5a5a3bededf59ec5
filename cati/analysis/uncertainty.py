"""How far ranks are certain: open points exactly, grading noise and weights by drawing.

All of it works on the blocks of the scorecard's basis. On the published
basis a block is a column of the printed table, or a column without those
inside it: noise and weights move whole blocks and never the indicators in
them, which the table does not show. On the assessed basis a block is an indicator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cati.analysis.ranking import Ranks, Totals, by_company, rank_ends
from cati.analysis.weights import OwnWeights, StepWeights, Weights, weighed
from cati.model.interval import Interval
from cati.problems import UsageError
from cati.scoring.scorecard import Basis, Rank, Scorecard

if TYPE_CHECKING:
    import pandas as pd

Counts = NDArray[np.intp]

MOST_DRAWS = 100_000


@dataclass(frozen=True)
class TopMembers:
    """Who is among the first so many.

    Attributes
    ----------
    certain : tuple of str
        Companies that are, wherever the open points lie.
    possible : tuple of str
        Companies that are for some of the open points.
    """

    certain: tuple[str, ...]
    possible: tuple[str, ...]


@dataclass(frozen=True)
class Order:
    """In which part of all draws one company is ahead of another, tied, or behind.

    Each is an interval where points are open: least, if they fall against it
    in every draw, and greatest, if they fall for it.

    Attributes
    ----------
    ahead, tied, behind : Interval
        From 0 to 1.
    """

    first: str
    second: str
    ahead: Interval
    tied: Interval
    behind: Interval


def rank_ranges(card: Scorecard) -> dict[str, Rank]:
    """Best and worst rank of every company over all its open points, exactly.

    Points are open between the ends of a block, and between a company's
    alternatives. Companies are scored on their own, so every combination can
    occur; both ends are reached. Works on either basis.

    Returns
    -------
    dict of str to Rank
        By company, in the order of the ranking.
    """
    return {company: card.rank(company) for company in card.order}


def undecided(card: Scorecard) -> tuple[tuple[str, str], ...]:
    """Pairs of companies whose order depends on open points, in the order of the ranking."""
    totals = {company: card.total(company) for company in card.order}
    return tuple(_undecided_pairs(totals))


def _undecided_pairs(totals: dict[str, Interval]) -> Iterator[tuple[str, str]]:
    names = list(totals)
    for at, first in enumerate(names):
        for second in names[at + 1 :]:
            one, two = totals[first], totals[second]
            settled = one.low > two.high or two.low > one.high
            if not settled and not (one.is_exact and one == two):
                yield first, second


def top_members(card: Scorecard, count: int) -> TopMembers:
    """Who is among the first so many, for certain or possibly; ties at the end all count."""
    ranks = rank_ranges(card)
    return TopMembers(
        certain=tuple(c for c, rank in ranks.items() if rank.worst <= count),
        possible=tuple(c for c, rank in ranks.items() if rank.best <= count),
    )


@dataclass(frozen=True, eq=False)
class Simulation:
    """Totals of all companies in many draws, and what they say of the ranks.

    Where points are open, a company has a least and a greatest total in each
    draw, and with it a best and a worst rank; chances are then intervals.
    An exact figure is exact for these draws: of the chance that they
    estimate it is a sample (see `sampling_error`).

    Attributes
    ----------
    companies : tuple of str
    basis : {"published", "assessed"}
    draws, seed : int
    weights : Weights
    noise : Decimal
        Chance that a block's points are a grid step off.
    low, high : ndarray of int, shape (companies, draws)
        Totals, comparable within a draw only.
    """

    companies: tuple[str, ...]
    basis: Basis
    draws: int
    seed: int
    weights: Weights
    noise: Decimal
    low: Totals
    high: Totals

    @cached_property
    def ranks(self) -> tuple[Ranks, Ranks]:
        """Best and worst competition rank, each of shape (companies, draws)."""
        return rank_ends(self.low, self.high)

    @cached_property
    def counts(self) -> tuple[Counts, Counts]:
        """In how many draws each company has each best, and each worst rank.

        Returns
        -------
        best, worst : ndarray of int, shape (companies, companies)
            Company by rank less one.
        """
        best, worst = self.ranks
        counted = self._counted(best)
        return counted, counted if worst is best else self._counted(worst)

    def _counted(self, ranks: Ranks) -> Counts:
        size = len(self.companies)
        return np.array([np.bincount(row, minlength=size + 1)[1:] for row in ranks])

    def quantile(self, company: str, part: Fraction) -> Rank:
        """The rank that a company reaches or betters in at least this part of the draws.

        An occurring rank, never one between two: the inverse of the
        distribution function, definition 1 of Hyndman and Fan (1996).

        Parameters
        ----------
        company : str
        part : Fraction
            Above 0 and at most 1.
        """
        needed = ceil(part * self.draws)
        at = self._at(company)
        best, worst = (int(np.searchsorted(c[at].cumsum(), needed)) + 1 for c in self.counts)
        return Rank(best, worst)

    def median(self, company: str) -> Rank:
        """The rank that a company reaches or betters in half of the draws."""
        return self.quantile(company, Fraction(1, 2))

    def interval(self, company: str, part: Fraction = Fraction(9, 10)) -> Rank:
        """The ranks between which a company lies in the middle part of the draws, 90 % by default.

        From its best ranks' lower quantile to its worst ranks' upper one.
        """
        tail = (1 - part) / 2
        return Rank(self.quantile(company, tail).best, self.quantile(company, 1 - tail).worst)

    def top(self, company: str, count: int) -> Interval:
        """Part of the draws in which a company is among the first so many, ties included."""
        at = self._at(company)
        best, worst = (int(c[at, :count].sum()) for c in self.counts)
        return Interval(Fraction(worst, self.draws), Fraction(best, self.draws))

    def order(self, first: str, second: str) -> Order:
        """In which part of the draws one company is ahead of another."""
        one, two = self._at(first), self._at(second)
        surely_ahead = self.low[one] > self.high[two]
        surely_behind = self.high[one] < self.low[two]
        exact = (self.low[one] == self.high[one]) & (self.low[two] == self.high[two])
        return Order(
            first,
            second,
            ahead=self._part(surely_ahead, self.high[one] > self.low[two]),
            tied=self._part(
                exact & (self.low[one] == self.low[two]), ~surely_ahead & ~surely_behind
            ),
            behind=self._part(surely_behind, self.low[one] < self.high[two]),
        )

    def sampling_error(self) -> Fraction:
        """Half the width of a 95 % interval around a chance of one half, at most; from 0 to 1."""
        return Fraction(98, 100) / Fraction(np.sqrt(self.draws))

    def frame(self) -> pd.DataFrame:
        """Median rank and the middle 90 % of every company.

        Returns
        -------
        DataFrame, one row per company
            Indexed by company id, in the order of `companies`: ``median_best``,
            ``median_worst``, ``from`` and ``to``, all whole ranks.
        """
        import pandas as pd

        rows = []
        for company in self.companies:
            median, middle = self.median(company), self.interval(company)
            rows.append((median.best, median.worst, middle.best, middle.worst))
        index = pd.Index(list(self.companies), name="company", dtype=str)
        return pd.DataFrame(
            rows, index=index, columns=["median_best", "median_worst", "from", "to"]
        )

    def _part(self, least: NDArray[np.bool_], greatest: NDArray[np.bool_]) -> Interval:
        return Interval(
            Fraction(int(least.sum()), self.draws), Fraction(int(greatest.sum()), self.draws)
        )

    def _at(self, company: str) -> int:
        return self.companies.index(company)


def simulate(
    card: Scorecard,
    weights: Weights | None = None,
    noise: Decimal = Decimal(0),
    draws: int = 10_000,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Simulation:
    """Draw weights and grading noise, and rank the companies in every draw.

    Noise: in every draw each block of each company is, with the given
    chance, one grid step (half a point) off, up or down alike, and stays where
    there is no room; independent of all others. On the published basis a
    block holds the points of several indicators, so this is one misjudged half
    point among them all; on the assessed basis it is one for each indicator.
    What is open stays open: both ends of an interval move together.

    Parameters
    ----------
    card : Scorecard
    weights : Weights, optional
        The card's own unless given.
    noise : Decimal
        Chance, from 0 to 1.
    draws : int
    seed : int
        The same seed gives the same draws.
    progress : callable, optional
        Called with the number of blocks to which noise was added, and of all blocks.

    Raises
    ------
    UsageError
        If noise, draws or seed are out of range, or the weights do not fit the card.
    """
    if not 0 <= noise <= 1:
        raise UsageError(f"noise: expected a chance from 0 to 1; found {noise}")
    if not 1 <= draws <= MOST_DRAWS:
        raise UsageError(f"draws: expected 1 to {MOST_DRAWS:,}; found {draws:,}")
    if seed < 0:
        raise UsageError(f"seed: expected 0 or more; found {seed}")
    weights = OwnWeights() if weights is None else weights
    random = np.random.default_rng(seed)
    of_steps = weights.steps(card, random, draws)
    low = weighed(card, card.low, of_steps)
    high = low if card.high is card.low else weighed(card, card.high, of_steps)
    if noise:
        held = [(low, card.low)] if high is low else [(low, card.low), (high, card.high)]
        _add_noise(card, of_steps, noise, random, held, progress)
    ends = by_company(card, low, high)
    return Simulation(card.companies, card.basis, draws, seed, weights, noise, *ends)


def _add_noise(
    card: Scorecard,
    weights: StepWeights,
    chance: Decimal,
    random: np.random.Generator,
    totals: Sequence[tuple[Totals, Totals]],
    progress: Callable[[int, int], None] | None,
) -> None:
    """Add noise in every block to totals of alternatives, each with the points it comes from."""
    draws = weights.shape[1]
    for at, block in enumerate(card.blocks):
        drawn = random.random((len(card.companies), draws), dtype=np.float32)[card.owner]
        up, down = drawn < float(chance) / 2, drawn >= 1 - float(chance) / 2
        each = weights[at].astype(totals[0][0].dtype)
        for total, steps_held in totals:
            points = steps_held[:, at, None]
            steps = (up & (points < block.steps)).astype(np.int8) - (down & (points > 0))
            total += steps * each
        if progress is not None:
            progress(at + 1, len(card.blocks))
