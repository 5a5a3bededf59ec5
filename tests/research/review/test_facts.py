"""A company is shown its own assessment, and nothing else."""

from __future__ import annotations

import datetime

import pytest

from cati.problems import UsageError
from cati.research.review.decisions import Wanted, decide
from cati.research.review.facts import pack_facts
from tests.conftest import Spoilable
from tests.research.review.packs import DATED, REVIEW, REVIEW_FILE, SAID, under_review


def test_every_criterion_of_the_methodology_is_there(review: Spoilable) -> None:
    workspace = review.open()
    facts = pack_facts(workspace, "first", "alpha")
    methodology = workspace.methodology("tiny")
    names = [
        f"{indicator.code}/{criterion.id}"
        for indicator in methodology.indicators()
        for route in indicator.routes
        for criterion in route.criteria
    ]
    assert [criterion.name for criterion in facts.criteria()] == names
    assert facts.answers[SAID] == "met"
    assert facts.answers[DATED] == "not_met"
    assert facts.total == workspace.assess("first").card.total("alpha")


def test_evidence_comes_with_its_places(review: Spoilable) -> None:
    facts = pack_facts(review.open(), "first", "alpha")
    said = next(criterion for criterion in facts.criteria() if criterion.name == SAID)
    (evidence,) = said.evidence
    assert evidence.statement == "It pledges."
    (place,) = evidence.places
    assert (place.title, place.locator, place.published) == ("Report 2023", "p. 3", "2024-03")


def test_where_nothing_was_found_it_says_where_was_looked(review: Spoilable) -> None:
    facts = pack_facts(review.open(), "first", "beta")
    said = next(criterion for criterion in facts.criteria() if criterion.name == SAID)
    assert said.looked_in == ("its website", "the annual report")


def test_the_rule_on_evidence_is_in_it(review: Spoilable) -> None:
    assert str(pack_facts(review.open(), "first", "alpha").evidence_until) == "2024-06-30"
    review.write(REVIEW_FILE, REVIEW.replace("cutoff", "window"))
    assert str(pack_facts(review.open(), "first", "alpha").evidence_until) == "2024-07-31"


def test_what_cannot_be_shown_is_refused(tiny: Spoilable) -> None:
    with pytest.raises(UsageError, match=r"reports/first/review.yaml says when"):
        pack_facts(tiny.open(), "first", "alpha")
    under_review(tiny)
    with pytest.raises(UsageError, match="no company press in first"):
        pack_facts(tiny.open(), "first", "press")
    with pytest.raises(UsageError, match="nothing is decided yet to appeal against"):
        pack_facts(tiny.open(), "first", "alpha", "appeal")
    tiny.write(REVIEW_FILE, REVIEW.rsplit("  - ", 1)[0])
    with pytest.raises(UsageError, match="has no window for the stage appeal"):
        pack_facts(tiny.open(), "first", "alpha", "appeal")


def test_an_appeal_is_about_what_was_decided(replied: Spoilable) -> None:
    wanted = Wanted("rejected", "It names no year.", "Wen", datetime.date(2024, 8, 1))
    decide(replied.root, "first", "alpha", "c1", wanted)
    facts = pack_facts(replied.open(), "first", "alpha", "appeal")
    assert [c.name for c in facts.criteria() if c.is_open] == [DATED]
    (decision,) = next(c for c in facts.criteria() if c.name == DATED).decided
    assert (decision.outcome, decision.reason) == ("rejected", "It names no year.")
