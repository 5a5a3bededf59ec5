"""Records that are the statement under test over again."""

from __future__ import annotations

from typing import Any

import pytest

from cati.analysis.claims.circular import repeats
from cati.model.base import Text
from cati.model.claims import Statement
from cati.model.entity import Citation
from cati.model.evidence import Disclosure, Place

SAID = "Alpha discloses the emissions of its supply chain."


def statement(locator: str | None = "section 3.4(2)", en: str = SAID) -> Statement:
    where = None if locator is None else Citation(source="ipe/report", locator=locator)
    text = Text(en=en, zh="阿尔法披露供应链排放。")
    return Statement(id="a", statement=text, expressions=("true",), where=where)


def record(*places: tuple[str, str], **changes: Any) -> Disclosure:
    fields: dict[str, Any] = {
        "id": "a",
        "statement": "Purchased parts are counted by Alpha.",
        "indicators": ("m/2.2.1",),
        "polarity": "supports",
        "confidence": "high",
        "where": tuple(Place(source=source, locator=locator) for source, locator in places),
    }
    return Disclosure(**{**fields, **changes})


@pytest.mark.parametrize(
    ("places", "circular"),
    [
        ([("ipe/report", "section 3.4(2)")], True),
        ([("ipe/report", "section 3.4(2), second paragraph")], True),
        ([("ipe/report", "section 5.1")], True),
        ([("ipe/report", "Table 3-4-2")], False),
        ([("ipe/report", "Figure 3-5-1")], False),
        ([("ipe/report", "表 3-4-2")], False),
        ([("alpha/report", "page 3")], False),
        ([("ipe/report", "section 3.4(2)"), ("ipe/report", "Table 3-4-2")], False),
        ([("ipe/report", "section 3.4(2)"), ("alpha/report", "page 3")], False),
    ],
)
def test_the_text_of_a_document_is_no_witness_for_itself(
    places: list[tuple[str, str]], circular: bool
) -> None:
    assert repeats(record(*places), statement()) is circular


def test_a_row_is_no_witness_for_a_statement_about_that_row() -> None:
    assert repeats(record(("ipe/report", "Table 3-4-2")), statement("Table 3-4-2, row 4"))


def test_the_same_words_are_the_same_statement_wherever_they_stand() -> None:
    same = record(
        ("other/page", "paragraph 2"), statement="Alpha discloses its supply chain emissions."
    )
    assert not repeats(record(("other/page", "paragraph 2")), statement(None))
    assert repeats(same, statement(None, "Alpha discloses its supply chain emissions"))
    chinese = record(("other/page", "2"), statement="阿尔法披露了供应链排放。", language="zh")
    assert repeats(chinese, statement(None))


def test_without_a_place_only_words_tell() -> None:
    assert not repeats(record(("ipe/report", "section 3.4(2)")), statement(None))
