"""Company and indicator pages in a browser: links open what they lead to, and nothing is cut."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

if os.environ.get("CATI_REQUIRE_ALL") != "1":
    pytest.importorskip("playwright", reason="the package playwright is missing")

from playwright.sync_api import Page, expect

from cati.model.language import LANGUAGES
from cati.report.edition import Edition
from cati.report.site import company as page_company
from cati.report.site import errata as page_errata
from cati.report.site import indicator as page_indicator
from cati.report.site import methodology as page_methodology
from cati.workspace import Workspace
from tests.report.one_kind import pages_of

pytestmark = pytest.mark.slow

EVALUATION = "automakers-2024"
KINDS = (page_company.pages, page_indicator.pages, page_methodology.pages, page_errata.pages)
SHOWN = (
    "companies/mercedes-benz.html",
    "companies/dpca.html",
    "indicators/2.2.1.html",
    "indicators.html",
    "methodology.html",
    "errata.html",
)
CUT = """() => Array.from(document.querySelectorAll('summary span, td, th, dd, p, li'))
    .filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline'
        && getComputedStyle(e).overflowX !== 'visible')
    .map(e => e.textContent.trim().slice(0, 60))"""


@pytest.fixture(scope="module")
def folder(real: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """These kinds of page with all the evidence of the real evaluation."""
    reasons = real.reasons(EVALUATION)
    edition = Edition.of(real, real.score(EVALUATION), reasons)
    root = tmp_path_factory.mktemp("kinds")
    for language in LANGUAGES:
        for kind in KINDS:
            for path, page in pages_of(kind, edition, language).items():
                target = root / language / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(page, encoding="utf-8")
    return root


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [1280, 390])
def test_pages_fit_with_everything_open(
    folder: Path, page: Page, language: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for name in SHOWN:
        page.goto((folder / language / name).as_uri())
        page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert page.evaluate(CUT) == [], name
        expect(page.locator("h1")).to_be_visible()


def test_from_an_indicator_to_what_a_company_discloses_on_it(folder: Path, page: Page) -> None:
    page.goto((folder / "en/indicators/2.2.1.html").as_uri())
    page.locator("table.earned").get_by_role("link", name="Geely Auto").click()
    page.wait_for_url("**/geely-auto.html#i2.2.1")
    statement = page.get_by_text("Geely Auto names steel, aluminium and batteries as hotspots")
    expect(statement.first).to_be_in_viewport()


def test_a_link_inside_the_page_opens_the_indicator(folder: Path, page: Page) -> None:
    page.goto((folder / "zh/companies/geely-auto.html").as_uri())
    page.locator("details").first.locator("summary").click()
    page.locator("table.levels").get_by_role("link", name="5.4.7", exact=True).click()
    expect(page.locator('[id="i5.4.7"]')).to_have_attribute("open", "")
    expect(page.locator('[id="i5.4.7"] ul').first).to_be_in_viewport()


@pytest.mark.parametrize("key", ["Enter", None])
def test_the_language_switch_keeps_the_opened_indicator(
    folder: Path, page: Page, key: str | None
) -> None:
    page.goto((folder / "en/companies/bmw.html").as_uri())
    for code in ("5.3.2", "3.2.1"):
        summary = page.locator(f'[id="i{code}"] > summary')
        summary.press(key) if key else summary.click()
    page.get_by_role("link", name="中文").click()
    page.wait_for_url("**/zh/companies/bmw.html#i3.2.1")
    opened = page.locator('[id="i3.2.1"]')
    expect(opened).to_have_attribute("open", "")
    expect(opened.locator("summary").first).to_be_in_viewport()
    opened.locator("summary").first.click()
    expect(opened).not_to_have_attribute("open", "")
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en/companies/bmw.html")


def test_an_indicator_opens_by_keyboard(folder: Path, page: Page) -> None:
    page.goto((folder / "en/companies/bmw.html").as_uri())
    page.locator('[id="i1.1.1"] summary').focus()
    page.keyboard.press("Enter")
    expect(page.locator('[id="i1.1.1"]')).to_have_attribute("open", "")
