from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import cast

import pytest

from cati.model.base import Text
from cati.model.language import LANGUAGES, Language
from cati.problems import ProblemsError, UsageError
from cati.report.xlsx import CELL_LIMIT
from cati.research.workbook.export import WorkbookExport, export_workbooks
from cati.research.workbook.importing import plan_import
from cati.research.workbook.layout import SHEETS
from cati.scoring.assessed import assess
from cati.workspace import Workspace
from tests.conftest import ROOT, Spoilable
from tests.research.office import saved_by_libreoffice
from tests.research.workbooks import (
    EVALUATION,
    assert_scored,
    exported,
    loaded,
    rows,
    sheet,
    value,
    with_evaluation,
)

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("company", ["polestar", "beijing-benz", "byd"])
def test_the_stored_values_are_the_scorers(
    real: Workspace, company: str, language: Language
) -> None:
    book = loaded(exported(real, company, language), data_only=True)

    assert_scored(book, real.assess(EVALUATION).card, company, language)


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(len(LANGUAGES), id="each in one language"),
        pytest.param(1, id="each in both", marks=pytest.mark.soak),
    ],
)
def test_every_workbook_holds_and_changes_nothing(
    real: Workspace, tmp_path: Path, step: int
) -> None:
    written = []
    for start, language in enumerate(LANGUAGES):
        export = WorkbookExport(real, EVALUATION, language)
        some = export.companies[start % step :: step]
        written += export_workbooks(export, some, tmp_path / "workbooks")
    assert len(written) == 51 * len(LANGUAGES) / step
    plan = plan_import(ROOT, written)
    assert (plan.texts, plan.answers, plan.notes) == ({}, (), ())


@pytest.mark.parametrize(
    "every", [pytest.param(8, id="some"), pytest.param(1, id="all", marks=pytest.mark.soak)]
)
def test_workbooks_hold_and_change_nothing_as_libreoffice_saves_them(
    real: Workspace, tmp_path: Path, every: int
) -> None:
    companies = WorkbookExport(real, EVALUATION, "en").companies[::every]
    written = []
    for start, language in enumerate(LANGUAGES):  # each company in one language
        export = WorkbookExport(real, EVALUATION, language)
        some = companies[start :: len(LANGUAGES)]
        written += export_workbooks(export, some, tmp_path / language)
    saved = saved_by_libreoffice(written, tmp_path)
    assert len(written) == len(saved) == len(companies)
    card = real.assess(EVALUATION).card
    for path, again in zip(written, saved, strict=True):
        company, _, language = path.name.removesuffix(".xlsx").split(".")
        assert path.read_bytes() != again.read_bytes()
        assert_scored(loaded(path, data_only=True), card, company, cast("Language", language))
        assert_scored(loaded(again, data_only=True), card, company, cast("Language", language))
    plan = plan_import(ROOT, saved)
    assert (plan.texts, plan.answers, plan.notes) == ({}, (), ())


def test_a_second_export_gives_the_same_bytes(real: Workspace, root: Path) -> None:
    for language in LANGUAGES:
        again = Workspace.open(root)
        assert exported(real, "polestar", language) == exported(again, "polestar", language)


def test_it_shows_what_the_files_say(real: Workspace) -> None:
    book = loaded(exported(real, "polestar"), data_only=True)

    line = rows(book, "answers", "criterion")["2.3.1/value"]
    (verdict,) = [
        v
        for v in real.store.assessments[EVALUATION]["polestar"].verdicts
        if v.criterion == "2.3.1/value"
    ]
    assert value(book, "answers", line, "answer") == "met"
    assert value(book, "answers", line, "effective") == "met"
    assert value(book, "answers", line, "disclosures") == "; ".join(verdict.disclosures)
    assert value(book, "answers", line, "rationale") == verdict.rationale
    assert value(book, "answers", line, "level") == verdict.level
    assert value(book, "answers", line, "answered") == f"{verdict.assessor}, {verdict.date}"
    row = rows(book, "disclosures", "reference")[verdict.disclosures[0]]
    disclosure = real.store.disclosures[verdict.disclosures[0]]
    assert value(book, "disclosures", row, "statement") == disclosure.statement
    assert value(book, "disclosures", row, "source") == disclosure.where[0].source
    assert len(rows(book, "guidance", "code")) == 51
    start = "\n".join(str(c.value) for row in sheet(book, "start").iter_rows() for c in row)
    assert "IPE has not endorsed it" in start
    assert "polestar" in start


def test_what_the_evaluation_does_not_count_is_said_and_earns_nothing(real: Workspace) -> None:
    reference = "polestar/product-footprints-by-model-year"
    retracted = real.store.disclosures[reference].model_copy(update={"retracted": "an error"})
    disclosures = {**real.store.disclosures, reference: retracted}
    book = loaded(
        exported(Workspace(replace(real.store, disclosures=disclosures)), "polestar"),
        data_only=True,
    )

    row = rows(book, "disclosures", "reference")[reference]
    assert value(book, "disclosures", row, "standing") == "does not count: retracted"
    line = rows(book, "answers", "criterion")["2.3.1/value"]
    assert value(book, "answers", line, "answer") == "met"
    assert value(book, "answers", line, "effective") == "unknown"
    assert value(book, "answers", line, "least") == 0


