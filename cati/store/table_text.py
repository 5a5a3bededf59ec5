"""What spreadsheets save as CSV, as text and numbers.

Excel, WPS, Numbers and LibreOffice differ in encoding, in what stands between cells and in the
decimal mark. All of it is read where it can mean one thing only, and refused where it could mean
two.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from cati.problems import Problem, ProblemsError
from cati.store.text_file import SIZE_LIMIT, checked_text, decoding_problem, read_bytes

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
"""What may stand between cells, and its name; the first is what cati writes."""

_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",  # what Excel calls Unicode text
    codecs.BOM_UTF16_BE: "utf-16-be",
}
"""Byte order marks, and the encoding that each stands for."""

_COMMON = 0.75
"""Of the Chinese characters of a table in GBK, at least so many belong to the common ones.

Most other text, read as GBK by mistake, gives rare characters or none. Korean does not; but its
names become others, which a printed table is verified by.
"""

_TO_EXCEL = re.compile(r"\Asep=[,;\t]\n")
"""A first line that tells Excel what stands between cells; the table says it by itself."""

SAVE_AS = "save it as CSV UTF-8"


def read_table_text(path: Path, file: str) -> str:
    """The text of a table in UTF-8, or in UTF-16 or GB18030 where it can be nothing else.

    Parameters
    ----------
    path : Path
    file : str
        How messages name it.

    Raises
    ------
    ProblemsError
        If it cannot be read, is too large or is no such text.
    """
    content = read_bytes(path, file, SIZE_LIMIT)
    text = _decoded(content, file).replace("\r\n", "\n").replace("\r", "\n")
    return checked_text(_TO_EXCEL.sub("\n", text), file, SAVE_AS)


def _decoded(content: bytes, file: str) -> str:
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            try:
                return content.decode(encoding).removeprefix("\ufeff")
            except UnicodeDecodeError as error:
                name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
                problem = decoding_problem(content, error, file, f"{name} text", SAVE_AS)
                raise ProblemsError([problem]) from None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        chinese = _as_chinese(content)
        if chinese is None:
            problem = decoding_problem(content, error, file, "UTF-8 or GBK text", SAVE_AS)
            raise ProblemsError([problem]) from None
        return chinese


def _as_chinese(content: bytes) -> str | None:
    """Text in GBK or its successor GB18030; None where that is not what it is.

    Almost any bytes can be read so. Text in another encoding shows by characters that nobody
    writes: an accented letter with the letter behind it becomes one of them.
    """
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return None
    beyond = [char for char in text if ord(char) > 0x7F]
    common = sum("\u4e00" <= char <= "\u9fff" and _is_common(char) for char in beyond)
    strange = sum(not _is_common(char) for char in beyond)
    return text if common and common >= _COMMON * (common + strange) else None


def _is_common(char: str) -> bool:
    """Whether a character belongs to GB 2312, without its letters of other scripts."""
    try:
        first = char.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return first in (0xA1, 0xA3) or first >= 0xB0


def separator_of(text: str, header: Sequence[str]) -> str:
    """What stands between the cells of a table with this header, or comes nearest to it."""
    shared = {
        separator: len(set(header) & set(_first_row(text, separator))) for separator in SEPARATORS
    }
    return max(SEPARATORS, key=lambda separator: shared[separator])


def _first_row(text: str, separator: str) -> list[str]:
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        return next((trimmed(row) for row in rows if any(row)), [])
    except csv.Error:
        return []


def trimmed(names: Sequence[str]) -> list[str]:
    """The cells of a header without the empty ones behind them and without spaces around."""
    cells = [name.strip() for name in names]
    while cells and not cells[-1]:
        cells.pop()
    return cells


_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})([.,][0-9]{1,15})?")
_GROUPED = re.compile(
    r"-?[1-9][0-9]{0,2}(?:([.,])[0-9]{3})(?:\1[0-9]{3}){0,3}(?!\1)[.,][0-9]{1,15}"
)
"""Thousands set apart by one mark before decimals behind the other: it can mean one thing only."""

_THOUSANDS = {",": ",", ";": "."}
"""Where cells stand apart by the one, thousands are often set apart by the other."""

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，％＝－", "0123456789.,%=-")


class Numbers:
    """The numbers of one table, which all have the same decimal mark: that of most of them.

    Parameters
    ----------
    separator : str
        What stands between the table's cells.
    """

    def __init__(self, separator: str) -> None:
        self.separator = separator
        self._marks: Counter[str] = Counter()
        self._examples: dict[str, str] = {}

    def note(self, cell: str, line: int) -> None:
        """Take a cell into account for what the table's decimal mark is."""
        if "." not in cell and "," not in cell and "．" not in cell and "，" not in cell:
            return
        text = _ungrouped(cell.strip().translate(_FULL_WIDTH).rstrip("%").rstrip())
        found = _NUMBER.fullmatch(text)
        if found is not None and found[2] and not self._may_be_thousands(found):
            self._marks[found[2][0]] += 1
            self._examples.setdefault(found[2][0], f"line {line} has {text}")

    def read(self, cell: str, behind: str = "") -> Decimal | None:
        """The number that a cell holds; None where it holds something else.

        Parameters
        ----------
        cell : str
            It has been noted, and so have all others of the table.
        behind : str
            A sign that may stand behind the number and says nothing, such as ``%``.

        Raises
        ------
        ValueError
            With what was expected and a hint, where the number could be read in two ways.
        """
        text = cell.strip().translate(_FULL_WIDTH)
        if behind:
            text = text.removesuffix(behind).rstrip()
        text = _ungrouped(text)
        found = _NUMBER.fullmatch(text)
        if found is None:
            return None
        if found[2]:
            self._check_mark(found)
        return Decimal(text.replace(",", "."))

    def _may_be_thousands(self, number: re.Match[str]) -> bool:
        """Whether a mark may set thousands apart: before three digits, and behind no more."""
        whole, decimals = number[1], number[2]
        thousands = decimals[0] == _THOUSANDS.get(self.separator) and len(decimals) == 4
        return thousands and whole != "0" and len(whole) <= 3

    def _check_mark(self, number: re.Match[str]) -> None:
        text, decimals = number[0], number[2]
        if not self._marks[decimals[0]] and self._may_be_thousands(number):
            other = ",."[decimals[0] == ","]
            either = f"write {text.replace(decimals[0], '')} or {text.replace(decimals[0], other)}"
            raise ValueError("a number that can be read in one way only", either)
        mark = max(".,", key=lambda mark: self._marks[mark])
        if decimals[0] != mark:
            raise ValueError("one decimal mark in the whole table", self._examples[mark])


def _ungrouped(text: str) -> str:
    """A number without the marks that set its thousands apart, where they can be nothing else."""
    found = _GROUPED.fullmatch(text)
    return text if found is None else text.replace(found[1], "")


def strayed_separator(cells: Sequence[str], separator: str, expected: int) -> str | None:
    """The other separator by which a row has as many cells as expected, if there is one."""
    text = separator.join(cells)
    for other in SEPARATORS:
        if other != separator and text.count(other) == expected - 1:
            return other
    return None


def separator_problem(file: str, line: int, separator: str, found: str) -> Problem:
    """The problem of a row whose cells are separated in another way than those of the header."""
    expected = f"{SEPARATORS[separator]} between cells, as in the header"
    return Problem(file, expected, SEPARATORS[found], line=line)
