from __future__ import annotations

import csv
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from cati.model.interval import Interval
from cati.report.edition import Edition
from cati.report.figures.new_energy import (
    Point,
    leads_astray,
    new_energy,
    points,
    rank_correlation,
)
from cati.report.figures.sheet import Sheet
from tests.report.drawn import drawing, rows


def test_shares_are_those_of_the_evidence(edition: Edition) -> None:
    found = {point.company: point.share for point in points(Sheet(edition, "en"))}

    assert found["bmw"] == 25
    assert found["byd"] == 100
    assert "dongfeng" not in found  # its share is not on record
    assert not set(found) & set(edition.joint_ventures)


def test_the_title_says_what_makers_of_new_energy_vehicles_alone_reach(edition: Edition) -> None:
    drawn = drawing(edition, new_energy)

    whole = [row for row in rows(drawn) if row["new_energy_share"] == "100"]
    others = [row for row in rows(drawn) if row["new_energy_share"] != "100"]
    least = min(float(row["total_low"]) for row in whole)
    most = max(float(row["total_high"]) for row in whole)
    reach = max(float(row["total_high"]) for row in others)
    assert f"alone score {least:.1f} to {most:.1f}; the others reach {reach:.1f}" in drawn.title
    assert f"Base: {len(rows(drawn))} of 51 companies" in drawn.description


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=3, max_size=12).filter(
        lambda pairs: all(len({pair[at] for pair in pairs}) > 1 for at in (0, 1))
    )
)
def test_the_rank_correlation_is_spearmans(pairs: list[tuple[int, int]]) -> None:
    found = [
        Point("c", Fraction(share), Interval(Fraction(total), Fraction(total)))
        for share, total in pairs
    ]

    expected = spearmanr([pair[0] for pair in pairs], [pair[1] for pair in pairs]).statistic
    assert rank_correlation(found) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("end", "astray"),
    [((0, 5), True), ((3, 4), True), ((0, -5), False), ((-4, -1), False), ((5, 0), True)],
)
def test_a_line_leads_from_one_dot_alone(end: tuple[float, float], astray: bool) -> None:
    # The second overlaps the first from above, the third lies to the right.
    dots = np.array([[0, 0], [0, 0.8], [4, 0.5]])

    assert leads_astray(dots, dots[0], end) == astray


def test_without_shares_there_is_no_figure(edition: Edition) -> None:
    few = [point.company for point in points(Sheet(edition, "en"))][:4]
    card = edition.card.without([c for c in edition.card.companies if c not in few])

    assert new_energy(Sheet(replace(edition, card=card), "en")) is None


def test_the_data_are_readable(edition: Edition) -> None:
    text = drawing(edition, new_energy).data.csv().decode()

    assert next(csv.reader([text.splitlines()[0]])) == [
        *("company", "new_energy_share", "total_low", "total_high"),
    ]
