"""Ranks of many cases against counting, one company after the other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cati.analysis.ranking import COMPARED_IN_PAIRS, by_company, direction, moves, rank_ends
from cati.analysis.what_if import plain_sum
from cati.scoring.ranks import descending, rank_range
from cati.scoring.scorecard import Rank
from cati.workspace import Workspace
from tests.analysis.cards import card_of, exact

TOTALS = arrays(
    np.int64, st.tuples(st.integers(1, 5), st.integers(1, 4)), elements=st.integers(0, 6)
)


@given(TOTALS, st.data())
def test_ranks_are_those_of_every_case_by_itself(low: np.ndarray, data: st.DataObject) -> None:
    spread = data.draw(arrays(np.int64, low.shape, elements=st.sampled_from([0, 0, 1, 3])))
    best, worst = rank_ends(low, low + spread)
    for case in range(low.shape[1]):
        one, two = low[:, case], (low + spread)[:, case]
        expected = rank_range(one, two, descending(one))
        assert best[:, case].tolist() == expected[0].tolist()
        assert worst[:, case].tolist() == expected[1].tolist()


@given(TOTALS)
def test_exact_totals_have_one_rank_that_counts_those_above(totals: np.ndarray) -> None:
    best, worst = rank_ends(totals, totals)
    counted = 1 + (totals[:, None] < totals[None]).sum(axis=1)
    assert (best == counted).all()
    assert (worst == counted).all()


@pytest.mark.parametrize("companies", [255, 256, 400])
def test_ranks_of_many_companies_do_not_run_over(companies: int) -> None:
    totals = np.arange(companies)[:, None] * np.ones(3, dtype=np.int64)
    expected = companies - np.arange(companies)
    for high in (totals, totals.copy()):
        best, worst = rank_ends(totals, high)
        assert (best[:, 1].astype(int) == expected).all()
        assert (worst[:, 1].astype(int) == expected).all()


def test_many_companies_are_ranked_as_few_are() -> None:
    """More than are compared in pairs: sorted instead, ties and open points included."""
    draw = np.random.default_rng(3)
    low = draw.integers(0, 60, (COMPARED_IN_PAIRS + 40, 5))
    high = low + draw.integers(0, 4, low.shape) * draw.integers(0, 2, (len(low), 1))
    best, worst = rank_ends(low, high)
    for case in range(low.shape[1]):
        expected = rank_range(low[:, case], high[:, case], descending(low[:, case]))
        assert best[:, case].tolist() == expected[0].tolist()
        assert worst[:, case].tolist() == expected[1].tolist()


def test_a_company_has_the_least_and_the_greatest_of_its_alternatives() -> None:
    card = card_of(exact(0, 0, 0, 0), [*exact(1, 0, 0, 0), *exact(2, 0, 0, 0), *exact(0, 0, 0, 0)])
    rows = np.array([[5, 5], [3, 9], [4, 1], [2, 6]])
    low, high = by_company(card, rows, rows)
    assert low.tolist() == [[5, 5], [2, 1]]
    assert high.tolist() == [[5, 5], [4, 9]]
    assert rows.tolist() == [[5, 5], [3, 9], [4, 1], [2, 6]]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (Rank(4, 4), Rank(3, 3), "up"),
        (Rank(4, 4), Rank(5, 7), "down"),
        (Rank(4, 4), Rank(4, 4), "same"),
        (Rank(4, 4), Rank(3, 4), "open"),
        (Rank(3, 4), Rank(3, 4), "open"),
    ],
)
def test_a_move_is_said_only_where_it_is_certain(before: Rank, after: Rank, said: str) -> None:
    assert direction(before, after) == said


def test_a_move_has_the_bounds_that_both_rankings_leave(real: Workspace) -> None:
    card = real.score("automakers-2024")
    found = {move.company: move for move in moves(plain_sum(card), card)}
    assert found["polestar"].change == (2, 2)
    assert found["geely-auto"].change == (-1, 1)
    assert found["geely-auto"].direction == "open"
    assert [move.company for move in moves(plain_sum(card), card)] == list(card.order)


def test_rankings_of_other_companies_are_not_compared() -> None:
    one, two = card_of(exact(0, 0, 0, 0)), card_of(exact(0, 0, 0, 0), exact(0, 0, 0, 0))
    with pytest.raises(ValueError, match="different companies"):
        moves(one, two)
