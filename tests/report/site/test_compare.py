"""The page of comparisons holds the scorecard's numbers of every company."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cati.model.language import LANGUAGES
from cati.report import show
from cati.report.edition import Edition


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_has_a_number_of_every_company(
    site: Path, edition: Edition, language: str
) -> None:
    page = (site / language / "compare.html").read_text(encoding="utf-8")
    found = re.search(r'id="data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    companies = json.loads(found[1])["companies"]
    assert list(companies) == list(edition.card.order)
    bars, facts = page.count('data-row="bars"'), page.count('data-row="facts"')
    for company in companies.values():
        assert (len(company["bars"]), len(company["facts"])) == (bars, facts)
    columns = edition.card.groups("columns")
    for name, company in companies.items():
        texts = [text for text, _low, _high in company["bars"]]
        assert texts[0] == show.total(edition.card.total(name), 1)
        expected = [show.points(group.points(name)) for group in columns.values()]
        assert texts[1 : 1 + len(expected)] == expected


def test_bars_lie_between_nothing_and_all(site: Path) -> None:
    page = (site / "en/compare.html").read_text(encoding="utf-8")
    found = re.search(r'id="data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    for company in json.loads(found[1])["companies"].values():
        assert all(0 <= low <= high <= 1 for _text, low, high in company["bars"])
