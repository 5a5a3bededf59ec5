from __future__ import annotations

from dataclasses import replace

import pytest

from cati.model.language import LANGUAGES, Language
from cati.report.edition import Edition
from cati.report.wording import Wording
from cati.report.workbook.evidence import LINK_AT, ORIGINAL_AT, evidence_heads, evidence_lines
from cati.report.xlsx import CELL_LIMIT
from cati.workspace import Workspace


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_has_a_cell_below_each_head(edition: Edition, language: Language) -> None:
    wording = Wording(language)
    heads = len(evidence_heads(wording))
    lines = list(evidence_lines(edition, wording))
    assert len(lines) > 100
    assert {len(line.cells) for line in lines} == {heads}


def test_what_does_not_count_says_why(edition: Edition) -> None:
    said = {line.cells[-1]: line.cells[4] for line in evidence_lines(edition, Wording("en"))}
    for reference, text in said.items():
        assert (text == "counts") == edition.standings[reference].counts
        assert text == "counts" or text.startswith("does not count: ")


def test_a_companys_own_document_stands_beside_the_report_that_tells_of_it(
    edition: Edition,
) -> None:
    found = {line.cells[-1]: line for line in evidence_lines(edition, Wording("en"))}
    originals = 0
    for reference, disclosure in edition.store.disclosures.items():
        if reference not in found or len(disclosure.where) > 1:
            continue
        (place,) = disclosure.where
        line = found[reference]
        assert line.links.get(LINK_AT) == edition.sources[place.source].link
        if place.original is None:
            assert line.cells[ORIGINAL_AT] == ""
            continue
        original = edition.sources[place.original]
        assert line.cells[ORIGINAL_AT].startswith(original.title)
        assert line.links.get(ORIGINAL_AT) == original.link
        originals += original.link is not None
    assert originals > 0


@pytest.mark.parametrize(
    ("language", "heads"),
    [
        ("en", {"What is disclosed", "Numbers", "Whether it counts", "Original document"}),
        ("zh", {"披露内容", "数据", "倾向", "是否计入", "原始文件"}),
    ],
)
def test_heads_say_what_stands_below_them(language: Language, heads: set[str]) -> None:
    assert heads <= {head for head, _ in evidence_heads(Wording(language))}


def test_endless_text_is_cut_to_what_a_cell_holds(edition: Edition) -> None:
    reference, disclosure = next(iter(edition.store.disclosures.items()))
    endless = disclosure.model_copy(update={"statement": "a" * 100_000})
    store = replace(edition.store, disclosures={reference: endless})
    (line,) = evidence_lines(replace(edition, workspace=Workspace(store)), Wording("en"))
    assert len(line.cells[1]) == CELL_LIMIT
    assert line.cells[LINK_AT] == line.links.get(LINK_AT, "")
