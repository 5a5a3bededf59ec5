"""A filled workbook is taken for what it was exported for, or not at all."""

from __future__ import annotations

import pytest

from cati.research.workbook.layout import FACTS_ROW, META, META_COLUMN, START_COLUMN
from tests.conftest import Spoilable
from tests.research.importing import Desk, answered, refused, tiny_desk


@pytest.fixture
def workspace(assessed: Spoilable) -> Spoilable:
    return answered(assessed)


@pytest.fixture
def desk(workspace: Spoilable) -> Desk:
    return tiny_desk(workspace)


def meta(desk: Desk, key: str, value: str | None) -> None:
    desk.book["_cati"].cell(META.index(key) + 1, META_COLUMN + 2).value = value


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("format", "3", "expected a workbook of form 1 or 2; found form '3' (export it again)"),
        ("format", None, "expected a workbook of form 1 or 2; found form '' (export it again)"),
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
    (problem,) = refused(workspace, desk.save())
    assert problem.startswith(f"alpha.xlsx: {message}")


def test_a_changed_base_is_noticed(workspace: Spoilable, desk: Desk) -> None:
    sheet = desk.book["_cati"]
    (cell,) = (c for row in sheet.iter_rows() for c in row if c.value == "It says so.")
    cell.value = "It said so."
    (problem,) = refused(workspace, desk.save())
    assert "expected the hidden sheet _cati as exported; found a changed one" in problem


def test_any_other_workbook_is_refused(workspace: Spoilable, desk: Desk) -> None:
    del desk.book["_cati"]
    (problem,) = refused(workspace, desk.save())
    assert "expected a workbook that cati exported; found none of its hidden data" in problem
    (problem,) = refused(workspace, workspace.root / "no.xlsx")
    assert problem == "no.xlsx: expected a file; found nothing of that name"


@pytest.mark.slow
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
    (problem,) = refused(workspace, desk.save())
    name = {"company": "alpha", "evaluation": "first"}[key]
    assert f"sheet '{start.title}', cell {shown_cell}: expected the {key} '{name}'" in problem
    assert f"as in sheet '_cati', cell {hidden_cell}; found '" in problem
    assert "(beta)'" in problem


def test_a_hidden_company_other_than_the_one_shown_is_refused(
    workspace: Spoilable, desk: Desk
) -> None:
    meta(desk, "company", "gamma")
    (problem,) = refused(workspace, desk.save())
    cell = f"cell {'AB'[START_COLUMN]}{FACTS_ROW + 1}"
    assert problem.startswith(f"alpha.xlsx: sheet 'Start', {cell}: expected the company 'gamma'")
