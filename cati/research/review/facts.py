"""What a company is shown of its own assessment: a list of what is allowed, and nothing else."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from cati.model.assessment import Answer
from cati.model.base import Text
from cati.model.interval import Interval
from cati.model.review import Challenge, Outcome, Review, Stage, Window
from cati.problems import UsageError, did_you_mean
from cati.scoring.reasons import Cited, CriterionReason, IndicatorReason, Reasons
from cati.store.file_kinds import REVIEW
from cati.workspace import Workspace


@dataclass(frozen=True)
class PlaceFact:
    """A place in a public document."""

    title: str
    locator: str
    link: str | None
    published: str | None


@dataclass(frozen=True)
class EvidenceFact:
    """A disclosure that an answer rests on.

    Attributes
    ----------
    doubts : tuple of str
        Why it does not count; empty where it does.
    """

    statement: str
    places: tuple[PlaceFact, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True)
class DecisionFact:
    """What was decided on a challenge of the company's."""

    text: str
    outcome: Outcome
    reason: str


@dataclass(frozen=True)
class CriterionFact:
    """A criterion with our answer.

    Attributes
    ----------
    name : str
        ``<code>/<criterion>``.
    answer : {"met", "not_met", "unknown", "unpublished"}
        As given.
    counted : {"met", "not_met", "unknown", "unpublished"}
        As it counts.
    looked_in : tuple of str
        Where somebody looked for the whole indicator and found nothing.
    decided : tuple of DecisionFact
    is_open : bool
        Whether it can be challenged at this stage.
    """

    name: str
    statement: Text
    points: Fraction
    answer: Answer
    counted: Answer
    rationale: str | None
    evidence: tuple[EvidenceFact, ...]
    looked_in: tuple[str, ...]
    decided: tuple[DecisionFact, ...]
    is_open: bool


@dataclass(frozen=True)
class IndicatorFact:
    """An indicator with its points; each route is a list of criteria.

    Attributes
    ----------
    points : Interval
    most : Fraction
    routes : tuple of tuple of CriterionFact
    """

    code: str
    title: Text
    points: Interval
    most: Fraction
    routes: tuple[tuple[CriterionFact, ...], ...]


@dataclass(frozen=True)
class PackFacts:
    """Everything that a company is shown.

    Attributes
    ----------
    evidence_until : date
        The last day on which a document must have been public to count.
    total : Interval
    maximum : Fraction
    """

    evaluation: str
    name: Text
    notice: Text
    methodology: Text
    cutoff: datetime.date
    company: str
    company_name: Text
    stage: Stage
    window: Window
    appeal: Window | None
    evidence_until: datetime.date
    total: Interval
    maximum: Fraction
    decimals: int
    indicators: tuple[IndicatorFact, ...]

    def criteria(self) -> Iterator[CriterionFact]:
        """All criteria, in order."""
        for indicator in self.indicators:
            for route in indicator.routes:
                yield from route

    @property
    def answers(self) -> dict[str, Answer]:
        """The answers shown, by criterion."""
        return {criterion.name: criterion.answer for criterion in self.criteria()}


def review_of(workspace: Workspace, evaluation: str) -> Review:
    """The windows of an evaluation.

    Raises
    ------
    UsageError
        If there is no such evaluation, or it has none.
    """
    workspace.evaluation(evaluation)
    review = workspace.store.of(REVIEW).get(evaluation)
    if review is None:
        raise UsageError(
            f"{evaluation} is not reviewed yet: reports/{evaluation}/review.yaml says when "
            "companies can reply, and there is none"
        )
    return review


def require_company(workspace: Workspace, evaluation: str, company: str) -> None:
    """Refuse a company outside of an evaluation's scope.

    Raises
    ------
    UsageError
    """
    scope = [entry.company for entry in workspace.evaluation(evaluation).scope]
    if company not in scope:
        hint = did_you_mean(company, scope)
        raise UsageError(f"no company {company} in {evaluation}: {hint or 'see its scope'}")


def pack_facts(
    workspace: Workspace, evaluation: str, company: str, stage: Stage = "review"
) -> PackFacts:
    """What a company is shown at a stage.

    Raises
    ------
    UsageError
        If there is no such evaluation, company in it, window, or assessment;
        or, for an appeal, no decision yet.
    ProblemsError
        If the files have errors.
    """
    workspace.store.require_sound()
    review = review_of(workspace, evaluation)
    require_company(workspace, evaluation, company)
    window = review.window(stage)
    if window is None:
        raise UsageError(
            f"{REVIEW.file(evaluation=evaluation)} has no window for the stage {stage}"
        )
    decided = _decided(workspace, evaluation, company)
    if stage == "appeal" and not decided:
        raise UsageError(f"{company} in {evaluation}: nothing is decided yet to appeal against")
    found = workspace.evaluation(evaluation)
    reasons = workspace.reasons(evaluation)
    methodology = reasons.card.methodology
    return PackFacts(
        evaluation=evaluation,
        name=found.name,
        notice=found.notice,
        methodology=methodology.name,
        cutoff=found.cutoff,
        company=company,
        company_name=workspace.entity(company).name,
        stage=stage,
        window=window,
        appeal=review.window("appeal"),
        evidence_until=review.evidence_until(found),
        total=reasons.card.total(company),
        maximum=Fraction(methodology.maximum),
        decimals=methodology.total_decimals,
        indicators=tuple(
            _indicator(reasons, company, indicator.code, stage, decided)
            for indicator in methodology.indicators()
        ),
    )


def _decided(
    workspace: Workspace, evaluation: str, company: str
) -> dict[str, tuple[Challenge, ...]]:
    """Decided challenges by criterion."""
    replies = workspace.store.replies.get(evaluation, {}).get(company)
    found: dict[str, tuple[Challenge, ...]] = {}
    for challenge in replies.challenges if replies else ():
        if challenge.decision is not None:
            before = found.get(challenge.criterion, ())
            found[challenge.criterion] = (*before, challenge)
    return found


def _indicator(
    reasons: Reasons,
    company: str,
    code: str,
    stage: Stage,
    decided: dict[str, tuple[Challenge, ...]],
) -> IndicatorFact:
    reason: IndicatorReason = reasons.indicator(company, code)
    return IndicatorFact(
        code=code,
        title=reason.indicator.title,
        points=reason.points,
        most=reason.most,
        routes=tuple(
            tuple(
                _criterion(criterion, stage, decided.get(criterion.name, ()))
                for criterion in route.criteria
            )
            for route in reason.routes
        ),
    )


def _criterion(
    reason: CriterionReason, stage: Stage, decided: tuple[Challenge, ...]
) -> CriterionFact:
    return CriterionFact(
        name=reason.name,
        statement=reason.criterion.statement,
        points=Fraction(reason.criterion.points),
        answer=reason.given,
        counted=reason.effective,
        rationale=reason.verdict.rationale if reason.verdict else None,
        evidence=tuple(_evidence(cited) for cited in reason.cited),
        looked_in=reason.nothing.looked_in if reason.nothing else (),
        decided=tuple(
            DecisionFact(challenge.text, challenge.decision.outcome, challenge.decision.reason)
            for challenge in decided
            if challenge.decision is not None
        ),
        is_open=stage == "review" or any(challenge.stage == "review" for challenge in decided),
    )


def _evidence(cited: Cited) -> EvidenceFact:
    return EvidenceFact(
        statement=cited.disclosure.statement,
        places=tuple(
            PlaceFact(
                found.source.title, found.place.locator, found.source.link, found.source.published
            )
            for found in cited.places
        ),
        doubts=cited.backing.reasons,
    )
