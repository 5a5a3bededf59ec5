"""From a printed table to the points behind it.

A printed rate is a rounded percentage of few possible points, so that only
one value on the grid prints as it. What no column shows follows from what
the printed total leaves after the weighted columns. Nothing here knows a
particular table: columns, tracks, grid and rounding come from the methodology.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, lcm

from cati.model.methodology import Column, Methodology
from cati.model.printed import How, PointsRow, PrintedRow
from cati.model.rounding import half_up, plain
from cati.problems import Problem
from cati.scoring.blocks import Block, block_steps, published_blocks
from cati.store.csv_file import cell_name

SOLUTIONS_LIMIT = 10_000


@dataclass(frozen=True)
class Derivation:
    """The points worked out from a printed table.

    Attributes
    ----------
    rows : tuple of PointsRow
        By company id, alternative and column; companies without a solution are missing.
    problems : tuple of Problem
        Rates that fit no points or several, totals that no points reach.
    """

    rows: tuple[PointsRow, ...]
    problems: tuple[Problem, ...]


class Deriver:
    """Works out points from printed rows.

    Parameters
    ----------
    methodology : Methodology
    factors : mapping of str to Fraction
        By track.
    file : str
        How messages name the printed table.
    """

    def __init__(
        self, methodology: Methodology, factors: Mapping[str, Fraction], file: str
    ) -> None:
        self.methodology = methodology
        self.file = file
        self.blocks = published_blocks(methodology)
        self.most = {
            column.id: sum(
                methodology.steps(methodology.indicator(code).points)
                for code in methodology.codes(column.members)
            )
            for column in methodology.columns
        }
        weights = {
            column.id: factors[self._track(column)] * Fraction(methodology.grid)
            for column in methodology.columns
            if not column.overlaps
        }
        self.unit = Fraction(1, lcm(*(weight.denominator for weight in weights.values())))
        self.weights = {column: int(weight / self.unit) for column, weight in weights.items()}

    def _track(self, column: Column) -> str:
        return self.methodology.indicator(self.methodology.codes(column.members)[0]).track

    def derive(self, rows: Sequence[PrintedRow]) -> Derivation:
        """The points behind every row."""
        found: list[PointsRow] = []
        problems: list[Problem] = []
        for row in sorted(rows, key=lambda row: row.company):
            steps, faults = self._printed_steps(row)
            if not faults:
                solutions = list(self._solutions(row, steps))
                faults = self._solution_faults(row, steps, solutions)
                found += self._points_rows(row.company, solutions)
            problems += faults
        return Derivation(tuple(found), tuple(problems))

    def _problem(self, row: PrintedRow, column: str, expected: str, found: str) -> Problem:
        return Problem(self.file, expected, found, row.line, cell_name(row.company, column))

    def _printed_steps(self, row: PrintedRow) -> tuple[dict[str, int], list[Problem]]:
        """Grid steps in each printed column, from its rate alone."""
        steps: dict[str, int] = {}
        problems = []
        for column, rate in row.rates.items():
            fitting = self._fitting(column, rate)
            if len(fitting) == 1:
                steps[column] = fitting[0]
                continue
            of = plain(self.most[column] * Fraction(self.methodology.grid))
            grid = plain(self.methodology.grid)
            if fitting:
                points = " and ".join(plain(s * Fraction(self.methodology.grid)) for s in fitting)
                expected = "a rate that only one number of points prints as"
                text = f"{rate} %, which {points} of {of} points print as"
            else:
                near = self._near(column, rate)
                expected = f"a rate that steps of {grid} of {of} points print as, such as {near}"
                text = f"{rate} %"
            problems.append(self._problem(row, column, expected, text))
        return steps, problems

    def _fitting(self, column: str, rate: Decimal) -> list[int]:
        return [s for s in range(self.most[column] + 1) if self._rate(column, s) == rate]

    def _rate(self, column: str, steps: int) -> Decimal:
        return half_up(Fraction(100 * steps, self.most[column]), self.methodology.rate_decimals)

    def _near(self, column: str, rate: Decimal) -> str:
        rates = {self._rate(column, steps) for steps in range(self.most[column] + 1)}
        nearest = sorted(rates, key=lambda possible: (abs(possible - rate), possible))[:2]
        return " or ".join(f"{possible} %" for possible in sorted(nearest))

    def _solutions(self, row: PrintedRow, printed: Mapping[str, int]) -> Iterator[dict[str, int]]:
        """Every way to fill the columns not printed so that the total prints as it does."""
        hidden = [c.id for c in self.methodology.columns if not c.printed and not c.overlaps]
        known = sum(self.weights[c] * s for c, s in printed.items() if c in self.weights)
        half = Fraction(1, 2 * 10**self.methodology.total_decimals)
        least = ceil((Fraction(row.total) - half) / self.unit) - known
        most = ceil((Fraction(row.total) + half) / self.unit) - 1 - known
        for count, filled in enumerate(self._fill(hidden, least, most)):
            columns = {**printed, **filled}
            if count > SOLUTIONS_LIMIT:
                return
            if all(0 <= block_steps(b, columns) <= b.steps for b in self._known_blocks(columns)):
                yield columns

    def _known_blocks(self, columns: Mapping[str, int]) -> list[Block]:
        return [b for b in self.blocks if {b.column, *b.without} <= columns.keys()]

    def _fill(self, hidden: Sequence[str], least: int, most: int) -> Iterator[dict[str, int]]:
        """Steps for the hidden columns whose weighted sum lies between two bounds."""
        if not hidden:
            if least <= 0 <= most:
                yield {}
            return
        first, *rest = hidden
        room = sum(self.weights[column] * self.most[column] for column in rest)
        for steps in range(self.most[first] + 1):
            used = self.weights[first] * steps
            if used > most or used + room < least:
                continue
            for filled in self._fill(rest, least - used, most - used):
                yield {first: steps, **filled}

    def _solution_faults(
        self, row: PrintedRow, steps: Mapping[str, int], solutions: Sequence[dict[str, int]]
    ) -> list[Problem]:
        if len(solutions) > SOLUTIONS_LIMIT:
            expected = f"at most {SOLUTIONS_LIMIT:,} ways to reach the total"
            return [self._problem(row, "total", expected, "more")]
        if solutions:
            return []
        least = self.unit * sum(self.weights.get(c, 0) * s for c, s in steps.items())
        hidden = [c.id for c in self.methodology.columns if not c.printed and not c.overlaps]
        most = least + self.unit * sum(self.weights[c] * self.most[c] for c in hidden)
        decimals = self.methodology.total_decimals
        expected = (
            f"a total that the row's points reach: {half_up(least, decimals)} to "
            f"{half_up(most, decimals)}, by what no column shows"
        )
        return [self._problem(row, "total", expected, str(row.total))]

    def _points_rows(self, company: str, solutions: Sequence[dict[str, int]]) -> list[PointsRow]:
        grid = self.methodology.grid
        rows = []
        for number, columns in enumerate(solutions, start=1):
            hidden = sum(
                columns[c.id] for c in self.methodology.columns if not c.printed and not c.overlaps
            )
            for column in self.methodology.columns:
                if column.id not in columns:
                    continue
                how: How = "rate" if column.printed else "remainder" if hidden else "nothing_left"
                points, of = columns[column.id] * grid, self.most[column.id] * grid
                rows.append(PointsRow(0, company, number, column.id, points, of, how))
        return rows


def is_independent(rows: Sequence[PointsRow]) -> bool:
    """Whether a company's printed columns alone give its total, by its rows of points."""
    return not any(row.how == "remainder" for row in rows)
