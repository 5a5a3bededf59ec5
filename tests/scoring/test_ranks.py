"""Competition ranks, exact and of intervals, against brute force."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cati.scoring.ranks import descending, rank_range

Ends = list[tuple[int, int]]


def intervals(most: int) -> st.SearchStrategy[Ends]:
    ends = st.tuples(st.integers(0, 5), st.integers(0, 5)).map(lambda ends: tuple(sorted(ends)))
    return st.lists(ends, min_size=1, max_size=most)


def competition_ranks(totals: tuple[int, ...]) -> list[int]:
    return [1 + sum(other > total for other in totals) for total in totals]


def best_and_worst(ends: Ends) -> tuple[list[int], list[int]]:
    low = np.array([low for low, _ in ends])
    best, worst = rank_range(low, np.array([high for _, high in ends]), descending(low))
    return best.tolist(), worst.tolist()


@settings(max_examples=300)
@given(intervals(5))
def test_best_and_worst_rank_are_those_over_all_choices_of_ends(ends: Ends) -> None:
    chosen = [competition_ranks(totals) for totals in product(*ends)]
    best, worst = best_and_worst(ends)
    assert best == [min(ranks) for ranks in zip(*chosen, strict=True)]
    assert worst == [max(ranks) for ranks in zip(*chosen, strict=True)]


@given(intervals(4), st.data())
def test_no_choice_inside_the_intervals_leaves_the_range(ends: Ends, data: st.DataObject) -> None:
    totals = tuple(data.draw(st.integers(low, high)) for low, high in ends)
    best, worst = best_and_worst(ends)
    ranks = competition_ranks(totals)
    assert all(b <= r <= w for b, r, w in zip(best, ranks, worst, strict=True))


@given(st.lists(st.integers(0, 6), min_size=1, max_size=30))
def test_exact_totals_have_one_rank_and_equal_ones_share_it(totals: list[int]) -> None:
    exact = np.array(totals)
    best, worst = rank_range(exact, exact, descending(exact))
    assert best.tolist() == competition_ranks(tuple(totals))
    assert worst.tolist() == best.tolist()
    assert best_and_worst([(total, total) for total in totals]) == (best.tolist(), best.tolist())


def test_a_tie_takes_up_the_places_behind_it() -> None:
    totals = np.array([50, 70, 50, 40])
    best, _ = rank_range(totals, totals, descending(totals))
    assert best.tolist() == [2, 1, 2, 4]


def test_the_order_is_from_the_highest_and_keeps_equal_ones_as_they_come() -> None:
    assert descending(np.array([5, 7, 5, 9, 7])).tolist() == [3, 1, 4, 0, 2]


@given(st.lists(st.integers(0, 2**40), max_size=30))
def test_the_order_is_that_of_a_stable_sort(totals: list[int]) -> None:
    expected = sorted(range(len(totals)), key=lambda at: -totals[at])
    assert descending(np.array(totals, dtype=np.int64)).tolist() == expected
