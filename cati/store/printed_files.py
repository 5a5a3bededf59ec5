"""``published.csv`` and ``points.csv``: a printed table and the points behind it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import get_args

from cati.model.base import seen
from cati.model.evaluation import Evaluation
from cati.model.methodology import Methodology
from cati.model.printed import How, PointsRow, PrintedRow
from cati.model.rounding import plain
from cati.problems import Problem, did_you_mean
from cati.store.csv_file import read_csv

NOT_APPLICABLE = "n/a"
"""What stands in place of a rate that a table leaves out for a company."""

HOW: tuple[How, ...] = get_args(How)
POINTS_HEADER = ("company", "alternative", "column", "points", "of", "how")


def published_header(methodology: Methodology) -> tuple[str, ...]:
    """Columns of ``published.csv`` under a methodology."""
    rates = (column.id for column in methodology.printed_columns)
    return ("rank", "company", "name", "total", *rates)


def read_published(
    path: Path, file: str, evaluation: Evaluation, methodology: Methodology
) -> tuple[tuple[PrintedRow, ...], list[Problem]]:
    """The rows of ``published.csv`` that could be read, and the problems in the others.

    Parameters
    ----------
    path : Path
    file : str
        How messages name it.
    evaluation : Evaluation
    methodology : Methodology
        The one the evaluation names.

    Raises
    ------
    ProblemsError
        If the file as a whole cannot be read.
    """
    problems: list[Problem] = []
    rows = []
    scope = [entry.company for entry in evaluation.scope]
    seen: set[str] = set()
    found = read_csv(path, file, published_header(methodology), problems)
    is_told = not problems  # a row that cannot be read may be that of any company
    for row in found:
        row.stop_at_too_many()
        row.label = row.cells["company"].strip()
        before = len(problems)
        rank = row.read_number("rank", _whole(1, 100_000), "=")
        company = row.read("company", _one_of(scope, "a company of the scope"))
        name = row.read("name", _text)
        total = row.read_number("total", _decimal(methodology.total_decimals, methodology.maximum))
        hint = f"{NOT_APPLICABLE} where the table prints none"
        rate = _decimal(methodology.rate_decimals, Decimal(100), hint)
        rates = {
            column.id: row.read_number(column.id, rate, "%")
            for column in methodology.printed_columns
            if row.cells[column.id].strip().casefold() != NOT_APPLICABLE
        }
        if company in seen:
            problems.append(row.problem("company", "each company once", "a second row"))
        if company is not None:
            seen.add(company)
        is_told = is_told and company is not None
        if len(problems) > before or rank is None or company is None or name is None:
            continue
        if total is not None:
            known = {key: value for key, value in rates.items() if value is not None}
            rows.append(PrintedRow(row.line, rank, company, name, total, known))
    missing = [company for company in scope if is_told and company not in seen]
    problems += [Problem(file, f"a row for {company}", "none") for company in missing]
    return tuple(rows), problems


def read_points(
    path: Path, file: str, evaluation: Evaluation, methodology: Methodology
) -> tuple[tuple[PointsRow, ...], list[Problem]]:
    """The rows of ``points.csv`` that could be read, and the problems in the others.

    Parameters
    ----------
    path : Path
    file : str
        How messages name it.
    evaluation : Evaluation
    methodology : Methodology
        The one the evaluation names.

    Raises
    ------
    ProblemsError
        If the file as a whole cannot be read.
    """
    problems: list[Problem] = []
    rows = []
    scope = [entry.company for entry in evaluation.scope]
    columns = {column.id: _most(methodology, column.members) for column in methodology.columns}
    seen: dict[tuple[str, int, str], int] = {}
    for row in read_csv(path, file, POINTS_HEADER, problems):
        row.stop_at_too_many()
        row.label = ", ".join(row.cells[key] for key in ("company", "alternative", "column"))
        company = row.read("company", _one_of(scope, "a company of the scope"))
        alternative = row.read_number("alternative", _whole(1, 10_000))
        column = row.read("column", _one_of(columns, "a column of the methodology"))
        if company is None or alternative is None or column is None:
            continue
        key = (company, alternative, column)
        if key in seen:
            first = f"first in line {seen[key]}"
            problems.append(row.problem("column", "each column once", "a second row", first))
            continue
        seen[key] = row.line
        if not columns[column]:  # its members are unknown codes, which is told where they stand
            continue
        points = row.read_number("points", _on_grid(methodology.grid, columns[column]))
        of = row.read_number("of", _exactly(columns[column]))
        how = row.read("how", _how)
        if points is not None and of is not None and how is not None:
            rows.append(PointsRow(row.line, company, alternative, column, points, of, how))
    problems += _gaps(file, scope, tuple(columns), seen)
    return tuple(rows), problems


def published_text(rows: Sequence[PrintedRow], methodology: Methodology) -> str:
    """The rows as the content of ``published.csv``, in their order."""
    columns = [column.id for column in methodology.printed_columns]
    lines = [
        (
            *(row.rank, row.company, row.name, row.total),
            *(row.rates.get(column, NOT_APPLICABLE) for column in columns),
        )
        for row in rows
    ]
    return _table_text(published_header(methodology), lines)


def points_text(rows: Sequence[PointsRow]) -> str:
    """The rows as the content of ``points.csv``."""
    lines = [
        (row.company, row.alternative, row.column, plain(row.points), plain(row.of), row.how)
        for row in rows
    ]
    return _table_text(POINTS_HEADER, lines)


def _table_text(header: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    """A table in the one form in which cati writes it."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *lines])
    return out.getvalue()


