"""Steps on the assessed basis: criteria to be met."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from cati.analysis.roadmap.aim import Aim
from cati.analysis.roadmap.plan import Case, Example, Plan, State, Step
from cati.analysis.roadmap.program import Chosen, Piece, Program, Question
from cati.analysis.roadmap.wishes import Steps, whole_costs
from cati.model.methodology import Criterion, Indicator, criterion_names
from cati.model.references import indicator_of
from cati.scoring.assessed import Answers, indicator_points
from cati.scoring.backing import WHOLE


def assessed_cases(
    aim: Aim,
    steps: Steps,
    answers: Answers,
    examples: Callable[[str], tuple[Example, ...]],
) -> tuple[Case, ...]:
    """The cheapest criteria to a target: surely, and at best.

    At best, unknown criteria may turn out to be met: they cost nothing, but
    as few of them as possible are needed.

    Parameters
    ----------
    aim : Aim
    steps : Steps
    answers : Answers
        The company's, as they count.
    examples : callable
        Others that meet a criterion, ``<code>/<criterion>``.
    """
    surely = _Criteria(aim, steps, answers, examples)
    at_best = replace(surely, hopes=True)
    need = aim.need("high"), aim.need("low")
    first = aim.case("surely", surely.program(need[0]), surely.score, surely.plan)
    if need[0] == need[1] and not at_best.hoped:
        return (replace(first, which="exact"),)
    best = aim.case("at_best", at_best.program(need[1]), at_best.score, at_best.plan)
    return first, best


@dataclass(frozen=True)
class _Criteria:
    """The criteria of a methodology, as a company meets them."""

    aim: Aim
    steps: Steps
    answers: Answers
    examples: Callable[[str], tuple[Example, ...]]
    hopes: bool = False
    _known: dict[tuple[str, Chosen], int] = field(default_factory=dict, repr=False)

    @cached_property
    def _indicators(self) -> tuple[Indicator, ...]:
        return self.aim.card.methodology.indicators()

    @cached_property
    def _units(self) -> Mapping[str, int]:
        """What a grid step adds to the total, by indicator."""
        codes = (block.id for block in self.aim.card.blocks)
        return dict(zip(codes, self.aim.units, strict=True))

    @property
    def _criteria(self) -> Mapping[str, Criterion]:
        return self.aim.card.methodology.criteria

    @cached_property
    def _undone(self) -> tuple[str, ...]:
        """Criteria that are not met fully and are steps, in order."""
        return tuple(
            name
            for name in self._criteria
            if name not in self.steps.left_out and self._state(name) is not None
        )

    @cached_property
    def hoped(self) -> frozenset[str]:
        """Unknown criteria that may turn out to be met."""
        return frozenset(name for name in self._undone if self._state(name) == "unknown")

    def _state(self, name: str) -> State | None:
        answer = self.answers.answer(name)
        if answer != "met":
            return answer
        return "inherited" if self.answers.worth.get(name, WHOLE) < WHOLE else None

    @cached_property
    def _costs(self) -> tuple[dict[str, int], Fraction]:
        """Whole costs; at best, finding out counts least, so that few unknown ones are needed."""
        real = {n: self.steps.effort(n) for n in self._undone if not self._free(n)}
        costs, unit = whole_costs(real)
        if not self.hopes:
            return costs, unit
        scale = len(self.hoped) + 1
        return {n: c * scale for n, c in costs.items()} | dict.fromkeys(self.hoped, 1), unit / scale

    def _free(self, name: str) -> bool:
        return self.hopes and name in self.hoped

    def program(self, need: int) -> Program:
        """Each indicator a question, each route a way, each criterion a piece."""
        questions = []
        for indicator in self._indicators:
            ways = [
                tuple(self._piece(indicator, criterion) for criterion in route.criteria)
                for route in indicator.routes
                if route.criteria
            ]
            if ways:
                questions.append(Question(self._units[indicator.code], tuple(ways)))
        return Program(tuple(questions), 0, need)

    def _piece(self, indicator: Indicator, criterion: Criterion) -> Piece:
        name = f"{indicator.code}/{criterion.id}"
        met = self.answers.answer(name) == "met"
        return Piece(
            name=name,
            steps=self.aim.card.methodology.steps(criterion.points),
            earned=self.answers.worth.get(name, WHOLE) if met else Fraction(0),
            cost=self._costs[0].get(name),
            requires=criterion.requires,
        )

    @cached_property
    def _bears_on(self) -> Mapping[str, Chosen]:
        """Every criterion that decides on an indicator's points: its own and what they require."""
        return {
            i.code: frozenset(r for name in criterion_names(i) for r in self.answers.chain(name))
            for i in self._indicators
        }

    def score(self, chosen: Chosen) -> int:
        """The total by the scorer, with these criteria met on evidence of the company's own."""
        return sum(self._indicator_units(indicator, chosen) for indicator in self._indicators)

    def _indicator_units(self, indicator: Indicator, chosen: Chosen) -> int:
        key = indicator.code, chosen & self._bears_on[indicator.code]
        if key not in self._known:
            given = dict(self.answers.given)
            given |= dict.fromkeys(key[1], "met")
            worth = {n: part for n, part in self.answers.worth.items() if n not in key[1]}
            grid = Fraction(self.aim.card.methodology.grid)
            answers = Answers(given, self.answers.requires, worth)
            found = indicator_points(indicator, answers, grid)
            self._known[key] = int(found.low / grid) * self._units[indicator.code]
        return self._known[key]

    def plan(self, chosen: Chosen) -> Plan:
        """The chosen criteria in an order in which they can be taken."""
        done = [self._step(name, adds) for name, adds in self._ordered(chosen)]
        costs, unit = self._costs
        effort = sum(costs[name] for name in chosen if not self._free(name)) * unit
        return Plan(
            steps=tuple(step for step in done if not self._free(step.name)),
            found_out=tuple(step for step in done if self._free(step.name)),
            effort=effort,
            total=self.aim.points(self.score(chosen)),
        )

    def _ordered(self, chosen: Chosen) -> Iterator[tuple[str, int]]:
        """What each criterion adds to the total when what adds most is taken first."""
        left = [name for name in self._criteria if name in chosen]
        taken: Chosen = frozenset()
        while left:
            ready = [name for name in left if not set(self.answers.chain(name)[1:]) & set(left)]
            gains = {name: self._gain(name, taken) for name in ready}
            best = max(ready, key=gains.__getitem__)
            yield best, gains[best]
            taken |= {best}
            left.remove(best)

    def _gain(self, name: str, taken: Chosen) -> int:
        touched = [i for i in self._indicators if name in self._bears_on[i.code]]
        return sum(
            self._indicator_units(i, taken | {name}) - self._indicator_units(i, taken)
            for i in touched
        )

    def _step(self, name: str, adds: int) -> Step:
        free = self._free(name)
        return Step(
            name=name,
            codes=(indicator_of(name),),
            points=Fraction(self._criteria[name].points),
            effort=Fraction(0) if free else Fraction(self.steps.effort(name)),
            adds=self.aim.points(adds),
            state=self._state(name),
            examples=self.examples(name),
        )
