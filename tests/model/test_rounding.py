"""Rounding as the tables print it, halves up."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.model.rounding import half_up, plain

EXACT = Context(prec=60)


@given(st.decimals(0, 1000, allow_nan=False, places=8), st.integers(0, 6))
def test_halves_go_up_as_in_decimal_arithmetic(value: Decimal, decimals: int) -> None:
    expected = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, EXACT)
    rounded = half_up(Fraction(value), decimals)
    assert str(rounded) == str(expected)


@given(st.fractions(0, 1000), st.integers(0, 6))
def test_a_rounded_number_is_the_nearest_and_the_upper_one_of_two(
    value: Fraction, decimals: int
) -> None:
    half = Fraction(1, 2 * 10**decimals)
    rounded = Fraction(half_up(value, decimals))
    assert -half < rounded - value <= half
    assert (rounded * 10**decimals).denominator == 1


@given(st.integers(0, 40), st.integers(1, 40), st.integers(0, 3))
def test_every_half_goes_up(whole: int, halves: int, decimals: int) -> None:
    value = Fraction(2 * whole * halves + 1, 2) / 10**decimals
    assert Fraction(half_up(value, decimals)) == value + Fraction(1, 2) / 10**decimals


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        (Fraction(200, 16), 0, "13"),
        (Fraction(46), 1, "46.0"),
        (Fraction(0), 1, "0.0"),
        (Fraction(100), 0, "100"),
        (Fraction(5, 1000), 2, "0.01"),
        (Fraction(999, 10), 0, "100"),
    ],
)
def test_all_decimals_are_kept(value: Fraction, decimals: int, printed: str) -> None:
    assert str(half_up(value, decimals)) == printed


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(17, 2), "8.5"),
        (Fraction(8), "8"),
        (Fraction(100), "100"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-1, 2), "-0.5"),
        (Fraction(0), "0"),
        (Decimal("10.00"), "10"),
        (Decimal("0.000001"), "0.000001"),
        (Decimal("1E+3"), "1000"),
    ],
)
def test_exact_numbers_are_written_without_trailing_zeros(
    value: Fraction | Decimal, text: str
) -> None:
    assert plain(value) == text


LONG = st.builds(lambda digits, e: Decimal(f"{digits}e-{e}"), st.integers(), st.integers(0, 50))


@given(st.fractions() | LONG)
def test_what_is_written_plainly_is_the_number_itself(value: Fraction | Decimal) -> None:
    text = plain(value)
    assert Fraction(text) == Fraction(value)
    assert "." not in text or not text.endswith("0")
