"""Sources are numbered as they are cited, and listed where the numbers lead."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from cati.model.language import Language
from cati.report.edition import Edition
from cati.report.site.references import References


def test_numbers_follow_the_order_of_citing() -> None:
    references = References()
    assert [references.number(name) for name in ("b/two", "a/one", "b/two")] == [1, 2, 1]
    assert list(references) == [(1, "b/two"), (2, "a/one")]
    assert len(references) == 2


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "path", ["companies/mercedes-benz.html", "indicators/5.3.2.html", "companies/dpca.html"]
)
def test_every_number_leads_to_a_source_that_is_listed_once(
    site: Path, language: Language, path: str
) -> None:
    page = (site / language / path).read_text(encoding="utf-8")
    cited = [int(number) for number in re.findall(r'<a href="#s(\d+)">\[\1\]</a>', page)]
    listed = [int(number) for number in re.findall(r'<li id="s(\d+)">', page)]
    assert listed == list(range(1, len(set(cited)) + 1))
    assert set(cited) == set(listed)
    assert list(dict.fromkeys(cited)) == listed


def test_a_source_is_written_out_with_title_and_date(edition: Edition, site: Path) -> None:
    page = (site / "en/indicators/5.3.2.html").read_text(encoding="utf-8")
    sources = html.unescape(page[page.index('<h2 id="sources">') :])
    cited = {
        reference
        for item in edition.store.disclosures.values()
        if any(name.endswith("/5.3.2") for name in item.indicators)
        for place in item.where
        for reference in (place.source, place.original)
        if reference is not None
    }
    assert cited
    for reference in cited:
        assert edition.sources[reference].title in sources
