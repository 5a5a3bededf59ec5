"""A report on the assessed basis: intervals everywhere, evidence to the page, no rank as done."""

from __future__ import annotations

import csv
import html
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from frictionless import Package
from openpyxl import load_workbook

from cati.model.language import LANGUAGES, Language
from cati.model.rounding import plain
from cati.report.data.files import write_data
from cati.report.edition import Edition
from cati.report.figures.drawing import draw_figures
from cati.report.publish import publish
from cati.report.site.pages import write_pages
from cati.report.workbook.writing import write_workbook
from cati.workspace import Workspace
from tests.conftest import Spoilable
from tests.report.workbook.test_writing import Recalculated, recalculated
from tests.scoring.test_backing import PARENT, VENTURE, venture

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["recalculated"]

EVALUATION = "automakers-2024"
LOOKED = """\
format: 1
evaluation: first
no_disclosure:
  - {code: 2.1.1, looked_in: [website], assessor: Wen, date: '2024-07-01', level: reviewed}
"""


def edition_of(workspace: Workspace, name: str) -> Edition:
    reasons = workspace.reasons(name)
    return Edition.of(workspace, reasons.card, reasons)


@pytest.fixture
def small(assessed: Spoilable) -> Workspace:
    """The tiny workspace without a printed table, one indicator of one company looked into."""
    assessed.write("companies/alpha/assessments/first.yaml", LOOKED)
    return assessed.open()


def text(page: Path) -> str:
    """What a page says, without marks."""
    content = page.read_text(encoding="utf-8")
    body = content[content.index("<main") : content.index("</main>")]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


# Pages


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ranking_shows_every_company_with_the_span_of_its_rank(
    assessed_site: Path, language: Language
) -> None:
    content = (assessed_site / language / "ranking.html").read_text(encoding="utf-8")
    ranks = re.findall(r'<tr data-rank="([^"]+)"', content)
    assert len(ranks) == 51
    assert all("–" in rank for rank in ranks)
    assert "4.4–98.6" in content


def test_nothing_is_said_of_a_printed_table(assessed_site: Path) -> None:
    for page in ("index.html", "ranking.html", "companies/polestar.html"):
        said = text(assessed_site / "en" / page)
        assert "printed rate" not in said.lower()
        assert "worked out from the total" not in said
        assert "they are not complete" in said


def test_a_company_page_leads_from_criteria_to_source_and_page(assessed_site: Path) -> None:
    said = text(assessed_site / "en/companies/polestar.html")
    assert "met 1 of 1 value For at least one car the company itself declares" in said
    assert "cati developers · 21 November 2026 · unverified" in said
    assert "Institute of Public & Environmental Affairs [1] · Table 3-5-3" in said
    assert "Polestar 2023 Sustainability Report" in said
    assert "unknown 0–2 of 2 stages" in said


def test_chinese_company_pages_keep_english_notes_marked(assessed_site: Path) -> None:
    content = (assessed_site / "zh/companies/polestar.html").read_text(encoding="utf-8")
    assert '<span lang="en">Its sustainability report of 2023 is cited' in content
    assert "至少一款" in content or "企业" in content


def test_the_methodology_page_holds_all_criteria(
    assessed_site: Path, assessed_edition: Edition
) -> None:
    said = text(assessed_site / "en/methodology.html")
    for indicator in assessed_edition.methodology.indicators():
        for route in indicator.routes:
            for criterion in route.criteria:
                assert " ".join(criterion.statement.en.split()) in said


def test_what_is_inherited_or_refused_is_told_on_the_ranking(
    real_copy: Spoilable, tmp_path: Path
) -> None:
    write_pages(
        edition_of(venture(real_copy, "3.1.1/quantified", PARENT), EVALUATION), tmp_path, {}
    )
    ranking = text(tmp_path / "en/index.html").replace("\u00a0", " ")
    assert "3.1.1/quantified · 50 % · inferred from the table" in ranking
    said = text(tmp_path / f"en/companies/{VENTURE}.html")
    assert "inherited from toyota, for 0.5 of the points (inferred from the table)" in said


