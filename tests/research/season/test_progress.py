"""Progress counts what is answered, proposed and open, and who is late with it."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

from cati.research.season.assignments import assign, new_assignment
from cati.research.season.beginning import plan_season, write_season
from cati.research.season.progress import Counts, by_assessor, count, progress
from cati.workspace import Workspace
from tests.conftest import Spoilable
from tests.research.tiny_season import answered

MARCH, APRIL = datetime.date(2026, 3, 31), datetime.date(2026, 4, 30)


def give(
    tiny: Spoilable,
    assessor: str,
    companies: str,
    by: datetime.date = MARCH,
    codes: str = "",
    second: bool = False,
) -> None:
    workspace = tiny.open()
    wanted = new_assignment(workspace, assessor, companies.split(), codes.split(), by, second)
    assign(workspace, "first", wanted)


def test_answers_proposals_and_the_rest_add_up(tiny: Spoilable) -> None:
    found = progress(answered(tiny).open(), "first", MARCH)
    assert [(c.company, c.counts) for c in found.companies] == [
        ("alpha", Counts(2, 2, 0, 0, 0, "unverified")),
        ("beta", Counts(2, 2, 0, 0, 1, "unverified")),
        ("gamma", Counts(2, 0, 0, 0, 0, None)),
    ]
    assert [c.counts.unknown for c in found.companies] == [0, 0, 2]
    # of 24 points, 1.1.1 has 2
    assert [c.coverage for c in found.companies] == [Fraction(2, 24), Fraction(2, 24), 0]


def test_proposals_are_counted_apart(tiny: Spoilable) -> None:
    workspace = answered(tiny).open()
    season = plan_season(workspace, "second", "first", MARCH, by="Wen")
    write_season(workspace, season)
    found = progress(tiny.open(), "second", MARCH)
    assert [(c.counts.answered, c.counts.proposed, c.counts.unknown) for c in found.companies] == [
        (0, 2, 0),
        (0, 2, 0),
        (0, 0, 2),
    ]
    assert [c.counts.level for c in found.companies] == [None, None, None]


@pytest.mark.parametrize(
    ("said", "undecided"),
    [
        ("rationale: The report is silent.", 1),
        ("history: [{who: Li, when: 2024-06-11, was: met, now: unknown, why: Doubtful.}]", 1),
        ("level: unverified", 0),
    ],
)
def test_what_is_left_open_with_a_reason_has_been_looked_at(
    tiny: Spoilable, said: str, undecided: int
) -> None:
    workspace = answered(tiny)
    file = "companies/gamma/assessments/first.yaml"
    workspace.change(file, "date: 2024-06-11}", f"date: 2024-06-11, {said}}}")
    give(tiny, "Ann", "gamma")
    counts = progress(tiny.open(), "first", APRIL).companies[2].counts
    assert (counts.answered, counts.undecided, counts.unknown) == (0, undecided, 2 - undecided)
    assert not counts.is_done
    more = (
        f"  - {{criterion: 1.1.1/dated, answer: unknown, assessor: Li, date: 2024-06-11, {said}}}\n"
    )
    tiny.write(file, tiny.read(file) + more)
    assert progress(tiny.open(), "first", APRIL).companies[2].counts.is_done == bool(undecided)


def test_an_evaluation_that_nobody_has_begun_has_progress_too(assessed: Spoilable) -> None:
    found = progress(assessed.open(), "first", MARCH)
    assert [c.coverage for c in found.companies] == [0, 0, 0]
    assert {c.counts.answered for c in found.companies} == {0}


@pytest.mark.parametrize(("day", "late"), [(MARCH, 0), (APRIL, 30)])
def test_late_is_what_is_not_answered_after_its_day(
    tiny: Spoilable, day: datetime.date, late: int
) -> None:
    give(answered(tiny), "Ann", "alpha gamma")
    found = progress(tiny.open(), "first", day)
    assert [(t.company, t.days_late) for t in found.tasks] == [("alpha", 0), ("gamma", late)]
    assert [c.days_late for c in found.companies] == [0, 0, late]


def test_a_part_is_counted_within_its_indicators(tiny: Spoilable) -> None:
    give(answered(tiny), "Ann", "alpha gamma", codes="1.1.1")
    give(tiny, "Bo", "gamma", codes="2")
    ann_alpha, ann_gamma, bo = progress(tiny.open(), "first", APRIL).tasks
    assert [t.counts and t.counts.criteria for t in (ann_alpha, ann_gamma, bo)] == [2, 2, 0]
    assert bo.days_late == 0  # nothing to answer there


def test_the_deadline_of_a_company_is_the_first_that_is_ahead(tiny: Spoilable) -> None:
    give(answered(tiny), "Ann", "alpha gamma", MARCH)
    give(tiny, "Bo", "alpha gamma", APRIL, codes="1")
    alpha, beta, gamma = progress(tiny.open(), "first", MARCH).companies
    assert (alpha.deadline, beta.deadline, gamma.deadline) == (APRIL, None, MARCH)


def test_a_second_assessment_is_named_and_not_counted(tiny: Spoilable) -> None:
    give(answered(tiny), "Bo", "gamma", second=True)
    found = progress(tiny.open(), "first", APRIL)
    (task,) = found.tasks
    assert (task.counts, task.days_late) == (None, 0)
    assert found.companies[2].deadline == MARCH


def test_tasks_go_by_assessor(tiny: Spoilable) -> None:
    give(answered(tiny), "Bo", "gamma alpha")
    give(tiny, "Ann", "beta")
    found = by_assessor(progress(tiny.open(), "first", MARCH).tasks)
    assert {name: [task.company for task in tasks] for name, tasks in found.items()} == {
        "Ann": ["beta"],
        "Bo": ["alpha", "gamma"],
    }


def test_the_real_evaluation_has_115_answers_of_all_its_criteria(real: Workspace) -> None:
    found = progress(real, "automakers-2024", MARCH)
    methodology = real.methodology("automotive-2024")
    assert {c.counts.criteria for c in found.companies} == {147}
    assert sum(c.counts.answered for c in found.companies) == 115
    assert all(
        c.counts.answered + c.counts.proposed + c.counts.unknown == 147 for c in found.companies
    )
    parts = [count(methodology, None, [str(n)]).criteria for n in range(1, 6)]
    assert sum(parts) == 147
