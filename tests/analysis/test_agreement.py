"""Agreement beyond chance, against published worked examples and brute force."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.analysis.agreement import (
    Rating,
    agreement,
    bootstrap,
    krippendorff_alpha,
    weighted_kappa,
)

OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
"""Krippendorff (2011), example C: four observers, twelve units, missing data."""

DERMATOLOGISTS = ((10, 4, 1, 0), (5, 10, 12, 2), (2, 4, 12, 5), (0, 2, 6, 13))
"""SAS/STAT User's Guide, procedure FREQ, agreement of two dermatologists about 88 patients."""

WEIGHTED = ((46, 0, 0), (4, 40, 0), (0, 0, 10))
"""The weighting example of scikit-learn's test of cohen_kappa_score."""


def from_table(table: tuple[tuple[int, ...], ...]) -> tuple[list[int], list[int]]:
    cells = [(r, c) for r, row in enumerate(table) for c, n in enumerate(row) for _ in range(n)]
    return [r for r, _ in cells], [c for _, c in cells]


@pytest.mark.parametrize(
    ("metric", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_alpha_of_four_observers_with_missing_data(metric, alpha) -> None:  # type: ignore[no-untyped-def]
    units = list(zip(*OBSERVERS, strict=True))
    assert krippendorff_alpha(units, metric) == pytest.approx(alpha, abs=5e-4)


def test_alpha_of_two_observers_and_two_kinds() -> None:
    """Example A of the same paper."""
    meg, owen = (0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0)
    units = list(zip(meg, owen, strict=True))
    assert krippendorff_alpha(units, "nominal") == pytest.approx(0.095, abs=5e-4)


def test_alpha_of_two_observers_and_five_kinds() -> None:
    """Example B of the same paper."""
    ben, gerry = map(list, ("aabbdcccedda", "babbbccceddd"))
    units = [(ord(b) - ord("a"), ord(g) - ord("a")) for b, g in zip(ben, gerry, strict=True)]
    assert krippendorff_alpha(units, "nominal") == pytest.approx(0.692, abs=5e-4)


@pytest.mark.parametrize(
    ("table", "weights", "kappa"),
    [
        (((20, 5), (10, 15)), "none", 0.4),
        (DERMATOLOGISTS, "none", 0.3449),
        (DERMATOLOGISTS, "linear", 0.5082),
        (WEIGHTED, "none", 0.9315),
        (WEIGHTED, "linear", 0.9412),
        (WEIGHTED, "quadratic", 0.9541),
    ],
)
def test_kappa_of_published_tables(table, weights, kappa) -> None:  # type: ignore[no-untyped-def]
    assert weighted_kappa(*from_table(table), weights) == pytest.approx(kappa, abs=5e-5)


RANKS = st.integers(min_value=0, max_value=3)
PAIRS = st.lists(st.tuples(RANKS, RANKS), min_size=1, max_size=12)


@given(PAIRS)
def test_linear_kappa_is_one_minus_mean_distance_over_that_of_all_pairings(
    pairs: list[tuple[int, int]],
) -> None:
    first, second = [p[0] for p in pairs], [p[1] for p in pairs]
    chance = sum(abs(a - b) for a, b in product(first, second)) / len(pairs)
    found = weighted_kappa(first, second, "linear")
    if chance == 0:
        assert found is None
    else:
        assert found == pytest.approx(1 - sum(abs(a - b) for a, b in pairs) / chance)


@given(st.lists(st.lists(st.none() | RANKS, min_size=3, max_size=3), max_size=8))
def test_interval_alpha_is_one_minus_mean_square_within_over_that_of_all(
    units: list[list[Rating]],
) -> None:
    given_ratings = [[r for r in unit if r is not None] for unit in units]
    paired = [ratings for ratings in given_ratings if len(ratings) > 1]
    everything = [rating for ratings in paired for rating in ratings]
    n = len(everything)
    expected = sum((a - b) ** 2 for a, b in permutations(everything, 2))
    within = sum(
        sum((a - b) ** 2 for a, b in permutations(ratings, 2)) / (len(ratings) - 1)
        for ratings in paired
    )
    found = krippendorff_alpha(units, "interval")
    if expected == 0:
        assert found is None
    else:
        assert found == pytest.approx(1 - (within / n) / (expected / (n * (n - 1))))


def test_full_agreement_is_1_and_without_variation_it_is_undefined() -> None:
    varied = agreement([0, 2, 1, 2], [0, 2, 1, 2])
    assert (varied.equal, varied.kappa.value, varied.ordinal.value) == (1, 1, 1)
    same = agreement([2, 2, 2], [2, 2, 2])
    assert same.equal == 1
    assert (same.kappa.value, same.ordinal.value, same.kappa.low) == (None, None, None)


def test_only_what_both_rated_counts() -> None:
    found = agreement([0, None, 2, 1], [0, 1, None, 2])
    assert found.units == 2
    nothing = agreement([None, 1], [1, None])
    assert (nothing.units, nothing.equal, nothing.ordinal.value) == (0, None, None)


@pytest.mark.slow
def test_the_bootstrap_is_seeded_and_surrounds_the_value() -> None:
    first, second = from_table(DERMATOLOGISTS)
    once, again = agreement(first, second), agreement(first, second)
    assert once == again
    low, value, high = once.linear.low, once.linear.value, once.linear.high
    assert low is not None
    assert value is not None
    assert high is not None
    assert low < value < high
    # The guide's asymptotic 95 % limits are 0.3791 and 0.6373; a bootstrap comes near them.
    assert (low, high) == (pytest.approx(0.379, abs=0.03), pytest.approx(0.637, abs=0.03))


def test_one_unit_has_no_interval() -> None:
    assert bootstrap(lambda units, often: float(sum(often)), [1]).low is None


def test_there_is_no_interval_where_most_draws_leave_it_undefined() -> None:
    """Of three units, all three are drawn in 6 of 27 cases, and more than one in 24."""

    def if_many(least: int, units: Sequence[int]) -> float | None:
        return 1.0 if len(units) >= least else None

    rare = bootstrap(lambda units, often: if_many(3, units), [0, 1, 2])
    assert (rare.value, rare.low, rare.high) == (1, None, None)
    usual = bootstrap(lambda units, often: if_many(2, units), [0, 1, 2])
    assert (usual.value, usual.low, usual.high) == (1, 1, 1)


def test_every_draw_is_counted_as_often_as_it_was_drawn() -> None:
    """Of two units, one rated 0 and one 1, the mean is 0, 1/2 or 1 with odds 1 : 2 : 1."""

    def mean(units: Sequence[int], often: Sequence[int]) -> float:
        return sum(u * n for u, n in zip(units, often, strict=True)) / sum(often)

    found = bootstrap(mean, [0, 1], level=0.4)
    assert (found.value, found.low, found.high) == (0.5, 0.5, 0.5)
    wide = bootstrap(mean, [0, 1], level=0.6)
    assert (wide.low, wide.high) == (0, 1)
