"""Which row holds what in a workbook to fill: the same for all companies of an evaluation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from cati.model.methodology import Column, Criterion, Indicator, Methodology, Route, is_within
from cati.research.workbook.layout import FIRST_ROW
from cati.scoring.assessed import Answers, requirements


@dataclass(frozen=True)
class IndicatorLine:
    """A heading on the sheet of answers: an indicator with its points.

    Attributes
    ----------
    parts : tuple of int
        Rows whose greatest number it takes: its routes'; its own where it has one route.
    """

    row: int
    indicator: Indicator
    parts: tuple[int, ...]


@dataclass(frozen=True)
class RouteLine:
    """Where the points of a route are added up; a heading of its own if there are several.

    Attributes
    ----------
    first, last : int
        Rows of its criteria; `last` lies before `first` where it has none.
    """

    row: int
    indicator: Indicator
    route: Route
    first: int
    last: int


@dataclass(frozen=True)
class CriterionLine:
    """A criterion's row.

    Attributes
    ----------
    chain : tuple of int
        Its own row and those of all that it requires.
    """

    row: int
    name: str
    indicator: Indicator
    criterion: Criterion
    chain: tuple[int, ...]


@dataclass(frozen=True)
class GroupLine:
    """A row of the sheet of points that adds up indicators.

    Attributes
    ----------
    code : str
        Of a dimension or sub-dimension, the id of a column, or empty for everything.
    rows : tuple of int
        The indicators' rows.
    """

    row: int
    code: str
    rows: tuple[int, ...]


class Plan:
    """Rows of the sheets whose size only the methodology decides.

    Parameters
    ----------
    methodology : Methodology
    """

    def __init__(self, methodology: Methodology) -> None:
        self.methodology = methodology
        self.indicators: dict[str, IndicatorLine] = {}
        self.routes: list[RouteLine] = []
        self.criteria: dict[str, CriterionLine] = {}
        self._place_answers()

    def _place_answers(self) -> None:
        row = FIRST_ROW
        rows: dict[str, int] = {}
        placed: list[tuple[str, Indicator, Criterion]] = []
        for indicator in self.methodology.indicators():
            heading, several = row, len(indicator.routes) > 1
            row += 1
            parts = []
            for route in indicator.routes:
                at = row if several else heading
                row += several
                first = row
                for criterion in route.criteria:
                    name = f"{indicator.code}/{criterion.id}"
                    rows[name] = row
                    placed.append((name, indicator, criterion))
                    row += 1
                self.routes.append(RouteLine(at, indicator, route, first, row - 1))
                parts.append(at)
            self.indicators[indicator.code] = IndicatorLine(heading, indicator, tuple(parts))
        self.end = row
        nobody = Answers({}, requirements(self.methodology))
        for name, indicator, criterion in placed:
            chain = tuple(rows[part] for part in nobody.chain(name))
            self.criteria[name] = CriterionLine(rows[name], name, indicator, criterion, chain)

    @cached_property
    def nothing_found(self) -> dict[str, int]:
        """Row of each indicator on the sheet of what was not found, by code."""
        return {
            indicator.code: FIRST_ROW + number
            for number, indicator in enumerate(self.methodology.indicators())
        }

    # The sheet of points: everything, dimensions, columns, indicators

    @cached_property
    def total(self) -> GroupLine:
        """The first row of the sheet of points."""
        return GroupLine(FIRST_ROW, "", tuple(self.points.values()))

    @cached_property
    def dimensions(self) -> tuple[GroupLine, ...]:
        """Rows of the dimensions, behind a heading."""
        first = FIRST_ROW + 2
        return tuple(
            GroupLine(first + number, dimension.code, self._rows((dimension.code,)))
            for number, dimension in enumerate(self.methodology.dimensions)
        )

    @cached_property
    def columns(self) -> tuple[tuple[Column, GroupLine], ...]:
        """Rows of the methodology's columns, behind a heading."""
        first = FIRST_ROW + 3 + len(self.methodology.dimensions)
        return tuple(
            (column, GroupLine(first + number, column.id, self._rows(column.members)))
            for number, column in enumerate(self.methodology.columns)
        )

    @cached_property
    def points(self) -> dict[str, int]:
        """Row of each indicator on the sheet of points, behind a heading."""
        above = len(self.methodology.dimensions) + len(self.methodology.columns)
        headings = 3 if self.methodology.columns else 2
        first = FIRST_ROW + 1 + headings + above
        return {
            indicator.code: first + number
            for number, indicator in enumerate(self.methodology.indicators())
        }

    def _rows(self, members: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(
            row
            for code, row in self.points.items()
            if any(is_within(code, member) for member in members)
        )
