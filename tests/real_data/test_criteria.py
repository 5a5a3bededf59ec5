"""The grading criteria of the automotive index: complete, our own words, fit for the table."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal

import pytest

from cati.model.base import Text
from cati.model.methodology import Criterion, Indicator, Methodology
from cati.workspace import Workspace
from tests.real_data.test_against_source_data import DATA, copies, read

NAME = "automotive-2024"
WHOLE = ("2.1", "3.1", "3.2", "4.1", "4.2")
"""Where points move in whole steps, or a joint venture may be given half of them."""
UNTESTABLE = {
    *("adequate", "appropriate", "comprehensive", "effective", "good", "important", "meaningful"),
    *("relevant", "robust", "significant", "strong", "substantial", "sufficient"),
}
WORKED_EXAMPLES = {
    "1.1.2": [["0.5", "0.5"], ["1"]],
    "2.2.1": [["0.5", "1", "1.5", "0.5", "0.5", "1"]],
    "2.3.1": [["1", "2", "1", "1", "0.5", "0.5"]],
    "4.1.1": [["1", "1", "1"]],
    "5.3.2": [["0.5", "0.5", "1", "1"]],
    "5.4.1": [["0.5", "0.5", "0.5", "0.5"]],
}


@pytest.fixture(scope="module")
def automotive(real: Workspace) -> Methodology:
    return real.methodology(NAME)


def criteria(indicator: Indicator) -> list[Criterion]:
    return [criterion for route in indicator.routes for criterion in route.criteria]


def texts(indicator: Indicator) -> list[Text]:
    """Everything that tells how to grade an indicator."""
    assert indicator.guidance is not None
    guidance = indicator.guidance
    statements = [criterion.statement for criterion in criteria(indicator)]
    return [*statements, guidance.counts, guidance.does_not_count, guidance.sources]


def test_every_indicator_can_be_assessed(automotive: Methodology) -> None:
    for indicator in automotive.indicators():
        assert all(1 <= len(route.criteria) <= 6 for route in indicator.routes), indicator.code
        assert indicator.guidance is not None, indicator.code
        assert indicator.search_terms is not None, indicator.code
        for terms in (indicator.search_terms.en, indicator.search_terms.zh):
            assert 5 <= len(terms) <= 12, indicator.code
            assert len(set(terms)) == len(terms), indicator.code


@pytest.mark.parametrize("code", WORKED_EXAMPLES)
def test_the_worked_examples_have_their_points(automotive: Methodology, code: str) -> None:
    routes = automotive.indicator(code).routes
    found = [[criterion.points for criterion in route.criteria] for route in routes]
    assert found == [[Decimal(points) for points in route] for route in WORKED_EXAMPLES[code]]


def test_steps_are_whole_where_the_table_or_half_credit_needs_it(automotive: Methodology) -> None:
    broken = [
        f"{indicator.code}/{criterion.id}"
        for indicator in automotive.indicators()
        for criterion in criteria(indicator)
        if indicator.code.rpartition(".")[0] in WHOLE and criterion.points % 1
    ]
    assert broken == []


def test_progress_presupposes_the_target_it_is_about(automotive: Methodology) -> None:
    for indicator in automotive.indicators():
        if indicator.code.startswith("4."):
            target = f"3{indicator.code[1:]}/"
            for criterion in criteria(indicator):
                assert any(name.startswith(target) for name in criterion.requires), criterion.id


def test_a_step_names_all_the_steps_below_it(automotive: Methodology) -> None:
    needed = {
        f"{indicator.code}/{criterion.id}": set(criterion.requires)
        for indicator in automotive.indicators()
        for criterion in criteria(indicator)
    }
    for name, requires in needed.items():
        assert all(needed[below] <= requires for below in requires), name


def reachable(indicator: Indicator) -> set[Decimal]:
    """Points that some set of met criteria gives."""
    points = set()
    for route in indicator.routes:
        for answers in itertools.product([True, False], repeat=len(route.criteria)):
            pairs = list(zip(route.criteria, answers, strict=True))
            met = {f"{indicator.code}/{criterion.id}" for criterion, answer in pairs if answer}
            points.add(
                sum((c.points for c, yes in pairs if yes and met >= set(c.requires)), Decimal())
            )
    return points


@pytest.mark.parametrize(
    ("code", "column"), [("5.3.2", "steel_aluminium"), ("2.3.1", "product_footprint")]
)
def test_every_value_that_the_table_shows_can_be_earned(
    real: Workspace, automotive: Methodology, code: str, column: str
) -> None:
    card = real.score("automakers-2024")
    shown = {Decimal(str(float(card.column(column).points(c).low))) for c in card.companies}
    can_be = reachable(automotive.indicator(code))
    assert shown <= can_be
    if code == "5.3.2":
        assert shown == can_be


def test_no_statement_rests_on_a_word_without_a_test(automotive: Methodology) -> None:
    for indicator in automotive.indicators():
        for criterion in criteria(indicator):
            assert not UNTESTABLE & set(re.findall(r"[a-z]+", criterion.statement.en.lower()))


def test_guidance_says_it_shortly(automotive: Methodology) -> None:
    for indicator in automotive.indicators():
        for text in texts(indicator):
            assert text.en.endswith("."), text.en
            assert text.zh.endswith("。"), text.zh
            assert len(re.findall(r"\.(?= |$)", text.en)) <= 3, text.en
            assert not re.search(r"[,;:()?!\"']", text.zh), text.zh


def test_nothing_is_copied_from_the_report_or_made_for_one_company(
    automotive: Methodology,
) -> None:
    if not DATA.is_dir():
        pytest.skip("the source material (shared/data beside the repository) is not here")
    ours = [text.en for indicator in automotive.indicators() for text in texts(indicator)]
    files = ("indicators_automotive.csv", "indicators_corporate.csv")
    theirs = [row["text"] for file in files for row in read(file)]
    facts = [row["statement"] for row in read("evidence.csv")]
    assert copies(ours, [*theirs, *facts]) == []
    for row in read("companies.csv"):
        names = [row["name"], *filter(None, row["name_variants"].split("|"))]
        for name in names:
            assert not [text for text in ours if re.search(rf"\b{re.escape(name)}\b", text)], name
