"""Words that claim a measure and name none."""

from __future__ import annotations

import pytest

from cati.model.vague_words import vague_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nearly all of the companies score significantly higher.", ("Nearly", "significantly")),
        (
            "Most companies are far below 50 points, several of them at 2.",
            ("Most", "far", "several"),
        ),
        ("Many makers disclose much less.", ("Many", "much")),
        ("At most 5 companies, more than 3.", ()),
        ("As far as Scope 3 is concerned, the most points go to BMW.", ()),
        ("Germany has 3 makers.", ()),
        ("近半数企业明显落后。", ("近", "明显")),
        ("最近，附近的企业", ()),
        ("多数企业未披露，得分远低于 50 分。", ("远",)),
    ],
)
def test_they_are_found_and_others_are_not(text: str, found: tuple[str, ...]) -> None:
    assert vague_words(text) == found


def test_the_statements_of_the_report_have_none(root: object) -> None:
    from pathlib import Path

    text = (Path(str(root)) / "reports/automakers-2024/claims.yaml").read_text(encoding="utf-8")
    sentences = [line for line in text.splitlines() if line.startswith("    statement: {en:")]
    assert sentences
    assert [vague_words(sentence) for sentence in sentences if vague_words(sentence)] == []
