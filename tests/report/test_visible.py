"""Characters that nobody sees are written out; all others stay."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from cati.report.visible import visible

UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp", "Cn"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "a\\u202eb"),
        ("soft\u00adhyphen", "soft\\u00adhyphen"),
        ("\x1b[2J", "\\u001b[2J"),
        ("two\nlines\tand\u00a0blanks", "two\nlines\tand\u00a0blanks"),
        ("公众环境研究中心 CO₂ é 🙂", "公众环境研究中心 CO₂ é 🙂"),
    ],
)
def test_what_nobody_sees_is_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.slow
def test_nothing_that_is_seen_is_changed() -> None:
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if visible(char) != char:
            assert unicodedata.category(char) in UNSEEN, hex(code)


def test_every_direction_mark_is_found() -> None:
    turning = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    marks = [
        char
        for char in map(chr, range(sys.maxunicode + 1))
        if unicodedata.bidirectional(char) in turning
    ]
    assert len(marks) == len(turning)
    assert all(visible(char) != char for char in marks)
