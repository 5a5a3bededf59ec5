"""How to cite: the printed report, and this edition as what it is."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cati import __version__
from cati.model.errata import Errata, KeptEdition
from cati.model.language import Language
from cati.model.source import Source
from cati.report.edition import Edition
from cati.report.site.cite import PATH, pages
from cati.store.file_kinds import ERRATA
from cati.workspace import Workspace
from tests.report.one_kind import pages_of
from tests.report.publishers import published_by
from tests.report.site.test_pages import read

pytestmark = pytest.mark.slow


def cite(edition: Edition, language: Language) -> str:
    """The page, with ampersands and quotes as a reader sees them."""
    return html.unescape(pages_of(pages, edition, language)[PATH])


def changed_source(edition: Edition, fields: dict[str, object]) -> dict[str, Source]:
    """All sources, the one that is cited with other fields."""
    reference = "ipe/automotive-report-2024"
    return {
        **edition.sources,
        reference: edition.sources[reference].model_copy(update=fields),
    }


def test_the_report_and_the_edition_are_cited_apart(site: Path) -> None:
    page = read(site / "en/cite.html")
    assert "@techreport{automotive-report-2024," in page.text
    assert "author = {{Institute of Public \\& Environmental Affairs}}" in page.text
    assert "year = {2024}" in page.text
    assert f"version = {{cati {__version__}}}" in page.text
    assert "Unofficial reconstruction" in page.text


def test_a_kept_edition_is_cited_by_number_and_date(edition: Edition) -> None:
    kept = KeptEdition(number=1, date=date(2026, 3, 4), by="Wen", sha256="0" * 64)
    errata = {edition.evaluation.id: Errata(format=1, editions=(kept,))}
    store = edition.store.with_records(ERRATA, errata)
    page = cite(replace(edition, workspace=Workspace(store)), "en")
    assert "Edition 1, 4 March 2026" in page
    assert "year = {2026}" in page


def test_a_chinese_reader_gets_a_chinese_entry(site: Path) -> None:
    text = read(site / "zh/cite.html").text
    assert "author = {{cati 开发者}}" in text
    assert "note = {非官方复现；数据截止日期：2024-07-30}" in text


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("A } title, author = {x", r"A \textbraceright{} title, author = \textbraceleft{}x"),
        ("R&D: 100% of #1, a_b, $5", r"R\&D: 100\% of \#1, a\_b, \$5"),
        (
            r"~ ^ \input{x}",
            r"\textasciitilde{} \textasciicircum{} "
            r"\textbackslash{}input\textbraceleft{}x\textbraceright{}",
        ),
    ],
)
def test_a_title_is_text_to_latex_and_cannot_end_its_field(
    edition: Edition, title: str, written: str
) -> None:
    link = "https://example.org/a_{b}?c=%20&d#e~"
    hostile = changed_source(edition, {"title": title, "link": link})
    page = cite(replace(edition, sources=hostile), "en")
    assert f"  title = {{{written}}},\n" in page
    assert "  url = {https://example.org/a_%7Bb%7D?c=%20&d#e~},\n" in page


def test_what_the_source_says_of_itself_stands_with_it_in_both_languages(site: Path) -> None:
    assert "the Chinese edition is the official one" in read(site / "en/cite.html").text
    assert "正式文本为中文版" in read(site / "zh/cite.html").text


def test_a_note_in_english_alone_is_marked_so(edition: Edition) -> None:
    noted = changed_source(edition, {"note": "Scanned <b>badly</b>."})
    page = pages_of(pages, replace(edition, sources=noted), "zh")[PATH]
    assert '<span lang="en">Scanned &lt;b&gt;badly' in page


def test_a_publisher_is_the_author_and_says_where_the_report_is(edition: Edition) -> None:
    page = cite(published_by(edition, url="https://north.example/a_b"), "en")
    assert f"North & South: {edition.evaluation.name.en}. Made with" in page
    assert r"author = {{North \& South}}," in page
    assert "url = {https://north.example/a_b}," in page
    assert "The cati developers" not in page
    assert "author = {{南北}}," in cite(published_by(edition), "zh")
