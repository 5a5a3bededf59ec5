"""From verdicts to points: intervals that hold every possible outcome, and no more."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import floor

from hypothesis import given
from hypothesis import strategies as st

from cati.model.assessment import Answer, Assessment, NoDisclosure, Verdict
from cati.model.base import Text
from cati.model.methodology import Criterion, Indicator, Route
from cati.model.standing import Standing
from cati.scoring.assessed import Answers, assess, indicator_points, judge, lowest_level
from cati.scoring.backing import Backings
from cati.workspace import Workspace

DAY = datetime.date(2026, 11, 21)
TEXT = Text(en="a", zh="甲")
NAMES = ("a", "b", "c", "d")
ANSWERS: tuple[Answer, ...] = ("met", "not_met", "unknown")
GRID = Fraction(1, 2)
PARTS = (Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1))


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


def answers(
    of: Indicator, given: dict[str, Answer], worth: dict[str, Fraction] | None = None
) -> Answers:
    requires = {f"1.1.1/{c.id}": c.requires for route in of.routes for c in route.criteria}
    return Answers(
        {f"1.1.1/{name}": answer for name, answer in given.items()},
        requires,
        {f"1.1.1/{name}": part for name, part in (worth or {}).items()},
    )


LADDERS = st.fixed_dictionaries(
    {}, optional={"b": st.just(("a",)), "d": st.sampled_from([("c",), ("a",), ("b", "c")])}
)


GIVEN = st.fixed_dictionaries({name: st.sampled_from(ANSWERS) for name in NAMES})
WORTH = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(PARTS))


@given(LADDERS, GIVEN, WORTH)
def test_the_interval_is_what_all_ways_of_settling_the_unknown_give(
    requires: dict[str, tuple[str, ...]], given: dict[str, Answer], worth: dict[str, Fraction]
) -> None:
    """Brute force: every answer settled, steps climbed by hand, parts counted, halves kept."""
    of = indicator(requires)
    choices = [("met", "not_met") if given[n] == "unknown" else (given[n],) for n in NAMES]
    settled = []
    for choice in product(*choices):
        met = {name for name, answer in zip(NAMES, choice, strict=True) if answer == "met"}
        while weak := {n for n in met if not set(requires.get(n, ())) <= met}:
            met -= weak
        routes = []
        for route in of.routes:
            exact = sum(
                Fraction(c.points) * worth.get(c.id, Fraction(1))
                for c in route.criteria
                if c.id in met
            )
            routes.append(floor(exact / GRID) * GRID)
        settled.append(max(routes))
    found = indicator_points(of, answers(of, given, worth), GRID)
    assert (found.low, found.high) == (min(settled), max(settled))


@given(LADDERS, GIVEN, WORTH)
def test_inherited_evidence_never_earns_more_than_own_evidence(
    requires: dict[str, tuple[str, ...]], given: dict[str, Answer], worth: dict[str, Fraction]
) -> None:
    of = indicator(requires)
    claimed = indicator_points(of, answers(of, given, worth), GRID)
    own = indicator_points(of, answers(of, given), GRID)
    assert 0 <= claimed.low <= own.low <= 2
    assert claimed.high <= own.high <= 2


@given(LADDERS, GIVEN, WORTH, st.sampled_from(NAMES), st.sampled_from(PARTS))
def test_a_greater_part_never_earns_less(
    requires: dict[str, tuple[str, ...]],
    given: dict[str, Answer],
    worth: dict[str, Fraction],
    name: str,
    part: Fraction,
) -> None:
    of = indicator(requires)
    more = worth | {name: max(part, worth.get(name, Fraction(1)))}
    before = indicator_points(of, answers(of, given, worth), GRID)
    after = indicator_points(of, answers(of, given, more), GRID)
    assert before.low <= after.low
    assert before.high <= after.high


@given(LADDERS, GIVEN, WORTH, st.sampled_from(NAMES))
def test_meeting_one_more_criterion_never_costs_points(
    requires: dict[str, tuple[str, ...]],
    given: dict[str, Answer],
    worth: dict[str, Fraction],
    name: str,
) -> None:
    of = indicator(requires)
    before = indicator_points(of, answers(of, given, worth), GRID)
    better: dict[str, Answer] = given | {name: "met"}
    assert before.low <= indicator_points(of, answers(of, better, worth), GRID).low


def test_a_requirement_met_by_inheritance_is_met() -> None:
    of = indicator({"b": ("a",)})
    given: dict[str, Answer] = {"a": "met", "b": "met", "c": "not_met", "d": "not_met"}
    found = indicator_points(of, answers(of, given, {"a": Fraction(1, 2)}), GRID)
    assert (found.low, found.high) == (Fraction(3, 2), Fraction(3, 2))


def test_half_of_a_half_point_is_off_the_grid_and_rounded_down() -> None:
    of = indicator({})
    given: dict[str, Answer] = {"a": "met", "b": "not_met", "c": "not_met", "d": "not_met"}
    assert indicator_points(of, answers(of, given, {"a": Fraction(1, 2)}), GRID).high == 0


def test_a_step_counts_only_with_those_below_it() -> None:
    of = indicator({"b": ("a",)})
    given: dict[str, Answer] = {"a": "not_met", "b": "met", "c": "not_met", "d": "not_met"}
    assert indicator_points(of, answers(of, given), GRID).high == 0


def test_an_indicator_without_criteria_can_hold_anything() -> None:
    bare = Indicator(code="1.1.1", title=TEXT, points=Decimal(2), track="t")
    found = indicator_points(bare, Answers({}, {}), GRID)
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


def backings(real: Workspace, standing: Standing) -> Backings:
    """Judges one disclosure, with this standing, by the real methodology."""
    return Backings(
        real.methodology("automotive-2024"),
        real.evaluation("automakers-2024").cutoff,
        real.store.entities,
        {"polestar/d": real.store.disclosures["polestar/steel-target-2030"]},
        {"polestar/d": standing},
    )


def test_evidence_that_does_not_count_leaves_the_criterion_unknown_and_is_named(
    real: Workspace,
) -> None:
    late = backings(real, Standing(("after_cutoff",), (), None))
    (entry,), inherited = judge("polestar", assessment(verdict("seen")), late)
    assert (entry.criterion, entry.reasons) == ("2.3.1/value", ("after_cutoff",))
    assert inherited == ()


def test_weak_evidence_counts_only_with_a_reason(real: Workspace) -> None:
    weak = backings(real, Standing((), ("low_confidence",), DAY))
    assert judge("polestar", assessment(verdict()), weak)[0]
    reasoned = assessment(verdict("Checked in the report itself."))
    assert judge("polestar", reasoned, weak) == ((), ())


def test_a_total_carries_the_lowest_level_of_its_parts() -> None:
    assert lowest_level(None) == "unverified"
    assert lowest_level(assessment(looked=True)) == "reviewed"
    assert lowest_level(assessment(verdict(), looked=True)) == "unverified"


def test_an_assessed_scorecard_holds_what_is_known_and_leaves_the_rest_open(
    real: Workspace,
) -> None:
    good = backings(real, Standing((), (), DAY))
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


def test_what_is_done_and_not_published_counts_only_as_if_it_were(real: Workspace) -> None:
    private = verdict().model_copy(update={"answer": "unpublished", "disclosures": ()})
    earned = []
    for as_if_published in (False, True):
        found = assess(
            real.evaluation("automakers-2024"),
            real.methodology("automotive-2024"),
            {"polestar": assessment(private)},
            backings(real, Standing((), (), DAY)),
            as_if_published=as_if_published,
        )
        points = found.card.block("2.3.1").points("polestar")
        earned.append((points.low, points.high))
    value, rest = 1, 5
    assert earned[1] == (value, value + rest)
    assert earned[0][0] == 0
    assert earned[0][1] < earned[1][1]
