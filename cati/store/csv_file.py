"""Reading a CSV file cell by cell, with the line of every row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from cati.problems import FAULTS_LIMIT, Problem, ProblemsError, did_you_mean, shown, too_many
from cati.store.table_text import (
    Numbers,
    read_table_text,
    separator_of,
    separator_problem,
    strayed_separator,
    trimmed,
)

ROWS_LIMIT = 100_000
"""The largest table of a real evaluation has less than a hundredth."""

V = TypeVar("V")


@dataclass
class CsvRow:
    """A row whose cells are read one by one; what does not fit is collected.

    Attributes
    ----------
    label : str
        How messages name the row, beside its line.
    """

    file: str
    line: int
    cells: Mapping[str, str]
    problems: list[Problem]
    numbers: Numbers
    label: str = field(default="", init=False)

    def read(self, column: str, convert: Callable[[str], V]) -> V | None:
        """The cell's value; None, with a problem, where it does not fit.

        Parameters
        ----------
        column : str
        convert : callable
            Gives the value, or raises ValueError with what was expected and, if need be, a hint.
        """
        try:
            return convert(self.cells[column])
        except ValueError as error:
            expected, *hint = map(str, error.args)
            found = shown(self.cells[column])
            self.problems.append(self.problem(column, expected, found, *hint))
            return None

    def read_number(
        self, column: str, convert: Callable[[Decimal | None], V], behind: str = ""
    ) -> V | None:
        """The number in a cell; None, with a problem, where it does not fit.

        Parameters
        ----------
        column : str
        convert : callable
            As in `read`; it gets None where the cell holds no number.
        behind : str
            A sign that may stand behind the number and says nothing, such as ``%``.
        """
        return self.read(column, lambda cell: convert(self.numbers.read(cell, behind)))

    def stop_at_too_many(self) -> None:
        """Give up on a table with too many problems before this row.

        Raises
        ------
        ProblemsError
            With the first of them.
        """
        if len(self.problems) >= FAULTS_LIMIT:
            raise ProblemsError([*self.problems[:FAULTS_LIMIT], too_many(self.file)])

    def problem(self, column: str, expected: str, found: str, hint: str = "") -> Problem:
        """A problem in a cell of this row."""
        return Problem(self.file, expected, found, self.line, cell_name(self.label, column), hint)


def cell_name(row: str, column: str) -> str:
    """A cell as messages name it: ``stellantis, governance``."""
    return f"{row}, {column}" if row else column


def read_csv(path: Path, file: str, header: Sequence[str], problems: list[Problem]) -> list[CsvRow]:
    """The rows of a CSV file with exactly these columns.

    Parameters
    ----------
    path : Path
    file : str
        How messages name it.
    header : sequence of str
        The columns in order.
    problems : list of Problem
        Receives what is wrong with single rows; those rows are left out.

    Raises
    ------
    ProblemsError
        If the file cannot be read or its header is another.
    """
    text = read_table_text(path, file)
    separator = separator_of(text, header)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    numbers = Numbers(separator)
    rows: list[CsvRow] = []
    places: list[int] = []
    line = 1
    try:
        for number, cells in enumerate(reader):
            if number > ROWS_LIMIT:
                raise ProblemsError([Problem(file, f"at most {ROWS_LIMIT:,} rows", "more", line)])
            if not any(cell.strip() for cell in cells):
                pass  # a spreadsheet saves rows that were once used
            elif not places:
                places = _places(file, header, trimmed(cells), line)
            elif problem := _row_problem(file, line, cells, header, places, separator):
                problems.append(problem)
            else:
                named = {column: cells[place] for column, place in zip(header, places, strict=True)}
                rows.append(CsvRow(file, line, named, problems, numbers))
                for cell in named.values():
                    numbers.note(cell, line)
            line = reader.line_num + 1
    except csv.Error as error:
        raise ProblemsError([*problems, _syntax_problem(file, str(error), line)]) from None
    return rows


def _places(file: str, header: Sequence[str], found: Sequence[str], line: int) -> list[int]:
    """Where the columns stand in a row; a spreadsheet saves columns that nobody has used."""
    places = [place for place, name in enumerate(found) if name]
    if [found[place] for place in places] != list(header):
        raise ProblemsError([_header_problem(file, header, found, line)])
    return places


def _row_problem(
    file: str,
    line: int,
    cells: Sequence[str],
    header: Sequence[str],
    places: Sequence[int],
    separator: str,
) -> Problem | None:
    """What is wrong with the form of a row; empty cells where no column stands are not."""
    there = [cells[place] for place in places if place < len(cells)]
    beyond = [cell for place, cell in enumerate(cells) if cell.strip() and place not in places]
    if len(there) < len(header) or beyond:
        if other := strayed_separator(cells, separator, len(header)):
            return separator_problem(file, line, separator, other)
        commas = beyond and separator == ","
        hint = "a number with a decimal comma stands in quotes" if commas else ""
        found = str(len(there) + len(beyond))
        return Problem(file, f"{len(header)} cells", found, line=line, hint=hint)
    for column, cell in zip(header, there, strict=True):
        if "\n" in cell:
            return Problem(file, "text in one line", "a line break", line, column)
    return None


def _syntax_problem(file: str, found: str, line: int) -> Problem:
    if found == "unexpected end of data":
        expected, hint = "CSV", "close it, or double it inside text"
        return Problem(file, expected, "a quotation mark that is never closed", line, hint=hint)
    return Problem(file, "CSV", found, line)


def _header_problem(file: str, header: Sequence[str], found: Sequence[str], line: int) -> Problem:
    for position, column in enumerate(header):
        there = found[position] if position < len(found) else None
        if there != column:
            hint = did_you_mean(there, header) if there else ""
            if there in header:
                hint = f"its place is {header.index(there) + 1}"
            return Problem(
                file,
                f"column {column} in place {position + 1}",
                "nothing" if there is None else shown(there),
                line=line,
                hint=hint,
            )
    extra = ", ".join(shown(name) for name in found[len(header) :])
    return Problem(file, f"{len(header)} columns", f"more: {extra}", line=line)
