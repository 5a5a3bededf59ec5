from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from cati.report.edition import Edition
from cati.report.figures.origin import origin, sides
from cati.report.figures.sheet import Sheet
from tests.report.drawn import drawing, rows


def test_joint_ventures_are_on_no_side(edition: Edition) -> None:
    both = sides(Sheet(edition, "en"))

    assert not set(edition.joint_ventures) & {*both.chinese, *both.overseas}
    assert len(both.chinese) + len(both.overseas) == 37
    assert "byd" in both.chinese
    assert "bmw" in both.overseas


def test_the_averages_are_those_of_the_two_sides(edition: Edition) -> None:
    both = sides(Sheet(edition, "en"))
    drawn = drawing(edition, origin)

    means = [
        sum((edition.card.total(c).low for c in side), Fraction(0)) / len(side)
        for side in (both.chinese, both.overseas)
    ]
    assert f"average {float(means[0]):.1f} points, overseas ones {float(means[1]):.1f}" in (
        drawn.title
    )
    assert "18 Chinese and 19 overseas companies; no joint ventures" in drawn.description
    assert len(rows(drawn)) == len(edition.methodology.printed_columns)


def test_with_too_few_companies_nothing_is_compared(edition: Edition) -> None:
    home = sides(Sheet(edition, "en")).chinese
    card = edition.card.without([c for c in edition.card.companies if c not in home])

    assert origin(Sheet(replace(edition, card=card), "en")) is None
