"""Printed points beside what our own criteria make of the evidence.

The criteria are written for the method and not fitted to any company, so
misses are to be expected; they are reported as they come out.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from cati.scoring.scorecard import Interval, Scorecard


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
        return self.assessed.high - self.assessed.low < self.most

    @property
    def is_exact(self) -> bool:
        """Whether both are one and the same number."""
        return self.printed == self.assessed and self.printed.is_exact


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
