"""Company review: windows, what companies reply, what is decided, and who was written to."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field

from cati.model.assessment import Answer, CriterionName, Verdict
from cati.model.assessor import same_person
from cati.model.base import (
    Date,
    Format,
    Id,
    Line,
    Many,
    Matching,
    Model,
    NameLine,
    PartialDate,
    repeated,
)
from cati.model.dates import first_day
from cati.model.evaluation import Evaluation
from cati.model.source import Link, Sha256
from cati.problems import Finding, did_you_mean, shown

Stage = Literal["review", "appeal"]
STAGES: tuple[Stage, ...] = ("review", "appeal")
"""First a company challenges our answers, then our decisions."""

LateEvidence = Literal["cutoff", "window"]

Outcome = Literal["accepted", "partly", "rejected"]

Reaction = Literal["sent", "bounced", "declined", "communicated", "silent", "no_address"]
REACTIONS: tuple[Reaction, ...] = (
    "sent",
    "bounced",
    "declined",
    "communicated",
    "silent",
    "no_address",
)
"""What came of writing to a company; ``sent`` is not yet answered."""

Mark = Annotated[str, Matching(r"[0-9a-f]{16}", "a checksum of 16 hexadecimal digits")]


class Window(Model):
    """When companies can reply at a stage.

    Attributes
    ----------
    opens, closes : date
        First and last day.
    decide_by : date
        Last day for our decisions.
    """

    stage: Stage
    opens: Date
    closes: Date
    decide_by: Date


class Review(Model):
    """What ``review.yaml`` says of an evaluation.

    Attributes
    ----------
    evidence : {"cutoff", "window"}
        Whether documents count that were public by the cut-off date only, or
        also those that were public by the close of the first window.
    windows : tuple of Window
        One, or two where decisions can be appealed.
    """

    format: Format
    evidence: LateEvidence
    windows: Many[Window] = Field(min_length=1)
    note: Line | None = None

    def window(self, stage: Stage) -> Window | None:
        """The window of a stage; None where there is none."""
        return next((window for window in self.windows if window.stage == stage), None)

    def evidence_until(self, evaluation: Evaluation) -> datetime.date:
        """The last day on which a document must have been public to count."""
        if self.evidence == "cutoff":
            return evaluation.cutoff
        return max(evaluation.cutoff, self.windows[0].closes)


class Pointer(Model):
    """The public document that a company points at.

    Attributes
    ----------
    where : str, optional
        Page or section.
    published : str, optional
        When it came out, as exactly as the company says.
    """

    link: Link | None = None
    where: Line | None = None
    published: PartialDate | None = None


class ReviewDecision(Model):
    """What was decided on a challenge.

    Attributes
    ----------
    reason : str
        Why, in words that can be sent to the company.
    changed : date, optional
        Day of the change that it led to, in the answer's history; of the first answer where
        nobody had answered; none where rejected.
    erratum : int, optional
        Number of the erratum that told of the change, where it came after publication.
    """

    outcome: Outcome
    reason: Line
    by: NameLine
    date: Date
    changed: Date | None = None
    erratum: int | None = Field(default=None, ge=1)


class Challenge(Model):
    """One criterion that a company sees otherwise.

    Attributes
    ----------
    answer : {"met", "not_met", "unknown", "unpublished"}
        Our answer that it was shown.
    mark : str, optional
        `verdict_mark` of our answer when the challenge came in; none where nobody had answered.
    text : str
        What the company says.
    consent : bool
        Whether the company lets this be published.
    appeals : str, optional
        The challenge whose decision it appeals against.
    """

    id: Id
    stage: Stage
    criterion: CriterionName
    received: Date
    answer: Answer
    mark: Mark | None = None
    text: Line
    evidence: Pointer | None = None
    consent: bool = False
    appeals: Id | None = None
    decision: ReviewDecision | None = None

    @property
    def public_decision(self) -> ReviewDecision | None:
        """The decision, where there is one and the company lets us publish the challenge."""
        return self.decision if self.consent else None


class Agreement(Model):
    """One criterion on which a company agrees with us.

    Attributes
    ----------
    text : str, optional
        What it says beside that.
    """

    stage: Stage
    criterion: CriterionName
    received: Date
    answer: Answer
    text: Line | None = None


class Reply(Model):
    """That a company has replied.

    Attributes
    ----------
    sha256 : str
        Checksum of the file it sent.
    """

    stage: Stage
    received: Date
    sha256: Sha256


class CompanyReview(Model):
    """What ``private/reviews/<evaluation>/<company>.yaml`` says."""

    format: Format
    evaluation: Id
    company: Id
    replies: Many[Reply] = ()
    agreements: Many[Agreement] = ()
    challenges: Many[Challenge] = ()


class Contact(Model):
    """One attempt to reach a company.

    Attributes
    ----------
    outcome : {"sent", "bounced", "declined", "communicated", "silent", "no_address"}
    by : str
        Who wrote.
    address : str, optional
        Where to; it stays in this file.
    """

    company: Id
    outcome: Reaction
    date: Date
    by: NameLine
    address: Line | None = None
    note: Line | None = None


class ContactLog(Model):
    """What ``private/contacts/<evaluation>.yaml`` says."""

    format: Format
    evaluation: Id
    contacts: Many[Contact] = ()


def verdict_mark(verdict: Verdict | None) -> str | None:
    """A checksum by which a changed answer is told from an unchanged one, level aside.

    None where nobody has answered.
    """
    if verdict is None or verdict.is_proposal:
        return None
    said = verdict.model_dump(mode="json", include={"answer", "disclosures", "rationale"})
    said["changes"] = len(verdict.history)
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def changed_since(challenge: Challenge, verdict: Verdict | None) -> datetime.date | None:
    """The day of the last change to an answer since a challenge came in; None without one.

    Where nobody had answered, the first answer is a change too.
    """
    if verdict is None or verdict_mark(verdict) == challenge.mark:
        return None
    days = [change.when for change in verdict.history]
    if challenge.mark is None:
        days = days or [verdict.date]
    return days[-1] if days and days[-1] >= challenge.received else None


def is_too_new(challenge: Challenge, until: datetime.date) -> bool:
    """Whether the document that a challenge points at was not public by a day.

    A month or a year counts from its first day; no date is not too new.
    """
    published = challenge.evidence.published if challenge.evidence else None
    return published is not None and first_day(published) > until


def check_review(review: Review, evaluation: Evaluation) -> Iterator[Finding]:
    """Breaches in the windows: their order, and that they lie behind the cut-off date."""
    for position, window in enumerate(review.windows):
        path = ("windows", position)
        if window.stage not in STAGES[position : position + 1]:
            known: tuple[str, ...] = (*STAGES, "at most two windows")
            expected = known[min(position, len(STAGES))]
            yield Finding((*path, "stage"), expected, window.stage)
        if window.closes < window.opens:
            expected = f"a day not before {window.opens}, when it opens"
            yield Finding((*path, "closes"), expected, str(window.closes))
        if window.decide_by < window.closes:
            expected = f"a day not before {window.closes}, when it closes"
            yield Finding((*path, "decide_by"), expected, str(window.decide_by))
        before = review.windows[position - 1].closes if position else evaluation.cutoff
        if window.opens <= before:
            what = "when the first one closes" if position else "the cut-off date"
            yield Finding((*path, "opens"), f"a day after {before}, {what}", str(window.opens))


def check_company_review(
    found: CompanyReview, evaluation: str, company: str, criteria: Collection[str]
) -> Iterator[Finding]:
    """Breaches in a company's replies: what they name, and whether decisions fit.

    Parameters
    ----------
    found : CompanyReview
    evaluation, company : str
        Those its file is named after.
    criteria : collection of str
        Names of the methodology's criteria.
    """
    for name, expected in (("evaluation", evaluation), ("company", company)):
        if getattr(found, name) != expected:
            yield Finding((name,), f"{expected}, by the file's name", shown(getattr(found, name)))
    for part in ("agreements", "challenges"):
        for position, entry in enumerate(getattr(found, part)):
            if entry.criterion not in criteria:
                hint = did_you_mean(entry.criterion, criteria)
                path = (part, position, "criterion")
                yield Finding(path, "a criterion of the methodology", shown(entry.criterion), hint)
    for position, name in repeated(challenge.id for challenge in found.challenges):
        yield Finding(("challenges", position, "id"), "each id once", f"{name} a second time")
    by_id = {challenge.id: challenge for challenge in found.challenges}
    for position, challenge in enumerate(found.challenges):
        for finding in _check_challenge(challenge, by_id):
            inside = ("challenges", position, *finding.path)
            yield Finding(inside, finding.expected, finding.found)


def _check_challenge(challenge: Challenge, by_id: Mapping[str, Challenge]) -> Iterator[Finding]:
    if (challenge.appeals is None) != (challenge.stage == "review"):
        expected = "the challenge whose decision it appeals against, at the stage appeal alone"
        yield Finding(("appeals",), expected, challenge.appeals or "nothing")
    first = by_id.get(challenge.appeals or "")
    if challenge.appeals is not None and (first is None or first.decision is None):
        yield Finding(("appeals",), "a decided challenge", shown(challenge.appeals))
    decision = challenge.decision
    if decision is None:
        return
    if (decision.changed is None) != (decision.outcome == "rejected"):
        expected = "none where rejected, else the day of the change"
        found = str(decision.changed or "nothing")
        yield Finding(("decision", "changed"), expected, found)
    if decision.date < challenge.received:
        expected = f"a day not before {challenge.received}, when it was received"
        yield Finding(("decision", "date"), expected, str(decision.date))
    if first is not None and first.decision and same_person(first.decision.by, decision.by):
        expected = f"another person than {first.decision.by}, who decided before"
        yield Finding(("decision", "by"), expected, shown(decision.by))


def check_contacts(log: ContactLog, evaluation: Evaluation) -> Iterator[Finding]:
    """Breaches in a contact log: whose it is, and companies outside of the scope."""
    if log.evaluation != evaluation.id:
        expected = f"{evaluation.id}, by the file's name"
        yield Finding(("evaluation",), expected, shown(log.evaluation))
    scope = [entry.company for entry in evaluation.scope]
    for position, contact in enumerate(log.contacts):
        if contact.company not in scope:
            hint = did_you_mean(contact.company, scope)
            expected = f"a company in the scope of {evaluation.id}"
            path = ("contacts", position, "company")
            yield Finding(path, expected, shown(contact.company), hint)
