"""What people type into a cell, as the value that the files hold.

Programs turn ids into numbers and numbers into dates; Chinese input methods
type full-width letters and punctuation. What can be told is taken, and what
cannot is said.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass

from cati.problems import did_you_mean, shown
from cati.report.glossary import GRADED, glossary, value_of, word
from cati.report.language import Language
from cati.research.workbook.evidence import REFERENCES
from cati.research.workbook.figures import EXAMPLE, figures_cell, read_figures
from cati.research.workbook.file import STRUCK_HINT, ErrorValue, Formula, Struck, Value, day_of
from cati.research.workbook.layout import (
    COLUMNS,
    EARLIEST,
    SEPARATOR,
    Column,
    Key,
    SheetKey,
)
from cati.store.text_file import control_name

FIRST_SERIAL = 20_000
"""Numbers from here on in a cell for a date are days as Excel counts them; 1954 and later."""

ID = re.compile(r"(?=.{1,64}$)[a-z0-9]+([-_][a-z0-9]+)*")

_DAY = re.compile(r"([0-9]{4})[-/.年] ?([0-9]{1,2})[-/.月] ?([0-9]{1,2})日?")
_MONTH = re.compile(r"([0-9]{4})[-/.年] ?([0-9]{1,2})月?")
_YEAR = re.compile(r"([0-9]{4})年?")
_PARTLY = re.compile(r"\bpart|\bhalf|部分|一半", re.IGNORECASE)
"""What people type who look for an answer between met and not met."""

_UNSEEN = re.compile("[\xad\u061c\u200b\u200e\u200f\u2060\ufeff]")
"""Characters without width that copied text carries along: they mean nothing between words of
English and Chinese."""

_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that make the text behind them run the other way."""

_BETWEEN = re.compile(r"[\s;,、]+")
_BETWEEN_WORDS = re.compile(r"[;；\n]+")


class UnfitError(Exception):
    """A cell that holds what it should not.

    Attributes
    ----------
    expected, found, hint : str
        As in `cati.problems.Problem`.
    """

    def __init__(self, expected: str, found: str, hint: str = "") -> None:
        self.expected, self.found, self.hint = expected, found, hint
        super().__init__(expected)


@dataclass(frozen=True)
class Form:
    """How the cells of a workbook are to be read.

    Attributes
    ----------
    language : {"en", "zh"}
        In which messages name the words of its lists; words of both are read.
    company : str
        Whose records a bare id means.
    methodology : str
        Whose indicators a bare code means.
    self_assessment : bool
        Whether an answer may be ``unpublished``.
    epoch_1904 : bool
        Whether its days are counted from 1904.
    """

    language: Language
    company: str
    methodology: str
    self_assessment: bool = False
    epoch_1904: bool = False

    def value(self, sheet: SheetKey, column: Column, found: Value | None) -> str:
        """What a cell says, in the form of the files; empty where it is empty.

        Lists of references, codes and places are joined by `SEPARATOR`.

        Raises
        ------
        UnfitError
            If it cannot say that.
        """
        if found is None:
            return ""
        _refuse_no_value(found)
        if _is_date(column):
            return self._date(found, partial=column.kind == "partial")
        text = _text(found)
        if column.choices is not None:
            return self._choice(column.choices, text)
        return self._words(sheet, column.key, text)

    def _words(self, sheet: SheetKey, column: str, text: str) -> str:
        """What a cell for text says."""
        if (sheet, column) == ("answers", "disclosures"):
            return SEPARATOR.join(dict.fromkeys(map(self._reference, _parts(text))))
        if column == "indicators":
            return SEPARATOR.join(dict.fromkeys(map(self._question, _parts(text))))
        if column in REFERENCES:
            return self._source(_narrow(text))
        if column == "figures":
            return _figures(clean(text))
        if column in {"id", "subject"}:
            return _id(text, self.company)
        if column == "looked_in":
            words = (clean(part) for part in _BETWEEN_WORDS.split(text))
            return SEPARATOR.join(part for part in words if part)
        return clean(text)

    def taken(self, sheet: SheetKey, column: Column, found: Value | None, base: str) -> str:
        """What a cell says, as `value`; what it was exported with is taken in any case.

        A new text does not turn its direction, and a new date is not after today; that of an
        answer or of reading a source is not before `EARLIEST`.

        Raises
        ------
        UnfitError
            If it cannot say that.
        """
        if isinstance(found, str) and clean(found) == base:
            return base
        text = self.value(sheet, column, found)
        if text == base:
            return text
        if turning := _TURNING.search(text):
            hint = "it makes text run from right to left: type the text again"
            raise UnfitError("text", control_name(turning), hint)
        today = datetime.date.today().isoformat()
        if _is_date(column) and column.key != "period" and text > today[: len(text)]:
            raise UnfitError(f"a date not after today, {today}", text)
        if column.kind == "date" and "" < text < EARLIEST.isoformat():
            raise UnfitError(f"a date not before {EARLIEST}", text)
        return text

    def stored(self, key: Key, text: str) -> str:
        """What the text of an exported cell says; as it stands where it cannot be told."""
        column = next((c for c in COLUMNS.get(key.sheet, ()) if c.key == key.column), None)
        try:
            return clean(text) if column is None else self.value(key.sheet, column, text)
        except UnfitError:
            return clean(text)

    def _choice(self, choices: str, text: str) -> str:
        narrow = _narrow(text)
        value = value_of(choices, narrow)
        if value == "unpublished" and not self.self_assessment:
            value = None
        if value is not None or not narrow:
            return value or ""
        values = [v for v in glossary()[choices] if v != "unpublished" or self.self_assessment]
        words = [word(choices, v, self.language) for v in values]
        partly = choices == "answer" and _PARTLY.search(narrow) is not None
        # of grades none is nearer than another: a guess could strengthen what was meant
        near = "" if choices in GRADED else did_you_mean(narrow, words)
        near = "no answer is partial" if partly else near
        expected = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
        raise UnfitError(expected, shown(text), "" if near.startswith("known") else near)

    def _date(self, found: Value, partial: bool) -> str:
        if isinstance(found, datetime.date):
            return found.isoformat()
        if isinstance(found, (int, float)) and found >= FIRST_SERIAL:
            day = day_of(found, self.epoch_1904)
            if day is not None:
                return day.isoformat()
        text = _narrow(_text(found))
        if not text:
            return ""
        form = "a date as YYYY, YYYY-MM or YYYY-MM-DD" if partial else "a date as YYYY-MM-DD"
        matched = _DAY.fullmatch(text)
        if matched is None and partial:
            matched = _MONTH.fullmatch(text) or _YEAR.fullmatch(text)
        if matched is None:
            raise UnfitError(form, shown(text))
        parts = [int(part) for part in matched.groups()]
        try:
            datetime.date(*[*parts, 1, 1][:3])
        except ValueError:
            raise UnfitError("a day that exists", shown(text)) from None
        return "-".join(f"{part:0{width}}" for part, width in zip(parts, (4, 2, 2), strict=False))

    def _reference(self, text: str) -> str:
        return text.lower() if "/" in text else f"{self.company}/{text.lower()}"

    def _source(self, text: str) -> str:
        """A reference; words are left as they are, since they may be a title."""
        return self._reference(text) if text and not _BETWEEN.search(text) else text

    def _question(self, text: str) -> str:
        return text if "/" in text else f"{self.methodology}/{text}"


