"""What only one changed is taken; what two changed differently is told with all values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.problems import Problem
from cati.research.workbook.layout import Key
from cati.research.workbook.merge import RECORDS, merge
from cati.research.workbook.reading import Filled, FilledWorkbook

KEYS = [Key("answers", row, column) for row in ("a", "b") for column in ("answer", "rationale")]
ANSWERS = Key("answers", "2.1.1/x", "answer")

Cells = Mapping[Key, str]


def workbook(base: Cells, cells: Cells, file: str = "one.xlsx", by: str = "Ann") -> FilledWorkbook:
    who = [Key(key.sheet, key.row, name) for key in cells for name in ("assessor", "date")]
    every = {*base, *cells, *who}
    return FilledWorkbook(
        file=file,
        evaluation="first",
        company="alpha",
        methodology="tiny",
        language="en",
        base={key: text for key, text in base.items() if text},
        cells={key: Filled(cells.get(key, ""), file, f"{key.row}!{key.column}") for key in every},
        signed={"assessor": Filled(by, file, "start"), "date": Filled("2024-06-01", file, "start")},
        disclosures=(),
        sources=(),
        notes=(),
    )


def merged(now: Cells, *workbooks: FilledWorkbook) -> tuple[dict[Key, str], list[Problem]]:
    problems: list[Problem] = []
    edits = merge(workbooks, {key: text for key, text in now.items() if text}, problems)
    return {key: edit.cell.text for key, edit in edits.items()}, problems


states = st.fixed_dictionaries({key: st.sampled_from(["", "met", "unknown"]) for key in KEYS})


def rows_of(*changed: bool) -> list[bool]:
    """For every cell, whether anything is so in its row."""
    so = {key.row: False for key in KEYS}
    for key, is_so in zip(KEYS, changed, strict=True):
        so[key.row] |= is_so
    return [so[key.row] for key in KEYS]


@pytest.mark.slow
@given(states, states, states)
def test_one_workbook_merges_as_three_states_do(base: Cells, now: Cells, mine: Cells) -> None:
    edits, problems = merged(now, workbook(base, mine))
    conflicts = {problem.field for problem in problems}
    touched = rows_of(*(mine[key] not in (base[key], now[key]) for key in KEYS))
    for key, is_touched in zip(KEYS, touched, strict=True):
        told = f"{key.row}!{key.column}" in conflicts
        result = edits.get(key, now[key])
        if not is_touched or mine[key] == now[key]:
            assert (result, told) == (now[key], False)
        elif now[key] == base[key]:
            assert (result, told) == (mine[key], False)
        else:
            assert (key in edits, told) == (False, True)


@given(states, states, states, st.booleans())
def test_two_workbooks_merge_alike_in_any_order(
    base: Cells, one: Cells, two: Cells, same: bool
) -> None:
    first = workbook(base, one, "one.xlsx")
    second = workbook(base, two, "two.xlsx", by="Ann" if same else "Bo")
    edits, problems = merged(base, first, second)
    again, others = merged(base, second, first)
    assert bool(problems) == bool(others)
    changes = [{key: cells[key] for key in KEYS if cells[key] != base[key]} for cells in (one, two)]
    apart = any(changes[0][key] != changes[1][key] for key in changes[0].keys() & changes[1].keys())
    for row in ("a", "b"):
        mine, theirs = ({k: v for k, v in c.items() if k.row == row} for c in changes)
        every = {**mine, **theirs}
        apart |= not same and every not in (mine, theirs)
    assert bool(problems) == apart
    if not problems:
        assert edits == again == {**changes[0], **changes[1]}


@given(states, states)
def test_what_has_been_taken_over_is_no_change_the_second_time(base: Cells, mine: Cells) -> None:
    assert merged(mine, workbook(base, mine)) == ({}, [])


def test_a_row_is_of_one_person() -> None:
    reason = Key("answers", "2.1.1/x", "rationale")
    base = {ANSWERS: "met", reason: "It says so."}
    ann = workbook(base, {**base, ANSWERS: "not_met"}, "ann.xlsx")
    own = {**base, reason: "It says so twice."}
    edits, problems = merged(base, ann, workbook(base, own, "bo.xlsx", by="Bo"))
    assert [str(problem) for problem in problems] == [
        "bo.xlsx: 2.1.1/x!rationale: expected a row that one person has changed; changed by 'Ann' "
        "in ann.xlsx, 2.1.1/x!answer; found a change by 'Bo' "
        "(agree, and put all of the row into one workbook)"
    ]
    edits, problems = merged(base, ann, workbook(base, own, "more.xlsx"))
    assert (edits, problems) == ({ANSWERS: "not_met", reason: "It says so twice."}, [])


def test_what_others_changed_in_a_row_of_ones_own_is_a_conflict() -> None:
    reason = Key("answers", "2.1.1/x", "rationale")
    base = {ANSWERS: "met", reason: "It says so."}
    _, problems = merged({**base, ANSWERS: "not_met"}, workbook(base, {**base, reason: "Indeed."}))
    assert [str(problem) for problem in problems] == [
        "one.xlsx: 2.1.1/x!answer: expected a cell that nobody else has changed: 'met' when "
        "exported, 'not met' now; found 'met' (agree on one and export again)"
    ]


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


PLEDGE = Key("disclosures", "alpha/pledge", "indicators")


def test_records_are_merged_apart_from_answers_and_across_companies() -> None:
    one = workbook({PLEDGE: "tiny/1.1.1"}, {PLEDGE: "tiny/1.1.1; tiny/1.1.2"})
    other = replace(one, file="two.xlsx", company="beta")
    problems: list[Problem] = []
    now = {PLEDGE: "tiny/1.1.1"}
    assert merge([one, other], now, problems) == {}
    edits = merge([one, other], now, problems, RECORDS)
    assert (edits.keys(), problems) == ({PLEDGE}, [])


def test_records_of_two_people_may_change_in_one_row() -> None:
    note = Key("disclosures", "alpha/pledge", "note")
    base = {PLEDGE: "tiny/1.1.1", note: ""}
    books = [
        workbook(base, {**base, PLEDGE: "tiny/1.1.2"}, "one.xlsx", by="Ann"),
        workbook(base, {**base, note: "Read."}, "two.xlsx", by="Bo"),
    ]
    problems: list[Problem] = []
    edits = merge(books, {PLEDGE: "tiny/1.1.1"}, problems, RECORDS)
    assert {key: edit.cell.text for key, edit in edits.items()} == {
        PLEDGE: "tiny/1.1.2",
        note: "Read.",
    }
    assert problems == []


def test_a_conflict_shows_codes_as_the_cell_does() -> None:
    problems: list[Problem] = []
    now = {PLEDGE: "tiny/1.1.2; other/1.1.1"}
    merge([workbook({PLEDGE: "tiny/1.1.1"}, {PLEDGE: "tiny/2.1.1"})], now, problems, RECORDS)
    (problem,) = problems
    assert "'1.1.1' when exported, '1.1.2; other/1.1.1' now; found '2.1.1'" in str(problem)
