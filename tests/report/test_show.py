"""Numbers as people read them, rounded only here."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cati.model.interval import Interval
from cati.report import show
from cati.scoring.scorecard import Rank


def interval(low: str, high: str | None = None) -> Interval:
    return Interval(Fraction(low), Fraction(high or low))


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (show.points(interval("8.5")), "8.5"),
        (show.points(interval("0", "1.5")), "0–1.5"),
        (show.total(interval("46"), 1), "46.0"),
        (show.total(interval("63.5", "65.5"), 1), "63.5–65.5"),
        (show.rate(interval("2/16"), 0), "13"),
        (show.rate(interval("1/12", "8/12"), 0), "8–67"),
        (show.rank(Rank(4, 4)), "4"),
        (show.rank(Rank(3, 5)), "3–5"),
        (show.factor(Fraction(3, 5)), "0.6"),
        (show.factor(Fraction(1)), "1.0"),
    ],
)
def test_exact_numbers_and_intervals(shown: str, expected: str) -> None:
    assert shown == expected


def test_ends_that_print_alike_are_printed_once() -> None:
    assert show.total(interval("46.01", "46.04"), 1) == "46.0"
