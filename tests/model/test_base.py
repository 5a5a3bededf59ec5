"""The forms that ids, codes, references, numbers and dates have."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from cati.model.base import (
    Code,
    Date,
    Exact,
    Format,
    Id,
    Line,
    Many,
    Model,
    PartialDate,
    Points,
    Reference,
    Remark,
    Text,
    repeated,
    said,
)


def accepts(kind: Any, value: object) -> bool:
    strict = type("Strict", (Model,), {"__annotations__": {"value": kind}})
    try:
        strict(value=value)
    except ValidationError:
        return False
    return True


GOOD_AND_BAD = {
    "id": (
        Id,
        ["byd", "volvo-cars", "automakers-2024", "scope12_action", "3m", "x" * 64],
        ["", "BYD", "volvo cars", "-x", "x-", "a--b", "byd\n", "é", "x" * 65, 1, None],
    ),
    "code": (
        Code,
        ["1", "2.1", "5.3.2", "10.20.99"],
        ["", "0", "1.", "1.0", "01", "1.2.3.4", "100", "1,2", "1.2 ", 1, Decimal("2.1")],
    ),
    "reference": (
        Reference,
        ["ipe/automotive-report-2024", "volvo-cars/a_b"],
        ["ipe", "ipe/", "/x", "ipe/x/y", "IPE/x", "ipe/ x", "ipe/x\n"],
    ),
    "line": (Line, ["x", " x ", "two\nlines"], ["", " ", "\n", 1, None, "x" * 2_001]),
    "remark": (
        Remark,
        ["x", {"en": "x", "zh": "某"}, Text(en="x", zh="某")],
        ["", 1, None, ["x"], {"en": "x"}, {"zh": "某"}, {"en": "x", "zh": " "}],
    ),
    "date": (
        Date,
        ["2024-02-29"],
        ["2023-02-29", "2024-2-9", "2024-07", "20240730", "2024-07-30T00:00", "٢٠٢٤-٠٧-٣٠", 2024],
    ),
    "partial date": (
        PartialDate,
        ["2024", "2024-07", "2024-07-30", 2024],
        ["2024-13", "2024-00", "2023-02-29", "2024-7", "24", "2024-", "2024-07-30 ", 24, True],
    ),
    "number": (
        Exact,
        [0, -1, Decimal("0.1"), 10**20],
        ["1", 0.5, True, None, Decimal("NaN"), Decimal("Infinity")],
    ),
    "points": (
        Points,
        [0, Decimal("0.5"), 1_000],
        [-1, Decimal("-0.5"), 1_001, "1", True, 0.5, Decimal("NaN")],
    ),
    "format": (Format, [1], [0, 2, "1", True, Decimal(1), None]),
    "list": (Many[int], [[1, 2], [], (1,)], [1, "12", [1, "2"], None, {1: 2}]),
}


@pytest.mark.parametrize(("kind", "good", "bad"), GOOD_AND_BAD.values(), ids=GOOD_AND_BAD)
def test_a_form_takes_what_fits_and_nothing_else(
    kind: Any, good: list[object], bad: list[object]
) -> None:
    assert [value for value in good if not accepts(kind, value)] == []
    assert [value for value in bad if accepts(kind, value)] == []


@pytest.mark.parametrize(
    "char",
    ["\u202e", "\u2066", "\u200b", "\u200f", "\u061c", "\u2060", "\ufeff", "\xad", "\u2028"],
)
def test_a_name_has_no_character_that_nobody_sees(char: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Text(en=f"Al{char}pha", zh="阿尔法")
    assert f"there is U+{ord(char):04X} as character 3" in str(caught.value)
    assert Text(en="Škoda Auto – Citroën", zh="阿尔法（中国）").en == "Škoda Auto – Citroën"


@pytest.mark.parametrize("word", ["con", "nul", "aux", "prn", "com1", "lpt9"])
def test_an_id_is_no_device_of_windows(word: str) -> None:
    kind = TypeAdapter(Id)
    with pytest.raises(ValidationError, match="Windows keeps this word for a device"):
        kind.validate_python(word)
    assert kind.validate_python(f"{word}-motors") == f"{word}-motors"


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9))
def test_numbers_stay_as_they_are_written(number: Decimal) -> None:
    class Record(Model):
        value: Exact

    assert str(Record(value=number).value) == str(number)


def test_whole_numbers_become_exact_ones() -> None:
    class Record(Model):
        value: Exact

    record = Record(value=3)
    assert isinstance(record.value, Decimal)


def test_records_are_frozen_and_know_their_fields() -> None:
    text = Text(en="Cars", zh="汽车")
    with pytest.raises(ValidationError):
        text.en = "Lorries"
    with pytest.raises(ValidationError):
        Text.model_validate({"en": "Cars", "zh": "汽车", "de": "Autos"})


def test_a_text_is_given_in_either_language() -> None:
    text = Text(en="Cars", zh="汽车")
    assert (text.get("en"), text.get("zh")) == ("Cars", "汽车")


def test_a_remark_in_english_alone_is_said_in_english() -> None:
    both = Text(en="Cars", zh="汽车")
    assert (said(both, "en"), said(both, "zh")) == ("Cars", "汽车")
    assert (said("Cars", "en"), said("Cars", "zh")) == ("Cars", "Cars")


def test_both_languages_are_required() -> None:
    with pytest.raises(ValidationError):
        Text.model_validate({"en": "Cars"})


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (Id, "Volvo", "an id of lower-case letters, digits and hyphens, such as volvo-cars"),
        (Reference, "ipe", "a reference <entity>/<id>, such as ipe/automotive-report-2024"),
        (Code, "0", "a code of one to three numbers with dots, such as 2.1 or 5.3.2"),
        (Date, "2024-02-30", "a day that exists, as YYYY-MM-DD"),
        (PartialDate, "2024-13", "a month or day that exists"),
    ],
)
def test_a_form_says_what_was_expected(kind: Any, value: str, expected: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Annotated[kind, "checked"]).validate_python(value)
    assert str(caught.value.errors()[0]["ctx"]["error"]) == expected


@given(st.lists(st.integers(0, 5)))
def test_every_repetition_is_found_with_its_place(values: list[int]) -> None:
    assert repeated(values) == [
        (place, value) for place, value in enumerate(values) if value in values[:place]
    ]
