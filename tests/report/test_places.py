"""Places in a source, part by part in the reader's language."""

from __future__ import annotations

import re

import pytest

from cati.report.places import Places
from cati.workspace import Workspace

EN, ZH = Places("en"), Places("zh")


@pytest.mark.parametrize(
    ("locator", "chinese"),
    [
        ("Table 3-3-1", "表 3-3-1"),
        ("section 3.5(3), Figure 3-5-8", "第 3.5(3) 节，图 3-5-8"),
        ("section 3.3, major indicator list item 3", "第 3.3 节，主要指标清单第 3 项"),
        ("section 3.4(2) and Table 3-4-3", "第 3.4(2) 节、表 3-4-3"),
        ("Executive Summary and chapter V", "执行摘要、第 V 章"),
        ("footnotes 57 and 61", "脚注 57、61"),
        ("footnotes 60-62", "脚注 60-62"),
    ],
)
def test_the_parts_of_a_place_are_translated(locator: str, chinese: str) -> None:
    assert ZH.marked(locator) == ZH.plain(locator) == chinese
    assert EN.marked(locator) == EN.plain(locator) == locator


@pytest.mark.parametrize(
    ("locator", "marked"),
    [
        ("list before <b>", '<span lang="en">list before &lt;b&gt;</span>'),
        ("Annex, last row and note", '<span lang="en">Annex, last row and note</span>'),
        (
            "nearest footnote, by position: footnote 67, Polestar 2023 Sustainability Report",
            "最近的脚注，按位置判断：脚注 67，"
            '<span lang="en">Polestar 2023 Sustainability Report</span>',
        ),
        (
            "named in the text: ESG report (footnotes 68 and 69)",
            '正文提及：<span lang="en">ESG report (footnotes 68 and 69)</span>',
        ),
    ],
)
def test_what_is_not_known_stays_in_one_piece_and_is_marked_as_english(
    locator: str, marked: str
) -> None:
    assert str(ZH.marked(locator)) == marked
    assert EN.marked(locator) == locator


def test_every_place_of_the_evidence_is_said_in_chinese(real: Workspace) -> None:
    places = {place.locator for found in real.store.disclosures.values() for place in found.where}
    assert len(places) > 25
    assert [place for place in places if re.search("[a-z]", ZH.plain(place))] == []
