"""The cheapest set of steps that reaches a total, as an integer program.

Everything is a whole number: the points of a piece in grid steps, the weight
of a step in the total as the numerator of its factor, the costs. The solver
(HiGHS, through `scipy.optimize.milp`) works with floats; what it proposes is
taken only if the exact scorer agrees, and cut off otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from cati.problems import CatiError

INFEASIBLE = 2
"""Status of `scipy.optimize.milp` where no solution exists."""

SOLVED = 0

ATTEMPTS = 50
"""Proposals that the exact scorer may refuse before we give up."""


@dataclass(frozen=True)
class Piece:
    """A part of a question that is earned or not.

    Attributes
    ----------
    steps : int
        What it is worth, in grid steps.
    earned : Fraction
        The part of it that is earned already once its requirements hold; 0 where it is not.
    cost : int, optional
        What it costs to earn it fully, more than 0; None where that cannot be done.
    requires : tuple of str
        Names of pieces that must be earned, at least in part, for this one to count.
    """

    name: str
    steps: int
    earned: Fraction
    cost: int | None
    requires: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """Pieces in one or more ways of which the best counts, each rounded down to whole steps.

    Attributes
    ----------
    unit : int
        What one grid step adds to the total.
    """

    unit: int
    ways: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True)
class Program:
    """What is asked and how much is needed.

    Attributes
    ----------
    base : int
        What the total holds beside the questions.
    need : int
        The total to be reached, in the unit of `Question.unit`.
    """

    questions: tuple[Question, ...]
    base: int
    need: int

    @property
    def costs(self) -> dict[str, int]:
        """Cost of every piece that can be earned, by name."""
        return {
            piece.name: piece.cost
            for question in self.questions
            for way in question.ways
            for piece in way
            if piece.cost is not None
        }


Chosen = frozenset[str]
Score = Callable[[Chosen], int]
"""The exact total once these pieces are earned, in the program's unit."""


def cheapest(program: Program, score: Score) -> Iterator[Chosen]:
    """All sets of pieces that reach the total at the least cost.

    Of several sets those with the greatest total come first. Nothing is
    given where the total cannot be reached.

    Parameters
    ----------
    program : Program
    score : callable
        Decides whether a proposal reaches what is needed.

    Raises
    ------
    CatiError
        If the solver fails.
    """
    if score(frozenset()) >= program.need:
        yield frozenset()
        return
    if score(frozenset(program.costs)) < program.need:
        return
    search = _Search(program, score)
    while search.cheaper():
        pass
    while (found := search.another()) is not None:
        yield found


class _Search:
    """Proposals of the solver, taken only if exact sums agree.

    To the solver a number that is nearly whole is whole. So the least cost is
    proved by asking for less until nothing is left, not by its word.
    """

    def __init__(self, program: Program, score: Score) -> None:
        self.model = _Model(program)
        self.costs = program.costs
        self.score = score
        self.need = program.need
        self.least = sum(self.costs.values()) + 1
        self.aside: list[Chosen] = []

    def cheaper(self) -> bool:
        """Look for a set that costs less than the least so far."""
        self.model.limit_cost(self.least - 1)
        for _ in range(ATTEMPTS):
            found = self.model.solve(self.model.cost)
            if found is None:
                return False
            if self._reaches(found):
                cost = self._cost(found)
                if cost < self.least:
                    self.least = cost
                    return True
                self.aside.append(found)
            self.model.cut(found)
        raise CatiError("the solver proposes only sets that do not reach the total exactly")

    def another(self) -> Chosen | None:
        """A set of the least cost that was not given before; None if there is none."""
        self.model.limit_cost(self.least)
        while self.aside:
            kept = self.aside.pop()
            if self._cost(kept) == self.least:
                return kept
        for _ in range(ATTEMPTS):
            found = self.model.solve(self.model.loss)
            if found is None:
                return None
            self.model.cut(found)
            if self._reaches(found) and self._cost(found) == self.least:
                return found
        raise CatiError("the solver proposes only sets that do not reach the total exactly")

    def _reaches(self, chosen: Chosen) -> bool:
        return self.score(chosen) >= self.need

    def _cost(self, chosen: Chosen) -> int:
        return sum(self.costs[name] for name in chosen)


