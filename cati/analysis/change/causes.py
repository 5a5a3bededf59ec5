"""Why an answer is another than in the evaluation before."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from cati.analysis.change.changes import Cause, ChangedAnswer
from cati.model.assessment import Answer, Assessment, NoDisclosure, Verdict
from cati.model.evidence import Disclosure
from cati.model.references import indicator_of
from cati.model.standing import Standing
from cati.scoring.assessed import LATTICE
from cati.scoring.backing import Backings


@dataclass(frozen=True)
class Season:
    """What one evaluation knows.

    Attributes
    ----------
    backings : Backings
        What each disclosure is worth in it.
    standings : mapping of str to Standing
        By reference.
    """

    cutoff: datetime.date
    assessments: Mapping[str, Assessment]
    backings: Backings
    standings: Mapping[str, Standing]

    def verdict(self, company: str, criterion: str) -> Verdict | None:
        """The verdict on a criterion."""
        assessment = self.assessments.get(company)
        verdicts = assessment.verdicts if assessment else ()
        return next((v for v in verdicts if v.criterion == criterion), None)

    def nothing_found(self, company: str, criterion: str) -> NoDisclosure | None:
        """Where it is said that nothing was found for a criterion's indicator."""
        assessment = self.assessments.get(company)
        entries = assessment.no_disclosure if assessment else ()
        code = indicator_of(criterion)
        return next((entry for entry in entries if entry.code == code), None)

    def is_public(self, disclosure: str) -> bool:
        """Whether a disclosure was public by the cut-off date."""
        since = self.standings[disclosure].public_since
        return since is not None and since <= self.cutoff


@dataclass(frozen=True)
class Causes:
    """Tells why answers changed from one season to the next."""

    old: Season
    new: Season
    disclosures: Mapping[str, Disclosure]

    def of(
        self, company: tuple[str, str], criterion: tuple[str, str], was: Answer, now: Answer
    ) -> ChangedAnswer:
        """Why a criterion's answer changed.

        Parameters
        ----------
        company : tuple of str
            Its earlier and its later id.
        criterion : tuple of str
            Its earlier and its later name.
        was, now : {"met", "not_met", "unknown", "unpublished"}
            The answers as they count.
        """
        before = self.old.verdict(company[0], criterion[0])
        after = self.new.verdict(company[1], criterion[1])
        nothing = self.new.nothing_found(company[1], criterion[1])
        cited = after.disclosures if after else ()
        earlier = before.disclosures if before else ()
        # What went is told by what the old answer rested on.
        gone = self._uncounted(company, after if cited else before)
        lower = LATTICE[now] < LATTICE[was]
        reasons = {reason for _, why in gone for reason in why} if lower else set()
        cause = self._cause(cited, earlier, reasons, was, now)
        if cause == "reopened" and after is not None and after.proposed is not None:
            return ChangedAnswer(criterion[1], was, now, "unconfirmed", None, (), cited, ())
        explains = bool(gone) and (lower or now == "unknown")
        return ChangedAnswer(
            criterion=criterion[1],
            was=was,
            now=now,
            cause=cause,
            reason=_reason(after) or self._why_replaced(cited, earlier),
            looked_in=nothing.looked_in if nothing else (),
            disclosures=cited or earlier,
            uncounted=gone if explains else (),
        )

    def _uncounted(
        self, company: tuple[str, str], verdict: Verdict | None
    ) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Disclosures of a verdict that do not count in the later evaluation, and why."""
        if verdict is None:
            return ()
        backings = self.new.backings.of(company[1], verdict)
        return tuple((c.disclosure, c.reasons) for c in backings if not c.counts)

    def _cause(
        self,
        cited: tuple[str, ...],
        earlier: tuple[str, ...],
        reasons: Collection[str],
        was: Answer,
        now: Answer,
    ) -> Cause:
        """The cause, by what is cited and the reasons for which that does not count any more."""
        if "expired" in reasons:
            return "expired"
        if "superseded" in reasons or self._why_replaced(cited, earlier):
            return "corrected"
        if now == "unknown":
            return "regraded" if reasons else "reopened"
        counted = [d for d in cited if not self.new.standings[d].exclusions]
        if any(not self.old.is_public(d) for d in counted):
            return "new"
        if was == "unknown" and not earlier:
            return "settled"
        return "corrected" if set(counted) - set(earlier) else "regraded"

    def _why_replaced(self, cited: tuple[str, ...], earlier: tuple[str, ...]) -> str | None:
        """The reason that a disclosure gives for replacing what the earlier answer rested on."""
        for name in cited:
            supersedes = self.disclosures[name].supersedes
            if supersedes is not None and supersedes.disclosure in earlier:
                return supersedes.reason
        return None


def _reason(verdict: Verdict | None) -> str | None:
    """What the assessor says of an answer: the last change's reason, or the rationale.

    The rationale of an answer that is only proposed explains the earlier one.
    """
    if verdict is None or (verdict.answer == "unknown" and verdict.proposed is not None):
        return None
    return verdict.history[-1].why if verdict.history else verdict.rationale
