"""The next ten points: no way is shorter, and what it says of other companies holds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest

from cati.analysis.next_points import NextPointsOf
from cati.analysis.roadmap.planner import roadmap
from cati.scoring.scorecard import Scorecard
from cati.workspace import Workspace
from tests.conftest import Spoilable

EVALUATION = "automakers-2024"


@pytest.fixture(scope="module")
def card(real: Workspace) -> Scorecard:
    return real.score(EVALUATION)


@pytest.mark.parametrize("company", ["mercedes-benz", "geely-auto", "dpca", "hozon"])
def test_as_many_steps_as_a_roadmap_with_equal_efforts(
    real: Workspace, card: Scorecard, company: str
) -> None:
    found = NextPointsOf(card)(company)
    assert found is not None
    plan = roadmap(real, EVALUATION, company, target=found.target)
    efforts = [case.plans[0].effort for case in plan.cases]
    assert (found.steps.low, found.steps.high) == (min(efforts), max(efforts))
    assert found.points.low == found.steps.low / 2


@pytest.mark.slow
def test_no_choice_of_steps_is_shorter(tiny: Spoilable) -> None:
    card = tiny.open().score("first")
    grid = Fraction(card.methodology.grid)
    for at, company in enumerate(card.companies):
        found = NextPointsOf(card)(company)
        assert found is not None
        rows = [row for row, owner in enumerate(card.owner.tolist()) if owner == at]
        shortest = []
        for row in rows:
            rooms = [b.steps - int(s) for b, s in zip(card.blocks, card.low[row], strict=True)]
            worth = [card.factors[block.track] * grid for block in card.blocks]
            ways = product(*(range(room + 1) for room in rooms))
            enough = (
                sum(way)
                for way in ways
                if sum(n * w for n, w in zip(way, worth, strict=True)) >= found.target - found.start
            )
            shortest.append(min(enough))
        assert (found.steps.low, found.steps.high) == (min(shortest), max(shortest))


def test_steps_taken_add_up_to_the_points_and_reach_the_target(card: Scorecard) -> None:
    for company in card.companies:
        found = NextPointsOf(card)(company)
        assert found is not None
        if found.steps.is_exact and all(room.taken.is_exact for room in found.rooms):
            assert sum(room.taken.low for room in found.rooms) == found.points.low
            gained = sum(r.taken.low * card.factors[r.block.track] for r in found.rooms)
            assert found.start + gained >= found.target
        assert all(room.taken.high <= room.open.high for room in found.rooms)


def test_companies_with_all_points_of_a_block_are_named(card: Scorecard) -> None:
    found = NextPointsOf(card)("geely-auto")
    assert found is not None
    full = {room.block.id: room.full for room in found.rooms}
    assert full["scope12_disclosure"] == ("mercedes-benz", "renault")
    assert full["scope3_targets"] == ()


def test_rank_of_the_target_is_among_the_others_as_they_are(card: Scorecard) -> None:
    found = NextPointsOf(card)("hozon")
    assert found is not None
    others = [card.total(c).low for c in card.companies if c != "hozon"]
    assert found.rank.best == 1 + sum(total > found.target for total in others)


def test_a_company_with_all_points_needs_none(card: Scorecard) -> None:
    first = card.companies[0]
    full = card.low.copy()
    full[0] = [block.steps for block in card.blocks]
    assert NextPointsOf(replace(card, low=full, high=full))(first) is None


def test_near_the_top_the_target_is_all_that_is_left(card: Scorecard) -> None:
    first = card.companies[0]
    points = card.low.copy()
    points[0] = [block.steps for block in card.blocks]
    points[0, 0] -= 2
    found = NextPointsOf(replace(card, low=points, high=points))(first)
    assert found is not None
    assert (found.start, found.target, found.steps.low) == (99, 100, 2)
