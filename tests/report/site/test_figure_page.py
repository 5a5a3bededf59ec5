"""The page of figures says what each shows, also in words."""

from __future__ import annotations

from pathlib import Path

from cati.report.edition import Edition
from cati.report.site.facts import Facts
from cati.report.site.figure_page import pages
from cati.report.site.frame import Site
from tests.report.conftest import FIGURES
from tests.report.site.test_pages import read


def test_a_figure_has_title_words_and_three_files(site: Path) -> None:
    page = read(site / "en/figures.html")
    figure = FIGURES["en"]["rates"]
    assert figure.title in page.text
    assert figure.description in page.text
    links = set(page.attributes("href"))
    assert {f"../figures/en/rates.{kind}" for kind in ("svg", "png", "csv")} <= links


def test_a_report_without_figures_says_so(edition: Edition) -> None:
    ((_, page),) = pages(Site(Facts(edition), "en", {}, "en", ("en",)))
    assert "No figures were drawn" in page
    assert "<figure>" not in page
