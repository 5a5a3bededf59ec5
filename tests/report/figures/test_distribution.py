from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from cati.model.interval import Interval
from cati.report.edition import Edition
from cati.report.figures.distribution import bands, distribution
from cati.report.figures.sheet import Sheet
from tests.report.drawn import drawing, rows


def test_intervals_across_a_limit_are_a_class_of_their_own() -> None:
    def exactly(number: int) -> Interval:
        return Interval(Fraction(number), Fraction(number))

    totals = {
        "low": exactly(29),
        "at-the-limit": exactly(30),
        "inside": Interval(Fraction(31), Fraction(49)),
        "across": Interval(Fraction(29), Fraction(30)),
        "top": exactly(100),
    }

    found = bands([Fraction(30), Fraction(50)], totals)

    assert [(band.low, band.high, band.companies) for band in found] == [
        (None, 30, ("low",)),
        (30, 50, ("at-the-limit", "inside")),
        (50, None, ("top",)),
        (None, None, ("across",)),
    ]


def test_the_data_have_every_company_once(edition: Edition) -> None:
    found = rows(drawing(edition, distribution))

    assert [row["company"] for row in found] == list(edition.card.order)
    assert sum(row["joint_venture"] == "true" for row in found) == 14
    for row in found:
        total = edition.card.total(row["company"])
        assert (Fraction(row["total_low"]), Fraction(row["total_high"])) == (total.low, total.high)


@given(st.lists(st.integers(0, 100), min_size=1), st.sets(st.integers(1, 99), min_size=1))
def test_classes_count_what_lies_from_each_limit_to_the_next(
    numbers: list[int], at: set[int]
) -> None:
    limits = [Fraction(limit) for limit in sorted(at)]
    totals = {str(n): Interval(Fraction(x), Fraction(x)) for n, x in enumerate(numbers)}

    for band in bands(limits, totals):
        low, high = (
            (-1 if band.low is None else band.low),
            (101 if band.high is None else band.high),
        )
        assert len(band.companies) == sum(low <= number < high for number in numbers)


def test_half_of_the_companies_are_on_either_side_of_the_median(edition: Edition) -> None:
    drawn = drawing(edition, distribution)

    totals = [float(row["total_low"]) for row in rows(drawn)]
    assert f"median {median(totals):.1f}." in drawn.description


def test_without_classes_there_is_no_distribution(edition: Edition) -> None:
    evaluation = edition.evaluation.model_copy(update={"bands": ()})

    assert distribution(Sheet(replace(edition, evaluation=evaluation), "en")) is None
