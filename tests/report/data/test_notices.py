from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from cati.report.data.notices import license_text, notice_text
from cati.report.edition import Edition


def test_the_notice_says_in_both_languages_whose_the_data_are(edition: Edition) -> None:
    text = notice_text(edition)
    for language in ("en", "zh"):
        assert edition.evaluation.notice.get(language) in text
        assert edition.methodology.notice.get(language) in text
    assert "No licence is granted for these data." in text


def test_only_a_draft_says_that_it_is_one(edition: Edition) -> None:
    assert "Draft. Not released" in notice_text(replace(edition, draft=True))
    assert "Draft. Not released" not in notice_text(edition)


def test_the_licence_is_that_of_the_project(root: Path) -> None:
    assert license_text() == (root / "LICENSE").read_text(encoding="utf-8")


def test_a_draft_says_until_when(edition: Edition) -> None:
    evaluation = edition.evaluation.model_copy(update={"embargo": date(2026, 10, 1)})
    draft = replace(edition, evaluation=evaluation, draft=True)
    said = notice_text(draft)
    assert "Draft. Not released before 1 October 2026" in said
    assert "2026年10月1日" in said
