"""Documents and search terms are split alike, in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.research.desk.words import joined, marked, placed_words, spans, word_text, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Green Steel", ["green", "steel"]),
        ("suppliers' policies, gas", ["supplier", "policy", "gas"]),
        ("CO₂e and CO2e", ["co2e", "and", "co2e"]),
        ("eﬃciency", ["efficiency"]),
        ("ＣＯ２", ["co2"]),
        ("綠色電力", ["绿色", "色电", "电力"]),
        ("绿⾊电⼒", ["绿色", "色电", "电力"]),
        ("新⻋", ["新车"]),
        ("１２萬噸", ["12", "万吨"]),
        ("绿电", ["绿电"]),
        ("绿色电力", ["绿色", "色电", "电力"]),
        ("使用30%再生铝", ["使用", "30", "再生", "生铝"]),
        ("", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_a_word_broken_at_the_end_of_a_line_is_one() -> None:
    assert words(joined("suppli\xaders use 绿\n电")) == ["supplier", "use", "绿电"]


def test_terms_are_marked_where_they_stand() -> None:
    text = "公司采购绿电。Suppliers of green steel and Green-Steel."
    assert marked(text, ["绿电", "green steel", "supplier", "aluminium"]) == (
        "公司采购«绿电»。«Suppliers» of «green steel» and «Green-Steel»."
    )


def test_terms_in_one_script_are_marked_in_the_other() -> None:
    assert marked("公司採購綠電。", ["绿电"]) == "公司採購«綠電»。"
    assert marked("公司采购绿⾊电⼒。", ["綠色電力"]) == "公司采购«绿⾊电⼒»。"


def test_a_term_of_several_words_needs_them_one_behind_the_other() -> None:
    assert spans("green and steel", ["green steel"]) == {}
    assert spans("再生铅和生铝", ["再生铝"]) == {}


@given(st.text(alphabet="ab s12 绿電⾊铝１,\n", max_size=40))
def test_placed_words_are_the_words_where_they_stand(text: str) -> None:
    placed = list(placed_words(text))
    assert [word for _, _, word in placed] == words(text) == word_text(text).split()
    for start, end, word in placed:
        assert words(text[start:end]) == [word]


@given(st.text(alphabet="ab 绿电铝", max_size=40), st.lists(st.text(alphabet="ab绿电", max_size=4)))
def test_marks_change_nothing_else(text: str, terms: list[str]) -> None:
    assert marked(text, terms).translate({ord("«"): None, ord("»"): None}) == text
