from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from cati.report.edition import Edition
from cati.report.figures.distribution import bands, distribution
from cati.report.figures.sheet import Sheet
from cati.scoring.scorecard import Interval
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


def test_the_data_count_every_company_once(edition: Edition) -> None:
    found = rows(drawing(edition, distribution))

    assert sum(int(row["companies"]) for row in found) == 51
    assert sum(int(row["joint_ventures"]) for row in found) == 14
    assert [row["from"] for row in found] == ["", "30", "50", "70"]


def test_without_classes_there_is_no_distribution(edition: Edition) -> None:
    evaluation = edition.evaluation.model_copy(update={"bands": ()})

    assert distribution(Sheet(replace(edition, evaluation=evaluation), "en")) is None
