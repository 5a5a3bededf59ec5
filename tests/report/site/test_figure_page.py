"""The page of figures says what each shows, also in words."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from cati.model.language import LANGUAGES
from cati.report.edition import Edition
from cati.report.facts import Facts
from cati.report.site.figure_page import pages
from cati.report.site.frame import Site
from cati.report.site.pages import write_pages
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


def test_figures_are_inside_the_page_and_told_in_words(site: Path) -> None:
    for language in LANGUAGES:
        page = read(site / language / "figures.html")
        figure = FIGURES[language]["rates"]
        images = [attrs for tag, attrs in page.elements if tag == "img" and attrs["alt"]]
        stop = {"en": ". ", "zh": "。"}[language]
        assert [image["alt"] for image in images] == [figure.title + stop + figure.description]
        kind, _, content = images[0]["src"].partition(",")
        assert (kind, base64.b64decode(content)) == ("data:image/svg+xml;base64", figure.svg)
        assert f"../figures/{language}/rates.png" in page.attributes("href")


@pytest.mark.slow
def test_english_figures_stand_in_where_no_font_has_chinese(
    edition: Edition, tmp_path: Path
) -> None:
    write_pages(edition, tmp_path, {"en": FIGURES["en"]})
    page = read(tmp_path / "zh/figures.html")
    assert "生成本报告时未找到中文字体，图中文字为英文。" in page.text
    assert "All rates. A table of rates." in page.attributes("alt")
    assert "../figures/en/rates.png" in page.attributes("href")
    assert "未找到中文字体" not in read(tmp_path / "en/figures.html").text
