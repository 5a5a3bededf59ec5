"""A record's cells put back into it give the same record; the rest of it stays."""

from __future__ import annotations

import pytest

from cati.model.evidence import Disclosure, Place
from cati.model.language import LANGUAGES, Language
from cati.model.source import Source
from cati.research.workbook.evidence import record_cells, with_cells
from cati.research.workbook.layout import CONTENT, Key, SheetKey
from cati.research.workbook.values import Form
from cati.workspace import Workspace

METHODOLOGY = "automotive-2024"


def texts(sheet: SheetKey, record: Disclosure | Source, form: Form) -> dict[str, str]:
    """All cells of a record in the form of the files."""
    cells = record_cells(sheet, record, form)
    return {
        column: form.stored(Key(sheet, "", column), cells.get(column) or "")
        for column in CONTENT[sheet]
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_real_records_come_back_from_their_cells(real: Workspace, language: Language) -> None:
    form = Form(language, "", METHODOLOGY)
    publishers = {e.id for e in real.store.entities.values() if e.kind == "publisher"}
    for disclosure in real.store.disclosures.values():
        cells = texts("disclosures", disclosure, form)
        fields = disclosure.model_dump(exclude_unset=True)
        made = Disclosure.model_validate(with_cells("disclosures", fields, cells, publishers))
        assert made == disclosure
    for source in real.store.sources.values():
        cells = texts("sources", source, form)
        made_source = with_cells("sources", source.model_dump(exclude_unset=True), cells, ())
        assert Source.model_validate(made_source) == source


PLACES = (
    Place(source="press/report", locator="p. 7", secondary=True, cites="its website"),
    Place(source="alpha/report", locator="p. 3"),
    Place(source="alpha/page", locator="top"),
)


def changed(cells: dict[str, str]) -> list[dict[str, object]]:
    fields = {"where": [place.model_dump(exclude_unset=True) for place in PLACES]}
    where: list[dict[str, object]] = with_cells("disclosures", fields, cells, {"press"})["where"]
    return where


def test_a_third_place_stays_and_a_cleared_second_one_goes() -> None:
    empty = {"source_2": "", "locator_2": "", "original_2": "", "cites_2": ""}
    assert changed(empty) == [
        {"source": "press/report", "locator": "p. 7", "secondary": True, "cites": "its website"},
        {"source": "alpha/page", "locator": "top"},
    ]


def test_what_names_its_own_source_is_secondary() -> None:
    assert changed({"cites_2": "the ministry"})[1] == {
        "source": "alpha/report",
        "locator": "p. 3",
        "cites": "the ministry",
        "secondary": True,
    }
    assert "secondary" not in changed({"locator_2": "p. 4"})[1]
    assert changed({"source_2": "press/other"})[1]["secondary"] is True


def test_a_quote_keeps_its_page_and_is_in_its_own_language() -> None:
    fields = {"quote": {"text": "By 2031.", "language": "en", "page": 3}}
    made = with_cells("disclosures", fields, {"quote": "到2030年。"}, ())
    assert made["quote"] == {"text": "到2030年。", "language": "zh", "page": 3}
    assert "quote" not in with_cells("disclosures", fields, {"quote": ""}, ())
