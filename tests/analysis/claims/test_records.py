"""Evidence chosen by what it bears on."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from cati.analysis.claims.records import (
    Choice,
    NotKnownError,
    chosen,
    disclosed,
    figure_of,
    recorded,
)
from cati.analysis.claims.values import UNKNOWN, Number
from cati.model.evidence import Disclosure, Figure, Place
from cati.model.standing import Standing

COUNTS = Standing((), (), None)
PLACE = Place(source="ipe/report", locator="Table 3-4-2, row 1")


def disclosure(**changes: Any) -> Disclosure:
    fields: dict[str, Any] = {
        "id": "a",
        "statement": "Alpha buys low-carbon steel.",
        "indicators": ("m/3.2.1",),
        "subject": "steel-and-aluminium",
        "polarity": "supports",
        "confidence": "high",
        "where": (PLACE,),
    }
    return Disclosure(**{**fields, **changes})


@pytest.mark.parametrize(
    ("choice", "holds"),
    [
        (Choice(indicator="3.2.1"), True),
        (Choice(indicator="3.2"), True),
        (Choice(indicator="3"), True),
        (Choice(indicator="3.2.10"), False),
        (Choice(subject="steel"), True),
        (Choice(subject="steel-and-aluminium"), True),
        (Choice(subject="alu"), False),
        (Choice(place="table 3-4-2"), True),
        (Choice(place="Table 3-4"), False),
        (Choice(statement="low-carbon STEEL"), True),
        (Choice(statement="carbon steel"), False),
        (Choice(confidence="low"), False),
        (Choice(id="a", indicator="3.2.1"), True),
        (Choice(id="b"), False),
        (Choice(of="sales"), False),
    ],
)
def test_a_choice_holds_for_what_it_names(choice: Choice, holds: bool) -> None:
    assert choice.holds(disclosure()) is holds


def test_what_does_not_count_is_left_out_unless_it_is_only_weak() -> None:
    weak = Standing((), ("low_confidence",), None)
    late = Standing(("after_cutoff",), (), None)
    pairs = [
        (disclosure(id=name), standing)
        for name, standing in zip("abc", (COUNTS, weak, late), strict=True)
    ]
    assert [d.id for d in chosen(Choice(subject="steel"), pairs, weak=False)] == ["a"]
    assert [d.id for d in chosen(Choice(subject="steel"), pairs, weak=True)] == ["a", "b"]


def test_nothing_found_is_not_known_and_only_a_record_says_no() -> None:
    choice = Choice(subject="steel")
    absent = disclosure(polarity="absent")
    assert disclosed(choice, []) is None
    assert disclosed(choice, [absent]) is False
    assert disclosed(choice, [absent, disclosure(polarity="partial")]) is True
    assert recorded(choice, [absent]) is False
    assert recorded(Choice(polarity="absent"), [absent]) is True
    assert recorded(Choice(polarity="supports"), [disclosure(polarity="partial")]) is False


def figure(value: str, **changes: Any) -> Figure:
    return Figure(value=Decimal(value), unit=changes.pop("unit", "%"), **changes)


def test_figures_give_their_bounds() -> None:
    def number(*figures: Figure, **names: str) -> Number:
        return figure_of(Choice(**names), [disclosure(figures=figures)])

    assert number() == UNKNOWN
    assert number(figure("5")) == Number(Fraction(5), Fraction(5))
    assert number(figure("5", to=Decimal(8))) == Number(Fraction(5), Fraction(8))
    assert number(figure("5", bound="more_than")) == Number(Fraction(5), None)
    assert number(figure("5", bound="up_to")) == Number(None, Fraction(5))
    assert number(figure("5"), figure("9")) == Number(Fraction(5), Fraction(9))
    two = (figure("5", of="steel", year="2022"), figure("9", of="aluminium", unit="t"))
    assert number(*two, of="Steel") == Number(Fraction(5), Fraction(5))
    assert number(*two, unit="t") == Number(Fraction(9), Fraction(9))
    assert number(*two, year="2023") == UNKNOWN


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        (Choice(indicator="3.2.2"), "did you mean 3.2.1?"),
        (Choice(subject="steal"), "did you mean steel?"),
        (Choice(polarity="support"), "did you mean supports?"),
        (Choice(confidence="sure"), "known: high, low, medium"),
        (Choice(year="1999"), ""),
    ],
)
def test_what_no_disclosure_has_is_refused(choice: Choice, message: str) -> None:
    with pytest.raises(NotKnownError) as raised:
        choice.check({"alpha/a": disclosure()})
    assert raised.value.hint == message


def test_words_of_a_statement_may_be_in_none() -> None:
    Choice(statement="hydrogen").check({"alpha/a": disclosure()})
