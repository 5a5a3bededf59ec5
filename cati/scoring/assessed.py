"""From verdicts to points: every indicator a block, every doubt an interval.

A criterion earns its points when it is met and so are all that it requires.
An unknown one may earn them. Of an indicator's routes the best counts, so
its least points are the greatest of the routes' least, and its greatest the
greatest of their greatest. What is met on inherited evidence alone earns the
part that the rule gives; a route's sum is rounded down to the methodology's
grid, so that a claim never gives more than is certain.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

import numpy as np

from cati.model.assessment import LEVELS, Answer, Assessment, Level
from cati.model.evaluation import Evaluation
from cati.model.interval import Interval
from cati.model.methodology import Criterion, Indicator, Methodology, Route, criterion_names
from cati.model.weighting import track_factors
from cati.scoring.backing import WHOLE, Backings
from cati.scoring.blocks import Block
from cati.scoring.scorecard import Scorecard

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
    worth : mapping of str to Fraction
        The part of its points that a criterion earns where it is met on
        inherited evidence alone; the others earn all of them.
    """

    given: Mapping[str, Answer]
    requires: Mapping[str, tuple[str, ...]]
    worth: Mapping[str, Fraction] = field(default_factory=dict)

    def answer(self, criterion: str) -> Answer:
        """The answer by itself."""
        return self.given.get(criterion, "unknown")

    def effective(self, criterion: str) -> Answer:
        """The answer once what it requires is taken into account."""
        answers = [self.answer(name) for name in self.chain(criterion)]
        return min(answers, key=LATTICE.__getitem__)

    def chain(self, criterion: str) -> tuple[str, ...]:
        """A criterion and all that it requires, nearest first."""
        chain = [criterion]
        for name in chain:
            chain += [required for required in self.requires.get(name, ()) if required not in chain]
        return tuple(chain)


@dataclass(frozen=True)
class Uncounted:
    """A criterion said to be met on evidence that does not count, and so unknown.

    Attributes
    ----------
    disclosures : tuple of str
        References to that evidence.
    reasons : tuple of str
        Why it does not count, as in `cati.model.standing`; ``not_inheritable``
        for a parent's disclosure that no rule lets the company claim.
    """

    company: str
    criterion: str
    disclosures: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Inherited:
    """A criterion met on disclosures of entities that the company belongs to.

    Attributes
    ----------
    disclosures : tuple of str
        References to those that count.
    worth : Fraction
        The part of the criterion's points that it earns.
    basis : {"printed", "inferred", "ours"}
        How the rule that gives it is known.
    """

    company: str
    criterion: str
    disclosures: tuple[str, ...]
    worth: Fraction
    basis: str


@dataclass(frozen=True)
class Assessed:
    """An evaluation on the assessed basis.

    Attributes
    ----------
    card : Scorecard
    answers : mapping of str to Answers
        What counts, by company.
    uncounted : tuple of Uncounted
        What was left out of it, by company and criterion.
    inherited : tuple of Inherited
        What is claimed of others' disclosures, by company and criterion.
    levels : mapping of str to str
        The lowest verification level of each company's answers.
    """

    card: Scorecard
    answers: Mapping[str, Answers]
    uncounted: tuple[Uncounted, ...]
    inherited: tuple[Inherited, ...]
    levels: Mapping[str, Level]

    def among(self, card: Scorecard) -> Assessed:
        """The same for the companies of a smaller scorecard alone."""
        kept = frozenset(card.companies)
        return Assessed(
            card,
            {company: self.answers[company] for company in card.companies},
            tuple(entry for entry in self.uncounted if entry.company in kept),
            tuple(entry for entry in self.inherited if entry.company in kept),
            {company: self.levels[company] for company in card.companies},
        )


def answers(methodology: Methodology, assessment: Assessment | None) -> Answers:
    """The answers of an assessment, whole indicators without disclosure included."""
    given: dict[str, Answer] = {}
    nothing = {entry.code for entry in assessment.no_disclosure} if assessment else set()
    for indicator in methodology.indicators():
        if indicator.code in nothing:
            given |= dict.fromkeys(criterion_names(indicator), "not_met")
    if assessment is not None:
        given.update((verdict.criterion, verdict.answer) for verdict in assessment.verdicts)
    return Answers(given, requirements(methodology))


def requirements(methodology: Methodology) -> dict[str, tuple[str, ...]]:
    """What each criterion of a methodology requires, by ``<code>/<criterion>``."""
    return {name: criterion.requires for name, criterion in methodology.criteria.items()}


