"""Wide tables go over as many pages as it takes to read them."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from cati.report.workbook.page import PAGE, set_page, set_pages


def written(folder: Path, widths: list[float], head: str = "") -> Path:
    path = folder / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        set_page(sheet, "Facts & figures", head)
        set_pages(sheet, widths, (0, 1), 9, 1)
    return path


@pytest.mark.parametrize(
    ("widths", "pages"),
    [
        ([20.0, 100.0], 1),
        ([20.0, PAGE - 20.0], 1),
        ([20.0, PAGE - 20.0, 1.0], 2),
        ([20.0, *[30.0] * 20], 4),
    ],
)
def test_no_page_holds_more_than_can_be_read(
    tmp_path: Path, widths: list[float], pages: int
) -> None:
    sheet = load_workbook(written(tmp_path, widths)).active
    assert sheet is not None
    assert (int(sheet.page_setup.fitToWidth or 1), sheet.page_setup.fitToHeight) == (pages, 0)
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.print_title_cols == "$A:$A"


def test_an_ampersand_at_the_foot_is_no_command(tmp_path: Path) -> None:
    sheet = load_workbook(written(tmp_path, [10.0], "DRAFT")).active
    assert sheet is not None
    assert sheet.oddFooter.left.text == "Facts && figures"
    assert sheet.oddHeader.center.text == "DRAFT"
