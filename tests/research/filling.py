"""Filling a workbook from the first sheet to the last, as one department does."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cati.model.language import Language
from cati.research.workbook.layout import (
    FIRST_ROW,
    KEY_COLUMN,
    START_COLUMN,
    START_ROWS,
    SheetKey,
    at,
)
from tests.research.workbooks import fill, loaded, rows, sheet


class Filling:
    """A workbook that is being filled.

    Parameters
    ----------
    path : Path
    language : {"en", "zh"}
    """

    def __init__(self, path: Path, language: Language = "en") -> None:
        self.book = loaded(path)
        self.language: Language = language

    def by(self, assessor: str, date: str) -> Filling:
        """Who fills it, and when."""
        start = sheet(self.book, "start", self.language)
        for row, value in (("assessor", assessor), ("date", date)):
            start.cell(START_ROWS[row] + 1, START_COLUMN + 1).value = value
        return self

    def set(self, key: SheetKey, row: str, cells: Mapping[str, object]) -> Filling:
        """Fill cells of a row that is known by its key column."""
        number = rows(self.book, key, KEY_COLUMN[key], self.language)[row]
        fill(self.book, key, number, cells, self.language)
        return self

    def add(self, key: SheetKey, cells: Mapping[str, object]) -> Filling:
        """Fill the first empty row for something new."""
        there = sheet(self.book, key, self.language)
        known, own = at(key, "reference") + 1, at(key, "id") + 1
        number = next(
            n
            for n in range(FIRST_ROW + 1, there.max_row + 1)
            if str(there.cell(n, known).value).startswith("=") and not there.cell(n, own).value
        )
        fill(self.book, key, number, cells, self.language)
        return self

    def save(self, path: Path) -> Path:
        self.book.save(path)
        return path
