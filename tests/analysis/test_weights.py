"""Drawn weights: exact, in bounds, with the distribution they claim."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.analysis.weights import (
    SHARE_STEPS,
    BlockWeights,
    EqualWeights,
    OwnWeights,
    ShareWeights,
    Weights,
    nominal_weights,
    share_weights,
    weighed,
)
from cati.analysis.what_if import at_shares
from cati.problems import CatiError, UsageError
from cati.scoring.scorecard import Scorecard
from cati.workspace import Workspace
from tests.analysis.cards import card_of, cards, exact, total_of
from tests.conftest import Spoilable
from tests.scoring.synthetic import column, methodology

ALL: list[Weights] = [
    OwnWeights(),
    EqualWeights(),
    ShareWeights(),
    BlockWeights(),
    BlockWeights(4, "equal"),
]


def drawn(card: Scorecard, weights: Weights, draws: int = 200, seed: int = 1) -> np.ndarray:
    return weights.steps(card, np.random.default_rng(seed), draws)


@pytest.mark.slow
@given(cards(), st.integers(0, 5))
def test_totals_under_drawn_shares_are_those_of_the_shares(card: Scorecard, seed: int) -> None:
    weights = drawn(card, ShareWeights(), draws=3, seed=seed)
    totals = weighed(card, card.low, weights)
    own_block = [block.track for block in card.blocks].index("own")
    per_share = share_weights(card)[0]["own"]
    for draw in range(3):
        share = Fraction(int(weights[own_block, draw]), per_share) / SHARE_STEPS * 100
        assert 0 <= share <= 100
        other = at_shares(card, {"own": share, "chain": 100 - share})
        expected = [total_of(other, row) for row in card.low.tolist()]
        scale = {Fraction(int(t)) / e for t, e in zip(totals[:, draw], expected, strict=True) if e}
        assert len(scale) <= 1
        assert all((t == 0) == (e == 0) for t, e in zip(totals[:, draw], expected, strict=True))


def test_shares_are_drawn_evenly_over_all_of_their_range(real: Workspace) -> None:
    card = real.score("automakers-2024")
    at = [block.track for block in card.blocks].index("scope12")
    shares = drawn(card, ShareWeights(), 20_000)[at] / (
        share_weights(card)[0]["scope12"] * SHARE_STEPS
    )
    assert np.histogram(shares, bins=4, range=(0, 1))[0] == pytest.approx(5_000, rel=0.05)


def test_shares_stay_between_their_bounds(real: Workspace) -> None:
    card = real.score("automakers-2024")
    at = [block.track for block in card.blocks].index("scope12")
    weights = drawn(card, ShareWeights((Decimal(20), Decimal("40.5"))), 5_000)[at]
    shares = weights / (share_weights(card)[0]["scope12"] * SHARE_STEPS) * 100
    assert shares.min() == pytest.approx(20, abs=0.05)
    assert shares.max() == pytest.approx(40.5, abs=0.05)
    assert (shares >= 20).all()
    assert (shares <= 40.5).all()


@pytest.mark.parametrize("ends", [("40", "20"), ("-1", "20"), ("0", "101")])
def test_bounds_out_of_order_or_range_are_refused(ends: tuple[str, str]) -> None:
    card = card_of(exact(0, 0, 0, 0))
    with pytest.raises(UsageError, match="two numbers from 0 to 100, rising"):
        drawn(card, ShareWeights((Decimal(ends[0]), Decimal(ends[1]))))


def test_three_weighted_tracks_share_every_draw_completely() -> None:
    base = card_of(exact(0, 0, 0, 0))
    tracks = tuple(
        t.model_copy(update={"weighted": True, "share": None}) for t in base.methodology.tracks
    )
    made_up = base.methodology.model_copy(update={"tracks": tracks})
    card = card_of(exact(0, 0, 0, 0), made_up=made_up)
    weights = drawn(card, ShareWeights(), 500)
    full = weighed(card, np.array([[block.steps for block in card.blocks]]), weights)
    assert len(set(full[0].tolist())) == 1
    with pytest.raises(UsageError, match="expected two weighted tracks"):
        drawn(card, ShareWeights((Decimal(0), Decimal(50))))


def test_without_two_weighted_tracks_there_are_no_shares_to_draw() -> None:
    made_up = methodology(
        [("1.1", 2, "once"), ("1.2", 2, "own")], [column("a", ["1.1"]), column("b", ["1.2"])]
    )
    with pytest.raises(UsageError, match="no two weighted tracks"):
        drawn(card_of(exact(0, 0), made_up=made_up), ShareWeights())


@pytest.mark.slow
@given(cards())
def test_equal_weights_add_up_rates(card: Scorecard) -> None:
    totals = weighed(card, card.low, drawn(card, EqualWeights(), draws=1))[:, 0]
    rates = [
        sum(Fraction(s, b.steps) for s, b in zip(row, card.blocks, strict=True))
        for row in card.low.tolist()
    ]
    assert [Fraction(int(t)) * rates[0] for t in totals] == [
        Fraction(int(totals[0])) * r for r in rates
    ]


def test_block_weights_have_the_mean_and_spread_they_claim(real: Workspace) -> None:
    card = real.score("automakers-2024")
    most = np.array([block.steps for block in card.blocks])
    weights = drawn(card, BlockWeights(concentration=50), 20_000).T * most
    parts = weights / weights.sum(axis=1, keepdims=True)
    for at, nominal in enumerate(map(float, nominal_weights(card))):
        assert parts[:, at].mean() == pytest.approx(nominal, abs=0.002)
        assert parts[:, at].std() == pytest.approx(sqrt(nominal * (1 - nominal) / 51), rel=0.05)
    assert sum(nominal_weights(card)) == 1


def test_a_concentration_of_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="concentration: expected a number above 0; found 0"):
        drawn(card_of(exact(0, 0, 0, 0)), BlockWeights(concentration=0))


@pytest.mark.parametrize("weights", ALL)
def test_the_same_seed_gives_the_same_weights(weights: Weights) -> None:
    card = card_of(exact(0, 0, 0, 0))
    assert (drawn(card, weights) == drawn(card, weights)).all()


@pytest.mark.parametrize("weights", ALL)
def test_totals_are_exact_and_equal_points_tie_in_every_draw(
    real: Workspace, weights: Weights
) -> None:
    card = real.score("automakers-2024")
    of_steps = drawn(card, weights)
    points = np.concatenate([card.low, card.low])
    totals = weighed(card, points, of_steps)
    assert (totals == points.astype(object) @ of_steps.astype(object)).all()
    assert (totals[: len(card.low)] == totals[len(card.low) :]).all()


def test_weights_too_large_to_be_exact_are_refused() -> None:
    card = card_of(exact(0, 0, 0, 0))
    with pytest.raises(CatiError, match="too many digits"):
        weighed(card, card.low, np.full((4, 1), 2**59, dtype=np.int64))


def test_shares_of_a_real_card_need_its_files(tiny: Spoilable) -> None:
    card = tiny.open().score("first")
    assert drawn(card, ShareWeights(), draws=7).shape == (len(card.blocks), 7)
