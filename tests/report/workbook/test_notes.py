"""What the workbook tells its reader."""

from __future__ import annotations

import pytest

from cati.report.edition import Edition
from cati.report.language import Language
from cati.report.workbook.notes import notes
from cati.report.workbook.points import points_lines
from cati.workspace import Workspace


def told(real: Workspace, language: Language) -> str:
    edition = Edition.from_store(real.store, real.score("automakers-2024"))
    sections = notes(edition, points_lines(edition), language)
    return "\n".join(text for _, paragraphs in sections for text in paragraphs)


def test_the_base_the_solutions_and_the_check_are_told(real: Workspace) -> None:
    text = told(real, "en")
    assert "51 companies, 14 of them joint ventures" in text
    assert "Geely Auto" in text
    assert "51 of 51" in text
    assert "Table 3-3-1" in text


@pytest.mark.parametrize("word", ["51", "合资企业", "吉利汽车"])
def test_the_chinese_notes_tell_it_in_chinese(real: Workspace, word: str) -> None:
    assert word in told(real, "zh")
