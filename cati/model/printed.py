"""A printed table and the points worked out from it, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

How = Literal["rate", "remainder", "nothing_left"]


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
        Per cent by column id.
    """

    line: int
    rank: int
    company: str
    name: str
    total: Decimal
    rates: Mapping[str, Decimal]


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
    how : {"rate", "remainder", "nothing_left"}
        ``rate``: the only points on the grid that print as this rate;
        ``remainder``: what the total leaves after the printed columns;
        ``nothing_left``: the printed columns alone give the total.
    """

    line: int
    company: str
    alternative: int
    column: str
    points: Decimal
    of: Decimal
    how: How