def judge(
    company: str, assessment: Assessment, backings: Backings
) -> tuple[tuple[Uncounted, ...], tuple[Inherited, ...]]:
    """Criteria said to be met of which no evidence counts, and those met by inheritance alone.

    A disclosure that is worth nothing by default counts where the assessor
    gives a rationale; one that the cut-off date excludes, or that no rule
    lets the company inherit, never does.
    """
    left_out, inherited = [], []
    for verdict in assessment.verdicts:
        if verdict.answer != "met":
            continue
        cited = backings.of(company, verdict)
        good = [backing for backing in cited if backing.counts]
        if not good:
            reasons = dict.fromkeys(reason for backing in cited for reason in backing.reasons)
            left_out.append(
                Uncounted(company, verdict.criterion, verdict.disclosures, tuple(reasons))
            )
            continue
        rules = [backing.inherited for backing in good if backing.inherited is not None]
        if len(rules) == len(good):
            names = tuple(backing.disclosure for backing in good)
            best = max(rules, key=lambda rule: rule.fraction)
            worth = Fraction(best.fraction)
            inherited.append(Inherited(company, verdict.criterion, names, worth, best.basis))
    return tuple(left_out), tuple(inherited)


def counting(
    found: Answers,
    left_out: Sequence[Uncounted],
    inherited: Sequence[Inherited],
    as_if_published: bool = False,
) -> Answers:
    """Answers as they count: what rests on nothing is unknown, what is inherited earns a part."""
    doubtful = {entry.criterion for entry in left_out}
    given = {name: answer for name, answer in found.given.items() if name not in doubtful}
    if as_if_published:
        given = {name: "met" if a == "unpublished" else a for name, a in given.items()}
    return Answers(given, found.requires, {entry.criterion: entry.worth for entry in inherited})


def lowest_level(assessment: Assessment | None) -> Level:
    """The lowest verification level of an assessment's answers."""
    if assessment is None:
        return LEVELS[0]
    parts = [verdict.level for verdict in assessment.verdicts]
    parts += [entry.level for entry in assessment.no_disclosure]
    return min(parts, key=LEVELS.index, default=LEVELS[0])


def indicator_points(indicator: Indicator, found: Answers, grid: Fraction) -> Interval:
    """Least and greatest points of an indicator, on the grid.

    An indicator without criteria can hold anything from 0 to its points.
    """
    ends = [route_points(indicator, route, found, grid) for route in indicator.routes]
    return Interval(max(end.low for end in ends), max(end.high for end in ends))


def route_points(indicator: Indicator, route: Route, found: Answers, grid: Fraction) -> Interval:
    """Least and greatest points of one route, rounded down to the grid."""
    if not route.criteria:
        return Interval(Fraction(0), Fraction(indicator.points))
    ends = [criterion_points(indicator, criterion, found) for criterion in route.criteria]
    low = sum((end.low for end in ends), Fraction(0))
    high = sum((end.high for end in ends), Fraction(0))
    return Interval(low // grid * grid, high // grid * grid)


def criterion_points(indicator: Indicator, criterion: Criterion, found: Answers) -> Interval:
    """Least and greatest points of one criterion, which an inherited part may take off the grid."""
    name = f"{indicator.code}/{criterion.id}"
    answer = found.effective(name)
    points = Fraction(criterion.points) * found.worth.get(name, WHOLE)
    return Interval(
        points if answer == "met" else Fraction(0), points if LATTICE[answer] > 0 else Fraction(0)
    )


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
    backings: Backings,
    shares: Mapping[str, Decimal] | None = None,
    *,
    as_if_published: bool = False,
) -> Assessed:
    """Score an evaluation by what its assessors found.

    Parameters
    ----------
    evaluation : Evaluation
    methodology : Methodology
        The one it names.
    assessments : mapping of str to Assessment
        By company; a company of the scope without one is unknown throughout.
    backings : Backings
        What each disclosure is worth for whoever cites it.
    shares : mapping of str to Decimal, optional
        Shares of the weighted tracks, in place of the evaluation's.
    as_if_published : bool
        Whether ``unpublished`` answers count as met, which no public score may do.
    """
    companies = tuple(sorted(entry.company for entry in evaluation.scope))
    counted: dict[str, Answers] = {}
    left_out: list[Uncounted] = []
    inherited: list[Inherited] = []
    for company in companies:
        assessment = assessments.get(company)
        doubtful, claimed = judge(company, assessment, backings) if assessment else ((), ())
        left_out += doubtful
        inherited += claimed
        found = answers(methodology, assessment)
        counted[company] = counting(found, doubtful, claimed, as_if_published)
    grid = Fraction(methodology.grid)
    indicators = methodology.indicators()
    ends = [[indicator_points(i, counted[c], grid) for i in indicators] for c in companies]
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
    return Assessed(card, counted, tuple(left_out), tuple(inherited), levels)