def _most(methodology: Methodology, members: Sequence[str]) -> Decimal:
    codes = methodology.codes(members)
    return sum((methodology.indicator(code).points for code in codes), Decimal(0))


def _gaps(
    file: str, scope: Sequence[str], columns: Sequence[str], seen: dict[tuple[str, int, str], int]
) -> list[Problem]:
    """Companies, alternatives and columns for which no row stands."""
    problems = []
    there: dict[str, set[int]] = {}
    for company, number, _ in seen:
        there.setdefault(company, set()).add(number)
    for company in scope:
        numbers = sorted(there.get(company, ()))
        if not numbers:
            problems.append(Problem(file, f"rows for {company}", "none"))
        elif numbers != list(range(1, len(numbers) + 1)):
            found = ", ".join(map(str, numbers))
            expected = f"alternatives of {company} numbered from 1"
            problems.append(Problem(file, expected, found))
        problems += [
            Problem(file, f"a row for {company}, alternative {number}, {column}", "none")
            for number in numbers
            for column in columns
            if (company, number, column) not in seen
        ]
    return problems


def _whole(least: int, most: int) -> Callable[[Decimal | None], int]:
    def convert(value: Decimal | None) -> int:
        if value is not None and value % 1 == 0 and least <= value <= most:
            return int(value)
        raise ValueError(f"a whole number from {least} to {most}")

    return convert


def _decimal(decimals: int, most: Decimal, hint: str = "") -> Callable[[Decimal | None], Decimal]:
    """Numbers up to a limit, with all the decimals that the table prints.

    A spreadsheet leaves out zeros behind the point; more digits than are printed are not those
    of the table.
    """
    unit = Decimal(1).scaleb(-decimals)

    def convert(value: Decimal | None) -> Decimal:
        if value is not None and value % unit == 0 and 0 <= value <= most:
            return abs(value).quantize(unit)
        form = f"with {decimals} decimal{'s' * (decimals != 1)}" if decimals else "without decimals"
        hints = [hint] if hint and value is None else []
        raise ValueError(f"a number from 0 to {plain(most)} {form}", *hints)

    return convert


def _on_grid(grid: Decimal, most: Decimal) -> Callable[[Decimal | None], Decimal]:
    def convert(value: Decimal | None) -> Decimal:
        if value is not None and value % grid == 0 and 0 <= value <= most:
            return abs(value)
        raise ValueError(f"0 to {plain(most)} points in steps of {plain(grid)}")

    return convert


def _exactly(expected: Decimal) -> Callable[[Decimal | None], Decimal]:
    def convert(value: Decimal | None) -> Decimal:
        if value != expected:
            raise ValueError(f"{plain(expected)}, the points of the column's indicators")
        return expected

    return convert


def _one_of(known: Collection[str], expected: str) -> Callable[[str], str]:
    def convert(cell: str) -> str:
        name = cell.strip()
        if name not in known:
            raise ValueError(expected, did_you_mean(name, known))
        return name

    return convert


def _how(cell: str) -> How:
    for how in HOW:
        if cell == how:
            return how
    raise ValueError(f"{', '.join(HOW[:-1])} or {HOW[-1]}")


def _text(cell: str) -> str:
    if not cell.strip():
        raise ValueError("some text")
    return seen(cell)
