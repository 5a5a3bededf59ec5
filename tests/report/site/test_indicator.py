"""Indicator pages: who earned what, on what evidence, and nothing that the basis does not tell."""

from __future__ import annotations

import html
import re
from copy import copy
from dataclasses import replace
from fractions import Fraction

import pytest

from cati.model.base import Text
from cati.model.evidence import Disclosure
from cati.model.interval import Interval
from cati.model.language import LANGUAGES, Language
from cati.report.edition import Edition
from cati.report.facts import Facts
from cati.report.site import indicator as page_indicator
from cati.report.site.indicator import (
    asked,
    best_practice,
    counterpart,
    earned,
    full,
)
from cati.workspace import Workspace
from tests.conftest import Spoilable
from tests.report.one_kind import pages_of, said, section

pytestmark = pytest.mark.slow

EVALUATION = "automakers-2024"
HOSTILE = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>'{{ 7*7 }}"


@pytest.fixture(scope="module")
def edition(real: Workspace) -> Edition:
    return Edition.of(real, real.score(EVALUATION), real.reasons(EVALUATION))


@pytest.fixture(scope="module")
def facts(edition: Edition) -> Facts:
    return Facts(edition)


@pytest.fixture(scope="module")
def pages(edition: Edition) -> dict[Language, dict[str, str]]:
    return {language: pages_of(page_indicator.pages, edition, language) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_a_page_for_every_indicator_and_a_list_of_them(
    edition: Edition, pages: dict[Language, dict[str, str]], language: Language
) -> None:
    expected = {f"indicators/{i.code}.html" for i in edition.methodology.indicators()}
    assert set(pages[language]) == expected | {"indicators.html"}
    listed = pages[language]["indicators.html"]
    for indicator in edition.methodology.indicators():
        assert f'<a href="indicators/{indicator.code}.html">' in listed
        page = pages[language][f"indicators/{indicator.code}.html"]
        assert f"<h1>{indicator.code} {indicator.title.get(language)}</h1>" in html.unescape(page)
        for rule in edition.methodology.grading_rules:
            link = f'<a href="../methodology.html#rule-{rule.id}">{rule.question.get(language)}</a>'
            named = rule in edition.methodology.rules_for(indicator.code)
            assert (link in html.unescape(page)) == named


def test_points_run_as_far_as_the_printed_table_leaves_them(
    edition: Edition, pages: dict[Language, dict[str, str]]
) -> None:
    for code in ("1.1.1", "2.2.1", "5.3.2", "5.4.7"):
        rows = re.findall(
            r'companies/([\w-]+)\.html#i[\d.]+">[^<]*</a></th><td>([\d.]+)(?:–([\d.]+))?</td>',
            pages["en"][f"indicators/{code}.html"],
        )
        assert len(rows) == 51
        for company, low, high in rows:
            points = edition.card.group([code]).points(company)
            assert (Fraction(low), Fraction(high or low)) == (points.low, points.high)
        ends = [(Fraction(low), Fraction(high or low)) for _, low, high in rows]
        assert ends == sorted(ends, reverse=True)


def test_a_column_of_several_indicators_is_named_as_one(
    pages: dict[Language, dict[str, str]],
) -> None:
    together = said(pages["en"]["indicators/2.2.1.html"])
    assert "only together with others: Scope 3 disclosure, 2 indicators." in together
    alone = said(pages["en"]["indicators/5.3.2.html"])
    assert "shows this indicator by itself: Steel and aluminium." in alone


def test_who_has_all_points_of_a_block_is_told(edition: Edition, facts: Facts) -> None:
    blocks = {block.id: block for block in edition.card.blocks}
    assert full(edition.card, blocks["scope3_disclosure"]) == ("mercedes-benz", "tesla")
    assert full(edition.card, blocks["upstream_suppliers"]) == ()


def test_best_practice_rests_on_evidence_that_counts(edition: Edition, facts: Facts) -> None:
    for indicator in edition.methodology.indicators():
        best = best_practice(facts.evidence.tallies(indicator))
        points = [entry.points for entry in best]
        assert points == sorted(points, reverse=True)
        for entry in best:
            assert entry.evidence
            assert all(cited.backing.counts for cited in entry.evidence)
            assert entry.points == sum(Fraction(r.criterion.points) for r in entry.met)
    first = best_practice(facts.evidence.tallies(edition.methodology.indicator("2.2.1")))[0]
    assert first.company == "mercedes-benz"
    assert len(first.met) == 3


def test_every_disclosure_on_an_indicator_is_listed_once(
    real: Workspace, edition: Edition, facts: Facts
) -> None:
    for code in ("2.2.1", "5.3.2", "1.1.2"):
        expected = {
            reference
            for reference, disclosure in real.store.disclosures.items()
            if f"{edition.methodology.id}/{code}" in disclosure.indicators
            and reference.split("/")[0] in edition.card.companies
        }
        found = [
            item.backing.disclosure
            for entry in facts.evidence.on(code).values()
            for item in entry.disclosures
        ]
        assert expected <= set(found)
    for entry in facts.evidence.on("2.2.1").values():
        references = [item.backing.disclosure for item in entry.disclosures]
        assert len(references) == len(set(references))


def test_a_reader_of_chinese_is_told_that_disclosures_are_not_translated(
    pages: dict[Language, dict[str, str]],
) -> None:
    told = "披露信息按收录语言列出，未另行翻译。"
    assert told in section(pages["zh"]["indicators/2.2.1.html"], "disclosures")
    assert "untranslated" not in pages["en"]["indicators/2.2.1.html"]
    bare = [page for page in pages["zh"].values() if 'class="evidence"' not in page]
    assert bare
    assert not any(told in page for page in bare)


def test_where_nothing_is_at_hand_the_page_does_not_blame_anyone(
    pages: dict[Language, dict[str, str]],
) -> None:
    page = pages["en"]["indicators/1.1.3.html"]
    assert "That says nothing of what companies publish" in said(page)
    assert "No criterion is known to be met on evidence at hand." in said(page)


def test_mean_rates_in_the_list_are_those_of_all_companies(edition: Edition, facts: Facts) -> None:
    rows = {row.code: row for row in asked(edition.card, facts.evidence)}
    for code in ("1", "2.2", "2.3.1", "5.4.7"):
        rates = [edition.card.group([code]).rate(company) for company in edition.card.companies]
        mean = Interval(
            sum((rate.low for rate in rates), Fraction(0)) / 51,
            sum((rate.high for rate in rates), Fraction(0)) / 51,
        )
        assert rows[code].mean == mean
    assert rows["2.2.1"].evidence == len(facts.evidence.on("2.2.1"))


def test_points_come_with_the_state_of_the_evidence(edition: Edition, facts: Facts) -> None:
    rows = earned(edition.card, facts.evidence, edition.methodology.indicator("2.2.1"))
    found = {row.company: row.found for row in rows}
    assert found["geely-auto"] is not None
    assert found["geely-auto"].answered == 2
    assert found["byd"] is None


def test_the_crosswalk_leads_to_the_other_index(facts: Facts) -> None:
    assert counterpart(facts, "1.1.4") == ("corporate-2023", "1.1.3", "same")
    assert counterpart(facts, "9.9.9") is None


def test_hostile_evidence_is_shown_as_text(real: Workspace) -> None:
    def spoilt(disclosure: Disclosure) -> Disclosure:
        return disclosure.model_copy(update={"statement": HOSTILE})

    names = {
        name: entity.model_copy(update={"name": Text(en=HOSTILE, zh=HOSTILE)})
        for name, entity in real.store.entities.items()
    }
    reasons = copy(real.reasons(EVALUATION))
    reasons.disclosures = {name: spoilt(d) for name, d in reasons.disclosures.items()}
    edition = Edition.of(real, real.score(EVALUATION), reasons)
    page = pages_of(page_indicator.pages, replace(edition, entities=names))["indicators/2.2.1.html"]
    assert page.count("&lt;script&gt;alert(1)") > 60
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_on_the_assessed_basis_points_follow_the_answers(real: Workspace) -> None:
    reasons = real.reasons(EVALUATION)
    edition = Edition.of(real, reasons.card, reasons)
    page = pages_of(page_indicator.pages, edition)["indicators/2.2.1.html"]
    assert "Points run from what the answers make certain to what they still allow." in said(page)
    assert "printed table" not in section(page, "earned")


def test_indicators_without_criteria_have_pages_as_well(tiny: Spoilable) -> None:
    ws = tiny.open()
    found = pages_of(page_indicator.pages, Edition.of(ws, ws.score("first")), "zh")
    assert len(found) == 1 + len(ws.methodology("tiny").indicators())


def test_between_criteria_and_printed_points_stands_that_one_does_not_explain_the_other(
    pages: dict[Language, dict[str, str]],
) -> None:
    for path, page in pages["en"].items():
        if path.startswith("indicators/"):
            told = section(page, "earned").partition("<table")[0]
            assert "Our criteria; they do not explain the printed points." in told
