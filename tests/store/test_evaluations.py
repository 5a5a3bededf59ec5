"""Evaluations and their printed tables, as far as they can be read."""

from __future__ import annotations

from decimal import Decimal

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
