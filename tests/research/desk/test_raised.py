"""What is raised or lowered is written so that it is told from what stands beside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.research.desk.raised import LONGEST, RAISED, lowered, plain, raised


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2", "²"),
        (" [4] ", "⁽⁴⁾"),
        ("−3", "⁻³"),
        ("th", "ᵗʰ"),
        ("1, 2", "⁽¹, ²⁾"),
        ("注1", "⁽注¹⁾"),
        ("TM", "⁽TM⁾"),
        ("*", "*"),
        ("1/2", " 1⁄2 "),
        ("a longer text of its own", "a longer text of its own"),
    ],
)
def test_raised_text_has_characters_of_its_own(text: str, written: str) -> None:
    assert raised(text) == written


def test_lowered_digits_have_characters_of_their_own_and_letters_stay() -> None:
    assert lowered("2eq") == "₂eq"
    assert lowered("2.5") == "₂.₅"


@given(st.text(alphabet="0123456789abq注TM, ", min_size=1, max_size=LONGEST))
def test_no_raised_digit_can_be_taken_for_one_of_a_number(text: str) -> None:
    written = raised(text)
    said = RAISED.sub("", written)
    assert not any(char in "0123456789" for char in said)


def test_what_a_raised_piece_says_is_told_without_its_brackets() -> None:
    assert plain("⁽¹,²⁾") == "1,2"
    assert plain("⁻³") == "-3"
