"""The scorecard: every figure against exact sums and brute force, and the real one of 2024."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cati.model.interval import Interval
from cati.model.methodology import Methodology
from cati.model.weighting import track_factors
from cati.problems import CatiError
from cati.scoring.blocks import published_blocks
from cati.scoring.scorecard import Rank, Scorecard
from cati.workspace import Workspace
from tests.scoring.synthetic import (
    assignments,
    column_steps,
    every_assignment,
    methodologies,
    points_rows,
    total,
)

Blocks = tuple[tuple[int, int], ...]
"""Least and greatest steps in every block."""


@st.composite
def uncertain_cards(draw: st.DrawFn) -> tuple[Scorecard, list[list[Blocks]]]:
    """A scorecard of intervals, and what it was made of: companies, alternatives, blocks."""
    made_up = draw(methodologies(most_indicators=4))
    blocks = published_blocks(made_up)
    ends = st.tuples(
        *(
            st.tuples(st.integers(0, b.steps), st.integers(0, b.steps)).map(
                lambda ends: (min(ends), max(ends))
            )
            for b in blocks
        )
    )
    companies = draw(st.lists(st.lists(ends, min_size=1, max_size=3), min_size=1, max_size=3))
    flat = [alternative for company in companies for alternative in company]
    owner = [at for at, company in enumerate(companies) for _ in company]
    card = Scorecard(
        evaluation="made-up",
        methodology=made_up,
        basis="published",
        companies=tuple("abc"[: len(companies)]),
        blocks=blocks,
        owner=np.array(owner),
        low=np.array([[low for low, _ in blocks] for blocks in flat]),
        high=np.array([[high for _, high in blocks] for blocks in flat]),
        stated={},
        factors=track_factors(made_up),
    )
    return card, companies


def allowed(card: Scorecard, alternatives: Iterable[Blocks]) -> list[dict[str, int]]:
    """All steps of indicators that fit one of the alternatives."""
    found = []
    for steps in every_assignment(card.methodology):
        sums = [sum(steps[code] for code in block.codes) for block in card.blocks]
        for ends in alternatives:
            if all(low <= s <= high for s, (low, high) in zip(sums, ends, strict=True)):
                found.append(steps)
                break
    return found


def span(values: Iterable[Fraction]) -> Interval:
    listed = list(values)
    return Interval(min(listed), max(listed))


@settings(max_examples=60)
@given(uncertain_cards(), st.data())
def test_the_part_of_a_group_is_what_all_fitting_points_allow(
    made: tuple[Scorecard, list[list[Blocks]]], data: st.DataObject
) -> None:
    card, companies = made
    known = [i.code for i in card.methodology.indicators()]
    codes = data.draw(st.sets(st.sampled_from(known), min_size=1))
    group, grid = card.group(sorted(codes)), Fraction(card.methodology.grid)
    for company, alternatives in zip(card.companies, companies, strict=True):
        fitting = allowed(card, alternatives)
        points = span(grid * sum(steps[code] for code in codes) for steps in fitting)
        assert group.points(company) == points
        assert group.rate(company) == points.scaled(1 / group.most_points)


@pytest.mark.slow
@settings(max_examples=60)
@given(uncertain_cards())
def test_totals_tracks_and_blocks_are_what_all_fitting_points_allow(
    made: tuple[Scorecard, list[list[Blocks]]],
) -> None:
    card, companies = made
    grid = Fraction(card.methodology.grid)
    for company, alternatives in zip(card.companies, companies, strict=True):
        fitting = allowed(card, alternatives)
        expected = span(total(card.methodology, card.factors, steps) for steps in fitting)
        assert card.total(company) == expected
        for block in card.blocks:
            points = span(grid * sum(steps[code] for code in block.codes) for steps in fitting)
            assert card.block(block.id).points(company) == points
        for track in card.methodology.tracks:
            of_track = [i.code for i in card.methodology.indicators() if i.track == track.id]
            points = span(grid * sum(steps[code] for code in of_track) for steps in fitting)
            assert card.track(track.id).points(company) == points


@pytest.mark.slow
@given(uncertain_cards())
def test_coverage_is_the_part_of_all_points_that_no_alternative_leaves_open(
    made: tuple[Scorecard, list[list[Blocks]]],
) -> None:
    card, companies = made
    most = sum(block.steps for block in card.blocks)
    for company, alternatives in zip(card.companies, companies, strict=True):
        columns = zip(*alternatives, strict=True)
        open_steps = sum(
            max(high for _, high in ends) - min(low for low, _ in ends) for ends in columns
        )
        assert card.coverage(company) == 1 - Fraction(open_steps, most)


@pytest.mark.slow
@given(uncertain_cards())
def test_ranks_and_order_follow_the_exact_totals(
    made: tuple[Scorecard, list[list[Blocks]]],
) -> None:
    card, _ = made
    totals = {company: card.total(company) for company in card.companies}
    for company, own in totals.items():
        others = [other for name, other in totals.items() if name != company]
        best = 1 + sum(other.low > own.high for other in others)
        worst = 1 + sum(other.high > own.low for other in others)
        assert card.rank(company) == Rank(best, worst)
    assert list(card.order) == sorted(totals, key=lambda name: (-totals[name].low, name))


@pytest.mark.slow
@given(uncertain_cards(), st.data())
def test_leaving_companies_out_changes_nothing_but_the_ranks_of_those_that_stay(
    made: tuple[Scorecard, list[list[Blocks]]], data: st.DataObject
) -> None:
    card, _ = made
    left_out = data.draw(st.sets(st.sampled_from(card.companies), max_size=2))
    rest = card.without(left_out)
    assert rest.companies == tuple(c for c in card.companies if c not in left_out)
    for company in rest.companies:
        assert rest.total(company) == card.total(company)
        assert rest.coverage(company) == card.coverage(company)
        assert rest.alternatives(company) == card.alternatives(company)
        higher = [c for c in rest.companies if card.total(c).low > card.total(company).high]
        assert rest.rank(company).best == 1 + len(higher)


@pytest.mark.slow
@given(
    methodologies().flatmap(
        lambda m: st.tuples(
            st.just(m),
            st.lists(st.lists(assignments(m), min_size=1, max_size=3), min_size=1, max_size=4),
        )
    ),
    st.randoms(use_true_random=False),
)
def test_rows_of_several_alternatives_and_companies_in_any_order_give_exact_totals(
    given_points: tuple[Methodology, list[list[dict[str, int]]]], random: object
) -> None:
    made_up, companies = given_points
    rows = [
        row
        for name, alternatives in zip("dbca", companies, strict=False)
        for number, steps in enumerate(alternatives, start=1)
        for row in points_rows(made_up, name, number, column_steps(made_up, steps))
    ]
    random.shuffle(rows)  # type: ignore[attr-defined]
    card = Scorecard.from_points("made-up", made_up, tuple(rows))
    factors = track_factors(made_up)
    assert card.companies == tuple(sorted("dbca"[: len(companies)]))
    for name, alternatives in zip("dbca", companies, strict=False):
        assert card.total(name) == span(total(made_up, factors, s) for s in alternatives)
        for column in made_up.columns:
            codes = made_up.codes(column.members)
            points = span(Fraction(made_up.grid) * sum(s[c] for c in codes) for s in alternatives)
            assert card.column(column.id).points(name) == points


@pytest.mark.slow
@given(methodologies().flatmap(lambda m: st.tuples(st.just(m), assignments(m))))
def test_contributions_add_up_to_the_total(
    given_points: tuple[Methodology, dict[str, int]],
) -> None:
    made_up, steps = given_points
    rows = points_rows(made_up, "alpha", 1, column_steps(made_up, steps))
    card = Scorecard.from_points("made-up", made_up, tuple(rows))
    parts = [card.block(b.id).points("alpha").scaled(card.factors[b.track]) for b in card.blocks]
    assert card.total("alpha") == Interval(
        sum((part.low for part in parts), Fraction(0)),
        sum((part.high for part in parts), Fraction(0)),
    )


# The evaluation of 2024

EVALUATION = "automakers-2024"


@pytest.fixture(scope="module")
def card(real: Workspace) -> Scorecard:
    return real.score(EVALUATION)


def test_all_51_printed_totals_follow_exactly(real: Workspace, card: Scorecard) -> None:
    rows = real.store.printed[EVALUATION].rows
    assert len(rows) == 51
    assert (card.basis, card.evaluation) == ("published", EVALUATION)
    assert {row.company: card.total(row.company) for row in rows} == {
        row.company: Interval(Fraction(row.total), Fraction(row.total)) for row in rows
    }


def test_all_510_printed_rates_are_the_rates_of_the_columns(
    real: Workspace, card: Scorecard
) -> None:
    wrong = [
        (row.company, column)
        for row in real.store.printed[EVALUATION].rows
        for column, rate in row.rates.items()
        if not -Fraction(1, 200)
        < Fraction(rate) / 100 - card.column(column).rate(row.company).low
        <= Fraction(1, 200)
    ]
    assert wrong == []
    assert all(len(row.rates) == 10 for row in real.store.printed[EVALUATION].rows)


def test_the_printed_order_is_the_order_of_totals(real: Workspace, card: Scorecard) -> None:
    printed = [row.company for row in real.store.printed[EVALUATION].rows]
    assert all(card.total(a).low >= card.total(b).low for a, b in pairwise(printed))
    assert card.order[:4] == ("mercedes-benz", "volvo-cars", "bmw", "geely-auto")


def test_rivian_and_subaru_tie_on_17(card: Scorecard) -> None:
    assert card.total("rivian") == card.total("subaru") == Interval(*[Fraction("39.3")] * 2)
    assert card.rank("rivian") == card.rank("subaru") == Rank(17, 17)
    assert [c for c in card.companies if card.rank(c).best == 18] == []


@pytest.mark.parametrize(
    ("company", "once", "scope12", "scope3", "total"),
    [
        ("stellantis", 8, 26, 16, "46.0"),
        ("jlr", 7, Fraction(35, 2), Fraction(29, 2), "37.8"),
        ("hozon", 2, 0, 0, "2"),
    ],
)
def test_sums_by_hand(
    card: Scorecard, company: str, once: int, scope12: Fraction, scope3: Fraction, total: str
) -> None:
    (tracks,) = card.alternatives(company)
    assert tracks["governance"].low + tracks["product"].low == once
    assert (tracks["scope12"].low, tracks["scope3"].low) == (scope12, scope3)
    assert card.total(company).low == once + scope12 * Fraction(3, 5) + scope3 * Fraction(7, 5)
    assert card.total(company).low == Fraction(total)


def test_geely_has_two_alternatives_with_one_total(card: Scorecard) -> None:
    alternatives = card.alternatives("geely-auto")
    assert len(alternatives) == 2
    assert card.block("affiliates").points("geely-auto") == Interval(Fraction(1, 2), Fraction(4))
    assert card.block("upstream_suppliers").points("geely-auto") == Interval(
        Fraction(0), Fraction(3, 2)
    )
    assert card.total("geely-auto") == Interval(Fraction("61.9"), Fraction("61.9"))
    assert card.rank("geely-auto") == Rank(4, 4)
    assert card.coverage("geely-auto") == Fraction(95, 100)
    assert Counter(card.coverage(c) for c in card.companies)[Fraction(1)] == 50


def test_at_half_and_half_geely_alone_is_uncertain(real: Workspace) -> None:
    half = {"scope12": Decimal(50), "scope3": Decimal(50)}
    card = real.score(EVALUATION, shares=half)
    assert card.total("geely-auto") == Interval(Fraction("63.5"), Fraction("65.5"))
    assert card.rank("geely-auto") == Rank(3, 5)
    assert [c for c in card.companies if not card.total(c).is_exact] == ["geely-auto"]


def test_a_column_whose_make_up_is_unproven_gives_its_own_points_and_no_others(
    card: Scorecard,
) -> None:
    members = card.methodology.column("supplier_guidance").members
    stated = card.column("supplier_guidance").points("mercedes-benz")
    by_members = card.group(members).points("mercedes-benz")
    assert stated == Interval(Fraction("4.5"), Fraction("4.5"))
    assert by_members.low <= stated.low <= by_members.high
    assert not by_members.is_exact


def test_without_joint_ventures_37_are_ranked_among_themselves(
    real: Workspace, card: Scorecard
) -> None:
    rest = card.without(real.joint_ventures(card))
    assert len(rest.companies) == 37
    assert sorted({rest.rank(c).best for c in rest.companies})[0] == 1
    assert max(rest.rank(c).worst for c in rest.companies) <= 37


def test_groups_of_every_level_hold_all_points(card: Scorecard) -> None:
    for level in ("tracks", "dimensions", "sub_dimensions", "indicators", "blocks"):
        groups = card.groups(level)
        assert sum(group.most_points for group in groups.values()) == 100
    assert list(card.groups("dimensions")) == ["1", "2", "3", "4", "5"]
    assert list(card.groups("sub_dimensions"))[:4] == ["1.1", "1.2", "2.1", "2.2"]
    assert len(card.groups("indicators")) == 51
    assert len(card.groups("columns")) == 12


def test_shares_with_too_many_digits_are_refused_and_not_rounded(real: Workspace) -> None:
    tiny = Decimal("0.00000000000000000001")
    card = real.score(EVALUATION, shares={"scope12": 50 - tiny, "scope3": 50 + tiny})
    with pytest.raises(CatiError, match="too many digits to compute with exactly"):
        card.total("byd")
