"""A filled pack of anybody's is read, or refused cell by cell."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from cati.problems import Problem, ProblemsError
from cati.research.review.replies import ReplyRow, read_pack
from tests.conftest import Spoilable
from tests.research.office import saved_by_libreoffice
from tests.research.packages import packed, rewritten
from tests.research.review.packs import CHALLENGE, DATED, SAID, cell, fill, pack


@pytest.fixture
def path(review: Spoilable, tmp_path: Path) -> Path:
    return pack(review, tmp_path / "packs")


def said(path: Path) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        read_pack(path)
    return [str(problem) for problem in caught.value.problems]


def test_what_was_filled_is_read(path: Path) -> None:
    fill(path, {DATED: CHALLENGE, SAID: {"reply": "Agree ", "text": "Thank you."}})
    found = read_pack(path)
    assert (found.evaluation, found.company, found.stage) == ("first", "alpha", "review")
    agreed, challenged = sorted(found.rows, key=lambda row: row.criterion, reverse=True)
    assert (agreed.criterion, agreed.agrees, agreed.answer, agreed.text) == (
        SAID,
        True,
        "met",
        "Thank you.",
    )
    assert (challenged.criterion, challenged.agrees, challenged.consent) == (DATED, False, True)
    assert challenged.evidence is not None
    assert challenged.evidence.link == "https://alpha.example/report.pdf"
    assert challenged.evidence.published == "2024-03"


def test_chinese_words_are_read(review: Spoilable, tmp_path: Path) -> None:
    path = pack(review, tmp_path / "packs", language="zh")
    cells = {"reply": "有异议", "text": "第4页写明2030年。", "consent": "不公开"}
    fill(path, {DATED: cells}, "zh")
    (row,) = read_pack(path).rows
    assert (row.agrees, row.text, row.consent, row.evidence) == (
        False,
        "第4页写明2030年。",
        False,
        None,
    )


def test_an_empty_pack_says_nothing(path: Path) -> None:
    assert read_pack(path).rows == ()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (2024, "2024"),
        ("2024/3", "2024-03"),
        ("2024年3月5日", "2024-03-05"),
        ("2024-03-05", "2024-03-05"),
        (datetime.date(2024, 3, 5), "2024-03-05"),
    ],
)
def test_dates_as_people_write_them(path: Path, typed: object, read: str) -> None:
    fill(path, {DATED: {**CHALLENGE, "published": typed}})
    (row,) = read_pack(path).rows
    assert row.evidence is not None
    assert row.evidence.published == read


@pytest.mark.parametrize(
    ("change", "column", "message"),
    [
        ({"reply": "perhaps"}, "reply", "expected agree (同意) or challenge (有异议); found 'perh"),
        ({"reply": None}, "reply", "expected agree (同意) or challenge (有异议); found nothing"),
        ({"text": None}, "text", "expected why the answer is challenged; found nothing"),
        ({"text": "x" * 2001}, "text", "expected at most 2,000 characters; found 2,001"),
        ({"text": "=1+1"}, "text", "expected text; found a formula (paste its value)"),
        ({"link": "javascript:alert(1)"}, "link", "expected a link that begins with https:// or"),
        ({"link": "file:///etc/passwd"}, "link", "expected a link that begins with https:// or"),
        ({"published": "soon"}, "published", "expected a date as YYYY, YYYY-MM or YYYY-MM-DD;"),
        ({"published": "2024-13"}, "published", "expected a month or day that exists"),
        ({"consent": "maybe"}, "consent", "expected yes (同意公开) or no (不公开); found 'maybe'"),
    ],
)
def test_a_wrong_cell_is_named(
    path: Path, change: dict[str, Any], column: str, message: str
) -> None:
    fill(path, {DATED: {**CHALLENGE, **change}})
    (problem,) = said(path)
    assert problem.startswith(f"alpha.first.review.en.xlsx: {cell(path, DATED, column)}: {message}")


def test_all_wrong_cells_are_told_at_once(path: Path) -> None:
    fill(path, {DATED: {**CHALLENGE, "link": "no"}, SAID: {"reply": "?"}})
    assert len(said(path)) == 2


def test_an_unknown_criterion_is_refused(path: Path) -> None:
    place = cell(path, DATED, "criterion")
    fill(path, {DATED: {**CHALLENGE, "criterion": "1.1.1/date"}})
    (problem,) = said(path)
    assert f"{place}: expected a criterion of this workbook; found '1.1.1/date'" in problem
    assert "did you mean 1.1.1/dated" in problem


def test_a_criterion_twice_is_refused(path: Path) -> None:
    fill(path, {DATED: CHALLENGE, SAID: {**CHALLENGE, "criterion": DATED}})
    assert any("expected each criterion once" in problem for problem in said(path))


def test_rows_in_another_order_are_read(path: Path) -> None:
    fill(path, {DATED: CHALLENGE})
    book = load_workbook(path)
    sheet = book["Reply"]
    sheet.move_range(f"A5:{sheet.cell(5, 14).column_letter}{sheet.max_row}", rows=3)
    book.save(path)
    assert [row.criterion for row in read_pack(path).rows] == [DATED]


def test_a_renamed_head_is_told(path: Path) -> None:
    book = load_workbook(path)
    heads = {c.value: c for c in book["Reply"][3]}
    heads["Your reply"].value = "Reaction"
    book.save(path)
    assert said(path)[0].startswith(
        "alpha.first.review.en.xlsx: sheet 'Reply': expected a column Your reply or 贵方回复 in "
        "row 3"
    )


@pytest.mark.parametrize("place", ["B3", "B4", "E1", "B6"])
def test_a_changed_hidden_sheet_is_refused(path: Path, place: str) -> None:
    book = load_workbook(path)
    book["_cati"][place] = "beta"
    book.save(path)
    (problem,) = said(path)
    assert "expected a workbook as it was exported; found a changed hidden sheet" in problem


def test_other_files_are_refused(review: Spoilable, path: Path, tmp_path: Path) -> None:
    other = tmp_path / "notes.xlsx"
    other.write_text("not a workbook", encoding="utf-8")
    assert "expected an .xlsx workbook; found another kind of file" in said(other)[0]
    book = load_workbook(path)
    del book["_cati"]
    book.save(other)
    assert "expected a workbook of a company review; found another workbook" in said(other)[0]
    with pytest.raises(ProblemsError):
        read_pack(tmp_path / "nothing.xlsx")


def test_what_may_harm_is_refused(path: Path, tmp_path: Path) -> None:
    macros = rewritten(path, {"xl/vbaProject.bin": b"x"})
    assert "expected a workbook without macros" in said(macros)[0]
    bomb = packed(tmp_path / "bomb.xlsx", {f"xl/part{n}.xml": b"\0" * 20_000_000 for n in range(4)})
    assert "bytes unpacked" in said(bomb)[0]


@pytest.mark.slow
def test_a_pack_that_libreoffice_saved_is_read(path: Path, tmp_path: Path) -> None:
    fill(path, {DATED: CHALLENGE, SAID: {"reply": "agree"}})
    before = read_pack(path)
    (saved,) = saved_by_libreoffice([path], tmp_path / "office")
    after = read_pack(saved)
    assert (after.rows, after.answers) == (before.rows, before.answers)


def test_an_entity_is_not_expanded(path: Path) -> None:
    def declare(content: bytes) -> bytes:
        declared = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        head, _, rest = content.partition(b"?>")
        return head + b"?>" + declared + rest

    name = "xl/worksheets/sheet2.xml"
    problems = said(rewritten(path, {name: declare}))
    assert len(problems) == 1
    assert "root:" not in problems[0]


ANYTHING = st.one_of(
    st.none(),
    st.text(max_size=40).filter(lambda text: not ILLEGAL_CHARACTERS_RE.search(text)),
    st.sampled_from(
        ["agree", "challenge", "yes", "=1+1", "https://x.example", "2024-13-01", "\u202e"]
    ),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(datetime.date(1950, 1, 1), datetime.date(2100, 1, 1)),
)


@pytest.mark.slow
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.fixed_dictionaries(dict.fromkeys(CHALLENGE, ANYTHING)))
def test_whatever_is_typed_is_a_reply_or_a_problem(
    path: Path, tmp_path: Path, cells: dict[str, object]
) -> None:
    other = tmp_path / "typed.xlsx"
    shutil.copy(path, other)
    fill(other, {DATED: cells})
    rows: tuple[ReplyRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    try:
        rows = read_pack(other).rows
    except ProblemsError as error:
        problems = error.problems
    assert all("sheet 'Reply', cell" in problem.field for problem in problems)
    assert all(row.agrees or row.text for row in rows)
