"""What all workbooks have that are written: how they are made, what a cell can hold, the paper."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell  # type: ignore[import-untyped]

CELL_LIMIT = 32_767
"""Most characters a cell holds."""

HIGHEST_ROW = 409.0
"""Height of a row that Excel still opens."""

A3, A4, MARGIN = 8, 9, 0.4

NOISE = 6
"""Decimals that sums keep: more than points and printed shares have, none of the binary noise."""

HIDDEN = "_cati"
"""The sheet that says what a workbook is; nobody sees it."""

FRAME = {"border": 1, "border_color": "#8c8c8c"}
LINE = {"bottom": 1, "bottom_color": "#d9d9d9"}
HEAD = {"bold": True, "text_wrap": True, "valign": "vcenter", **FRAME}
GREY_HEAD = {"bg_color": "#d9d9d9", **HEAD}
TITLE: dict[str, object] = {"bold": True, "font_size": 14}
NOTICE = {"font_color": "#404040", "text_wrap": True, "valign": "top"}

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook_bytes(
    cutoff: datetime.date, write: Callable[[Any], None], *, in_memory: bool = True, **about: str
) -> bytes:
    """A workbook: the same bytes for the same content, since its date is the evaluation's.

    Parameters
    ----------
    cutoff : date
    write : callable
        Fills an empty workbook of XlsxWriter.
    in_memory : bool
        Whether nothing of it goes through temporary files. The dates inside the archive hang on
        it, and with them the checksums of published reports, which do go through such files.
    about : str
        What the file says of itself, such as its ``title``.
    """
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {**OPTIONS, "in_memory": in_memory}) as book:
        created = datetime.datetime.combine(cutoff, datetime.time())
        book.set_properties({**about, "created": created})
        write(book)
    return stream.getvalue()


def set_paper(sheet: Any, foot: str, paper: int = A4) -> None:
    """How a sheet is printed, and what stands left of the number at the foot of every page."""
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.set_margins(MARGIN, MARGIN, MARGIN, 2 * MARGIN)
    sheet.set_footer("&L" + foot.replace("&", "&&") + "&R&P / &N")


def write_facts(sheet: Any, facts: Mapping[str, str], column: int) -> None:
    """Keys downwards from the first row, each with its value beside it."""
    for row, (key, text) in enumerate(facts.items()):
        sheet.write_string(row, column, key)
        sheet.write_string(row, column + 1, cell_text(text))


def write_formula(sheet: Any, place: tuple[int, int], text: str, look: Any, value: Any) -> None:
    """A formula and its value, which viewers show that do not compute."""
    known = float(value) if isinstance(value, Fraction) else value
    sheet.write_formula(*place, f"={text}", look, known)


def cell(row: int, column: int) -> str:
    """A reference within a sheet."""
    return str(xl_rowcol_to_cell(row, column))


def fixed(row: int, column: int) -> str:
    """A reference that does not move when its formula is copied."""
    return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))


def span(row: int, column: int, last_row: int, last_column: int) -> str:
    """A range that does not move when its formula is copied."""
    return str(xl_range_abs(row, column, last_row, last_column))


_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def cell_text(text: str) -> str:
    """Text as a cell can hold it: no control characters, one kind of line end, not too long."""
    clean = _UNPRINTABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    # Excel counts UTF-16 units, of which a character has one or two
    if 2 * len(clean) <= CELL_LIMIT or len(clean.encode("utf-16-le")) // 2 <= CELL_LIMIT:
        return clean
    cut = clean.encode("utf-16-le")[: 2 * (CELL_LIMIT - 1)].decode("utf-16-le", errors="ignore")
    return cut + "…"
