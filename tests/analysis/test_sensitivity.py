"""Parts left out, effective weights and correlations, against brute force and scipy."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from cati.analysis.sensitivity import (
    READINGS,
    correlations,
    each_left_out,
    earned,
    effective_weights,
    leave_out,
    members,
    reading_points,
    sensitivity,
    whole_blocks,
)
from cati.scoring.scorecard import Rank, Scorecard
from cati.workspace import Workspace
from tests.analysis.cards import card_of, cards, exact, total_ends, ways
from tests.scoring.synthetic import every_assignment


@pytest.fixture(scope="module")
def card(real: Workspace) -> Scorecard:
    return real.score("automakers-2024")


def totals_without(
    card: Scorecard, company: str, codes: set[str], factors: dict[str, Fraction]
) -> set[Fraction]:
    """Every total of the indicators that stay."""
    possible, found = set(ways(card, company)), set()
    for steps in every_assignment(card.methodology):
        if tuple(sum(steps[code] for code in block.codes) for block in card.blocks) in possible:
            stay = [i for i in card.methodology.indicators() if i.code not in codes]
            found.add(sum((factors[i.track] * steps[i.code] for i in stay), Fraction(0)))
    return found


@settings(max_examples=50)
@given(cards(most_companies=3), st.data())
def test_ranks_without_a_part_are_those_of_all_points_that_fit(
    card: Scorecard, data: st.DataObject
) -> None:
    known = [i.code for i in card.methodology.indicators()]
    codes = data.draw(st.sets(st.sampled_from(known), min_size=1))
    keep = data.draw(st.sampled_from(["factors", "shares"]))
    factors = dict(card.factors)
    if keep == "shares":
        for track in factors:
            points = {
                i.code: Fraction(i.points)
                for i in card.methodology.indicators()
                if i.track == track
            }
            stays = sum(p for c, p in points.items() if c not in codes)
            factors[track] *= sum(points.values()) / stays if stays else 1
    left = leave_out(card, "part", sorted(codes), keep)
    totals = [totals_without(card, c, codes, factors) for c in card.companies]
    worlds = list(product(*({min(t), max(t)} for t in totals)))
    for at, company in enumerate(card.companies):
        ranks = [1 + sum(other > world[at] for other in world) for world in worlds]
        assert left.after[company] == Rank(min(ranks), max(ranks))
        assert left.before[company] == card.rank(company)
        assert (company in left.moved) <= (company in left.may_move)


def test_moves_by_hand() -> None:
    # b holds its only point in the block that is left out; c, behind it, holds none there.
    card = card_of(exact(2, 3, 0, 0), exact(2, 0, 0, 0), exact(0, 2, 0, 0))
    assert [card.rank(c).best for c in "abc"] == [1, 2, 3]
    left = leave_out(card, "once", ["1.1.1"])
    assert {c: rank.best for c, rank in left.after.items()} == {"a": 1, "b": 3, "c": 2}
    assert set(left.moved) == set(left.may_move) == {"b", "c"}
    assert left.furthest == (("b", "c"), 1)


def test_nothing_moves_where_nobody_earns() -> None:
    left = leave_out(card_of(exact(1, 2, 0, 0), exact(0, 1, 0, 0)), "chain", ["1.3.1", "1.3.2"])
    assert left.moved == left.may_move == ()
    assert left.furthest == ((), 0)


def test_open_ranks_move_for_certain_only_where_the_ranges_part() -> None:
    card = card_of([((0, 2), (0, 0), (0, 0), (0, 0))], exact(1, 0, 0, 0))
    left = leave_out(card, "once", ["1.1.1"])
    assert left.moved == ()
    assert left.may_move == ("b", "a")


@settings(max_examples=40)
@given(cards())
def test_effective_weights_of_all_blocks_add_up_and_are_covariances(card: Scorecard) -> None:
    weights = effective_weights(card, "blocks")
    assert sum(weight.nominal for weight in weights) == 1
    for reading in READINGS:
        table = reading_points(card, reading) * card.numerators
        total = table.sum(axis=1)
        for at, weight in enumerate(weights):
            effective = weight.effective[reading]
            if np.ptp(total) == 0:
                assert effective is None
                continue
            assert effective is not None
            pair = np.cov(table[:, at].astype(float), total.astype(float))
            assert float(effective) == pytest.approx(pair[0, 1] / pair[1, 1], abs=1e-9)
        if np.ptp(total):
            assert sum(weight.effective[reading] or 0 for weight in weights) == 1


@settings(max_examples=40)
@given(cards())
def test_readings_are_the_least_and_the_greatest_total(card: Scorecard) -> None:
    for at, company in enumerate(card.companies):
        ends = total_ends(card, company)
        unit = Fraction(1, card.denominator)
        least, greatest = (
            int(reading_points(card, reading)[at] @ card.numerators) * unit for reading in READINGS
        )
        assert (least, greatest) == (ends.low, ends.high)


def test_of_solutions_with_one_total_the_readings_take_the_first_and_the_last(
    card: Scorecard,
) -> None:
    at = card.companies.index("geely-auto")
    affiliates = [block.id for block in card.blocks].index("affiliates")
    assert (
        reading_points(card, "least")[at, affiliates]
        != reading_points(card, "greatest")[at, affiliates]
    )


def test_correlations_are_those_of_scipy(card: Scorecard) -> None:
    for reading in READINGS:
        found = correlations(card, "columns", reading)
        assert found.parts[-1] == "total"
        table = reading_points(card, reading)
        total = table @ card.numerators
        for at, part in enumerate(found.parts[:-1]):
            places = whole_blocks(card, members(card, "columns")[part])
            assert places is not None
            held = table[:, places].sum(axis=1)
            assert found.pearson[at, -1] == pytest.approx(stats.pearsonr(held, total)[0])
            assert found.spearman[at, -1] == pytest.approx(stats.spearmanr(held, total)[0])
        assert np.allclose(np.diag(found.spearman), 1)


def test_a_part_that_is_the_same_for_all_correlates_with_nothing() -> None:
    found = correlations(card_of(exact(1, 2, 0, 0), exact(1, 1, 0, 0)), "columns")
    assert np.isnan(found.pearson[0]).all()
    assert found.pearson[1, -1] == pytest.approx(1)


@settings(max_examples=40)
@given(cards())
def test_earned_counts_companies_that_surely_hold_nothing_something_or_all(card: Scorecard) -> None:
    for at, held in enumerate(earned(card, "blocks")):
        most = card.blocks[at].steps
        seen = {c: {steps[at] for steps in ways(card, c)} for c in card.companies}
        nothing = sum(points == {0} for points in seen.values())
        everything = sum(points == {most} for points in seen.values())
        something = sum(not points & {0, most} for points in seen.values())
        assert (held.nothing, held.everything, held.something) == (nothing, everything, something)
        assert held.not_settled == len(seen) - nothing - everything - something
        assert held.of == len(seen)


def test_the_largest_blocks_need_not_decide(card: Scorecard) -> None:
    found = sensitivity(card)
    left = {entry.part: entry for entry in found.left_out}
    assert left["upstream_suppliers"].weight == Fraction(154, 1000)
    assert left["upstream_suppliers"].may_move == ()
    effective = found.weights["upstream_suppliers"].effective
    assert all(part is not None and part < Fraction(1, 100) for part in effective.values())
    assert len(left["scope3_action"].moved) > len(left["scope3_targets"].moved)


def test_a_dimension_that_cuts_blocks_leaves_ranges(card: Scorecard) -> None:
    found = sensitivity(card, "dimensions")
    left = {entry.part: entry for entry in found.left_out}
    assert set(found.weights) == {"1", "2", "5"}
    assert len(left["3"].moved) < len(left["3"].may_move)
    assert found.with_total("3") == {}
    assert found.with_total("1")["pearson"][0] == pytest.approx(0.83, abs=0.01)
    assert sum(entry.weight for entry in found.left_out) == 1


def test_columns_of_unproven_make_up_are_not_left_out(card: Scorecard) -> None:
    parts = [entry.part for entry in each_left_out(card, "columns")]
    assert "supplier_guidance" not in parts
    assert len(parts) == 11


def test_every_level_of_an_assessed_card_is_made_of_blocks(real: Workspace) -> None:
    card = real.score("automakers-2024", "assessed")
    for level in ("columns", "tracks", "dimensions", "sub_dimensions", "indicators"):
        found = effective_weights(card, level)
        assert len(found) == len(members(card, level))
