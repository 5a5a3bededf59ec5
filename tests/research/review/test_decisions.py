"""A decision is taken once, by somebody who may, on a change that was made."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from cati.model.base import Text
from cati.problems import ProblemsError, UsageError
from cati.research.errata import Correction, add_erratum, keep_first
from cati.research.review.decisions import Wanted, decide
from cati.research.review.importing import import_replies
from cati.research.review.texts import decided_line
from tests.conftest import Spoilable
from tests.research.importing import planned, tiny_desk
from tests.research.review.packs import (
    AFTER_DECISION,
    ALPHA,
    CHALLENGE,
    DATED,
    IN_TIME,
    REPLIES,
    REVIEW,
    REVIEW_FILE,
    change_answer,
    fill,
    pack,
)

DAY = datetime.date(2024, 8, 1)


def wanted(outcome: str = "accepted", by: str = "Wen", **more: object) -> Wanted:
    values = {"outcome": outcome, "reason": "As told.", "by": by, "date": DAY, **more}
    return Wanted(**values)  # type: ignore[arg-type]


def refused(review: Spoilable, name: str, what: Wanted) -> str:
    before = review.read(REPLIES), review.read(ALPHA)
    with pytest.raises(UsageError) as caught:
        decide(review.root, "first", "alpha", name, what)
    assert (review.read(REPLIES), review.read(ALPHA)) == before
    return str(caught.value)


@pytest.mark.parametrize("outcome", ["accepted", "partly"])
def test_what_is_accepted_is_linked_to_its_change(replied: Spoilable, outcome: str) -> None:
    change_answer(replied)
    decided = decide(replied.root, "first", "alpha", "c1", wanted(outcome))
    decision = decided.challenge.decision
    assert decision is not None
    assert decided.verdict is not None
    history = decided.verdict.history
    assert decision.changed == history[-1].when == datetime.date(2024, 7, 25)
    assert replied.problems() == []
    store = replied.open().store
    verdicts = {v.criterion: v for v in store.assessments["first"]["alpha"].verdicts}
    assert verdicts[DATED].level == "company_reviewed"
    assert store.replies["first"]["alpha"].challenges == (decided.challenge,)


def test_what_is_rejected_changes_no_answer(replied: Spoilable) -> None:
    before = replied.read(ALPHA)
    decided = decide(replied.root, "first", "alpha", "c1", wanted("rejected"))
    assert decided.verdict is None
    assert replied.read(ALPHA) == before
    assert replied.problems() == []


def test_nothing_is_accepted_before_the_answer_is_changed(replied: Spoilable) -> None:
    message = refused(replied, "c1", wanted())
    assert message.startswith(
        "c1: expected a change in the history of the answer to 1.1.1/dated since 2024-07-20; "
        "found none."
    )


def test_a_change_that_the_challenge_cannot_have_caused_is_none(replied: Spoilable) -> None:
    change_answer(replied, "2024-07-19")
    assert "since 2024-07-20; found none." in refused(replied, "c1", wanted())


def test_new_words_without_a_history_are_no_change(replied: Spoilable) -> None:
    text = replied.read(ALPHA)
    cited = "    disclosures: [alpha/dated]\n"
    replied.write(ALPHA, text.replace(cited, f"{cited}    rationale: Page 4 names no year.\n"))
    assert "found none." in refused(replied, "c1", wanted("partly"))


def test_a_new_rationale_is_a_change_too(replied: Spoilable) -> None:
    desk = tiny_desk(replied).signed("Wen", "2024-07-26")
    desk.answer(DATED, rationale="Page 4 names no year.", why="The company points at page 4.")
    planned(replied, desk.save()).carry_out()
    decided = decide(replied.root, "first", "alpha", "c1", wanted("partly"))
    assert decided.verdict is not None
    (change,) = decided.verdict.history
    assert (change.was, change.now, change.rationale) == ("not_met", "not_met", None)
    assert change.disclosures == ("alpha/dated",)
    decision = decided.challenge.decision
    assert decision is not None
    assert decision.changed == change.when == datetime.date(2024, 7, 26)
    assert decided_line(decided, "en").endswith(
        "; answer still not met, reason changed on 2024-07-26, reviewed by the company"
    )
    assert replied.problems() == []


def test_the_first_answer_of_anybody_is_a_change_too(review: Spoilable, tmp_path: Path) -> None:
    first = review.read(ALPHA)
    at = first.index(f"  - criterion: {DATED}")
    review.write(ALPHA, first[:at])
    import_replies(review.root, fill(pack(review, tmp_path), {DATED: CHALLENGE}), IN_TIME)
    review.write(ALPHA, first.replace("2024-06-10", "2024-07-24"))
    decided = decide(review.root, "first", "alpha", "c1", wanted())
    assert decided.challenge.decision is not None
    assert decided.challenge.decision.changed == datetime.date(2024, 7, 24)
    assert review.problems() == []


def test_after_publication_what_is_accepted_has_an_erratum(replied: Spoilable) -> None:
    decide(replied.root, "first", "alpha", "c1", wanted("rejected"))
    path = pack(replied, replied.root.parent / "appeal", stage="appeal")
    keep_first(replied.open(), "first", "Wen", DAY)
    fill(path, {DATED: {**CHALLENGE, "text": "Look again."}})
    import_replies(replied.root, path, AFTER_DECISION)
    change_answer(replied, "2024-08-25")
    day = datetime.date(2024, 9, 1)
    message = refused(replied, "c2", wanted(by="Bo", date=day))
    assert message.startswith("c2: first is published, and the answer to 1.1.1/dated changed on")
    told = Text(en="An answer", zh="一项判定")
    add_erratum(replied.open(), "first", Correction(told, told, "Wen", day))
    decided = decide(replied.root, "first", "alpha", "c2", wanted(by="Bo", date=day, erratum=1))
    assert decided.challenge.decision is not None
    assert decided.challenge.decision.erratum == 1
    assert replied.problems() == []


def test_a_decision_is_final(replied: Spoilable) -> None:
    decide(replied.root, "first", "alpha", "c1", wanted("rejected"))
    message = refused(replied, "c1", wanted("rejected", by="Bo"))
    assert message == "c1: decided on 2024-08-01 by Wen (rejected)"


def test_there_must_be_such_a_challenge(replied: Spoilable) -> None:
    assert "no challenge c9 of alpha in first" in refused(replied, "c9", wanted())
    with pytest.raises(UsageError, match="no challenge c1 of beta in first: there is none"):
        decide(replied.root, "first", "beta", "c1", wanted())
    with pytest.raises(UsageError, match="no company press in first"):
        decide(replied.root, "first", "press", "c1", wanted())


def test_a_decision_before_the_reply_is_refused(replied: Spoilable) -> None:
    early = wanted("rejected", date=datetime.date(2024, 7, 19))
    assert refused(replied, "c1", early) == "c1: expected a day not before 2024-07-20, when it came"


def test_a_decision_after_its_last_day_is_late(replied: Spoilable) -> None:
    late = wanted("rejected", date=datetime.date(2024, 8, 16))
    assert decide(replied.root, "first", "alpha", "c1", late).late


def test_only_an_erratum_that_there_is_can_be_mentioned(replied: Spoilable) -> None:
    message = refused(replied, "c1", wanted("rejected", erratum=1))
    assert message == "no erratum 1 of first; the last is 0"


@pytest.fixture
def late_document(review: Spoilable, tmp_path: Path) -> Spoilable:
    """Alpha points at a document that came out in the window, and the answer was changed."""
    path = fill(pack(review, tmp_path / "late"), {DATED: {**CHALLENGE, "published": "2024-07-10"}})
    import_replies(review.root, path, IN_TIME)
    change_answer(review)
    return review


def test_evidence_of_the_window_does_not_count_by_the_cut_off_rule(
    late_document: Spoilable,
) -> None:
    message = refused(late_document, "c1", wanted())
    assert message == (
        "c1: the document it points at was published 2024-07-10; evidence counts if it was "
        "public by 2024-06-30"
    )
    decide(late_document.root, "first", "alpha", "c1", wanted("rejected"))


def test_evidence_of_the_window_counts_by_the_other_rule(late_document: Spoilable) -> None:
    late_document.write(REVIEW_FILE, REVIEW.replace("cutoff", "window"))
    decided = decide(late_document.root, "first", "alpha", "c1", wanted())
    assert decided.verdict is not None


def test_an_answer_that_rests_on_what_came_too_late_is_not_accepted(replied: Spoilable) -> None:
    change_answer(replied)
    replied.change("companies/alpha/sources.yaml", "published: 2024-03", "published: 2024-07-15")
    message = refused(replied, "c1", wanted())
    assert "rests on alpha/dated, public since 2024-07-15; evidence counts if it was" in message


def appealed(replied: Spoilable, folder: Path) -> None:
    decide(replied.root, "first", "alpha", "c1", wanted("rejected"))
    path = pack(replied, folder, stage="appeal")
    fill(path, {DATED: {**CHALLENGE, "text": "Look again."}})
    import_replies(replied.root, path, AFTER_DECISION)


@pytest.mark.parametrize("same", ["Wen", "wen", " W en ", "Wen."])
def test_the_same_person_does_not_decide_on_an_appeal(
    replied: Spoilable, tmp_path: Path, same: str
) -> None:
    appealed(replied, tmp_path / "appeal")
    again = wanted("rejected", by=same, date=datetime.date(2024, 9, 1))
    assert "Wen decided on c1, against which it appeals" in refused(replied, "c2", again)


def test_somebody_else_does(replied: Spoilable, tmp_path: Path) -> None:
    appealed(replied, tmp_path / "appeal")
    change_answer(replied, "2024-08-21")
    other = wanted("accepted", by="Bo", date=datetime.date(2024, 9, 1))
    decided = decide(replied.root, "first", "alpha", "c2", other)
    assert decided.challenge.decision is not None
    assert decided.challenge.decision.by == "Bo"
    assert replied.problems() == []


def test_a_workspace_with_errors_is_refused(replied: Spoilable) -> None:
    replied.write(REVIEW_FILE, REVIEW.replace("closes: 2024-07-31", "closes: 2024-02-31"))
    with pytest.raises(ProblemsError):
        decide(replied.root, "first", "alpha", "c1", wanted("rejected"))
