"""Two locked assessments of one company, criterion by criterion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cati.model.assessment import Answer, Assessment, NoDisclosure, Original, Verdict
from cati.model.assessor import assessor_id
from cati.model.methodology import Methodology
from cati.model.references import indicator_of
from cati.problems import UsageError, shown
from cati.research.second.blind import known_answers
from cati.research.second.locking import require_unchanged
from cati.research.workbook.cells import criteria
from cati.store.assessors import OwnAnswers
from cati.workspace import Workspace


@dataclass(frozen=True)
class Hand:
    """What one assessor answered about a company.

    Attributes
    ----------
    assessor : str
    assessment : Assessment
    """

    assessor: str
    assessment: Assessment

    def original(self, criterion: str) -> Original | None:
        """The answer to a criterion; None where there is none."""
        for verdict in self.assessment.verdicts:
            if verdict.criterion == criterion:
                return _original(verdict)
        nothing = self.nothing_found(indicator_of(criterion))
        return None if nothing is None else _original(nothing.as_verdict(criterion))

    def nothing_found(self, code: str) -> NoDisclosure | None:
        """Where was looked for an indicator in vain, if it was."""
        return next((n for n in self.assessment.no_disclosure if n.code == code), None)


@dataclass(frozen=True)
class Both:
    """What two assessors answered to one criterion; None for one who did not."""

    company: str
    criterion: str
    first: Original | None
    second: Original | None

    @property
    def given(self) -> tuple[Original, ...]:
        """The answers that were given."""
        return tuple(one for one in (self.first, self.second) if one is not None)

    @property
    def agreed(self) -> Answer | None:
        """The answer that both gave, if they gave the same."""
        if self.first and self.second and self.first.answer == self.second.answer:
            return self.first.answer
        return None


@dataclass(frozen=True)
class Pair:
    """Two assessors' locked answers about a company, in the order of the assessors' ids."""

    company: str
    first: Hand
    second: Hand

    def both(self, criterion: str) -> Both:
        """Their answers to a criterion."""
        return Both(
            self.company, criterion, self.first.original(criterion), self.second.original(criterion)
        )

    def answers(self, methodology: Methodology) -> Iterator[Both]:
        """What at least one of them answered, in the methodology's order."""
        for name, *_ in criteria(methodology):
            both = self.both(name)
            if both.given:
                yield both


@dataclass(frozen=True)
class Waiting:
    """A company whose answers cannot be shown yet.

    Attributes
    ----------
    assessors : tuple of str
        Who answered.
    unlocked : tuple of str
        Who of them has not locked.
    """

    company: str
    assessors: tuple[str, ...]
    unlocked: tuple[str, ...]


@dataclass(frozen=True)
class Pairs:
    """What can be compared in an evaluation, and what cannot yet."""

    pairs: tuple[Pair, ...]
    waiting: tuple[Waiting, ...]

    def of(self, company: str) -> Pair:
        """The pair of a company.

        Raises
        ------
        UsageError
            If there is none; says why.
        """
        for pair in self.pairs:
            if pair.company == company:
                return pair
        raise UsageError(f"{company}: {_why(company, self.waiting)}")


def _why(company: str, waiting: Sequence[Waiting]) -> str:
    for entry in waiting:
        if entry.company != company:
            continue
        if entry.unlocked:
            return f"not locked yet by {', '.join(map(shown, entry.unlocked))}"
        return f"only {shown(entry.assessors[0])} has answered it"
    return "no two assessors have answered it apart"


def locked_pairs(
    workspace: Workspace,
    evaluation: str,
    companies: Sequence[str] = (),
    assessors: Sequence[str] = (),
) -> Pairs:
    """The companies that two assessors have answered and locked.

    Nothing of a company is given before both have.

    Parameters
    ----------
    companies : sequence of str
        Ids; all unless given.
    assessors : sequence of str
        The two, where more have answered.

    Raises
    ------
    UsageError
        If there is no such evaluation or company in it, more than two have
        answered a company and none are named, or the two are one.
    ProblemsError
        If the files have errors, or locked answers have been changed.
    """
    store = workspace.store
    store.require_sound()
    scope = [entry.company for entry in workspace.evaluation(evaluation).scope]
    for company in companies:
        if company not in scope:
            raise UsageError(f"no company {company} in {evaluation}")
    chosen = _chosen(workspace, evaluation, assessors)
    for own in chosen:
        require_unchanged(own)
    pairs, waiting = [], []
    for company in sorted(companies or scope):
        hands = [own for own in chosen if company in own.assessments]
        if len(hands) > 2:
            people = ", ".join(shown(own.assessor.name) for own in hands)
            raise UsageError(f"{company}: which two of {people}? Name them by --assessors")
        names = tuple(own.assessor.name for own in hands)
        unlocked = tuple(own.assessor.name for own in hands if not own.is_locked(company))
        if len(hands) == 2 and not unlocked:
            first, second = (Hand(o.assessor.name, o.assessments[company]) for o in hands)
            pairs.append(Pair(company, first, second))
        elif hands:
            waiting.append(Waiting(company, names, unlocked))
    return Pairs(tuple(pairs), tuple(waiting))


def _chosen(workspace: Workspace, evaluation: str, assessors: Sequence[str]) -> list[OwnAnswers]:
    """Who is compared, in the order of their ids."""
    every = workspace.store.assessors.get(evaluation, {})
    if not assessors:
        return [every[person] for person in sorted(every)]
    people = {assessor_id(name): name for name in assessors}
    if len(people) != 2 or len(assessors) != 2:
        raise UsageError(
            f"expected two assessors; found {', '.join(map(shown, assessors))}"
            + (", who are one" if len(people) < len(assessors) else "")
        )
    return [known_answers(workspace.store, evaluation, people[person]) for person in sorted(people)]


def _original(verdict: Verdict) -> Original:
    return Original(
        assessor=verdict.assessor,
        date=verdict.date,
        answer=verdict.answer,
        disclosures=verdict.disclosures,
        rationale=verdict.rationale,
    )
