"""A filled workbook is read by its names and heads, and everything odd in it is told."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from openpyxl.styles import Alignment, Font

from cati.problems import Problem
from cati.research.workbook.layout import (
    COLUMNS,
    SHEETS,
    START_COLUMN,
    START_ROWS,
    Key,
    SheetKey,
    at,
)
from cati.research.workbook.reading import FilledWorkbook, read_filled_workbook
from tests.conftest import Spoilable
from tests.research.importing import ANSWERS, DATED, SAID, Desk, answered, tiny_desk

ANSWER, HEAD = at("answers", "answer") + 1, 3


@pytest.fixture
def workspace(assessed: Spoilable) -> Spoilable:
    return answered(assessed)


@pytest.fixture
def desk(workspace: Spoilable) -> Desk:
    return tiny_desk(workspace)


def read(workspace: Spoilable, path: Path) -> tuple[FilledWorkbook | None, list[str]]:
    problems: list[Problem] = []
    filled = read_filled_workbook(path, path.name, workspace.open().store, problems)
    return filled, [str(problem) for problem in problems]


def told(workspace: Spoilable, desk: Desk) -> list[str]:
    return read(workspace, desk.save())[1]


def sound(workspace: Spoilable, desk: Desk) -> FilledWorkbook:
    filled, problems = read(workspace, desk.save())
    assert (filled is not None, problems) == (True, [])
    assert filled is not None
    return filled


def test_it_says_what_it_is_and_what_it_held(workspace: Spoilable, desk: Desk) -> None:
    filled = sound(workspace, desk)
    assert (filled.file, filled.evaluation, filled.company) == ("alpha.xlsx", "first", "alpha")
    assert filled.base[Key("answers", SAID, "answer")] == "met"
    assert filled.base[Key("answers", SAID, "disclosures")] == "alpha/pledge"
    for key, text in filled.base.items():
        assert filled.cells[key].text == text
    assert {key.row for key in filled.cells if key.sheet == "answers"} == {SAID, DATED}
    assert (filled.signed["assessor"].text, filled.signed["date"].text) == (
        "Zhang Wei",
        "2024-11-22",
    )
    assert (filled.disclosures, filled.sources, filled.notes) == ((), (), ())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_cells_are_named_as_people_find_them(workspace: Spoilable, language: str) -> None:
    desk = Desk(workspace.open(), "alpha", language, "first").into(workspace.root).signed()
    desk.answer(DATED, answer="符合", disclosures="pledge；when")
    filled = sound(workspace, desk)
    cell = filled.cells[Key("answers", DATED, "disclosures")]
    assert cell.text == "alpha/pledge; alpha/when"
    assert cell.place == desk.place("answers", DATED, "disclosures")
    assert filled.cells[Key("answers", DATED, "answer")].text == "met"


def test_rows_may_be_sorted_and_columns_moved_and_added(workspace: Spoilable, desk: Desk) -> None:
    sheet = desk.sheet("answers")
    desk.answer(DATED, answer="unknown")
    rows = [desk.address("answers", name, "answer")[0] for name in (SAID, DATED)]
    for column in range(1, len(COLUMNS["answers"]) + 1):
        cells = [sheet.cell(row, column) for row in rows]
        cells[0].value, cells[1].value = cells[1].value, cells[0].value
    sheet.insert_cols(1)
    sheet.cell(HEAD, 1).value = "My own"
    sheet.cell(rows[0], 1).value = "a remark"
    sheet.insert_rows(1)
    filled = sound(workspace, desk)
    assert filled.cells[Key("answers", SAID, "answer")].text == "met"
    assert filled.cells[Key("answers", DATED, "answer")].text == "unknown"


def test_sheets_of_ones_own_are_left_and_said(workspace: Spoilable, desk: Desk) -> None:
    desk.book.create_sheet("My notes")["A1"] = "=1/0"
    assert sound(workspace, desk).notes == ("alpha.xlsx: the sheet 'My notes' is not read",)


def test_a_hidden_sheet_is_read_all_the_same(workspace: Spoilable, desk: Desk) -> None:
    desk.answer(DATED, answer="unknown")
    for key in ("answers", "guidance"):
        desk.sheet(key).sheet_state = "hidden"
    filled = sound(workspace, desk)
    assert filled.cells[Key("answers", DATED, "answer")].text == "unknown"
    assert filled.notes == ("alpha.xlsx: the sheet 'Answers' is hidden, and read all the same",)


def test_a_renamed_sheet_is_named_with_what_is_expected(workspace: Spoilable, desk: Desk) -> None:
    desk.sheet("answers").title = "Answers (2)"
    filled, problems = read(workspace, desk.save())
    assert filled is None
    assert problems == [
        "alpha.xlsx: expected the sheet 'Answers'; found none of that name "
        "(did you mean Answers (2)?)"
    ]


def test_a_missing_sheet_is_named(workspace: Spoilable, desk: Desk) -> None:
    del desk.book["Sources"]
    assert told(workspace, desk) == [
        "alpha.xlsx: expected the sheet 'Sources'; found none of that name"
    ]


def test_sheets_that_are_only_shown_may_be_deleted(workspace: Spoilable, desk: Desk) -> None:
    for key in ("points", "guidance"):
        del desk.book[SHEETS[key].en]  # type: ignore[index]
    sound(workspace, desk)


def test_a_missing_column_is_named(workspace: Spoilable, desk: Desk) -> None:
    desk.sheet("answers").cell(HEAD, ANSWER).value = "Verdict"
    filled, problems = read(workspace, desk.save())
    assert filled is None
    assert problems == [
        "alpha.xlsx: sheet 'Answers': expected a column 'Answer'; found none "
        "(put the head of the column back as it was exported)"
    ]


def test_a_column_that_stands_there_twice_is_named(workspace: Spoilable, desk: Desk) -> None:
    desk.sheet("answers").cell(HEAD, 40).value = "Answer"
    (problem,) = told(workspace, desk)
    assert "expected each column once; found 'Answer' a second time" in problem


def test_merged_cells_are_named_with_their_range(workspace: Spoilable, desk: Desk) -> None:
    row = desk.address("answers", SAID, "answer")[0]
    desk.sheet("answers").merge_cells(None, row, ANSWER, row + 1, ANSWER)
    (problem,) = told(workspace, desk)
    expected = f"sheet 'Answers', cells F{row}:F{row + 1}: expected cells that are not merged"
    assert expected in problem


def test_a_formula_or_an_error_where_a_value_is_due_is_named(
    workspace: Spoilable, desk: Desk
) -> None:
    desk.answer(DATED, answer='=IF(1,"met","")', rationale="#REF!")
    desk.sheet("answers").cell(*desk.address("answers", DATED, "rationale")).data_type = "e"
    assert told(workspace, desk) == [
        f"alpha.xlsx: {desk.place('answers', DATED, 'answer')}: expected a value; "
        'found the formula \'=IF(1,"met","")\' (type the value)',
        f"alpha.xlsx: {desk.place('answers', DATED, 'rationale')}: expected a value; "
        "found the error #REF! (type the value)",
    ]


def test_an_answer_that_is_struck_through_does_not_count_and_is_named(
    workspace: Spoilable, desk: Desk
) -> None:
    desk.answer(DATED, answer="met", rationale="Told.")
    cell = desk.sheet("answers").cell(*desk.address("answers", DATED, "answer"))
    cell.font = Font(strike=True)
    assert told(workspace, desk) == [
        f"alpha.xlsx: {desk.place('answers', DATED, 'answer')}: expected a value; "
        "found 'met' struck through (clear the cell, or take the line through it away)"
    ]


def test_a_cell_that_cannot_be_read_is_left_as_exported(workspace: Spoilable, desk: Desk) -> None:
    desk.answer(SAID, answer="mett", rationale="Better.")
    filled, problems = read(workspace, desk.save())
    assert filled is not None
    assert len(problems) == 1
    assert filled.cells[Key("answers", SAID, "answer")].text == "met"
    assert filled.cells[Key("answers", SAID, "rationale")].text == "Better."


def test_a_row_that_stands_there_twice_is_named(workspace: Spoilable, desk: Desk) -> None:
    line = desk.address("answers", DATED, "criterion")
    desk.sheet("answers").cell(line[0], at("answers", "criterion") + 1).value = SAID
    assert told(workspace, desk)[0].endswith(
        f"cell B{line[0]}: expected each row once; found '1.1.1/said' a second time"
    )


def test_a_deleted_row_that_was_filled_is_named(workspace: Spoilable, desk: Desk) -> None:
    desk.sheet("answers").delete_rows(desk.address("answers", SAID, "answer")[0])
    assert told(workspace, desk) == [
        "alpha.xlsx: sheet 'Answers': expected the row of 1.1.1/said in the column 'Criterion'; "
        "found none (put it back; to take an answer back, clear its cells)"
    ]


def test_a_deleted_row_that_was_empty_does_no_harm(workspace: Spoilable, desk: Desk) -> None:
    desk.sheet("answers").delete_rows(desk.address("answers", DATED, "answer")[0])
    sound(workspace, desk)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_answers_beside_another_criterion_are_noticed(workspace: Spoilable, language: str) -> None:
    desk = Desk(workspace.open(), "alpha", language, "first").into(workspace.root).signed()
    sheet = desk.sheet("answers")
    desk.answer(DATED, answer="unknown")
    rows = [desk.address("answers", name, "answer")[0] for name in (SAID, DATED)]
    for column in range(at("answers", "statement") + 1, at("answers", "date") + 2):
        cells = [sheet.cell(row, column) for row in rows]
        cells[0].value, cells[1].value = cells[1].value, cells[0].value
    wrong = told(workspace, desk)
    said, dated = (sheet.cell(row, at("answers", "statement") + 1).value for row in reversed(rows))
    hint = "(put the row back as it was; sort and move whole rows only)"
    file = desk.path.name
    for name, own, other in ((SAID, said, dated), (DATED, dated, said)):
        place = desk.place("answers", name, "statement")
        expected = f"expected '{own}', as exported for {name}; found '{other}' {hint}"
        assert f"{file}: {place}: {expected}" in wrong


@pytest.mark.parametrize(
    ("key", "row", "column", "value", "found"),
    [
        ("answers", DATED, "code", "1.1.2", "expected '1.1.1', as exported for 1.1.1/dated; found"),
        ("answers", DATED, "statement", None, "as exported for 1.1.1/dated; found nothing ("),
        ("answers", DATED, "points", 7, "as exported for 1.1.1/dated; found '7' ("),
        ("answers", DATED, "points", "=1+1", "found the formula '=1+1' ("),
        ("answers", SAID, "requires", "dated", "expected nothing, as exported for 1.1.1/said;"),
        (
            "nothing_found",
            "1.1.1",
            "title",
            "Something",
            "as exported for 1.1.1; found 'Something'",
        ),
    ],
)
def test_every_cell_that_says_what_a_row_is_about_is_checked(
    workspace: Spoilable,
    desk: Desk,
    key: SheetKey,
    row: str,
    column: str,
    value: object,
    found: str,
) -> None:
    desk.put(key, row, **{column: value})
    (problem,) = told(workspace, desk)
    assert problem.startswith(f"alpha.xlsx: {desk.place(key, row, column)}: expected ")
    assert found in problem


def test_blanks_in_a_statement_do_not_matter(workspace: Spoilable, desk: Desk) -> None:
    cell = desk.sheet("answers").cell(*desk.address("answers", DATED, "statement"))
    cell.value = "\u200b " + cell.value.replace(" ", "\xa0\r\n") + " "
    sound(workspace, desk)


def test_a_changed_key_is_named_where_its_row_is_filled(workspace: Spoilable, desk: Desk) -> None:
    line = desk.address("answers", DATED, "criterion")
    desk.answer(DATED, answer="unknown")
    desk.sheet("answers").cell(*line).value = "1.1.1/datted"
    assert told(workspace, desk) == [
        f"alpha.xlsx: sheet 'Answers', cell B{line[0]}: expected a criterion of tiny; "
        "found '1.1.1/datted' (did you mean 1.1.1/dated or 1.1.1/said?)"
    ]


def test_an_entry_beside_no_criterion_is_named(workspace: Spoilable, desk: Desk) -> None:
    line = desk.address("answers", SAID, "answer")[0] - 1
    desk.sheet("answers").cell(line, ANSWER).value = "met"
    assert told(workspace, desk) == [
        f"alpha.xlsx: sheet 'Answers', cell B{line}: expected a row that is asked about; "
        f"found entries in F{line}"
    ]


def test_new_rows_are_read_and_empty_ones_left(workspace: Spoilable, desk: Desk) -> None:
    desk.add_source(2, published=2024)
    desk.add_disclosure(1, indicators="1.1.1；1.1.2", locator=12, quote=" “是的” ")
    filled = sound(workspace, desk)
    (source,), (disclosure,) = filled.sources, filled.disclosures
    assert (source["id"].text, source["published"].text) == ("news", "2024")
    assert source["kind"].place == desk.new_place("sources", "kind", 2)
    assert disclosure["indicators"].text == "tiny/1.1.1; tiny/1.1.2"
    assert disclosure["source"].text == "alpha/report"
    assert (disclosure["locator"].text, disclosure["quote"].text) == ("12", "“是的”")


def test_a_new_row_may_have_its_reference_as_a_value(workspace: Spoilable, desk: Desk) -> None:
    line = next(desk.new_lines("sources"))
    desk.add_source()
    desk.sheet("sources").cell(line, 1).value = "alpha/news"
    assert len(sound(workspace, desk).sources) == 1


def test_the_first_sheet_is_read_wherever_its_date_comes_from(
    workspace: Spoilable, desk: Desk
) -> None:
    desk.signed("李娜", "2024/7/1")
    assert sound(workspace, desk).signed["date"].text == "2024-07-01"
    desk.signed("李娜", "yesterday")
    (problem,) = told(workspace, desk)
    cell = f"{'AB'[START_COLUMN]}{START_ROWS['date'] + 1}"
    assert problem.startswith(f"alpha.xlsx: sheet 'Start', cell {cell}: expected a date as")


def test_looks_do_not_matter(workspace: Spoilable, desk: Desk) -> None:
    cell = desk.sheet("answers").cell(*desk.address("answers", DATED, "answer"))
    cell.alignment = Alignment(horizontal="right")
    sound(workspace, desk)


def test_a_date_after_today_is_refused_at_its_cell(workspace: Spoilable, desk: Desk) -> None:
    today = datetime.date.today()
    later = (today + datetime.timedelta(days=1)).isoformat()
    desk.signed(date=later).answer(DATED, answer="unknown", date=later)
    desk.add_source(published=str(today.year + 1), accessed=later)
    start = f"sheet 'Start', cell {'AB'[START_COLUMN]}{START_ROWS['date'] + 1}"
    places = {
        start: later,
        desk.place("answers", DATED, "date"): later,
        desk.new_place("sources", "published"): str(today.year + 1),
        desk.new_place("sources", "accessed"): later,
    }
    assert sorted(told(workspace, desk)) == sorted(
        f"alpha.xlsx: {place}: expected a date not after today, {today}; found {found}"
        for place, found in places.items()
    )


def test_today_and_this_year_are_no_future(workspace: Spoilable, desk: Desk) -> None:
    today = datetime.date.today()
    desk.signed(date=today.isoformat())
    desk.add_source(published=str(today.year), accessed=today.isoformat())
    assert sound(workspace, desk).signed["date"].text == today.isoformat()


def test_a_date_before_any_answer_is_refused_at_its_cell(workspace: Spoilable, desk: Desk) -> None:
    desk.signed(date="1999-12-31").answer(DATED, answer="unknown", date="0204-07-31")
    desk.add_source(published="1998", accessed="1999-01-01")
    assert [problem.partition(": expected ")[2] for problem in told(workspace, desk)] == [
        f"a date not before 2000-01-01; found {day}"
        for day in ("0204-07-31", "1999-01-01", "1999-12-31")
    ]


def test_text_that_turns_its_direction_is_refused_at_its_cell(
    workspace: Spoilable, desk: Desk
) -> None:
    desk.answer(DATED, rationale="net \u202eorez\u202c by 2050")
    desk.add_disclosure(statement="\u2067It says so.")
    assert told(workspace, desk) == [
        f"alpha.xlsx: {place}: expected text; found the control character {found} "
        "(it makes text run from right to left: type the text again)"
        for place, found in (
            (desk.place("answers", DATED, "rationale"), "U+202E"),
            (desk.new_place("disclosures", "statement"), "U+2067"),
        )
    ]


def test_text_of_the_files_may_turn_its_direction(workspace: Spoilable) -> None:
    workspace.change(ANSWERS, "It says so.", '"\\u202eIt says so."')
    sound(workspace, tiny_desk(workspace))