def test_what_an_assessor_writes_is_text_and_not_markup(
    real_copy: Spoilable, tmp_path: Path
) -> None:
    file = "companies/polestar/assessments/automakers-2024.yaml"
    script = "<script>alert(1)</script>"
    real_copy.change(file, "rationale: A figure", f"rationale: {script} a figure")
    real_copy.change(file, "assessor: cati developers", f"assessor: {script}")
    write_pages(edition_of(real_copy.open(), EVALUATION), tmp_path, {})
    page = (tmp_path / "en/companies/polestar.html").read_text(encoding="utf-8")
    assert script not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2


def test_a_published_report_shows_evidence_and_does_not_explain_points_by_it(
    real: Workspace, tmp_path: Path
) -> None:
    reasons, card = real.reasons(EVALUATION), real.score(EVALUATION, "published")
    write_pages(Edition.of(real, card, reasons), tmp_path, {})
    said = text(tmp_path / "en/companies/polestar.html")
    assert "It does not explain the printed points above." in said
    assert "Institute of Public & Environmental Affairs [1] · Table 3-5-3" in said
    assert "met value For at least one car the company itself declares" in said
    assert "met 1 of 1" not in said
    assert "Printed rate" in said


def test_an_evaluation_without_a_printed_table_has_its_pages(
    small: Workspace, tmp_path: Path
) -> None:
    write_pages(edition_of(small, "first"), tmp_path, {})
    said = text(tmp_path / "en/companies/alpha.html")
    assert "Points, total and rank run from what is certain" in said
    assert "Lowest verification level reviewed" in said
    assert (tmp_path / "zh/methodology.html").is_file()


# Workbook


def test_the_workbook_computes_both_ends_of_every_total(
    assessed_edition: Edition, tmp_path: Path, recalculated: Recalculated
) -> None:
    path = tmp_path / "ours.xlsx"
    write_workbook(assessed_edition, path, "en")
    book = recalculated(path)
    head, *lines = [
        row
        for row in book["Ranking"].iter_rows(values_only=True)
        if isinstance(row[1], str) and row[7] is not None
    ]
    low_at, high_at = head.index("Lowest total"), head.index("Highest total")
    names = {assessed_edition.entities[c].name.en: c for c in assessed_edition.card.companies}
    assert len(lines) == 51
    for line in lines:
        total = assessed_edition.card.total(names[str(line[1])])
        assert line[low_at] == pytest.approx(float(total.low))
        assert line[high_at] == pytest.approx(float(total.high))
    (polestar,) = [line for line in lines if line[1] == "Polestar"]
    assert (polestar[0], polestar[7]) == ("1–51", "4.4–98.6")
    assert polestar[head.index("Product footprint")] == "33–100 %"
    stored = {row[1]: row for row in load_workbook(path, data_only=True)["Ranking"].values}
    assert stored["Polestar"][7:] == polestar[7:]


# Data files and figures


def test_answers_are_data_with_their_fields_described(
    assessed_edition: Edition, tmp_path: Path
) -> None:
    write_data(assessed_edition, tmp_path)
    assert Package(str(tmp_path / "datapackage.json")).validate().valid
    assert assessed_edition.reasons is not None
    answers = read(tmp_path / "answers.csv")
    assert len(answers) == 115
    (row,) = [r for r in answers if (r["company"], r["criterion"]) == ("polestar", "2.3.1/value")]
    assert (row["answer"], row["effective"], row["worth"]) == ("met", "met", "1")
    assert row["places"] == "ipe/automotive-report-2024 Table 3-5-3"
    ranking = {row["company"]: row for row in read(tmp_path / "ranking.csv")}
    assert (ranking["polestar"]["total"], ranking["polestar"]["low"]) == ("", "4.4")
    assert ranking["polestar"]["level"] == "unverified"
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report["basis"] == "assessed"
    assert {company["level"] for company in report["companies"]} == {"unverified"}
    assert (report["inherited"], report["uncounted"]) == ([], [])


def test_nothing_found_is_an_answer_to_each_criterion(real_copy: Spoilable, tmp_path: Path) -> None:
    real_copy.write(
        "companies/volvo-cars/assessments/automakers-2024.yaml",
        LOOKED.replace("first", EVALUATION).replace("2.1.1", "5.3.2"),
    )
    write_data(edition_of(real_copy.open(), EVALUATION), tmp_path)
    found = [r for r in read(tmp_path / "answers.csv") if r["company"] == "volvo-cars"]
    assert {r["criterion"].partition("/")[0] for r in found} == {"5.3.2"}
    assert {(r["effective"], r["level"], r["assessor"]) for r in found} == {
        ("not_met", "reviewed", "Wen")
    }


