from __future__ import annotations

from fractions import Fraction
from typing import Literal

import pytest

from cati.analysis.roadmap.aim import Aim
from cati.analysis.roadmap.planner import roadmap
from cati.workspace import Workspace
from tests.conftest import Spoilable


def test_a_total_is_needed_as_it_is_and_never_a_little_less(tiny: Spoilable) -> None:
    card = tiny.open().score("first")
    for target in (Fraction("13.5"), Fraction("13.55"), Fraction(1, 3)):
        need = Aim(card, "beta", target, None, 1).need("high")
        assert Fraction(need, card.denominator) >= target
        assert Fraction(need - 1, card.denominator) < target


@pytest.mark.parametrize("peers", ["low", "high"])
def test_a_rank_needs_the_total_that_reaches_it_with_the_others_held_still(
    real: Workspace, peers: Literal["low", "high"]
) -> None:
    card = real.score("automakers-2024")
    for company in ("subaru", "geely-auto", "hozon"):
        others = [card.total(c).low for c in card.companies if c != company]
        for rank in (1, 2, 17, 50, 51):
            need = Aim(card, company, None, rank, 1).need(peers)
            total = Fraction(need, card.denominator)
            assert 1 + sum(other > total for other in others) <= rank
            if need:
                less = Fraction(need - 1, card.denominator)
                assert 1 + sum(other > less for other in others) > rank


def test_progress_is_told_of_every_plan(real: Workspace) -> None:
    found: list[None] = []
    whole = roadmap(
        real,
        "automakers-2024",
        "bmw",
        target=Fraction(64),
        alternatives=3,
        progress=lambda: found.append(None),
    )
    assert len(found) >= sum(len(case.plans) for case in whole.cases)
