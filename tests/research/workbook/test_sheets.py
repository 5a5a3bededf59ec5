from __future__ import annotations

import pytest

from cati.model.language import LANGUAGES, Language
from cati.report.wording import Wording
from cati.research.workbook.cells import cells_mark, company_records, stored_cells
from cati.research.workbook.layout import (
    BASE_COLUMN,
    META,
    NEW_DISCLOSURES,
    NEW_SOURCES,
    START_COLUMN,
    START_ROWS,
)
from cati.workspace import Workspace
from tests.research.workbooks import EVALUATION, exported, loaded, rows, sheet, value


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_sheet_says_what_this_is_and_what_it_comes_to(
    real: Workspace, language: Language
) -> None:
    page = loaded(exported(real, "polestar", language), data_only=True).worksheets[0]
    texts = [str(c.value) for row in page.iter_rows() for c in row if c.value is not None]
    evaluation, card = real.evaluation(EVALUATION), real.assess(EVALUATION).card

    total = card.total("polestar")
    assert f"{float(total.low):.1f}–{float(total.high):.1f}" in texts
    answered = len(real.store.assessments[EVALUATION]["polestar"].verdicts)
    assert f"{answered} / 147" in texts
    assert "0 / 51" in texts
    assert evaluation.notice.get(language) in texts
    assert Wording(language).date(evaluation.cutoff) in texts
    note = real.store.assessments[EVALUATION]["polestar"].note
    for key, row in START_ROWS.items():
        assert page.cell(row + 1, START_COLUMN).value
        assert page.cell(row + 1, START_COLUMN + 1).value == (note if key == "note" else None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_hidden_sheet_holds_what_the_cells_held(real: Workspace, language: Language) -> None:
    page = loaded(exported(real, "polestar", language))["_cati"]
    records = company_records(real.store, real.evaluation(EVALUATION), "polestar")
    cells = stored_cells(records, language)

    meta = {
        str(page.cell(row, 1).value): page.cell(row, 2).value for row in range(1, len(META) + 1)
    }
    assert tuple(meta) == META
    assert (meta["company"], meta["evaluation"]) == ("polestar", EVALUATION)
    assert meta["cells_sha256"] == cells_mark(cells)
    base = [
        tuple(c.value for c in row)
        for row in page.iter_rows(2, None, BASE_COLUMN + 1, BASE_COLUMN + 4)
        if row[0].value
    ]
    assert base == [(k.sheet, k.row, k.column, text) for k, text in sorted(cells.items())]


@pytest.mark.slow
def test_below_the_records_there_is_room_for_new_ones(real: Workspace) -> None:
    book = loaded(exported(real, "polestar"))

    for key, count in (("disclosures", NEW_DISCLOSURES), ("sources", NEW_SOURCES)):
        line = rows(book, key, "reference")  # type: ignore[arg-type]
        new = [row for name, row in line.items() if name.startswith("=")]
        assert len(new) == count
        assert min(new) == 4 + len(line) - count
        for row in new:
            assert not sheet(book, key)[row][1].protection.locked  # type: ignore[arg-type]


@pytest.mark.slow
def test_every_indicator_can_be_said_to_show_nothing(real: Workspace) -> None:
    book = loaded(exported(real, "polestar"))
    line = rows(book, "nothing_found", "code")

    assert list(line) == [i.code for i in real.methodology("automotive-2024").indicators()]


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guidance_is_that_of_the_methodology(real: Workspace, language: Language) -> None:
    book = loaded(exported(real, "polestar", language))
    for code, row in rows(book, "guidance", "code", language).items():
        indicator = real.methodology("automotive-2024").indicator(code)
        guidance, terms = indicator.guidance, indicator.search_terms
        assert guidance is not None
        assert terms is not None
        assert value(book, "guidance", row, "counts", language) == guidance.counts.get(language)
        search = str(value(book, "guidance", row, "search", language))
        assert all(term in search for term in (*terms.en, *terms.zh))
        rules = value(book, "guidance", row, "rules", language) or ""
        assert str(rules).split("; ") == (list(guidance.rules) or [""])


@pytest.mark.parametrize("language", LANGUAGES)
def test_grading_rules_stand_on_a_sheet_with_their_reasons(
    real: Workspace, language: Language
) -> None:
    book = loaded(exported(real, "polestar", language))
    line = rows(book, "rules", "id", language)
    known = real.methodology("automotive-2024").grading_rules
    assert list(line) == [rule.id for rule in known]
    for rule in known:
        for key in ("question", "rule", "reason"):
            text = getattr(rule, key).get(language)
            assert value(book, "rules", line[rule.id], key, language) == text  # type: ignore[arg-type]