def test_without_criteria_the_table_of_answers_has_a_head_alone(
    small: Workspace, tmp_path: Path
) -> None:
    write_data(edition_of(small, "first"), tmp_path)
    assert (tmp_path / "answers.csv").read_text(encoding="utf-8").startswith("company,criterion,")
    assert Package(str(tmp_path / "datapackage.json")).validate().valid


def test_one_figure_shows_what_is_certain_and_what_is_possible(assessed_edition: Edition) -> None:
    figures = draw_figures(assessed_edition, "en")
    assert list(figures) == ["intervals", "scope3-series"]
    described = figures["intervals"].description
    assert "Polestar: 4.4–98.6" in described
    assert "Base: 51 companies, 14 of them joint ventures." in described
    low = [c for c in assessed_edition.card.companies if assessed_edition.card.total(c).low > 0]
    assert f"{len(low)} of 51 companies" in figures["intervals"].title


# All of it


def require_marks(folder: Path) -> None:
    """Every form says that the ranking is not final, in its language."""
    said = {"en": "Incomplete: not a final ranking.", "zh": "未完成：并非最终排名。"}
    for page in folder.rglob("*.html"):
        content = page.read_text(encoding="utf-8")
        language = page.relative_to(folder).parts[0]
        for words in [said[language]] if language in said else said.values():
            assert words in content, page
    for language, words in said.items():
        with pypdfium2.PdfDocument(folder / f"first-incomplete.{language}.pdf") as pdf:
            mark = {"en": "Incomplete", "zh": "未完成"}[language]
            for number in range(len(pdf)):
                assert mark in pdf[number].get_textpage().get_text_range()
        for sheet in load_workbook(folder / f"first-incomplete.{language}.xlsx"):
            assert words in str(sheet["A2"].value)
        assert words in (folder / "data/NOTICE.txt").read_text(encoding="utf-8")
        for figure in (folder / "figures" / language).iterdir():
            assert figure.stem.endswith("-incomplete")
    for file in ("data/report.json", "data/datapackage.json", "manifest.json"):
        about = json.loads((folder / file).read_text(encoding="utf-8"))
        assert (about["draft"], about["incomplete"]) == (False, True)
    for table in (folder / "data").glob("*.csv"):
        assert table.stem.endswith("-incomplete")


def test_a_report_is_published_for_an_evaluation_without_a_printed_table(
    small: Workspace,
) -> None:
    reasons = small.reasons("first")
    published = publish(small, "first", incomplete=True)
    assert published.folder == small.store.root / "reports/first/out-incomplete"
    require_marks(published.folder)
    manifest = json.loads((published.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["basis"] == "assessed"
    assert {
        "data/answers-incomplete.csv",
        "figures/en/intervals-incomplete.svg",
        "first-incomplete.zh.xlsx",
    } <= set(manifest["files"])
    coverage = reasons.card.coverage("alpha")
    assert plain(coverage) in (published.folder / "data/report.json").read_text(encoding="utf-8")
    assert small.open(small.store.root).check() == []


def test_a_score_on_the_assessed_basis_needs_its_reasons(real: Workspace) -> None:
    with pytest.raises(ValueError, match="needs its reasons"):
        Edition.of(real, real.reasons(EVALUATION).card)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_fit_a_desk_and_a_phone_and_ask_for_nothing(
    assessed_site: Path, browser: Browser, language: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for name in ("index.html", "groups.html", "methodology.html", "companies/polestar.html"):
        page.goto((assessed_site / language / name).as_uri())
        for details in page.locator("details").all():
            details.evaluate("element => { element.open = true }")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    page.goto((assessed_site / language / "ranking.html").as_uri())
    page.locator("#ranking th[data-id=total] button").click()
    totals = [float(t.partition("–")[0]) for t in page.locator("td.total a").all_inner_texts()]
    assert totals == sorted(totals, reverse=True)
    assert len(totals) == 51
    page.close()
    assert complaints == []
