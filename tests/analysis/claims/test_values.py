"""Numbers with bounds, open truth and statistics, against every way in which they can turn out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from statistics import fmean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.analysis.claims.values import (
    UNKNOWN,
    Cell,
    Column,
    Companies,
    Number,
    Open,
    Truth,
    Word,
    all_of,
    both,
    compared,
    count_of,
    delta_of,
    either,
    exact,
    greater,
    opposite,
    ranks_of,
    set_of,
    share_of,
    statistic_of,
)

OPEN: tuple[Open, ...] = (True, False, None)
truths = st.sampled_from(OPEN)
ends = st.tuples(st.integers(-4, 6), st.integers(0, 4))
numbers = ends.map(lambda pair: Number(Fraction(pair[0]), Fraction(pair[0] + pair[1])))


def ways(value: Open) -> tuple[bool, ...]:
    return (True, False) if value is None else (value,)


def columns(cells: st.SearchStrategy[Cell], most: int = 5) -> st.SearchStrategy[Column]:
    rows = st.lists(st.tuples(cells, truths), min_size=1, max_size=most)
    return rows.map(lambda r: Column(tuple(c for c, _ in r), tuple(m for _, m in r)))


def held(outcomes: set[bool]) -> Open:
    return outcomes.pop() if len(outcomes) == 1 else None


@pytest.mark.parametrize(("first", "second"), list(product(OPEN, OPEN)))
def test_and_or_not_are_open_only_where_the_unknown_matters(first: Open, second: Open) -> None:
    pairs = list(product(ways(first), ways(second)))
    assert both(first, second) == held({a and b for a, b in pairs})
    assert either(first, second) == held({a or b for a, b in pairs})
    assert opposite(first) == held({not a for a in ways(first)})


def inside(number: Number) -> list[Fraction]:
    """Some of the numbers it can be, both ends among them."""
    assert number.low is not None
    assert number.high is not None
    return [number.low, (number.low + number.high) / 2, number.high]


@given(numbers, numbers, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]))
def test_a_comparison_is_open_only_where_the_bounds_allow_both(
    left: Number, right: Number, sign: str
) -> None:
    compare = {
        "<": Fraction.__lt__,
        "<=": Fraction.__le__,
        ">": Fraction.__gt__,
        ">=": Fraction.__ge__,
        "==": Fraction.__eq__,
        "!=": Fraction.__ne__,
    }[sign]
    outcomes = {bool(compare(a, b)) for a in inside(left) for b in inside(right)}
    found = compared(sign, left, right)
    assert found is None or outcomes == {found}
    if len(outcomes) == 2:
        assert found is None


@given(numbers, numbers)
def test_arithmetic_holds_every_number_between_the_bounds(left: Number, right: Number) -> None:
    for a, b in product(inside(left), inside(right)):
        results = [(left + right, a + b), (left - right, a - b), (left * right, a * b)]
        results += [(-left, -a), (left.magnitude(), abs(a)), (greater(left, right), max(a, b))]
        if left.over(right) is not UNKNOWN:
            results.append((left.over(right), a / b))
        for bounds, value in results:
            assert bounds.low is not None
            assert bounds.high is not None
            assert bounds.low <= value <= bounds.high


def test_what_has_no_bound_is_never_narrowed_by_guessing() -> None:
    above = Number(Fraction(3), None)
    assert above * exact(-2) == Number(None, Fraction(-6))
    assert above * exact(0) == exact(0)
    assert above * above == UNKNOWN
    assert above + exact(1) == Number(Fraction(4), None)
    assert exact(1).over(Number(Fraction(-1), Fraction(1))) == UNKNOWN
    assert exact(1).over(exact(0)) == UNKNOWN
    assert compared(">", above, exact(2)) is True
    assert compared(">", above, exact(5)) is None
    assert compared("<", UNKNOWN, UNKNOWN) is None
    assert (-above).magnitude() == Number(Fraction(3), None)
    assert UNKNOWN.magnitude() == Number(Fraction(0), None)


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [("12.5", 0, "13"), ("2.45", 1, "2.5"), ("-6.8976", 1, "-6.9"), ("54.902", 0, "55")],
)
def test_halves_are_rounded_up(value: str, decimals: int, rounded: str) -> None:
    assert exact(Fraction(value)).rounded(decimals) == exact(Fraction(rounded))


def outcomes(column: Column) -> Iterator[list[tuple[Cell, bool]]]:
    """Every way in which memberships can turn out."""
    for members in product(*(ways(member) for member in column.members)):
        yield list(zip(column.cells, members, strict=True))


def truth_outcomes(column: Column) -> Iterator[list[bool]]:
    """For every way, whether the condition holds for each of those inside."""
    for rows in outcomes(column):
        cells = [cell for cell, member in rows if member]
        yield from map(list, product(*(ways(c.value) for c in cells if isinstance(c, Truth))))


@pytest.mark.parametrize("cell", [exact(3), Truth(True), Word("CN", "country")])
def test_of_a_company_outside_or_perhaps_outside_nothing_is_known(cell: Cell) -> None:
    inside, outside, perhaps = Column((cell, cell, cell), (True, False, None)).sure
    assert inside == cell
    assert outside == perhaps
    assert outside in (UNKNOWN, Truth(None), Word(None, "country"))


@given(columns(truths.map(Truth)))
def test_counts_shares_all_and_sets_against_every_outcome(column: Column) -> None:
    found = list(truth_outcomes(column))
    counts = [Fraction(sum(row)) for row in found]
    assert count_of(column) == Number(min(counts), max(counts))
    assert all_of(column) == held({all(row) for row in found})
    names = [str(i) for i in range(len(column.cells))]
    companies = set_of(column, names)
    assert companies.size == count_of(column)
    share = share_of(column)
    if any(not row for row in found):
        assert share == UNKNOWN
    else:
        shares = [Fraction(100 * sum(row), len(row)) for row in found]
        assert share == Number(min(shares), max(shares))


@given(columns(numbers), st.sampled_from(["sum", "mean", "median", "min", "max"]))
def test_statistics_against_every_outcome(column: Column, name: str) -> None:
    work = {"sum": sum, "mean": _mean, "median": median, "min": min, "max": max}[name]
    found = []
    empty = False
    for rows in outcomes(column):
        chosen = [c for c, member in rows if member and isinstance(c, Number)]
        empty = empty or not chosen
        for values in product(*(inside(number)[::2] for number in chosen)):
            if values:
                found.append(work(values))
    bounds = statistic_of(name, column)
    if not any(member is True for member in column.members):
        assert bounds == (exact(0) if name == "sum" and not found else UNKNOWN)
    else:
        assert not empty
        assert bounds == Number(min(found), max(found))


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def test_a_statistic_of_something_without_bound_has_none() -> None:
    column = Column((exact(1), Number(Fraction(2), None)), (True, True))
    assert statistic_of("mean", column) == Number(Fraction(3, 2), None)
    assert statistic_of("min", column) == Number(Fraction(1), None)


@given(columns(numbers, 4))
def test_ranks_against_every_outcome(column: Column) -> None:
    found: list[set[int]] = [set() for _ in column.cells]
    for rows in outcomes(column):
        spans = [inside(c)[::2] if isinstance(c, Number) else [] for c, _ in rows]
        for values in product(*spans):
            for position, (_, member) in enumerate(rows):
                if member:
                    above = sum(
                        other > values[position]
                        for other, (_, within) in zip(values, rows, strict=True)
                        if within
                    )
                    found[position].add(1 + above)
    for rank, seen, member in zip(ranks_of(column), found, column.members, strict=True):
        if member is False:
            assert rank == UNKNOWN
        else:
            assert rank == Number(Fraction(min(seen)), Fraction(max(seen)))


def test_sets_are_the_same_only_where_nothing_is_open() -> None:
    ab, a = frozenset("ab"), frozenset("a")
    assert Companies(ab, ab).same(Companies(ab, ab)) is True
    assert Companies(a, ab).same(Companies(ab, ab)) is None
    assert Companies(ab, ab).same(Companies(a, a)) is False
    assert [Companies(a, ab).holds(c) for c in "abc"] == [True, None, False]


def test_cliffs_delta_of_the_published_example() -> None:
    """Hogarty and Kromrey (1999), as the R package effsize quotes them: -0.25."""
    treatment = [exact(v) for v in (10, 10, 20, 20, 20, 30, 30, 30, 40, 50)]
    control = [exact(v) for v in (10, 20, 30, 40, 40, 50)]
    assert delta_of(treatment, control) == exact(Fraction(-1, 4))
    assert delta_of(treatment, []) == UNKNOWN


@pytest.mark.slow
@given(st.lists(numbers, min_size=1, max_size=4), st.lists(numbers, min_size=1, max_size=4))
def test_cliffs_delta_against_every_outcome(first: list[Number], second: list[Number]) -> None:
    found = []
    for values in product(*(inside(n)[::2] for n in (*first, *second))):
        one, other = values[: len(first)], values[len(first) :]
        found.append(_mean([Fraction((a > b) - (a < b)) for a in one for b in other]))
    assert delta_of(first, second) == Number(min(found), max(found))


def test_the_mean_agrees_with_the_standard_library() -> None:
    values = [Fraction(v, 7) for v in (3, 5, 8, 13, 21)]
    column = Column(tuple(map(exact, values)), (True,) * 5)
    mean = statistic_of("mean", column).low
    assert mean is not None
    assert float(mean) == pytest.approx(fmean(map(float, values)))
