"""An .xlsx file of anybody's to plain cells.

Excel, LibreOffice and WPS write the same values in different ways: text in
the cell or in a shared table, dates as a number with a format or as text,
targets relative or absolute, cells with or without their address. What comes
out here is the same for all of them.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils import get_column_letter

from cati.problems import Problem, shown
from cati.research.workbook.package import LIMITS, Limits, Package, open_package
from cati.store.text_file import control_character, control_name

EPOCH_1900 = datetime.date(1899, 12, 30)
"""Day 0 of Excel on Windows, for days after February 1900."""

EPOCH_1904 = datetime.date(1904, 1, 1)
"""Day 0 of old Excel on the Macintosh."""

_LAST_DAY = 2_958_465
"""31 December 9999, the last day that Excel knows."""

_LEAP = 60
"""29 February 1900, which Excel counts though it never was."""

_EAST_ASIAN_DATES = {*range(27, 37), *range(50, 59)}
"""Number formats of East Asian editions of Excel, all of them dates (ECMA-376, 18.8.30)."""

_EXACT_WHOLE = 1e15
"""Beyond this a cell's number no longer holds every whole number."""

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_RANGE = re.compile(r"([A-Z]{1,3}[1-9][0-9]{0,6}):([A-Z]{1,3}[1-9][0-9]{0,6})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ISO = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(T[0-9:.]*Z?)?")


@dataclass(frozen=True)
class Formula:
    """A cell that holds a formula, without its ``=``; its result is not looked at."""

    text: str


@dataclass(frozen=True)
class ErrorValue:
    """A cell that shows an error, such as ``#REF!``."""

    text: str


@dataclass(frozen=True)
class Struck:
    """A cell whose content is struck through, all of it or a part: nobody can tell what counts."""

    text: str

    def __str__(self) -> str:
        return self.text


STRUCK_HINT = "clear the cell, or take the line through it away"
"""What to do about a cell that is `Struck`."""

Value = str | int | float | bool | datetime.date | Formula | ErrorValue | Struck
Position = tuple[int, int]
"""Row and column, from 1."""


@dataclass(frozen=True)
class Range:
    """Cells merged into one."""

    first: Position
    last: Position

    def __contains__(self, position: Position) -> bool:
        """Whether a cell lies in it."""
        (row, column), (top, left), (bottom, right) = position, self.first, self.last
        return top <= row <= bottom and left <= column <= right

    def __str__(self) -> str:
        return f"{address(self.first)}:{address(self.last)}"


@dataclass(frozen=True)
class Sheet:
    """A sheet's cells; empty ones are left out.

    Attributes
    ----------
    cells : mapping of (int, int) to value
    merged : tuple of Range
    """

    name: str
    state: Literal["visible", "hidden"]
    cells: Mapping[Position, Value]
    merged: tuple[Range, ...]


@dataclass(frozen=True)
class WorkbookCells:
    """What stands in a workbook.

    Attributes
    ----------
    file : str
        How messages name it.
    sheets : mapping of str to Sheet
        By name, in order.
    epoch_1904 : bool
        Whether its days are counted from 1904.
    problems : tuple of Problem
        Cells that could not be read; they are missing above.
    """

    file: str
    sheets: Mapping[str, Sheet]
    epoch_1904: bool
    problems: tuple[Problem, ...]


def address(position: Position) -> str:
    """A cell as people name it: ``H37``."""
    return f"{get_column_letter(position[1])}{position[0]}"


def at(sheet: str, position: Position) -> str:
    """Where a cell is, for messages."""
    return f"sheet '{sheet}', cell {address(position)}"


def day_of(serial: float, epoch_1904: bool) -> datetime.date | None:
    """The day that a number in a date cell stands for; None where it is none."""
    days = math.floor(serial)
    if epoch_1904:
        return EPOCH_1904 + datetime.timedelta(days) if 0 <= days <= _LAST_DAY - 1462 else None
    if days < 1 or days > _LAST_DAY or days == _LEAP:
        return None
    return EPOCH_1900 + datetime.timedelta(days + (days < _LEAP))


def read_workbook(path: Path, file: str | None = None, limits: Limits = LIMITS) -> WorkbookCells:
    """The cells of all sheets of an .xlsx file.

    Parameters
    ----------
    path : Path
    file : str, optional
        How messages name it; by its name unless given.
    limits : Limits
        How large it may be.

    Raises
    ------
    ProblemsError
        If it is no workbook that can be read; see `Package`.
    """
    return _Reader(open_package(path, path.name if file is None else file, limits), limits).read()


