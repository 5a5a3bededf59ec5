"""What people type into a cell, as the value that the files hold.

Programs turn ids into numbers and numbers into dates; Chinese input methods
type full-width letters and punctuation. What can be told is taken, and what
cannot is said.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_args

from cati.model.language import Language
from cati.problems import did_you_mean, shown
from cati.report.glossary import GRADED, glossary, value_of, word
from cati.research.workbook.file import STRUCK_HINT, ErrorValue, Formula, Struck, Value, day_of
from cati.research.workbook.layout import (
    EARLIEST,
    SEPARATOR,
    Column,
    Key,
    Kind,
    column_of,
)
from cati.research.workbook.stated_values import EXAMPLE, read_stated_values, stated_values_cell
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

    def value(self, column: Column, found: Value | None) -> str:
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
        if column.is_date:
            return self._date(found, partial=column.kind != "date")
        text = _text(found)
        if column.choices is not None:
            return self._choice(column.choices, text)
        return KINDS[column.kind].read(self, text)

    def written(self, column: Column, value: Any) -> str:
        """What a cell shows of the value of its field; empty where there is none."""
        if value is None:
            return ""
        text = KINDS[column.kind].written(self, value)
        return text if column.choices is None else word(column.choices, text, self.language)

    def taken(self, column: Column, found: Value | None, base: str) -> str:
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
        text = self.value(column, found)
        if text == base:
            return text
        if turning := _TURNING.search(text):
            hint = "it makes text run from right to left: type the text again"
            raise UnfitError("text", control_name(turning), hint)
        today = datetime.date.today().isoformat()
        if column.is_date and column.kind != "period" and text > today[: len(text)]:
            raise UnfitError(f"a date not after today, {today}", text)
        if column.kind == "date" and "" < text < EARLIEST.isoformat():
            raise UnfitError(f"a date not before {EARLIEST}", text)
        return text

    def stored(self, key: Key, text: str) -> str:
        """What the text of an exported cell says; as it stands where it cannot be told."""
        column = column_of(key.sheet, key.column)
        try:
            return clean(text) if column is None else self.value(column, text)
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

    def reference(self, text: str) -> str:
        """A reference; a bare id means one of the company."""
        return text.lower() if "/" in text else f"{self.company}/{text.lower()}"

    def source(self, text: str) -> str:
        """A reference; words are left as they are, since they may be a title."""
        text = _narrow(text)
        return self.reference(text) if text and not _BETWEEN.search(text) else text

    def question(self, text: str) -> str:
        """An indicator; a bare code means one of the methodology."""
        return text if "/" in text else f"{self.methodology}/{text}"


def clean(text: str) -> str:
    """Text without what nobody sees: spaces around it and at the ends of lines, odd spaces."""
    text = _UNSEEN.sub("", text.replace("\xa0", " "))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def _id(form: Form, text: str) -> str:
    """An id in lower case, without its company; else how the text could be written as one."""
    name = _narrow(text).lower().removeprefix(f"{form.company}/")
    if name and not ID.fullmatch(name):
        like = re.sub(r"[^a-z0-9]+", "-", name).strip("-")[:64]
        hint = f"such as {like}" if ID.fullmatch(like) else ""
        raise UnfitError("lower-case letters, digits and hyphens, at most 64", shown(text), hint)
    return name


def _figures(_form: Form, text: str) -> str:
    """Figures in the form of an exported cell."""
    try:
        return stated_values_cell(read_stated_values(clean(text)))
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


def _phrases(_form: Form, text: str) -> str:
    return SEPARATOR.join(filter(None, map(clean, _BETWEEN_WORDS.split(text))))


def _each(one: Callable[[Form, str], str]) -> Callable[[Form, str], str]:
    """The reading of a cell with several, each once, by the reading of one."""
    return lambda form, text: SEPARATOR.join(dict.fromkeys(one(form, t) for t in _parts(text)))


def _codes(form: Form, questions: tuple[str, ...]) -> str:
    return SEPARATOR.join(q.removeprefix(f"{form.methodology}/") for q in questions)


def _divided(text: str) -> list[str]:
    return text.split(SEPARATOR) if text else []


def _figure_values(text: str) -> list[dict[str, Any]]:
    return [figure.model_dump(exclude_defaults=True) for figure in read_stated_values(text)]


@dataclass(frozen=True)
class CellKind:
    """How what a column holds is read, written and taken back.

    Attributes
    ----------
    read : callable
        What somebody typed, to the form of the files; of dates and words from a list `Form` reads.
    written : callable
        The value of a record's field, to what the cell shows.
    field : callable
        The form of the files, to the value of a record's field.
    """

    read: Callable[[Form, str], str] = lambda _form, text: clean(text)
    written: Callable[[Form, Any], str] = lambda _form, value: str(value)
    field: Callable[[str], Any] = str


def _joined(_form: Form, parts: tuple[str, ...]) -> str:
    return SEPARATOR.join(parts)


KINDS: dict[Kind, CellKind] = {
    **dict.fromkeys(get_args(Kind), CellKind()),
    "id": CellKind(_id),
    "flag": CellKind(written=lambda _form, _value: "yes"),
    "source": CellKind(Form.source),
    "disclosures": CellKind(_each(Form.reference), _joined, _divided),
    "indicators": CellKind(_each(Form.question), _codes, _divided),
    "phrases": CellKind(_phrases, _joined, _divided),
    "figures": CellKind(
        _figures, lambda _form, figures: stated_values_cell(figures), _figure_values
    ),
}
