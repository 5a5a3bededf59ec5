"""The pages in a browser: sorting, joint ventures, languages, widths, and no word to anyone."""

from __future__ import annotations

import os
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

if os.environ.get("CATI_REQUIRE_ALL") != "1":
    pytest.importorskip("playwright", reason="the package playwright is missing")

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from cati.model.language import LANGUAGES
from cati.report.site.pages import write_pages
from tests.report.conftest import TINY, open_edition

pytestmark = pytest.mark.slow

WIDTHS = {"desktop": (1280, 800), "phone": (390, 844)}
PAGES = (
    "index.html",
    "ranking.html",
    "compare.html",
    "groups.html",
    "indicators.html",
    "indicators/5.3.2.html",
    "methodology.html",
    "figures.html",
    "downloads.html",
    "cite.html",
    "errata.html",
    "companies/geely-auto.html",
    "companies/dpca.html",
)
SHEET = 688  # A4 less its margins, in CSS pixels
LANDSCAPE = {"ranking.html": 1047}
INK = "rgb(28, 35, 38)"

BOXES = """() => Array.from(document.querySelectorAll('.scroll'), box => {
    const style = getComputedStyle(box);
    return [style.backgroundColor, style.backgroundImage, style.overflowX, style.color];
})"""


def column(page: Page, number: int) -> list[str]:
    """The visible cells of a column of the ranking, counted from 1."""
    cells = page.locator(f"#ranking tbody tr:visible > :nth-child({number})")
    return [text.strip() for text in cells.all_inner_texts()]


def show_column(page: Page, name: str) -> None:
    """Choose a column that is not shown at first."""
    choice = page.locator("details.choice")
    choice.evaluate("details => { details.open = true }")
    choice.get_by_label(name, exact=True).check()


def open_everything(page: Page) -> None:
    page.locator("details").evaluate_all("all => all.forEach(details => { details.open = true })")


def numbers(cells: list[str]) -> list[float]:
    return [float(cell.partition("–")[0]) for cell in cells]


