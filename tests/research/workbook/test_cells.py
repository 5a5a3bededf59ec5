from __future__ import annotations

from dataclasses import replace

from cati.research.workbook.cells import (
    cells_mark,
    company_records,
    criteria,
    fixed_cells,
    methodology_mark,
    stored_cells,
)
from cati.research.workbook.layout import COLUMNS, Key
from cati.workspace import Workspace
from tests.research.workbooks import EVALUATION


def test_cells_say_what_the_files_say(real: Workspace) -> None:
    records = company_records(real.store, real.evaluation(EVALUATION), "polestar")
    english, chinese = (stored_cells(records, language) for language in ("en", "zh"))

    key = Key("answers", "2.3.1/value", "answer")
    assert (english[key], chinese[key]) == ("met", "符合")
    assert english[Key("answers", "2.3.1/value", "disclosures")] == (
        "polestar/product-footprints-by-model-year"
    )
    assert english.keys() == chinese.keys()
    for place in english:
        if place.sheet == "start":
            assert (place.row, place.column) == ("note", "value")
        else:
            assert place.column in {column.key for column in COLUMNS[place.sheet]}
    for column in ("assessor", "date", "why"):
        assert not [key for key in english if key.sheet == "answers" and key.column == column]


def test_a_company_without_answers_has_only_its_evidence(real: Workspace) -> None:
    evaluation = real.evaluation(EVALUATION)
    (company,) = [e.company for e in evaluation.scope if e.company == "byd"]
    empty = replace(real.store, assessments={EVALUATION: {}})
    cells = stored_cells(company_records(empty, evaluation, company), "en")

    assert {key.sheet for key in cells} == {"disclosures", "sources"}


def test_the_evidence_of_parents_and_cited_companies_is_there(real: Workspace) -> None:
    records = company_records(real.store, real.evaluation(EVALUATION), "beijing-benz")
    owners = [reference.partition("/")[0] for reference in records.disclosures]

    assert owners[0] == "beijing-benz"
    assert set(owners) == {"beijing-benz", "mercedes-benz", "baic-group"}
    places = {place.source for d in records.disclosures.values() for place in d.where}
    assert places <= set(records.sources)


def test_every_criterion_comes_once_and_in_order(real: Workspace) -> None:
    names = [name for name, *_ in criteria(real.methodology("automotive-2024"))]

    assert len(names) == len(set(names)) == 147
    assert (names[0], names[-1].partition("/")[0]) == ("1.1.1/commitment", "5.4.7")


def test_a_changed_methodology_has_another_mark(real: Workspace) -> None:
    methodology = real.methodology("automotive-2024")
    changed = methodology.model_copy(update={"version": "2"})

    assert methodology_mark(methodology) == methodology_mark(methodology.model_copy())
    assert methodology_mark(changed) != methodology_mark(methodology)


def test_a_changed_cell_changes_the_mark() -> None:
    first, second = Key("answers", "1.1.1/a", "answer"), Key("answers", "1.1.1/b", "answer")
    cells = {first: "met", second: "unknown"}

    assert cells_mark(cells) == cells_mark(dict(reversed(cells.items())))
    others = [
        {first: "unknown", second: "met"},
        {first: "met"},
        {**cells, second: "unknown "},
        {first: "met\0answers", second: "unknown"},
    ]
    assert len({cells_mark(cells), *map(cells_mark, others)}) == 5


def test_what_is_required_is_named_shortly_within_an_indicator(real: Workspace) -> None:
    rows = fixed_cells(real.methodology("automotive-2024"), "en")["answers"]
    found = {name: cells["requires"] for name, cells in rows.items()}

    assert found["5.4.7/verified"] == "asks-footprints; footprint-published"
    assert found["5.4.7/asks-footprints"] == ""
    others = [text for text in found.values() if "/" in text]
    assert all(text[0].isdigit() for text in others)
