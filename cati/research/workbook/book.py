"""A workbook to fill as it is written: its looks, and what all of its sheets have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from math import ceil
from typing import Any

from cati.model.language import Language
from cati.report.glossary import glossary
from cati.report.xlsx import (
    A3,
    A4,
    FRAME,
    GREY_HEAD,
    HEAD,
    HIGHEST_ROW,
    LINE,
    NOTICE,
    TITLE,
    cell_text,
    set_paper,
    write_formula,
)
from cati.research.workbook.layout import (
    CHOICES,
    COLUMNS,
    EARLIEST,
    HEAD_ROW,
    LISTS_COLUMN,
    NOTICE_ROW,
    SHEETS,
    TITLE_ROW,
    Column,
    SheetKey,
)

WIDE = 200
"""Characters beside each other from which a sheet is printed on the larger paper."""
LINE_HEIGHT, CHINESE_LINE_HEIGHT = 15.0, 17.0
FOOTER = 100
"""Characters of a title in a footer, which holds 255 with its codes."""
NOTICE_WIDTH = 100
"""Characters over which a notice runs, so that it can be read without scrolling."""

PROSE = {"text_wrap": True, "valign": "top"}
FILL = {"locked": False, "bg_color": "#fff2cc", "border": 1, "border_color": "#595959"}
HEADING = {"bold": True, "bg_color": "#e3e3e3", **PROSE, "top": 1, "bottom": 1}
POINTS = "0.0##"

LOOKS: dict[str, dict[str, object]] = {
    "title": TITLE,
    "notice": NOTICE,
    "head": GREY_HEAD,
    "head_fill": {"bg_color": "#595959", "font_color": "#ffffff", **HEAD},
    "heading": HEADING,
    "heading_points": {"num_format": POINTS, "align": "center", **HEADING},
    "label": {"bold": True, "valign": "top"},
    "prose": {**PROSE},
    "plain": {**PROSE, **LINE},
    "points": {"num_format": POINTS, "align": "center", "valign": "top", **LINE},
    "whole": {"num_format": "0", "align": "center", "valign": "top", **LINE},
    "total": {"bold": True, "num_format": POINTS, "align": "center", **FRAME},
    "warning": {"bold": True, **PROSE},
    "large": {"bold": True, "font_size": 14, "align": "left"},
    "fill": {"num_format": "@", **PROSE, **FILL},
    "fill_date": {"num_format": "yyyy-mm-dd", "align": "left", "valign": "top", **FILL},
}

Sheet = Any
Format = Any


class Book:
    """A workbook under way.

    Parameters
    ----------
    book : xlsxwriter.Workbook
    language : {"en", "zh"}
        Of names and heads.
    """

    def __init__(self, book: Any, language: Language) -> None:
        self.book = book
        self.language: Language = language
        self.formats: dict[str, Format] = {
            name: book.add_format(look) for name, look in LOOKS.items()
        }
        self.sheets: dict[SheetKey, Sheet] = {
            key: book.add_worksheet(name.get(language)) for key, name in SHEETS.items()
        }

        self._widths = {key: {c.key: c.width for c in columns} for key, columns in COLUMNS.items()}
        self._fillable: dict[SheetKey, list[tuple[int, Column]]] = {
            key: [(position, column) for position, column in enumerate(columns) if column.editable]
            for key, columns in COLUMNS.items()
        }

    def table(self, key: SheetKey, title: str, notice: str, last: int, keep: int) -> Sheet:
        """A sheet with its title, notice, heads, widths and page; `keep` columns stay in view."""
        sheet, columns = self.sheets[key], COLUMNS[key]
        write_heads(sheet, HEAD_ROW, columns, self.formats, self.language)
        shown = [column for column in columns if not column.hidden]
        heights = (height(c.title.get(self.language), c.width - 1) for c in shown)
        sheet.set_row(HEAD_ROW, max(heights) + 3)
        sheet.write_string(TITLE_ROW, 0, cell_text(title), self.formats["title"])
        self._notice(sheet, notice, [column.width for column in shown])
        sheet.freeze_panes(HEAD_ROW + 1, keep)
        sheet.autofilter(HEAD_ROW, 0, last, len(shown) - 1)
        sheet.repeat_rows(HEAD_ROW)
        sheet.print_area(0, 0, last, len(shown) - 1)
        wide = sum(column.width for column in shown) > WIDE
        self.page(sheet, title, A3 if wide else A4)
        return sheet

    def _notice(self, sheet: Sheet, notice: str, widths: list[float]) -> None:
        over = next(
            (n for n in range(2, len(widths) + 1) if sum(widths[:n]) >= NOTICE_WIDTH), len(widths)
        )
        sheet.merge_range(NOTICE_ROW, 0, NOTICE_ROW, over - 1, "", self.formats["notice"])
        sheet.write_string(NOTICE_ROW, 0, cell_text(notice), self.formats["notice"])
        sheet.set_row(NOTICE_ROW, height(notice, sum(widths[:over])) + 3)

    def page(self, sheet: Sheet, title: str, paper: int, pages: int = 0) -> None:
        """Paper, footer and protection: a help against slips, since whoever wants can lift it."""
        set_pages(sheet, title, paper, pages)
        sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})

    def fit(self, key: SheetKey, row: int, texts: Mapping[str, str | None], lines: int = 1) -> None:
        """Make a row as high as its longest text, and as so many lines at least."""
        wrapped = [height(text, self._widths[key][c]) for c, text in texts.items() if text]
        self.sheets[key].set_row(row, max(LINE_HEIGHT * lines, *wrapped, LINE_HEIGHT))

    def text(self, sheet: Sheet, row: int, column: int, text: str | None, look: str) -> None:
        """Text that stays text, whatever it begins with."""
        if text:
            sheet.write_string(row, column, cell_text(text), self.formats[look])
        else:
            sheet.write_blank(row, column, None, self.formats[look])

    def number(self, sheet: Sheet, row: int, column: int, value: Any, look: str) -> None:
        """A number."""
        sheet.write_number(row, column, float(value), self.formats[look])

    def formula(
        self, sheet: Sheet, row: int, column: int, formula: str, value: Any, look: str
    ) -> None:
        """A formula and its value, which viewers show that do not compute."""
        write_formula(sheet, (row, column), formula, self.formats[look], value)

    def fill(self, key: SheetKey, row: int, texts: Mapping[str, str]) -> None:
        """The cells of a row that are to be filled, with what there is already."""
        sheet = self.sheets[key]
        for position, column in self._fillable[key]:
            look = self.formats["fill_date" if column.kind == "date" else "fill"]
            text = texts.get(column.key)
            if text:
                sheet.write_string(row, position, text, look)
            else:
                sheet.write_blank(row, position, None, look)

    def checks(self, key: SheetKey, first: int, last: int, date_error: str, long: str) -> None:
        """Drop-down lists, dates and lengths, checked where they are typed."""
        for position, column in enumerate(COLUMNS[key]):
            if column.editable:
                rule = self._check(column, date_error, long)
                self.sheets[key].data_validation(first, position, last, position, rule)

    def _check(self, column: Column, date_error: str, long: str) -> dict[str, object]:
        if column.choices:
            return {"validate": "list", "source": f"={column.choices}_choices"}
        if column.kind == "date":
            return date_rule(date_error)
        rule = {"validate": "length", "criteria": "<=", "value": column.longest}
        return {**rule, "error_message": long.format(n=column.longest)}

    def lists(self, unpublished: bool) -> None:
        """The lists of words on the hidden sheet, each a range with a name."""
        sheet, name = self.sheets["hidden"], SHEETS["hidden"].get(self.language)
        for number, key in enumerate(CHOICES):
            column = LISTS_COLUMN + number
            offered = [
                w for value, w in glossary()[key].items() if unpublished or value != "unpublished"
            ]
            sheet.write_string(0, column, key)
            for row, word in enumerate(offered, start=1):
                sheet.write_string(row, column, word.get(self.language))
            letter = chr(ord("A") + column)
            place = f"='{name}'!${letter}$2:${letter}${len(offered) + 1}"
            self.book.define_name(f"{key}_choices", place)


def write_heads(
    sheet: Sheet,
    row: int,
    columns: Sequence[Column],
    formats: Mapping[str, Format],
    language: Language,
) -> None:
    """The heads of columns, dark above those to fill, and how wide each column is."""
    for position, column in enumerate(columns):
        hidden = {"hidden": True} if column.hidden else None
        sheet.set_column(position, position, column.width, None, hidden)
        look = formats["head_fill" if column.editable else "head"]
        sheet.write_string(row, position, column.title.get(language), look)


def set_pages(sheet: Sheet, title: str, paper: int, pages: int = 0) -> None:
    """How a sheet is printed: above its title and page number; on any number of pages for 0."""
    set_paper(sheet, title[:FOOTER], paper)
    sheet.fit_to_pages(1, pages)


def date_rule(error: str) -> dict[str, object]:
    """What a cell for a date takes, with what is said of anything else."""
    return {"validate": "date", "criteria": ">=", "value": EARLIEST, "error_message": error}


@cache
def height(text: str, width: float) -> float:
    """Height of a row for text wrapped to a width, which not every program finds by itself.

    Letters are a little narrower than the digits that widths count; a Chinese
    character is as wide as two, and its line higher.
    """
    chinese = sum(ord(char) > 0x2E80 for char in text)
    wide = 0.95 * (len(text) - chinese) + 2.15 * chinese
    lines = max(1, ceil(wide / width)) + text.count("\n")
    return min(HIGHEST_ROW, (CHINESE_LINE_HEIGHT if chinese else LINE_HEIGHT) * lines)
