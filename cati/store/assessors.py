"""Reading what assessors answered apart from each other, in ``private/``.

Each has a file that says who it is and what is locked, and beside it a folder
with an assessment for each company, of the same form as the companies' own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cati.model.assessment import Assessment
from cati.model.assessor import Assessor, assessor_id, check_assessor, same_person
from cati.model.evaluation import Evaluation
from cati.model.methodology import Methodology
from cati.problems import Finding, Problem, did_you_mean, shown
from cati.store.assessments import report_assessment
from cati.store.canonical import yaml_text
from cati.store.reading import Reading
from cati.store.text_file import digest_of
from cati.store.validate import read_model

FOLDER = "private/assessors"


@dataclass(frozen=True)
class OwnAnswers:
    """What one assessor answered in an evaluation.

    Attributes
    ----------
    assessor : Assessor
        With the locks.
    assessments : dict of str to Assessment
        By company.
    """

    assessor: Assessor
    assessments: dict[str, Assessment] = field(default_factory=dict)

    def is_locked(self, company: str) -> bool:
        """Whether the answers about a company are locked, and still what was locked."""
        lock, own = self.assessor.lock(company), self.assessments.get(company)
        return lock is not None and own is not None and content_mark(own) == lock.sha256

    def changed(self) -> Iterator[Problem]:
        """Answers that were locked and are not any more what they were."""
        file = assessor_file(self.assessor.evaluation, self.assessor.name)
        for lock in self.assessor.locks:
            own = self.assessments.get(lock.company)
            if self.is_locked(lock.company):
                continue
            found = "none" if own is None else "others"
            expected = f"the answers about {lock.company} as they were locked on {lock.date}"
            hint = "put them back as they were, from a copy"
            yield Problem(file, expected, found, field="locks", hint=hint)


def assessor_file(evaluation: str, name: str) -> str:
    """Where it stands who an assessor is, relative to the workspace."""
    return f"{FOLDER}/{evaluation}/{assessor_id(name)}.yaml"


def own_file(evaluation: str, name: str, company: str) -> str:
    """Where an assessor's own answers about a company lie, relative to the workspace."""
    return f"{FOLDER}/{evaluation}/{assessor_id(name)}/{company}.yaml"


def content_mark(assessment: Assessment) -> str:
    """A checksum of what an assessment says, however its file is laid out."""
    return digest_of(yaml_text(assessment).encode())


def changed_locks(assessors: Mapping[str, Mapping[str, OwnAnswers]]) -> list[Problem]:
    """All locked answers that have been changed."""
    return [
        problem
        for people in assessors.values()
        for own in people.values()
        for problem in own.changed()
    ]


def read_assessors(
    reading: Reading,
    evaluations: Mapping[str, Evaluation],
    methodologies: Mapping[str, Methodology],
) -> dict[str, dict[str, OwnAnswers]]:
    """Answers given apart, by evaluation, then by the assessor's id.

    They lie outside of version control, and need not be there.

    Parameters
    ----------
    reading : Reading
        Receives what is wrong.
    evaluations, methodologies : mapping
        By id.
    """
    found: dict[str, dict[str, OwnAnswers]] = {}
    for name, evaluation in evaluations.items():
        folder = reading.root / FOLDER / name
        for path in reading.optional_files(folder, ".yaml"):
            file = path.relative_to(reading.root).as_posix()
            read = read_model(Assessor, path, file, reading.problems)
            if read is None:
                continue
            reading.report(check_assessor(read[0], path.stem, name), read[1])
            own = OwnAnswers(read[0])
            methodology = methodologies[evaluation.methodology]
            for answers in reading.optional_files(folder / path.stem, ".yaml"):
                _read_own(reading, answers, evaluation, methodology, own)
            found.setdefault(name, {})[path.stem] = own
        reading.problems += _orphans(reading, folder)
    return found


def _orphans(reading: Reading, folder: Path) -> Iterator[Problem]:
    """Answers of which it does not stand anywhere whose they are, and whether locked."""
    for path in sorted(folder.glob("*/")):
        file = f"{path.relative_to(reading.root).as_posix()}.yaml"
        if not os.path.lexists(reading.root / file) and any(path.glob("*.yaml")):
            yield Problem(file, f"whose answers those in {path.name}/ are", "no such file")


def _read_own(
    reading: Reading,
    path: Path,
    evaluation: Evaluation,
    methodology: Methodology,
    own: OwnAnswers,
) -> None:
    file = path.relative_to(reading.root).as_posix()
    scope = [entry.company for entry in evaluation.scope]
    if path.stem not in scope:
        expected = f"a file named after a company in the scope of {evaluation.id}"
        hint = did_you_mean(path.stem, scope)
        reading.problems.append(Problem(file, expected, shown(path.name), hint=hint))
        return
    read = read_model(Assessment, path, file, reading.problems)
    if read is None:
        return
    assessment, document = read
    report_assessment(reading, assessment, document, evaluation, methodology)
    reading.report(_check_owner(assessment, own.assessor.name), document)
    own.assessments[path.stem] = assessment


def _check_owner(assessment: Assessment, name: str) -> Iterator[Finding]:
    """Answers of other people in an assessor's own file."""
    signed = {
        "verdicts": [verdict.assessor for verdict in assessment.verdicts],
        "no_disclosure": [entry.assessor for entry in assessment.no_disclosure],
    }
    for part, people in signed.items():
        for position, person in enumerate(people):
            if not same_person(person, name):
                path = (part, position, "assessor")
                yield Finding(path, f"{shown(name)}, whose answers these are", shown(person))
