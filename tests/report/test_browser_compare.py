"""Companies side by side in a browser."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

if os.environ.get("CATI_REQUIRE_ALL") != "1":
    pytest.importorskip("playwright", reason="the package playwright is missing")

from playwright.sync_api import Locator, Page, expect

from cati.report import show
from cati.report.edition import Edition
from tests.report.keyboard import tab_to

pytestmark = pytest.mark.slow


def test_up_to_four_companies_stand_side_by_side(site: Path, page: Page, edition: Edition) -> None:
    page.goto((site / "en/compare.html").as_uri() + "#c=geely-auto+bmw+byd+polestar+kia")
    heads = page.locator("#compared thead th")
    assert heads.all_inner_texts()[1:] == ["Geely Auto", "BMW", "BYD", "Polestar"]
    shown = page.locator("#compared tr", has_text="Total of 100").locator("td .number")
    companies = ("geely-auto", "bmw", "byd", "polestar")
    assert shown.all_inner_texts() == [
        show.total(edition.card.total(company), 1) for company in companies
    ]
    affiliates = page.locator("#compared tr", has_text="Affiliates of 6").first
    assert affiliates.locator("td .number").first.inner_text() == "0.5–4"
    page.get_by_label("Company 3").select_option("")
    assert heads.all_inner_texts()[1:] == ["Geely Auto", "BMW", "Polestar"]
    page.reload()
    assert heads.all_inner_texts()[1:] == ["Geely Auto", "BMW", "Polestar"]


def test_only_who_is_certainly_highest_is_marked(site: Path, page: Page) -> None:
    page.goto((site / "en/compare.html").as_uri() + "#c=geely-auto+bmw")
    row = page.locator("#compared tr", has_text="Affiliates of 6").first
    expect(row.locator(".best")).to_have_count(0)  # 0.5–4 beside 1
    total = page.locator("#compared tr", has_text="Total of 100")
    expect(total.locator(".best .number")).to_have_text(["62.9"])
    footprint = page.locator("#compared tr", has_text="Product footprint of 6")
    expect(footprint.locator(".best .number")).to_have_text(["6", "6"])


def test_a_company_is_chosen_once(site: Path, page: Page) -> None:
    page.goto((site / "en/compare.html").as_uri() + "#c=bmw")

    def bmw(place: int) -> Locator:
        return page.get_by_label(f"Company {place}").get_by_role("option", name="BMW", exact=True)

    expect(bmw(1)).to_be_enabled()
    for place in (2, 3, 4):
        expect(bmw(place)).to_be_disabled()
    page.get_by_label("Company 1").select_option("byd")
    expect(bmw(2)).to_be_enabled()
    page.get_by_label("Company 2").select_option("bmw")
    expect(bmw(1)).to_be_disabled()
    none = page.get_by_label("Company 4").get_by_role("option", name="none")
    expect(none).to_be_enabled()


def test_companies_are_compared_by_keyboard_alone(site: Path, page: Page) -> None:
    page.goto((site / "en/compare.html").as_uri() + "#c=")
    heads = page.locator("#compared thead th")
    tab_to(page, "Company 1", "combobox")
    page.keyboard.type("BMW")
    tab_to(page, "Company 3", "combobox")  # one may be left out
    page.keyboard.type("Volvo Cars")
    assert heads.all_inner_texts()[1:] == ["BMW", "Volvo Cars"]
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Home")
    assert heads.all_inner_texts()[1:] == ["Volvo Cars"]
    page.reload()
    assert heads.all_inner_texts()[1:] == ["Volvo Cars"]
    tab_to(page, "Volvo Cars", "link")
    page.keyboard.press("Enter")
    page.wait_for_url("**/companies/*.html")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Volvo Cars")
