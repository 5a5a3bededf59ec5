"""How to cite: the printed report, and this edition as what it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from cati import __version__
from cati.model.errata import Errata, KeptEdition
from cati.report.edition import Edition
from cati.report.site.cite import pages
from cati.report.site.facts import Facts
from cati.report.site.frame import Site
from tests.report.site.test_pages import read


def test_the_report_and_the_edition_are_cited_apart(site: Path) -> None:
    page = read(site / "en/cite.html")
    assert "@techreport{automotive-report-2024," in page.text
    assert "author = {{Institute of Public & Environmental Affairs}}" in page.text
    assert "year = {2024}" in page.text
    assert f"version = {{cati {__version__}}}" in page.text
    assert "Unofficial reconstruction" in page.text


def test_a_kept_edition_is_cited_by_number_and_date(edition: Edition) -> None:
    kept = KeptEdition(number=1, date=date(2026, 3, 4), by="Wen", sha256="0" * 64)
    errata = {edition.evaluation.id: Errata(format=1, editions=(kept,))}
    store = replace(edition.store, errata=errata)
    ((_, page),) = pages(Site(Facts(replace(edition, store=store)), "en", {}, "en", ("en",)))
    assert "Edition 1, 4 March 2026" in page
    assert "year = {2026}" in page


def test_a_chinese_reader_gets_a_chinese_entry(site: Path) -> None:
    text = read(site / "zh/cite.html").text
    assert "author = {{cati 开发者}}" in text
    assert "note = {非官方复现；数据截止日期：2024-07-30}" in text


def test_braces_in_a_title_do_not_end_its_field(edition: Edition) -> None:
    reference = "ipe/automotive-report-2024"
    source = edition.sources[reference].model_copy(update={"title": "A } title, author = {x"})
    changed = replace(edition, sources={**edition.sources, reference: source})
    ((_, page),) = pages(Site(Facts(changed), "en", {}, "en", ("en",)))
    assert "title = {A ) title, author = (x}," in page
