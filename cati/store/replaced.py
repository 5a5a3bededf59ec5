"""Answers that somebody else's stand in for without a word in the history, where it can be known.

It can be known by the answer itself, if others had changed or given it before, and by what was
imported from workbooks on this machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cati.model.assessment import Assessment, Change, Verdict
from cati.model.assessor import same_person
from cati.model.imports import ImportedAnswer, Imports, answer_mark
from cati.problems import Problem, shown
from cati.store.file_kinds import ASSESSMENT, IMPORTS

KEEP = "an answer that is replaced stays in its history, with who replaced it, when and why"

Assessments = Mapping[str, Mapping[str, Assessment]]
"""By evaluation, then by company."""


def replaced_answers(imports: Mapping[str, Imports], assessments: Assessments) -> Iterator[Problem]:
    """A warning for each answer that was replaced without a word.

    Parameters
    ----------
    imports : mapping of str to Imports
        By company.
    assessments : mapping of str to mapping of str to Assessment
    """
    for evaluation, companies in assessments.items():
        for company, assessment in companies.items():
            file = ASSESSMENT.file(evaluation=evaluation, company=company)
            for verdict in assessment.verdicts:
                for expected, found in _contradictions(verdict):
                    told = f"{verdict.criterion}: {expected}"
                    yield Problem(file, told, found, hint=KEEP, severity="warning")
    for company, imported in imports.items():
        yield from _not_as_imported(company, imported, assessments)


def _contradictions(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """Where an answer is not what its own record makes of it: expected, and found."""
    states: tuple[Change | Verdict, ...] = (*verdict.history[1:], verdict)
    for last, now in zip(verdict.history, states, strict=False):
        if now.assessor is not None and not same_person(now.assessor, last.who):
            yield f"an answer of {last.who}, who changed it last", f"one of {now.assessor}"
    given = {original.answer for original in verdict.originals}
    if len(verdict.originals) == 2 and len(given) == 1 and not verdict.history:
        (agreed,) = given
        if verdict.answer != agreed:
            yield f"{agreed}, as both assessors answered", verdict.answer


def _not_as_imported(
    company: str, imported: Imports, assessments: Assessments
) -> Iterator[Problem]:
    for answer in imported.answers:
        found = _instead(answer, assessments.get(answer.evaluation, {}).get(company))
        if found:
            mark = IMPORTS.file(company=company)
            yield Problem(
                ASSESSMENT.file(evaluation=answer.evaluation, company=company),
                f"{answer.criterion}: the answer of {shown(answer.assessor)} as it was imported, "
                "or that answer in the history",
                found,
                hint=f"{KEEP}; if the import was taken back, delete {mark}",
                severity="warning",
            )


def _instead(answer: ImportedAnswer, assessment: Assessment | None) -> str:
    """What stands in place of an imported answer; empty where it stands or nobody else's does."""
    verdicts = assessment.verdicts if assessment else ()
    verdict = next((v for v in verdicts if v.criterion == answer.criterion), None)
    if verdict is None:
        return "no answer"
    marks = {answer_mark(verdict), *map(answer_mark, verdict.history)}
    if same_person(verdict.assessor, answer.assessor) or answer.sha256 in marks:
        return ""
    return f"one of {shown(verdict.assessor)}"
