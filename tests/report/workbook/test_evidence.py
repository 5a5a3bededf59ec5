from __future__ import annotations

from dataclasses import replace

import pytest

from cati.report.edition import Edition
from cati.report.wording import Wording
from cati.report.workbook.evidence import LINK_AT, evidence_heads, evidence_lines
from cati.report.workbook.look import LONGEST


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_line_has_a_cell_below_each_head(edition: Edition, language: str) -> None:
    wording = Wording(language)  # type: ignore[arg-type]
    heads = len(evidence_heads(wording))
    lines = list(evidence_lines(edition, wording))
    assert len(lines) > 100
    assert {len(line.cells) for line in lines} == {heads}


def test_what_does_not_count_says_why(edition: Edition) -> None:
    said = {line.cells[-1]: line.cells[4] for line in evidence_lines(edition, Wording("en"))}
    for reference, text in said.items():
        assert (text == "counts") == edition.standings[reference].counts
        assert text == "counts" or text.startswith("does not count: ")


def test_a_link_to_the_companys_own_document_stands_in_for_that_of_a_report(
    edition: Edition,
) -> None:
    found = {line.cells[-1]: line for line in evidence_lines(edition, Wording("en"))}
    originals = 0
    for reference, disclosure in edition.store.disclosures.items():
        if reference not in found or len(disclosure.where) > 1:
            continue
        (place,) = disclosure.where
        source = edition.sources[place.source]
        if source.link is None and place.original is not None:
            assert found[reference].link == edition.sources[place.original].link
            originals += found[reference].link is not None
    assert originals > 0


def test_endless_text_is_cut_to_what_a_cell_holds(edition: Edition) -> None:
    reference, disclosure = next(iter(edition.store.disclosures.items()))
    endless = disclosure.model_copy(update={"statement": "a" * 100_000})
    store = replace(edition.store, disclosures={reference: endless})
    (line,) = evidence_lines(replace(edition, store=store), Wording("en"))
    assert len(line.cells[1]) == LONGEST
    assert line.cells[LINK_AT] == (line.link or "")
