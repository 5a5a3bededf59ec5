"""What keeps a company from more points, by what each missing criterion would gain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Literal

from cati.model.assessment import Answer
from cati.model.methodology import Methodology
from cati.model.references import indicator_of
from cati.research.workbook.cells import criteria
from cati.scoring.assessed import Answers, Assessed, indicator_points

MET: Answer = "met"

State = Literal["not_met", "unknown", "unpublished", "uncounted"]
"""What is in the way: it is not done, nobody has said, it is not published, or the evidence that
is cited does not count."""


@dataclass(frozen=True)
class Gap:
    """A criterion that would raise the least total if it were met.

    Attributes
    ----------
    criterion : str
        As ``<code>/<criterion>``.
    state : str
    points : Fraction
        What it is worth, in points of its indicator.
    factor : Fraction
        What a point of its indicator adds to the total.
    alone : Fraction
        What the least total gains if this criterion alone is met, and so 0
        while something that it requires is not.
    gain : Fraction
        The same if all that it requires is met with it.
    first : tuple of str
        What it requires and is not met.
    """

    criterion: str
    state: State
    points: Fraction
    factor: Fraction
    alone: Fraction
    gain: Fraction
    first: tuple[str, ...]

    @property
    def code(self) -> str:
        """The indicator's code."""
        return indicator_of(self.criterion)


def gaps(assessed: Assessed, company: str) -> tuple[Gap, ...]:
    """What a company would gain by each criterion that is not met and published.

    The greatest gain first; but what a criterion requires stands before it.
    Left out is what gains nothing, such as a second route to points that
    another route has earned, unless something that gains requires it.

    Parameters
    ----------
    assessed : Assessed
        With ``unpublished`` worth nothing.
    company : str
        One of its companies.
    """
    answers = assessed.answers[company]
    outlook = _Outlook(assessed.card.methodology, assessed.card.factors, answers)
    doubtful = {entry.criterion for entry in assessed.uncounted if entry.company == company}
    found = {gap.criterion: gap for gap in _found(outlook, doubtful)}
    order: dict[str, Gap] = {}

    def put(name: str) -> None:
        for required in answers.requires[name]:
            put(required)
        if name in found:
            order.setdefault(name, found[name])

    for gap in sorted(found.values(), key=lambda gap: -gap.gain):
        if gap.gain > 0:
            put(gap.criterion)
    return tuple(order.values())


def _found(outlook: _Outlook, doubtful: Iterable[str]) -> Iterator[Gap]:
    """Every criterion that is not met by itself."""
    methodology, answers = outlook.methodology, outlook.answers
    for name, indicator, _, criterion in criteria(methodology):
        answer = answers.answer(name)
        if answer == "met":
            continue
        chain = answers.chain(name)
        yield Gap(
            criterion=name,
            state="uncounted" if name in doubtful else answer,
            points=Fraction(criterion.points),
            factor=outlook.factors[indicator.track],
            alone=outlook.gain([name]),
            gain=outlook.gain(chain),
            first=tuple(n for n in chain[1:] if answers.answer(n) != "met"),
        )


@dataclass(frozen=True)
class _Outlook:
    """What the least total would be if other criteria were met."""

    methodology: Methodology
    factors: Mapping[str, Fraction]
    answers: Answers

    def gain(self, criteria: Iterable[str]) -> Fraction:
        """What the least total gains if these criteria are met too."""
        names = list(criteria)
        codes = set().union(*(self._touched[name] for name in names))
        given: dict[str, Answer] = {**self.answers.given, **dict.fromkeys(names, MET)}
        with_them = replace(self.answers, given=given)
        return sum(
            (self._least(code, with_them) - self._least(code, self.answers) for code in codes),
            Fraction(0),
        )

    @cached_property
    def _touched(self) -> Mapping[str, set[str]]:
        """Codes of the indicators whose points a criterion may decide."""
        found: dict[str, set[str]] = {}
        for name in self.answers.requires:
            for required in self.answers.chain(name):
                found.setdefault(required, set()).add(indicator_of(name))
        return found

    def _least(self, code: str, answers: Answers) -> Fraction:
        indicator = self.methodology.indicator(code)
        points = indicator_points(indicator, answers, Fraction(self.methodology.grid))
        return self.factors[indicator.track] * points.low
