"""Challenges of companies: which nobody has decided, and which may be published."""

from __future__ import annotations

from dataclasses import dataclass

from cati.model.review import Challenge
from cati.store.store import Store


@dataclass(frozen=True)
class OpenChallenge:
    """A challenge without a decision, by what may be told of it.

    Attributes
    ----------
    criterion : str
        ``<code>/<criterion>``.
    """

    company: str
    id: str
    criterion: str


def open_challenges(store: Store, evaluation: str) -> tuple[OpenChallenge, ...]:
    """The challenges of an evaluation that nobody has decided, sorted by company."""
    return tuple(
        OpenChallenge(company, challenge.id, challenge.criterion)
        for company, replies in sorted(store.replies.get(evaluation, {}).items())
        for challenge in replies.challenges
        if challenge.decision is None
    )


def publishable_challenges(store: Store, evaluation: str) -> dict[str, tuple[Challenge, ...]]:
    """The decided challenges that their company lets us publish, by company."""
    found = {
        company: tuple(c for c in replies.challenges if c.public_decision is not None)
        for company, replies in sorted(store.replies.get(evaluation, {}).items())
    }
    return {company: challenges for company, challenges in found.items() if challenges}
