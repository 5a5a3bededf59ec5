from __future__ import annotations

import json
from typing import Any, cast

import pytest

from cati.report import show
from cati.report.edition import Edition
from cati.report.figures.drawing import Figure
from cati.report.language import LANGUAGES, Language
from cati.report.pdf.content import TALLEST, WIDEST, report_content

PIXEL = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


def content(edition: Edition, language: Language = "en", draft: bool = False) -> dict[str, Any]:
    return cast("dict[str, Any]", report_content(edition, language, {}, draft))


@pytest.fixture(scope="module")
def english(edition: Edition) -> dict[str, Any]:
    return content(edition)


def test_the_ranking_is_that_of_the_scorecard(english: dict[str, Any], edition: Edition) -> None:
    card = edition.card
    rows = english["ranking"]["rows"]

    assert [row["total"] for row in rows] == [
        show.total(card.total(company), 1) for company in card.order
    ]
    assert [row["rank"] for row in rows] == [show.rank(card.rank(c)) for c in card.order]
    ventures = [row for row in rows if row["name"].endswith(" *")]
    assert len(ventures) == 14
    assert {row["without"] for row in ventures} == {""}
    assert [len(row["rates"]) for row in rows] == [10] * 51


def test_everything_is_plain_data(english: dict[str, Any]) -> None:
    assert json.loads(json.dumps(english)) == english


def test_the_weighting_comes_to_the_maximum(english: dict[str, Any]) -> None:
    tracks = english["method"]["tracks"]

    assert [row[3] for row in tracks] == ["1.0", "0.6", "1.4", "1.0"]
    assert sum(float(row[4]) for row in tracks) == 100


def test_sources_are_named_once_with_publisher(english: dict[str, Any], edition: Edition) -> None:
    told = [source["text"] for source in english["sources"]]

    assert len(set(told)) == len(told)
    report = edition.sources["ipe/automotive-report-2024"]
    assert any(report.title in text and edition.entities["ipe"].name.en in text for text in told)
    original = edition.sources["mercedes-benz/sustainability-report-2023"]
    assert any(original.title in text for text in told)  # the document that the report tells of


@pytest.mark.parametrize("language", LANGUAGES)
def test_statements_that_hold_are_told_with_their_base_if_they_count_companies(
    edition: Edition, language: Language
) -> None:
    findings = content(edition, language)["findings"]

    assert len(findings) > 10
    without = [finding for finding in findings if "51" not in finding and "37" not in finding]
    assert without, "what is about no companies has no base"
    assert all("6.9" in finding or "Polestar" in finding for finding in without)


def test_only_a_draft_is_called_one(edition: Edition, english: dict[str, Any]) -> None:
    assert english["draft"] is None
    assert content(edition, draft=True)["draft"] == "Draft"


@pytest.mark.parametrize(("wide", "high"), [(2160, 1000), (2160, 3200), (500, 9000)])
def test_a_figure_fits_on_a_page(edition: Edition, wide: int, high: int) -> None:
    png = PIXEL + wide.to_bytes(4, "big") + high.to_bytes(4, "big")
    figure = Figure("rates", "All", "A table.", b"<svg/>", png, b"")

    found = cast("Any", report_content(edition, "en", {"rates": figure}, False)["figures"])[0]

    assert found["width"] <= WIDEST
    assert found["width"] * high / wide <= TALLEST + 0.01
    assert found["alt"] == "All. A table."