@dataclass
class _Rows:
    """Rows of constraints ``low <= row x <= high``, sparse."""

    entries: list[tuple[int, int, float]] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def add(self, row: Mapping[int, float], low: float, high: float) -> None:
        at = len(self.low)
        self.entries += [(at, column, value) for column, value in row.items()]
        self.low.append(low)
        self.high.append(high)

    def constraint(self, columns: int) -> LinearConstraint:
        rows, at, values = zip(*self.entries, strict=True)
        matrix = csr_array((values, (rows, at)), shape=(len(self.low), columns))
        return LinearConstraint(matrix, np.array(self.low), np.array(self.high))


class _Model:
    """The program as columns and rows of a solver.

    Each piece that can be earned has a column *do*; each piece a column *holds* (earned, and all
    it requires); each way a column *steps*; each way of several a column *counts*.
    """

    def __init__(self, program: Program) -> None:
        self.upper: list[float] = []
        self.whole: list[int] = []
        self.rows = _Rows()
        self.do = {name: self._column(1) for name in program.costs}
        self.holds: dict[str, int] = {}
        pieces = [p for question in program.questions for way in question.ways for p in way]
        for piece in pieces:
            self.holds[piece.name] = self._column(1)
        for piece in pieces:
            self._holds(piece)
        total: dict[int, float] = {}
        for question in program.questions:
            total |= dict.fromkeys(self._question(question), question.unit)
        self.rows.add(total, program.need - program.base, np.inf)
        self.cost = {self.do[name]: float(cost) for name, cost in program.costs.items()}
        self.loss = {column: -value for column, value in total.items()}
        self.cost_row = len(self.rows.high)
        self.rows.add(self.cost, -np.inf, np.inf)

    def _column(self, upper: float, whole: bool = True) -> int:
        self.upper.append(upper)
        self.whole.append(int(whole))
        return len(self.upper) - 1

    def _holds(self, piece: Piece) -> None:
        holds = self.holds[piece.name]
        if not piece.earned:
            if piece.cost is None:
                self.upper[holds] = 0
            else:
                self.rows.add({holds: 1, self.do[piece.name]: -1}, -np.inf, 0)
        for required in piece.requires:
            self.rows.add({holds: 1, self.holds[required]: -1}, -np.inf, 0)

    def _question(self, question: Question) -> Iterator[int]:
        """The columns of a question's steps, one for each way."""
        counts = [self._column(1) for _ in question.ways] if len(question.ways) > 1 else []
        if counts:
            self.rows.add(dict.fromkeys(counts, 1), 1, 1)
        for number, way in enumerate(question.ways):
            most = sum(piece.steps for piece in way)
            steps = self._column(most)
            scale = lcm(*(piece.earned.denominator for piece in way))
            row: dict[int, float] = {steps: scale}
            for piece in way:
                part = piece.earned or Fraction(1)
                row[self.holds[piece.name]] = -float(piece.steps * part * scale)
                if part < 1 and piece.cost is not None:
                    row[self._fully(piece)] = -float(piece.steps * (1 - part) * scale)
            self.rows.add(row, -np.inf, 0)
            if counts:
                self.rows.add({steps: 1, counts[number]: -most}, -np.inf, 0)
            yield steps

    def _fully(self, piece: Piece) -> int:
        """A column that holds where a piece earned in part is earned fully."""
        column = self._column(1)
        self.rows.add({column: 1, self.holds[piece.name]: -1}, -np.inf, 0)
        self.rows.add({column: 1, self.do[piece.name]: -1}, -np.inf, 0)
        return column

    def cut(self, chosen: Chosen) -> None:
        """Leave one set out."""
        signs = {column: 1 if name in chosen else -1 for name, column in self.do.items()}
        self.rows.add(signs, -np.inf, len(chosen) - 1)

    def limit_cost(self, most: int) -> None:
        """Let no set cost more."""
        self.rows.high[self.cost_row] = most

    def solve(self, objective: Mapping[int, float]) -> Chosen | None:
        """The set with the least sum of an objective; None where there is none."""
        columns = len(self.upper)
        weights = np.zeros(columns)
        weights[list(objective)] = list(objective.values())
        result = milp(
            weights,
            integrality=np.array(self.whole),
            bounds=Bounds(np.zeros(columns), np.array(self.upper)),
            constraints=self.rows.constraint(columns),
            options={"mip_rel_gap": 0},
        )
        if result.status == INFEASIBLE:
            return None
        if result.status != SOLVED:
            raise CatiError(f"the solver gave up: {result.message}")
        values = cast("NDArray[np.float64]", result.x)
        return frozenset(name for name, column in self.do.items() if values[column] > 0.5)
