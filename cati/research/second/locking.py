"""Locking answers, after which two assessors may see each other's."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from cati.model.assessment import Assessment
from cati.model.assessor import Lock
from cati.problems import ProblemsError, UsageError, did_you_mean, shown
from cati.research.second.blind import main_answers, own_answers
from cati.store.assessors import OwnAnswers, assessor_file, content_mark, own_file
from cati.store.canonical import yaml_text
from cati.store.editing import replace_all
from cati.store.file_kinds import ASSESSMENT
from cati.store.schemas import schema_link
from cati.workspace import Workspace


@dataclass(frozen=True)
class Locked:
    """What was locked.

    Attributes
    ----------
    locks : tuple of Lock
        The new ones.
    before : tuple of Lock
        Those asked for that were there already.
    taken : tuple of str
        Companies of which the answers were taken from the company's own file.
    answers : dict of str to int
        Criteria and whole indicators answered, by company.
    """

    locks: tuple[Lock, ...]
    before: tuple[Lock, ...]
    taken: tuple[str, ...]
    answers: dict[str, int]


def lock(
    workspace: Workspace,
    evaluation: str,
    name: str,
    companies: Sequence[str],
    today: datetime.date,
) -> Locked:
    """Lock an assessor's answers about companies, about all of theirs where none is named.

    Answers in a company's own file are copied first, as the assessor's own.

    Parameters
    ----------
    companies : sequence of str
        Ids.

    Raises
    ------
    UsageError
        If there is no such evaluation, or no answer of the assessor about one
        of the companies.
    ProblemsError
        If the files have errors, locked answers have been changed, or someone
        else is changing the files.
    """
    store = workspace.store
    store.require_sound()
    workspace.evaluation(evaluation)
    own = own_answers(store, evaluation, name)
    require_unchanged(own)
    taken = _main_answers(workspace, evaluation, own)
    there = {**taken, **own.assessments}
    wanted = tuple(dict.fromkeys(companies)) or tuple(sorted(there))
    for company in wanted:
        if company not in there:
            hint = did_you_mean(company, there)
            said = f"{evaluation}: nothing of {shown(name)} about {company}"
            raise UsageError(f"{said}; {hint}" if hint else said)
    if not wanted:
        raise UsageError(f"{evaluation}: nothing of {shown(name)} to lock")
    before = tuple(found for company in wanted if (found := own.assessor.lock(company)))
    done = {found.company for found in before}
    new = {company: there[company] for company in wanted if company not in done}
    locks = tuple(
        Lock(company=company, date=today, sha256=content_mark(found))
        for company, found in new.items()
    )
    copied = {company: found for company, found in new.items() if company in taken}
    if locks:
        _write(workspace, evaluation, own, locks, copied)
    answers = {company: len(a.verdicts) + len(a.no_disclosure) for company, a in new.items()}
    return Locked(locks, before, tuple(copied), answers)


def require_unchanged(own: OwnAnswers) -> None:
    """Refuse answers that have been changed since they were locked.

    Raises
    ------
    ProblemsError
    """
    if problems := list(own.changed()):
        raise ProblemsError(problems)


def _main_answers(workspace: Workspace, evaluation: str, own: OwnAnswers) -> dict[str, Assessment]:
    """The assessor's answers in companies' own files, where there are no others of theirs."""
    scope = [entry.company for entry in workspace.evaluation(evaluation).scope]
    found = {}
    for company in scope:
        main = main_answers(workspace.store, evaluation, company, own.assessor.name)
        if main is not None and company not in own.assessments and not own.assessor.lock(company):
            found[company] = main
    return found


def _write(
    workspace: Workspace,
    evaluation: str,
    own: OwnAnswers,
    locks: tuple[Lock, ...],
    copied: dict[str, Assessment],
) -> None:
    store, name = workspace.store, own.assessor.name
    every = sorted((*own.assessor.locks, *locks), key=lambda entry: entry.company)
    assessor = own.assessor.model_copy(update={"locks": tuple(every)})
    file = assessor_file(evaluation, name)
    texts = {file: yaml_text(assessor, schema_link(file))}
    copied_from = []
    for company, assessment in copied.items():
        copied_from.append(ASSESSMENT.file(evaluation=evaluation, company=company))
        file = own_file(evaluation, name, company)
        texts[file] = yaml_text(assessment, schema_link(file))
    replace_all(store.root, texts, {file: store.digest(file) for file in (*texts, *copied_from)})
