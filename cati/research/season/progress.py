"""How far an evaluation is: what is answered, proposed and open, by company and by assessor."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from cati.model.assessment import LEVELS, Assessment, Level
from cati.model.assignment import Assignment
from cati.model.methodology import Methodology
from cati.model.references import indicator_of
from cati.store.file_kinds import ASSIGNMENTS
from cati.workspace import Workspace


@dataclass(frozen=True)
class Counts:
    """Criteria by what is known of them, all routes included.

    Attributes
    ----------
    criteria : int
        All there are.
    answered : int
        With an answer, whole indicators without disclosure included.
    proposed : int
        Unknown, with an answer carried over from an earlier evaluation that
        nobody has confirmed.
    undecided : int
        Unknown with a reason: somebody has looked, and what is at hand does not settle it.
    nothing_found : int
        Indicators for which somebody looked and found nothing.
    level : str, optional
        Lowest verification level of the answers; None without any.
    """

    criteria: int
    answered: int
    proposed: int
    undecided: int
    nothing_found: int
    level: Level | None

    @property
    def looked_at(self) -> int:
        """Criteria that somebody has looked at: answered, or left open with a reason."""
        return self.answered + self.undecided

    @property
    def unknown(self) -> int:
        """Criteria of which nothing is said, not even a proposal or why they stay open."""
        return self.criteria - self.looked_at - self.proposed

    @property
    def is_done(self) -> bool:
        """Whether every criterion has been looked at."""
        return self.looked_at == self.criteria


@dataclass(frozen=True)
class Task:
    """One company of an assignment.

    Attributes
    ----------
    company : str
    assignment : Assignment
    counts : Counts, optional
        Within the assignment's indicators. None for a second assessment: its
        answers are kept apart until it is compared.
    days_late : int
        Days since the deadline, if it has passed and something is not
        answered; 0 otherwise, and where it is not known.
    """

    company: str
    assignment: Assignment
    counts: Counts | None
    days_late: int


@dataclass(frozen=True)
class CompanyProgress:
    """How far one company is.

    Attributes
    ----------
    company : str
    counts : Counts
    coverage : Fraction
        Share of all possible points that is settled, from 0 to 1.
    tasks : tuple of Task
        Who has it, or a part of it.
    """

    company: str
    counts: Counts
    coverage: Fraction
    tasks: tuple[Task, ...]

    @property
    def deadline(self) -> datetime.date | None:
        """The first deadline of what is not done, or else the last of all."""
        ahead = [t.assignment.by for t in self.tasks if t.counts and not t.counts.is_done]
        return min(ahead, default=max((t.assignment.by for t in self.tasks), default=None))

    @property
    def days_late(self) -> int:
        """Days since the first deadline that has passed."""
        return max((task.days_late for task in self.tasks), default=0)


@dataclass(frozen=True)
class Progress:
    """How far an evaluation is.

    Attributes
    ----------
    evaluation : str
        Its id.
    today : date
        The day by which something is late.
    companies : tuple of CompanyProgress
        In the order of the scope.
    """

    evaluation: str
    today: datetime.date
    companies: tuple[CompanyProgress, ...]

    @property
    def tasks(self) -> tuple[Task, ...]:
        """All tasks, by assessor, then by company."""
        tasks = (task for company in self.companies for task in company.tasks)
        return tuple(sorted(tasks, key=lambda task: (task.assignment.assessor, task.company)))


def progress(workspace: Workspace, name: str, today: datetime.date) -> Progress:
    """How far an evaluation is on a day.

    Raises
    ------
    ProblemsError
        If the files have errors.
    UsageError
        If there is no such evaluation.
    """
    workspace.store.require_sound()
    evaluation = workspace.evaluation(name)
    methodology = workspace.methodology(evaluation.methodology)
    assessments = workspace.store.assessments[name]
    card = workspace.assess(name).card if assessments else None
    assignments = workspace.store.of(ASSIGNMENTS).get(name)
    entries = assignments.assignments if assignments else ()
    companies = []
    for company in (entry.company for entry in evaluation.scope):
        assessment = assessments.get(company)
        counts = count(methodology, assessment)
        coverage = card.coverage(company) if card else Fraction(0)
        tasks = tuple(_tasks(company, entries, methodology, assessment, today))
        companies.append(CompanyProgress(company, counts, coverage, tasks))
    return Progress(name, today, tuple(companies))


def count(
    methodology: Methodology, assessment: Assessment | None, codes: Iterable[str] = ()
) -> Counts:
    """The criteria of some indicators, all unless given, by what an assessment says of them.

    Parameters
    ----------
    methodology : Methodology
    assessment : Assessment, optional
    codes : iterable of str
        Codes of any level.
    """
    within = set(methodology.codes(tuple(codes)) or (i.code for i in methodology.indicators()))
    criteria = {
        code: sum(len(route.criteria) for route in methodology.indicator(code).routes)
        for code in within
    }
    verdicts = assessment.verdicts if assessment else ()
    own = [v for v in verdicts if indicator_of(v.criterion) in within]
    nothing = [e for e in (assessment.no_disclosure if assessment else ()) if e.code in within]
    answered = [verdict for verdict in own if verdict.answer != "unknown"]
    undecided = [
        verdict
        for verdict in own
        if verdict.answer == "unknown"
        and (verdict.rationale or verdict.history)
        and not verdict.is_proposal
    ]
    levels = [*(v.level for v in answered), *(e.level for e in nothing)]
    return Counts(
        criteria=sum(criteria.values()),
        answered=len(answered) + sum(criteria[entry.code] for entry in nothing),
        proposed=sum(
            v.answer == "unknown" and v.proposed is not None and v not in undecided for v in own
        ),
        undecided=len(undecided),
        nothing_found=len(nothing),
        level=min(levels, key=LEVELS.index, default=None),
    )


def by_assessor(tasks: Iterable[Task]) -> Mapping[str, tuple[Task, ...]]:
    """Tasks by who has them."""
    found: dict[str, tuple[Task, ...]] = {}
    for task in tasks:
        found[task.assignment.assessor] = (*found.get(task.assignment.assessor, ()), task)
    return found


def _tasks(
    company: str,
    assignments: Iterable[Assignment],
    methodology: Methodology,
    assessment: Assessment | None,
    today: datetime.date,
) -> Iterable[Task]:
    for assignment in assignments:
        if company not in assignment.companies:
            continue
        if assignment.second:
            yield Task(company, assignment, None, 0)
            continue
        counts = count(methodology, assessment, assignment.indicators)
        late = 0 if counts.is_done else max(0, (today - assignment.by).days)
        yield Task(company, assignment, counts, late)
