"""A character is the same one in every form; no other one is ever taken for it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.store.characters import (
    forms_version,
    plain,
    same_characters,
    simplified,
    unified,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("綠電三億千瓦時", "绿电三亿千瓦时"),
        ("溫室氣體範圍一（佔比）", "温室气体范围一(占比)"),
        ("廠房裏、廠房裡", "厂房里、厂房里"),
        ("⾊⼒⽡⽤", "色力瓦用"),
        ("⻋⻓⻛⻑", "车长风长"),
        ("ＣＯ２１２％", "CO212%"),
        ("\uf9ff\ufa15", "刺凞"),
        ("Scope 1 – 1.2 Mt", "Scope 1 – 1.2 Mt"),
    ],
)
def test_plain_characters(text: str, found: str) -> None:
    assert plain(text) == found


@given(st.text(max_size=60))
def test_every_form_keeps_places_and_is_the_last_one(text: str) -> None:
    for form in (plain, unified, simplified):
        assert len(form(text)) == len(text)
        assert form(form(text)) == form(text)


@given(st.characters())
def test_a_numeral_stays_the_same_number(char: str) -> None:
    value = unicodedata.numeric(char, None)
    if value is not None:
        assert unicodedata.numeric(plain(char), None) == value


def test_no_other_character_becomes_a_numeral() -> None:
    assert plain("鞦韆") == "秋韆"
    for char in map(chr, range(0x3400, 0xA000)):
        assert unicodedata.numeric(plain(char), None) == unicodedata.numeric(char, None), char


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("發展", "发展", True),
        ("發展", "髮展", False),
        ("乾燥", "干燥", True),
        ("乾燥", "幹燥", False),
        ("廠房裏", "廠房裡", True),
        ("生產線", "生產綫", True),
        ("麵粉", "面粉", True),
        ("三億", "三亿", True),
        ("三億", "五亿", False),
        ("绿电", "绿", False),
    ],
)
def test_the_same_character_in_another_script(one: str, other: str, same: bool) -> None:
    assert same_characters(one, other) == same
    assert same_characters(other, one) == same


def test_which_forms_there_are_has_a_version() -> None:
    assert len(forms_version()) > 5_000
    assert forms_version() == forms_version()
