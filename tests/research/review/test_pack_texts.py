"""What a pack says: windows, the rule on evidence, what becomes of a reply."""

from __future__ import annotations

import dataclasses
import datetime

from cati.research.review.facts import pack_facts
from cati.research.review.pack_texts import PackTexts
from tests.conftest import Spoilable
from tests.research.review.packs import REVIEW, REVIEW_FILE, SAID


def test_it_states_the_windows_and_what_counts(review: Spoilable) -> None:
    said = "\n".join(PackTexts(pack_facts(review.open(), "first", "alpha"), "en").about())
    assert "from 1 July 2024 to 31 July 2024. We decide by 15 August 2024." in said
    assert "from 16 August 2024 to 31 August 2024" in said
    assert "only if it was public by the cut-off date, 30 June 2024" in said
    assert "stays private" in said
    assert "Made up for tests." in said


def test_the_other_rule_is_stated_where_it_holds(review: Spoilable) -> None:
    review.write(REVIEW_FILE, REVIEW.replace("cutoff", "window"))
    said = "\n".join(PackTexts(pack_facts(review.open(), "first", "alpha"), "en").about())
    assert "counts if it was public by 31 July 2024" in said
    assert "only if" not in said


def test_an_answer_that_counts_as_another_says_so(review: Spoilable) -> None:
    facts = pack_facts(review.open(), "first", "alpha")
    texts = PackTexts(facts, "en")
    said = next(criterion for criterion in facts.criteria() if criterion.name == SAID)
    assert texts.answer(said) == "met"
    assert texts.answer(dataclasses.replace(said, counted="unknown")) == "met (counts as unknown)"


def test_evidence_that_does_not_count_says_why(review: Spoilable) -> None:
    facts = pack_facts(review.open(), "first", "alpha")
    said = next(criterion for criterion in facts.criteria() if criterion.name == SAID)
    doubted = dataclasses.replace(said.evidence[0], doubts=("expired",))
    lines = PackTexts(facts, "en").evidence(doubted)
    assert lines == ("It pledges.", "Report 2023, p. 3, March 2024", "does not count: expired")


def test_dates_are_written_in_the_language(review: Spoilable) -> None:
    facts = pack_facts(review.open(), "first", "alpha")
    facts = dataclasses.replace(facts, cutoff=datetime.date(2024, 6, 30))
    assert "2024年6月30日" in "\n".join(PackTexts(facts, "zh").about())
