"""Precedents are read with the methodology they belong to."""

from __future__ import annotations

from cati.store.file_kinds import PRECEDENTS
from tests.conftest import Spoilable

FILE = "indicators/tiny/precedents.yaml"
TEXT = """\
format: 1
precedents:
  - criterion: 1.1.1/said
    company: alpha
    evaluation: first
    text: An ad says nothing.
    by: Chen
    date: 2026-11-22
"""


def test_they_need_not_be_there(tiny: Spoilable) -> None:
    assert tiny.open().store.of(PRECEDENTS) == {}


def test_they_are_no_dimension(tiny: Spoilable) -> None:
    tiny.write(FILE, TEXT)
    assert tiny.problems() == []
    store = tiny.open().store
    assert PRECEDENTS.file(methodology="tiny") == FILE
    assert [p.by for p in store.of(PRECEDENTS)["tiny"].precedents] == ["Chen"]
    assert len(store.methodologies["tiny"].dimensions) == 2


def test_what_is_wrong_is_said_by_line(tiny: Spoilable) -> None:
    tiny.write(FILE, TEXT.replace("alpha", "alfa").replace("evaluation: first", "evaluation: x"))
    assert [problem.partition(": expected")[0] for problem in tiny.problems()] == [
        f"{FILE}:4: precedents[0].company",
        f"{FILE}:5: precedents[0].evaluation",
    ]
