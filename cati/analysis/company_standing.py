"""Where a company stands: how firm its rank is, and its rates beside those of its group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from statistics import median

import numpy as np

from cati.analysis.uncertainty import simulate
from cati.model.entity import Entity
from cati.model.interval import Interval
from cati.model.methodology import Column
from cati.model.weighting import track_factors
from cati.scoring.scorecard import Group, Rank, Scorecard

NOISE = Decimal("0.1")
"""Chance that the points of a block are a grid step off."""
DRAWS = 2_000
SEED = 1

MOST_DRAWN = 500
"""Companies up to which grades are drawn: the time grows with the square of their number."""

SMALLEST = 3
"""Companies that a group needs to have something typical."""


@dataclass(frozen=True)
class RankRange:
    """Ranks that a company can have under other weights and with misjudged points.

    Attributes
    ----------
    by_shares : Rank, optional
        Over every division of the weighted points between two tracks, in whole per cent;
        None where not two tracks are weighted.
    by_noise : Rank, optional
        In the middle 90 % of draws in which every block is a grid step off with a chance of
        one in ten; None for more than 500 companies.
    """

    by_shares: Rank | None
    by_noise: Rank | None


@dataclass(frozen=True)
class Beside:
    """A company's rate in a column beside its group.

    Attributes
    ----------
    own, least, median, best : Interval
        From 0 to 1; of intervals the median of the lower and of the higher ends.
    leaders : tuple of str
        The companies that have the highest rate, or may have it; none where it is 0.
    sure_leaders : tuple of str
        Those of them that have it wherever the open points lie.
    """

    column: Column
    own: Interval
    least: Fraction
    median: Interval
    best: Interval
    leaders: tuple[str, ...]
    sure_leaders: tuple[str, ...]


@dataclass(frozen=True)
class BesideGroup:
    """A company's rates beside those of companies of the same origin.

    Attributes
    ----------
    region : str, optional
        What the group has in common; None where it is all companies.
    companies : tuple of str
        Its members, the company itself included.
    rows : tuple of Beside
        By column, in the methodology's order.
    """

    region: str | None
    companies: tuple[str, ...]
    rows: tuple[Beside, ...]


@dataclass(frozen=True)
class At:
    """The companies at one total.

    Attributes
    ----------
    apart : Fraction
        How far from the total that is looked at; never negative.
    """

    companies: tuple[str, ...]
    apart: Fraction
    rank: Rank


@dataclass(frozen=True)
class Near:
    """The totals around a company's: the next above, its equals, and the next below."""

    above: At | None
    level: tuple[str, ...]
    below: At | None


@dataclass(frozen=True)
class Nudge:
    """What one grid step more or less in one block does, wherever there is room for it.

    Attributes
    ----------
    worths : tuple of Fraction
        By how much the total can change, ascending.
    rank : Rank
        From the rank of the highest of these totals to that of the lowest, the others held still.
    """

    worths: tuple[Fraction, ...]
    rank: Rank


