"""How far two assessors agree, by criterion and by points, and where they do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from cati.analysis.agreement import Agreement, Rating, agreement
from cati.model.assessment import Original
from cati.model.methodology import Methodology
from cati.model.references import id_of, indicator_of
from cati.research.second.pairs import Both, Hand, Pair
from cati.scoring.assessed import LATTICE, answers, counting, indicator_points, judge
from cati.scoring.backing import Backings
from cati.workspace import Workspace

Scale = Literal["answers", "points"]
"""``answers``: not met, unknown, met, in this order. ``points``: steps of the grid."""

Level = Literal["all", "dimension", "indicator", "criterion"]
LEVELS: tuple[Level, ...] = ("all", "dimension", "indicator", "criterion")
"""From all units together to those of one criterion; points have none of these."""


@dataclass(frozen=True)
class Unit:
    """One thing that at least one of two assessors rated: a criterion or an indicator of a company.

    Attributes
    ----------
    name : str
        ``<code>/<criterion>`` or the indicator's code.
    first, second : int, optional
        Ranks; None where one gave no answer, or where the points are not settled.
    """

    company: str
    name: str
    first: Rating
    second: Rating


@dataclass(frozen=True)
class AgreementRow:
    """How far two assessors agree on some units.

    Attributes
    ----------
    code : str
        A dimension's or indicator's code, a criterion's name; empty for all.
    found : Agreement
        Its units are those that both rated.
    one_sided : int
        Units that only one rated; no part of any statistic.
    """

    scale: Scale
    level: Level
    code: str
    found: Agreement
    one_sided: int


def answer_units(pairs: Iterable[Pair], methodology: Methodology) -> list[Unit]:
    """The ratings of every criterion that at least one assessor answered."""
    return [
        Unit(both.company, both.criterion, _rank(both.first), _rank(both.second))
        for pair in pairs
        for both in pair.answers(methodology)
    ]


def _rank(original: Original | None) -> Rating:
    return None if original is None else LATTICE[original.answer]


def point_units(workspace: Workspace, evaluation: str, pairs: Iterable[Pair]) -> list[Unit]:
    """The points of every indicator that at least one assessor has settled.

    As `cati.scoring.assessed.assess` counts them: evidence that does not
    count leaves them open.
    """
    methodology = workspace.methodology(workspace.evaluation(evaluation).methodology)
    backings = workspace.backings(evaluation)
    units = []
    for pair in pairs:
        first, second = (
            _steps(hand, pair.company, methodology, backings) for hand in (pair.first, pair.second)
        )
        units += [
            Unit(pair.company, code, first[code], second[code])
            for code in first
            if first[code] is not None or second[code] is not None
        ]
    return units


def _steps(
    hand: Hand, company: str, methodology: Methodology, backings: Backings
) -> dict[str, Rating]:
    """Settled points of each indicator, in steps of the grid."""
    grid = Fraction(methodology.grid)
    doubtful, inherited = judge(company, hand.assessment, backings)
    counted = counting(answers(methodology, hand.assessment), doubtful, inherited)
    steps: dict[str, Rating] = {}
    for indicator in methodology.indicators():
        ends = indicator_points(indicator, counted, grid)
        steps[indicator.code] = int(ends.low / grid) if ends.low == ends.high else None
    return steps


@dataclass(frozen=True)
class Group:
    """Units that a row of statistics is about."""

    scale: Scale
    level: Level
    code: str
    units: Sequence[Unit]

    def row(self) -> AgreementRow:
        """How far two assessors agree on them."""
        found = agreement([u.first for u in self.units], [u.second for u in self.units])
        one_sided = len(self.units) - found.units
        return AgreementRow(self.scale, self.level, self.code, found, one_sided)


def groups(
    scale: Scale, units: Sequence[Unit], levels: Iterable[Level] = LEVELS
) -> Iterator[Group]:
    """All units together, and those of each dimension, indicator or criterion."""
    for level in levels:
        found: dict[str, list[Unit]] = {}
        for unit in units:
            found.setdefault(_group(level, unit.name), []).append(unit)
        if scale == "answers" or level != "criterion":
            for code in sorted(found, key=_order):
                yield Group(scale, level, code, found[code])


def _group(level: Level, name: str) -> str:
    return {
        "all": "",
        "dimension": name.partition(".")[0],
        "indicator": indicator_of(name),
        "criterion": name,
    }[level]


def _order(name: str) -> tuple[tuple[int, ...], str]:
    return tuple(int(part) for part in indicator_of(name).split(".") if part), id_of(name)


def disagreements(pairs: Iterable[Pair], methodology: Methodology) -> list[Both]:
    """Criteria that both answered, differently."""
    return [
        both
        for pair in pairs
        for both in pair.answers(methodology)
        if both.first and both.second and both.agreed is None
    ]
