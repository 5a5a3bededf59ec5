from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from cati.model.language import LANGUAGES, Language
from cati.report.xlsx import HIGHEST_ROW, OPTIONS
from cati.research.workbook.book import LOOKS, Book, height
from cati.research.workbook.layout import COLUMNS
from cati.workspace import Workspace
from tests.research.workbooks import exported, loaded, sheet


@pytest.fixture
def book() -> Iterator[Book]:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as workbook:
        yield Book(workbook, "en")


def test_what_is_to_be_filled_differs_from_the_rest_without_colours() -> None:
    """Printed in grey, the cells are told by their frames and heads by their darkness."""

    def grey(colour: object) -> int:
        text = str(colour).removeprefix("#")
        return sum(int(text[at : at + 2], 16) for at in (0, 2, 4)) // 3

    assert LOOKS["fill"]["border"] == 1
    assert "border" not in LOOKS["plain"]
    assert grey(LOOKS["head"]["bg_color"]) - grey(LOOKS["head_fill"]["bg_color"]) > 80
    assert LOOKS["fill"]["locked"] is False
    assert [name for name, look in LOOKS.items() if not look.get("locked", True)] == [
        "fill",
        "fill_date",
    ]


def test_a_longer_text_needs_a_higher_row() -> None:
    assert height("short", 20) < height("a text of more than twenty characters", 20)
    assert height("短", 20) > height("short", 20)
    assert height("一段超过十个汉字的文字内容", 20) > height("short text", 20)
    assert height("a\nb\nc", 20) > height("a b c", 20)
    assert height("x" * 40_000, 20) == HIGHEST_ROW


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_cut_off_by_its_row(real: Workspace, language: Language) -> None:
    page = sheet(loaded(exported(real, "polestar", language)), "guidance", language)

    for row in page.iter_rows(min_row=4):
        for column, cell in zip(COLUMNS["guidance"], row, strict=True):
            if isinstance(cell.value, str):
                wide = sum(2 if ord(char) > 0x2E80 else 1 for char in cell.value)
                lines = wide / column.width
                room = page.row_dimensions[cell.row].height
                assert room is not None
                assert room >= min(HIGHEST_ROW, 14 * lines), cell.coordinate


def test_rows_are_as_high_as_asked_for_at_least(book: Book) -> None:
    book.fit("answers", 3, {"statement": "short", "rationale": None}, 2)
    book.fit("answers", 4, {"statement": "long " * 60})

    heights = book.sheets["answers"].row_sizes
    assert heights[3][0] < heights[4][0]


def test_every_sheet_prints_on_one_page_across(real: Workspace, tmp_path: Path) -> None:
    for page in loaded(exported(real, "polestar")).worksheets[:-1]:
        assert page.page_setup.orientation == "landscape"
        fit = page.sheet_properties.pageSetUpPr
        assert fit is not None
        assert fit.fitToPage
        assert page.oddFooter is not None
        assert page.oddFooter.left.text
        if page.title != "Start":
            assert page.print_title_rows
            assert page.freeze_panes
