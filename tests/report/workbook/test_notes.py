"""What the workbook tells its reader."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cati.model.language import Language
from cati.report.edition import Edition
from cati.report.workbook.notes import notes
from cati.report.workbook.points import points_lines
from cati.workspace import Workspace


def told(real: Workspace, language: Language) -> str:
    edition = Edition.of(real, real.score("automakers-2024"))
    sections = notes(edition, points_lines(edition), language)
    return "\n".join(text for _, paragraphs in sections for text in paragraphs)


def test_the_base_the_solutions_and_the_check_are_told(real: Workspace) -> None:
    text = told(real, "en")
    assert "51 companies, 14 of them joint ventures" in text
    assert "Geely Auto" in text
    assert "51 of 51" in text
    assert "Table 3-3-1" in text


def test_the_chinese_notes_have_chinese_marks_between_solutions(real: Workspace) -> None:
    assert "(1) 关联企业 0.5、上游供应商 1.5；(2) 关联企业 4、上游供应商 0" in told(real, "zh")


@pytest.mark.slow
def test_a_source_without_a_link_is_said_to_have_none(real: Workspace) -> None:
    said = "No link to this document is known to us"
    edition = Edition.of(real, real.score("automakers-2024"))
    report = edition.methodology.source
    source = edition.sources[report].model_copy(update={"link": "https://example.org/report"})
    linked = replace(edition, sources={**edition.sources, report: source})

    assert told(real, "en").count(said) == 1
    sections = notes(linked, points_lines(linked), "en")
    assert not any(said in text for _, paragraphs in sections for text in paragraphs)


@pytest.mark.parametrize("word", ["51", "合资企业", "吉利汽车"])
def test_the_chinese_notes_tell_it_in_chinese(real: Workspace, word: str) -> None:
    assert word in told(real, "zh")
