"""The page of a pack: one file, nothing from elsewhere, everything escaped."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cati.research.review.facts import pack_facts
from cati.research.review.pack_page import pack_page
from tests.conftest import Spoilable

if TYPE_CHECKING:
    from playwright.sync_api import Browser


class Tags(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_it_is_in_its_language_and_requests_nothing(review: Spoilable) -> None:
    for language, tag in (("en", "en"), ("zh", "zh-Hans")):
        page = pack_page(pack_facts(review.open(), "first", "alpha"), language)
        found = Tags(page).found
        assert ("html", {"lang": tag}) in found
        names = {name for name, _ in found}
        assert not names & {"script", "img", "link", "iframe", "object"}
        policies = [a["content"] for _, a in found if a.get("http-equiv")]
        assert str(policies[0]).startswith("default-src 'none'; style-src 'sha256-")
        assert not re.search(r"url\(|@import", page)


def test_what_the_files_say_is_escaped(review: Spoilable) -> None:
    review.change(
        "companies/alpha/evidence.yaml", "It pledges.", "'<script>alert(1)</script> & \u202e'"
    )
    page = pack_page(pack_facts(review.open(), "first", "alpha"), "en")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "\u202e" not in page


def test_it_shows_statements_answers_and_evidence(review: Spoilable) -> None:
    page = pack_page(pack_facts(review.open(), "first", "alpha"), "en")
    assert "Company review: Alpha Motors" in page
    assert "Page 3 says it." in page
    assert "Report 2023, p. 3, March 2024" in page


@pytest.mark.slow
def test_a_browser_shows_it_without_a_complaint(
    review: Spoilable, tmp_path: Path, browser: Browser
) -> None:
    path = tmp_path / "pack.html"
    facts = pack_facts(review.open(), "first", "alpha")
    path.write_text(pack_page(facts, "en"), encoding="utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 800})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto(path.as_uri())
    width = page.evaluate("document.documentElement.scrollWidth")
    styled = page.evaluate("getComputedStyle(document.querySelector('table')).tableLayout")
    page.close()
    assert (said, requested, width, styled) == ([], [path.as_uri()], 390, "fixed")
