"""Steps on the published basis: points to be gained in the blocks of a printed table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

import numpy as np

from cati.analysis.roadmap.aim import Aim
from cati.analysis.roadmap.plan import Case, Example, Met, Plan, Step, Which
from cati.analysis.roadmap.program import Chosen, Piece, Program, Question
from cati.analysis.roadmap.wishes import Steps, whole_costs
from cati.model.methodology import criterion_names
from cati.scoring.blocks import Block
from cati.scoring.scorecard import Scorecard


def published_cases(
    aim: Aim, steps: Steps, examples: Callable[[str], tuple[Example, ...]]
) -> tuple[Case, ...]:
    """The cheapest grid steps to a target, for each solution of the company's printed row.

    In a block only the points that surely lie outside of what is left out
    can be gained: of a block with M points of which P are earned and X are
    left out, ``max(0, M - X - P)``.

    Parameters
    ----------
    aim : Aim
    steps : Steps
    examples : callable
        Others that are assessed to meet a criterion, ``<code>/<criterion>``.
    """
    card = aim.card
    rows = np.flatnonzero(card.owner == card.companies.index(aim.company)).tolist()
    which: Which = "exact" if len(rows) == 1 else "solution"
    costs, unit = whole_costs({b.id: steps.block_effort(b) for b in card.blocks})
    met = cache(examples)
    cases = []
    for row in rows:
        solution = _Solution(aim, steps, met, tuple(card.low[row].tolist()), costs, unit)
        case = aim.case(which, solution.program(), solution.score, solution.plan)
        cases.append(replace(case, solved=_solved(card, row, rows)))
    return tuple(cases)


def _solved(card: Scorecard, row: int, rows: Sequence[int]) -> tuple[tuple[str, Fraction], ...]:
    """Points of one solution in the blocks in which the solutions differ."""
    grid = Fraction(card.methodology.grid)
    return tuple(
        (block.id, int(card.low[row, at]) * grid)
        for at, block in enumerate(card.blocks)
        if len(set(card.low[rows, at].tolist())) > 1
    )


@dataclass(frozen=True)
class _Solution:
    """One solution of a printed row, in grid steps by block."""

    aim: Aim
    steps: Steps
    examples: Callable[[str], tuple[Example, ...]]
    earned: tuple[int, ...]
    costs: Mapping[str, int]
    cost_unit: Fraction

    def program(self) -> Program:
        """Each block a chain of grid steps, one after the other."""
        base = sum(u * s for u, s in zip(self.aim.units, self.earned, strict=True))
        questions = [
            Question(unit, (self._pieces(block, earned),))
            for block, unit, earned in zip(
                self.aim.card.blocks, self.aim.units, self.earned, strict=True
            )
        ]
        return Program(tuple(q for q in questions if q.ways[0]), base, self.aim.need("high"))

    def _pieces(self, block: Block, earned: int) -> tuple[Piece, ...]:
        room = block.steps - self.steps.closed(block) - earned
        if self.steps.is_late(block):
            return ()
        return tuple(
            Piece(
                name=_name(block, number),
                steps=1,
                earned=Fraction(0),
                cost=self.costs[block.id],
                requires=(_name(block, number - 1),) if number else (),
            )
            for number in range(room)
        )

    def score(self, chosen: Chosen) -> int:
        """The total by a scorecard with these points."""
        row = []
        for block, earned in zip(self.aim.card.blocks, self.earned, strict=True):
            more = 0
            while _name(block, more) in chosen:
                more += 1
            row.append(earned + more)
        points = np.array([row], dtype=np.int64)
        card = replace(
            self.aim.card,
            companies=(self.aim.company,),
            owner=np.array([0]),
            low=points,
            high=points,
            stated={},
        )
        return int(card.totals()[0][0])

    def plan(self, chosen: Chosen) -> Plan:
        """The chosen grid steps, block by block, what adds most first."""
        gained = Counter(name.partition("#")[0] for name in chosen)
        done = [
            self._step(block, unit, gained[block.id])
            for block, unit in zip(self.aim.card.blocks, self.aim.units, strict=True)
            if gained[block.id]
        ]
        return Plan(
            steps=tuple(sorted(done, key=lambda step: -step.adds)),
            found_out=(),
            effort=sum((step.effort for step in done), Fraction(0)),
            total=self.aim.points(self.score(chosen)),
        )

    def _step(self, block: Block, unit: int, number: int) -> Step:
        card = self.aim.card
        candidates = self._candidates(block)
        holders, held = self._holders(block)
        return Step(
            name=block.id,
            codes=block.codes,
            points=number * Fraction(card.methodology.grid),
            effort=number * self.costs[block.id] * self.cost_unit,
            adds=self.aim.points(number * unit),
            candidates=candidates,
            examples=holders,
            held=held,
            met=tuple(self._met(candidates)),
        )

    def _holders(self, block: Block) -> tuple[tuple[Example, ...], Fraction | None]:
        """Who surely holds the most points of a block, if more than the company, and how many."""
        card = self.aim.card
        group = card.block(block.id)
        others = {c: group.points(c).low for c in card.order if c != self.aim.company}
        own = self.earned[card.blocks.index(block)] * Fraction(card.methodology.grid)
        most = max(others.values(), default=own)
        if most <= own:
            return (), None
        return tuple(Example(c) for c, held in others.items() if held == most), most

    def _met(self, candidates: Sequence[str]) -> Iterator[Met]:
        """Criteria that others meet on evidence of their own."""
        for criterion in candidates:
            shown = tuple(example for example in self.examples(criterion) if example.evidence)
            if shown:
                yield Met(criterion, shown)

    def _candidates(self, block: Block) -> tuple[str, ...]:
        """Criteria that lie in a block, and indicators in it that have none."""
        indicators = map(self.aim.card.methodology.indicator, block.codes)
        names = (n for i in indicators for n in criterion_names(i) or (i.code,))
        return tuple(name for name in names if name not in self.steps.left_out)


def _name(block: Block, number: int) -> str:
    return f"{block.id}#{number}"
