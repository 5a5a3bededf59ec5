"""Roadmaps of criteria beside every set of criteria there is."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cati.analysis.roadmap.aim import Aim
from cati.analysis.roadmap.assessed_steps import assessed_cases
from cati.analysis.roadmap.plan import Case
from cati.analysis.roadmap.wishes import Steps, Wishes
from cati.model.assessment import Answer
from cati.model.efforts import Efforts
from cati.model.interval import Interval
from cati.model.methodology import Criterion, Indicator, Methodology, Route, criterion_names
from cati.model.weighting import track_factors
from cati.scoring.assessed import Answers, indicator_blocks, indicator_points, requirements
from cati.scoring.scorecard import Scorecard
from tests.scoring.synthetic import TEXT, column, methodology

ANSWERS: tuple[Answer, ...] = ("met", "not_met", "unknown", "unpublished")


@st.composite
def asked(draw: st.DrawFn) -> Methodology:
    """Two to four indicators with one or two routes, ladders inside and across, one on offsets."""
    tracks = st.sampled_from(["once", "own", "chain"])
    shapes = [("1.1", 4, draw(tracks)) for _ in range(draw(st.integers(2, 3)))]
    members: dict[str, list[str]] = {}
    for number, (_, _, track) in enumerate(shapes, start=1):
        members.setdefault(track, []).append(f"1.1.{number}")
    columns = [column(track, codes) for track, codes in members.items()]
    used = {track for _, _, track in shapes} - {"once"}
    shares = {"own": Decimal(30), "chain": Decimal(70)} if len(used) == 2 else None
    whole = methodology(shapes, columns, shares=shares)
    names: list[str] = []
    indicators = []
    for indicator in whole.indicators():
        routes = [
            Route(id=f"r{r}", criteria=tuple(_criteria(draw, indicator.code, r, names)))
            for r in range(draw(st.integers(1, 2)))
        ]
        offsets = draw(st.sampled_from([False, False, True]))
        indicators.append(
            indicator.model_copy(update={"routes": tuple(routes), "offsets": offsets})
        )
    sub = whole.dimensions[0].sub_dimensions[0].model_copy(update={"indicators": tuple(indicators)})
    dimension = whole.dimensions[0].model_copy(update={"sub_dimensions": (sub,)})
    return Methodology.model_construct(**{**dict(whole), "dimensions": (dimension,)})


def _criteria(draw: st.DrawFn, code: str, route: int, names: list[str]) -> Iterator[Criterion]:
    """Criteria of two points in half points, each requiring what came before or nothing."""
    for number, points in enumerate(draw(st.sampled_from([("0.5", "1.5"), ("2",), ("1", "1")]))):
        requires = draw(st.sets(st.sampled_from(names), max_size=1)) if names else set()
        name = f"c{route}{number}"
        yield Criterion(
            id=name, points=Decimal(points), statement=TEXT, requires=tuple(sorted(requires))
        )
        names.append(f"{code}/{name}")


@st.composite
def situations(draw: st.DrawFn) -> tuple[Methodology, Answers, Wishes]:
    asks = draw(asked())
    names = [name for i in asks.indicators() for name in criterion_names(i)]
    given: dict[str, Answer] = {name: draw(st.sampled_from(ANSWERS)) for name in names}
    worth = {n: Fraction(1, 2) for n in names if given[n] == "met" and draw(st.booleans())}
    efforts = [
        {"step": name, "effort": Decimal(draw(st.sampled_from(["0.5", "1", "2"])))}
        for name in draw(st.lists(st.sampled_from(names), unique=True, max_size=3))
    ]
    wishes = Wishes(
        efforts=Efforts.model_validate({"format": 1, "efforts": efforts}) if efforts else None,
        exclude=tuple(draw(st.sets(st.sampled_from(names), max_size=1))),
        include_offsets=draw(st.booleans()),
    )
    return asks, Answers(given, requirements(asks), worth), wishes


def total(asks: Methodology, answers: Answers) -> Interval:
    """By the scorer."""
    factors = track_factors(asks)
    found = [
        indicator_points(i, answers, Fraction(asks.grid)).scaled(factors[i.track])
        for i in asks.indicators()
    ]
    return Interval(
        sum((f.low for f in found), Fraction(0)), sum((f.high for f in found), Fraction(0))
    )


def card(asks: Methodology, answers: Answers) -> Scorecard:
    """A scorecard of this one company."""
    grid = Fraction(asks.grid)
    points = [indicator_points(i, answers, grid) for i in asks.indicators()]
    return Scorecard(
        evaluation="e",
        methodology=asks,
        basis="assessed",
        companies=("alpha",),
        blocks=indicator_blocks(asks),
        owner=np.array([0]),
        low=np.array([[int(p.low / grid) for p in points]]),
        high=np.array([[int(p.high / grid) for p in points]]),
        stated={},
        factors=track_factors(asks),
    )


def with_met(answers: Answers, chosen: frozenset[str]) -> Answers:
    given = {**answers.given, **dict.fromkeys(chosen, "met")}
    worth = {name: part for name, part in answers.worth.items() if name not in chosen}
    return Answers(given, answers.requires, worth)  # type: ignore[arg-type]


def every_plan(
    asks: Methodology, answers: Answers, wishes: Wishes, target: Fraction
) -> dict[frozenset[str], Fraction]:
    """All sets of steps that reach a target, with their effort."""
    steps = Steps(asks, wishes)
    open_names = [
        name
        for name, answer in answers.given.items()
        if name not in steps.left_out and (answer != "met" or name in answers.worth)
    ]
    sets = chain.from_iterable(combinations(open_names, n) for n in range(len(open_names) + 1))
    return {
        frozenset(chosen): sum((Fraction(steps.effort(n)) for n in chosen), Fraction(0))
        for chosen in sets
        if total(asks, with_met(answers, frozenset(chosen))).low >= target
    }


def planned(
    asks: Methodology, answers: Answers, wishes: Wishes, target: Fraction
) -> tuple[Case, ...]:
    aim = Aim(card(asks, answers), "alpha", target, None, alternatives=10_000)
    return assessed_cases(aim, Steps(asks, wishes), answers, lambda name: ())


@pytest.mark.slow
@given(situations(), st.integers(0, 24))
@settings(max_examples=60)
def test_surely_gives_every_cheapest_set_and_no_other(
    situation: tuple[Methodology, Answers, Wishes], halves: int
) -> None:
    asks, answers, wishes = situation
    target = Fraction(halves, 2)
    reaching = every_plan(asks, answers, wishes, target)
    least = min(reaching.values(), default=None)

    case = planned(asks, answers, wishes, target)[0]

    wanted = {chosen for chosen, effort in reaching.items() if effort == least}
    assert {frozenset(s.name for s in plan.steps) for plan in case.plans} == wanted
    assert not case.more
    assert all(plan.effort == least for plan in case.plans)


@pytest.mark.slow
@given(situations(), st.integers(1, 24))
@settings(max_examples=60)
def test_steps_add_up_exactly_and_can_be_taken_in_their_order(
    situation: tuple[Methodology, Answers, Wishes], halves: int
) -> None:
    asks, answers, wishes = situation
    for case in planned(asks, answers, wishes, Fraction(halves, 2)):
        for plan in case.plans:
            steps = (*plan.steps, *plan.found_out)
            assert case.start + sum(step.adds for step in steps) == plan.total
            chosen = frozenset(step.name for step in steps)
            assert total(asks, with_met(answers, chosen)).low == plan.total
            assert plan.total >= case.target
            assert plan.effort == sum(step.effort for step in plan.steps)
            order = [s.name for s in plan.steps]
            for at, name in enumerate(order):
                assert not set(answers.chain(name)[1:]) & set(order[at:])


@pytest.mark.slow
@given(situations(), st.integers(1, 24))
@settings(max_examples=60)
def test_at_best_needs_no_more_than_what_the_unknown_cannot_give(
    situation: tuple[Methodology, Answers, Wishes], halves: int
) -> None:
    """The least effort over all ways in which the unknown can turn out, and then the fewest."""
    asks, answers, wishes = situation
    target = Fraction(halves, 2)
    reaching = every_plan(asks, answers, wishes, target)
    unknown = {name for name, answer in answers.given.items() if answer == "unknown"}
    steps = Steps(asks, wishes)
    cost = {
        chosen: (
            sum((Fraction(steps.effort(n)) for n in chosen - unknown), Fraction(0)),
            len(chosen & unknown),
        )
        for chosen in reaching
    }

    surely, at_best = (planned(asks, answers, wishes, target) * 2)[:2]

    if not reaching:
        assert not at_best.plans
        return
    plan = at_best.plans[0]
    if at_best.which == "at_best":
        assert (plan.effort, len(plan.found_out)) == min(cost.values())
        assert {step.state for step in plan.found_out} <= {"unknown"}
    assert plan.effort <= surely.plans[0].effort


def test_the_better_route_and_the_ladder_decide() -> None:
    """Two routes of 2 points: one at an effort of 3, one at 1 behind a step already done."""
    whole = methodology([("1.1", 4, "once")], [column("c", ["1.1.1"])])
    routes = (
        Route(
            id="a",
            criteria=(Criterion(id="all", points=Decimal(2), statement=TEXT),),
        ),
        Route(
            id="b",
            criteria=(
                Criterion(id="first", points=Decimal("0.5"), statement=TEXT),
                Criterion(
                    id="then", points=Decimal("1.5"), statement=TEXT, requires=("1.1.1/first",)
                ),
            ),
        ),
    )
    (indicator,) = whole.indicators()
    indicator = indicator.model_copy(update={"routes": routes})
    sub = whole.dimensions[0].sub_dimensions[0].model_copy(update={"indicators": (indicator,)})
    dimension = whole.dimensions[0].model_copy(update={"sub_dimensions": (sub,)})
    asks = Methodology.model_construct(**{**dict(whole), "dimensions": (dimension,)})
    assert isinstance(indicator, Indicator)
    given: dict[str, Answer] = {
        "1.1.1/all": "not_met",
        "1.1.1/first": "not_met",
        "1.1.1/then": "not_met",
    }
    answers = Answers(given, requirements(asks))
    efforts = Efforts.model_validate(
        {"format": 1, "efforts": [{"step": "1.1.1/all", "effort": Decimal(3)}]}
    )
    (case,) = planned(asks, answers, Wishes(efforts), Fraction(2))
    (plan,) = case.plans
    assert [(s.name, s.adds) for s in plan.steps] == [
        ("1.1.1/first", Fraction(1, 2)),
        ("1.1.1/then", Fraction(3, 2)),
    ]
    assert plan.effort == 2
