"""What all models share: strict, frozen, exact."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
)


class Model(BaseModel):
    """A frozen record of what a file says; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


T = TypeVar("T")

Many = Annotated[tuple[T, ...], Strict(False)]
"""A list in the file, a tuple in the model."""


def matching(pattern: str, expected: str) -> AfterValidator:
    """A check that text has a form, with words for what was expected."""
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise ValueError(expected)
        return value

    return AfterValidator(check)


Line = Annotated[str, Field(max_length=2_000), matching(r"(?s).*\S.*", "some text")]
"""Non-empty text."""

Id = Annotated[
    str,
    matching(
        r"(?=.{1,64}$)[a-z0-9]+([-_][a-z0-9]+)*",
        "an id of lower-case letters, digits and hyphens, such as volvo-cars",
    ),
]
"""A short lower-case name that never changes once published."""

Reference = Annotated[
    str,
    matching(
        r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+([-_][a-z0-9]+)*",
        "a reference <entity>/<id>, such as ipe/automotive-report-2024",
    ),
]
"""``<entity>/<id>``: points at a record that belongs to an entity."""

Code = Annotated[
    str,
    matching(
        r"[1-9][0-9]?(\.[1-9][0-9]?){0,2}",
        "a code of one to three numbers with dots, such as 2.1 or 5.3.2",
    ),
]
"""``1``, ``1.2`` or ``1.2.3``: a dimension, a sub-dimension or an indicator."""

Format = Literal[1]


def _exact(value: Any) -> Any:
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


Exact = Annotated[Decimal, BeforeValidator(_exact)]
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


Date = Annotated[datetime.date, BeforeValidator(_iso_date)]


def _partial_date(value: str) -> str:
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value):
        raise ValueError("a date as YYYY, YYYY-MM or YYYY-MM-DD")
    try:
        datetime.date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        raise ValueError("a month or day that exists") from None
    return value


PartialDate = Annotated[str, AfterValidator(_partial_date)]
"""A date as exact as it is known: year, month or day."""


class Text(Model):
    """The same text in English and Chinese."""

    en: Line
    zh: Line

    def get(self, language: Literal["en", "zh"]) -> str:
        """The text in one language."""
        return self.en if language == "en" else self.zh


def repeated(values: Iterable[T]) -> list[tuple[int, T]]:
    """Position and value of every value that was already there before it."""
    seen: set[T] = set()
    again = []
    for position, value in enumerate(values):
        if value in seen:
            again.append((position, value))
        seen.add(value)
    return again
