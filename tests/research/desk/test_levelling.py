"""What typesetting decides is levelled out; no two numbers ever become one by it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.research.desk.levelling import MIXED, Note, levelled

MARKS = "①⑳➀❶❿⑴⒈㈠㊀⓪ⓐ†‡※¹²³⁴*#^[]()⁽⁾ᵃ½⅓⁄/㏠㋀\xad\u200b١٢１２₂⁻-,. \n0123kgmCO"


@pytest.mark.slow
@given(st.text(max_size=80) | st.text(alphabet=MARKS, max_size=30))
def test_levelling_twice_is_levelling_once(text: str) -> None:
    once = levelled(text).text
    assert levelled(once).text == once


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("125①万吨", "125万吨"),
        ("3② 亿", "3亿"),
        ("2⑶万吨", "2万吨"),
        ("7⒈万吨", "7万吨"),
        ("45㊀ plants", "45 plants"),
        ("310❷kt", "310 kt"),
        ("2023➀ emissions", "2023 emissions"),
        ("88[4]万吨", "88万吨"),
        ("88(4)万吨", "88万吨"),
        ("88［４］万吨", "88万吨"),
        ("1,250 [2, 3] kt", "1250 kt"),
        ("96†万吨 7‡%", "96万吨7%"),
        ("1200*张 5* %", "1200张5%"),
        ("3*5", "3*5"),
        ("3️⃣5", "5"),
        ("1,250² kt", "1250 kt"),
        ("1 250 ³ kt", "1 250 kt"),
        ("1.2¹⁾ Mt", "1.2 Mt"),
        ("92ᵃ %", "92%"),
        ("3亿⁽⁴⁾千瓦时", "3亿千瓦时"),
        ("3亿⁽注¹⁾千瓦时", "3亿千瓦时"),
        ("CO₂e² and CO²", "CO2e and CO2"),
        ("emissions¹and", "emissions and"),
        ("5①7", "5_7"),
        ("3₂", "3_2"),
        ("10⁶ m³", "10^6 m3"),
        ("10⁻³ t", "10^-3 t"),
        ("10⁺³ t", "10^3 t"),
        ("10^6 m^3", "10^6 m3"),
        ("5 m²¹", "5 m2"),
        ("7 km² 12㎥ 35㎿", "7 km2 12 m3 35 MW"),
        ("kg m⁻³", "kg m^-3"),
        ("the 1ˢᵗ and 15ᵗʰ", "the 1 st and 15 th"),
        ("the 1st", "the 1 st"),
        ("25ᵒC", "25°C"),
        ("Ca²⁺", "Ca2+"),
        ("XCarb™ and Steel⁽ᵀᴹ⁾", "XCarb and Steel"),
        ("8½ %", f"8{MIXED}1/2%"),
        ("8 1/2 %", f"8{MIXED}1/2%"),
        ("8¹⁄₂ %", f"8{MIXED}1/2%"),
        ("8¹/2 %", f"8{MIXED}1/2%"),
        ("81/2 %", "81/2%"),
        ("½ of ⅞ and 5⁄8", "1/2 of 7/8 and 5/8"),
        ("½5", "1/2_5"),
        ("2023 1/2 of", "2023 1/2 of"),
        ("12㏠", "12 1日"),
        ("5\xad7 %", "5-7%"),
        ("2021\xad\n2023", "2021-2023"),
        ("third\xadparty", "thirdparty"),
        ("2022-\n2023", "2022-2023"),
        ("1,\n250 t", "1250 t"),
        ("in 1,\n25 t", "in 1, 25 t"),
        ("１，２５０吨", "1250吨"),
        ("١٬٢٥٠ t", "1250 t"),
        ("-12 −12 –12", "-12 -12 -12"),
    ],
)
def test_a_number_stays_the_number_it_is(text: str, level: str) -> None:
    assert levelled(text).text == level


def test_notes_are_kept_with_their_places() -> None:
    notes = levelled("范围一排放125①万吨，5* %，Scope 1²").notes
    assert [note.mark for note in notes] == ["1", "*", "2"]
    (one,) = levelled("范围一排放125[1]万吨").notes
    assert one.is_at(Note("1", "125"))
    assert not one.is_at(Note("2", "125"))
    assert not one.is_at(Note("1", "126"))
