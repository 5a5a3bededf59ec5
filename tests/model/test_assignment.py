"""Assignments name what there is, and give no work twice."""

from __future__ import annotations

import datetime

import pytest
from pydantic import ValidationError

from cati.model.assignment import Assignment, Assignments, check_assignments
from tests.conftest import Spoilable

DAY = datetime.date(2026, 3, 31)


def given(
    assessor: str, *companies: str, codes: tuple[str, ...] = (), second: bool = False
) -> Assignment:
    return Assignment(
        assessor=assessor, companies=companies, indicators=codes, by=DAY, second=second
    )


def findings(tiny: Spoilable, *assignments: Assignment) -> list[str]:
    workspace = tiny.open()
    evaluation = workspace.evaluation("first")
    found = check_assignments(
        Assignments(format=1, assignments=assignments), evaluation, workspace.methodology("tiny")
    )
    return [f"{f.path}: {f.expected}; {f.found}" for f in found]


def test_different_work_is_fine(tiny: Spoilable) -> None:
    assert not findings(
        tiny,
        given("Ann", "alpha", "beta"),
        given("Ann", "gamma", codes=("1", "2.1.1")),
        given("Ann", "alpha", codes=("2",)),
        given("Bo", "alpha", "beta", second=True),
    )


def test_what_is_named_has_to_be_there(tiny: Spoilable) -> None:
    assert findings(
        tiny, given("Ann", "alpha", "press"), given("Ann", "beta", codes=("1", "7"))
    ) == [
        "('assignments', 0, 'companies', 1): a company in the scope of first; 'press'",
        "('assignments', 1, 'indicators', 1): a code of tiny; '7'",
    ]


def test_what_stands_twice_is_named(tiny: Spoilable) -> None:
    assert findings(
        tiny, given("Ann", "alpha", "alpha"), given("Ann", "beta"), given("Ann", "gamma", "beta")
    ) == [
        "('assignments', 0, 'companies', 1): each once; alpha a second time",
        "('assignments', 2, 'companies', 1): each work given once; beta again",
    ]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [((), (), True), (("1",), ("1.1.1",), True), (("2.1.1",), (), True), (("1",), ("2",), False)],
)
def test_the_second_assessor_is_another(
    tiny: Spoilable, first: tuple[str, ...], second: tuple[str, ...], same: bool
) -> None:
    told = findings(
        tiny, given("Ann", "alpha", codes=first), given("Ann", "alpha", codes=second, second=True)
    )
    expected = "('assignments', 1, 'assessor'): another assessor than the first, who has the same"
    assert (told == [f"{expected} work; 'Ann'"]) is same
    assert bool(told) is same


def test_an_assignment_has_a_company() -> None:
    with pytest.raises(ValidationError):
        given("Ann")
