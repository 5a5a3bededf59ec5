"""A reply becomes challenges in the company's private file, once."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from cati.problems import ProblemsError, UsageError
from cati.research.review.decisions import Wanted, decide
from cati.research.review.importing import import_replies
from tests.conftest import Spoilable
from tests.research.review.packs import (
    AFTER_DECISION,
    ALPHA,
    CHALLENGE,
    DATED,
    IN_TIME,
    REPLIES,
    REVIEW,
    REVIEW_FILE,
    SAID,
    TOO_LATE,
    change_answer,
    fill,
    pack,
)


@pytest.fixture
def filled(review: Spoilable, tmp_path: Path) -> Path:
    path = pack(review, tmp_path / "packs")
    return fill(path, {DATED: CHALLENGE, SAID: {"reply": "agree"}})


def test_a_reply_is_kept_in_private(review: Spoilable, filled: Path) -> None:
    public = {
        path: path.read_bytes()
        for folder in ("companies", "reports", "indicators")
        for path in (review.root / folder).rglob("*.*")
    }
    imported = import_replies(review.root, filled, IN_TIME)
    (challenge,) = imported.challenges
    assert (challenge.id, challenge.criterion, challenge.answer) == ("c1", DATED, "not_met")
    assert (imported.late, len(imported.agreements), imported.known) == (False, 1, 0)
    assert review.problems() == []
    found = review.open().store.replies["first"]["alpha"]
    assert found.challenges == (challenge,)
    assert [reply.received for reply in found.replies] == [IN_TIME]
    assert {path: path.read_bytes() for path in public} == public
    assert (review.root / "private/.gitignore").read_text(encoding="utf-8").rstrip().endswith("*")


def test_the_same_reply_twice_changes_nothing(review: Spoilable, filled: Path) -> None:
    import_replies(review.root, filled, IN_TIME)
    before = review.read(REPLIES)
    again = import_replies(review.root, filled, TOO_LATE)
    assert (again.challenges, again.agreements, again.known) == ((), (), 2)
    assert review.read(REPLIES) == before


def test_a_second_reply_adds_and_can_take_consent_back(review: Spoilable, filled: Path) -> None:
    import_replies(review.root, filled, IN_TIME)
    fill(filled, {DATED: {"consent": "no"}, SAID: {**CHALLENGE, "text": "It says more."}})
    second = import_replies(review.root, filled, IN_TIME)
    assert [challenge.id for challenge in second.challenges] == ["c2"]
    assert second.consents == ("c1",)
    found = review.open().store.replies["first"]["alpha"]
    assert [challenge.consent for challenge in found.challenges] == [False, True]
    assert len(found.replies) == 2


def test_a_reply_after_the_window_is_marked_late(review: Spoilable, filled: Path) -> None:
    assert import_replies(review.root, filled, TOO_LATE).late


def test_a_reply_on_the_last_day_is_in_time(review: Spoilable, filled: Path) -> None:
    assert not import_replies(review.root, filled, datetime.date(2024, 7, 31)).late


def test_a_reply_before_the_window_is_refused(review: Spoilable, filled: Path) -> None:
    with pytest.raises(UsageError, match="opens on 2024-07-01"):
        import_replies(review.root, filled, datetime.date(2024, 6, 30))
    assert not (review.root / REPLIES).exists()


def test_the_workbook_of_another_company_is_refused(
    review: Spoilable, filled: Path, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="expected the workbook of beta; found alpha's"):
        import_replies(review.root, filled, IN_TIME, "Beta")
    assert not (review.root / REPLIES).exists()
    import_replies(review.root, filled, IN_TIME, "Alpha Motors")


def test_a_company_that_left_the_scope_is_refused(review: Spoilable, tmp_path: Path) -> None:
    path = fill(pack(review, tmp_path / "packs", "gamma"), {SAID: {"reply": "agree"}})
    (review.root / "companies/gamma/assessments/first.yaml").unlink()
    review.change("reports/first/evaluation.yaml", "  - {company: gamma, reason: sales}\n", "")
    review.change("reports/first/evaluation.yaml", "companies: 2", "companies: 1")
    file = "reports/first/evaluation.yaml"
    text = review.read(file).replace("basis: published", "basis: assessed")
    start, end = text.index("published:\n"), text.index("bands:")
    review.write(file, text[:start] + text[end:])
    for name in ("published.csv", "points.csv"):
        (review.root / "reports/first" / name).unlink()
    assert review.problems() == []
    with pytest.raises(ProblemsError, match="a company in the scope of first; found 'gamma'"):
        import_replies(review.root, path, IN_TIME)


def test_a_criterion_that_is_gone_is_told_at_its_cell(
    review: Spoilable, filled: Path, tmp_path: Path
) -> None:
    for file in ("indicators/tiny/1-rules.yaml", ALPHA):
        review.write(file, review.read(file).replace("id: dated", "id: year"))
    review.write(ALPHA, review.read(ALPHA).replace("1.1.1/dated", "1.1.1/year"))
    assert review.problems() == []
    with pytest.raises(ProblemsError) as caught:
        import_replies(review.root, filled, IN_TIME)
    (problem,) = caught.value.problems
    assert problem.field.startswith("sheet 'Reply', cell B")
    assert "a criterion of the methodology as it is now" in problem.expected


def test_an_appeal_points_at_the_decision(replied: Spoilable, tmp_path: Path) -> None:
    wanted = Wanted("rejected", "No.", "Wen", datetime.date(2024, 8, 1))
    decide(replied.root, "first", "alpha", "c1", wanted)
    path = pack(replied, tmp_path / "packs", stage="appeal")
    fill(path, {DATED: {**CHALLENGE, "text": "Look again."}})
    (challenge,) = import_replies(replied.root, path, AFTER_DECISION).challenges
    assert (challenge.id, challenge.stage, challenge.appeals) == ("c2", "appeal", "c1")
    assert replied.problems() == []


def test_only_what_was_decided_can_be_appealed(replied: Spoilable, tmp_path: Path) -> None:
    wanted = Wanted("rejected", "No.", "Wen", datetime.date(2024, 8, 1))
    decide(replied.root, "first", "alpha", "c1", wanted)
    path = pack(replied, tmp_path / "packs", stage="appeal")
    fill(path, {SAID: CHALLENGE})
    with pytest.raises(ProblemsError, match="a criterion on which a challenge was decided"):
        import_replies(replied.root, path, AFTER_DECISION)


def test_without_windows_nothing_is_taken(review: Spoilable, filled: Path) -> None:
    (review.root / REVIEW_FILE).unlink()
    with pytest.raises(UsageError, match="first is not reviewed yet"):
        import_replies(review.root, filled, IN_TIME)
    review.write(REVIEW_FILE, REVIEW)
    change_answer(review)
    (challenge,) = import_replies(review.root, filled, IN_TIME).challenges
    assert challenge.answer == "not_met"  # as the company was shown it


@pytest.mark.parametrize(
    ("published", "too_new"),
    [("2024", False), ("2024-06", False), ("2024-07", True), (None, False)],
)
def test_a_document_that_came_too_late_is_noticed(
    review: Spoilable, tmp_path: Path, published: str | None, too_new: bool
) -> None:
    path = fill(pack(review, tmp_path / "late"), {DATED: {**CHALLENGE, "published": published}})
    assert bool(import_replies(review.root, path, IN_TIME).too_new) is too_new
    review.write(REVIEW_FILE, REVIEW.replace("cutoff", "window"))
    fill(path, {DATED: {"text": "Once more."}})
    assert import_replies(review.root, path, IN_TIME).too_new == ()
