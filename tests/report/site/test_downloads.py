"""The page of downloads names every file, and says what is in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cati.report.edition import Edition
from cati.report.facts import Facts
from cati.report.site.downloads import pages
from cati.report.site.frame import Site
from tests.report.site.test_pages import read


def test_every_file_is_described(site: Path) -> None:
    html = (site / "en/downloads.html").read_text(encoding="utf-8")
    for line in html.splitlines():
        if line.startswith('<li><a href="../data/'):
            assert line.partition("</a>")[2].removesuffix("</li>").strip(), line


def test_workbooks_and_reports_of_both_languages_are_offered(site: Path) -> None:
    links = set(read(site / "zh/downloads.html").attributes("href"))
    names = {
        f"../automakers-2024.{code}.{kind}" for code in ("en", "zh") for kind in ("xlsx", "pdf")
    }
    assert names <= links


def test_no_report_for_print_is_offered_that_could_not_be_made(edition: Edition) -> None:
    ((_, page),) = pages(Site(Facts(edition), "zh", {}, "en", ("en",)))
    assert "automakers-2024.en.pdf" in page
    assert "automakers-2024.zh.pdf" not in page
    assert "未找到中文字体，因此仅提供英文版打印报告。" in page


def test_a_report_in_both_languages_needs_no_excuse(site: Path) -> None:
    assert "未找到中文字体" not in read(site / "zh/downloads.html").text


def test_a_chinese_list_of_files_has_chinese_punctuation(site: Path) -> None:
    text = read(site / "zh/downloads.html").text
    assert "可打印报告：English，automakers-2024.en.pdf" in text


def test_files_of_a_draft_have_it_in_their_names(edition: Edition) -> None:
    draft = replace(edition, draft=True)
    ((_, page),) = pages(Site(Facts(draft), "en", {}, "en", ("en",)))
    assert "automakers-2024-draft.en.xlsx" in page
    assert "data/ranking-draft.csv" in page