@dataclass
class _Reader:
    """Reads one workbook."""

    package: Package
    limits: Limits
    problems: list[Problem] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    texts_struck: set[int] = field(default_factory=set)
    dates: set[int] = field(default_factory=set)
    struck: set[int] = field(default_factory=set)
    epoch_1904: bool = False

    def read(self) -> WorkbookCells:
        main = self._main_part()
        targets = self.package.targets(main)
        by_kind = {target.kind: target.part for target in targets.values()}
        if (strings := by_kind.get("sharedStrings")) and strings in self.package:
            for number, item in enumerate(self.package.elements(strings, "si")):
                self.texts.append(_text(item))
                if _has_struck_run(item):
                    self.texts_struck.add(number)
        if (styles := by_kind.get("styles")) and styles in self.package:
            self._read_styles(styles)
        found = list(self._listed(main))
        sheets: dict[str, Sheet] = {}
        for name, state, reference in found:
            target = targets.get(reference)
            if target is None or target.kind != "worksheet":
                continue
            if name in sheets:
                raise self.package.wrong("each sheet once", f"{shown(name)} a second time")
            sheets[name] = self._sheet(name, state, target.part)
        if not sheets:
            raise self.package.wrong("a workbook with sheets", "none")
        return WorkbookCells(self.package.file, sheets, self.epoch_1904, tuple(self.problems))

    def _main_part(self) -> str:
        for target in self.package.targets("").values():
            if target.kind == "officeDocument":
                return target.part
        return "xl/workbook.xml"

    def _listed(self, main: str) -> Iterator[tuple[str, Literal["visible", "hidden"], str]]:
        """Name, state and reference of each sheet; takes note of the epoch, which stands before."""
        count = 0
        for element in self.package.elements(main, "workbookPr", "sheet"):
            if element.tag.endswith("}workbookPr"):
                self.epoch_1904 = element.get("date1904", "") in {"1", "true"}
                continue
            count += 1
            if count > self.limits.sheets:
                raise self.package.wrong(f"at most {self.limits.sheets} sheets", "more")
            reference = next((v for k, v in element.attrib.items() if k.endswith("}id")), "")
            shown_state = element.get("state", "visible") == "visible"
            yield element.get("name", ""), "visible" if shown_state else "hidden", reference

    def _read_styles(self, part: str) -> None:
        """Numbers of the cell styles that show a number as a date, or strike it through."""
        own: dict[int, str] = {}
        struck_fonts: set[int] = set()
        for element in self.package.elements(part, "numFmt", "fonts", "cellXfs"):
            if element.tag.endswith("}numFmt"):
                own[_number(element.get("numFmtId"))] = element.get("formatCode", "")
                continue
            if element.tag.endswith("}fonts"):
                fonts = enumerate(element.iterchildren("{*}font"))
                struck_fonts = {position for position, font in fonts if _is_struck(font)}
                continue
            for position, style in enumerate(element.iterchildren("{*}xf")):
                number = _number(style.get("numFmtId"))
                code = own.get(number) or BUILTIN_FORMATS.get(number)
                if number in _EAST_ASIAN_DATES or is_date_format(code):
                    self.dates.add(position)
                if _number(style.get("fontId")) in struck_fonts:
                    self.struck.add(position)

    def _sheet(self, name: str, state: Literal["visible", "hidden"], part: str) -> Sheet:
        cells: dict[Position, Value] = {}
        merged: list[Range] = []
        row = 0
        for element in self.package.elements(part, "row", "mergeCell"):
            if element.tag.endswith("}mergeCell"):
                if found := _RANGE.fullmatch(element.get("ref", "")):
                    merged.append(Range(_position(found[1]), _position(found[2])))
                continue
            row = _number(element.get("r")) or row + 1
            if not self._row(name, row, element, cells):
                break
        return Sheet(name, state, cells, tuple(merged))

    def _row(self, name: str, row: int, element: Any, cells: dict[Position, Value]) -> bool:
        """Take the cells of a row; gives whether to read on."""
        column = 0
        for cell in element.iterchildren("{*}c"):
            given = cell.get("r")
            if given is None:
                position = (row, column + 1)
            elif _ADDRESS.fullmatch(given):
                position = _position(given)
            else:
                self._problem(name, (row, column + 1), "a cell's address", shown(given))
                continue
            column = position[1]
            value = self._value(name, position, cell)
            if value is None:
                continue
            if self._is_struck_cell(cell):
                value = Struck(getattr(value, "text", str(value)))
            if position[0] > self.limits.rows or column > self.limits.columns:
                expected = f"at most {self.limits.rows:,} rows and {self.limits.columns:,} columns"
                self._problem(name, position, expected, "a cell beyond")
                return False
            if position in cells:
                self._problem(name, position, "one value", "a second one")
            cells[position] = value
        return True

    def _is_struck_cell(self, cell: Any) -> bool:
        if _number(cell.get("s")) in self.struck:
            return True
        parts = {child.tag.rpartition("}")[2]: child for child in cell}
        if cell.get("t") == "s" and "v" in parts:
            return _number(parts["v"].text) in self.texts_struck
        return "is" in parts and _has_struck_run(parts["is"])

    def _problem(self, name: str, position: Position, expected: str, found: str) -> None:
        self.problems.append(Problem(self.package.file, expected, found, field=at(name, position)))

    def _value(self, name: str, position: Position, cell: Any) -> Value | None:
        """What a cell holds; None where it is empty or cannot be read."""
        parts = {child.tag.rpartition("}")[2]: child for child in cell}
        if "f" in parts:
            return Formula(parts["f"].text or "")
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return self._plain(name, position, _text(parts["is"]) if "is" in parts else "")
        text = (parts["v"].text or "") if "v" in parts else ""
        if kind == "str":
            return self._plain(name, position, _unescaped(text))
        text = text.strip()
        if not text:
            return None
        if kind == "s":
            return self._shared(name, position, text)
        if kind == "b":
            return text in {"1", "true"}
        if kind == "e":
            return ErrorValue(text)
        return self._number_or_date(name, position, kind, text, cell.get("s"))

    def _shared(self, name: str, position: Position, text: str) -> str | None:
        index = _number(text)
        if not text.isdecimal() or index >= len(self.texts):
            self._problem(name, position, "a text", f"none with the number {shown(text)}")
            return None
        return self._plain(name, position, self.texts[index])

    def _plain(self, name: str, position: Position, text: str) -> str | None:
        if len(text) > self.limits.text:
            expected = f"at most {self.limits.text:,} characters"
            self._problem(name, position, expected, f"{len(text):,}")
            return None
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if control := control_character(text):
            self._problem(name, position, "text", control_name(control))
            return None
        return text if text.strip() else None

    def _number_or_date(
        self, name: str, position: Position, kind: str, text: str, style: str | None
    ) -> Value | None:
        if kind == "d":
            found = _ISO.fullmatch(text)
            try:
                return datetime.date.fromisoformat(found[1] if found else "")
            except ValueError:
                self._problem(name, position, "a date", shown(text))
                return None
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            self._problem(name, position, "a number", shown(text))
            return None
        if _number(style) in self.dates:
            day = day_of(number, self.epoch_1904)
            if day is not None:
                return day
        whole = number.is_integer() and abs(number) < _EXACT_WHOLE
        return int(number) if whole else number


