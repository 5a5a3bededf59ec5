"""The solver's cheapest sets beside every set there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cati.analysis.roadmap.program import Chosen, Piece, Program, Question, cheapest
from cati.problems import CatiError


def exact(program: Program) -> Callable[[Chosen], int]:
    """The total, by the words of the program and not by its rows."""
    pieces = {p.name: p for q in program.questions for way in q.ways for p in way}

    def part(name: str, chosen: Chosen) -> Fraction:
        piece = pieces[name]
        if not all(part(required, chosen) for required in piece.requires):
            return Fraction(0)
        return Fraction(1) if name in chosen else piece.earned

    def total(chosen: Chosen) -> int:
        units = program.base
        for question in program.questions:
            sums = [sum(p.steps * part(p.name, chosen) for p in way) for way in question.ways]
            units += question.unit * max(s.__floor__() for s in sums)
        return units

    return total


def every_set(program: Program) -> Iterator[Chosen]:
    names = sorted(program.costs)
    sizes = (combinations(names, size) for size in range(len(names) + 1))
    return map(frozenset, chain.from_iterable(sizes))


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """Few pieces with ladders, routes, inherited parts, pieces that cannot be had, any units."""
    count = draw(st.integers(1, 8))
    pieces = []
    for number in range(count):
        earned = draw(st.sampled_from([Fraction(0), Fraction(0), Fraction(1, 2), Fraction(1)]))
        cost = None if earned == 1 else draw(st.none() | st.integers(1, 4))
        before = [piece.name for piece in pieces]
        requires = draw(st.sets(st.sampled_from(before), max_size=2)) if before else set()
        pieces.append(
            Piece(f"p{number}", draw(st.integers(1, 4)), earned, cost, tuple(sorted(requires)))
        )
    cuts = sorted(draw(st.sets(st.integers(1, count - 1), max_size=3))) if count > 1 else []
    ways = [tuple(pieces[a:b]) for a, b in zip([0, *cuts], [*cuts, count], strict=True)]
    questions = []
    while ways:
        taken = draw(st.integers(1, len(ways)))
        questions.append(Question(draw(st.sampled_from([3, 5, 7])), tuple(ways[:taken])))
        ways = ways[taken:]
    program = Program(tuple(questions), draw(st.integers(0, 9)), 0)
    most = exact(program)(frozenset(program.costs))
    return Program(program.questions, program.base, draw(st.integers(0, most + 2)))


@pytest.mark.slow
@given(programs())
@settings(max_examples=150)
def test_it_finds_every_set_of_least_cost_and_no_other(program: Program) -> None:
    score = exact(program)
    reaching = [chosen for chosen in every_set(program) if score(chosen) >= program.need]
    cost = {chosen: sum(program.costs[name] for name in chosen) for chosen in reaching}
    least = min(cost.values(), default=0)
    wanted = {chosen for chosen in reaching if cost[chosen] == least}

    found = list(cheapest(program, score))

    assert len(found) == len(set(found))
    assert set(found) == wanted
    totals = [score(chosen) for chosen in found]
    assert totals == sorted(totals, reverse=True)


def test_what_floats_cannot_tell_apart_the_exact_scorer_does() -> None:
    """The solver takes 10**9 - 1 for enough where 10**9 is needed; nothing short is given."""
    large = 10**9
    pieces = (
        Piece("short", large - 1, Fraction(0), 1),
        Piece("enough", large, Fraction(0), 1),
    )
    program = Program((Question(1, (pieces[:1],)), Question(1, (pieces[1:],))), 0, large)
    assert list(cheapest(program, exact(program))) == [frozenset({"enough"})]


def test_costs_of_very_different_sizes_are_weighed_exactly() -> None:
    """One unit of cost decides, beside costs a hundred million times as large."""
    huge = 10**8
    one = (Piece("a", 1, Fraction(0), huge), Piece("b", 1, Fraction(0), huge))
    other = (Piece("c", 2, Fraction(0), 2 * huge - 1), Piece("d", 2, Fraction(0), 2 * huge))
    program = Program((Question(1, (one, other[:1], other[1:])),), 0, 2)
    assert list(cheapest(program, exact(program))) == [frozenset({"c"})]


def test_a_scorer_that_never_agrees_is_a_fault_and_no_endless_search() -> None:
    pieces = tuple(Piece(f"p{n}", 1, Fraction(0), 1) for n in range(11))
    program = Program((Question(1, (pieces,)),), 0, 5)

    def stubborn(chosen: Chosen) -> int:
        return 5 if len(chosen) == len(pieces) else 0

    found = cheapest(program, stubborn)
    with pytest.raises(CatiError, match="do not reach the total"):
        next(found)
