"""Rank paths against scorecards at single shares."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cati.analysis.paths import Swap, own_share, rank_paths, swaps
from cati.analysis.what_if import at_shares, plain_sum
from cati.model.interval import Interval
from cati.problems import UsageError
from cati.scoring.scorecard import Rank, Scorecard
from cati.workspace import Workspace
from tests.analysis.cards import card_of, cards, exact
from tests.scoring.synthetic import column, methodology

SHARES = st.fractions(0, 100, max_denominator=60)


def at(card: Scorecard, share: Fraction) -> Scorecard:
    first, second = (track.id for track in card.methodology.weighted_tracks)
    return at_shares(card, {first: share, second: 100 - share})


@pytest.mark.slow
@settings(max_examples=80)
@given(cards(), SHARES)
def test_ranks_on_a_path_are_those_of_the_scorecard_at_that_share(
    card: Scorecard, share: Fraction
) -> None:
    paths = rank_paths(card)
    tested = {share, *paths.shares, *((a + b) / 2 for a, b in pairwise(paths.shares))}
    for one in tested:
        scored = at(card, one)
        for company in card.companies:
            assert paths.rank(company, one) == scored.rank(company), (company, one)


@settings(max_examples=60)
@given(cards())
def test_pieces_cover_every_share_once_and_change_at_every_seam(card: Scorecard) -> None:
    paths = rank_paths(card)
    for company in card.companies:
        pieces = paths.pieces(company)
        assert (pieces[0].start, pieces[0].with_start) == (0, True)
        assert (pieces[-1].end, pieces[-1].with_end) == (100, True)
        for one, two in pairwise(pieces):
            assert one.end == two.start
            assert one.with_end != two.with_start
            assert one.rank != two.rank
        for piece in pieces:
            inside = (piece.start + piece.end) / 2
            assert paths.rank(company, inside) == piece.rank
            assert piece.start < piece.end or (piece.with_start and piece.with_end)


@settings(max_examples=60)
@given(cards())
def test_swaps_are_all_pairs_whose_certain_order_differs_somewhere(card: Scorecard) -> None:
    paths = rank_paths(card)
    tested = sorted({*paths.shares, *((a + b) / 2 for a, b in pairwise(paths.shares))})
    scored = {share: at(card, share) for share in tested}
    found = {frozenset((swap.below, swap.above)): swap for swap in swaps(card)}
    for number, one in enumerate(card.companies):
        for two in card.companies[:number]:
            ahead = [s for s in tested if scored[s].total(one).low > scored[s].total(two).high]
            behind = [s for s in tested if scored[s].total(two).low > scored[s].total(one).high]
            swap = found.get(frozenset((one, two)))
            assert (swap is not None) == (bool(ahead) and bool(behind))
            if swap is not None:
                lower, upper = (ahead, behind) if ahead[0] < behind[0] else (behind, ahead)
                assert swap.below == (one if lower is ahead else two)
                assert lower[-1] < swap.start <= swap.end < upper[0]
                assert not [s for s in tested if lower[-1] < s < swap.start]
                assert not [s for s in tested if swap.end < s < upper[0]]


@settings(max_examples=40)
@given(cards())
def test_a_swap_of_exact_totals_is_a_tie(card: Scorecard) -> None:
    for swap in swaps(card):
        if swap.start == swap.end:
            tied = at(card, swap.start)
            assert tied.total(swap.below).low == tied.total(swap.above).low


def test_two_companies_by_hand() -> None:
    # a: 3 of 3 steps in own, b: 4 of 4 in chain; equal where share = 100 - share.
    card = card_of(exact(0, 3, 0, 0), exact(0, 0, 1, 3))
    assert swaps(card) == (Swap("b", "a", Fraction(50), Fraction(50)),)
    paths = rank_paths(card)
    assert paths.shares == (0, 50, 100)
    assert [p.rank for p in paths.pieces("a")] == [Rank(2, 2), Rank(1, 1)]
    assert [(p.end, p.with_end) for p in paths.pieces("a")] == [(50, False), (100, True)]
    # b has half of chain only: 50 - share / 2 against share
    half = card_of(exact(0, 3, 0, 0), exact(0, 0, 1, 1))
    assert swaps(half) == (Swap("b", "a", Fraction(100, 3), Fraction(100, 3)),)


def test_an_open_total_swaps_over_a_range() -> None:
    card = card_of(exact(0, 3, 0, 0), [((0, 0), (0, 0), (1, 1), (1, 3))])
    assert swaps(card) == (Swap("b", "a", Fraction(100, 3), Fraction(50)),)


def test_the_part_of_a_range_is_exact() -> None:
    card = card_of(exact(0, 3, 0, 0), [((0, 0), (0, 0), (1, 1), (1, 3))])
    paths = rank_paths(card)
    assert paths.top("b", 1) == Interval(Fraction(1, 3), Fraction(1, 2))
    assert paths.top("a", 1, Fraction(40), Fraction(60)) == Interval(Fraction(1, 2), Fraction(1))
    assert paths.leaders(Fraction(0)) == ("b",)
    assert paths.leaders(Fraction(40)) == ("a", "b")


def test_mercedes_benz_leads_at_every_share(real: Workspace) -> None:
    paths = rank_paths(real.score("automakers-2024"))
    (piece,) = paths.pieces("mercedes-benz")
    assert piece.rank == Rank(1, 1)
    assert paths.leaders(Fraction(50)) == ("mercedes-benz",)


def test_rivian_and_subaru_swap_where_the_table_was_printed(real: Workspace) -> None:
    card = real.score("automakers-2024")
    assert own_share(card) == 30
    assert Swap("rivian", "subaru", Fraction(30), Fraction(30)) in swaps(card)
    paths = rank_paths(card)
    assert paths.rank("subaru", Fraction(30)) == paths.rank("rivian", Fraction(30)) == Rank(17, 17)
    assert paths.rank("subaru", Fraction(2999, 100)) == Rank(18, 18)
    assert paths.rank("rivian", Fraction(3001, 100)) == Rank(18, 18)


def test_the_plain_sum_has_the_share_of_its_points(real: Workspace) -> None:
    assert own_share(plain_sum(real.score("automakers-2024"))) == 50


def test_a_share_outside_is_refused() -> None:
    with pytest.raises(ValueError, match="from 0 to 100; found 101"):
        rank_paths(card_of(exact(0, 3, 0, 0))).rank("a", Fraction(101))


def test_paths_need_two_weighted_tracks() -> None:
    made_up = methodology(
        [("1.1", 2, "once"), ("1.2", 2, "own")], [column("a", ["1.1"]), column("b", ["1.2"])]
    )
    with pytest.raises(UsageError, match="has 1 weighted tracks; shares of two are needed"):
        rank_paths(card_of(exact(0, 0), made_up=made_up))
