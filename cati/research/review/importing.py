"""What a company replied, into its private file."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from cati.model.review import (
    Agreement,
    Challenge,
    CompanyReview,
    Reply,
    Stage,
    check_company_review,
    is_too_new,
    verdict_mark,
)
from cati.problems import Problem, ProblemsError, UsageError, did_you_mean, shown
from cati.research.review.facts import review_of
from cati.research.review.replies import FilledPack, ReplyRow, read_pack
from cati.research.workbook.cells import criteria
from cati.store.canonical import yaml_text
from cati.store.editing import replace
from cati.store.file_kinds import REPLIES
from cati.store.schemas import schema_link
from cati.workspace import Workspace


@dataclass(frozen=True)
class Imported:
    """What an import added.

    Attributes
    ----------
    late : bool
        Whether it came after the window had closed.
    challenges : tuple of Challenge
        New ones.
    agreements : tuple of Agreement
        New ones.
    consents : tuple of str
        Ids of known challenges for which the company changed its consent.
    known : int
        Rows that were there already.
    evidence_until : date
        The last day on which a document must have been public to count.
    """

    evaluation: str
    company: str
    stage: Stage
    late: bool
    challenges: tuple[Challenge, ...]
    agreements: tuple[Agreement, ...]
    consents: tuple[str, ...]
    known: int
    evidence_until: datetime.date

    @property
    def too_new(self) -> tuple[Challenge, ...]:
        """New challenges that point at a document which came out too late to count."""
        return tuple(
            challenge for challenge in self.challenges if is_too_new(challenge, self.evidence_until)
        )


def import_replies(
    folder: Path, path: Path, received: datetime.date, sender: str | None = None
) -> Imported:
    """Take over what a company replied; nothing is written if anything is wrong.

    Parameters
    ----------
    folder : Path
        The workspace or a folder inside it.
    path : Path
        The filled workbook.
    received : date
        When it came.
    sender : str, optional
        The company that sent it, by any of its names.

    Raises
    ------
    ProblemsError
        If the workbook cannot be read, or does not fit the workspace.
    UsageError
        If it is another company's than the sender's, or the window has not opened.
    CatiError
        If it cannot be written.
    """
    pack = read_pack(path)
    file = REPLIES.file(evaluation=pack.evaluation, company=pack.company)
    workspace = Workspace.open(folder)
    workspace.store.require_sound()
    _require_known(workspace, pack)
    if sender is not None and (named := workspace.find(sender).entity.id) != pack.company:
        raise UsageError(f"{path.name}: expected the workbook of {named}; found {pack.company}'s")
    review = review_of(workspace, pack.evaluation)
    window = review.window(pack.stage)
    if window is None or received < window.opens:
        opens = f"opens on {window.opens}" if window else "has no window"
        raise UsageError(
            f"{path.name}: received {received}, and the stage {pack.stage} of {pack.evaluation} "
            f"{opens}"
        )
    before = workspace.store.replies.get(pack.evaluation, {}).get(
        pack.company,
        CompanyReview(format=1, evaluation=pack.evaluation, company=pack.company),
    )
    merged = _Merge(workspace, pack, received, before)
    after = merged.made()
    if after != before:
        store = workspace.store
        replace(store.root, file, yaml_text(after, schema_link(file)), store.digest(file))
    return Imported(
        evaluation=pack.evaluation,
        company=pack.company,
        stage=pack.stage,
        late=received > window.closes,
        challenges=after.challenges[len(before.challenges) :],
        agreements=after.agreements[len(before.agreements) :],
        consents=tuple(merged.consents),
        known=merged.known,
        evidence_until=review.evidence_until(workspace.evaluation(pack.evaluation)),
    )


def _require_known(workspace: Workspace, pack: FilledPack) -> None:
    """Refuse a workbook of an evaluation, company or criterion that is not there."""
    evaluations = workspace.store.evaluations
    if pack.evaluation not in evaluations:
        hint = did_you_mean(pack.evaluation, evaluations)
        expected = "a workbook of an evaluation here"
        raise ProblemsError([Problem(pack.file, expected, shown(pack.evaluation), hint=hint)])
    scope = [entry.company for entry in evaluations[pack.evaluation].scope]
    if pack.company not in scope:
        expected = f"a workbook of a company in the scope of {pack.evaluation}"
        hint = did_you_mean(pack.company, scope)
        raise ProblemsError([Problem(pack.file, expected, shown(pack.company), hint=hint)])


class _Merge:
    """New rows beside those that are there.

    Parameters
    ----------
    workspace : Workspace
    pack : FilledPack
    received : date
    before : CompanyReview
    """

    def __init__(
        self,
        workspace: Workspace,
        pack: FilledPack,
        received: datetime.date,
        before: CompanyReview,
    ) -> None:
        self.pack = pack
        self.received = received
        self.before = before
        self.challenges = list(before.challenges)
        self.agreements = list(before.agreements)
        self.consents: list[str] = []
        self.known = 0
        evaluation = workspace.evaluation(pack.evaluation)
        assessment = workspace.store.assessments[pack.evaluation].get(pack.company)
        self._verdicts = {v.criterion: v for v in assessment.verdicts} if assessment else {}
        methodology = workspace.methodology(evaluation.methodology)
        self._criteria = {name: indicator.code for name, indicator, *_ in criteria(methodology)}

    def made(self) -> CompanyReview:
        """The company's file with the new rows.

        Raises
        ------
        ProblemsError
            If a row does not fit.
        """
        problems: list[Problem] = []
        for row in self.pack.rows:
            problem = self._problem(row)
            if problem is not None:
                problems.append(problem)
            elif row.agrees:
                self._agree(row)
            else:
                self._challenge(row)
        if problems:
            raise ProblemsError(problems)
        replies = self.before.replies
        if all(reply.sha256 != self.pack.sha256 for reply in replies):
            reply = Reply(stage=self.pack.stage, received=self.received, sha256=self.pack.sha256)
            replies = (*replies, reply)
        after = self.before.model_copy(
            update={
                "replies": replies,
                "challenges": tuple(self.challenges),
                "agreements": tuple(self.agreements),
            }
        )
        pack = self.pack
        for finding in check_company_review(after, pack.evaluation, pack.company, self._criteria):
            field = ".".join(map(str, finding.path))
            problems.append(
                Problem(pack.file, finding.expected, finding.found, field=field, hint=finding.hint)
            )
        if problems:
            raise ProblemsError(problems)
        return after

    def _problem(self, row: ReplyRow) -> Problem | None:
        """What keeps a row from being taken over."""
        if row.criterion not in self._criteria:
            expected = "a criterion of the methodology as it is now"
            hint = did_you_mean(row.criterion, self._criteria)
            return Problem(
                self.pack.file, expected, shown(row.criterion), field=row.place, hint=hint
            )
        if self.pack.stage == "appeal" and self._appealed(row.criterion) is None:
            expected = "a criterion on which a challenge was decided"
            return Problem(self.pack.file, expected, shown(row.criterion), field=row.place)
        return None

    def _appealed(self, criterion: str) -> Challenge | None:
        """The last decided challenge of a criterion."""
        decided = (
            challenge
            for challenge in reversed(self.before.challenges)
            if challenge.criterion == criterion
            and challenge.stage == "review"
            and challenge.decision is not None
        )
        return next(decided, None)

    def _agree(self, row: ReplyRow) -> None:
        entry = Agreement(
            stage=self.pack.stage,
            criterion=row.criterion,
            received=self.received,
            answer=row.answer,
            text=row.text,
        )
        same = [a.model_copy(update={"received": self.received}) for a in self.agreements]
        if entry in same:
            self.known += 1
        else:
            self.agreements.append(entry)

    def _challenge(self, row: ReplyRow) -> None:
        for place, there in enumerate(self.challenges):
            if (there.stage, there.criterion, there.text, there.evidence) == (
                self.pack.stage,
                row.criterion,
                row.text,
                row.evidence,
            ):
                self.known += 1
                if there.consent != row.consent:
                    self.challenges[place] = there.model_copy(update={"consent": row.consent})
                    self.consents.append(there.id)
                return
        appealed = self._appealed(row.criterion) if self.pack.stage == "appeal" else None
        self.challenges.append(
            Challenge(
                id=f"c{len(self.challenges) + 1}",
                stage=self.pack.stage,
                criterion=row.criterion,
                received=self.received,
                answer=row.answer,
                mark=verdict_mark(self._verdicts.get(row.criterion)),
                text=row.text or "",
                evidence=row.evidence,
                consent=row.consent,
                appeals=appealed.id if appealed else None,
            )
        )
