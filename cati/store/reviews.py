"""Reading what companies replied when they reviewed what is held about them."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from cati.model.assessment import Assessment, Verdict
from cati.model.errata import Errata
from cati.model.evaluation import Evaluation
from cati.model.review import (
    Challenge,
    CompanyReview,
    check_company_review,
)
from cati.problems import Finding, Problem, did_you_mean
from cati.store.assessments import Assessments
from cati.store.file_kinds import REPLIES, Known
from cati.store.reading import Reading
from cati.store.validate import read_model
from cati.store.yaml_file import YamlDocument


def read_replies(
    reading: Reading, known: Known, assessments: Assessments, errata: Mapping[str, Errata]
) -> dict[str, dict[str, CompanyReview]]:
    """Replies by evaluation and company.

    They lie outside of version control, and need not be there.
    """
    replies: dict[str, dict[str, CompanyReview]] = {}
    for name, evaluation in known.evaluations.items():
        criteria = known.methodology_of(name).criteria
        for path in reading.optional_files(reading.root / REPLIES.folder / name, ".yaml"):
            read = _read_replies(reading, path, evaluation, criteria)
            if read is None:
                continue
            found, document = read
            replies.setdefault(name, {})[path.stem] = found
            reading.report(_check_errata(found, errata.get(name)), document)
            reading.report(_check_changes(found, assessments[name].get(path.stem)), document)
    return replies


def _read_replies(
    reading: Reading,
    path: Path,
    evaluation: Evaluation,
    criteria: Collection[str],
) -> tuple[CompanyReview, YamlDocument] | None:
    file = path.relative_to(reading.root).as_posix()
    scope = [entry.company for entry in evaluation.scope]
    if path.stem not in scope:
        expected = f"a file named after a company in the scope of {evaluation.id}"
        hint = did_you_mean(path.stem, scope)
        reading.problems.append(Problem(file, expected, path.name, hint=hint))
        return None
    read = read_model(CompanyReview, path, file, reading.problems)
    if read is None:
        return None
    reading.report(check_company_review(read[0], evaluation.id, path.stem, criteria), read[1])
    return read


def _check_changes(found: CompanyReview, assessment: Assessment | None) -> Iterator[Finding]:
    """Decisions whose change the answer does not know of."""
    verdicts = {v.criterion: v for v in assessment.verdicts} if assessment else {}
    for position, challenge in enumerate(found.challenges):
        day = challenge.decision.changed if challenge.decision else None
        verdict = verdicts.get(challenge.criterion)
        if day is not None and not (verdict and _is_change(day, verdict, challenge)):
            path = ("challenges", position, "decision", "changed")
            expected = f"the day of a change to the answer to {challenge.criterion}"
            days = [str(change.when) for change in verdict.history] if verdict else []
            history = f"whose history has {', '.join(days) or 'none'}"
            yield Finding(path, expected, f"{day}, {history if verdict else 'without an answer'}")


def _is_change(day: datetime.date, verdict: Verdict, challenge: Challenge) -> bool:
    """Whether a day is one of the answer's history, or can be that of the first answer."""
    days = [change.when for change in verdict.history]
    first = challenge.mark is None and day <= min([verdict.date, *days])
    return day in days or first


def _check_errata(found: CompanyReview, errata: Errata | None) -> Iterator[Finding]:
    """Decisions that name an erratum which is not there."""
    last = len(errata.errata) if errata else 0
    for position, challenge in enumerate(found.challenges):
        number = challenge.decision.erratum if challenge.decision else None
        if number is not None and number > last:
            path = ("challenges", position, "decision", "erratum")
            yield Finding(path, f"a number up to {last}, the last erratum", str(number))
