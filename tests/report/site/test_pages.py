"""What the pages say, and that nothing in a file can make them say anything else."""

from __future__ import annotations

import base64
import csv
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from cati.model.base import Text
from cati.model.language import LANGUAGES, Language
from cati.model.rounding import plain
from cati.report.data.files import write_data
from cati.report.edition import Edition
from cati.report.facts import safe_link
from cati.report.site.pages import write_pages
from tests.report.conftest import ROOT, TINY, open_edition

pytestmark = pytest.mark.slow

REPORT = ROOT / "reports/automakers-2024"

FACTORS = {"once": Fraction(1), "scope12": Fraction(3, 5), "scope3": Fraction(7, 5)}
TERM = {
    "governance": "once",
    "product_footprint": "once",
    "scope12_disclosure": "scope12",
    "scope12_targets": "scope12",
    "scope12_action": "scope12",
    "affiliates": "scope12",
    "scope3_disclosure": "scope3",
    "scope3_targets": "scope3",
    "scope3_action": "scope3",
    "upstream_suppliers": "scope3",
}
"""Which term of the sum each column belongs to, as METHOD says; not read from the registry."""

Element = tuple[str, dict[str, str]]


class Page(HTMLParser):
    """The elements of a page, its table cells by row, and its text."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.rows: list[list[str]] = []
        self.text = ""
        self._cell = False
        self.html = path.read_text(encoding="utf-8")
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        self._cell = tag in ("td", "th") or self._cell

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._cell = False

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._cell:
            self.rows[-1][-1] += data

    def attributes(self, name: str) -> Iterator[str]:
        return (attrs[name] for _, attrs in self.elements if name in attrs)


@cache
def read(path: Path) -> Page:
    return Page(path)


def every_page(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def published() -> list[dict[str, str]]:
    with (REPORT / "published.csv").open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def sums() -> dict[str, list[str]]:
    """The sum of every company and alternative, worked out from the files alone."""
    terms: dict[tuple[str, str], dict[str, Fraction]] = {}
    with (REPORT / "points.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            key = row["company"], row["alternative"]
            points = terms.setdefault(key, dict.fromkeys(FACTORS, Fraction(0)))
            if row["column"] in TERM:
                points[TERM[row["column"]]] += Fraction(row["points"])
    totals = {row["company"]: row["total"] for row in published()}
    result: dict[str, list[str]] = {}
    for (company, _), points in terms.items():
        once, scope12, scope3 = (plain(points[term]) for term in FACTORS)
        text = f"{once} + 0.6 × {scope12} + 1.4 × {scope3} = {totals[company]}"
        result.setdefault(company, []).append(text)
    return result


def ranking_rows(site: Path, language: Language) -> list[list[str]]:
    return [row for row in read(site / language / "ranking.html").rows if row[0].isdigit()]


def rows_under(page: Page, head: str) -> dict[str, list[str]]:
    """Rows of a table by their first cell."""
    start = next(i for i, row in enumerate(page.rows) if row and row[0] == head)
    # later tables may have a row of the same name
    return {row[0]: row[1:] for row in reversed(page.rows[start + 1 :])}


# What they say


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_company_page_shows_its_sum(site: Path, language: Language) -> None:
    assert len(sums()) == 51
    for company, expected in sums().items():
        html = (site / language / f"companies/{company}.html").read_text(encoding="utf-8")
        assert re.findall(r'<p class="sum">(.*)</p>', html) == expected


def test_sums_that_were_checked_by_hand() -> None:
    expected = sums()
    assert expected["stellantis"] == ["8 + 0.6 × 26 + 1.4 × 16 = 46.0"]
    assert expected["jlr"] == ["7 + 0.6 × 17.5 + 1.4 × 14.5 = 37.8"]
    assert expected["hozon"] == ["2 + 0.6 × 0 + 1.4 × 0 = 2.0"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_ranking_gives_every_printed_total_and_rate(site: Path, language: Language) -> None:
    rows = {row[3]: row for row in ranking_rows(site, language)}
    assert len(ranking_rows(site, language)) == 51
    columns = list(published()[0])[4:]
    for printed in published():
        row = rows[printed["total"]]
        # the two columns that are not printed come last
        shown = dict(zip(columns, row[8:-2], strict=True))
        if printed["company"] not in ("rivian", "subaru"):  # their totals are equal
            assert shown == {column: printed[column] for column in columns}, printed["company"]


def test_equal_totals_share_a_rank_and_the_printed_numbers_are_named(site: Path) -> None:
    ranks = [row[0] for row in ranking_rows(site, "en")]
    assert ranks == [str(rank if rank != 18 else 17) for rank in range(1, 52)]
    text = read(site / "en/ranking.html").text
    assert (
        "Rivian and Subaru: equal totals (39.3) share rank 17 here; "
        "the printed table numbers its rows and gives 17 and 18." in text
    )


def test_ranks_without_joint_ventures_are_exact(site: Path, edition: Edition) -> None:
    totals = [
        Fraction(row["total"])
        for row in published()
        if row["company"] not in edition.joint_ventures
    ]
    page = read(site / "en/ranking.html")
    rows = [attrs for tag, attrs in page.elements if tag == "tr" and "data-rank" in attrs]
    ranks = [row["data-rank-without"] for row in rows if "data-rank-without" in row]
    assert ranks == [str(1 + sum(other > total for other in totals)) for total in totals]
    assert len(ranks) == 37


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "Data up to 30 July 2024; report published October 2024. "
            "51 companies, 37 without the 14 joint ventures.",
        ),
        (
            "zh",
            "数据截止日期：2024年7月30日；来源报告发布于 2024年10月。"
            "共 51 家企业；不含 14 家合资企业为 37 家。",
        ),
        ("en", "Communicated with IPE 6 · Declined 1 · E-mail bounced 1 · No reply 30"),
        ("en", "51 of 51 printed totals and 510 of 510 printed rates come out equal."),
        ("en", "For 23 companies the printed columns alone give the total"),
        ("en", "For 28 companies the points of the columns that are not printed were solved"),
        ("zh", "其中 23 家企业仅凭原表已列各列即可得出总分"),
        ("en", "Scopes 1 and 2 (42 × 0.6 = 25.2) + Scope 3 (42 × 1.4 = 58.8)"),
        ("en", "for Geely Auto the printed table allows 2 ways to fill the columns"),
    ],
)
def test_front_page_says_what_the_numbers_rest_on(
    site: Path, language: Language, sentence: str
) -> None:
    assert sentence in read(site / language / "index.html").text


def test_ranking_says_which_listings_are_disputed(site: Path) -> None:
    sentence = "two tables of the report disagree on Dongfeng Motor Corporation and BAIC Group"
    assert sentence in read(site / "en/ranking.html").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_that_it_is_unofficial(
    site: Path, edition: Edition, language: Language
) -> None:
    pages = every_page(site / language)
    assert {path.name for path in site.rglob("*.html")} >= {"index.html", "byd.html", "cite.html"}
    assert len(pages) > 100
    for path in pages:
        assert edition.evaluation.notice.get(language) in read(path).text


def test_ranges_stand_where_the_table_has_two_solutions(site: Path) -> None:
    page = read(site / "en/companies/geely-auto.html")
    columns = rows_under(page, "Column")
    assert columns["Affiliates"][:4] == ["not printed", "0.5–4 of 6", "0.6", "0.3–2.4"]
    assert columns["Upstream suppliers"][:4] == ["not printed", "0–1.5 of 11", "1.4", "0–2.1"]
    assert columns["Governance"][:4] == ["85\N{NO-BREAK SPACE}%", "8.5 of 10", "1.0", "8.5"]
    assert columns["Steel and aluminium"][2:4] == ["–", "–"]
    levels = rows_under(page, "Code")
    assert levels["5"][1:] == ["16.5–18.5 of 40", "41–46\N{NO-BREAK SPACE}%"]
    assert levels["5.2"][1:] == ["0.5–4 of 6", "8–67\N{NO-BREAK SPACE}%"]
    assert levels["5.3.2"][1:] == ["1 of 3", "33\N{NO-BREAK SPACE}%"]
    assert "leave 2.4 points of the total" in page.text


def test_doubts_about_a_company_are_shown(site: Path) -> None:
    disputed = read(site / "en/companies/baic-group.html").text
    assert "Table 3-2-1: yes" in disputed
    assert "Table 3-3-1: no" in disputed
    venture = read(site / "en/companies/dpca.html").text
    assert "Dongfeng Motor Corporation · known from elsewhere, without a source here" in venture
    assert "the country is inferred from the rows of the other 13 joint ventures" in venture


def test_notes_on_a_company_are_in_the_language_of_the_page(site: Path) -> None:
    for language, note in (
        ("en", "Rated as a new energy company because its 2023 social responsibility report"),
        ("zh", "因其 2023 年社会责任报告称已于 2022 年停止生产燃油车"),
    ):
        html = (site / language / "companies/byd.html").read_text(encoding="utf-8")
        assert f'<span class="doubt">{note}' in html


def test_companies_follow_one_another_in_the_order_of_the_ranking(
    site: Path, edition: Edition
) -> None:
    company, visited = edition.card.order[0], []
    while company:
        visited.append(company)
        page = read(site / f"en/companies/{company}.html")
        ahead = [a["href"] for tag, a in page.elements if tag == "a" and a.get("rel") == "next"]
        company = ahead[0].removesuffix(".html") if ahead else ""
    assert tuple(visited) == edition.card.order


@pytest.mark.parametrize("language", LANGUAGES)
def test_methodology_page_shows_the_whole_registry(
    site: Path, edition: Edition, language: Language
) -> None:
    page = read(site / language / "methodology.html")
    shown: dict[str, list[str]] = {}
    for row in page.rows:
        shown.setdefault(row[0], row)  # the crosswalk repeats the codes further down
    for indicator in edition.methodology.indicators():
        _, title, points, _, factor = shown[indicator.code]
        assert title.startswith(indicator.title.get(language))
        assert points == str(indicator.points)
        assert factor == {"scope12": "0.6", "scope3": "1.4"}.get(indicator.track, "1.0")
    for route in edition.methodology.indicator("5.4.7").routes:
        assert route.title is not None
        assert route.title.get(language) in shown["5.4.7"][1]


def test_methodology_page_shows_both_sides_of_the_crosswalk(site: Path) -> None:
    rows = read(site / "en/methodology.html").rows
    start = next(i for i, row in enumerate(rows) if row[0] == "automotive-2024")
    pairs = {(row[0], row[2].split()[0]): row[3] for row in rows[start + 1 :]}
    titles = {row[2].split()[0]: row[2] for row in rows[start + 1 :]}
    assert pairs["1.1.4", "1.1.3"] == "same"
    assert pairs["5.3.2", "5.3.3"] == "related"
    assert pairs["1.1.2", "–"] == "no counterpart"
    assert titles["2.2.1"] == "2.2.1 Scope 3 emissions"


def test_methodology_page_shows_the_arithmetic_of_the_factors(site: Path) -> None:
    text = read(site / "en/methodology.html").text.replace("\N{NO-BREAK SPACE}", " ")
    assert "30 % × 84 = 25.2, 25.2 ÷ 42 = 0.6" in text
    assert "70 % × 84 = 58.8, 58.8 ÷ 42 = 1.4" in text


def test_another_workspace_has_pages_as_well(tmp_path: Path) -> None:
    write_pages(open_edition(TINY, "first"), tmp_path, {})
    page = read(tmp_path / "en/index.html")
    assert "3 companies, 2 without the joint venture." in page.text
    assert "No figures were drawn" in read(tmp_path / "en/figures.html").text
    assert "3 + 0.6 × 5.5 + 1.4 × 5 = 13.3" in read(tmp_path / "en/companies/alpha.html").text


# What they may not do


def test_nothing_is_requested_from_anywhere(site: Path, edition: Edition) -> None:
    followed = {safe_link(source) for source in edition.sources.values()} - {None}
    for path in every_page(site):
        page = read(path)
        assert all(link.startswith("data:image/svg+xml;base64,") for link in page.attributes("src"))
        for link in set(page.attributes("href")) - followed:
            assert link.startswith(("data:image/svg+xml;base64,", "#")) or re.fullmatch(
                r"[\w./#=-]+", link
            ), f"{path}: {link}"
        assert re.findall(r'<link [^>]*href="(?!data:)', page.html) == []
        assert "@import" not in page.html
        assert "url(" not in page.html


def test_links_between_pages_lead_to_a_place_that_is_there(site: Path) -> None:
    places = {path: set(read(path).attributes("id")) for path in every_page(site)}
    for path in places:
        for link in read(path).attributes("href"):
            file, _, place = link.partition("#")
            if link.startswith(("data:", "https://")) or (file and not file.endswith(".html")):
                continue
            target = (path.parent / file).resolve() if file else path
            assert target in places, f"{path}: {link}"
            if "=" in place:  # what a reader has chosen, and no place
                company = place.removeprefix("c=")
                assert (path.parent.parent / f"companies/{company}.html") in places, link
            else:
                assert not place or place in places[target], f"{path}: {link}"


def test_downloads_have_the_names_under_which_they_are_written(
    edition: Edition, site: Path, tmp_path: Path
) -> None:
    write_data(edition, tmp_path / "data")
    written = {f"../data/{path.name}" for path in (tmp_path / "data").iterdir()}
    for language in LANGUAGES:
        links = set(read(site / language / "downloads.html").attributes("href"))
        assert {link for link in links if link.startswith("../data/")} == written
        assert f"../automakers-2024.{language}.xlsx" in links


def test_every_page_leads_to_itself_in_the_other_language(site: Path) -> None:
    for path in every_page(site / "en"):
        page = read(path)
        href = next(a["href"] for _, a in page.elements if a.get("class") == "language")
        twin = site / "zh" / path.relative_to(site / "en")
        assert (path.parent / href).resolve() == twin
        assert next(page.attributes("lang")) == "en"
        assert next(read(twin).attributes("lang")) == "zh-Hans"


def test_policy_admits_the_style_and_script_of_the_page_alone(site: Path) -> None:
    for path in every_page(site):
        page = read(path)
        policy = next(
            attrs["content"] for tag, attrs in page.elements if tag == "meta" and "content" in attrs
        )
        assert "default-src 'none'" in policy
        assert "base-uri 'none'; form-action 'none'" in policy
        for tag in ("style", "script"):
            # what has a type is data and never run
            inside = re.findall(rf"<{tag}>(.*?)</{tag}>", page.html, re.DOTALL)
            digests = [hashlib.sha256(content.encode()).digest() for content in inside]
            hashes = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
            assert f"{tag}-src {' '.join(hashes) or chr(39) + 'none' + chr(39)};" in policy
        assert not list(page.attributes("style"))
        assert not [n for _, a in page.elements for n in a if n.startswith("on")]


HOSTILE = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>'{{ 7*7 }}"
UNSEEN = f"{HOSTILE}\N{RIGHT-TO-LEFT OVERRIDE}x"
"""What may stand everywhere but in a name, of which every character is seen."""


@pytest.fixture(scope="module")
def hostile(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages of an edition in which everything that is free text is hostile."""
    assert edition.evaluation.published is not None
    both = Text(en=HOSTILE, zh=HOSTILE)
    venture = edition.entities["dpca"]
    notes = {"note": HOSTILE, "country_note": HOSTILE, "product_note": HOSTILE}
    names = tuple(
        name.model_copy(update={"name": HOSTILE, "note": UNSEEN})
        for name in edition.entities["geely-auto"].names
    )
    relations = tuple(
        relation.model_copy(update={"to": None, "name": HOSTILE, "note": HOSTILE})
        for relation in venture.relations
    )
    nowhere = edition.evaluation.published.where.model_copy(update={"locator": UNSEEN})
    listed = tuple(
        item.model_copy(update={"where": nowhere}) for item in edition.entities["byd"].listed
    )
    entities = {
        name: entity.model_copy(
            update={"name": both, "names": names, "relations": relations, "listed": listed, **notes}
        )
        for name, entity in edition.entities.items()
    }
    reference = "ipe/automotive-report-2024"
    source = edition.sources[reference].model_copy(
        update={"title": UNSEEN, "note": UNSEEN, "link": "javascript:alert(1)"}
    )
    spoilt = replace(
        edition,
        entities=entities,
        sources={**edition.sources, reference: source},
        evaluation=edition.evaluation.model_copy(update={"name": both, "notice": both}),
        methodology=edition.methodology.model_copy(update={"name": both, "note": both}),
    )
    folder = tmp_path_factory.mktemp("hostile")
    write_pages(spoilt, folder, {})
    return folder


