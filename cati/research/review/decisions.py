"""Deciding on what a company challenges."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cati.model.assessment import Assessment, Verdict
from cati.model.assessor import same_person
from cati.model.review import (
    Challenge,
    CompanyReview,
    Outcome,
    ReviewDecision,
    changed_since,
    is_too_new,
)
from cati.problems import UsageError, did_you_mean
from cati.research.review.facts import require_company, review_of
from cati.store.canonical import yaml_text
from cati.store.editing import replace_all
from cati.store.file_kinds import ASSESSMENT, ERRATA, REPLIES, REVIEW
from cati.store.schemas import schema_link
from cati.workspace import Workspace


@dataclass(frozen=True)
class Wanted:
    """A decision as somebody asks for it.

    Attributes
    ----------
    erratum : int, optional
        Number of the erratum that told of the change.
    """

    outcome: Outcome
    reason: str
    by: str
    date: datetime.date
    erratum: int | None = None


@dataclass(frozen=True)
class Decided:
    """A decided challenge.

    Attributes
    ----------
    verdict : Verdict, optional
        The answer it led to; None where nothing changed.
    late : bool
        Whether it is decided after the last day for it.
    """

    challenge: Challenge
    verdict: Verdict | None
    late: bool


def decide(folder: Path, evaluation: str, company: str, challenge: str, wanted: Wanted) -> Decided:
    """Decide on a challenge, once and for all.

    What is accepted, also in part, has been carried out before: the answer's
    history has a change since the challenge came in, and an erratum tells of it
    if an edition was kept. The answer then counts as reviewed by the company.

    Parameters
    ----------
    folder : Path
        The workspace or a folder inside it.
    evaluation, company, challenge : str
        Ids.
    wanted : Wanted

    Raises
    ------
    UsageError
        If there is no such challenge, it is decided, the same person decided
        on what is appealed against, the answer has not changed or no erratum
        tells of that, or it rests on evidence that came too late.
    ProblemsError
        If the files have errors, or someone else is changing them.
    CatiError
        If they cannot be written.
    """
    private = REPLIES.file(evaluation=evaluation, company=company)
    public = ASSESSMENT.file(evaluation=evaluation, company=company)
    workspace = Workspace.open(folder)
    workspace.store.require_sound()
    review = review_of(workspace, evaluation)
    require_company(workspace, evaluation, company)
    replies = workspace.store.replies.get(evaluation, {}).get(company)
    found = _challenge(replies, challenge, f"{company} in {evaluation}")
    refuse(_faults(workspace, evaluation, replies, found, wanted))
    assessment = workspace.store.assessments[evaluation].get(company)
    verdict = _verdict(assessment, found.criterion) if wanted.outcome != "rejected" else None
    changed = None
    texts = {}
    if wanted.outcome != "rejected":
        refuse(_faults_of_change(workspace, evaluation, found, verdict, wanted))
        if verdict is not None and assessment is not None:
            changed = changed_since(found, verdict)
            verdict = verdict.model_copy(update={"level": "company_reviewed"})
            texts[public] = yaml_text(_with(assessment, verdict), schema_link(public))
    decision = ReviewDecision(
        outcome=wanted.outcome,
        reason=wanted.reason,
        by=wanted.by,
        date=wanted.date,
        changed=changed,
        erratum=wanted.erratum,
    )
    decided = found.model_copy(update={"decision": decision})
    texts[private] = yaml_text(_decided(replies, decided), schema_link(private))
    store = workspace.store
    replace_all(store.root, texts, {file: store.digest(file) for file in (private, public)})
    window = review.window(found.stage)
    return Decided(decided, verdict, window is not None and wanted.date > window.decide_by)


def refuse(faults: Iterator[str]) -> None:
    """Refuse what was asked for with everything that speaks against it.

    Raises
    ------
    UsageError
    """
    if told := list(faults):
        raise UsageError("\n".join(told))


def _challenge(replies: CompanyReview | None, name: str, whose: str) -> Challenge:
    known = {challenge.id: challenge for challenge in (replies.challenges if replies else ())}
    if name not in known:
        hint = did_you_mean(name, known) or "there is none"
        raise UsageError(f"no challenge {name} of {whose}: {hint}")
    return known[name]


def _faults(
    workspace: Workspace,
    evaluation: str,
    replies: CompanyReview | None,
    challenge: Challenge,
    wanted: Wanted,
) -> Iterator[str]:
    if challenge.decision is not None:
        done = challenge.decision
        yield f"{challenge.id}: decided on {done.date} by {done.by} ({done.outcome})"
    if wanted.date < challenge.received:
        yield f"{challenge.id}: expected a day not before {challenge.received}, when it came"
    for other in replies.challenges if replies else ():
        before = other.decision if other.id == challenge.appeals else None
        if before is not None and same_person(before.by, wanted.by):
            yield (
                f"{challenge.id}: {before.by} decided on {other.id}, against which it appeals; "
                "somebody else has to decide now"
            )
    known = _errata(workspace, evaluation)
    if wanted.erratum is not None and wanted.erratum not in known:
        last = max(known, default=0)
        yield f"no erratum {wanted.erratum} of {evaluation}; the last is {last}"


def _faults_of_change(
    workspace: Workspace,
    evaluation: str,
    challenge: Challenge,
    verdict: Verdict | None,
    wanted: Wanted,
) -> Iterator[str]:
    """What speaks against accepting: no change, none told of, or what it rests on came too late."""
    name = challenge.criterion
    changed = changed_since(challenge, verdict)
    if changed is None:
        yield (
            f"{challenge.id}: expected a change in the history of the answer to {name} since "
            f"{challenge.received}; found none. Change the answer, its evidence or its rationale "
            "first ('cati workbook import'), or decide 'rejected'"
        )
    elif evaluation in workspace.store.of(ERRATA):
        told = _errata(workspace, evaluation).get(wanted.erratum or 0)
        if told is None or told < changed:
            yield (
                f"{challenge.id}: {evaluation} is published, and the answer to {name} changed on "
                f"{changed}: expected --erratum with the number of an erratum since then "
                "('cati erratum add' makes one)"
            )
    until = workspace.store.of(REVIEW)[evaluation].evidence_until(workspace.evaluation(evaluation))
    if challenge.evidence is not None and is_too_new(challenge, until):
        yield (
            f"{challenge.id}: the document it points at was published "
            f"{challenge.evidence.published}; "
            f"evidence counts if it was public by {until}"
        )
    standings = workspace.standings(evaluation)
    for reference in verdict.disclosures if verdict else ():
        since = standings[reference].public_since
        if since is not None and since > until:
            yield (
                f"{challenge.id}: the answer to {name} rests on {reference}, public since {since}; "
                f"evidence counts if it was public by {until}"
            )


def _errata(workspace: Workspace, evaluation: str) -> dict[int, datetime.date]:
    """The days of an evaluation's errata, by number."""
    found = workspace.store.of(ERRATA).get(evaluation)
    return {erratum.number: erratum.date for erratum in found.errata} if found else {}


def _verdict(assessment: Assessment | None, criterion: str) -> Verdict | None:
    verdicts = assessment.verdicts if assessment else ()
    return next((verdict for verdict in verdicts if verdict.criterion == criterion), None)


def _with(assessment: Assessment, verdict: Verdict) -> Assessment:
    verdicts = (verdict if v.criterion == verdict.criterion else v for v in assessment.verdicts)
    return assessment.model_copy(update={"verdicts": tuple(verdicts)})


def _decided(replies: CompanyReview | None, decided: Challenge) -> CompanyReview:
    if replies is None:
        raise UsageError(f"no challenge {decided.id}")
    challenges = (decided if c.id == decided.id else c for c in replies.challenges)
    return replies.model_copy(update={"challenges": tuple(challenges)})
