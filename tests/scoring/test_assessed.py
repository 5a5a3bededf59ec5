"""From verdicts to points: intervals that hold every possible outcome, and no more."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from cati.model.assessment import Answer, Assessment, NoDisclosure, Verdict
from cati.model.base import Text
from cati.model.methodology import Criterion, Indicator, Route
from cati.model.standing import Standing
from cati.scoring.assessed import Answers, assess, indicator_points, lowest_level, uncounted
from cati.workspace import Workspace

DAY = datetime.date(2026, 11, 21)
TEXT = Text(en="a", zh="甲")
NAMES = ("a", "b", "c", "d")
ANSWERS: tuple[Answer, ...] = ("met", "not_met", "unknown")


def indicator(requires: dict[str, tuple[str, ...]]) -> Indicator:
    """Two routes of two criteria each, half a point and one and a half."""
    criteria = {
        name: Criterion(
            id=name,
            points=Decimal(points),
            statement=TEXT,
            requires=tuple(f"1.1.1/{other}" for other in requires.get(name, ())),
        )
        for name, points in zip(NAMES, ("0.5", "1.5", "0.5", "1.5"), strict=True)
    }
    routes = (
        Route(id="one", criteria=(criteria["a"], criteria["b"])),
        Route(id="two", criteria=(criteria["c"], criteria["d"])),
    )
    return Indicator(code="1.1.1", title=TEXT, points=Decimal(2), track="t", routes=routes)


def answers(of: Indicator, given: dict[str, Answer]) -> Answers:
    requires = {f"1.1.1/{c.id}": c.requires for route in of.routes for c in route.criteria}
    return Answers({f"1.1.1/{name}": answer for name, answer in given.items()}, requires)


LADDERS = st.fixed_dictionaries(
    {}, optional={"b": st.just(("a",)), "d": st.sampled_from([("c",), ("a",), ("b", "c")])}
)


@given(LADDERS, st.fixed_dictionaries({name: st.sampled_from(ANSWERS) for name in NAMES}))
def test_the_interval_is_what_all_ways_of_settling_the_unknown_give(
    requires: dict[str, tuple[str, ...]], given: dict[str, Answer]
) -> None:
    of = indicator(requires)
    choices = [("met", "not_met") if given[n] == "unknown" else (given[n],) for n in NAMES]
    settled = []
    for choice in product(*choices):
        full = answers(of, dict(zip(NAMES, choice, strict=True)))
        outcome = indicator_points(of, full)
        assert outcome.low == outcome.high
        settled.append(outcome.low)
    found = indicator_points(of, answers(of, given))
    assert (found.low, found.high) == (min(settled), max(settled))


def test_a_step_counts_only_with_those_below_it() -> None:
    of = indicator({"b": ("a",)})
    given: dict[str, Answer] = {"a": "not_met", "b": "met", "c": "not_met", "d": "not_met"}
    assert indicator_points(of, answers(of, given)).high == 0


def test_an_indicator_without_criteria_can_hold_anything() -> None:
    bare = Indicator(code="1.1.1", title=TEXT, points=Decimal(2), track="t")
    found = indicator_points(bare, Answers({}, {}))
    assert (found.low, found.high) == (0, 2)


def verdict(rationale: str | None = None) -> Verdict:
    return Verdict(
        criterion="2.3.1/value",
        answer="met",
        disclosures=("polestar/d",),
        rationale=rationale,
        assessor="Wen",
        date=DAY,
    )


def assessment(*verdicts: Verdict, looked: bool = False) -> Assessment:
    nothing = NoDisclosure(
        code="5.3.2", looked_in=("website",), assessor="Wen", date=DAY, level="reviewed"
    )
    return Assessment(
        format=1,
        evaluation="automakers-2024",
        verdicts=verdicts,
        no_disclosure=(nothing,) if looked else (),
    )


def test_evidence_that_does_not_count_leaves_the_criterion_unknown_and_is_named() -> None:
    late = {"polestar/d": Standing(("after_cutoff",), (), None)}
    (entry,) = uncounted("polestar", assessment(verdict("seen")), late)
    assert (entry.criterion, entry.reasons) == ("2.3.1/value", ("after_cutoff",))


def test_weak_evidence_counts_only_with_a_reason() -> None:
    weak = {"polestar/d": Standing((), ("low_confidence",), DAY)}
    assert uncounted("polestar", assessment(verdict()), weak)
    assert not uncounted("polestar", assessment(verdict("Checked in the report itself.")), weak)


def test_a_total_carries_the_lowest_level_of_its_parts() -> None:
    assert lowest_level(None) == "unverified"
    assert lowest_level(assessment(looked=True)) == "reviewed"
    assert lowest_level(assessment(verdict(), looked=True)) == "unverified"


def test_an_assessed_scorecard_holds_what_is_known_and_leaves_the_rest_open(
    real: Workspace,
) -> None:
    good = {"polestar/d": Standing((), (), DAY)}
    found = assess(
        real.evaluation("automakers-2024"),
        real.methodology("automotive-2024"),
        {"polestar": assessment(verdict(), looked=True)},
        good,
    )
    card = found.card
    assert card.block("2.3.1").points("polestar").low == 1
    assert card.block("5.3.2").points("polestar").high == 0
    assert card.total("polestar").low == 1
    assert card.total("polestar").high == 100 - Fraction(7, 5) * 3
    assert card.coverage("polestar") == Fraction(4, 100)
    assert (card.total("bmw").low, card.total("bmw").high) == (0, 100)
    assert card.coverage("bmw") == 0
    assert found.uncounted == ()
