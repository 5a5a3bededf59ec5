"""The methodology page: what is printed, worked out and ours, and the weighting as arithmetic."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cati.report.edition import Edition
from cati.report.site import methodology as page_methodology
from cati.report.site.methodology import count_criteria, origins
from cati.workspace import Workspace
from tests.conftest import ROOT, Spoilable
from tests.report.one_kind import pages_of, said, site_of

EVALUATION = "automakers-2024"


@pytest.fixture(scope="module")
def edition(real: Workspace) -> Edition:
    return Edition.of(real, real.score(EVALUATION), real.reasons(EVALUATION))


def test_every_part_says_where_it_comes_from(edition: Edition) -> None:
    rows = {(row.part, row.kind): row.how for row in origins(site_of(edition))}
    assert rows["Points of the indicators", "printed"] == "For 50 of 51 indicators."
    assert rows["Points of the indicators", "worked_out"] == "For 5.1.3."
    assert "Affiliates and Upstream suppliers" in rows["Columns beyond the table", "worked_out"]
    assert "51 of 51 printed totals" in rows["Shares and factors", "worked_out"]
    assert "23 of them from the printed columns alone" in rows["Shares and factors", "worked_out"]
    assert ("What joint ventures inherit", "worked_out") in rows
    assert ("Criteria, guidance, search terms", "ours") in rows


def test_criteria_are_counted(edition: Edition) -> None:
    files = (ROOT / "indicators/automotive-2024").glob("[1-9]-*.yaml")
    statements = sum(file.read_text(encoding="utf-8").count("statement:") for file in files)
    assert count_criteria(edition.methodology) == (51, statements)


def test_without_a_printed_table_nothing_is_said_of_one(real: Workspace) -> None:
    reasons = real.reasons(EVALUATION)
    edition = Edition.of(real, reasons.card, reasons)
    parts = [row.part for row in origins(site_of(edition))]
    assert "Points behind the rates" not in parts
    assert "Criteria, guidance, search terms" in parts


def test_shares_of_the_evaluation_are_ours(edition: Edition) -> None:
    shares = {"scope12": Decimal(50), "scope3": Decimal(50)}
    own = edition.evaluation.model_copy(update={"shares": shares})
    site = site_of(Edition(**{**vars(edition), "evaluation": own}))
    assert ("Shares of the scopes", "ours") in {(row.part, row.kind) for row in origins(site)}


def test_grading_rules_are_told_with_their_reasons(edition: Edition) -> None:
    page = pages_of(page_methodology.pages, edition)["methodology.html"]
    for rule in edition.methodology.grading_rules:
        assert f'id="rule-{rule.id}"' in page
        for text in (rule.question, rule.rule, rule.reason):
            assert " ".join(text.en.split()) in said(page)


def test_weighting_is_shown_on_a_company(edition: Edition) -> None:
    page = pages_of(page_methodology.pages, edition)["methodology.html"]
    assert "An example, Mercedes-Benz : 15.5 + 0.6 × 33 + 1.4 × 27 = 73.1" in said(page)
    assert 'href="indicators/5.4.7.html"' in page


def test_chinese_page_has_the_same_parts(edition: Edition) -> None:
    assert len(list(origins(site_of(edition, "zh")))) == len(list(origins(site_of(edition))))


def test_another_methodology_has_a_page_as_well(tiny: Spoilable) -> None:
    ws = tiny.open()
    edition = Edition.of(ws, ws.score("first"))
    assert "What is printed" in said(pages_of(page_methodology.pages, edition)["methodology.html"])
