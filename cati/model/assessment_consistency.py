"""What must hold in an assessment beyond types."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

from cati.model.assessment import Assessment, Change, Verdict
from cati.model.assessor import assessor_id
from cati.model.base import repeated
from cati.model.evaluation import Evaluation
from cati.model.methodology import Methodology
from cati.model.references import indicator_of
from cati.problems import Finding, did_you_mean, shown


def check_assessment(
    assessment: Assessment, evaluation: Evaluation, methodology: Methodology
) -> Iterator[Finding]:
    """Breaches in an assessment: what it names, and whether its parts agree.

    Parameters
    ----------
    assessment : Assessment
    evaluation : Evaluation
        The one its file is named after.
    methodology : Methodology
        That evaluation's.
    """
    if assessment.evaluation != evaluation.id:
        yield Finding(
            ("evaluation",), f"{evaluation.id}, the file's name", shown(assessment.evaluation)
        )
    codes = {indicator.code for indicator in methodology.indicators()}
    for position, verdict in enumerate(assessment.verdicts):
        path = ("verdicts", position)
        if verdict.criterion not in methodology.criteria:
            expected = f"a criterion of {methodology.id} as <code>/<criterion>"
            hint = did_you_mean(verdict.criterion, methodology.criteria)
            yield Finding((*path, "criterion"), expected, shown(verdict.criterion), hint)
        if verdict.answer == "unpublished" and not evaluation.self_assessment:
            expected = "met, not_met or unknown, outside of a self-assessment"
            yield Finding((*path, "answer"), expected, verdict.answer)
        for finding in _check_verdict(verdict):
            yield Finding((*path, *finding.path), finding.expected, finding.found, finding.hint)
    for position, name in repeated(verdict.criterion for verdict in assessment.verdicts):
        found = f"{name} a second time"
        yield Finding(("verdicts", position, "criterion"), "each criterion once", found)
    yield from _check_nothing_found(assessment, codes, methodology.id)


def _check_verdict(verdict: Verdict) -> Iterator[Finding]:
    if verdict.answer == "met" and not verdict.disclosures:
        yield Finding(("disclosures",), "the disclosures it is met by", "none")
    before = None
    states: tuple[Change | Verdict, ...] = (*verdict.history, verdict)
    for position, (change, after) in enumerate(zip(verdict.history, states[1:], strict=True)):
        path = ("history", position)
        same = (change.disclosures, change.rationale) == (after.disclosures, after.rationale)
        if change.was == change.now and same and not verdict.originals:
            expected = "another answer, other disclosures or another rationale than before"
            yield Finding((*path, "now"), expected, change.now)
        if before is not None and change.was != before.now:
            yield Finding((*path, "was"), f"{before.now}, as the change before", change.was)
        days = [day for day in (before.when if before else None, change.date) if day is not None]
        if days and change.when < max(days):
            hint = f"what {verdict.criterion} said before is of that day"
            yield Finding((*path, "when"), f"a date not before {max(days)}", str(change.when), hint)
        before = change
    if before is not None and before.now != verdict.answer:
        yield Finding(("answer",), f"{before.now}, as its last change", verdict.answer)
    for position, person in repeated(assessor_id(one.assessor) for one in verdict.originals):
        at = ("originals", position, "assessor")
        yield Finding(at, "two assessors", f"{person} a second time")


def _check_nothing_found(
    assessment: Assessment, codes: Collection[str], methodology: str
) -> Iterator[Finding]:
    answered = {indicator_of(verdict.criterion) for verdict in assessment.verdicts}
    for position, entry in enumerate(assessment.no_disclosure):
        path = ("no_disclosure", position, "code")
        if entry.code not in codes:
            hint = did_you_mean(entry.code, codes)
            yield Finding(path, f"an indicator of {methodology}", shown(entry.code), hint)
        elif entry.code in answered:
            expected = "an indicator without verdicts"
            yield Finding(path, expected, f"{entry.code}, which has some", "keep one of the two")
        days = [search.date for search in (*entry.earlier, entry.as_search())]
        for day, after in pairwise(days):
            if after < day:
                at = ("no_disclosure", position, "date")
                yield Finding(at, f"a date not before {day}", str(after))
    for position, code in repeated(entry.code for entry in assessment.no_disclosure):
        found = f"{code} a second time"
        yield Finding(("no_disclosure", position, "code"), "each indicator once", found)
