"""Three states of each cell, as exported, in the workbook and in the files now, to one.

What only the assessor changed is taken; what only others changed is kept;
what both changed, differently, is a conflict that people have to settle. An
answer, its disclosures and its rationale are one person's, so a row that two
have changed is a conflict too: one's words would stand under the other's name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cati.model.assessor import same_person
from cati.problems import Problem, shown
from cati.report.glossary import word
from cati.research.workbook.layout import CONTENT, SEPARATOR, Key, SheetKey, column_of
from cati.research.workbook.reading import Filled, FilledWorkbook

RECORDS: tuple[SheetKey, ...] = ("disclosures", "sources")
ASSESSMENT: tuple[SheetKey, ...] = ("start", "answers", "nothing_found")
"""Sheets of what may stand in the workbooks of several companies, and of one company's answers."""


@dataclass(frozen=True)
class Edit:
    """A cell that an assessor changed.

    Attributes
    ----------
    key : Key
    cell : Filled
        What it says now, in the form of the files.
    workbook : FilledWorkbook
        The first that says so.
    """

    key: Key
    cell: Filled
    workbook: FilledWorkbook

    @property
    def signed(self) -> tuple[Filled, Filled]:
        """Who changed it and when: as its row says, or else the first sheet."""
        cells, general = self.workbook.cells, self.workbook.signed
        row = {
            name: cells.get(Key(self.key.sheet, self.key.row, name))
            for name in ("assessor", "date")
        }
        assessor, date = (own if own and own.text else general[name] for name, own in row.items())
        return assessor, date


def merge(
    workbooks: Sequence[FilledWorkbook],
    now: Mapping[Key, str],
    problems: list[Problem],
    sheets: Sequence[SheetKey] = ASSESSMENT,
) -> dict[Key, Edit]:
    """What one or several workbooks change in the files.

    Parameters
    ----------
    workbooks : sequence of FilledWorkbook
        Of one company, or for `RECORDS` of any.
    now : mapping of Key to str
        The cells as the files say them, in the form of the files.
    problems : list of Problem
        Receives every conflict.
    sheets : sequence of str
        `ASSESSMENT` or `RECORDS`.
    """
    edits: dict[Key, Edit] = {}
    for workbook in workbooks:
        for key, cell in _of_changed_rows(workbook, now, sheets):
            base, current, earlier = workbook.base.get(key, ""), now.get(key, ""), edits.get(key)
            if _same(key, current, cell.text):
                continue
            if not _same(key, current, base):
                problems.append(_conflict(key, cell, base, current, workbook))
            elif earlier is None:
                edits[key] = Edit(key, cell, workbook)
            elif not _same(key, earlier.cell.text, cell.text):
                problems.append(_disagreement(key, cell, earlier, workbook))
    for row in _rows(edits):
        edits |= _of_one_workbook(row, workbooks)
    for row in _rows(edits) if sheets == ASSESSMENT else ():
        problems += _of_several_people(row)
    return edits


def _of_changed_rows(
    workbook: FilledWorkbook, now: Mapping[Key, str], sheets: Sequence[SheetKey]
) -> Iterator[tuple[Key, Filled]]:
    """Cells of rows in which a workbook says something else than when exported, and than now."""
    cells = {
        key: cell
        for key, cell in workbook.cells.items()
        if key.sheet in sheets and key.column in CONTENT[key.sheet]
    }
    changed = {
        (key.sheet, key.row)
        for key, cell in cells.items()
        if not _same(key, cell.text, workbook.base.get(key, ""))
        if not _same(key, cell.text, now.get(key, ""))
    }
    for key, cell in cells.items():
        if (key.sheet, key.row) in changed:
            yield key, cell


Row = Mapping[Key, Edit]
"""The changed cells of a row."""


def _rows(edits: Row) -> list[Row]:
    rows: dict[tuple[SheetKey, str], dict[Key, Edit]] = {}
    for key, edit in edits.items():
        rows.setdefault((key.sheet, key.row), {})[key] = edit
    return list(rows.values())


def _of_one_workbook(row: Row, workbooks: Sequence[FilledWorkbook]) -> dict[Key, Edit]:
    """The row as one workbook says all of it, if one does."""
    for workbook in workbooks:
        said = {key: workbook.cells[key] for key in row if key in workbook.cells}
        if all(key in said and _same(key, said[key].text, row[key].cell.text) for key in row):
            return {key: Edit(key, cell, workbook) for key, cell in said.items()}
    return {}


def _of_several_people(row: Row) -> Iterator[Problem]:
    first, *others = row.values()
    name = first.signed[0].text
    for other in others:
        found = other.signed[0].text
        if not same_person(found, name):
            said = f"changed by {shown(name)} in {first.cell.file}, {first.cell.place}"
            expected = f"a row that one person has changed; {said}"
            hint = "agree, and put all of the row into one workbook"
            yield other.cell.problem(expected, f"a change by {shown(found)}", hint)


def _same(key: Key, one: str, other: str) -> bool:
    """Whether two cells say the same; disclosures in any order."""
    if key.column == "disclosures":
        return set(one.split(SEPARATOR)) == set(other.split(SEPARATOR))
    return one == other


def _conflict(key: Key, cell: Filled, base: str, now: str, workbook: FilledWorkbook) -> Problem:
    was, current, found = (_words(key, text, workbook) for text in (base, now, cell.text))
    expected = f"a cell that nobody else has changed: {was} when exported, {current} now"
    return cell.problem(expected, found, "agree on one and export again")


def _disagreement(key: Key, cell: Filled, earlier: Edit, workbook: FilledWorkbook) -> Problem:
    other = earlier.cell
    said = _words(key, other.text, workbook)
    expected = f"{said}, as in {other.file}, {other.place}"
    return cell.problem(expected, _words(key, cell.text, workbook), "agree on one")


def _words(key: Key, text: str, workbook: FilledWorkbook) -> str:
    """A cell's value as the workbook shows it."""
    column = column_of(key.sheet, key.column)
    if column is not None and column.choices is not None and text:
        return shown(word(column.choices, text, workbook.language))
    if key.column == "indicators":
        own = f"{workbook.methodology}/"
        text = SEPARATOR.join(code.removeprefix(own) for code in text.split(SEPARATOR))
    return _value(text)


def _value(text: str) -> str:
    return shown(text) if text else "nothing"
