"""Blocks: disjoint, complete, each in one track, and as large as a table allows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cati.model.methodology import Methodology
from cati.scoring.blocks import (
    alternatives,
    block_steps,
    nested_columns,
    published_blocks,
    steps_by_column,
)
from cati.workspace import Workspace
from tests.scoring.synthetic import (
    assignments,
    column,
    column_steps,
    methodologies,
    methodology,
    points_rows,
)


def test_the_blocks_of_2024_are_its_columns_with_5_3_2_taken_out_of_5_3(real: Workspace) -> None:
    blocks = published_blocks(real.methodology("automotive-2024"))
    assert [(block.id, block.track, block.steps) for block in blocks] == [
        ("governance", "governance", 20),
        ("scope12_disclosure", "scope12", 20),
        ("scope12_targets", "scope12", 26),
        ("scope12_action", "scope12", 26),
        ("scope3_disclosure", "scope3", 12),
        ("scope3_targets", "scope3", 30),
        ("scope3_action_rest", "scope3", 14),
        ("steel_aluminium", "scope3", 6),
        ("product_footprint", "product", 12),
        ("affiliates", "scope12", 12),
        ("upstream_suppliers", "scope3", 22),
    ]
    rest = next(block for block in blocks if block.id == "scope3_action_rest")
    of_5_3 = real.methodology("automotive-2024").codes(["5.3"])
    assert rest.codes == tuple(code for code in of_5_3 if code != "5.3.2")
    assert (rest.column, rest.without) == ("scope3_action", ("steel_aluminium",))


@given(methodologies())
def test_blocks_hold_every_indicator_once_and_lie_in_one_track(made_up: Methodology) -> None:
    blocks = published_blocks(made_up)
    held = [code for block in blocks for code in block.codes]
    assert sorted(held) == sorted(i.code for i in made_up.indicators())
    for block in blocks:
        assert {made_up.indicator(code).track for code in block.codes} == {block.track}
        assert block.steps == sum(made_up.steps(made_up.indicator(c).points) for c in block.codes)


@given(methodologies().flatmap(lambda m: st.tuples(st.just(m), assignments(m))))
def test_the_points_of_columns_give_the_points_of_blocks(
    given_points: tuple[Methodology, dict[str, int]],
) -> None:
    made_up, steps = given_points
    columns = column_steps(made_up, steps)
    for part in nested_columns(made_up):
        assert block_steps(part, columns) == sum(steps[code] for code in part.codes)


def test_columns_inside_columns_inside_columns_are_taken_out_one_by_one() -> None:
    columns = [
        column("all", ["1.1.1", "1.1.2", "1.1.3"]),
        column("two", ["1.1.1", "1.1.2"], overlaps=True),
        column("one", ["1.1.1"], overlaps=True),
    ]
    made_up = methodology([("1.1", 1, "once"), ("1.1", 2, "once"), ("1.1", 3, "once")], columns)
    assert [(b.id, b.codes, b.without) for b in published_blocks(made_up)] == [
        ("all_rest", ("1.1.3",), ("two",)),
        ("two_rest", ("1.1.2",), ("one",)),
        ("one", ("1.1.1",), ()),
    ]


def test_a_column_filled_by_others_is_no_block() -> None:
    columns = [
        column("a", ["1.1.1"]),
        column("b", ["1.1.2"]),
        column("both", ["1.1.1", "1.1.2"], overlaps=True),
    ]
    made_up = methodology([("1.1", 1, "own"), ("1.1", 2, "chain")], columns)
    assert [block.id for block in published_blocks(made_up)] == ["a", "b"]


def test_a_column_whose_make_up_is_unproven_divides_nothing() -> None:
    columns = [
        column("all", ["1.1.1", "1.1.2"]),
        column("unsure", ["1.1.1"], overlaps=True, make_up="unproven"),
    ]
    made_up = methodology([("1.1", 1, "once"), ("1.1", 2, "once")], columns)
    assert [(block.id, block.codes) for block in published_blocks(made_up)] == [
        ("all", ("1.1.1", "1.1.2"))
    ]


def test_rows_are_gathered_by_company_and_alternative() -> None:
    made_up = methodology([("1.1", 4, "once")], [column("all", ["1.1.1"])])
    rows = [
        *points_rows(made_up, "beta", 1, {"all": 1}),
        *points_rows(made_up, "alpha", 2, {"all": 2}),
        *points_rows(made_up, "alpha", 1, {"all": 3}),
    ]
    groups = alternatives(tuple(rows))
    assert list(groups) == [("alpha", 1), ("alpha", 2), ("beta", 1)]
    assert [steps_by_column(made_up, group) for group in groups.values()] == [
        {"all": 3},
        {"all": 2},
        {"all": 1},
    ]
