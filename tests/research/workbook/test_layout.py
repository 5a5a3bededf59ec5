from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.model.language import LANGUAGES, Language
from cati.report.xlsx import CELL_LIMIT, cell_text
from cati.research.workbook.layout import COLUMNS, KEY_COLUMN, SHEETS, at


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_such_as_excel_takes_and_tell_everything_apart(language: Language) -> None:
    sheets = [name.get(language) for name in SHEETS.values()]
    assert len(set(sheets)) == len(sheets)
    for name in sheets:
        assert len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\']", name)
    for columns in COLUMNS.values():
        titles = [column.title.get(language) for column in columns]
        assert len(set(titles)) == len(titles)
        assert len({column.key for column in columns}) == len(columns)


def test_chinese_names_are_chinese() -> None:
    for columns in COLUMNS.values():
        for column in columns:
            assert not column.title.zh.isascii(), column.key


def test_what_identifies_a_row_cannot_be_typed() -> None:
    for sheet, key in KEY_COLUMN.items():
        assert not COLUMNS[sheet][at(sheet, key)].editable


@given(st.text(alphabet=st.characters(), max_size=60))
def test_a_cell_keeps_what_can_be_read(text: str) -> None:
    clean = cell_text(text)

    assert cell_text(clean) == clean
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\r\ud800-\udfff\ufffe\uffff]", clean)
    if text.isprintable():
        assert clean == text


@pytest.mark.parametrize("char", ["x", "汽", "😀"])
@pytest.mark.parametrize("length", [CELL_LIMIT // 2, CELL_LIMIT, CELL_LIMIT + 1, 40_000])
def test_what_is_too_long_is_cut_and_says_so(char: str, length: int) -> None:
    clean = cell_text(char * length)

    units = len(clean.encode("utf-16-le")) // 2
    assert units <= CELL_LIMIT
    if length * len(char.encode("utf-16-le")) // 2 <= CELL_LIMIT:
        assert clean == char * length
    else:
        assert clean.rstrip("…") == char * (len(clean) - 1)
        assert units >= CELL_LIMIT - 1


def test_line_ends_are_of_one_kind() -> None:
    assert cell_text("a\r\nb\rc\nd") == "a\nb\nc\nd"
