"""Roadmaps of printed points beside every number of grid steps in every block."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from cati.analysis.roadmap.aim import Aim
from cati.analysis.roadmap.plan import Example
from cati.analysis.roadmap.published_steps import published_cases
from cati.analysis.roadmap.wishes import Steps, Wishes
from cati.model.efforts import Efforts
from cati.model.methodology import Methodology
from cati.model.printed import PointsRow
from cati.scoring.scorecard import Scorecard
from cati.workspace import Workspace
from tests.conftest import Spoilable
from tests.scoring.synthetic import assignments, column_most, column_steps, methodologies


def nobody(criterion: str) -> tuple[Example, ...]:
    """No example of a criterion."""
    return ()


def printed(asks: Methodology, solutions: list[dict[str, int]]) -> Scorecard:
    """A company with one or more solutions."""
    most = column_most(asks)
    rows = [
        PointsRow(0, "alpha", n, column, steps * asks.grid, most[column] * asks.grid, "rate")
        for n, solution in enumerate(solutions, start=1)
        for column, steps in column_steps(asks, solution).items()
    ]
    return Scorecard.from_points("e", asks, tuple(rows))


@given(st.data())
@settings(max_examples=40)
def test_it_finds_every_cheapest_way_to_gain_points(data: st.DataObject) -> None:
    asks = data.draw(methodologies(most_indicators=4))
    earned = data.draw(assignments(asks))
    card = printed(asks, [earned])
    effort = {b.id: data.draw(st.sampled_from(["0.5", "1", "3"])) for b in card.blocks}
    entries = [{"step": name, "effort": Decimal(e)} for name, e in effort.items()]
    efforts = Efforts.model_validate({"format": 1, "efforts": entries})
    target = data.draw(st.integers(0, 20)) * Fraction(asks.maximum) / 20
    row = card.low[0].tolist()
    ways = {}
    for gained in product(*(range(b.steps - s + 1) for b, s in zip(card.blocks, row, strict=True))):
        total = sum(
            Fraction(unit * (s + g), card.denominator)
            for unit, s, g in zip(card.numerators.tolist(), row, gained, strict=True)
        )
        if total >= target:
            ways[gained] = sum(
                (Fraction(effort[b.id]) * g for b, g in zip(card.blocks, gained, strict=True)),
                Fraction(0),
            )
    least = min(ways.values())

    (case,) = published_cases(
        Aim(card, "alpha", target, None, 10_000), Steps(asks, Wishes(efforts)), nobody
    )

    found = set()
    for plan in case.plans:
        points = {step.name: step.points / Fraction(asks.grid) for step in plan.steps}
        found.add(tuple(int(points.get(b.id, 0)) for b in card.blocks))
        assert case.start + sum(step.adds for step in plan.steps) == plan.total >= target
        assert plan.effort == least
    assert found == {gained for gained, cost in ways.items() if cost == least}


def test_what_is_left_out_takes_its_room_from_the_block(tiny: Spoilable) -> None:
    """Of own action's 6 points alpha has 4; without heat's 3 none is surely left to gain."""
    card = tiny.open().score("first")
    for exclude, most in (((), 24), (("2.1.2",), 24 - Fraction(2) * card.factors["own"])):
        steps = Steps(card.methodology, Wishes(exclude=exclude))
        (case,) = published_cases(Aim(card, "alpha", Fraction(0), None, 1), steps, nobody)
        assert case.most == most


def test_each_solution_of_a_printed_row_is_a_case_and_says_what_it_is(
    real: Workspace,
) -> None:
    card = real.score("automakers-2024")
    aim = Aim(card, "geely-auto", Fraction(70), None, 1)
    cases = published_cases(aim, Steps(card.methodology), nobody)
    assert [case.which for case in cases] == ["solution", "solution"]
    assert {tuple(case.solved) for case in cases} == {
        (("affiliates", Fraction(4)), ("upstream_suppliers", Fraction(0))),
        (("affiliates", Fraction(1, 2)), ("upstream_suppliers", Fraction(3, 2))),
    }
    assert {case.start for case in cases} == {Fraction("61.9")}


def test_who_holds_more_of_a_block_than_this_solution_is_its_example(real: Workspace) -> None:
    """Nobody has all points for upstream suppliers; who has most depends on the own points."""
    card = real.score("automakers-2024")
    aim = Aim(card, "geely-auto", Fraction(70), None, 1)
    cases = published_cases(aim, Steps(card.methodology), nobody)
    earned = {dict(case.solved)["upstream_suppliers"]: case.plans[0].steps for case in cases}
    group = card.block("upstream_suppliers")
    others = {c: group.points(c).low for c in card.companies if c != "geely-auto"}
    most = max(others.values())
    assert 0 < most < Fraction("1.5") < group.most_points
    (some,), (none,) = earned[Fraction("1.5")], earned[Fraction(0)]
    assert (some.examples, some.held) == ((), None)
    assert {e.company for e in none.examples} == {c for c, held in others.items() if held == most}
    assert none.held == most
