"""Evaluations and their printed tables, as far as they can be read."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from tests.conftest import Spoilable

EVALUATION = "reports/first/evaluation.yaml"
PUBLISHED = "reports/first/published.csv"
POINTS = "reports/first/points.csv"


def test_an_evaluation_comes_with_its_table_and_points(tiny: Spoilable) -> None:
    store = tiny.open().store
    assert list(store.evaluations) == ["first"]
    printed = store.printed["first"]
    first = printed.rows[0]
    assert (first.line, first.rank, first.company, first.name) == (2, 1, "alpha", "Alpha")
    assert first.total == Decimal("13.3")
    assert dict(first.rates) == {
        "rules": 75,
        "own_action": 67,
        "chain_action": 50,
        "metals": 50,
        "guidance": 25,
    }
    assert len(printed.points) == 18
    last = printed.points[-1]
    assert (last.line, last.company, last.alternative, last.column) == (
        19,
        "gamma",
        1,
        "affiliates",
    )
    assert (last.points, last.of, last.how) == (0, 4, "nothing_left")


def test_columns_of_another_methodology_are_not_mistaken(tiny: Spoilable) -> None:
    tiny.change(EVALUATION, "methodology: tiny", "methodology: other")
    assert tiny.problems() == [
        f"{PUBLISHED}:1: expected 4 columns; "
        "found more: 'rules', 'own_action', 'chain_action', 'metals', 'guidance'"
    ]


def test_a_broken_evaluation_hides_its_table_only(tiny: Spoilable) -> None:
    tiny.change(EVALUATION, "basis: published", "basis: guessed")
    assert tiny.problems() == [
        f"{EVALUATION}:6: basis: expected published or assessed; found 'guessed' "
        "(did you mean assessed?)"
    ]
    assert tiny.open().store.evaluations == {}


def test_rows_that_can_be_read_are_kept_beside_those_that_cannot(tiny: Spoilable) -> None:
    tiny.change(PUBLISHED, "75,67", "x,67")
    tiny.change(POINTS, "beta,1,metals,0,", "beta,1,metals,9,")
    printed = tiny.open().store.printed["first"]
    assert [row.company for row in printed.rows] == ["beta", "gamma"]
    assert len(printed.points) == 17


def test_a_table_without_source_in_the_workspace_is_named(tiny: Spoilable) -> None:
    tiny.change(
        EVALUATION,
        "where: {source: press/report, locator: Table 1}",
        "where:\n    source: press/table\n    locator: Table 1",
    )
    assert tiny.problems() == [
        f"{EVALUATION}:10: published.where.source: expected a source in "
        "companies/<entity>/sources.yaml; found 'press/table' "
        "(did you mean press/draft or press/report?)"
    ]


def misprint(tiny: Spoilable, *lines: str) -> None:
    reason = "reason: {en: Told., zh: 告知。}"
    entries = "".join(f"    - {{{line}, {reason}}}\n" for line in lines)
    numbering = "  numbering: serial\n"
    tiny.change(EVALUATION, numbering, f"{numbering}  misprints:\n{entries}")


def told(tiny: Spoilable) -> list[str]:
    """What is wrong with the files, whether or not points.csv still follows from the table."""
    return [str(problem) for problem in tiny.open().store.problems]


def test_a_misprint_is_read_with_the_number_that_is_printed(tiny: Spoilable) -> None:
    misprint(tiny, "company: alpha, column: total, printed: 13.3")
    assert told(tiny) == []
    published = tiny.open().store.evaluations["first"].published
    assert published is not None
    (found,) = published.misprints
    assert (found.company, found.column, found.printed, found.instead) == (
        "alpha",
        "total",
        Decimal("13.3"),
        None,
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "company: alfa, column: total, printed: 13.3",
            "company: expected a company of the scope; found 'alfa' (did you mean alpha?)",
        ),
        (
            "company: alpha, column: totl, printed: 13.3",
            "column: expected a column that is printed; found 'totl' (did you mean total?)",
        ),
        (
            "company: alpha, column: affiliates, printed: 13",
            "column: expected a column that is printed; found 'affiliates'",
        ),
        (
            "company: alpha, column: total, printed: 13.4",
            f"printed: expected 13.3, as {PUBLISHED}:2 has it; found 13.4",
        ),
        (
            "company: alpha, column: rank, printed: 2",
            f"printed: expected 1, as {PUBLISHED}:2 has it; found 2",
        ),
        (
            "company: alpha, column: total, printed: 13.3, instead: 13.3",
            "instead: expected another number than is printed, or none; found 13.3",
        ),
        (
            "company: alpha, column: total, printed: 13.3, instead: 13.25",
            "instead: expected a number as the column prints them, from 0 to 24; found 13.25",
        ),
        (
            "company: alpha, column: rules, printed: 75, instead: 101",
            "instead: expected a number as the column prints them, from 0 to 100; found 101",
        ),
    ],
)
def test_a_misprint_that_is_none_is_refused(tiny: Spoilable, line: str, message: str) -> None:
    misprint(tiny, line)
    (found,) = told(tiny)
    assert re.sub(r" \(known: .*\)$", "", found) == (
        f"{EVALUATION}:12: published.misprints[0].{message}"
    )


def test_a_cell_is_a_misprint_once(tiny: Spoilable) -> None:
    line = "company: alpha, column: total, printed: 13.3"
    misprint(tiny, line, line)
    assert told(tiny) == [
        f"{EVALUATION}:13: published.misprints[1]: "
        "expected each cell once; found alpha, total a second time"
    ]
