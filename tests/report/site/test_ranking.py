"""The ranking page: what its script works on gives the scorer's totals exactly."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.report.edition import Edition
from cati.report.facts import Facts
from cati.report.site.frame import Site
from cati.report.site.ranking import LARGEST, Weighing, listing, pages
from cati.workspace import Workspace
from tests.report.conftest import ROOT, TINY, open_edition

REAL = Workspace.open(ROOT)


@pytest.mark.slow
@given(st.integers(0, 100))
def test_whole_numbers_give_the_scorer_s_totals_for_any_share(first: int) -> None:
    shares = {"scope12": Decimal(first), "scope3": Decimal(100 - first)}
    card = REAL.score("automakers-2024", shares=shares)
    weighing = Weighing.of(card)
    assert weighing is not None
    assert weighing.share == first
    grid = Fraction(card.methodology.grid)
    for company in card.companies:
        sums = [
            [
                weighing.once * getattr(once, end) / grid
                + weighing.first * first * getattr(one, end) / grid
                + weighing.second * (100 - first) * getattr(other, end) / grid
                for end in ("low", "high")
            ]
            for once, one, other in weighing.parts(card, company)
        ]
        total = card.total(company)
        assert min(low for low, _ in sums) * weighing.unit == total.low
        assert max(high for _, high in sums) * weighing.unit == total.high


def test_numbers_stay_where_a_browser_computes_exactly(edition: Edition) -> None:
    weighing = Weighing.of(edition.card)
    assert weighing is not None
    most = 200 * 100 * max(weighing.once, weighing.first, weighing.second) * 200
    assert most < LARGEST


def test_the_data_of_the_page_follow_the_rows(site: Path, edition: Edition) -> None:
    page = (site / "en/ranking.html").read_text(encoding="utf-8")
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    data = json.loads(found[1])
    assert [company["id"] for company in data["companies"]] == list(edition.card.order)
    by_id = {company["id"]: company for company in data["companies"]}
    assert len(by_id["geely-auto"]["points"]) == 2
    assert all(len(c["points"]) == 1 for name, c in by_id.items() if name != "geely-auto")
    # Stellantis 8 + 0.6 x 26 + 1.4 x 16, in half points
    assert by_id["stellantis"]["points"] == [[[16, 16], [52, 52], [32, 32]]]


@pytest.mark.parametrize(
    ("company", "said"), [("baic-group", "disputed"), ("byd", "yes"), ("hozon", "no")]
)
def test_listing_in_one_word(edition: Edition, company: str, said: str) -> None:
    assert listing(edition.entities[company]) == said


def test_without_two_weighted_tracks_there_is_no_slider(edition: Edition) -> None:
    tracks = tuple(t.model_copy(update={"weighted": False}) for t in edition.methodology.tracks)
    plain = edition.methodology.model_copy(update={"tracks": tracks})
    assert Weighing.of(replace(edition.card, methodology=plain)) is None


def test_beside_the_slider_stands_what_it_does_not_weigh(edition: Edition, site: Path) -> None:
    unmoved = "Points of Governance and Product footprint count once, whatever the weights."
    page = (site / "en/ranking.html").read_text(encoding="utf-8")
    weights = page[page.index('<div class="weights">') : page.index('<details class="choice">')]
    assert unmoved in weights


def test_filters_offer_only_what_divides_the_companies() -> None:
    ((_, page),) = pages(Site(Facts(open_edition(TINY, "first")), "en", {}, "en", ("en",)))
    selects = re.findall(r'<select id="(\w+)"', page)
    assert "joint" in selects
    for name in selects:
        options = re.search(rf'<select id="{name}".*?</select>', page)
        assert options is not None
        assert options[0].count("<option") >= 3
