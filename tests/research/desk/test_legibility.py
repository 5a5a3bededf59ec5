"""Text is told from what a wrong character map makes of it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.research.desk.legibility import illegible_share

TEXTS = {
    "en": "In 2023 our emissions were 1,250 kt. We asked all suppliers of steel to set targets, "
    "recycled the water of our paint shops and used energy from renewable sources.",
    "de": "Wir haben die Emissionen unserer Werke gesenkt und beziehen Strom aus neuen Quellen.",
    "fr": "Nous avons réduit les émissions de nos usines et achetons de l'électricité verte.",
    "pl": "Zmniejszyliśmy emisje naszych zakładów i kupujemy energię ze źródeł odnawialnych.",
    "zh": "公司计划到2030年将排放量较2019年降低50%，并采购绿电，共计12万吨。单车碳排放下降三成。",
    "zh-Hant": "公司計劃到2030年將排放量較2019年降低50%，並採購綠電，裏廠房恆大新能源汽車供應鏈。",
    "ja": "当社は2030年までに排出量を削減し、再生可能電力を調達します。鋼材の低炭素化を推進。",
    "names": "Toyota Hyundai Geely Zhejiang Changan Dongfeng Tesla Volkswagen Stellantis Renault",
    "units": "GWh MWh kWh tCO2e NOx SOx LPG CNG HVAC kg/t GJ 12.5 13.7 SBTN TCFD PFAS SBTI",
}


@pytest.mark.parametrize("language", TEXTS)
def test_text_of_any_language_is_legible(language: str) -> None:
    assert illegible_share(TEXTS[language]) < 0.1


@pytest.mark.parametrize("shift", [*range(1, 22), 23, 24, 25])
def test_shifted_letters_are_no_text(shift: int) -> None:
    shifted = "".join(
        chr((ord(char) - 97 + shift) % 26 + 97) if char.isalpha() else char
        for char in TEXTS["en"].lower()
    )
    assert illegible_share(shifted) > 0.5


@given(st.integers(0, 2**32))
def test_chinese_characters_at_random_are_no_text(seed: int) -> None:
    drawn = random.Random(seed)  # noqa: S311  no secret
    text = "".join(chr(drawn.randint(0x4E00, 0x9FA5)) for _ in range(100))
    assert illegible_share(text) > 0.9


def test_characters_without_meaning_are_counted() -> None:
    assert illegible_share("ab\ue001\ufffd") == 0.5
    assert illegible_share(" \n") == 0.0
