"""Every gain in the list is what the scorer itself gives, and requirements come first."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cati.model.assessment import Answer, Assessment, Verdict
from cati.model.evaluation import Evaluation
from cati.research.self_assessment.gaps import Gap, gaps
from cati.scoring.assessed import Assessed, assess, requirements
from cati.workspace import Workspace

COMPANY = "polestar"
DISCLOSURE = "polestar/polestar-2-footprint-shares"


class Grading:
    """One company of the real evaluation on its own, answered as a test wants."""

    def __init__(self, real: Workspace) -> None:
        self.methodology = real.methodology("automotive-2024")
        found = real.evaluation("automakers-2024")
        scope = tuple(entry for entry in found.scope if entry.company == COMPANY)
        self.evaluation: Evaluation = found.model_copy(update={"scope": scope, "contact": ()})
        self.backings = real.backings("automakers-2024")
        self.requires = requirements(self.methodology)

    def scored(self, given: dict[str, Answer], published: bool = False) -> Assessed:
        verdicts = tuple(
            Verdict(
                criterion=name,
                answer=answer,
                disclosures=(DISCLOSURE,) if answer == "met" else (),
                rationale="So that it counts.",
                assessor="A",
                date=self.evaluation.cutoff,
            )
            for name, answer in given.items()
        )
        assessment = Assessment(format=1, evaluation="automakers-2024", verdicts=verdicts)
        return assess(
            self.evaluation,
            self.methodology,
            {COMPANY: assessment},
            self.backings,
            as_if_published=published,
        )

    def least(self, given: dict[str, Answer]) -> Fraction:
        return self.scored(given).card.total(COMPANY).low

    def gaps(self, given: dict[str, Answer]) -> tuple[Gap, ...]:
        return gaps(self.scored(given), COMPANY)

    def chain(self, name: str) -> list[str]:
        return [name, *(n for required in self.requires[name] for n in self.chain(required))]


@pytest.fixture(scope="module")
def grading(real: Workspace) -> Grading:
    return Grading(real)


NAMES = st.integers(0, 146)
ANSWERS = st.dictionaries(NAMES, st.sampled_from(["met", "met", "not_met", "unpublished"]))


@pytest.mark.slow
@settings(max_examples=12)
@given(chosen=ANSWERS, data=st.data())
def test_gains_are_what_the_scorer_gives(
    grading: Grading, chosen: dict[int, Answer], data: st.DataObject
) -> None:
    names = list(grading.requires)
    given = {names[at]: answer for at, answer in chosen.items()}
    before = grading.least(given)
    found = grading.gaps(given)
    listed = {gap.criterion: gap for gap in found}
    for at in data.draw(st.sets(NAMES, min_size=5, max_size=8)):
        name = names[at]
        alone = grading.least({**given, name: "met"}) - before
        gain = grading.least({**given, **dict.fromkeys(grading.chain(name), "met")}) - before
        if name in listed:
            assert (listed[name].alone, listed[name].gain) == (alone, gain)
        else:
            assert given.get(name) == "met" or gain == 0


@pytest.mark.slow
@settings(max_examples=20)
@given(chosen=ANSWERS)
def test_what_is_required_stands_first_and_all_of_it_together_earns_everything(
    grading: Grading, chosen: dict[int, Answer]
) -> None:
    names = list(grading.requires)
    given = {names[at]: answer for at, answer in chosen.items()}
    met = {name for name, answer in given.items() if answer == "met"}
    done = set(met)
    found = grading.gaps(given)
    for gap in found:
        assert set(gap.first) <= done
        assert set(gap.first) == set(grading.chain(gap.criterion)) - met - {gap.criterion}
        done.add(gap.criterion)
    full: dict[str, Answer] = {**given, **{gap.criterion: "met" for gap in found}}
    assert grading.least(full) == 100


def test_the_greatest_gain_comes_first(grading: Grading) -> None:
    found = grading.gaps({})
    tops = [gap.gain for gap in found if not any(gap.criterion in g.first for g in found)]
    assert all(one >= other for one, other in pairwise(tops))
    assert found[0].gain <= tops[0]


def test_the_sum_of_what_nothing_else_requires_is_no_promise(grading: Grading) -> None:
    """Gains overlap; the list does not hide it."""
    found = grading.gaps({})
    assert sum((gap.gain for gap in found), Fraction(0)) > 100


def test_states_say_what_is_in_the_way(grading: Grading) -> None:
    known = [name for name in grading.requires if not grading.requires[name]][:3]
    given: dict[str, Answer] = dict(zip(known, ("not_met", "unpublished"), strict=False))
    states = {gap.criterion: gap.state for gap in grading.gaps(given)}
    assert [states[name] for name in known] == ["not_met", "unpublished", "unknown"]


def test_evidence_that_does_not_count_is_a_gap_of_its_own(grading: Grading) -> None:
    name = next(iter(grading.requires))
    verdict = Verdict(criterion=name, answer="met", assessor="A", date=grading.evaluation.cutoff)
    assessment = Assessment(format=1, evaluation="automakers-2024", verdicts=(verdict,))
    found = assess(grading.evaluation, grading.methodology, {COMPANY: assessment}, grading.backings)
    (gap,) = [gap for gap in gaps(found, COMPANY) if gap.criterion == name]
    assert gap.state == "uncounted"
    assert gap.alone == gap.points * gap.factor > 0


def test_a_second_route_to_points_that_are_earned_is_no_gap(grading: Grading) -> None:
    indicator = grading.methodology.indicator("5.4.7")
    first, second = indicator.routes
    name = [f"5.4.7/{criterion.id}" for criterion in first.criteria]
    given: dict[str, Answer] = {n: "met" for c in name for n in grading.chain(c)}
    left = {gap.criterion for gap in grading.gaps(given)}
    assert not left & {f"5.4.7/{criterion.id}" for criterion in second.criteria}


def test_met_and_waiting_is_told_by_what_it_waits_for(grading: Grading) -> None:
    """4.2.3/tracked is met, but counts only with the target it is about."""
    given: dict[str, Answer] = {"4.2.3/tracked": "met"}
    found = {gap.criterion: gap for gap in grading.gaps(given)}
    assert "4.2.3/tracked" not in found
    target = found["3.2.3/supplier-goals"]
    factor = Fraction(7, 5)
    assert target.alone == factor * 2  # its own point and the waiting one
    assert (target.points, target.factor) == (1, factor)
