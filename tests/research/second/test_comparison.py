"""Agreement on criteria and on the points that follow from them."""

from __future__ import annotations

from fractions import Fraction

from cati.research.second.comparison import (
    LEVELS,
    Unit,
    answer_units,
    disagreements,
    groups,
    point_units,
)
from tests.conftest import Spoilable
from tests.research.second.hands import (
    ANN,
    BO,
    DATED,
    PLEDGE,
    SAID,
    answer,
    differing,
    locked,
    own,
    pairs,
    with_evidence,
)


def test_answers_are_ranked_from_not_met_to_met(tiny: Spoilable) -> None:
    with_evidence(tiny)
    own(tiny, ANN, "alpha", answer(SAID, "met", PLEDGE), answer(DATED, "unknown"))
    own(tiny, BO, "alpha", answer(SAID, "not_met"))
    locked(tiny)
    units = answer_units(pairs(tiny).pairs, tiny.open().methodology("tiny"))
    assert units == [Unit("alpha", SAID, 2, 0), Unit("alpha", DATED, 1, None)]


def test_points_are_compared_where_both_have_settled_them(tiny: Spoilable) -> None:
    differing(tiny)
    units = point_units(tiny.open(), "first", pairs(tiny).pairs)
    # 0.5 and 1.5 points on a grid of half points; Bo leaves the second out
    assert units == [Unit("alpha", "1.1.1", 4, 1)]


def test_points_on_evidence_that_does_not_count_are_not_settled(tiny: Spoilable) -> None:
    differing(tiny)
    tiny.change("companies/alpha/sources.yaml", "published: 2024-05-01", "published: 2025-05-01")
    # Ann's two, and the one of Bo that is met, are open now
    assert point_units(tiny.open(), "first", pairs(tiny).pairs) == []


def test_rows_from_all_down_to_each_criterion(tiny: Spoilable) -> None:
    differing(tiny)
    found = pairs(tiny)
    units = answer_units(found.pairs, tiny.open().methodology("tiny"))
    rows = [group.row() for group in groups("answers", units)]
    assert [(row.level, row.code, row.found.units) for row in rows] == [
        ("all", "", 2),
        ("dimension", "1", 2),
        ("indicator", "1.1.1", 2),
        ("criterion", DATED, 1),
        ("criterion", SAID, 1),
    ]
    assert rows[0].found.equal == Fraction(1, 2)
    short = groups("points", [Unit("a", "2.1.1", 1, 1), Unit("a", "10.1.1", 1, 1)], LEVELS)
    assert [group.code for group in short] == ["", "2", "10", "2.1.1", "10.1.1"]


def test_what_only_one_answered_is_counted_apart(tiny: Spoilable) -> None:
    own(tiny, ANN, "beta", answer(SAID, "not_met"))
    own(tiny, BO, "beta", answer(DATED, "not_met"))
    locked(tiny)
    found = pairs(tiny)
    methodology = tiny.open().methodology("tiny")
    row = next(groups("answers", answer_units(found.pairs, methodology))).row()
    assert (row.found.units, row.found.equal, row.one_sided) == (0, None, 2)
    assert disagreements(found.pairs, methodology) == []


def test_disagreements_are_listed_with_both_answers(tiny: Spoilable) -> None:
    differing(tiny)
    (both,) = disagreements(pairs(tiny).pairs, tiny.open().methodology("tiny"))
    assert both.criterion == DATED
    assert [one.rationale for one in both.given] == ["By 2040.", "2040 is an ambition."]
