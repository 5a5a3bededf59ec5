"""Assignments: who assesses which companies by when."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import combinations

from pydantic import Field

from cati.model.base import Code, Date, Format, Id, Many, Model, NameLine, repeated
from cati.model.evaluation import Evaluation
from cati.model.methodology import Methodology, is_within
from cati.problems import Finding, did_you_mean, shown


class Assignment(Model):
    """Companies, or some indicators of theirs, that one assessor has to be done with by a day.

    Attributes
    ----------
    indicators : tuple of str
        Codes of indicators, or of dimensions and sub-dimensions for all of
        theirs; none means all.
    by : date
        The last day.
    second : bool
        Whether it is the independent second assessment.
    """

    assessor: NameLine
    companies: Many[Id] = Field(min_length=1)
    indicators: Many[Code] = ()
    by: Date
    second: bool = False

    def is_same_work(self, other: Assignment) -> bool:
        """Whether two assignments differ in companies and deadline at most."""
        return (self.assessor, self.indicators, self.second) == (
            other.assessor,
            other.indicators,
            other.second,
        )


class Assignments(Model):
    """What ``assignments.yaml`` says of an evaluation."""

    format: Format
    assignments: Many[Assignment] = ()


def check_assignments(
    assignments: Assignments, evaluation: Evaluation, methodology: Methodology
) -> Iterator[Finding]:
    """Breaches in assignments: what they name, and that no work is given twice.

    Parameters
    ----------
    assignments : Assignments
    evaluation : Evaluation
        The one whose folder they lie in.
    methodology : Methodology
        That evaluation's.
    """
    scope = [entry.company for entry in evaluation.scope]
    for position, assignment in enumerate(assignments.assignments):
        path = ("assignments", position)
        expected = f"a company in the scope of {evaluation.id}"
        yield from _check_names((*path, "companies"), assignment.companies, scope, expected)
        expected = f"a code of {methodology.id}"
        yield from _check_names(
            (*path, "indicators"), assignment.indicators, methodology.levels, expected
        )
    numbered = enumerate(assignments.assignments)
    for (_, first), (position, second) in combinations(numbered, 2):
        yield from _check_pair(("assignments", position), first, second)


def _check_names(
    path: tuple[str | int, ...], names: tuple[str, ...], known: Collection[str], expected: str
) -> Iterator[Finding]:
    for place, name in enumerate(names):
        if name not in known:
            yield Finding((*path, place), expected, shown(name), did_you_mean(name, known))
    for place, name in repeated(names):
        yield Finding((*path, place), "each once", f"{name} a second time")


def _check_pair(
    path: tuple[str | int, ...], one: Assignment, other: Assignment
) -> Iterator[Finding]:
    """Breaches between two assignments, told of the later one."""
    common = [company for company in other.companies if company in one.companies]
    if not common or one.assessor != other.assessor:
        return
    if one.is_same_work(other):
        place = other.companies.index(common[0])
        yield Finding((*path, "companies", place), "each work given once", f"{common[0]} again")
    elif one.second != other.second and _overlap(one, other):
        expected = "another assessor than the first, who has the same work"
        yield Finding((*path, "assessor"), expected, shown(other.assessor))


def _overlap(one: Assignment, other: Assignment) -> bool:
    """Whether two assignments have indicators in common."""
    if not one.indicators or not other.indicators:
        return True
    return any(is_within(a, b) or is_within(b, a) for a in one.indicators for b in other.indicators)
