from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import Any, cast

import pytest

from cati.model.language import LANGUAGES, Language
from cati.report import show
from cati.report.edition import Edition
from cati.report.facts import Facts
from cati.report.figures.drawing import Figure
from cati.report.pdf.content import TALLEST, WIDEST, report_content

PIXEL = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


def content(edition: Edition, language: Language = "en", draft: bool = False) -> dict[str, Any]:
    return cast("dict[str, Any]", report_content(replace(edition, draft=draft), language, {}))


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


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_statements_that_hold_are_told_with_their_base_if_they_count_companies(
    edition: Edition, language: Language
) -> None:
    findings = content(edition, language)["findings"]["holding"]

    assert len(findings) > 10
    without = [finding for finding in findings if "51" not in finding and "37" not in finding]
    assert without, "what is about no companies has no base"
    assert all("6.9" in finding or "Polestar" in finding for finding in without)


def test_statements_that_do_not_hold_are_counted(english: dict[str, Any], edition: Edition) -> None:
    verdicts = Counter(checked.verdict for checked in Facts(edition).checked)
    said = english["findings"]["verdicts"]

    assert said.startswith(
        f"{sum(verdicts.values())} statements: confirmed {verdicts['confirmed']}"
    )
    assert f"contradicted by the data {verdicts['contradicted']}" in said
    assert said.endswith(f"Of the confirmed ones, {verdicts['confirmed']} are listed here.")
    assert len(english["findings"]["holding"]) == verdicts["confirmed"]


def test_every_indicator_is_named_with_its_points(
    english: dict[str, Any], edition: Edition
) -> None:
    rows = english["method"]["indicators"]

    assert [row[0] for row in rows] == [i.code for i in edition.methodology.indicators()]
    assert ["5.3.7", edition.methodology.levels["5.3.7"].en, "1", "Scope 3"] in rows
    assert sum(float(row[2]) for row in rows) == 100


@pytest.mark.slow
def test_chinese_notes_have_chinese_marks(edition: Edition) -> None:
    notes = content(edition, "zh")["ranking"]["notes"]

    assert "。* " in notes
    assert "。 " not in notes


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "tie", "disputed"),
    [
        (
            "en",
            "Rivian and Subaru: equal totals (39.3) share rank 17 here; the printed table numbers "
            "its rows and gives 17 and 18.",
            "Listing disputed: two tables of the report disagree on ",
        ),
        ("zh", "此处并列第 17 名；原表按行连续编号，列为第 17 和 18 名。", "上市情况记载不一致："),
    ],
)
def test_the_ranking_tells_what_the_table_prints_otherwise(
    edition: Edition, language: Language, tie: str, disputed: str
) -> None:
    notes = content(edition, language)["ranking"]["notes"]

    assert tie in notes
    at = notes.index(disputed)
    for company in Facts(edition).disputed_listings:
        assert edition.entities[company].name.get(language) in notes[at:]


@pytest.mark.slow
def test_only_a_draft_is_called_one(edition: Edition, english: dict[str, Any]) -> None:
    assert english["mark"] is None
    assert content(edition, draft=True)["mark"] == "Draft"


@pytest.mark.slow
@pytest.mark.parametrize(("wide", "high"), [(2160, 1000), (2160, 3200), (500, 9000)])
def test_a_figure_fits_on_a_page(edition: Edition, wide: int, high: int) -> None:
    png = PIXEL + wide.to_bytes(4, "big") + high.to_bytes(4, "big")
    figure = Figure("rates", "All", "A table.", b"<svg/>", png, b"")

    found = cast("Any", report_content(edition, "en", {"rates": figure})["figures"])[0]

    assert found["width"] <= WIDEST
    assert found["width"] * high / wide <= TALLEST + 0.01
    assert found["alt"] == "All. A table."


@pytest.mark.slow
def test_a_chinese_figure_is_described_in_chinese_sentences(edition: Edition) -> None:
    png = PIXEL + (100).to_bytes(4, "big") * 2
    figure = Figure("rates", "得分率", "一张表。", b"<svg/>", png, b"")

    (found,) = cast("Any", report_content(edition, "zh", {"rates": figure})["figures"])
    assert found["alt"] == "得分率。一张表。"
