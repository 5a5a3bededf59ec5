"""A filled workbook is read by its names and heads, and everything odd in it is told."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from openpyxl.styles import Alignment

from cati.problems import Problem
from cati.research.workbook.layout import (
    COLUMNS,
    FACTS_ROW,
    META,
    META_COLUMN,
    SHEETS,
    START_COLUMN,
    START_ROWS,
    Key,
    at,
)
from cati.research.workbook.reading import FilledWorkbook, read_filled_workbook
from tests.conftest import Spoilable
from tests.research.importing import DATED, SAID, Desk, answered, tiny_desk

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
    desk.sheet("answers").sheet_state = "hidden"
    assert sound(workspace, desk).cells[Key("answers", DATED, "answer")].text == "unknown"


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
    desk.sheet("answers").cell(HEAD, 1).value = "answer "
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
    assert (source.cells["id"].text, source.cells["published"].text) == ("news", "2024")
    assert source.cells["kind"].place == desk.new_place("sources", "kind", 2)
    assert disclosure.cells["indicators"].text == "tiny/1.1.1; tiny/1.1.2"
    assert disclosure.cells["source"].text == "alpha/report"
    assert (disclosure.cells["locator"].text, disclosure.cells["quote"].text) == ("12", "“是的”")


def test_a_new_row_may_have_its_reference_as_a_value(workspace: Spoilable, desk: Desk) -> None:
    line = next(desk.new_lines("sources"))
    desk.add_source()
    desk.sheet("sources").cell(line, 1).value = "alpha/news"
    assert len(sound(workspace, desk).sources) == 1


def meta(desk: Desk, key: str, value: str | None) -> None:
    desk.book["_cati"].cell(META.index(key) + 1, META_COLUMN + 2).value = value


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("format", "2", "expected a workbook of form 1; found form '2' (export it again)"),
        ("format", None, "expected a workbook of form 1; found form '' (export it again)"),
        (
            *("evaluation", "frist"),
            "expected a workbook of an evaluation in reports/; found 'frist' (did you mean first?)",
        ),
        (
            *("company", "../../etc"),
            "expected a workbook of a company in the scope of first; found '../../etc' "
            "(known: alpha, beta, gamma)",
        ),
        (
            "company",
            "press",
            "expected a workbook of a company in the scope of first; found 'press'",
        ),
        ("language", "fr", "expected a workbook in en or zh; found 'fr'"),
        (
            *("methodology_sha256", "0"),
            "expected a workbook of tiny as it is now; found one of its earlier state "
            "(its criteria have changed: export again and copy the answers over)",
        ),
        (
            *("cells_sha256", "0"),
            "expected the hidden sheet _cati as exported; found a changed one "
            "(export it again and copy the answers over)",
        ),
    ],
)
def test_a_workbook_of_something_else_is_refused(
    workspace: Spoilable, desk: Desk, key: str, value: str | None, message: str
) -> None:
    meta(desk, key, value)
    (problem,) = told(workspace, desk)
    assert problem.startswith(f"alpha.xlsx: {message}")


def test_a_changed_base_is_noticed(workspace: Spoilable, desk: Desk) -> None:
    sheet = desk.book["_cati"]
    (cell,) = (c for row in sheet.iter_rows() for c in row if c.value == "It says so.")
    cell.value = "It said so."
    (problem,) = told(workspace, desk)
    assert "expected the hidden sheet _cati as exported; found a changed one" in problem


def test_any_other_workbook_is_refused(workspace: Spoilable, desk: Desk) -> None:
    del desk.book["_cati"]
    (problem,) = told(workspace, desk)
    assert "expected a workbook that cati exported; found none of its hidden data" in problem
    (problem,) = read(workspace, workspace.root / "no.xlsx")[1]
    assert problem == "no.xlsx: expected a file; found nothing of that name"


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


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("key", "shown_cell", "hidden_cell"), [("company", "B4", "B3"), ("evaluation", "B5", "B2")]
)
def test_sheets_of_two_workbooks_are_refused(
    workspace: Spoilable, language: str, key: str, shown_cell: str, hidden_cell: str
) -> None:
    desk = Desk(workspace.open(), "alpha", language, "first").into(workspace.root).signed()
    start = desk.sheet("start")
    own = start[shown_cell].value
    start[shown_cell].value = own.replace(f"({own.rpartition('(')[2]}", "(beta)")
    (problem,) = told(workspace, desk)
    name = {"company": "alpha", "evaluation": "first"}[key]
    assert f"sheet '{start.title}', cell {shown_cell}: expected the {key} '{name}'" in problem
    assert f"as in sheet '_cati', cell {hidden_cell}; found '" in problem
    assert "(beta)'" in problem


def test_a_hidden_company_other_than_the_one_shown_is_refused(
    workspace: Spoilable, desk: Desk
) -> None:
    meta(desk, "company", "gamma")
    filled, problems = read(workspace, desk.save())
    assert filled is None
    (problem,) = problems
    cell = f"cell {'AB'[START_COLUMN]}{FACTS_ROW + 1}"
    assert problem.startswith(f"alpha.xlsx: sheet 'Start', {cell}: expected the company 'gamma'")


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
