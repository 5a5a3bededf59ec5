"""Tables cell by cell, with the line of every row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cati.problems import Problem, ProblemsError
from cati.store.csv_file import CsvRow, cell_name, read_csv

HEADER = ("company", "points")
Read = Callable[[str | bytes], tuple[list[CsvRow], list[Problem]]]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    path: Path = tmp_path_factory.mktemp("csv") / "file"

    def read(content: str | bytes) -> tuple[list[CsvRow], list[Problem]]:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        problems: list[Problem] = []
        return read_csv(path, "some.csv", HEADER, problems), problems

    return read


def test_rows_come_with_their_lines(read: Read) -> None:
    rows, problems = read('company,points\nalpha,1\n"be,ta",2\n')
    assert [(row.line, dict(row.cells)) for row in rows] == [
        (2, {"company": "alpha", "points": "1"}),
        (3, {"company": "be,ta", "points": "2"}),
    ]
    assert problems == []


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffcompany,points\na,1\nb,2\n",
        "company,points\ra,1\rb,2\r",
        "company;points\na;1\nb;2\n",
        "company\tpoints\na\t1\nb\t2\n",
        '"company","points"\n"a","1"\n"b","2"\n',
        "company , points,,\na,1,,\nb,2,,\n",
        "company,points\na,1\nb,2\n\n,\n ,\n",
        "company,points\na,1,\nb,2, ,\n",
        "company,points\na,1\nb,2",
        ",company,points\n,a,1\n,b,2\n",
        "company,,points,\na,,1,\nb, ,2,\n",
    ],
)
def test_what_spreadsheets_save_is_the_same_table(read: Read, content: str) -> None:
    rows, problems = read(content)
    assert [(row.line, *row.cells.values()) for row in rows] == [(2, "a", "1"), (3, "b", "2")]
    assert problems == []


def test_empty_rows_say_nothing_and_count_as_lines(read: Read) -> None:
    rows, problems = read("\n,\ncompany,points\n\na,1\n,,\nb,2\n")
    assert ([row.line for row in rows], problems) == ([5, 7], [])


def test_windows_line_ends_make_no_difference(read: Read) -> None:
    assert [row.line for row in read(b"company,points\r\na,1\r\nb,2\r\n")[0]] == [2, 3]


@pytest.mark.parametrize(
    ("content", "messages", "lines_read"),
    [
        (
            "company,points\na\nb,2\nc,3,4\n",
            [
                "some.csv:2: expected 2 cells; found 1",
                "some.csv:4: expected 2 cells; found 3 "
                "(a number with a decimal comma stands in quotes)",
            ],
            [3],
        ),
        (
            "company,points\na,1\nb;2\n",
            ["some.csv:3: expected commas between cells, as in the header; found semicolons"],
            [2],
        ),
        (
            "company;points\na;1\nb\t2\nc;1;2\n",
            [
                "some.csv:3: expected semicolons between cells, as in the header; found tabs",
                "some.csv:4: expected 2 cells; found 3",
            ],
            [2],
        ),
        (
            "company,,points\na,x,1\nb,,2\nc,\n",
            [
                "some.csv:2: expected 2 cells; found 3 "
                "(a number with a decimal comma stands in quotes)",
                "some.csv:4: expected 2 cells; found 1",
            ],
            [3],
        ),
        (
            'company,points\na,1\nb,"2\n3"\nc,3\n',
            ["some.csv:3: points: expected text in one line; found a line break"],
            [2, 5],
        ),
    ],
)
def test_a_row_that_does_not_fit_is_left_out_and_said(
    read: Read, content: str, messages: list[str], lines_read: list[int]
) -> None:
    rows, problems = read(content)
    assert [str(problem) for problem in problems] == messages
    assert [row.line for row in rows] == lines_read


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "company,pionts\na,1\n",
            "some.csv:1: expected column points in place 2; found 'pionts' (did you mean points?)",
        ),
        (
            "points,company\n1,a\n",
            "some.csv:1: expected column company in place 1; found 'points' (its place is 2)",
        ),
        ("company\na\n", "some.csv:1: expected column points in place 2; found nothing"),
        ("company,points,a,b\n", "some.csv:1: expected 2 columns; found more: 'a', 'b'"),
        (
            "company;pionts\na;1\n",
            "some.csv:1: expected column points in place 2; found 'pionts' (did you mean points?)",
        ),
        (
            "company|points\na|1\n",
            "some.csv:1: expected column company in place 1; found 'company|points' "
            "(did you mean company or points?)",
        ),
        (
            'company,points\na,1\n"b,2\nc,3\n',
            "some.csv:3: expected CSV; "
            "found a quotation mark that is never closed (close it, or double it inside text)",
        ),
        (
            'company,points\na,1\n"b"x,2\n',
            "some.csv:3: expected CSV; found ',' expected after '\"'",
        ),
        ("", "some.csv: expected content; found an empty file"),
    ],
)
def test_a_file_that_is_another_table_is_refused(
    read: Read, content: str | bytes, message: str
) -> None:
    with pytest.raises(ProblemsError) as caught:
        read(content)
    assert str(caught.value) == message


def whole(cell: str) -> int:
    if not cell.isdecimal():
        raise ValueError("a whole number")
    return int(cell)


def test_a_cell_that_does_not_fit_is_named_by_row_and_column(read: Read) -> None:
    (row,), problems = read("company,points\nalpha,x\n")
    row.label = "alpha"
    assert row.read("points", whole) is None
    assert [str(p) for p in problems] == [
        "some.csv:2: alpha, points: expected a whole number; found 'x'"
    ]


def test_a_cell_that_fits_is_converted(read: Read) -> None:
    (row,), problems = read("company,points\nalpha,7\n")
    assert (row.read("points", whole), problems) == (7, [])


def test_numbers_of_a_table_have_one_decimal_mark(read: Read) -> None:
    rows, problems = read("company;points\na;2.5\nb;1,5\nc;3,25 %\n")
    assert [row.read_number("points", lambda number: number, "%") for row in rows] == [
        None,
        Decimal("1.5"),
        Decimal("3.25"),
    ]
    assert [str(problem) for problem in problems] == [
        "some.csv:2: points: expected one decimal mark in the whole table; "
        "found '2.5' (line 3 has 1,5)"
    ]


def test_a_cell_without_row_name_goes_by_its_column() -> None:
    assert cell_name("", "points") == "points"
    assert cell_name("alpha", "points") == "alpha, points"


LINE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8)


@given(st.lists(st.tuples(LINE, LINE), max_size=5))
def test_what_a_csv_library_writes_is_read_back(read: Read, table: list[tuple[str, str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([HEADER, *table])
    rows, problems = read(out.getvalue())
    assert problems == []
    filled = [row for row in table if any(cell.strip() for cell in row)]
    assert [tuple(row.cells.values()) for row in rows] == filled


@given(st.binary() | st.text(st.sampled_from('ab,"\n\r;\t\0 '), max_size=30))
@example("company,points\n" + "x" * 200_000 + ",1\n")
def test_no_content_makes_it_stumble(read: Read, content: str | bytes) -> None:
    if isinstance(content, str) and not content.startswith("company"):
        content = "company,points\n" + content
    with suppress(ProblemsError):
        rows, problems = read(content)
        assert all(row.line > 1 for row in rows)
        assert all(problem.line is not None for problem in problems)
