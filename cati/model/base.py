"""What all models share: strict, frozen, exact."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    Strict,
    Tag,
    WithJsonSchema,
)
from pydantic_core.core_schema import CoreSchema, no_info_after_validator_function

from cati.model.language import LANGUAGES, Language, beginning_with


class Model(BaseModel):
    """A frozen record of what a file says; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


T = TypeVar("T")

Many = Annotated[tuple[T, ...], Strict(False)]
"""A list in the file, a tuple in the model."""


@dataclass(frozen=True)
class Matching:
    """A check that text has a form, with words for what was expected."""

    pattern: str
    expected: str

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Check the form after the type."""
        return no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """The form as editors check it."""
        return {**handler(schema), "pattern": f"^{self.pattern}$"}

    def _check(self, value: str) -> str:
        if not re.fullmatch(self.pattern, value):
            raise ValueError(self.expected)
        return value


LONGEST_LINE = 2_000

CONTROL = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that is no text: no file that holds one is read."""


def _text(value: str) -> str:
    if found := CONTROL.search(value):
        raise ValueError(f"text without control characters; there is U+{ord(found[0]):04X}")
    return value


Line = Annotated[
    str,
    Field(max_length=LONGEST_LINE),
    Matching(r"[\s\S]*\S[\s\S]*", "some text"),
    AfterValidator(_text),
]
"""Non-empty text, such as can be read again from a file."""

UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f\ud800-\udfff]"
)
"""Characters that nobody sees and that change what is seen.

Controls other than tab and line feed, marks of direction, breaks and joins without width, and
halves of characters.
"""


def seen(value: str) -> str:
    """Text in which every character is seen, such as a name.

    Raises
    ------
    ValueError
        With what was expected.
    """
    if found := UNSEEN.search(value):
        where = f"U+{ord(found[0]):04X} as character {found.start() + 1}"
        raise ValueError(f"text without characters that nobody sees; there is {where}")
    return value


NameLine = Annotated[Line, AfterValidator(seen)]
"""A name: what tells one thing from another must be what one sees."""

_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)


def _no_device(value: str) -> str:
    if value in _DEVICES:
        raise ValueError("an id that can name a file; Windows keeps this word for a device")
    return value


Id = Annotated[
    str,
    Matching(
        r"(?=.{1,64}$)[a-z0-9]+([-_][a-z0-9]+)*",
        "an id of lower-case letters, digits and hyphens, such as volvo-cars",
    ),
    AfterValidator(_no_device),
]
"""A short lower-case name that never changes once published."""

Reference = Annotated[
    str,
    Matching(
        r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+([-_][a-z0-9]+)*",
        "a reference <entity>/<id>, such as ipe/automotive-report-2024",
    ),
]
"""``<entity>/<id>``: points at a record that belongs to an entity."""

Code = Annotated[
    str,
    Matching(
        r"[1-9][0-9]?(\.[1-9][0-9]?){0,2}",
        "a code of one to three numbers with dots, such as 2.1 or 5.3.2",
    ),
]
"""``1``, ``1.2`` or ``1.2.3``: a dimension, a sub-dimension or an indicator."""


def _format(value: Any) -> Any:
    if value != 1 or isinstance(value, (bool, Decimal)):
        raise ValueError("1, the format that this version of cati reads")
    return value


Format = Annotated[Literal[1], BeforeValidator(_format)]
"""The version of a file's own structure; not of what it says."""


def _exact(value: Any) -> Any:
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


Exact = Annotated[Decimal, BeforeValidator(_exact), WithJsonSchema({"type": "number"})]
"""A decimal number, exactly as written in the file."""

Points = Annotated[Exact, Field(ge=0, le=1_000)]


def _iso_date(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError("a date as YYYY-MM-DD")
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise ValueError("a day that exists, as YYYY-MM-DD") from None


Date = Annotated[
    datetime.date,
    BeforeValidator(_iso_date),
    WithJsonSchema({"type": "string", "format": "date"}),
]


def _partial_date(value: str) -> str:
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value):
        raise ValueError("a date as YYYY, YYYY-MM or YYYY-MM-DD")
    try:
        datetime.date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        raise ValueError("a month or day that exists") from None
    return value


def _year_as_text(value: Any) -> Any:
    """A bare year, which YAML reads as a number, as the text it was meant to be."""
    if isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 9999:
        return str(value)
    return value


_TEXT_OR_YEAR = WithJsonSchema({"type": ["string", "integer"]})

Years = Annotated[Line, BeforeValidator(_year_as_text), _TEXT_OR_YEAR]
"""A year or years as a source prints them: ``2023``, ``2021-2023``, ``FY2023``."""

PartialDate = Annotated[
    str, BeforeValidator(_year_as_text), AfterValidator(_partial_date), _TEXT_OR_YEAR
]
"""A date as exact as it is known: year, month or day."""


class ByLanguage(Model, Generic[T]):
    """The same in every language; where one that is not demanded is left out, English stands in."""

    en: T
    zh: T

    @classmethod
    def of(cls, say: Callable[[Language], T]) -> Self:
        """What is said in each language."""
        return cls(**{language: say(language) for language in LANGUAGES})

    def get(self, language: Language) -> T:
        """What is said in one language."""
        said: T | None = getattr(self, language)
        return self.en if said is None else said

    def values(self, first: Language = LANGUAGES[0]) -> tuple[T, ...]:
        """What is said in each language, in one of them first."""
        return tuple(map(self.get, beginning_with(first)))


class Text(ByLanguage[NameLine]):
    """The same text in English and Chinese."""


def _form(value: Any) -> str:
    return "[text]" if isinstance(value, (dict, Text)) else "[line]"


Remark = Annotated[
    Annotated[Line, Tag("[line]")] | Annotated[Text, Tag("[text]")], Discriminator(_form)
]
"""Text in English alone, or the same in English and Chinese."""


def said(remark: Remark, language: Language) -> str:
    """A remark in a language; in English where it is said in no other."""
    return remark if isinstance(remark, str) else remark.get(language)


def repeated(values: Iterable[T]) -> list[tuple[int, T]]:
    """Position and value of every value that was already there before it."""
    seen: set[T] = set()
    again = []
    for position, value in enumerate(values):
        if value in seen:
            again.append((position, value))
        seen.add(value)
    return again
