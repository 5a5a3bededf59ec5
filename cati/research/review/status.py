"""How far the review of an evaluation is, company by company."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from cati.model.review import Challenge, CompanyReview, Review, Stage
from cati.research.review.contact import Standing, standing
from cati.research.review.facts import review_of
from cati.store.file_kinds import CONTACTS
from cati.workspace import Workspace


@dataclass(frozen=True)
class Tallied:
    """Challenges counted.

    Attributes
    ----------
    open, accepted, partly, rejected : int
        They add up to all challenges.
    late : int
        Those that came after their window had closed.
    overdue : int
        Open ones that should have been decided.
    """

    open: int = 0
    accepted: int = 0
    partly: int = 0
    rejected: int = 0
    late: int = 0
    overdue: int = 0

    @property
    def all(self) -> int:
        """All challenges."""
        return self.open + self.accepted + self.partly + self.rejected


@dataclass(frozen=True)
class CompanyStatus:
    """How far the review of a company is.

    Attributes
    ----------
    contact : str, optional
        What came of writing to it; None where nobody wrote.
    stage : {"review", "appeal"}, optional
        The last stage at which it replied; None where it has not replied.
    replied : date, optional
        When it replied last.
    agreed : int
        Criteria on which it agrees with us.
    review, appeal : Tallied
    """

    company: str
    contact: Standing
    stage: Stage | None
    replied: datetime.date | None
    agreed: int
    review: Tallied
    appeal: Tallied

    @property
    def both(self) -> Tallied:
        """Challenges of both stages."""
        return added([self.review, self.appeal])


@dataclass(frozen=True)
class ReviewStatus:
    """How far the review of an evaluation is.

    Attributes
    ----------
    today : date
        By which something is overdue.
    companies : tuple of CompanyStatus
        All of the scope, in its order.
    """

    evaluation: str
    today: datetime.date
    review: Review
    companies: tuple[CompanyStatus, ...]

    @property
    def replied(self) -> int:
        """How many companies have replied."""
        return sum(company.stage is not None for company in self.companies)

    @property
    def total(self) -> Tallied:
        """Challenges of all companies."""
        return added(company.both for company in self.companies)


def review_status(workspace: Workspace, evaluation: str, today: datetime.date) -> ReviewStatus:
    """How far the review of an evaluation is.

    Raises
    ------
    UsageError
        If there is no such evaluation, or it is not reviewed.
    ProblemsError
        If the files have errors.
    """
    workspace.store.require_sound()
    review = review_of(workspace, evaluation)
    found = workspace.evaluation(evaluation)
    contacts = standing(workspace.store.of(CONTACTS).get(evaluation), found)
    replies = workspace.store.replies.get(evaluation, {})
    return ReviewStatus(
        evaluation=evaluation,
        today=today,
        review=review,
        companies=tuple(
            _company(name, contact, replies.get(name), review, today)
            for name, contact in contacts.items()
        ),
    )


def is_late(challenge: Challenge, review: Review) -> bool:
    """Whether a challenge came after its window had closed."""
    window = review.window(challenge.stage)
    return window is not None and challenge.received > window.closes


def is_overdue(challenge: Challenge, review: Review, today: datetime.date) -> bool:
    """Whether a challenge should have been decided by now."""
    window = review.window(challenge.stage)
    return challenge.decision is None and window is not None and today > window.decide_by


def added(parts: Iterable[Tallied]) -> Tallied:
    """Counts added up."""
    every = [vars(part) for part in parts]
    return Tallied(**{name: sum(part[name] for part in every) for name in vars(Tallied())})


def _company(
    name: str,
    contact: Standing,
    replies: CompanyReview | None,
    review: Review,
    today: datetime.date,
) -> CompanyStatus:
    challenges = replies.challenges if replies else ()
    last = max(replies.replies, key=lambda reply: reply.received) if replies else None
    return CompanyStatus(
        company=name,
        contact=contact,
        stage=last.stage if last else None,
        replied=last.received if last else None,
        agreed=len({agreement.criterion for agreement in replies.agreements}) if replies else 0,
        review=_tallied((c for c in challenges if c.stage == "review"), review, today),
        appeal=_tallied((c for c in challenges if c.stage == "appeal"), review, today),
    )


def _tallied(challenges: Iterable[Challenge], review: Review, today: datetime.date) -> Tallied:
    given = list(challenges)
    outcomes = [c.decision.outcome if c.decision else "open" for c in given]
    return Tallied(
        open=outcomes.count("open"),
        accepted=outcomes.count("accepted"),
        partly=outcomes.count("partly"),
        rejected=outcomes.count("rejected"),
        late=sum(is_late(c, review) for c in given),
        overdue=sum(is_overdue(c, review, today) for c in given),
    )
