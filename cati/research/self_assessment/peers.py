"""A company beside its peers: its rates on its own answers, theirs as printed.

The two are not of one kind: the peers' come from a printed table, the
company's from answers to criteria that are not the table's. What a company
calls its place is therefore where it would stand if both were the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from cati.model.base import Text
from cati.model.interval import Interval
from cati.scoring.scorecard import Rank, Scorecard

TOTAL = "total"
"""Stands for the total among the ids of columns."""


@dataclass(frozen=True)
class Field:
    """The peers' figures, of one column or of the total.

    Attributes
    ----------
    peers : int
        How many there are; the company itself is none.
    least, median, greatest : Interval
        Intervals where the table leaves points open.
    leaders : tuple of str
        Peers that have or may have the greatest; empty where that is 0.
    rank, rank_if_published : Rank
        Where the company would stand among them.
    """

    peers: int
    least: Interval
    median: Interval
    greatest: Interval
    leaders: tuple[str, ...]
    rank: Rank
    rank_if_published: Rank


@dataclass(frozen=True)
class Comparison:
    """One column, or the total, of a company beside its peers.

    Attributes
    ----------
    id : str
        The column's, or `TOTAL`.
    name : Text, optional
        The column's.
    most : Fraction
        Points possible.
    own, own_if_published : Interval
        Rates from 0 to 1; of the total, the part of the maximum.
    printed : Interval, optional
        What the table has of the company itself, if it is in it.
    all_peers, without_joint_ventures : Field
    """

    id: str
    name: Text | None
    most: Fraction
    own: Interval
    own_if_published: Interval
    printed: Interval | None
    all_peers: Field
    without_joint_ventures: Field


def compare_with_peers(
    own: Scorecard,
    own_if_published: Scorecard,
    peers: Scorecard,
    company: str,
    joint_ventures: Sequence[str],
) -> tuple[Comparison, ...]:
    """A company's total and columns beside those of its peers.

    Parameters
    ----------
    own, own_if_published : Scorecard
        Its own, as public and with all that is done.
    peers : Scorecard
        A published one of the same methodology.
    company : str
    joint_ventures : sequence of str
        The peers that are.
    """
    methodology = peers.methodology
    everyone = [c for c in peers.companies if c != company]
    alone = [c for c in everyone if c not in set(joint_ventures)]
    names: dict[str, Text | None] = {TOTAL: None}
    names |= {column.id: column.name for column in methodology.columns}
    found = []
    for name, text in names.items():
        now, then = (_rates(card, name)[company] for card in (own, own_if_published))
        theirs = _rates(peers, name)
        found.append(
            Comparison(
                id=name,
                name=text,
                most=_most(own, name),
                own=now,
                own_if_published=then,
                printed=theirs.get(company),
                all_peers=_field({c: theirs[c] for c in everyone}, now, then),
                without_joint_ventures=_field({c: theirs[c] for c in alone}, now, then),
            )
        )
    return tuple(found)


def place(own: Interval, others: Iterable[Interval]) -> Rank:
    """Best and worst competition rank of one figure among others."""
    rates = list(others)
    return Rank(
        best=1 + sum(rate.low > own.high for rate in rates),
        worst=1 + sum(rate.high > own.low for rate in rates),
    )


def _most(card: Scorecard, name: str) -> Fraction:
    if name == TOTAL:
        return Fraction(card.methodology.maximum)
    return card.column(name).most_points


def _rates(card: Scorecard, name: str) -> dict[str, Interval]:
    """Rates in a column, or parts of the maximum, by company."""
    if name == TOTAL:
        most = Fraction(card.methodology.maximum)
        return {c: card.total(c).scaled(1 / most) for c in card.companies}
    group = card.column(name)
    return {c: group.rate(c) for c in card.companies}


def _field(rates: Mapping[str, Interval], own: Interval, own_if_published: Interval) -> Field:
    """What some peers have; each end of an interval is that of the ends."""
    lows = sorted(rate.low for rate in rates.values())
    highs = sorted(rate.high for rate in rates.values())
    leaders = [c for c, rate in rates.items() if rate.high >= lows[-1] and rate.high > 0]
    return Field(
        peers=len(rates),
        least=Interval(lows[0], highs[0]),
        median=Interval(median(lows), median(highs)),
        greatest=Interval(lows[-1], highs[-1]),
        leaders=tuple(sorted(leaders)),
        rank=place(own, rates.values()),
        rank_if_published=place(own_if_published, rates.values()),
    )
