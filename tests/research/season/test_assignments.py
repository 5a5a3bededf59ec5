"""Work is given, moved and taken back; what makes no sense changes nothing."""

from __future__ import annotations

import datetime

import pytest

from cati.model.assignment import Assignment
from cati.problems import ProblemsError, UsageError
from cati.research.season.assignments import assign, new_assignment, unassign
from tests.conftest import Spoilable

FILE = "reports/first/assignments.yaml"
MARCH, APRIL = datetime.date(2026, 3, 31), datetime.date(2026, 4, 30)


def give(
    tiny: Spoilable,
    assessor: str,
    companies: str,
    by: datetime.date = MARCH,
    codes: str = "",
    second: bool = False,
) -> tuple[Assignment, ...]:
    workspace = tiny.open()
    wanted = new_assignment(workspace, assessor, companies.split(), codes.split(), by, second)
    return assign(workspace, "first", wanted)


def lines(assignments: tuple[Assignment, ...]) -> list[str]:
    return [
        f"{a.assessor}{' 2nd' * a.second} {a.by:%m}: {' '.join((*a.companies, '/', *a.indicators))}"
        for a in assignments
    ]


def test_the_first_one_makes_the_file(tiny: Spoilable) -> None:
    give(tiny, "Ann", "Beta alpha")
    assert tiny.read(FILE) == (
        "# yaml-language-server: $schema=../../schemas/assignments.json\n"
        "format: 1\n"
        "assignments:\n"
        "  - assessor: Ann\n"
        "    companies: [alpha, beta]\n"
        "    by: '2026-03-31'\n"
    )
    assert tiny.problems() == []


def test_more_work_by_the_same_day_joins_what_there_is(tiny: Spoilable) -> None:
    give(tiny, "Ann", "alpha")
    assert lines(give(tiny, "Ann", "gamma")) == ["Ann 03: alpha gamma /"]


def test_another_day_moves_the_deadline_of_the_companies_that_are_named(tiny: Spoilable) -> None:
    give(tiny, "Ann", "alpha beta")
    assert lines(give(tiny, "Ann", "beta", APRIL)) == ["Ann 03: alpha /", "Ann 04: beta /"]
    assert lines(give(tiny, "Ann", "alpha", APRIL)) == ["Ann 04: alpha beta /"]


def test_other_indicators_are_other_work(tiny: Spoilable) -> None:
    give(tiny, "Ann", "alpha", codes="2.2 1")
    assert lines(give(tiny, "Ann", "alpha", APRIL, codes="2.1")) == [
        "Ann 03: alpha / 1 2.2",
        "Ann 04: alpha / 2.1",
    ]


def test_the_second_assessor_stands_beside_the_first(tiny: Spoilable) -> None:
    give(tiny, "Ann", "alpha")
    assert lines(give(tiny, "Bo", "alpha", second=True)) == [
        "Ann 03: alpha /",
        "Bo 2nd 03: alpha /",
    ]
    with pytest.raises(UsageError, match="another assessor than the first"):
        give(tiny, "Bo", "alpha")


def test_work_is_taken_back(tiny: Spoilable) -> None:
    give(tiny, "Ann", "alpha beta gamma")
    give(tiny, "Bo", "beta")
    assert lines(unassign(tiny.open(), "first", "Ann", ["beta"])) == [
        "Ann 03: alpha gamma /",
        "Bo 03: beta /",
    ]
    assert lines(unassign(tiny.open(), "first", "Ann")) == ["Bo 03: beta /"]
    assert unassign(tiny.open(), "first", "Bo") == ()
    assert tiny.problems() == []


def test_nothing_can_be_taken_that_nobody_has(tiny: Spoilable) -> None:
    give(tiny, "Ann", "alpha")
    before = tiny.read(FILE)
    with pytest.raises(UsageError, match="first: Ann has no beta, gamma"):
        unassign(tiny.open(), "first", "Ann", ["gamma", "beta", "alpha"])
    with pytest.raises(UsageError, match="nothing is assigned to 'Anne'; did you mean Ann"):
        unassign(tiny.open(), "first", "Anne")
    assert tiny.read(FILE) == before


@pytest.mark.parametrize(
    ("assessor", "companies", "codes", "message"),
    [
        ("Ann", "press", "", "expected a company in the scope of first; found 'press'"),
        ("Ann", "alpha", "7", "expected a code of tiny; found '7'"),
        ("Ann", "alpha", "x", "an indicator: expected a code of one to three numbers"),
        ("Ann", "alfa", "", "no company of the name 'alfa'; like it: alpha"),
        ("Ann", "", "", "companies: expected at least one; found none"),
        ("", "alpha", "", "the assessor: expected some text; found ''"),
    ],
)
def test_what_there_is_not_cannot_be_assigned(
    tiny: Spoilable, assessor: str, companies: str, codes: str, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        give(tiny, assessor, companies, codes=codes)
    assert not (tiny.root / FILE).exists()


def test_what_somebody_else_wrote_meanwhile_is_kept(tiny: Spoilable) -> None:
    workspace = tiny.open()
    give(tiny, "Bo", "beta")
    wanted = new_assignment(workspace, "Ann", ["alpha"], [], MARCH)
    assert lines(assign(workspace, "first", wanted)) == ["Ann 03: alpha /", "Bo 03: beta /"]


def test_a_broken_file_is_not_written_over(tiny: Spoilable) -> None:
    workspace = tiny.open()
    tiny.write(FILE, "format: 1\nassignments: none\n")
    wanted = new_assignment(workspace, "Ann", ["alpha"], [], MARCH)
    with pytest.raises(ProblemsError, match=r"assignments\.yaml:2: assignments: expected a list"):
        assign(workspace, "first", wanted)
    assert tiny.read(FILE) == "format: 1\nassignments: none\n"