def _has_struck_run(element: Any) -> bool:
    """Whether a part of an item is struck through."""
    looks = (look for run in element.iterchildren("{*}r") for look in run.iterchildren("{*}rPr"))
    return any(map(_is_struck, looks))


def _is_struck(font: Any) -> bool:
    """Whether a font, or the look of a run, strikes text through."""
    lines = font.iterchildren("{*}strike", "{*}dstrike")
    return any(line.get("val", "1") not in {"0", "false"} for line in lines)


def _text(element: Any) -> str:
    """The text of an item with runs of different looks, without how to pronounce it."""
    parts = []
    for child in element:
        tag = child.tag.rpartition("}")[2]
        if tag == "t":
            parts.append(child.text or "")
        elif tag == "r":
            parts += [t.text or "" for t in child.iterchildren("{*}t")]
    return _unescaped("".join(parts))


def _unescaped(text: str) -> str:
    """Text with Excel's ``_x000D_`` as the character it stands for (ECMA-376, 22.9.2.19)."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(_character, text)


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1], 16)
    return escape[0] if 0xD800 <= code <= 0xDFFF else chr(code)


def _number(text: str | None) -> int:
    """A whole number as programs write it; 0 for anything else."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _position(text: str) -> Position:
    found = _ADDRESS.fullmatch(text)
    assert found is not None  # noqa: S101  matched before
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - 64
    return int(found[2]), column
