"""What may be published of a review: decided challenges with the company's consent, and counts.

The fields below are all there is; whatever else the private files hold stays
there, and a field that is added to them is not public by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from cati.model.review import Challenge
from cati.report.data.files import Record
from cati.research.review.status import ReviewStatus
from cati.workspace import Workspace

PUBLIC_FIELDS = (
    "company",
    "criterion",
    "stage",
    "text",
    "link",
    "where",
    "published",
    "outcome",
    "reason",
    "decided",
    "changed",
    "erratum",
)
"""All that is told of a challenge."""


def public_records(workspace: Workspace, evaluation: str) -> list[Record]:
    """Decided challenges that their company lets us publish, with `PUBLIC_FIELDS` as text.

    Raises
    ------
    UsageError
        If there is no such evaluation.
    ProblemsError
        If the files have errors.
    """
    workspace.store.require_sound()
    workspace.evaluation(evaluation)
    replies = workspace.store.replies.get(evaluation, {})
    return [
        record
        for company in sorted(replies)
        for challenge in replies[company].challenges
        for record in _record(company, challenge)
    ]


def public_counts(status: ReviewStatus) -> dict[str, int]:
    """The review in numbers that name no company; the base of the replies is ``companies``."""
    total = status.total
    return {
        "companies": len(status.companies),
        "replied": status.replied,
        "challenges": total.all,
        "open": total.open,
        "accepted": total.accepted,
        "partly": total.partly,
        "rejected": total.rejected,
    }


def _record(company: str, challenge: Challenge) -> Iterator[Record]:
    decision, pointer = challenge.public_decision, challenge.evidence
    if decision is None:
        return
    values: dict[str, object] = {
        "company": company,
        "criterion": challenge.criterion,
        "stage": challenge.stage,
        "text": challenge.text,
        "link": pointer.link if pointer else None,
        "where": pointer.where if pointer else None,
        "published": pointer.published if pointer else None,
        "outcome": decision.outcome,
        "reason": decision.reason,
        "decided": decision.date,
        "changed": decision.changed,
        "erratum": decision.erratum,
    }
    yield {field: str(values[field] or "") for field in PUBLIC_FIELDS}
