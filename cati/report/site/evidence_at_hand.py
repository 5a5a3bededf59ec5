"""What is at hand on every indicator and company, put together once for all pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from cati.model.language import Language
from cati.model.methodology import Criterion, Indicator
from cati.model.references import indicator_of
from cati.report.edition import Edition
from cati.report.site.consented import PublicChallenge, public_challenges
from cati.scoring.reasons import Cited, CriterionReason, IndicatorReason, Reasons


@dataclass(frozen=True)
class AtHand:
    """What is at hand on an indicator: its criteria with their answers, and other disclosures.

    Attributes
    ----------
    uncited : tuple of Cited
        Disclosures that no answer rests on.
    """

    reason: IndicatorReason
    uncited: tuple[Cited, ...]

    @property
    def disclosures(self) -> tuple[Cited, ...]:
        """Every disclosure at hand, once, by reference."""
        cited = [cited for reason in self.reason.criteria for cited in reason.cited]
        by_reference = {item.backing.disclosure: item for item in (*self.uncited, *cited)}
        return tuple(item for _, item in sorted(by_reference.items()))

    @property
    def answered(self) -> int:
        """Criteria with an answer that is not unknown."""
        return sum(criterion.counted != "unknown" for criterion in self.reason.criteria)

    @property
    def met(self) -> int:
        """Criteria that are met, and so is all that they require."""
        return sum(criterion.effective == "met" for criterion in self.reason.criteria)

    @property
    def found_nothing(self) -> bool:
        """Whether someone looked for the whole indicator and found nothing."""
        return any(criterion.nothing is not None for criterion in self.reason.criteria)


def has_foreign(entries: Iterable[AtHand], language: Language) -> bool:
    """Whether any disclosure was recorded in another language."""
    found = (item.disclosure for entry in entries for item in entry.disclosures)
    return any(disclosure.language != language for disclosure in found)


@dataclass(frozen=True)
class Tally:
    """How companies stand on a criterion.

    Attributes
    ----------
    met, not_met, unknown : int
        Companies; what a company has done and not published counts as not met.
    examples : tuple of (str, CriterionReason)
        Companies that meet it with evidence, in the order of the ranking.
    """

    criterion: Criterion
    met: int
    not_met: int
    unknown: int
    examples: tuple[tuple[str, CriterionReason], ...]


class EvidenceAtHand:
    """Answers, disclosures and published challenges of an edition, by company and indicator.

    Parameters
    ----------
    edition : Edition
    """

    def __init__(self, edition: Edition) -> None:
        self._edition = edition

    def of(self, company: str) -> dict[str, AtHand]:
        """Indicators of which a company has answers or disclosures, by code, in order."""
        return self._found.get(company, {})

    def on(self, code: str) -> dict[str, AtHand]:
        """Companies of which there are answers or disclosures on an indicator, in ranking order."""
        return {company: found[code] for company, found in self._found.items() if code in found}

    def challenges(self, company: str) -> tuple[PublicChallenge, ...]:
        """Decided challenges that a company lets us publish."""
        replies = self._edition.store.replies.get(self._edition.evaluation.id, {})
        return public_challenges(replies, company)

    def tallies(self, indicator: Indicator) -> tuple[tuple[Tally, ...], ...]:
        """How all companies stand on each criterion of an indicator, route by route."""
        of_companies = self.on(indicator.code)
        given: dict[str, list[tuple[str, CriterionReason]]] = {}
        for company, entry in of_companies.items():
            for reason in entry.reason.criteria:
                given.setdefault(reason.criterion.id, []).append((company, reason))
        return tuple(
            tuple(self._tally(c, given.get(c.id, [])) for c in route.criteria)
            for route in indicator.routes
        )

    def _tally(self, criterion: Criterion, given: list[tuple[str, CriterionReason]]) -> Tally:
        met = [(company, reason) for company, reason in given if reason.effective == "met"]
        known = [reason for _, reason in given if reason.effective != "unknown"]
        return Tally(
            criterion,
            met=len(met),
            not_met=len(known) - len(met),
            unknown=len(self._edition.card.companies) - len(known),
            examples=tuple(
                (company, reason)
                for company, reason in met
                if any(cited.backing.counts for cited in reason.cited)
            ),
        )

    @cached_property
    def _found(self) -> dict[str, dict[str, AtHand]]:
        reasons = self._edition.reasons
        if reasons is None:
            return {}
        return {c: dict(self._entries(reasons, c)) for c in self._edition.card.order}

    def _entries(self, reasons: Reasons, company: str) -> Iterator[tuple[str, AtHand]]:
        looked_into = self._looked_into(company)
        for indicator in self._edition.methodology.indicators():
            code = indicator.code
            uncited = reasons.uncited(company, code)
            if code in looked_into or uncited:
                yield code, AtHand(reasons.indicator(company, code), uncited)

    def _looked_into(self, company: str) -> set[str]:
        """Codes of the indicators with an answer, or of which someone found nothing."""
        assessments = self._edition.store.assessments.get(self._edition.evaluation.id, {})
        assessment = assessments.get(company)
        if assessment is None:
            return set()
        answered = {indicator_of(verdict.criterion) for verdict in assessment.verdicts}
        return answered | {entry.code for entry in assessment.no_disclosure}
