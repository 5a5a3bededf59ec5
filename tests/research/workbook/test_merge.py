"""What only one changed is taken; what two changed differently is told with all values."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.problems import Problem
from cati.research.workbook.layout import Key
from cati.research.workbook.merge import merge
from cati.research.workbook.reading import Filled, FilledWorkbook

KEYS = [Key("answers", row, column) for row in ("a", "b") for column in ("answer", "rationale")]
ANSWERS = Key("answers", "2.1.1/x", "answer")

Cells = Mapping[Key, str]


def workbook(base: Cells, cells: Cells, file: str = "one.xlsx") -> FilledWorkbook:
    every = {*base, *cells}
    return FilledWorkbook(
        file=file,
        evaluation="first",
        company="alpha",
        language="en",
        base={key: text for key, text in base.items() if text},
        cells={key: Filled(cells.get(key, ""), file, f"{key.row}!{key.column}") for key in every},
        signed={},
        disclosures=(),
        sources=(),
        notes=(),
    )


def merged(now: Cells, *workbooks: FilledWorkbook) -> tuple[dict[Key, str], list[Problem]]:
    problems: list[Problem] = []
    edits = merge(workbooks, {key: text for key, text in now.items() if text}, problems)
    return {key: edit.cell.text for key, edit in edits.items()}, problems


states = st.fixed_dictionaries({key: st.sampled_from(["", "met", "unknown"]) for key in KEYS})


@given(states, states, states)
def test_one_workbook_merges_as_three_states_do(base: Cells, now: Cells, mine: Cells) -> None:
    edits, problems = merged(now, workbook(base, mine))
    conflicts = {problem.field for problem in problems}
    for key in KEYS:
        told = f"{key.row}!{key.column}" in conflicts
        result = edits.get(key, now[key])
        if mine[key] == base[key]:
            assert (result, told) == (now[key], False)
        elif now[key] in (base[key], mine[key]):
            assert (result, told) == (mine[key], False)
        else:
            assert (key in edits, told) == (False, True)


@given(states, states, states, states)
def test_two_workbooks_merge_alike_in_any_order(
    base: Cells, now: Cells, one: Cells, two: Cells
) -> None:
    first, second = workbook(base, one, "one.xlsx"), workbook(base, two, "two.xlsx")
    edits, problems = merged(now, first, second)
    again, others = merged(now, second, first)
    assert bool(problems) == bool(others)
    if problems:
        return
    assert edits == again
    for key in KEYS:
        changed = {state[key] for state in (one, two)} - {base[key]}
        assert len(changed) <= 1
        wanted = changed.pop() if changed else now[key]
        assert edits.get(key, now[key]) == wanted


@given(states, states)
def test_what_has_been_taken_over_is_no_change_the_second_time(base: Cells, mine: Cells) -> None:
    assert merged(mine, workbook(base, mine)) == ({}, [])


def test_a_conflict_names_the_cell_and_three_values() -> None:
    _, problems = merged({ANSWERS: "unknown"}, workbook({ANSWERS: "met"}, {ANSWERS: "not_met"}))
    assert [str(problem) for problem in problems] == [
        "one.xlsx: 2.1.1/x!answer: expected a cell that nobody else has changed: 'met' when "
        "exported, 'unknown' now; found 'not met' (agree on one and export again)"
    ]


def test_two_files_that_disagree_are_both_named() -> None:
    files = [workbook({}, {ANSWERS: text}, f"{text}.xlsx") for text in ("met", "unknown")]
    _, problems = merged({}, *files)
    assert [str(problem) for problem in problems] == [
        "unknown.xlsx: 2.1.1/x!answer: expected 'met', as in met.xlsx, 2.1.1/x!answer; "
        "found 'unknown' (agree on one)"
    ]


def test_disclosures_in_another_order_are_no_change() -> None:
    key = Key("answers", "2.1.1/x", "disclosures")
    assert merged({key: "a/x; a/y"}, workbook({key: "a/x; a/y"}, {key: "a/y; a/x"})) == ({}, [])


@pytest.mark.parametrize("column", ["statement", "source", "id"])
def test_an_existing_disclosure_is_not_changed_here(column: str) -> None:
    key = Key("disclosures", "alpha/pledge", column)
    edits, problems = merged({}, workbook({key: ""}, {key: "new words"}))
    assert edits == {}
    assert str(problems[0]).endswith(
        "expected nothing, as exported; found 'new words' "
        "(change it in companies/alpha/evidence.yaml)"
    )


def test_an_existing_source_is_not_changed_here() -> None:
    key = Key("sources", "press/report", "title")
    _, problems = merged({}, workbook({key: "Report"}, {key: "Other"}))
    assert str(problems[0]).endswith(
        "expected 'Report', as exported; found 'Other' (change it in companies/press/sources.yaml)"
    )
