"""What a pack says to a company, once for the workbook and the page."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from cati.model.language import Language
from cati.model.review import Window
from cati.model.rounding import plain
from cati.report import show
from cati.report.language import translations
from cati.report.wording import Wording
from cati.research.review.facts import CriterionFact, DecisionFact, EvidenceFact, PackFacts


class PackTexts:
    """Texts of a pack in one language.

    Parameters
    ----------
    facts : PackFacts
    language : {"en", "zh"}
    """

    def __init__(self, facts: PackFacts, language: Language) -> None:
        self.facts = facts
        self.language: Language = language
        self.wording = Wording(language)
        self._ = translations(language).gettext

    @property
    def title(self) -> str:
        """What the pack is, and of whom."""
        _ = self._
        company = self.facts.company_name.get(self.language)
        if self.facts.stage == "appeal":
            return _("Appeal: {company}").format(company=company)
        return _("Company review: {company}").format(company=company)

    @property
    def total(self) -> str:
        """The total so far, with the highest possible one."""
        return self._("Total: {total} of {most} points").format(
            total=show.total(self.facts.total, self.facts.decimals),
            most=plain(self.facts.maximum),
        )

    def about(self) -> Iterator[str]:
        """What this is, by when to reply, what counts, and what becomes of it."""
        _, facts = self._, self.facts
        yield _("{evaluation}. Methodology: {methodology}. Cut-off date: {cutoff}.").format(
            evaluation=facts.name.get(self.language),
            methodology=facts.methodology.get(self.language),
            cutoff=self._day(facts.cutoff),
        )
        yield _(
            "This is what we hold about your company, criterion by criterion, and what it rests "
            "on. It contains nothing about how other companies were assessed."
        )
        if facts.stage == "appeal":
            yield _(
                "You can appeal against our decisions. Somebody decides who did not decide before. "
                "That decision is final."
            )
        yield self._window(facts.window)
        if facts.stage == "review" and facts.appeal is not None:
            yield _("You can appeal against our decisions from {opens} to {closes}.").format(
                opens=self._day(facts.appeal.opens), closes=self._day(facts.appeal.closes)
            )
        yield self._evidence()
        yield _(
            "What you write stays private. It is published only where you answer yes in the last "
            "column, and then with the name of your company and our decision."
        )
        yield facts.notice.get(self.language)

    def how(self) -> Iterator[str]:
        """How to fill the workbook, step by step."""
        _ = self._
        yield _(
            "On the sheet of replies, fill the framed yellow cells; leave the others as they are."
        )
        yield _("For each criterion choose agree or challenge; what stays empty is neither.")
        yield _(
            "Where you challenge, say why, and name the public document: its link, the page, and "
            "when it was published. Documents that are not public cannot count."
        )
        yield _("Do not put names or addresses of persons into the cells.")
        yield _("Send the workbook back as an .xlsx file.")

    def answer(self, criterion: CriterionFact) -> str:
        """Our answer, and what it counts as where that is something else."""
        _ = self._
        given = self.wording.word("answer", criterion.answer)
        if criterion.counted == criterion.answer:
            return given
        counted = self.wording.word("answer", criterion.counted)
        return _("{given} (counts as {counted})").format(given=given, counted=counted)

    def evidence(self, evidence: EvidenceFact) -> tuple[str, ...]:
        """A disclosure, then its places, a line each."""
        _ = self._
        lines = [evidence.statement]
        for place in evidence.places:
            parts = [place.title, self.wording.plain_place(place.locator)]
            if place.published is not None:
                parts.append(self.wording.partial_date(place.published))
            lines.append(_(", ").join(parts))
        if evidence.doubts:
            doubts = self.wording.items(
                self.wording.word("doubt", doubt) for doubt in evidence.doubts
            )
            lines.append(_("does not count: {reasons}").format(reasons=doubts))
        return tuple(lines)

    def looked_in(self, criterion: CriterionFact) -> str:
        """Where was looked in vain; empty where nobody did."""
        if not criterion.looked_in:
            return ""
        places = self.wording.items(criterion.looked_in)
        return self._("Nothing found; looked in {places}").format(places=places)

    def decision(self, decision: DecisionFact) -> str:
        """What a company said before, and what we decided."""
        return self._("You said: {text}\nOur decision: {outcome}. {reason}").format(
            text=decision.text,
            outcome=self.wording.word("outcome", decision.outcome),
            reason=decision.reason,
        )

    def _window(self, window: Window) -> str:
        return self._(
            "You can reply from {opens} to {closes}. We decide by {decide_by}. "
            "A later reply is marked as late."
        ).format(
            opens=self._day(window.opens),
            closes=self._day(window.closes),
            decide_by=self._day(window.decide_by),
        )

    def _evidence(self) -> str:
        _, facts = self._, self.facts
        if facts.evidence_until == facts.cutoff:
            return _(
                "A document counts only if it was public by the cut-off date, {day}. "
                "What came out later counts next time."
            ).format(day=self._day(facts.cutoff))
        day = self._day(facts.evidence_until)
        text = _("A document counts if it was public by {day}, when the first window closes.")
        return text.format(day=day)

    def _day(self, day: datetime.date) -> str:
        return self.wording.date(day)