def test_only_a_self_assessment_offers_what_is_not_published(real: Workspace) -> None:
    private = with_evaluation(real, self_assessment=True)
    for language, words, notice in (
        ("en", "done, not published", "Private"),
        ("zh", "已做未公开", None),
    ):
        for workspace, offered in ((real, False), (private, True)):
            book = loaded(exported(workspace, "bmw", language))  # type: ignore[arg-type]
            lists = [str(c.value) for row in book["_cati"].iter_rows() for c in row]
            assert (words in lists) is offered
            texts = [str(c.value) for row in book.worksheets[0].iter_rows() for c in row]
            if notice:
                assert any(text.startswith(notice) for text in texts) is offered


def test_an_evaluation_that_nobody_has_assessed_is_exported_empty(assessed: Spoilable) -> None:
    workspace = assessed.open()
    export = WorkbookExport(workspace, "first", "en")
    evaluation = workspace.evaluation("first")
    nothing = assess(evaluation, workspace.methodology("tiny"), {}, workspace.backings("first"))

    for company in export.companies:
        book = loaded(export.workbook(company), data_only=True)
        assert_scored(book, nothing.card, company)


HOSTILE = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "{=1}", "https://x.org", "12", "a&b<c>"),
    *(
        "a\x00b\x0bc\x1f",
        "\ud800",
        "_x0041_",
        "x" * 33_000,
        "汽" * 33_000,
        "😀" * 17_000,
        "[a]:*?/\\",
    ),
    "&&&&",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_text(real: Workspace, tmp_path: Path, text: str) -> None:
    store = real.store
    name = Text.model_construct(en=text, zh=text)
    entities = {**store.entities}
    entities["polestar"] = entities["polestar"].model_copy(update={"name": name})
    evaluation = with_evaluation(real).evaluation(EVALUATION)
    evaluation = evaluation.model_copy(update={"notice": name, "name": name})
    reference = "polestar/product-footprints-by-model-year"
    said = store.disclosures[reference].model_copy(update={"statement": text})
    assessment = store.assessments[EVALUATION]["polestar"]
    verdicts = tuple(v.model_copy(update={"rationale": text}) for v in assessment.verdicts)
    hostile = Workspace(
        replace(
            store,
            entities=entities,
            evaluations={EVALUATION: evaluation},
            disclosures={**store.disclosures, reference: said},
            assessments={
                EVALUATION: {"polestar": assessment.model_copy(update={"verdicts": verdicts})}
            },
        )
    )

    content = exported(hostile, "polestar")

    book = loaded(content)
    row = rows(book, "disclosures", "reference")[reference]
    cells = [
        sheet(book, "disclosures").cell(row, 4),
        sheet(book, "answers").cell(rows(book, "answers", "criterion")["2.3.1/value"], 8),
    ]
    for cell in cells:
        assert cell.data_type == "s"
        assert cell.hyperlink is None
        assert len(str(cell.value).encode("utf-16-le")) // 2 <= CELL_LIMIT
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert package.testzip() is None
        assert not [name for name in package.namelist() if "external" in name.lower()]


def test_editable_cells_are_open_and_all_others_locked(real: Workspace) -> None:
    book = loaded(exported(real, "polestar"))

    for page in book:
        assert page.protection.sheet
        assert page.protection.password is None
    answers = sheet(book, "answers")
    line = rows(book, "answers", "criterion")["2.1.1/separate"]
    opened = [cell.coordinate[0] for cell in answers[line] if not cell.protection.locked]
    assert opened == list("FGHIJK")
    assert not sheet(book, "start")["B13"].protection.locked
    assert not sheet(book, "start")["B14"].protection.locked
    # a known disclosure is mended in its row; what the row is about, and what is worked out, stays
    known = [cell.column_letter for cell in sheet(book, "disclosures")[4] if cell.protection.locked]
    assert known == list("ABUVWX")


@pytest.mark.parametrize("language", LANGUAGES)
def test_choices_come_from_ranges(real: Workspace, language: Language) -> None:
    book = loaded(exported(real, "polestar", language))
    assert book["_cati"].sheet_state == "hidden"
    assert [page.title for page in book] == [name.get(language) for name in SHEETS.values()]
    lists = [rule for page in book for rule in page.data_validations.dataValidation]
    dropdowns = {rule.formula1 for rule in lists if rule.type == "list"}

    assert len(dropdowns) == 6
    for name in dropdowns:
        ((title, place),) = book.defined_names[name].destinations
        words = [cell.value for row in book[title][place.replace("$", "")] for cell in row]
        assert all(words), name
        assert len(words) == len(set(words)), name


def test_files_are_written_and_none_is_replaced(real: Workspace, tmp_path: Path) -> None:
    export = WorkbookExport(real, EVALUATION, "en")
    folder = tmp_path / "new" / "folder"
    (first,) = export_workbooks(export, ["bmw"], folder)
    assert first.name == "bmw.automakers-2024.en.xlsx"
    first.write_bytes(b"filled")

    with pytest.raises(UsageError, match=r"bmw\.automakers-2024\.en\.xlsx would be overwritten"):
        list(export_workbooks(export, ["polestar", "bmw"], folder))

    assert [path.name for path in folder.iterdir()] == [first.name]
    assert first.read_bytes() == b"filled"


def test_what_cannot_be_exported_is_said(real: Workspace, real_copy: Spoilable) -> None:
    with pytest.raises(UsageError, match="no company polstar in automakers-2024"):
        WorkbookExport(real, EVALUATION, "en").workbook("polstar")
    with pytest.raises(UsageError, match="no evaluation automakers"):
        WorkbookExport(real, "automakers", "en")
    real_copy.change("companies/polestar/evidence.yaml", "polarity: supports", "polarity: yes")
    with pytest.raises(ProblemsError):
        WorkbookExport(real_copy.open(), EVALUATION, "en")