def test_hostile_text_is_shown_as_text(hostile: Path, site: Path) -> None:
    escaped = (
        "&lt;script&gt;alert(1)&lt;/script&gt;&#34;&gt;&lt;img src=x onerror=alert(1)&gt;"
        "&#39;{{ 7*7 }}"
    )
    assert f"{escaped}\\u202ex" in "".join(read(path).html for path in every_page(hostile))
    for path in every_page(hostile):
        page = read(path)
        assert escaped in page.html, path
        assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in page.html
        assert "<script>alert" not in page.html
        assert not {tag for tag, _ in page.elements} & {"iframe", "object", "embed", "form"}
        assert not [n for _, a in page.elements for n in a if n.startswith("on")], path
        assert all(link.startswith("data:image/svg+xml;base64,") for link in page.attributes("src"))
    names = {path.relative_to(hostile) for path in every_page(hostile)}
    assert names == {path.relative_to(site) for path in every_page(site)}


def test_links_of_other_kinds_are_left_out(hostile: Path) -> None:
    for path in every_page(hostile):
        assert not [link for link in read(path).attributes("href") if "javascript" in link]


def test_a_source_on_the_web_is_linked(edition: Edition, tmp_path: Path) -> None:
    reference = "ipe/automotive-report-2024"
    link = "https://example.org/report?a=1&b=2"
    source = edition.sources[reference].model_copy(update={"link": link})
    linked = replace(edition, sources={**edition.sources, reference: source})
    write_pages(linked, tmp_path, {})
    assert link in read(tmp_path / "en/companies/byd.html").attributes("href")


# What they weigh


def test_pages_stay_small(published: Path) -> None:
    for language in LANGUAGES:
        assert (published / language / "ranking.html").stat().st_size <= 400_000
        for path in every_page(published / language / "companies"):
            assert path.stat().st_size <= 150_000
