"""Reading what was imported from workbooks, and what has been replaced since without a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from cati.model.assessment import Assessment
from cati.model.assessor import same_person
from cati.model.imports import ImportedAnswer, Imports, answer_mark
from cati.problems import Problem, ProblemsError, shown
from cati.store.assessments import assessment_file
from cati.store.validate import read_model

FOLDER = "private/imports"


def imports_file(company: str) -> str:
    """Where it stands what was imported of a company, relative to the workspace."""
    return f"{FOLDER}/{company}.yaml"


def read_imports(root: Path, company: str) -> Imports:
    """What was imported of a company; nothing where it does not stand.

    Raises
    ------
    ProblemsError
        If the file cannot be read.
    """
    file = imports_file(company)
    if not (root / file).is_file():
        return Imports(format=1)
    problems: list[Problem] = []
    read = read_model(Imports, root / file, file, problems)
    if read is None:
        raise ProblemsError(problems)
    return read[0]


def replaced_answers(
    root: Path, assessments: Mapping[str, Mapping[str, Assessment]]
) -> Iterator[Problem]:
    """Imported answers that somebody else's stand in for, without a word in the history.

    Parameters
    ----------
    root : Path
        The workspace.
    assessments : mapping of str to mapping of str to Assessment
        By evaluation, then by company.
    """
    for path in sorted((root / FOLDER).glob("*.yaml")):
        company = path.stem
        try:
            imports = read_imports(root, company)
        except ProblemsError as error:
            yield from error.problems
            continue
        for answer in imports.answers:
            found = _replaced(answer, assessments.get(answer.evaluation, {}).get(company))
            if found:
                yield Problem(
                    assessment_file(answer.evaluation, company),
                    f"the answer of {shown(answer.assessor)} to {answer.criterion}, as it was "
                    "imported, or a word of it in the history",
                    found,
                    hint="add to its history what it was, who replaced it, when and why; where the "
                    f"import was taken back on purpose, delete {imports_file(company)}",
                    severity="warning",
                )


def _replaced(answer: ImportedAnswer, assessment: Assessment | None) -> str:
    """What stands in place of an imported answer; empty where it stands or nobody else's does."""
    verdicts = assessment.verdicts if assessment else ()
    verdict = next((v for v in verdicts if v.criterion == answer.criterion), None)
    if verdict is None:
        return "no answer"
    marks = {answer_mark(verdict), *map(answer_mark, verdict.history)}
    if same_person(verdict.assessor, answer.assessor) or answer.sha256 in marks:
        return ""
    return f"one of {shown(verdict.assessor)}"
