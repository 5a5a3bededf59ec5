"""Cells of CSV files: what a spreadsheet would compute has an apostrophe, all else stays."""

from __future__ import annotations

import csv
import io

import pytest

from cati.report.cells import csv_text, harmless, table_text


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1", "-x", "-1+1", "-1/2", "-", "@SUM(A1)", "-1 000", "-1\n"),
        *("＝1+1", "＋1", "－1", "＠SUM(A1)"),
        *("\t=1", "\r=1", "\n=1"),
    ],
)
def test_what_a_spreadsheet_would_compute_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-1", "-0.25", "0", "12.5", "", "BYD", "a=b", "'=1", "1/3"])
def test_numbers_and_plain_text_stay(text: str) -> None:
    assert harmless(text) == text


def test_a_cell_comes_back_as_it_was_whatever_is_in_it() -> None:
    rows = [("a,b", 'c "d"'), ("e\rf", "g\nh"), ("", "-0.5")]

    text = table_text(("one", "two"), rows)

    assert list(csv.reader(io.StringIO(text, newline=""))) == [["one", "two"], *map(list, rows)]


def test_records_stand_under_the_names_of_their_fields() -> None:
    assert csv_text([{"name": "=1+1", "value": "-0.25"}]) == "name,value\n'=1+1,-0.25\n"
    assert csv_text([]) == ""
