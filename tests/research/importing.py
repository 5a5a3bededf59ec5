"""Filling a workbook as an assessor does, for tests of the import."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from cati.problems import ProblemsError
from cati.research.workbook.export import WorkbookExport
from cati.research.workbook.importing import ImportPlan, plan_import
from cati.research.workbook.layout import (
    FIRST_ROW,
    KEY_COLUMN,
    SHEETS,
    START_COLUMN,
    START_ROWS,
    SheetKey,
    at,
)
from cati.workspace import Workspace
from tests.conftest import Spoilable

EVALUATION = "automakers-2024"

SOURCES = """\
format: 1
sources:
  - {id: report, kind: annual_report, title: Annual report, language: zh, published: 2024-05-01}
"""
EVIDENCE = """\
format: 1
disclosures:
  - id: pledge
    statement: It pledges.
    indicators: [tiny/1.1.1]
    polarity: supports
    confidence: high
    where:
      - {source: alpha/report, locator: p. 3}
  - id: when
    statement: It says when.
    indicators: [tiny/1.1.1]
    polarity: supports
    confidence: high
    where:
      - {source: alpha/report, locator: p. 4}
"""
ASSESSMENT = """\
format: 1
evaluation: first
verdicts:
  - criterion: 1.1.1/said
    answer: met
    disclosures: [alpha/pledge]
    rationale: It says so.
    assessor: Li Na
    date: '2024-08-01'
    level: reviewed
"""
NOTHING = """\
format: 1
evaluation: first
no_disclosure:
  - {code: 1.1.1, looked_in: [its website], assessor: Li Na, date: '2024-08-01'}
"""
ANSWERS = "companies/alpha/assessments/first.yaml"
SAID, DATED = "1.1.1/said", "1.1.1/dated"


def answered(workspace: Spoilable) -> Spoilable:
    """The tiny workspace with an answer on evidence of alpha, and nothing found of beta."""
    workspace.write("companies/alpha/sources.yaml", SOURCES)
    workspace.write("companies/alpha/evidence.yaml", EVIDENCE)
    workspace.write(ANSWERS, ASSESSMENT)
    workspace.write("companies/beta/assessments/first.yaml", NOTHING)
    assert workspace.problems() == []
    return workspace


def tiny_desk(workspace: Spoilable, name: str = "", company: str = "alpha") -> Desk:
    """A workbook of the tiny workspace, signed."""
    desk = Desk(workspace.open(), company, evaluation="first")
    return desk.into(workspace.root, name or f"{company}.xlsx").signed()


def planned(workspace: Spoilable, *paths: Path) -> ImportPlan:
    return plan_import(workspace.root, paths)


def refused(workspace: Spoilable, *paths: Path) -> list[str]:
    """What an import is refused for."""
    with pytest.raises(ProblemsError) as caught:
        plan_import(workspace.root, paths)
    return [str(problem) for problem in caught.value.problems]


class Desk:
    """An exported workbook being filled; rows and columns by their keys."""

    def __init__(
        self,
        workspace: Workspace,
        company: str,
        language: Any = "en",
        evaluation: str = EVALUATION,
    ) -> None:
        self.language = language
        self.export = WorkbookExport(workspace, evaluation, language)
        self.company = company

    def into(self, folder: Path, name: str | None = None) -> Desk:
        """Export it to a folder."""
        self.path = folder / (name or self.export.file_name(self.company))
        self.path.write_bytes(self.export.workbook(self.company))
        self.book = load_workbook(self.path)
        return self

    def sheet(self, key: SheetKey) -> Any:
        return self.book[SHEETS[key].get(self.language)]

    def address(self, key: SheetKey, row: str, column: str) -> tuple[int, int]:
        sheet, place = self.sheet(key), at(key, KEY_COLUMN[key]) + 1
        for line in range(FIRST_ROW + 1, sheet.max_row + 1):
            if sheet.cell(line, place).value == row:
                return line, at(key, column) + 1
        raise KeyError(row)

    def place(self, key: SheetKey, row: str, column: str) -> str:
        line, position = self.address(key, row, column)
        return f"sheet '{self.sheet(key).title}', cell {get_column_letter(position)}{line}"

    def put(self, key: SheetKey, row: str, **values: Any) -> Desk:
        for column, value in values.items():
            self.sheet(key).cell(*self.address(key, row, column)).value = value
        return self

    def answer(self, criterion: str, **values: Any) -> Desk:
        return self.put("answers", criterion, **values)

    def new_lines(self, key: SheetKey) -> Iterator[int]:
        sheet, place = self.sheet(key), at(key, KEY_COLUMN[key]) + 1
        for line in range(FIRST_ROW + 1, sheet.max_row + 1):
            if str(sheet.cell(line, place).value or "").startswith("="):
                yield line

    def add(self, key: SheetKey, number: int = 0, **values: Any) -> Desk:
        """Fill an empty row for a new record."""
        line = list(self.new_lines(key))[number]
        for column, value in values.items():
            self.sheet(key).cell(line, at(key, column) + 1).value = value
        return self

    def add_source(self, number: int = 0, **values: Any) -> Desk:
        """A new source that has all it needs, unless a value says otherwise."""
        row = {"id": "news", "kind": "website", "title": "News", "language": "English"}
        row |= {"published": "2024-06-01", "accessed": "2024-06-20"}
        return self.add("sources", number, **{**row, **values})

    def add_disclosure(self, number: int = 0, **values: Any) -> Desk:
        """A new disclosure that has all it needs, unless a value says otherwise."""
        row = {"id": "fact", "statement": "It says so.", "language": "English"}
        row |= {"indicators": "1.1.1", "source": "report", "locator": "p. 9"}
        row |= {"polarity": "supports", "confidence": "high"}
        return self.add("disclosures", number, **{**row, **values})

    def new_place(self, key: SheetKey, column: str, number: int = 0) -> str:
        line = list(self.new_lines(key))[number]
        letter = get_column_letter(at(key, column) + 1)
        return f"sheet '{self.sheet(key).title}', cell {letter}{line}"

    def signed(self, assessor: str | None = "Zhang Wei", date: Any = "2024-11-22") -> Desk:
        for key, value in (("assessor", assessor), ("date", date)):
            self.sheet("start").cell(START_ROWS[key] + 1, START_COLUMN + 1).value = value
        return self

    def save(self) -> Path:
        self.book.save(self.path)
        return self.path


def state(root: Path) -> dict[str, bytes]:
    """Every file of a workspace but the workbooks, the lock and the count of changes."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.suffix not in {".xlsx", ".lock", ".changes"}
    }
