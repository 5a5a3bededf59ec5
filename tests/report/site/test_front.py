"""The front page: totals as dots, the first and the last, findings with their base."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from statistics import median

import pytest

from cati.report.edition import Edition
from cati.report.facts import Facts
from cati.report.site.frame import Site
from cati.report.site.front import BINS, DOT, WIDTH, Dots, pages
from cati.workspace import Workspace
from tests.conftest import Spoilable
from tests.report.conftest import TINY, open_edition
from tests.report.site.test_pages import read


@pytest.fixture(scope="module")
def front(edition: Edition) -> Site:
    return Site(Facts(edition), "en", {}, "en", ("en",))


def test_every_company_has_a_dot_of_its_own_where_its_total_lies(front: Site) -> None:
    card = front.edition.card
    drawn = Dots.of(front)
    assert drawn is not None
    assert sorted(dot.company for dot in drawn.dots) == sorted(card.companies)
    assert len({(dot.x, dot.y) for dot in drawn.dots}) == 51
    room = (drawn.ticks[-1][1] - drawn.ticks[0][1]) / 100
    for dot in drawn.dots:
        place = drawn.ticks[0][1] + room * float(card.total(dot.company).low)
        assert abs(dot.x - place) <= room * 100 / BINS / 2 + 1
        assert DOT <= dot.x <= WIDTH - DOT
        assert DOT <= dot.y <= drawn.height - DOT


def test_the_title_states_the_median(front: Site) -> None:
    card = front.edition.card
    middle = median(card.total(company).low for company in card.companies)
    drawn = Dots.of(front)
    assert drawn is not None
    assert drawn.median_total == middle
    ((path, page),) = pages(front)
    assert path == "index.html"
    assert "Half of the companies stay at or below 28.4 of 100 points" in page


def test_the_front_page_says_what_is_measured(site: Path, edition: Edition) -> None:
    methodology = edition.methodology
    text = read(site / "en/index.html").text
    assert (
        "51 indicators in 5 dimensions (Governance, Measurement and disclosure, Carbon targets, "
        "Progress on targets, and Climate action), scored in steps of 0.5 from what companies "
        "publish; 100 points at most." in text
    )
    changed = methodology.model_copy(update={"dimensions": methodology.dimensions[:2]})
    ((_, page),) = pages(
        Site(Facts(replace(edition, methodology=changed)), "en", {}, "en", ("en",))
    )
    assert "in 2 dimensions (Governance and Measurement and disclosure)" in page


@pytest.mark.slow
def test_an_open_total_is_no_dot_and_has_no_place_at_the_top(real: Workspace) -> None:
    reasons = real.reasons("automakers-2024")
    assessed = Edition.of(real, reasons.card, reasons)
    site = Site(Facts(assessed), "en", {}, "en", ("en",))
    assert Dots.of(site) is None
    ((_, page),) = pages(site)
    assert 'id="ends"' not in page
    assert "they are not complete" in page


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "11 companies have a total above 50. "
            "<small>section 3.3 · Base: all companies (51)</small>",
        ),
        ("zh", "11 家企业的总分超过 50 分。 <small>第 3.3 节，基数：全部企业（51 家）</small>"),
    ],
)
def test_findings_are_computed_and_name_their_place_and_base(
    site: Path, language: str, sentence: str
) -> None:
    page = (site / language / "index.html").read_text(encoding="utf-8")
    assert sentence in page


def test_statements_are_said_to_be_those_of_the_documents_that_make_them(
    site: Path, edition: Edition
) -> None:
    text = read(site / "en/index.html").text
    title = edition.sources["ipe/automotive-report-2024"].title
    assert (
        "What the following document says, in our words, and what the data make of it: Institute "
        f"of Public & Environmental Affairs: {title}, October 2024." in text
    )
    assert "fell by 6.9 % from 2023 to 2024. ours" in text
    assert "“Ours” marks a statement that is not from it." in text


def test_what_is_contradicted_and_what_cannot_be_decided_are_kept_apart(site: Path) -> None:
    page = (site / "en/index.html").read_text(encoding="utf-8")
    held, contradicted, undecided = page.split('<details class="unheld">')
    for sentence, verdict, where in (
        ("No company has disclosed what its", "contradicted by the data", contradicted),
        ("20 companies publish emissions data", "not decidable", undecided),
    ):
        assert page.count(sentence) == 1
        assert sentence in where
        assert verdict in where
    assert "<b>contradicted" not in held + undecided
    assert "<b>not decidable" not in held + contradicted


@pytest.mark.slow
def test_a_changed_table_changes_the_findings(real_copy: Spoilable) -> None:
    edition = open_edition(real_copy.root, "automakers-2024")
    real_copy.change(
        "reports/automakers-2024/claims.yaml", "count(total > 50) == 11", "count(total > 50) > 11"
    )
    changed = open_edition(real_copy.root, "automakers-2024")
    verdicts = [
        next(entry.verdict for entry in Facts(e).checked if entry.statement.id == "c03")
        for e in (edition, changed)
    ]
    assert verdicts == ["confirmed", "contradicted"]


def test_a_short_ranking_is_shown_whole() -> None:
    site = Site(Facts(open_edition(TINY, "first")), "en", {}, "en", ("en",))
    ((_, page),) = pages(site)
    assert page.count('class="ends"') == 1
    assert 'id="findings"' not in page
