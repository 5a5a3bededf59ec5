"""From verdicts to points: every indicator a block, every doubt an interval.

A criterion earns its points when it is met and so are all that it requires.
An unknown one may earn them. Of an indicator's routes the best counts, so
its least points are the greatest of the routes' least, and its greatest the
greatest of their greatest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np

from cati.model.assessment import LEVELS, Answer, Assessment, Level
from cati.model.evaluation import Evaluation
from cati.model.methodology import Indicator, Methodology, Route
from cati.model.standing import Standing
from cati.model.weighting import track_factors
from cati.scoring.blocks import Block
from cati.scoring.scorecard import Interval, Scorecard

LATTICE: dict[Answer, int] = {"not_met": 0, "unpublished": 0, "unknown": 1, "met": 2}
"""Answers from the worst to the best; a chain is as good as its weakest part."""


@dataclass(frozen=True)
class Answers:
    """The answers to all criteria of a methodology, for one company.

    Attributes
    ----------
    given : mapping of str to str
        By ``<code>/<criterion>``; what is missing is unknown.
    requires : mapping of str to tuple of str
        What each criterion requires.
    """

    given: Mapping[str, Answer]
    requires: Mapping[str, tuple[str, ...]]

    def effective(self, criterion: str) -> Answer:
        """The answer once what it requires is taken into account."""
        chain = {criterion}
        ahead = [criterion]
        while ahead:
            for required in self.requires.get(ahead.pop(), ()):
                if required not in chain:
                    chain.add(required)
                    ahead.append(required)
        answers = [self.given.get(name, "unknown") for name in chain]
        return min(answers, key=LATTICE.__getitem__)


@dataclass(frozen=True)
class Uncounted:
    """A criterion said to be met on evidence that does not count, and so unknown.

    Attributes
    ----------
    disclosures : tuple of str
        References to that evidence.
    reasons : tuple of str
        Why it does not count, as in `cati.model.standing`.
    """

    company: str
    criterion: str
    disclosures: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Assessed:
    """An evaluation on the assessed basis.

    Attributes
    ----------
    card : Scorecard
    uncounted : tuple of Uncounted
        What was left out of it, by company and criterion.
    levels : mapping of str to str
        The lowest verification level of each company's answers.
    """

    card: Scorecard
    uncounted: tuple[Uncounted, ...]
    levels: Mapping[str, Level]


def answers(methodology: Methodology, assessment: Assessment | None) -> Answers:
    """The answers of an assessment, whole indicators without disclosure included."""
    given: dict[str, Answer] = {}
    requires: dict[str, tuple[str, ...]] = {}
    nothing = {entry.code for entry in assessment.no_disclosure} if assessment else set()
    for indicator in methodology.indicators():
        for route in indicator.routes:
            for criterion in route.criteria:
                name = f"{indicator.code}/{criterion.id}"
                requires[name] = criterion.requires
                if indicator.code in nothing:
                    given[name] = "not_met"
    if assessment is not None:
        given.update((verdict.criterion, verdict.answer) for verdict in assessment.verdicts)
    return Answers(given, requires)


def uncounted(
    company: str, assessment: Assessment, standings: Mapping[str, Standing]
) -> tuple[Uncounted, ...]:
    """Criteria said to be met of which no evidence counts.

    A disclosure that is worth nothing by default counts where the assessor
    gives a rationale; one that the cut-off date excludes never does.
    """
    found = []
    for verdict in assessment.verdicts:
        if verdict.answer != "met":
            continue
        judged = [standings[reference] for reference in verdict.disclosures]
        if any(s.counts or (not s.exclusions and verdict.rationale) for s in judged):
            continue
        reasons = dict.fromkeys(r for s in judged for r in (*s.exclusions, *s.weaknesses))
        found.append(Uncounted(company, verdict.criterion, verdict.disclosures, tuple(reasons)))
    return tuple(found)


def lowest_level(assessment: Assessment | None) -> Level:
    """The lowest verification level of an assessment's answers."""
    if assessment is None:
        return LEVELS[0]
    parts = [verdict.level for verdict in assessment.verdicts]
    parts += [entry.level for entry in assessment.no_disclosure]
    return min(parts, key=LEVELS.index, default=LEVELS[0])


def indicator_points(indicator: Indicator, found: Answers) -> Interval:
    """Least and greatest points of an indicator.

    An indicator without criteria can hold anything from 0 to its points.
    """
    ends = [_route_points(indicator, route, found) for route in indicator.routes]
    return Interval(max(end.low for end in ends), max(end.high for end in ends))


def _route_points(indicator: Indicator, route: Route, found: Answers) -> Interval:
    if not route.criteria:
        return Interval(Fraction(0), Fraction(indicator.points))
    low = high = Fraction(0)
    for criterion in route.criteria:
        answer = found.effective(f"{indicator.code}/{criterion.id}")
        low += Fraction(criterion.points) if answer == "met" else 0
        high += Fraction(criterion.points) if LATTICE[answer] > 0 else 0
    return Interval(low, high)


def indicator_blocks(methodology: Methodology) -> tuple[Block, ...]:
    """One block for each indicator."""
    return tuple(
        Block(
            id=indicator.code,
            codes=(indicator.code,),
            track=indicator.track,
            steps=methodology.steps(indicator.points),
            column=indicator.code,
            without=(),
        )
        for indicator in methodology.indicators()
    )


def assess(
    evaluation: Evaluation,
    methodology: Methodology,
    assessments: Mapping[str, Assessment],
    standings: Mapping[str, Standing],
    shares: Mapping[str, Decimal] | None = None,
) -> Assessed:
    """Score an evaluation by what its assessors found.

    Parameters
    ----------
    evaluation : Evaluation
    methodology : Methodology
        The one it names.
    assessments : mapping of str to Assessment
        By company; a company of the scope without one is unknown throughout.
    standings : mapping of str to Standing
        What each disclosure is good for, by reference.
    shares : mapping of str to Decimal, optional
        Shares of the weighted tracks, in place of the evaluation's.
    """
    companies = tuple(sorted(entry.company for entry in evaluation.scope))
    left_out = tuple(
        entry
        for company in companies
        if company in assessments
        for entry in uncounted(company, assessments[company], standings)
    )
    ends = []
    for company in companies:
        found = answers(methodology, assessments.get(company))
        doubtful = {entry.criterion for entry in left_out if entry.company == company}
        given = {name: a for name, a in found.given.items() if name not in doubtful}
        counted = Answers(given, found.requires)
        ends.append([indicator_points(i, counted) for i in methodology.indicators()])
    grid = Fraction(methodology.grid)
    card = Scorecard(
        evaluation=evaluation.id,
        methodology=methodology,
        basis="assessed",
        companies=companies,
        blocks=indicator_blocks(methodology),
        owner=np.arange(len(companies), dtype=np.intp),
        low=np.array([[int(i.low / grid) for i in row] for row in ends], dtype=np.int64),
        high=np.array([[int(i.high / grid) for i in row] for row in ends], dtype=np.int64),
        stated={},
        factors=track_factors(methodology, evaluation.shares if shares is None else shares),
    )
    levels = {company: lowest_level(assessments.get(company)) for company in companies}
    return Assessed(card, left_out, levels)
