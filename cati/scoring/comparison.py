"""Printed points beside what our own criteria make of the evidence.

The criteria are written for the method and not fitted to any company, so
misses are to be expected; they are reported as they come out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from cati.model.interval import Interval
from cati.model.references import owner_of
from cati.scoring.blocks import Block
from cati.scoring.reasons import CriterionReason, Reasons
from cati.scoring.scorecard import Scorecard


@dataclass(frozen=True)
class BlockComparison:
    """A company's printed points in a block, and our interval for the same indicators.

    Attributes
    ----------
    most : Fraction
        Points possible in the block.
    printed, assessed : Interval
        In points.
    """

    company: str
    block: str
    most: Fraction
    printed: Interval
    assessed: Interval

    @property
    def agrees(self) -> bool:
        """Whether the two can both be true."""
        return self.assessed.low <= self.printed.high and self.printed.low <= self.assessed.high

    @property
    def says_something(self) -> bool:
        """Whether our interval rules anything out."""
        return self.width < self.most

    @property
    def is_exact(self) -> bool:
        """Whether both are one and the same number."""
        return self.printed == self.assessed and self.printed.is_exact

    @property
    def width(self) -> Fraction:
        """Points that our interval leaves open."""
        return self.assessed.high - self.assessed.low

    @property
    def open_share(self) -> Fraction:
        """Part of the block's points that our interval leaves open, from 0 to 1."""
        return self.width / self.most


@dataclass(frozen=True)
class Agreement:
    """How a number of pairs of a company and a block compare.

    Attributes
    ----------
    pairs : int
        The base of all counts.
    inside : int
        Pairs that can both be true.
    telling, telling_inside : int
        Pairs in which our interval rules something out, and those of them that agree.
    exact : int
        Pairs in which both are one and the same number.
    open_share : Fraction
        Part of all points of the pairs that is left open, from 0 to 1.
    mean_open, median_open : Fraction
        Mean and median over the pairs of the part left open.
    """

    pairs: int
    inside: int
    telling: int
    telling_inside: int
    exact: int
    open_share: Fraction
    mean_open: Fraction
    median_open: Fraction


@dataclass(frozen=True)
class Miss:
    """A pair in which the printed points and our interval cannot both be true.

    Attributes
    ----------
    criteria : tuple of CriterionReason
        Our answers that rule the printed points out: those that are met where we
        give more, those that are not met where we give less.
    told_of : tuple of (str, Interval)
        Other companies of the table with which evidence for these answers is kept,
        and their printed points in the block.
    """

    compared: BlockComparison
    criteria: tuple[CriterionReason, ...]
    told_of: tuple[tuple[str, Interval], ...]


def compare_bases(published: Scorecard, assessed: Scorecard) -> tuple[BlockComparison, ...]:
    """Every company and block of a printed table, with our interval beside it.

    Parameters
    ----------
    published, assessed : Scorecard
        Of the same evaluation.
    """
    found = []
    for block in published.blocks:
        printed, ours = published.block(block.id), assessed.group(block.codes)
        found += [
            BlockComparison(
                company,
                block.id,
                printed.most_points,
                printed.points(company),
                ours.points(company),
            )
            for company in published.companies
        ]
    return tuple(found)


def agreement(compared: Sequence[BlockComparison]) -> Agreement:
    """How pairs compare, counted exactly.

    Parameters
    ----------
    compared : sequence of BlockComparison
        At least one.
    """
    telling = [entry for entry in compared if entry.says_something]
    shares = [entry.open_share for entry in compared]
    width = sum((entry.width for entry in compared), Fraction(0))
    return Agreement(
        pairs=len(compared),
        inside=sum(entry.agrees for entry in compared),
        telling=len(telling),
        telling_inside=sum(entry.agrees for entry in telling),
        exact=sum(entry.is_exact for entry in compared),
        open_share=width / sum((entry.most for entry in compared), Fraction(0)),
        mean_open=sum(shares, Fraction(0)) / len(shares),
        median_open=median(shares),
    )


def misses(
    compared: Sequence[BlockComparison], published: Scorecard, reasons: Reasons
) -> tuple[Miss, ...]:
    """Every pair that cannot both be true, with our answers that say otherwise.

    Parameters
    ----------
    compared : sequence of BlockComparison
        As `compare_bases` gives them.
    published : Scorecard
    reasons : Reasons
        Of the assessed score that was compared.
    """
    blocks = {block.id: block for block in published.blocks}
    return tuple(
        _miss(entry, blocks[entry.block], published, reasons)
        for entry in compared
        if not entry.agrees
    )


def _miss(entry: BlockComparison, block: Block, published: Scorecard, reasons: Reasons) -> Miss:
    contrary = "met" if entry.assessed.low > entry.printed.high else "not_met"
    criteria = tuple(
        criterion
        for code in block.codes
        for criterion in reasons.indicator(entry.company, code).criteria
        if criterion.effective == contrary
    )
    kept_with = dict.fromkeys(
        owner_of(cited.backing.disclosure) for c in criteria for cited in c.cited
    )
    group = published.block(block.id)
    told_of = tuple(
        (company, group.points(company))
        for company in kept_with
        if company in published.companies and company != entry.company
    )
    return Miss(entry, criteria, told_of)
