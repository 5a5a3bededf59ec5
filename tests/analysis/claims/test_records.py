"""Evidence chosen by what it bears on."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from cati.analysis.claims.records import (
    Choice,
    NotKnownError,
    Record,
    bounded,
    chosen,
    disclosed,
    range_of,
    recorded,
    stated_values_of,
    sum_of,
)
from cati.analysis.claims.values import UNKNOWN, Number
from cati.model.evidence import Disclosure, Place, StatedValue
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


def records(*disclosures: Disclosure) -> list[Record]:
    return [Record(f"alpha/{d.id}", d, COUNTS) for d in disclosures]


def choice(**names: str) -> Choice:
    return Choice(**{name: (value,) for name, value in names.items()})


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        (choice(indicator="3.2.1"), True),
        (choice(indicator="3.2"), True),
        (choice(indicator="3"), True),
        (choice(indicator="3.2.10"), False),
        (choice(subject="steel"), True),
        (choice(subject="steel-and-aluminium"), True),
        (choice(subject="alu"), False),
        (Choice(subject=("battery", "aluminium")), True),
        (Choice(subject=("battery", "plastic")), False),
        (choice(place="table 3-4-2"), True),
        (choice(place="Table 3-4"), False),
        (Choice(place=("Table 9", "Table 3-4-2")), True),
        (choice(statement="low-carbon STEEL"), True),
        (choice(statement="carbon steel"), False),
        (choice(confidence="low"), False),
        (choice(id="a", indicator="3.2.1"), True),
        (choice(id="b"), False),
        (choice(of="sales"), False),
    ],
)
def test_a_choice_holds_for_what_it_names(asked: Choice, holds: bool) -> None:
    assert asked.holds(disclosure()) is holds


def test_what_does_not_count_is_left_out_unless_it_is_only_weak() -> None:
    weak = Standing((), ("low_confidence",), None)
    late = Standing(("after_cutoff",), (), None)
    found = [
        Record(f"alpha/{name}", disclosure(id=name), standing)
        for name, standing in zip("abc", (COUNTS, weak, late), strict=True)
    ]
    steel = choice(subject="steel")
    assert [r.disclosure.id for r in chosen(steel, found, weak=False)] == ["a"]
    assert [r.disclosure.id for r in chosen(steel, found, weak=True)] == ["a", "b"]


def test_nothing_found_is_not_known_and_only_a_record_says_no() -> None:
    steel = choice(subject="steel")
    absent, partial = disclosure(polarity="absent"), disclosure(polarity="partial")
    assert disclosed(steel, []) is None
    assert disclosed(steel, records(absent)) is False
    assert disclosed(steel, records(partial)) is True
    assert recorded(steel, [], settled=False) is None
    assert recorded(steel, [], settled=True) is False
    assert recorded(steel, records(absent), settled=False) is False
    assert recorded(choice(polarity="absent"), records(absent), settled=False) is True
    assert recorded(choice(polarity="supports"), records(partial), settled=False) is None


def test_a_record_that_says_the_opposite_is_never_hidden() -> None:
    both = records(disclosure(polarity="absent"), disclosure())
    assert disclosed(choice(subject="steel"), both) is None


def figure(value: str, **changes: Any) -> StatedValue:
    return StatedValue(value=Decimal(value), unit=changes.pop("unit", "%"), **changes)


def test_figures_give_their_bounds() -> None:
    def number(*figures: StatedValue, **names: str) -> Number:
        found = records(disclosure(figures=figures))
        return range_of(stated_values_of(choice(**names), found))

    assert number() == UNKNOWN
    assert number(figure("5")) == Number(Fraction(5), Fraction(5))
    assert number(figure("5", to=Decimal(8))) == Number(Fraction(5), Fraction(8))
    assert number(figure("5", bound="more_than")) == Number(Fraction(5), None, above=True)
    assert number(figure("5", bound="at_least")) == Number(Fraction(5), None)
    assert number(figure("5", bound="up_to")) == Number(None, Fraction(5))
    assert number(figure("5"), figure("9")) == Number(Fraction(5), Fraction(9))
    assert number(figure("5"), figure("5", bound="more_than")) == Number(Fraction(5), None)
    assert number(figure("9", bound="less_than"), figure("5")) == Number(
        None, Fraction(9), below=True
    )
    two = (figure("5", of="steel", year="2022"), figure("9", of="aluminium", unit="t"))
    assert number(*two, of="Steel") == Number(Fraction(5), Fraction(5))
    assert number(*two, unit="t") == Number(Fraction(9), Fraction(9))
    assert number(*two, year="2023") == UNKNOWN


def test_figures_add_up_with_their_bounds() -> None:
    assert sum_of([]) == UNKNOWN
    assert sum_of([figure("5"), figure("9", to=Decimal(10))]) == Number(Fraction(14), Fraction(15))
    assert sum_of([figure("5"), figure("9", bound="more_than")]) == Number(
        Fraction(14), None, above=True
    )


def test_one_rule_for_records_that_say_absent() -> None:
    """They speak against the indicator; a figure in them holds all the same."""
    absent = records(disclosure(polarity="absent", figures=(figure("31", of="share of sales"),)))
    of_the_row, of_the_figure = choice(place="Table 3-4-2"), choice(of="share of sales")
    assert recorded(of_the_row, absent, settled=True) is False
    assert stated_values_of(of_the_row, absent) == []
    assert recorded(of_the_figure, absent, settled=False) is True
    assert disclosed(of_the_figure, absent) is True
    assert range_of(stated_values_of(of_the_figure, absent)) == Number(Fraction(31), Fraction(31))
    said = Choice(place=("Table 3-4-2",), polarity=("supports", "absent"))
    assert range_of(stated_values_of(said, absent)) == Number(Fraction(31), Fraction(31))


def test_the_ends_of_a_number_are_what_its_source_says() -> None:
    assert bounded(Decimal(5), None, "about") == Number(Fraction(5), Fraction(5))
    assert bounded(Decimal(5), None, "less_than") == Number(None, Fraction(5), below=True)


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        (choice(polarity="support"), "did you mean supports?"),
        (choice(confidence="sure"), "known: high, low, medium"),
    ],
)
def test_words_that_do_not_exist_are_refused(asked: Choice, hint: str) -> None:
    with pytest.raises(NotKnownError) as raised:
        asked.check_words()
    assert raised.value.hint == hint


@pytest.mark.parametrize(
    "asked",
    [
        choice(indicator="3.2.2"),
        choice(subject="steal"),
        choice(year="1999"),
        choice(statement="hydrogen"),
        Choice(place=("Table 3-4-2", "Table 9")),
    ],
)
def test_what_no_disclosure_has_is_missing(asked: Choice) -> None:
    assert len(list(asked.missing([disclosure()]))) == 1
