"""How far a review is: every company of the scope, open, decided, late, overdue."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from cati.problems import UsageError
from cati.research.review.decisions import Wanted, decide
from cati.research.review.importing import import_replies
from cati.research.review.status import review_status
from tests.conftest import Spoilable
from tests.research.review.packs import (
    AFTER_DECISION,
    CHALLENGE,
    DATED,
    SAID,
    TOO_LATE,
    change_answer,
    fill,
    pack,
)

DAY = datetime.date(2024, 8, 1)


def test_all_companies_are_there_and_the_counts_add_up(replied: Spoilable) -> None:
    found = review_status(replied.open(), "first", DAY)
    assert [company.company for company in found.companies] == ["alpha", "beta", "gamma"]
    alpha = found.companies[0]
    assert (alpha.stage, alpha.agreed, alpha.review.open) == ("review", 1, 1)
    assert (found.replied, found.total.all) == (1, 1)


@pytest.mark.parametrize(("day", "overdue"), [("2024-08-15", 0), ("2024-08-16", 1)])
def test_an_open_challenge_is_overdue_after_the_last_day(
    replied: Spoilable, day: str, overdue: int
) -> None:
    found = review_status(replied.open(), "first", datetime.date.fromisoformat(day))
    assert found.total.overdue == overdue


def test_what_is_decided_is_neither_open_nor_overdue(replied: Spoilable, tmp_path: Path) -> None:
    change_answer(replied)
    decide(replied.root, "first", "alpha", "c1", Wanted("partly", "So far.", "Wen", DAY))
    path = fill(pack(replied, tmp_path / "appeal", stage="appeal"), {DATED: CHALLENGE})
    import_replies(replied.root, path, AFTER_DECISION)
    found = review_status(replied.open(), "first", datetime.date(2025, 1, 1))
    alpha = found.companies[0]
    assert (alpha.review.partly, alpha.review.open, alpha.review.overdue) == (1, 0, 0)
    assert (alpha.appeal.open, alpha.appeal.overdue, alpha.stage) == (1, 1, "appeal")
    assert (alpha.both.all, found.total.all) == (2, 2)


def test_a_late_reply_is_counted_as_late(review: Spoilable, tmp_path: Path) -> None:
    path = fill(pack(review, tmp_path / "late"), {DATED: CHALLENGE, SAID: CHALLENGE})
    import_replies(review.root, path, TOO_LATE)
    assert review_status(review.open(), "first", DAY).total.late == 2


def test_an_evaluation_that_is_not_reviewed_has_no_status(tiny: Spoilable) -> None:
    with pytest.raises(UsageError, match="is not reviewed yet"):
        review_status(tiny.open(), "first", DAY)
