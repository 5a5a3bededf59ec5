"""Challenges that a company lets us publish; nothing else of its replies leaves ``private/``.

A challenge is told only once it is decided, and of it only the fields named
here: a field added to the private files is not public by itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from cati.model.references import indicator_of
from cati.model.review import CompanyReview, Outcome, Stage


@dataclass(frozen=True)
class PublicChallenge:
    """A decided challenge, published with the company's consent.

    Attributes
    ----------
    criterion : str
        ``<code>/<criterion>``.
    text : str
        What the company says.
    link, where, published : str, optional
        The public document that it points at.
    reason : str
        Why it was decided so.
    erratum : int, optional
        The correction that told of the change.
    """

    criterion: str
    stage: Stage
    text: str
    link: str | None
    where: str | None
    published: str | None
    outcome: Outcome
    reason: str
    decided: datetime.date
    erratum: int | None

    @property
    def code(self) -> str:
        """Code of the indicator."""
        return indicator_of(self.criterion)


def public_challenges(
    replies: Mapping[str, CompanyReview], company: str
) -> tuple[PublicChallenge, ...]:
    """A company's challenges that may be published, in the order of the criteria.

    Parameters
    ----------
    replies : mapping of str to CompanyReview
        By company.
    company : str
    """
    reply = replies.get(company)
    found = [
        PublicChallenge(
            criterion=challenge.criterion,
            stage=challenge.stage,
            text=challenge.text,
            link=challenge.evidence.link if challenge.evidence else None,
            where=challenge.evidence.where if challenge.evidence else None,
            published=challenge.evidence.published if challenge.evidence else None,
            outcome=decision.outcome,
            reason=decision.reason,
            decided=decision.date,
            erratum=decision.erratum,
        )
        for challenge in (reply.challenges if reply else ())
        if (decision := challenge.public_decision) is not None
    ]
    return tuple(sorted(found, key=lambda challenge: (challenge.criterion, challenge.decided)))
