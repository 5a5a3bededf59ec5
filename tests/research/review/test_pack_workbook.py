"""The workbook that a company fills: its own answers, cells to reply in, no formulas."""

from __future__ import annotations

import io
from pathlib import Path

from openpyxl import load_workbook

from cati.report.xlsx import HIDDEN
from cati.research.review.facts import pack_facts
from cati.research.review.layout import COLUMNS, FIRST_ROW, HEAD_ROW
from cati.research.review.pack_workbook import pack_workbook
from cati.research.workbook.file import read_workbook
from tests.conftest import Spoilable
from tests.research.review.packs import DATED


def test_the_same_files_give_the_same_bytes(review: Spoilable) -> None:
    for language in ("en", "zh"):
        first = pack_workbook(pack_facts(review.open(), "first", "alpha"), language)
        assert pack_workbook(pack_facts(review.open(), "first", "alpha"), language) == first


def test_only_the_cells_to_fill_can_be_filled(review: Spoilable) -> None:
    facts = pack_facts(review.open(), "first", "alpha")
    book = load_workbook(io.BytesIO(pack_workbook(facts, "en")))
    sheet = book["Reply"]
    assert sheet.protection.sheet
    rows = {
        sheet.cell(row, 2).value: row
        for row in range(FIRST_ROW, sheet.max_row + 1)
        if sheet.cell(row, 2).value
    }
    assert set(rows) == set(facts.answers)
    for number, column in enumerate(COLUMNS, start=1):
        assert sheet.cell(HEAD_ROW, number).value == column.title.en
        assert sheet.cell(rows[DATED], number).protection.locked is not column.editable
    assert book[HIDDEN].sheet_state == "hidden"


def test_what_looks_like_a_formula_is_text(review: Spoilable, tmp_path: Path) -> None:
    review.change("companies/alpha/evidence.yaml", "By 2030.", "'=HYPERLINK(1)'")
    path = tmp_path / "pack.xlsx"
    path.write_bytes(pack_workbook(pack_facts(review.open(), "first", "alpha"), "en"))
    cells = read_workbook(path).sheets["Reply"].cells.values()
    assert any(isinstance(value, str) and value.startswith("=HYPERLINK(1)") for value in cells)
