"""The ranking page at work: other weights, the address, the columns, the keyboard."""

from __future__ import annotations

import os
import re
from decimal import Decimal
from pathlib import Path

import pytest

if os.environ.get("CATI_REQUIRE_ALL") != "1":
    pytest.importorskip("playwright", reason="the package playwright is missing")

from playwright.sync_api import Browser, Page, expect

from cati.workspace import Workspace
from tests.report.keyboard import tab_to
from tests.report.ranking_table import SLIDE, TABLE, expected_rows

pytestmark = pytest.mark.slow


def shares(first: int) -> dict[str, Decimal]:
    return {"scope12": Decimal(first), "scope3": Decimal(100 - first)}


# Other weights, in the page and in the scorer


def test_the_slider_ranks_as_the_scorer_does_at_every_step(
    site: Path, page: Page, real: Workspace
) -> None:
    page.goto((site / "en/ranking.html").as_uri())
    joint = real.joint_ventures(real.score("automakers-2024"))
    for first in range(101):
        card = real.score("automakers-2024", shares=shares(first))
        page.evaluate(SLIDE, str(first))
        assert page.evaluate(TABLE) == expected_rows(card), first
        if first % 20 == 0:
            page.get_by_label("Joint ventures").select_option("without")
            assert page.evaluate(TABLE) == expected_rows(card.without(joint)), first
            page.get_by_label("Joint ventures").select_option("all")


def test_the_slider_keeps_intervals_on_the_assessed_basis(
    page: Page, real: Workspace, assessed_site: Path
) -> None:
    page.goto((assessed_site / "en/ranking.html").as_uri())
    for first in (0, 13, 30, 50, 87, 100):
        page.evaluate(SLIDE, str(first))
        card = real.assess("automakers-2024", shares(first)).card
        assert page.evaluate(TABLE) == expected_rows(card), first


def test_other_weights_are_said_to_be_other_and_can_be_left(site: Path, page: Page) -> None:
    page.goto((site / "en/ranking.html").as_uri())
    before = page.evaluate(TABLE)
    warning = page.get_by_text("Other weights than those of the evaluation (30 : 70)")
    expect(warning).to_be_hidden()
    slider = page.get_by_label("Weight of Scopes 1 and 2 : Scope 3")
    expect(slider).to_have_attribute("aria-valuetext", "30 : 70")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "31 : 69")
    expect(warning).to_be_visible()
    expect(page.get_by_role("columnheader", name="Rank as evaluated")).to_be_visible()
    assert "Other weights" in page.get_by_role("status").inner_text()  # and so is read aloud
    page.get_by_role("button", name="Back to 30 : 70").click()
    expect(warning).to_be_hidden()
    assert "Other weights" not in page.get_by_role("status").inner_text()
    expect(page.get_by_role("columnheader", name="Rank as evaluated")).to_be_hidden()
    assert page.evaluate(TABLE) == before


def test_a_total_leads_to_its_sum_and_one_of_other_weights_to_none(site: Path, page: Page) -> None:
    page.goto((site / "en/ranking.html").as_uri())
    row = page.get_by_role("row", name="Geely Auto", exact=False)
    sum_of = row.get_by_role("link", name="61.9")
    expect(sum_of).to_have_attribute("href", re.compile("companies/geely-auto.html#sum$"))
    page.evaluate(SLIDE, "50")
    expect(row.get_by_text("63.5–65.5")).to_be_visible()
    assert row.get_by_role("link").all_inner_texts() == ["Geely Auto"]
    page.get_by_role("button", name="Back to 30 : 70").click()
    sum_of.click()
    page.wait_for_url("**/companies/geely-auto.html#sum")


def test_ranks_as_evaluated_sort_without_the_joint_ventures_too(site: Path, page: Page) -> None:
    page.goto((site / "en/ranking.html").as_uri() + "#joint=without&share=80&sort=evaluated")
    ranks = page.locator("#ranking tbody tr:visible td:nth-of-type(2)").all_inner_texts()
    assert len(ranks) == 37
    assert ranks == sorted(ranks, key=int)


# The address keeps what was chosen


def test_a_link_brings_back_what_was_chosen(site: Path, page: Page, browser: Browser) -> None:
    page.goto((site / "en/ranking.html").as_uri())
    page.get_by_label("Company", exact=True).fill("auto")
    page.get_by_label("Country", exact=True).first.select_option("CN")
    page.evaluate(SLIDE, "50")
    page.get_by_role("button", name="Governance").click()
    chosen, address = page.evaluate(TABLE), page.url
    assert 0 < len(chosen) < 51
    other = browser.new_page()
    other.goto(address)
    assert other.evaluate(TABLE) == chosen
    expect(other.get_by_label("Company", exact=True)).to_have_value("auto")
    other.get_by_role("link", name="中文").click()
    other.wait_for_url("**/zh/ranking.html#*")
    assert other.evaluate(TABLE) == chosen
    assert other.url.partition("#")[2] == address.partition("#")[2]
    other.close()


