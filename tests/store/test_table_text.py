"""What spreadsheets save as CSV: one meaning is read, two are refused."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.problems import ProblemsError
from cati.store.table_text import Numbers, read_table_text, separator_of, strayed_separator, trimmed

CHINESE = "company,name\na,比亚迪\nb,极氪（中国）\nc,广汽埃安\n"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("table") / "file"


def text_of(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return read_table_text(path, "some.csv")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_text_is_the_same_in_every_encoding(path: Path, encoding: str) -> None:
    mark = "" if encoding in {"utf-8-sig", "utf-16"} or "utf-16" not in encoding else "\ufeff"
    assert text_of(path, f"{mark}{CHINESE}".encode(encoding)) == CHINESE


def test_a_rare_character_among_common_ones_is_still_gbk(path: Path) -> None:
    text = CHINESE + "d,朱镕基\ne,汽車公司\n"
    assert text_of(path, text.encode("gbk")) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("company,name\na,Citroën\n", "cp1252"),
        ("company,name\na,Škoda\nb,Citroën\nc,Škoda é\n", "cp1252"),
        ("company,name\na,比亞迪\n", "big5"),
        ("company,name\na,上海汽車集團\nb,吉利汽車\n", "big5"),
        ("company,name\na,トヨタ自動車\n", "shift-jis"),
    ],
)
def test_text_in_another_encoding_is_refused_and_not_read_as_chinese(
    path: Path, text: str, encoding: str
) -> None:
    with pytest.raises(ProblemsError) as caught:
        text_of(path, text.encode(encoding))
    assert str(caught.value).startswith("some.csv:2: expected UTF-8 or GBK text; found byte 0x")
    assert str(caught.value).endswith(" (save it as CSV UTF-8)")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "some.csv: expected content; found an empty file"),
        (b"\xef\xbb\xbf", "some.csv: expected content; found an empty file"),
        (
            b"a,b\n\0,1\n",
            "some.csv:2: expected text; found the control character U+0000 (save it as CSV UTF-8)",
        ),
        (
            "a,b\n".encode("utf-16-le"),
            "some.csv:1: expected text; found the control character U+0000 (save it as CSV UTF-8)",
        ),
        (
            b"\xef\xbb\xbfa\n\xff\n",
            "some.csv:2: expected UTF-8 text; found byte 0xff (save it as CSV UTF-8)",
        ),
        (
            b"\xff\xfea\0\n\0\x62",
            "some.csv:2: expected UTF-16 text; found byte 0x62 (save it as CSV UTF-8)",
        ),
    ],
)
def test_what_is_no_text_is_told(path: Path, content: bytes, message: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        text_of(path, content)
    assert str(caught.value) == message


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_text_in_utf_8_is_never_taken_for_another(path: Path, text: str) -> None:
    content = f"a,b\n{text.removeprefix(chr(0xFEFF))}\n"
    assert text_of(path, content.encode()) == content


@pytest.mark.parametrize(
    ("text", "separator"),
    [("a,b\n", ","), ("a;b\n", ";"), ("\n\na\tb\n", "\t"), ("a\n", ","), ("x;b\n", ";"), ("", ",")],
)
def test_the_header_says_what_stands_between_cells(text: str, separator: str) -> None:
    assert separator_of(text, ("a", "b")) == separator


def test_what_is_empty_behind_a_header_is_left_out() -> None:
    assert trimmed([" a", "", "b ", " ", ""]) == ["a", "", "b"]


def test_a_row_with_another_separator_is_recognised() -> None:
    assert strayed_separator(["a;1;2"], ",", 3) == ";"
    assert strayed_separator(["a;1"], ",", 3) is None


def read(separator: str, cell: str, behind: str = "") -> Decimal | None:
    numbers = Numbers(separator)
    numbers.note(cell, 2)
    return numbers.read(cell, behind)


@pytest.mark.parametrize(
    ("separator", "cell", "number"),
    [
        (",", "14", "14"),
        (",", " 14.0 ", "14.0"),
        (",", "13,3", "13.3"),
        (";", "13,3", "13.3"),
        (";", "1,234", "1.234"),
        ("\t", "-1,5", "-1.5"),
        (",", "７５．５", "75.5"),
        (",", "0", "0"),
        (";", "1.234,5", "1234.5"),
        (",", "1,234.5", "1234.5"),
        ("\t", "-1.234.567,25", "-1234567.25"),
        (";", "0.125", "0.125"),
    ],
)
def test_a_number_is_read_exactly(separator: str, cell: str, number: str) -> None:
    assert str(read(separator, cell)) == number


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "x",
        "1e1",
        "NaN",
        "٧٥",
        "075",
        ".5",
        "5.",
        "1 234",
        "1'234",
        "1.23,5",
        "1,234,5",
        "1,234.567,8",
        "½",
        "75²",
        "7 5",
        "+5",
        "--5",
        "75 %",
    ],
)
def test_anything_else_is_no_number(cell: str) -> None:
    assert read(",", cell) is None


def test_a_sign_behind_is_read_only_where_it_may_stand() -> None:
    assert read(",", "75 ％", "%") == Decimal(75)
    assert read(",", "2=", "=") == 2
    assert read(",", "2=", "%") is None


@pytest.mark.parametrize(
    ("separator", "cell", "either"),
    [(",", "1,234", "write 1234 or 1.234"), (";", "1.234", "write 1234 or 1,234")],
)
def test_a_mark_that_may_set_thousands_apart_is_refused(
    separator: str, cell: str, either: str
) -> None:
    with pytest.raises(ValueError, match="can be read in one way only") as caught:
        read(separator, cell)
    assert caught.value.args[1] == either


def test_three_decimals_are_read_where_other_numbers_show_what_the_mark_is() -> None:
    numbers = Numbers(";")
    for line, cell in enumerate(["45.123", "7.5"], start=2):
        numbers.note(cell, line)
    assert numbers.read("45.123") == Decimal("45.123")


def test_a_first_line_for_excel_is_no_row_of_the_table(path: Path) -> None:
    assert text_of(path, b"\xef\xbb\xbfsep=;\r\na;b\r\n") == "\na;b\n"


def test_the_decimal_mark_is_that_of_most_numbers_and_another_is_refused() -> None:
    numbers = Numbers(";")
    for line, cell in enumerate(["7", "2.5", "1,5", "1,25 %"], start=2):
        numbers.note(cell, line)
    assert [numbers.read("7"), numbers.read("1,5")] == [7, Decimal("1.5")]
    with pytest.raises(ValueError, match="one decimal mark") as caught:
        numbers.read("2.5")
    assert caught.value.args[1] == "line 4 has 1,5"


@given(st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=3))
def test_what_is_written_is_read_back(value: Decimal) -> None:
    assert read(";", f"{value:f}".replace(".", ",")) == value
