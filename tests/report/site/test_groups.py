"""The page of groups: every group with its number of companies, with and without joint ventures."""

from __future__ import annotations

from pathlib import Path
from statistics import mean

import pytest

from cati.model.rounding import half_up
from cati.report.edition import Edition
from tests.report.site.test_pages import Page, read


def rows(page: Page, name: str) -> list[list[str]]:
    return [row for row in page.rows if row and row[0] == name]


def test_means_are_those_of_the_companies(site: Path, edition: Edition) -> None:
    page = read(site / "en/groups.html")
    joint = set(edition.joint_ventures)
    chinese = [
        c for c in edition.card.companies if str(edition.entities[c].region).startswith("chinese")
    ]
    for group in (chinese, [c for c in chinese if c not in joint]):
        average = mean(edition.card.total(company).low for company in group)
        expected = [str(len(group)), str(half_up(average, 1))]
        assert expected in [row[1:3] for row in rows(page, "Chinese companies")]


def test_small_groups_are_marked_and_it_is_said_why(site: Path) -> None:
    page = read(site / "en/groups.html")
    assert {row[1] for row in rows(page, "Korean company")} == {"2 *"}
    assert "fewer than 5 companies: a single one moves the figures far" in page.text


def test_very_few_companies_have_no_interval(site: Path) -> None:
    page = read(site / "en/groups.html")
    groups = [row for row in page.rows if len(row) == 7 and row[1].rstrip(" *").isdigit()]
    assert {row[3] == "–" for row in groups if row[1].endswith("*")} == {True}
    assert all(row[3].startswith("[") for row in groups if not row[1].endswith("*"))
    assert rows(page, "Korean company less all others")[0][2] == "–"


@pytest.mark.parametrize(("language", "word"), [("en", "disputed"), ("zh", "记载不一致")])
def test_a_listing_on_which_sources_disagree_is_called_as_in_the_ranking(
    site: Path, language: str, word: str
) -> None:
    listed = (site / language / "groups.html").read_text(encoding="utf-8").partition('id="listed"')
    assert f'<th scope="row">{word}</th><td>2 *</td>' in listed[2]
    ranking = (site / language / "ranking.html").read_text(encoding="utf-8")
    assert ranking.count(f'<td class="profile">{word}</td>') == 2


def test_every_table_names_its_base(site: Path) -> None:
    page = read(site / "en/groups.html")
    captions = page.html.count("Base: all companies (51)")
    assert captions >= 6
    assert "Base: without joint ventures (37)" in page.html


def test_a_strip_marks_every_company_once(site: Path, edition: Edition) -> None:
    html = (site / "en/groups.html").read_text(encoding="utf-8")
    first = html[html.index('id="chinese"') :].partition("</table>")[0]
    assert first.count('class="one"') == len(edition.card.companies)
