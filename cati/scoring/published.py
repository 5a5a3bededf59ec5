"""From a printed table to the points behind it.

A printed rate is a rounded percentage of few possible points, so that only
one value on the grid prints as it. What no column shows follows from what
the printed total leaves after the weighted columns. Nothing here knows a
particular table: columns, tracks, grid and rounding come from the methodology.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import islice
from math import ceil, floor, lcm

from cati.model.evaluation import Misprint
from cati.model.methodology import Column, Methodology
from cati.model.printed import How, PointsRow, PrintedRow, TrustedRow
from cati.model.rounding import half_up, plain
from cati.problems import Problem
from cati.scoring.blocks import block_steps, nested_columns
from cati.store.csv_file import cell_name

SOLUTIONS_LIMIT = 10_000

MISPRINT_HINT = "if it is printed so, evaluation.yaml can record it in misprints"


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
    rounded : bool
        Whether the printed rates were rounded from scores finer than the grid, and totals
        were added up before.
    """

    def __init__(
        self,
        methodology: Methodology,
        factors: Mapping[str, Fraction],
        file: str,
        *,
        rounded: bool = False,
    ) -> None:
        self.methodology = methodology
        self.file = file
        self.parts = nested_columns(methodology)
        self.most = {
            column.id: sum(
                methodology.steps(methodology.indicator(code).points)
                for code in methodology.codes(column.members)
            )
            for column in methodology.columns
        }
        self.printed = [column.id for column in methodology.printed_columns]
        self.hidden = [c.id for c in methodology.columns if not c.printed and not c.overlaps]
        weights = {
            column.id: factors[self._track(column)] * Fraction(methodology.grid)
            for column in methodology.columns
            if not column.overlaps
        }
        self.unit = Fraction(1, lcm(*(weight.denominator for weight in weights.values())))
        self.weights = {column: int(weight / self.unit) for column, weight in weights.items()}
        self.slack = self._slack() if rounded else Fraction(0)

    def _slack(self) -> Fraction:
        """By how much a total may be off because every printed rate was rounded."""
        half = Fraction(1, 2 * 10**self.methodology.rate_decimals)
        printed = (column for column in self.printed if column in self.weights)
        return sum(
            (half / 100 * self.most[c] * self.weights[c] * self.unit for c in printed), Fraction(0)
        )

    def gives(self, total: Fraction, printed: Decimal) -> bool:
        """Whether points that come to a total may stand behind a printed one."""
        least, most = self._steps_of(printed)
        return least <= total / self.unit <= most

    def _steps_of(self, total: Decimal) -> tuple[int, int]:
        """The least and the most that weighted steps may come to behind a printed total."""
        half = Fraction(1, 2 * 10**self.methodology.total_decimals)
        low = (Fraction(total) - half - self.slack) / self.unit
        high = (Fraction(total) + half + self.slack) / self.unit
        return floor(low) + 1 if self.slack else ceil(low), ceil(high) - 1

    def _alike(self, filled: Iterable[str]) -> tuple[tuple[int, list[str]], ...]:
        """Columns that are filled in by their weight; one that overlaps others weighs nothing."""
        alike: dict[int, list[str]] = {}
        for column in filled:
            alike.setdefault(self.weights.get(column, 0), []).append(column)
        return tuple(alike.items())

    def _track(self, column: Column) -> str:
        return self.methodology.indicator(self.methodology.codes(column.members)[0]).track

    def derive(self, rows: Sequence[PrintedRow], misprints: Sequence[Misprint] = ()) -> Derivation:
        """The points behind every row."""
        found: list[PointsRow] = []
        problems: list[Problem] = []
        trusted = (TrustedRow.of(row, misprints) for row in rows)
        for row in sorted(trusted, key=lambda row: row.company):
            steps, faults = self._printed_steps(row)
            faults += self._nesting_faults(row, steps)
            if not faults:
                solutions, faults = self._solutions(row, steps)
                found += self._points_rows(row, solutions)
            problems += faults
        return Derivation(tuple(found), tuple(problems))

    def _problem(
        self, row: TrustedRow, column: str, expected: str, found: str, hint: str = ""
    ) -> Problem:
        cell = cell_name(row.company, column)
        return Problem(self.file, expected, found, row.line, cell, hint)

    def _printed_steps(self, row: TrustedRow) -> tuple[dict[str, int], list[Problem]]:
        """Grid steps in each printed column, from its rate alone."""
        steps: dict[str, int] = {}
        problems = []
        for column, rate in row.rates.items():
            fitting = self.printed_as[column].get(rate, [])
            if len(fitting) == 1:
                steps[column] = fitting[0]
                continue
            of, grid = self._points(self.most[column]), self._points(1)
            if fitting:
                first, last = self._points(fitting[0]), self._points(fitting[-1])
                points = f"{first} {'and' if len(fitting) == 2 else 'to'} {last}"
                expected = "a rate that only one number of points prints as"
                text = f"{rate} %, which {points} of {of} points print as"
            else:
                near = " or ".join(f"{r} %" for r in _nearest(self.printed_as[column], rate))
                expected = f"a rate that steps of {grid} of {of} points print as, such as {near}"
                text = f"{rate} %"
            hint = "" if fitting else MISPRINT_HINT
            problems.append(self._problem(row, column, expected, text, hint))
        return steps, problems

    @cached_property
    def printed_as(self) -> dict[str, dict[Decimal, list[int]]]:
        """The grid steps that print as each rate, by printed column."""
        found: dict[str, dict[Decimal, list[int]]] = {}
        for column in self.methodology.printed_columns:
            most = self.most[column.id]
            by_rate = found.setdefault(column.id, {})
            for steps in range(most + 1):
                rate = half_up(Fraction(100 * steps, most), self.methodology.rate_decimals)
                by_rate.setdefault(rate, []).append(steps)
        return found

    def _nesting_faults(self, row: TrustedRow, steps: Mapping[str, int]) -> list[Problem]:
        """Columns whose rate does not agree with those of the columns inside them."""
        problems = []
        for part in self.parts:
            if not {part.column, *part.without} <= steps.keys():
                continue
            if 0 <= block_steps(part, steps) <= part.steps:
                continue
            inside = sum(steps[column] for column in part.without)
            ends = f"{self._points(inside)} to {self._points(inside + part.steps)}"
            expected = f"{ends} points, since {' and '.join(part.without)} inside it"
            found = f"{row.rates[part.column]} %, {self._points(steps[part.column])} points"
            holds = f"{'holds' if len(part.without) == 1 else 'hold'} {self._points(inside)}"
            problem = self._problem(row, part.column, f"{expected} {holds}", found, MISPRINT_HINT)
            problems.append(problem)
        return problems

    def _points(self, steps: int) -> str:
        return plain(steps * Fraction(self.methodology.grid))

    def _solutions(
        self, row: TrustedRow, printed: Mapping[str, int]
    ) -> tuple[list[dict[str, int]], list[Problem]]:
        """Every way to fill the columns not known so that the total prints as it does."""
        least, most = (0, self._largest) if row.total is None else self._steps_of(row.total)
        filled = self._filled(printed)
        fills = list(islice(self._fills(printed, least, most), SOLUTIONS_LIMIT + 1))
        fills.sort(key=lambda columns: [columns[column] for column in filled])
        if len(fills) > SOLUTIONS_LIMIT:
            expected, found = f"at most {SOLUTIONS_LIMIT:,} ways to reach the total", "more"
            if row.total is None:
                expected = f"at most {SOLUTIONS_LIMIT:,} ways to fill the columns not printed"
            return [], [self._problem(row, "total", expected, found)]
        solutions = self._allowed(fills, printed)
        return solutions, [] if solutions else [self._total_fault(row, printed)]

    @cached_property
    def _largest(self) -> int:
        return sum(self.weights[column] * self.most[column] for column in self.weights)

    def _filled(self, printed: Collection[str]) -> list[str]:
        """Columns that no printed rate tells: not printed, or misprinted in this row."""
        return [*self.hidden, *(column for column in self.printed if column not in printed)]

    def _fills(self, printed: Mapping[str, int], least: int, most: int) -> Iterator[dict[str, int]]:
        known = sum(self.weights[c] * s for c, s in printed.items() if c in self.weights)
        groups = self._alike(self._filled(printed))
        for filled in self._fill(groups, least - known, most - known):
            yield {**printed, **filled}

    def _allowed(
        self, fills: Iterable[dict[str, int]], printed: Mapping[str, int]
    ) -> list[dict[str, int]]:
        """The ways in which every column agrees with the columns inside it."""
        known = {*printed, *self._filled(printed)}
        columns_of = {part: {part.column, *part.without} for part in self.parts if part.without}
        linked = [
            part
            for part, columns in columns_of.items()
            if columns <= known and not columns <= printed.keys()
        ]
        return [
            columns
            for columns in fills
            if all(0 <= block_steps(part, columns) <= part.steps for part in linked)
        ]

    def _fill(
        self, groups: Sequence[tuple[int, list[str]]], least: int, most: int
    ) -> Iterator[dict[str, int]]:
        """Steps for the hidden columns whose weighted sum lies between two bounds.

        Columns of one weight are filled together: how many steps they need is
        settled before it is asked which of them holds how many.
        """
        if not groups:
            if least <= 0 <= most:
                yield {}
            return
        (weight, columns), *rest = groups
        room = sum(w * self.most[column] for w, others in rest for column in others)
        steps = range(sum(self.most[column] for column in columns) + 1)
        if weight:
            steps = steps[max(0, -((room - least) // weight)) : max(0, most // weight + 1)]
        for number in steps:
            used = weight * number
            for others in self._fill(rest, least - used, most - used):
                for chosen in spread([self.most[column] for column in columns], number):
                    yield {**others, **dict(zip(columns, chosen, strict=True))}

    def _total_fault(self, row: TrustedRow, printed: Mapping[str, int]) -> Problem:
        fills = list(islice(self._fills(printed, 0, self._largest), SOLUTIONS_LIMIT + 1))
        sums = {
            sum(weight * columns[column] for column, weight in self.weights.items())
            for columns in self._allowed(fills if len(fills) <= SOLUTIONS_LIMIT else (), printed)
        }
        reached = {half_up(self.unit * s, self.methodology.total_decimals) for s in sums}
        expected = "a total that the points behind the row's rates reach"
        near = _nearest(reached, row.total) if row.total is not None else []
        if near:
            expected += f", such as {' or '.join(map(str, near))}"
        return self._problem(row, "total", expected, str(row.total), MISPRINT_HINT)

    def _points_rows(self, row: TrustedRow, solutions: Sequence[dict[str, int]]) -> list[PointsRow]:
        grid = self.methodology.grid
        rows = []
        filled = self._filled(row.rates)
        for number, columns in enumerate(solutions, start=1):
            rest: How = "remainder" if sum(columns[c] for c in filled) else "nothing_left"
            rest = "open" if row.total is None else rest
            for column in self.methodology.columns:
                if column.id not in columns:
                    continue
                how: How = "rate" if column.id in row.rates else rest
                points, of = columns[column.id] * grid, self.most[column.id] * grid
                rows.append(PointsRow(0, row.company, number, column.id, points, of, how))
        return rows


def spread(room: Sequence[int], number: int) -> Iterator[tuple[int, ...]]:
    """Every way to spread a number of steps over places with room for so many, rising.

    Parameters
    ----------
    room : sequence of int
        The most that each place can hold.
    number : int
        At most as many as all places hold together.
    """
    values = [0] * len(room)
    place, left = -1, number
    while True:
        for later in reversed(range(place + 1, len(room))):
            values[later] = min(left, room[later])
            left -= values[later]
        yield tuple(values)
        for place in reversed(range(len(room))):
            if left and values[place] < room[place]:
                break
            left += values[place]
        else:
            return
        values[place] += 1
        left -= 1


def _nearest(values: Iterable[Decimal], target: Decimal) -> list[Decimal]:
    """The two values nearest to a target, rising."""
    return sorted(sorted(values, key=lambda value: (abs(value - target), value))[:2])


def is_independent(rows: Sequence[PointsRow]) -> bool:
    """Whether a company's printed columns alone give its total, by its rows of points."""
    return not any(row.how == "remainder" for row in rows)
