"""Checksums tell an answer from another, and are the same for what its history says it was."""

from __future__ import annotations

import datetime

from cati.model.assessment import Change, Verdict
from cati.model.imports import answer_mark, mark

ANSWER = Verdict(
    criterion="1.1.1/said",
    answer="met",
    disclosures=("alpha/pledge",),
    rationale="It says so.",
    assessor="Li",
    date=datetime.date(2024, 8, 1),
)


def test_a_history_that_keeps_an_answer_has_its_checksum() -> None:
    change = Change(
        who="Bo", when=datetime.date(2024, 9, 1), now="not_met", why="No.", **ANSWER.superseded()
    )
    assert answer_mark(change) == answer_mark(ANSWER)


def test_every_part_of_an_answer_counts_but_its_level() -> None:
    others = (
        {"answer": "not_met"},
        {"disclosures": ()},
        {"rationale": "It does."},
        {"assessor": "Bo"},
        {"date": datetime.date(2024, 8, 2)},
    )
    marks = {answer_mark(ANSWER.model_copy(update=other)) for other in ({}, *others)}
    assert len(marks) == 6
    assert answer_mark(ANSWER.model_copy(update={"level": "reviewed"})) == answer_mark(ANSWER)


def test_the_order_of_keys_does_not_matter() -> None:
    assert mark({"a": "1", "b": "钢"}) == mark({"b": "钢", "a": "1"})
