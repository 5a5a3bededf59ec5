"""Giving assessors their work, and taking it back."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from cati.model.assignment import Assignment, Assignments, check_assignments
from cati.model.base import Code, NameLine
from cati.model.methodology import code_order
from cati.problems import Problem, ProblemsError, UsageError, did_you_mean, shown
from cati.research.typed import typed
from cati.store.canonical import yaml_text
from cati.store.editing import digest, replace
from cati.store.file_kinds import ASSIGNMENTS
from cati.store.schemas import schema_link
from cati.store.validate import read_model
from cati.workspace import Workspace

Many = tuple[Assignment, ...]


def new_assignment(
    workspace: Workspace,
    assessor: str,
    companies: Sequence[str],
    indicators: Sequence[str],
    by: datetime.date,
    second: bool = False,
) -> Assignment:
    """An assignment as people type it, with companies by any of their names.

    Raises
    ------
    UsageError
        If there is no company, nobody goes by one of the names, or a code is none.
    """
    if not companies:
        raise UsageError("companies: expected at least one; found none")
    codes = dict.fromkeys(typed("an indicator", Code, code) for code in indicators)
    return Assignment(
        assessor=typed("the assessor", NameLine, assessor),
        companies=tuple(sorted({workspace.find(name).entity.id for name in companies})),
        indicators=tuple(sorted(codes, key=code_order)),
        by=by,
        second=second,
    )


def assign(workspace: Workspace, evaluation: str, wanted: Assignment) -> Many:
    """Give an assessor companies; gives all assignments there are then.

    Companies that the assessor has for the same indicators already get the
    new deadline.

    Raises
    ------
    UsageError
        If there is no such evaluation, company in it, or code; or if the
        assessor would be first and second for the same work.
    ProblemsError
        If the file cannot be read, or someone else is changing it.
    """

    def change(before: Many) -> Iterator[Assignment]:
        companies = set(wanted.companies)
        for entry in before:
            if not entry.is_same_work(wanted):
                yield entry
            elif entry.by == wanted.by:
                companies.update(entry.companies)
            else:
                yield from _left(entry, wanted.companies)
        yield wanted.model_copy(update={"companies": tuple(sorted(companies))})

    return _changed(workspace, evaluation, change)


def unassign(
    workspace: Workspace, evaluation: str, assessor: str, companies: Sequence[str] = ()
) -> Many:
    """Take companies back from an assessor, all where none is named; gives what is left.

    Raises
    ------
    UsageError
        If there is no such evaluation, or the assessor has none of the companies.
    ProblemsError
        If the file cannot be read, or someone else is changing it.
    """
    wanted = {workspace.find(name).entity.id for name in companies}

    def change(before: Many) -> Iterator[Assignment]:
        own = [entry for entry in before if entry.assessor == assessor]
        if not own:
            hint = did_you_mean(assessor, {entry.assessor for entry in before})
            raise UsageError(f"{evaluation}: nothing is assigned to {shown(assessor)}; {hint}")
        has = {company for entry in own for company in entry.companies}
        if missing := sorted(wanted - has):
            raise UsageError(f"{evaluation}: {assessor} has no {', '.join(missing)}")
        for entry in before:
            if entry.assessor != assessor:
                yield entry
            else:
                yield from _left(entry, wanted or has)

    return _changed(workspace, evaluation, change)


def _left(entry: Assignment, taken: Collection[str]) -> Iterator[Assignment]:
    """An assignment without some companies, if any is left."""
    companies = tuple(company for company in entry.companies if company not in taken)
    if companies:
        yield entry.model_copy(update={"companies": companies})


def _changed(
    workspace: Workspace, evaluation: str, change: Callable[[Many], Iterable[Assignment]]
) -> Many:
    """Read the file anew, change what it says and write it, unless it would be wrong then."""
    found = workspace.evaluation(evaluation)
    root = workspace.store.root
    file = ASSIGNMENTS.file(evaluation=evaluation)
    read = digest(root / file)
    before: Many = ()
    if read:
        problems: list[Problem] = []
        there = read_model(Assignments, root / file, file, problems)
        if there is None:
            raise ProblemsError(problems)
        before = there[0].assignments
    after = Assignments(format=1, assignments=tuple(sorted(change(before), key=_order)))
    for finding in check_assignments(after, found, workspace.methodology(found.methodology)):
        raise UsageError(str(finding))
    replace(root, file, yaml_text(after, schema_link(file)), read)
    return after.assignments


def _order(entry: Assignment) -> tuple[str, bool, datetime.date, tuple[tuple[int, ...], ...]]:
    return entry.assessor, entry.second, entry.by, tuple(map(code_order, entry.indicators))
