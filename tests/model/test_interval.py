"""A number between two ends adds and scales as every number in it does."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cati.model.interval import Interval

ENDS = st.fractions(min_value=-50, max_value=50, max_denominator=20)


@st.composite
def intervals(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    """An interval, and a number in it."""
    low, inside, high = sorted(draw(st.tuples(ENDS, ENDS, ENDS)))
    return Interval(low, high), inside


def holds(interval: Interval, value: Fraction) -> bool:
    return interval.low <= value <= interval.high


@given(st.lists(intervals(), max_size=5))
def test_a_total_holds_the_total_of_what_is_inside(parts: list[tuple[Interval, Fraction]]) -> None:
    total = Interval.total(interval for interval, _ in parts)
    assert holds(total, sum((inside for _, inside in parts), Fraction(0)))
    assert total.high - total.low == sum(i.high - i.low for i, _ in parts)


@given(intervals(), st.fractions(min_value=0, max_value=9, max_denominator=9))
def test_a_multiple_holds_the_multiple_of_what_is_inside(
    part: tuple[Interval, Fraction], factor: Fraction
) -> None:
    interval, inside = part
    assert holds(interval.scaled(factor), inside * factor)


def test_an_exact_number_is_one_and_none_add_to_zero() -> None:
    assert Interval.exact(Fraction(1, 3)).is_exact
    assert not Interval(Fraction(0), Fraction(1)).is_exact
    assert Interval.total(()) == Interval.exact(Fraction(0))
