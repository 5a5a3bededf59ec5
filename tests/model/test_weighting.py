"""Shares and the factors that follow from them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.model.methodology import Methodology
from cati.model.weighting import track_factors, track_points, track_shares
from cati.workspace import Workspace
from tests.scoring.synthetic import methodologies

TENTHS = st.integers(0, 1000).map(lambda tenths: Decimal(tenths) / 10)


def test_30_to_70_of_84_points_gives_the_factors_of_2024(real: Workspace) -> None:
    methodology = real.methodology("automotive-2024")
    assert track_points(methodology) == {
        "governance": 10,
        "scope12": 42,
        "scope3": 42,
        "product": 6,
    }
    assert track_factors(methodology) == {
        "governance": 1,
        "scope12": Fraction(3, 5),
        "scope3": Fraction(7, 5),
        "product": 1,
    }


def test_half_and_half_counts_every_track_of_2024_once(real: Workspace) -> None:
    shares = {"scope12": Decimal(50), "scope3": Decimal(50)}
    factors = track_factors(real.methodology("automotive-2024"), shares)
    assert set(factors.values()) == {1}


def test_the_corporate_index_is_neutral_unless_shares_are_given(real: Workspace) -> None:
    assert set(track_factors(real.methodology("corporate-2023")).values()) == {1}


@pytest.mark.parametrize("name", ["automotive-2024", "corporate-2023"])
@given(share=TENTHS)
def test_the_maximum_stays_whatever_the_shares(real: Workspace, name: str, share: Decimal) -> None:
    methodology = real.methodology(name)
    first, second = (track.id for track in methodology.weighted_tracks)
    factors = track_factors(methodology, {first: share, second: 100 - share})
    points = track_points(methodology)
    assert sum(factors[track] * points[track] for track in points) == 100
    assert factors[first] * points[first] == Fraction(share) / 100 * (
        points[first] + points[second]
    )


@given(methodologies())
def test_the_maximum_stays_for_any_methodology(made_up: Methodology) -> None:
    points, factors = track_points(made_up), track_factors(made_up)
    assert sum(factors[track] * points[track] for track in points) == Fraction(made_up.maximum)
    assert all(factors[track.id] == 1 for track in made_up.tracks if not track.weighted)


@given(methodologies())
def test_without_shares_every_point_counts_once(made_up: Methodology) -> None:
    shares = track_shares(made_up)
    if any(track.share is not None for track in made_up.weighted_tracks):
        assert shares == {
            t.id: Fraction(t.share) for t in made_up.weighted_tracks if t.share is not None
        }
    else:
        assert set(track_factors(made_up).values()) == {1}
    assert sum(shares.values()) in {0, 100}