@pytest.mark.parametrize("size", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_fit_and_load_without_a_complaint(
    site: Path, page: Page, language: str, size: str
) -> None:
    width, height = WIDTHS[size]
    page.set_viewport_size({"width": width, "height": height})
    page.goto((site / "index.html").as_uri())
    for name in PAGES:
        page.goto((site / language / name).as_uri())
        open_everything(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        expect(page.locator("h1")).to_be_visible()


def test_wide_tables_scroll_in_a_box_of_their_own(site: Path, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto((site / "en/ranking.html").as_uri())
    box = page.locator(".scroll").first
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    box.focus()
    page.keyboard.press("ArrowRight")
    while box.evaluate("box => box.scrollLeft") == 0:
        page.wait_for_timeout(20)
    assert page.evaluate("document.scrollingElement.scrollLeft") == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_printed_tables_stand_whole_and_plain_on_the_sheet(
    site: Path, page: Page, language: str
) -> None:
    page.emulate_media(media="print")
    for name in PAGES:
        width = LANDSCAPE.get(name, SHEET)
        page.set_viewport_size({"width": width, "height": 1000})
        page.goto((site / language / name).as_uri())
        open_everything(page)
        boxes = page.evaluate(BOXES)
        assert boxes == [["rgba(0, 0, 0, 0)", "none", "visible", INK]] * len(boxes), name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_phone_shows_two_companies_and_all_totals_whole(
    site: Path, page: Page, language: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto((site / language / "compare.html").as_uri())
    box = page.locator(".scroll")
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")
    page.goto((site / language / "index.html").as_uri())
    for drawn in page.locator(".dots :is(circle, text)").all():
        place = drawn.bounding_box()
        assert place is not None
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= 390
    for label in page.locator(".dots text").all():
        assert (label.bounding_box() or {"height": 0})["height"] >= 10


def test_phone_shows_the_bars_of_a_company_before_anything_is_scrolled(
    site: Path, page: Page
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto((site / "en/companies/geely-auto.html").as_uri())
    bars = page.locator(".columns .bars svg")
    assert bars.count() > 0
    for bar in bars.all():
        place = bar.bounding_box()
        assert place is not None
        assert place["x"] + place["width"] <= 390


def test_phone_shades_the_edge_where_a_table_goes_on(site: Path, page: Page) -> None:
    """The last pixels of a row without tint are darker until the table is scrolled to its end."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto((site / "en/methodology.html").as_uri())
    box = page.locator(".scroll:has(.tracks)")

    def darkest_edge() -> int:
        image = Image.open(BytesIO(box.screenshot())).convert("L")
        right = image.crop((image.width - 1, 0, image.width, image.height))
        return sorted(right.tobytes())[image.height // 2]

    assert darkest_edge() < 200
    box.evaluate("box => { box.scrollLeft = box.scrollWidth }")
    assert darkest_edge() > 240


def test_head_of_the_ranking_stays_in_sight_where_the_table_fits(site: Path, page: Page) -> None:
    page.set_viewport_size({"width": 1600, "height": 800})
    page.goto((site / "en/ranking.html").as_uri())
    page.get_by_role("link", name="FAW Toyota").scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="Total")).to_be_in_viewport()


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_sort_by_mouse_from_the_highest(site: Path, page: Page, language: str) -> None:
    page.goto((site / language / "ranking.html").as_uri())
    header = page.locator("#ranking thead th").nth(8)
    header.locator("button").click()
    expect(header).to_have_attribute("aria-sort", "descending")
    rates = numbers(column(page, 9))
    assert rates == sorted(rates, reverse=True)
    assert len(rates) == 51
    header.locator("button").click()
    expect(header).to_have_attribute("aria-sort", "ascending")
    rates = numbers(column(page, 9))
    assert rates == sorted(rates)
    assert page.locator("[aria-sort]").count() == 1


def test_names_sort_by_keyboard_from_a_to_z(site: Path, page: Page) -> None:
    page.goto((site / "en/ranking.html").as_uri())
    button = page.get_by_role("button", name="Company")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Company")).to_have_attribute(
        "aria-sort", "ascending"
    )
    names = [name.casefold() for name in column(page, 2)]
    assert names == sorted(names)
    page.keyboard.press("Space")
    assert column(page, 2)[0] == "Yueda Kia JV"


def test_chinese_names_sort_by_their_sound(site: Path, page: Page) -> None:
    page.goto((site / "zh/ranking.html").as_uri())
    page.get_by_role("button", name="企业", exact=True).click()
    names = [name for name in column(page, 2) if "\u4e00" <= name[0] <= "\u9fff"]
    assert names.index("宝马") < names.index("大众汽车集团") < names.index("蔚来")


def test_equal_values_keep_the_order_of_the_ranking(site: Path, page: Page) -> None:
    page.goto((site / "en/ranking.html").as_uri())
    show_column(page, "Listed")
    page.get_by_role("button", name="Country").click()
    page.get_by_role("button", name="Listed").click()
    for answer in ("no", "yes"):
        rows = zip(column(page, 1), column(page, 7), strict=True)
        ranks = [int(rank) for rank, listed in rows if listed == answer]
        assert ranks == sorted(ranks)


def test_an_interval_sorts_by_its_lower_end(site: Path, page: Page) -> None:
    page.goto((site / "en/ranking.html").as_uri())
    show_column(page, "Affiliates")
    page.get_by_role("button", name="Affiliates").click()
    rates = column(page, 19)
    assert "8–67" in rates
    assert numbers(rates) == sorted(numbers(rates), reverse=True)


def test_ranking_without_joint_ventures_is_ranked_anew(site: Path, page: Page) -> None:
    page.goto((site / "en/ranking.html").as_uri())
    all_names, all_ranks = column(page, 2), column(page, 1)
    status = page.locator("#status")
    said = "51 of 51 companies shown; ranked among all, joint ventures included"
    expect(status).to_have_text(said)
    page.get_by_label("Joint ventures").select_option("without")
    assert column(page, 2) == [name for name in all_names if not name.endswith("JV")]
    ranks = [int(rank) for rank in column(page, 1)]
    assert ranks == [rank if rank != 18 else 17 for rank in range(1, 38)]
    expect(status).to_have_text("37 of 37 companies shown; ranked anew without the joint ventures")
    page.get_by_role("button", name="Total").click()
    page.get_by_role("button", name="Total").click()
    assert column(page, 2)[0] == "Hozonauto"
    assert column(page, 1)[0] == "37"
    page.get_by_label("Joint ventures").select_option("only")
    assert column(page, 2) == [name for name in all_names if name.endswith("JV")][::-1]
    page.get_by_role("button", name="Start over").click()
    assert (column(page, 2), column(page, 1)) == (all_names, all_ranks)


def test_switching_the_language_keeps_the_page(site: Path, page: Page) -> None:
    for name in PAGES:
        page.goto((site / "en" / name).as_uri())
        page.get_by_role("link", name="中文", exact=True).click()
        page.wait_for_url((site / "zh" / name).as_uri())
        expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
        page.get_by_role("link", name="English", exact=True).click()
        page.wait_for_url((site / "en" / name).as_uri())


def test_from_the_chooser_to_a_total_and_back(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="English").click()
    page.get_by_role("link", name="The whole ranking").first.click()
    page.get_by_role("row", name="15 Stellantis").get_by_role("link", name="46.0").click()
    expect(page.get_by_text("8 + 0.6 × 26 + 1.4 × 16 = 46.0")).to_be_in_viewport()
    page.get_by_role("navigation", name="Companies").get_by_role("link", name="Ranking").click()
    expect(page.locator("h1")).to_contain_text("Climate action of 51 automakers, 2024")


def test_keyboard_reaches_the_content_past_the_head(site: Path, page: Page) -> None:
    page.goto((site / "en/ranking.html").as_uri())
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_everything_is_there_without_script(site: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "en/ranking.html").as_uri())
    assert page.locator("#ranking tbody tr").count() == 51
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.locator("#controls")).to_be_hidden()
    page.goto((site / "en/compare.html").as_uri())
    expect(page.get_by_text("This page needs scripts")).to_be_visible()
    page.goto((site / "en/companies/geely-auto.html").as_uri())
    page.locator("summary").first.click()
    name = "Emissions data from steel and aluminium suppliers"
    expect(page.get_by_role("rowheader", name=name)).to_be_visible()
    context.close()


VIOLATION = """add => new Promise(resolve => {
    document.addEventListener('securitypolicyviolation',
        event => resolve(event.effectiveDirective));
    setTimeout(() => resolve('nothing refused'), 3000);
    const element = document.createElement(add.tag);
    for (const [name, value] of Object.entries(add.attributes)) element.setAttribute(name, value);
    element.textContent = add.text || '';
    document.body.append(element);
})"""


@pytest.mark.parametrize(
    ("directive", "tag", "attributes", "text"),
    [
        ("script-src-elem", "script", {}, "window.ran = true"),
        ("style-src-elem", "style", {}, "body { display: none }"),
        ("style-src-attr", "p", {"style": "color: red"}, ""),
        ("img-src", "img", {"src": "https://example.invalid/x.png"}, ""),
        ("frame-src", "iframe", {"src": "https://example.invalid/"}, ""),
    ],
)
def test_policy_refuses_what_is_not_the_page_s_own(
    site: Path, browser: Browser, directive: str, tag: str, attributes: dict[str, str], text: str
) -> None:
    page = browser.new_page()
    page.goto((site / "en/ranking.html").as_uri())
    add = {"tag": tag, "attributes": attributes, "text": text}
    assert page.evaluate(VIOLATION, add) == directive
    assert not page.evaluate("'ran' in window")
    page.close()


def test_ranking_without_a_joint_venture_has_no_choice_to_make(page: Page, tmp_path: Path) -> None:
    edition = open_edition(TINY, "first")
    plain = {
        name: entity.model_copy(update={"kind": "automaker"})
        for name, entity in edition.entities.items()
    }
    write_pages(replace(edition, entities=plain), tmp_path, {})
    page.goto((tmp_path / "en/ranking.html").as_uri())
    expect(page.get_by_label("Joint ventures")).to_have_count(0)
    page.get_by_role("button", name="Company").click()
    assert column(page, 2) == ["Alpha Motors", "Beta", "Gamma-Alpha"]
