"""Certainty of ranks: exact ranges against every world, draws against counting them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cati.analysis.paths import rank_paths
from cati.analysis.uncertainty import Simulation, rank_ranges, simulate, top_members, undecided
from cati.analysis.weights import BlockWeights, EqualWeights, OwnWeights, ShareWeights
from cati.model.interval import Interval
from cati.problems import UsageError
from cati.scoring.scorecard import Rank, Scorecard
from cati.workspace import Workspace
from tests.analysis.cards import card_of, cards, exact, rankings, total_of, ways

HALF = Decimal("0.5")


@settings(max_examples=60)
@given(cards())
def test_rank_ranges_are_reached_and_never_left(card: Scorecard) -> None:
    worlds = list(rankings(card))
    for company, rank in rank_ranges(card).items():
        assert rank == Rank(min(w[company] for w in worlds), max(w[company] for w in worlds))


@settings(max_examples=60)
@given(cards())
def test_a_pair_is_undecided_where_its_order_can_differ(card: Scorecard) -> None:
    totals = {c: {total_of(card, steps) for steps in ways(card, c)} for c in card.companies}
    expected = set()
    for one in card.companies:
        for two in card.companies:
            orders = {(a > b) - (a < b) for a in totals[one] for b in totals[two]}
            if one < two and len(orders) > 1:
                expected.add((one, two))
    assert {tuple(sorted(pair)) for pair in undecided(card)} == expected


@settings(max_examples=30)
@given(cards(), st.integers(1, 4))
def test_the_first_so_many_are_certain_in_every_world(card: Scorecard, count: int) -> None:
    worlds = list(rankings(card))
    found = top_members(card, count)
    for company in card.companies:
        inside = [world[company] <= count for world in worlds]
        assert (company in found.certain) == all(inside)
        assert (company in found.possible) == any(inside)


def test_only_geely_autos_points_are_open_and_not_its_rank(real: Workspace) -> None:
    card = real.score("automakers-2024")
    assert undecided(card) == ()
    other = real.score("automakers-2024", shares={"scope12": Decimal(50), "scope3": Decimal(50)})
    assert undecided(other) == (("bmw", "geely-auto"), ("kia", "geely-auto"))
    assert top_members(other, 3).certain == ("mercedes-benz", "volvo-cars")


@settings(max_examples=30)
@given(cards(), st.sampled_from([OwnWeights(), ShareWeights(), BlockWeights(), EqualWeights()]))
def test_every_draw_is_ranked_and_counted(card: Scorecard, weights: OwnWeights) -> None:
    drawn = simulate(card, weights, draws=11)
    low, high = drawn.low.tolist(), drawn.high.tolist()
    best = [[1 + sum(other[d] > mine[d] for other in low) for d in range(11)] for mine in high]
    worst = [
        [1 + sum(h[d] > low[at][d] for i, h in enumerate(high) if i != at) for d in range(11)]
        for at in range(len(low))
    ]
    for at, company in enumerate(card.companies):
        for part in (Fraction(1, 20), Fraction(1, 2), Fraction(1)):
            place = ceil(part * 11) - 1
            expected = Rank(sorted(best[at])[place], sorted(worst[at])[place])
            assert drawn.quantile(company, part) == expected
        assert drawn.top(company, 2) == Interval(
            Fraction(sum(r <= 2 for r in worst[at]), 11),
            Fraction(sum(r <= 2 for r in best[at]), 11),
        )
        assert drawn.median(company) == drawn.quantile(company, Fraction(1, 2))
        middle = drawn.interval(company)
        assert middle.best == sorted(best[at])[0]
        assert middle.worst == sorted(worst[at])[-1]


def test_the_middle_of_the_draws_leaves_as_much_out_on_either_side() -> None:
    """Every company has each of 20 ranks once: of 90 % one is left out at an end, of half five."""
    totals = np.array([[(company - draw) % 20 for draw in range(20)] for company in range(20)])
    names = tuple(f"c{n}" for n in range(20))
    drawn = Simulation(names, "published", 20, 1, OwnWeights(), Decimal(0), totals, totals)
    for company in names:
        assert drawn.interval(company) == Rank(1, 19)
        assert drawn.interval(company, Fraction(1, 2)) == Rank(5, 15)


@settings(max_examples=40)
@given(cards())
def test_own_weights_without_noise_repeat_the_ranking(card: Scorecard) -> None:
    drawn = simulate(card, draws=3)
    for company in card.companies:
        assert drawn.median(company) == card.rank(company)
        assert drawn.interval(company) == card.rank(company)


@settings(max_examples=40)
@given(cards())
def test_the_order_of_two_companies_is_counted(card: Scorecard) -> None:
    drawn = simulate(card, ShareWeights(), draws=13)
    first, second = card.companies[0], card.companies[-1]
    if first == second:
        return
    a, b = 0, len(card.companies) - 1
    found = drawn.order(first, second)
    pairs = list(zip(drawn.low[a], drawn.high[a], drawn.low[b], drawn.high[b], strict=True))
    assert found.ahead.low == Fraction(sum(la > hb for la, _, _, hb in pairs), 13)
    assert found.ahead.high == Fraction(sum(ha > lb for _, ha, lb, _ in pairs), 13)
    assert found.behind.low == Fraction(sum(ha < lb for _, ha, lb, _ in pairs), 13)
    assert found.tied.high == Fraction(sum(la <= hb and lb <= ha for la, ha, lb, hb in pairs), 13)
    assert found.ahead.low + found.tied.low + found.behind.low <= 1
    assert found.ahead.high + found.tied.high + found.behind.high >= 1


def test_certain_noise_moves_every_block_by_a_step_where_there_is_room() -> None:
    card = card_of(exact(0, 3, 1, 1), exact(1, 1, 0, 2))
    weights = card.numerators
    drawn = simulate(card, noise=Decimal(1), draws=4_000)
    # a: once 0 or 1; own 3 or 2; chain_rest 1 or 0; part 0 or 2
    possible = {
        int(np.dot(steps, weights))
        for steps in [(o, w, r, p) for o in (0, 1) for w in (3, 2) for r in (1, 0) for p in (0, 2)]
    }
    assert set(drawn.low[0].tolist()) == possible
    others = {
        int(np.dot(steps, weights))
        for steps in [(o, w, r, p) for o in (0, 2) for w in (0, 2) for r in (0, 1) for p in (1, 3)]
    }
    assert set(drawn.low[1].tolist()) == others


def test_noise_comes_as_often_as_it_is_said_and_up_as_often_as_down() -> None:
    card = card_of(exact(1, 0, 0, 0))
    drawn = simulate(card, noise=Decimal("0.2"), draws=40_000)
    once = drawn.low[0] - drawn.low[0].min()
    step = int(card.numerators[0])
    alone = simulate(card_of(exact(1, 3, 1, 3)), noise=Decimal("0.2"), draws=40_000)
    assert len(set(once.tolist())) > 2
    full = int(alone.high[0].max())
    below = (alone.low[0] == full - 2 * step).mean()
    above = (alone.low[0] == full).mean()
    assert above == pytest.approx(0.1 * 0.9**3, abs=0.01)
    assert below > 0


def test_noise_keeps_open_points_open() -> None:
    card = card_of([((0, 2), (1, 1), (0, 0), (0, 3))])
    drawn = simulate(card, noise=Decimal(1), draws=500)
    assert (drawn.low <= drawn.high).all()
    assert drawn.high.max() > drawn.low.max()


def test_noise_is_one_for_all_alternatives_of_a_company() -> None:
    card = card_of([*exact(1, 1, 0, 0), *exact(1, 1, 0, 0)])
    drawn = simulate(card, noise=HALF, draws=500)
    assert (drawn.low == drawn.high).all()


def test_the_same_seed_gives_the_same_answer_and_another_one_another() -> None:
    card = card_of(exact(1, 2, 0, 2), exact(2, 1, 1, 1))
    one, two, three = (simulate(card, ShareWeights(), HALF, 300, seed) for seed in (1, 1, 2))
    assert (one.low == two.low).all()
    assert (one.low != three.low).any()


def test_drawn_shares_approach_the_exact_part_of_all_shares(real: Workspace) -> None:
    card = real.score("automakers-2024")
    drawn, paths = simulate(card, ShareWeights()), rank_paths(card)
    for company in card.companies:
        exact_part, counted = paths.top(company, 10), drawn.top(company, 10)
        assert abs(exact_part.low - counted.low) < Fraction(2, 100)
        assert abs(exact_part.high - counted.high) < Fraction(2, 100)


def test_drawn_shares_between_bounds_approach_the_exact_part(real: Workspace) -> None:
    card = real.score("automakers-2024")
    drawn = simulate(card, ShareWeights((Decimal(20), Decimal(45))))
    part = rank_paths(card).top("polestar", 6, Fraction(20), Fraction(45))
    assert abs(part.low - drawn.top("polestar", 6).low) < Fraction(2, 100)
    assert 0 < part.low < 1


def test_mercedes_benz_leads_whatever_the_weights_of_blocks(real: Workspace) -> None:
    drawn = simulate(real.score("automakers-2024"), BlockWeights())
    assert drawn.interval("mercedes-benz") == Rank(1, 1)
    frame = drawn.frame()
    assert frame.loc["mercedes-benz"].tolist() == [1, 1, 1, 1]
    assert len(frame) == 51


def test_what_nobody_has_assessed_may_rank_anywhere(real: Workspace) -> None:
    drawn = simulate(real.score("automakers-2024", "assessed"), BlockWeights(), draws=50)
    assert drawn.top("byd", 10) == Interval(Fraction(0), Fraction(1))


def test_the_sampling_error_falls_with_the_root_of_the_draws() -> None:
    card = card_of(exact(1, 2, 0, 2))
    errors = [simulate(card, draws=draws).sampling_error() for draws in (100, 10_000)]
    assert float(errors[0]) == pytest.approx(0.098)
    assert float(errors[1]) == pytest.approx(0.0098)


@pytest.mark.parametrize(
    ("noise", "draws", "said"),
    [
        ("1.5", 10, "noise: expected a chance from 0 to 1; found 1.5"),
        ("-0.1", 10, "noise: expected a chance from 0 to 1; found -0.1"),
        ("0", 0, "draws: expected 1 to 100,000; found 0"),
        ("0", 200_000, "draws: expected 1 to 100,000; found 200,000"),
    ],
)
def test_noise_and_draws_out_of_range_are_refused(noise: str, draws: int, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        simulate(card_of(exact(1, 2, 0, 2)), noise=Decimal(noise), draws=draws)


def test_ranks_of_all_draws_have_the_shape_they_say(real: Workspace) -> None:
    drawn: Simulation = simulate(real.score("automakers-2024"), ShareWeights(), draws=20)
    best, worst = drawn.ranks
    assert best.shape == worst.shape == (51, 20)
    assert drawn.counts[0].sum() == drawn.counts[1].sum() == 51 * 20
