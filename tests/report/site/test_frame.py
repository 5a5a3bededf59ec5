"""What all pages share: data that cannot break out, policies, tints."""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.model.base import Text
from cati.model.interval import Interval
from cati.report.edition import Edition
from cati.report.facts import Facts
from cati.report.site.frame import Site, chooser, data_uri, embedded, policy, tint
from tests.report.one_kind import site_of
from tests.report.publishers import published_by


@pytest.mark.slow
@given(st.recursive(st.text() | st.integers(), lambda inner: st.dictionaries(st.text(), inner)))
def test_data_inside_a_page_come_back_whole_and_hold_no_markup(data: object) -> None:
    text = str(embedded(data))
    assert not set("<>&") & set(text)
    assert json.loads(text) == data


def test_a_policy_admits_one_style_and_one_script_by_their_hashes() -> None:
    digest = base64.b64encode(hashlib.sha256(b"p { }").digest()).decode()
    assert f"style-src 'sha256-{digest}';" in policy("p { }", None)
    assert "script-src 'none'" in policy("p { }", None)
    assert "unsafe" not in policy("", "1")


@pytest.mark.parametrize(
    ("low", "high", "name"), [(0, 0, "t0"), ("0.99", "0.99", "t9"), (1, 1, "t10")]
)
def test_a_tint_follows_the_rate(low: str, high: str, name: str) -> None:
    assert tint(Interval(Fraction(low), Fraction(high))) == name


def test_an_open_rate_is_marked_by_its_lower_end() -> None:
    assert tint(Interval(Fraction(1, 12), Fraction(2, 3))) == "t0 open"


def test_a_picture_inside_the_page_is_the_same_picture() -> None:
    kind, _, content = data_uri(b"<svg/>").partition(",")
    assert (kind, base64.b64decode(content)) == ("data:image/svg+xml;base64", b"<svg/>")


def test_root_of_a_page_is_the_folder_of_its_language(edition: Edition) -> None:
    site = Site(Facts(edition), "en", {}, "en", ("en",))
    assert 'href="ranking.html"' in site.render("figures.html", "figures.html")
    assert 'href="../ranking.html"' in site.render("figures.html", "a/figures.html")


def test_the_page_in_front_leads_to_both_languages(edition: Edition) -> None:
    page = chooser(edition)
    assert 'href="en/index.html"' in page
    assert 'href="zh/index.html"' in page
    assert edition.evaluation.notice.zh in page


def test_the_foot_of_a_page_names_its_publisher(edition: Edition) -> None:
    def foot(shown: Edition) -> str:
        page = site_of(shown).render("figures.html", "figures.html")
        return page[page.index("<footer>") : page.index("</footer>")]

    assert "Published by" not in foot(edition)
    hostile = Text(en="<b>North</b>", zh="北")
    ours = foot(published_by(edition, hostile, "a@north.example", "https://north.example/"))
    assert 'Published by <a href="https://north.example/" rel="noreferrer">&lt;b&gt;North' in ours
    assert 'href="mailto:a@north.example"' in ours
    assert "Published by &lt;b&gt;North" in foot(published_by(edition, hostile))


def test_a_draft_says_until_when_on_every_page(edition: Edition) -> None:
    embargo = {"embargo": datetime.date(2026, 10, 1)}
    held = replace(edition, draft=True, evaluation=edition.evaluation.model_copy(update=embargo))
    page = site_of(held).render("figures.html", "figures.html")
    assert "Draft. Not released before 1 October 2026: do not quote or pass on." in page
    released = replace(held, draft=False)
    assert "Not released" not in site_of(released).render("figures.html", "figures.html")
