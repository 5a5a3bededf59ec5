"""What of a company's replies is public: decided challenges with its consent, and no more."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any

import pytest

from cati.model.review import Challenge, CompanyReview, Pointer, ReviewDecision
from cati.report.site.consented import PublicChallenge, public_challenges

DAY = datetime.date(2024, 9, 1)
DECISION = ReviewDecision(
    outcome="rejected", reason="It is dated too late.", by="Zhao Min", date=DAY
)


def challenge(**changes: Any) -> Challenge:
    given: dict[str, Any] = {
        "id": "c1",
        "stage": "review",
        "criterion": "2.1.1/separate",
        "received": DAY,
        "answer": "not_met",
        "mark": "0123456789abcdef",
        "text": "Our report gives both scopes.",
        "evidence": Pointer(link="https://example.org/report", where="page 12", published="2024"),
        "consent": True,
        "decision": DECISION,
    }
    return Challenge(**{**given, **changes})


def replies(*challenges: Challenge) -> dict[str, CompanyReview]:
    reply = CompanyReview(format=1, evaluation="first", company="alpha", challenges=challenges)
    return {"alpha": reply}


def test_a_decided_challenge_with_consent_is_told() -> None:
    (found,) = public_challenges(replies(challenge()), "alpha")
    assert (found.code, found.outcome) == ("2.1.1", "rejected")
    assert (found.link, found.where) == ("https://example.org/report", "page 12")
    assert found.decided == DAY


@pytest.mark.parametrize("changes", [{"consent": False}, {"decision": None}])
def test_without_consent_or_decision_nothing_is_told(changes: dict[str, object]) -> None:
    assert public_challenges(replies(challenge(**changes)), "alpha") == ()


def test_a_company_without_replies_has_none() -> None:
    assert public_challenges(replies(challenge()), "beta") == ()


def test_who_decided_and_when_it_came_in_stay_private() -> None:
    (found,) = public_challenges(replies(challenge()), "alpha")
    told = repr(found)
    assert "Zhao Min" not in told
    assert "0123456789abcdef" not in told
    fields = {field.name for field in dataclasses.fields(PublicChallenge)}
    assert not fields & {"by", "received", "mark", "id", "consent", "address"}


def test_challenges_come_by_criterion() -> None:
    found = public_challenges(
        replies(challenge(id="c2", criterion="3.1.1/target"), challenge()), "alpha"
    )
    assert [entry.criterion for entry in found] == ["2.1.1/separate", "3.1.1/target"]
