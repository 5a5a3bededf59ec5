"""Numbering of editions and errata."""

from __future__ import annotations

import pytest

from cati.store.file_kinds import ERRATA
from tests.conftest import Spoilable

FILE = "reports/first/errata.yaml"
GOOD = f"""\
format: 1
editions:
  - {{number: 1, date: 2025-03-01, by: Wen, sha256: {"0" * 64}}}
  - {{number: 2, date: 2025-04-01, by: Wen, sha256: {"1" * 64}}}
errata:
  - number: 1
    date: 2025-04-01
    what: {{en: A rate, zh: 一项得分率}}
    why: {{en: A misprint, zh: 印刷错误}}
    by: Wen
    effects:
      - company: alpha
        before: {{total: 12.3, total_high: 12.3, rank: 1, rank_worst: 1}}
        after: {{total: 12.5, total_high: 12.5, rank: 1, rank_worst: 1}}
"""


def test_sound_errata_are_no_problem(tiny: Spoilable) -> None:
    tiny.write(FILE, GOOD)
    assert tiny.problems() == []
    assert tiny.open().store.of(ERRATA)["first"].errata[0].what.zh == "一项得分率"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("number: 2", "number: 3", ":4: editions[1].number: expected 2; found 3"),
        (
            "errata:\n  - number: 1",
            "errata:\n  - number: 2",
            "errata[0].number: expected 1; found 2",
        ),
        (GOOD[GOOD.index("errata:") :], "", "editions: expected 1, one more than there are errata"),
        ("0" * 64, "0" * 63, "editions[0].sha256: expected"),
        (
            "      - company: alpha\n",
            "      - company: alpha\n      - company: alpha\n",
            "each company once; found alpha a second time",
        ),
    ],
)
def test_each_breach_is_named(tiny: Spoilable, old: str, new: str, message: str) -> None:
    tiny.write(FILE, GOOD.replace(old, new, 1))
    found = tiny.problems()
    assert any(message in problem for problem in found), found
