"""What the roadmap promises on real data."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import combinations_with_replacement
from pathlib import Path

import pytest

from cati.analysis.roadmap.planner import roadmap
from cati.analysis.roadmap.wishes import Wishes
from cati.model.efforts import Efforts
from cati.problems import UsageError
from cati.workspace import Workspace
from tests.analysis.seasons import two_seasons
from tests.conftest import Spoilable

GEELY = ("automakers-2024", "geely-auto")


def test_geely_needs_twelve_half_points_for_seventy(real: Workspace) -> None:
    """8.1 points are missing; eleven half points add at most 11 x 0.7 = 7.7."""
    found = roadmap(real, *GEELY, target=Fraction(70), alternatives=5)
    for case in found.cases:
        assert case.target - case.start == Fraction("8.1")
        adds = {"weighted by 1.4": Fraction("0.7"), "once": Fraction("0.5"), "0.6": Fraction("0.3")}
        eleven = combinations_with_replacement(adds.values(), 11)
        assert max(map(sum, eleven)) < Fraction("8.1")
        assert len(case.plans) == 5
        assert case.more
        for plan in case.plans:
            assert plan.effort == 12
            assert case.start + sum(step.adds for step in plan.steps) == plan.total >= 70
            for step in plan.steps:
                room = found.card.block(step.name)
                assert room.points("geely-auto").low + step.points <= room.most_points


def test_what_no_plan_reaches_is_out_of_reach_and_says_the_most(real: Workspace) -> None:
    """Without the 2 points for offsets, weighted by 0.6, 98.8 is the end."""
    (case, _) = roadmap(real, *GEELY, target=Fraction(99)).cases
    assert case.plans == ()
    assert case.most == Fraction("98.8")
    (case, _) = roadmap(
        real, *GEELY, target=Fraction(99), wishes=Wishes(include_offsets=True)
    ).cases
    assert case.most == 100
    assert case.plans[0].total >= 99


def test_a_rank_is_reached_against_the_others_as_they_are(real: Workspace) -> None:
    card = real.score("automakers-2024")
    found = roadmap(real, "automakers-2024", "bmw", rank=1)
    (case,) = found.cases
    assert case.target == card.total("mercedes-benz").low == Fraction("73.1")
    assert case.plans[0].total >= case.target
    (case,) = roadmap(real, "automakers-2024", "mercedes-benz", rank=1).cases
    assert case.plans[0].steps == ()


def test_on_the_assessed_basis_the_answer_is_a_band(real: Workspace) -> None:
    found = roadmap(real, *GEELY, target=Fraction(70), basis="assessed")
    surely, at_best = found.cases
    assert (surely.which, at_best.which) == ("surely", "at_best")
    assert surely.start == at_best.start == found.card.total("geely-auto").low
    assert {step.state for step in surely.plans[0].steps} <= {"unknown", "not_met"}
    assert at_best.plans[0].effort == 0
    assert len(at_best.plans[0].found_out) > 0
    assert surely.plans[0].effort == len(surely.plans[0].steps)


def test_steps_name_companies_that_earned_them_with_source_and_place(real: Workspace) -> None:
    found = roadmap(real, "automakers-2024", "byd", target=Fraction(40), basis="assessed")
    steps = {step.name: step for step in found.cases[0].plans[0].steps}
    example = next(e for e in steps["2.3.1/value"].examples if e.company == "polestar")
    assert example.evidence[0].where[0].source in real.store.sources
    assert any(not step.examples for step in steps.values())


@pytest.mark.slow
def test_blocks_name_who_has_all_of_their_points_and_what_lies_in_them(real: Workspace) -> None:
    found = roadmap(real, "automakers-2024", "bmw", rank=1, alternatives=30)
    steps = {step.name: step for case in found.cases for plan in case.plans for step in plan.steps}
    disclosure = steps["scope3_disclosure"]
    group = found.card.block("scope3_disclosure")
    full = {c for c in found.card.companies if group.points(c).low == group.most_points}
    assert {example.company for example in disclosure.examples} == full - {"bmw"}
    assert disclosure.held == group.most_points
    assert "2.2.1/latest-figure" in disclosure.candidates
    assert all(c.startswith("2.2.") for c in disclosure.candidates)


@pytest.mark.slow
def test_criteria_in_a_block_end_at_companies_sources_and_places(real: Workspace) -> None:
    """Assessments of the same evaluation show with evidence what the table cannot."""
    found = roadmap(real, "automakers-2024", "bmw", rank=1, alternatives=20)
    steps = {step.name: step for case in found.cases for plan in case.plans for step in plan.steps}
    met = {entry.criterion: entry for entry in steps["scope3_disclosure"].met}
    answers = real.assess("automakers-2024").answers
    assert "2.2.1/latest-figure" in met
    for criterion, entry in met.items():
        assert criterion in steps["scope3_disclosure"].candidates
        for example in entry.examples:
            assert example.company != "bmw"
            assert answers[example.company].effective(criterion) == "met"
            for evidence in example.evidence:
                assert all(p.source in real.store.sources and p.locator for p in evidence.where)
    assert all(example.evidence for entry in met.values() for example in entry.examples)


def test_without_assessments_a_printed_table_has_no_evidence(tiny: Spoilable) -> None:
    workspace = tiny.open()
    assert not workspace.store.assessments["first"]
    found = roadmap(workspace, "first", "alpha", target=Fraction(15))
    steps = [step for case in found.cases for plan in case.plans for step in plan.steps]
    assert steps
    assert not any(step.met for step in steps)


def test_efforts_by_code_count_on_the_published_basis(real: Workspace) -> None:
    """All five half points for upstream suppliers, 5.4, cost 3 each; elsewhere they cost 1."""
    entries = [{"step": "5.4", "effort": Decimal(3)}, {"step": "5.4.1/asks", "effort": Decimal(2)}]
    efforts = Efforts.model_validate({"format": 1, "efforts": entries})
    found = roadmap(real, *GEELY, target=Fraction(65), wishes=Wishes(efforts))
    for case in found.cases:
        assert "upstream_suppliers" not in {step.name for step in case.plans[0].steps}
        assert case.plans[0].effort == 5
    elsewhere = ("1", "2", "3", "4", "5.1", "5.2", "5.3")
    found = roadmap(real, *GEELY, target=Fraction(65), wishes=Wishes(efforts, elsewhere))
    assert {case.plans[0].effort for case in found.cases} == {15}
    assert found.unused_efforts == ("5.4.1/asks",)


def test_what_a_parent_met_is_a_step_to_the_whole(tmp_path: Path) -> None:
    """An inherited half becomes a whole where the venture shows its own."""
    workspace = two_seasons(tmp_path / "w")
    everything = roadmap(workspace, "season-1", "venture", target=Fraction("15.4"))
    states = {s.name: s.state for s in everything.cases[0].plans[0].steps}
    assert states["1.2.1/target"] == "inherited"


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({}, "either a total or a rank"),
        ({"target": Fraction(70), "rank": 1}, "either a total or a rank"),
        ({"target": Fraction(101)}, "from 0 to 100"),
        ({"rank": 52}, "expected 1 to 51"),
        ({"rank": 0}, "expected 1 to 51"),
    ],
)
def test_requests_without_sense_are_refused(
    real: Workspace, request_: dict[str, int], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        roadmap(real, *GEELY, **request_)  # type: ignore[arg-type]


def test_a_company_that_is_not_ranked_has_no_roadmap(real: Workspace) -> None:
    with pytest.raises(UsageError, match="no company nucor"):
        roadmap(real, "automakers-2024", "nucor", rank=1)
