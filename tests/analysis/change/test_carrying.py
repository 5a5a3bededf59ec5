from __future__ import annotations

from fractions import Fraction

import pytest

from cati.analysis.change.carrying import (
    carry_answers,
    carry_points,
    same_criteria,
    same_indicators,
)
from cati.model.crosswalk import Crosswalk
from cati.model.weighting import track_factors
from cati.scoring.blocks import published_blocks
from cati.scoring.scorecard import Scorecard
from cati.workspace import Workspace
from tests.analysis.seasons import two_seasons
from tests.conftest import Spoilable


@pytest.fixture(scope="module")
def seasons(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return two_seasons(tmp_path_factory.mktemp("w") / "w")


def test_the_crosswalk_says_which_indicators_ask_the_same(real: Workspace) -> None:
    cars, others = real.methodology("automotive-2024"), real.methodology("corporate-2023")
    crosswalk = real.store.crosswalk
    assert crosswalk is not None
    there = same_indicators(cars, others, crosswalk)
    back = same_indicators(others, cars, crosswalk)
    same = {(p.left, p.right) for p in crosswalk.pairs if p.relation == "same"}
    assert {(left, right) for right, left in there.items()} == same
    assert back == {left: right for right, left in there.items()}


def test_without_a_crosswalk_the_code_decides(seasons: Workspace) -> None:
    old, new = seasons.methodology("season"), seasons.methodology("season-v2")
    same = {i.code: i.code for i in old.indicators()}
    assert same_indicators(old, new, None) == same
    unrelated = Crosswalk.model_validate(
        {"format": 1, "left": "season", "right": "another", "pairs": []}
    )
    assert same_indicators(old, new, unrelated) == same


def test_criteria_correspond_by_their_id_in_indicators_that_ask_the_same(
    seasons: Workspace,
) -> None:
    old, new = seasons.methodology("season"), seasons.methodology("season-v2")
    names = same_criteria(old, new, None)
    assert names["1.1.1/dated"] == "1.1.1/dated"
    assert "1.1.1/board" not in names
    only = Crosswalk.model_validate(
        {
            "format": 1,
            "left": "season-v2",
            "right": "season",
            "pairs": [{"left": "1.1.1", "right": "1.1.1", "relation": "same"}],
        }
    )
    assert set(same_criteria(old, new, only)) == {"1.1.1/said", "1.1.1/dated"}


def test_under_the_same_method_nothing_changes(seasons: Workspace) -> None:
    old, new = seasons.evaluation("season-1"), seasons.evaluation("season-2")
    carried, carrying, _ = carry_answers(seasons, old, new)
    assert carrying.same_method
    before = seasons.assess("season-1").card
    for company in before.companies:
        assert carried.card.total(company) == before.total(company)


def test_old_evidence_is_scored_by_the_later_method(seasons: Workspace) -> None:
    """Beta by hand: target 2 of 3 and progress 3 of 3 in 'own', no steel; equal shares now."""
    old, new = seasons.evaluation("season-1"), seasons.evaluation("season-2b")
    carried, carrying, _ = carry_answers(seasons, old, new)
    assert not carrying.same_methodology
    assert not carrying.same_factors
    total = carried.card.total("beta")
    # Own and chain both hold 7 points, so that equal shares count each once.
    assert total.low == 2 + 3
    # Open: all of 1.1.1 (2), base (1), credits (1), 1.3.1 (3); steel's 4 are denied.
    assert total.high == total.low + 2 + 1 + 1 + 3


def test_what_nothing_old_answers_is_open_and_named(seasons: Workspace) -> None:
    old, new = seasons.evaluation("season-1"), seasons.evaluation("season-2b")
    carried, carrying, _ = carry_answers(seasons, old, new)
    assert carrying.unanswered == ("1.1.1/board",)
    assert carrying.dropped == ("1.3.2/battery",)
    assert carrying.reworded == ("1.1.1/said",)
    assert carried.answers["alpha"].answer("1.1.1/board") == "unknown"
    assert carried.answers["alpha"].answer("1.2.3/credits") == "not_met", "nothing was found"


def test_inheritance_follows_the_later_rules(seasons: Workspace) -> None:
    old, new = seasons.evaluation("season-1"), seasons.evaluation("season-2b")
    carried, _, _ = carry_answers(seasons, old, new)
    assert carried.answers["venture"].worth == {"1.2.1/target": Fraction(1, 2)}


def test_printed_points_stay_under_other_weights(tiny: Spoilable) -> None:
    workspace = tiny.open()
    old = workspace.score("first")
    shares = workspace.parse_shares("first", "50:50")
    new = workspace.score("first", shares=shares)
    carried, carrying = carry_points(workspace, old, new)
    assert carrying.same_methodology
    assert not carrying.same_factors
    assert carrying.unanswered == carrying.dropped == ()
    for company in old.companies:
        assert carried.total(company) == new.total(company)


def test_printed_blocks_are_carried_only_where_they_hold_the_same(real: Workspace) -> None:
    """A table of the corporate index would have the blocks whose indicators ask the same."""
    cars = real.score("automakers-2024")
    others = real.methodology("corporate-2023")
    import numpy as np

    blocks = published_blocks(others)
    points = np.zeros((1, len(blocks)), dtype=np.int64)
    new = Scorecard(
        "e",
        others,
        "published",
        ("a",),
        blocks,
        np.array([0]),
        points,
        points,
        {},
        track_factors(others),
    )
    carried, carrying = carry_points(real, cars, new)
    same = same_indicators(cars.methodology, others, real.store.crosswalk)
    for block in blocks:
        if block.id in carrying.unanswered:
            group = carried.block(block.id)
            assert group.points("bmw").low == 0
            assert group.points("bmw").high == group.most_points
        else:
            codes = [same[code] for code in block.codes]
            assert carried.block(block.id).points("bmw") == cars.group(codes).points("bmw")
    assert set(carrying.unanswered) < {block.id for block in blocks}