def test_a_link_brings_back_the_order_of_the_ranks_as_evaluated(site: Path, page: Page) -> None:
    start = (site / "en/ranking.html").as_uri()
    page.goto(start)
    page.evaluate(SLIDE, "50")
    page.get_by_role("button", name="Rank as evaluated").click()
    assert page.url == f"{start}#share=50&sort=evaluated"
    chosen = page.evaluate(TABLE)
    page.reload()
    assert page.url == f"{start}#share=50&sort=evaluated"
    assert page.evaluate(TABLE) == chosen
    head = page.get_by_role("columnheader", name="Rank as evaluated")
    expect(head).to_have_attribute("aria-sort", "ascending")
    page.goto(f"{start}#sort=evaluated")  # there is no such column at the evaluation's weights
    expect(page.get_by_role("columnheader", name="Rank", exact=True)).to_have_attribute(
        "aria-sort", "ascending"
    )
    assert page.url == start


def test_the_address_waits_until_the_slider_rests(site: Path, page: Page) -> None:
    """Safari refuses more than 100 changes of the address in 30 seconds."""
    page.goto((site / "en/ranking.html").as_uri())
    page.evaluate("""() => {
        window.written = [];
        const write = history.replaceState.bind(history);
        history.replaceState = (state, title, address) => {
            window.written.push(address.split('#')[1]);
            write(state, title, address);
        };
    }""")
    page.evaluate(f"for (let share = 0; share <= 100; share += 1) ({SLIDE})(share)")
    page.wait_for_url("**/en/ranking.html#share=100")
    assert page.evaluate("window.written") == ["share=100"]


def test_the_language_switch_does_not_wait_for_the_slider_to_rest(site: Path, page: Page) -> None:
    page.goto((site / "en/ranking.html").as_uri())
    page.evaluate(f"({SLIDE})(50); document.querySelector('a.language').click()")
    page.wait_for_url("**/zh/ranking.html#share=50")


@pytest.mark.parametrize(
    "state",
    [
        "share=101&sort=nothing&country=XX&joint=maybe",
        "share=%3Cscript%3E&sort=-&columns=&c=__proto__",
        "q=" + "x" * 10_000,
        "sort=constructor&country=constructor&joint=constructor",
    ],
)
def test_an_address_with_nonsense_does_no_harm(site: Path, page: Page, state: str) -> None:
    for name in ("ranking.html", "compare.html"):
        page.goto((site / "en" / name).as_uri() + "#" + state)
        expect(page.locator("h1")).to_be_visible()
        page.goto("about:blank")


def test_search_knows_every_name_of_a_company(site: Path, page: Page) -> None:
    page.goto((site / "en/ranking.html").as_uri())
    for typed, company in (("吉利", "geely-auto"), ("GEELY", "geely-auto"), ("比亚迪", "byd")):
        page.get_by_label("Company", exact=True).fill(typed)
        assert company in [row[0] for row in page.evaluate(TABLE)]
    page.get_by_label("Company", exact=True).fill("nobody at all")
    expect(page.get_by_role("status")).to_contain_text("0 of 51 companies shown")


def test_columns_are_chosen_by_the_reader(site: Path, page: Page) -> None:
    page.goto((site / "en/ranking.html").as_uri())
    expect(page.get_by_role("columnheader", name="Main product")).to_be_hidden()
    page.locator("details.choice summary").click()
    page.get_by_label("Main product").last.check()
    page.get_by_label("Governance").uncheck()
    expect(page.get_by_role("columnheader", name="Main product")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Governance")).to_be_hidden()
    page.reload()
    expect(page.get_by_role("columnheader", name="Main product")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Governance")).to_be_hidden()


# The keyboard


def test_the_ranking_is_worked_by_keyboard_alone(site: Path, page: Page) -> None:
    page.goto((site / "en/ranking.html").as_uri())

    tab_to(page, "Company", "searchbox")
    page.keyboard.type("geely")
    assert [row[0] for row in page.evaluate(TABLE)] == ["geely-auto"]
    tab_to(page, "Weight of Scopes 1 and 2 : Scope 3", "slider")
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    assert page.evaluate(TABLE) == [["geely-auto", "3–5", "63.5–65.5"]]
    tab_to(page, "Start over", "button")
    page.keyboard.press("Enter")
    assert len(page.evaluate(TABLE)) == 51
    tab_to(page, "Company", "button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Company")).to_have_attribute(
        "aria-sort", "ascending"
    )
    tab_to(page, "BAIC Group", "link")
    page.keyboard.press("Enter")
    page.wait_for_url("**/companies/baic-group.html")