def clean(text: str) -> str:
    """Text without what nobody sees: spaces around it and at the ends of lines, odd spaces."""
    text = _UNSEEN.sub("", text.replace("\xa0", " "))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def _is_date(column: Column) -> bool:
    """Whether a column holds days, or also months and years."""
    return column.kind in {"date", "partial"}


def _id(text: str, company: str) -> str:
    """An id in lower case, without its company; else how the text could be written as one."""
    name = _narrow(text).lower().removeprefix(f"{company}/")
    if name and not ID.fullmatch(name):
        like = re.sub(r"[^a-z0-9]+", "-", name).strip("-")[:64]
        hint = f"such as {like}" if ID.fullmatch(like) else ""
        raise UnfitError("lower-case letters, digits and hyphens, at most 64", shown(text), hint)
    return name


def _figures(text: str) -> str:
    """Figures in the form of an exported cell."""
    try:
        return figures_cell(read_figures(text))
    except ValueError as error:
        hint = "number, unit and year, each figure on a line or with ; between them"
        raise UnfitError(f"figures such as {shown(EXAMPLE)}", shown(str(error)), hint) from None


def _narrow(text: str) -> str:
    """The text with full-width letters, digits and punctuation as the narrow ones they mean."""
    return clean(unicodedata.normalize("NFKC", text))


def _parts(text: str) -> list[str]:
    return [part for part in _BETWEEN.split(_narrow(text)) if part]


def _refuse_no_value(found: Value) -> None:
    """Refuse what only looks like a value."""
    if isinstance(found, Formula):
        raise UnfitError("a value", f"the formula {shown('=' + found.text)}", "type the value")
    if isinstance(found, ErrorValue):
        raise UnfitError("a value", f"the error {found.text}", "type the value")
    if isinstance(found, Struck):
        raise UnfitError("a value", f"{shown(found.text)} struck through", STRUCK_HINT)


def _text(found: Value) -> str:
    if isinstance(found, bool):
        return str(found).upper()
    if isinstance(found, datetime.date):
        hint = "Excel made a date of what was typed: format the cell as text and type it again"
        raise UnfitError("text", f"the date {found}", hint)
    return f"{found:.15g}" if isinstance(found, float) else str(found)
