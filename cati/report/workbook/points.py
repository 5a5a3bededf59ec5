"""Where the workbook's sheet of points has what the formulas of the other sheets refer to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from cati.model.methodology import Column
from cati.report.edition import Edition
from cati.report.show import DASH
from cati.report.xlsx import fixed, span
from cati.scoring.scorecard import Scorecard

LEAST, GREATEST = " ↓", " ↑"
"""Marks of the least and the greatest points of a company on the assessed basis."""

SHARE_AT, POINTS_AT, FACTOR_AT, REMARK_AT = 1, 2, 3, 4
"""Columns beside the name of a weighted track."""


@dataclass(frozen=True)
class Line:
    """Points of a company in each column; one line for each alternative.

    On the assessed basis the alternatives are the least and the greatest
    points: two lines, or one where they are the same.

    Attributes
    ----------
    mark : str
        Set behind the company's name where it has several, such as `` (1)``.
    total : Fraction
    """

    company: str
    mark: str
    points: dict[str, Fraction]
    total: Fraction


def points_lines(edition: Edition) -> list[Line]:
    """All alternatives of all companies, in the order of the ranking."""
    card = edition.card
    if edition.is_assessed:
        return [line for company in card.order for line in _ends(card, company)]
    owners = [card.companies[owner] for owner in card.owner.tolist()]
    lines = []
    for company in card.order:
        rows = [row for row, owner in enumerate(owners) if owner == company]
        for number, row in enumerate(rows, start=1):
            points = {c.id: _column_points(card, row, c) for c in card.methodology.columns}
            mark = f" ({number})" if len(rows) > 1 else ""
            lines.append(Line(company, mark, points, _total(card, points)))
    return lines


def _ends(card: Scorecard, company: str) -> list[Line]:
    """The least and the greatest points of a company, which may be the same."""
    found = {c.id: card.column(c.id).points(company) for c in card.methodology.columns}
    low = {column: points.low for column, points in found.items()}
    high = {column: points.high for column, points in found.items()}
    if low == high:
        return [Line(company, "", low, _total(card, low))]
    return [
        Line(company, LEAST, low, _total(card, low)),
        Line(company, GREATEST, high, _total(card, high)),
    ]


def _column_points(card: Scorecard, row: int, column: Column) -> Fraction:
    """Points of one alternative; on the published basis a proven column is a union of blocks."""
    grid = Fraction(card.methodology.grid)
    if column.id in card.stated:
        return int(card.stated[column.id][row]) * grid
    codes = set(card.methodology.codes(column.members))
    inside = [i for i, block in enumerate(card.blocks) if codes.issuperset(block.codes)]
    return int(card.low[row, inside].sum()) * grid


def _total(card: Scorecard, points: dict[str, Fraction]) -> Fraction:
    counted = (column for column in card.methodology.columns if not column.overlaps)
    return sum((points[c.id] * factor_of(card, c) for c in counted), Fraction(0))


def track_of(card: Scorecard, column: Column) -> str:
    """The track of a column that does not overlap others."""
    first = card.methodology.codes(column.members)[0]
    return card.methodology.indicator(first).track


def factor_of(card: Scorecard, column: Column) -> Fraction:
    """The factor of a column that does not overlap others."""
    return card.factors[track_of(card, column)]


def number_format(count: int) -> str:
    """A number format with so many decimals."""
    return "0." + "0" * count if count else "0"


@dataclass(frozen=True)
class PointsSheet:
    """The plan of the sheet.

    From the top: a row for each weighted track, with its share and factor;
    the points possible, the factor and the name of each column; the lines.
    Columns that are added up stand together, then the total, then the others.

    Attributes
    ----------
    places : dict of str to int
        Column of the sheet, by column id.
    tracks : dict of str to int
        Row, by weighted track.
    rows : dict of str to range
        Rows of each company's lines.
    """

    name: str
    counted: tuple[Column, ...]
    others: tuple[Column, ...]
    places: dict[str, int]
    tracks: dict[str, int]
    most_row: int
    rows: dict[str, range]

    @classmethod
    def plan(
        cls, name: str, edition: Edition, lines: Sequence[Line], first_row: int, first_column: int
    ) -> PointsSheet:
        """Decide where everything goes.

        Parameters
        ----------
        name : str
            Of the sheet.
        edition : Edition
        lines : sequence of Line
        first_row, first_column : int
            Below the sheet's title; right of the companies' names.
        """
        columns = edition.methodology.columns
        counted = tuple(c for c in columns if not c.overlaps)
        others = tuple(c for c in columns if c.overlaps)
        places = {c.id: first_column + i for i, c in enumerate(counted)}
        places |= {c.id: first_column + len(counted) + 1 + i for i, c in enumerate(others)}
        weighted = edition.methodology.weighted_tracks
        tracks = {track.id: first_row + 1 + i for i, track in enumerate(weighted)}
        most_row = first_row + len(weighted) + 2 if weighted else first_row
        rows: dict[str, range] = {}
        for row, line in enumerate(lines, start=most_row + 3):
            start = rows[line.company].start if line.company in rows else row
            rows[line.company] = range(start, row + 1)
        return cls(name, counted, others, places, tracks, most_row, rows)

    @property
    def factor_row(self) -> int:
        """Row with the factor of each column."""
        return self.most_row + 1

    @property
    def head_row(self) -> int:
        """Row with the names of the columns; the lines follow."""
        return self.most_row + 2

    @property
    def total(self) -> int:
        """Column of the sheet with the totals."""
        return self.places[self.counted[-1].id] + 1

    def factor(self, track: str) -> str:
        """A reference within the sheet to the factor of a weighted track."""
        return fixed(self.tracks[track], FACTOR_AT)

    def cell(self, row: int, column: str) -> str:
        """A reference from another sheet to a cell of a column."""
        return f"'{self.name}'!{fixed(row, self.places[column])}"

    def rate(self, company: str, column: str, line: int = 0) -> str:
        """A formula for a rate: points over points possible, in one of a company's lines.

        A printed rate is the same in every alternative.
        """
        row = self.rows[company][line]
        return f"{self.cell(row, column)}/{self.cell(self.most_row, column)}"

    def open_rate(self, company: str, column: str, decimals: int) -> str:
        """A formula for a rate whose ends stand in the first and the last of a company's lines."""
        low, high = self.rate(company, column), self.rate(company, column, -1)
        if low == high:
            return low
        least, most = (f"FIXED(100*{end},{decimals},TRUE)" for end in (low, high))
        return f'IF({low}={high},{low},{least}&"{DASH}"&{most}&" %")'

    def totals(self, company: str) -> str:
        """A reference from another sheet to a company's totals, one for each line."""
        rows = self.rows[company]
        return f"'{self.name}'!{span(rows.start, self.total, rows.stop - 1, self.total)}"
