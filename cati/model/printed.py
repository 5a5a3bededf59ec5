"""A printed table and the points worked out from it, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from cati.model.evaluation import RANK, TOTAL, Misprint

How = Literal["rate", "remainder", "nothing_left", "open"]


@dataclass(frozen=True)
class PrintedRow:
    """A company in ``published.csv``.

    Attributes
    ----------
    line : int
        Line in the file, from 1.
    total : Decimal
        With the methodology's decimals.
    rates : mapping of str to Decimal
        Per cent by column id; without those for which the table has ``n/a``.
    """

    line: int
    rank: int
    company: str
    name: str
    total: Decimal
    rates: Mapping[str, Decimal]

    def cell(self, column: str) -> Decimal:
        """What is printed in a column: ``rank``, ``total`` or a rate."""
        return {RANK: Decimal(self.rank), TOTAL: self.total, **self.rates}[column]


@dataclass(frozen=True)
class TrustedRow:
    """What of a printed row points are worked out from.

    Attributes
    ----------
    total : Decimal, optional
        None where it is a misprint and nobody knows what it should say.
    rates : mapping of str to Decimal
        Without those of which the same holds.
    """

    line: int
    company: str
    total: Decimal | None
    rates: Mapping[str, Decimal]

    @classmethod
    def of(cls, row: PrintedRow, misprints: Iterable[Misprint]) -> TrustedRow:
        """A row with its misprints, if it has some, replaced or left out."""
        cells: dict[str, Decimal | None] = {TOTAL: row.total, **row.rates}
        cells |= {m.column: m.instead for m in misprints if m.company == row.company}
        total = cells.pop(TOTAL)
        known = {
            column: rate
            for column, rate in cells.items()
            if rate is not None and column in row.rates
        }
        return cls(row.line, row.company, total, known)


@dataclass(frozen=True)
class PointsRow:
    """Points of a company in one column, in ``points.csv``.

    Attributes
    ----------
    line : int
        Line in the file, from 1; 0 when it was worked out and not read.
    alternative : int
        Number of the solution, from 1; a company has several where the
        printed table allows several.
    column : str
        Column id.
    points, of : Decimal
        Points awarded and possible.
    how : {"rate", "remainder", "nothing_left", "open"}
        ``rate``: the only points on the grid that print as this rate;
        ``remainder``: what the total leaves after the printed columns;
        ``nothing_left``: the printed columns alone give the total;
        ``open``: the total is a misprint, and nothing else tells.
    """

    line: int
    company: str
    alternative: int
    column: str
    points: Decimal
    of: Decimal
    how: How
