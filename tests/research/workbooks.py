"""What tests of workbooks to fill share: reading and filling them as people do."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from cati.model.interval import Interval
from cati.model.language import Language
from cati.research.workbook.export import WorkbookExport
from cati.research.workbook.layout import COLUMNS, FIRST_ROW, SHEETS, SheetKey, at
from cati.scoring.scorecard import Scorecard
from cati.workspace import Workspace

EVALUATION = "automakers-2024"


def loaded(content: bytes | Path, **options: bool) -> Workbook:
    return load_workbook(io.BytesIO(content) if isinstance(content, bytes) else content, **options)


def sheet(book: Workbook, key: SheetKey, language: Language = "en") -> Worksheet:
    found = book[SHEETS[key].get(language)]
    assert isinstance(found, Worksheet)
    return found


def rows(book: Workbook, key: SheetKey, by: str, language: Language = "en") -> dict[str, int]:
    """Row of each record, counted from 1, by a column of the layout."""
    place = at(key, by) + 1
    return {
        str(row[0].value): row[0].row
        for row in sheet(book, key, language).iter_rows(FIRST_ROW + 1, None, place, place)
        if row[0].value
    }


def value(book: Workbook, key: SheetKey, row: int, column: str, language: Language = "en") -> Any:
    return sheet(book, key, language).cell(row, at(key, column) + 1).value


def fill(
    book: Workbook,
    key: SheetKey,
    row: int,
    cells: Mapping[str, object],
    language: Language = "en",
) -> None:
    for column, text in cells.items():
        assert column in {c.key for c in COLUMNS[key] if c.editable}
        sheet(book, key, language).cell(row, at(key, column) + 1).value = text  # type: ignore[assignment]


def ends(book: Workbook, row: int, names: tuple[str, str], language: Language) -> Interval:
    low, high = (round(float(value(book, "points", row, n, language)), 6) for n in names)
    return Interval(low, high)  # type: ignore[arg-type]


def assert_scored(book: Workbook, card: Scorecard, company: str, language: Language = "en") -> None:
    """The sheet of points says what the scorecard says."""

    def floats(interval: Interval) -> Interval:
        low, high = (round(float(end), 6) for end in (interval.low, interval.high))
        return Interval(low, high)  # type: ignore[arg-type]

    points = ("least", "greatest")
    by_code = rows(book, "points", "code", language)
    for code, row in by_code.items():
        if code in card.methodology.levels:
            expected = floats(card.group([code]).points(company))
            assert ends(book, row, points, language) == expected, (company, code)
    names = rows(book, "points", "name", language)
    for column in card.methodology.columns:
        # of a dimension and a column of one name the column stands below
        row = names[column.name.get(language)]
        expected = floats(card.column(column.id).points(company))
        assert ends(book, row, points, language) == expected, (company, column.id)
    total = ends(book, FIRST_ROW + 1, ("lowest", "highest"), language)
    assert total == floats(card.total(company)), company
    assert sum(1 for code in by_code if code.count(".") == 2) == len(card.blocks)


def with_evaluation(workspace: Workspace, **changes: object) -> Workspace:
    """The same files with another evaluation.yaml."""
    evaluation = workspace.evaluation(EVALUATION).model_copy(update=changes)
    return Workspace(replace(workspace.store, evaluations={EVALUATION: evaluation}))


def exported(workspace: Workspace, company: str, language: Language = "en") -> bytes:
    return WorkbookExport(workspace, EVALUATION, language).workbook(company)
