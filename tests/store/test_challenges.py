"""Which challenges are open, and which may be published."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from cati.model.review import CompanyReview
from cati.store.challenges import OpenChallenge, open_challenges, publishable_challenges
from cati.workspace import Workspace

NAME = "automakers-2024"
DECISION = {"outcome": "rejected", "reason": "No.", "by": "Wen", "date": "2024-09-02"}


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=5))
def test_open_without_a_decision_and_public_with_consent_and_a_decision(
    real: Workspace, kinds: list[tuple[bool, bool]]
) -> None:
    challenges = [
        {
            "id": f"c{number}",
            "stage": "review",
            "criterion": "1.1.1/a",
            "received": "2024-09-01",
            "answer": "unknown",
            "text": "No.",
            "consent": consent,
            **({"decision": DECISION} if decided else {}),
        }
        for number, (consent, decided) in enumerate(kinds)
    ]
    replies = CompanyReview.model_validate(
        {"format": 1, "evaluation": NAME, "company": "byd", "challenges": challenges}
    )
    store = replace(real.store, replies={NAME: {"byd": replies}})

    assert open_challenges(store, NAME) == tuple(
        OpenChallenge("byd", f"c{number}", "1.1.1/a")
        for number, (_, decided) in enumerate(kinds)
        if not decided
    )
    told = publishable_challenges(store, NAME)
    public = [f"c{n}" for n, (consent, decided) in enumerate(kinds) if consent and decided]
    assert [c.id for c in told.get("byd", ())] == public
    assert bool(told) == bool(public)


def test_without_replies_there_are_none(real: Workspace) -> None:
    store = replace(real.store, replies={})
    assert open_challenges(store, NAME) == ()
    assert publishable_challenges(store, NAME) == {}