class CompanyStandings:
    """How all companies of a scorecard stand.

    Parameters
    ----------
    card : Scorecard
    entities : mapping of str to Entity
    """

    def __init__(self, card: Scorecard, entities: Mapping[str, Entity]) -> None:
        self._card = card
        self._entities = entities

    def range(self, company: str) -> RankRange:
        """The ranks that a company can have."""
        by_shares, by_noise = self._by_shares, self._by_noise
        return RankRange(
            None if by_shares is None else by_shares[company],
            None if by_noise is None else by_noise[company],
        )

    def beside(self, company: str) -> BesideGroup:
        """A company's rates beside its group's; beside all companies' where its group is small."""
        region = self._entities[company].region
        members = self._members.get(region, ())
        if region is None or len(members) < SMALLEST:
            region, members = None, self._card.order
        rows = self._typical(region, members)
        return BesideGroup(
            region,
            members,
            tuple(replace(row, own=self._columns[row.column.id].rate(company)) for row in rows),
        )

    def near(self, company: str) -> Near | None:
        """The totals around a company's; None where a total is open or there is no other."""
        if self._exact is None or len(self._card.companies) == 1:
            return None
        own = self._card.total(company).low
        totals = list(self._exact)
        place = totals.index(own)
        equals = tuple(other for other in self._exact[own] if other != company)
        return Near(
            above=self._at(totals[place - 1], own) if place else None,
            level=equals,
            below=self._at(totals[place + 1], own) if own > totals[-1] else None,
        )

    def _at(self, total: Fraction, seen_from: Fraction) -> At:
        companies = (self._exact or {})[total]
        return At(companies, abs(total - seen_from), self._card.rank(companies[0]))

    def nudge(self, company: str) -> Nudge | None:
        """What one grid step does to a company's total and rank; None where a total is open."""
        card = self._card
        if self._exact is None:
            return None
        at = card.companies.index(company)
        units = card.numerators.tolist()
        more, less = set[int](), set[int]()
        for row in card.low[card.owner == at].tolist():
            for block, unit, steps in zip(card.blocks, units, row, strict=True):
                more |= {unit} if steps < block.steps else set()
                less |= {unit} if steps else set()
        totals, _ = card.totals()
        others = np.delete(totals, at)

        def rank(total: int) -> int:
            return 1 + int((others > total).sum())

        own = int(totals[at])
        return Nudge(
            tuple(Fraction(unit, card.denominator) for unit in sorted(more | less)),
            Rank(rank(own + max(more, default=0)), rank(own - max(less, default=0))),
        )

    @cached_property
    def _exact(self) -> dict[Fraction, tuple[str, ...]] | None:
        """Companies by total, from the highest; None where a total is open."""
        found: dict[Fraction, list[str]] = {}
        for company in self._card.order:
            total = self._card.total(company)
            if not total.is_exact:
                return None
            found.setdefault(total.low, []).append(company)
        return {total: tuple(companies) for total, companies in found.items()}

    @cached_property
    def _columns(self) -> dict[str, Group]:
        return self._card.groups("columns")

    @cached_property
    def _members(self) -> dict[str | None, tuple[str, ...]]:
        found: dict[str | None, list[str]] = {}
        for company in self._card.order:
            found.setdefault(self._entities[company].region, []).append(company)
        return {region: tuple(companies) for region, companies in found.items()}

    @cached_property
    def _known(self) -> dict[str | None, tuple[Beside, ...]]:
        return {}

    def _typical(self, region: str | None, members: Sequence[str]) -> tuple[Beside, ...]:
        if region not in self._known:
            columns = self._card.methodology.columns
            self._known[region] = tuple(self._beside(column, members) for column in columns)
        return self._known[region]

    def _beside(self, column: Column, members: Sequence[str]) -> Beside:
        rates = {company: self._columns[column.id].rate(company) for company in members}
        low, high = [r.low for r in rates.values()], [r.high for r in rates.values()]
        leaders = tuple(c for c, rate in rates.items() if rate.high >= max(low) and rate.high)
        return Beside(
            column,
            own=rates[members[0]],
            least=min(low),
            median=Interval(median(low), median(high)),
            best=Interval(max(low), max(high)),
            leaders=leaders,
            sure_leaders=tuple(c for c in leaders if rates[c].low == max(high)),
        )

    @cached_property
    def _by_shares(self) -> dict[str, Rank] | None:
        card = self._card
        weighted = [track.id for track in card.methodology.weighted_tracks]
        if len(weighted) != 2:
            return None
        ends = {company: (len(card.companies), 1) for company in card.companies}
        for share in range(101):
            shares = dict(zip(weighted, (Decimal(share), Decimal(100 - share)), strict=True))
            best, worst = replace(card, factors=track_factors(card.methodology, shares)).ranks()
            for company, one, other in zip(card.companies, best, worst, strict=True):
                least, most = ends[company]
                ends[company] = min(least, int(one)), max(most, int(other))
        return {company: Rank(*pair) for company, pair in ends.items()}

    @cached_property
    def _by_noise(self) -> dict[str, Rank] | None:
        if len(self._card.companies) > MOST_DRAWN:
            return None
        return ranges_by_noise(self._card)


@lru_cache(maxsize=1)
def ranges_by_noise(card: Scorecard) -> dict[str, Rank]:
    """Each company's ranks in the middle 90 % of draws; a report has them in several places."""
    drawn = simulate(card, noise=NOISE, draws=DRAWS, seed=SEED)
    return {company: drawn.interval(company) for company in card.companies}
