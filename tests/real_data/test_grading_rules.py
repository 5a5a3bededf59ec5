"""The grading rules of the automotive index: each question answered once, and answers that fit."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from cati.model.assessment import Verdict
from cati.model.evidence import Disclosure
from cati.model.methodology import Indicator, Methodology
from cati.workspace import Workspace
from tests.real_data.test_criteria import criteria

NAME = "automotive-2024"
EVALUATION = "automakers-2024"

QUESTIONS = {
    "what a survey prints as not disclosed": ["silence"],
    "whether the same action is meant": ["same-action"],
    "whether a share is an amount": ["amount"],
    "whose word decides": ["own-word"],
    "own scrap": ["own-scrap"],
    "metal from take-back": ["take-back"],
    "what binds a supplier, and who is one": ["requirement", "supplier"],
    "when a method is named": ["named"],
    "upper bounds and the present tense": ["bound", "undated"],
    "whose source is not mentioned": ["origin"],
}
"""Where two strangers who graded 5.3.2 differed, and the rules that answer it."""

DECISIONS = {
    "silence": ("A no, but only for what its line is about", "判为不符合，但仅限该行所述内容"),
    "same-action": ("the same method with the same supplier", "同一方法、同一供应商"),
    "amount": ("a share or a change in per cent is none", "占比或变化百分比不是数量"),
    "own-word": ("before any heading, sum or summary", "优先于栏目标题、合计数和概述"),
    "own-scrap": ("Not as an action in 5.3", "在 5.3 中不作为行动计入"),
    "take-back": ("In 5.3.6:", "计入 5.3.6："),
    "requirement": ("No. A code", "否。行为准则"),
    "supplier": ("directly or through others", "直接或经他人"),
    "named": ("'Green', 'low-carbon' or 'pilot projects' alone", "仅有“绿色”“低碳”或“试点项目”"),
    "bound": ("No: 'up to'", "不算：减排、占比或数量的“最高可达”"),
    "undated": ("the period of the company's own report is that year", "报告期即为该年份"),
    "origin": ("Its origin:", "指废料的来源："),
}
STATED_IN_5_3_2 = {
    "method": ("named and in force", "指明某项已实施的方法"),
    "at-supplier": ("a requirement alone does not", "仅有要求不算"),
    "scale-year": ("For the same method, metal and suppliers", "就同一方法、同一金属和同一供应商"),
    "both-metals": ("a share is no amount", "占比不是数量"),
}
ASKED_BY_WORDS = {
    "supplier": r"\bsuppliers?\b|\bproviders\b",
    "amount": r"\bamounts?\b|\bshare or\b|\bor share\b",
    "requirement": r"\bcontract in force\b|\bobliges\b|\basks\b",
    "undated": r"with its year|(for|in) a stated year|year (is|are) stated|with year or model",
    "same-action": r"\bsuch (cars?|targets?|projects?|an action|a supplier|suppliers)\b"
    r"|\b[FT](or t)?he same (ratio|method)\b|\bThat (affiliate|supplier)\b|\bthat target\b",
    "named": r"\bmethod\b.*\bin force\b|\bprojects?\b.*\bnamed\b|\bnamed\b.*\bproject",
    "bound": r"\b[Tt]arget\b.*\bwith a figure\b|\bemissions (cut|saved|avoided)\b|\bcan save\b",
}
"""Words of a statement that raise a question."""

LEFT_TO_THE_RULE = {
    "en": r"letters? of intent|memorand|production (scrap|waste)|press shop|up to \d|offcut"
    r"|not disclosed|does not consolidate|take-back of used",
    "zh": r"意向书|备忘录|边角料|生产废(料|弃物)|最高可达|高达|未披露”|未合并",
}
"""What guidance must not decide a second time."""


@pytest.fixture(scope="module")
def automotive(real: Workspace) -> Methodology:
    return real.methodology(NAME)


def named(indicator: Indicator) -> tuple[str, ...]:
    assert indicator.guidance is not None
    return indicator.guidance.rules


def test_each_of_the_questions_has_its_rules_and_no_rule_lacks_a_question(
    automotive: Methodology,
) -> None:
    assert len(QUESTIONS) == 10
    answering = [rule for rules in QUESTIONS.values() for rule in rules]
    assert sorted(answering) == sorted(rule.id for rule in automotive.grading_rules)


def test_rules_are_whole_in_both_languages(automotive: Methodology) -> None:
    for rule in automotive.grading_rules:
        assert rule.question.en.endswith("?"), rule.id
        assert rule.question.zh.endswith("？"), rule.id
        for text in (rule.rule, rule.reason):
            assert text.en.endswith("."), rule.id
            assert text.zh.endswith("。"), rule.id
            assert len(re.findall(r"[.!?](?= |$)", text.en)) <= 4, rule.id
        for text in (rule.question, rule.rule, rule.reason):
            assert re.search("[一-鿿]", text.zh), rule.id
            assert not re.search(r"[,;:()?!\"']", text.zh), rule.id


@pytest.mark.parametrize("rule", DECISIONS)
def test_each_question_is_decided_the_same_in_both_languages(
    automotive: Methodology, rule: str
) -> None:
    (said,) = (one.rule for one in automotive.grading_rules if one.id == rule)
    en, zh = DECISIONS[rule]
    assert en in said.en
    assert zh in said.zh


def test_5_3_2_rests_on_all_of_them_and_says_what_is_its_own(automotive: Methodology) -> None:
    indicator = automotive.indicator("5.3.2")
    assert named(indicator) == tuple(rule.id for rule in automotive.grading_rules)
    assert automotive.rules_for("5.3.2") == automotive.grading_rules
    for criterion in criteria(indicator):
        en, zh = STATED_IN_5_3_2[criterion.id]
        assert en in criterion.statement.en
        assert zh in criterion.statement.zh


@pytest.mark.parametrize("rule", ASKED_BY_WORDS)
def test_a_statement_that_raises_a_question_names_its_rule(
    automotive: Methodology, rule: str
) -> None:
    raised = [
        indicator.code
        for indicator in automotive.indicators()
        if any(re.search(ASKED_BY_WORDS[rule], c.statement.en) for c in criteria(indicator))
    ]
    assert len(raised) > 3
    assert [code for code in raised if rule not in named(automotive.indicator(code))] == []


def test_indicators_name_rules_in_their_order(automotive: Methodology) -> None:
    for indicator in automotive.indicators():
        assert named(indicator) == tuple(rule.id for rule in automotive.rules_for(indicator.code))


def test_what_a_rule_decides_is_decided_nowhere_else(automotive: Methodology) -> None:
    for indicator in automotive.indicators():
        assert indicator.guidance is not None
        statements = [criterion.statement for criterion in criteria(indicator)]
        for text in (*statements, indicator.guidance.counts, indicator.guidance.does_not_count):
            assert not re.search(LEFT_TO_THE_RULE["en"], text.en), (indicator.code, text.en)
            assert not re.search(LEFT_TO_THE_RULE["zh"], text.zh), (indicator.code, text.zh)


# What the rules say, held against the answers of 2024


def answers(real: Workspace, criterion: str, answer: str) -> Iterator[tuple[str, Verdict]]:
    for company, assessment in real.store.assessments[EVALUATION].items():
        for verdict in assessment.verdicts:
            if verdict.criterion == criterion and verdict.answer == answer:
                yield company, verdict


def cited(real: Workspace, verdict: Verdict) -> list[Disclosure]:
    return [real.store.disclosures[reference] for reference in verdict.disclosures]


def test_a_no_is_never_made_of_silence(real: Workspace) -> None:
    """Both metals would do for the scale, so both have a line; for both metals one is enough."""
    for criterion, metals in (("scale-year", 2), ("both-metals", 1)):
        found = list(answers(real, f"5.3.2/{criterion}", "not_met"))
        assert found
        for company, verdict in found:
            lines = cited(real, verdict)
            assert all("progress are not disclosed" in line.statement for line in lines), company
            assert len({line.subject for line in lines}) >= metals, company


def test_nothing_met_rests_on_what_the_rules_leave_out(real: Workspace) -> None:
    left_out = r"memorandum|letter of intent|waste from production|source .* not mentioned"
    for criterion in ("method", "at-supplier", "scale-year"):
        found = list(answers(real, f"5.3.2/{criterion}", "met"))
        assert found
        for company, verdict in found:
            for line in cited(real, verdict):
                assert not re.search(left_out, line.statement), (company, line.id)


def test_the_scale_has_a_figure_that_commits_and_the_action_of_the_steps_below(
    real: Workspace,
) -> None:
    for company, verdict in answers(real, "5.3.2/scale-year", "met"):
        below = [
            reference
            for step in ("method", "at-supplier")
            for other, met in answers(real, f"5.3.2/{step}", "met")
            if other == company
            for reference in met.disclosures
        ]
        assert all(below.count(reference) == 2 for reference in verdict.disclosures), company
        figures = [figure for line in cited(real, verdict) for figure in line.figures]
        assert any(figure.bound != "up_to" for figure in figures), company


def test_a_requirement_is_no_contract(real: Workspace) -> None:
    for company, verdict in answers(real, "5.3.2/at-supplier", "met"):
        said = " ".join(line.statement for line in cited(real, verdict))
        assert re.search(r"contracts|agreements|bought|buys", said), company


def test_metal_from_take_back_is_noted_alike_for_all(real: Workspace) -> None:
    taken_back = {
        reference: set(disclosure.indicators)
        for reference, disclosure in real.store.disclosures.items()
        if re.search(r"Listed under \w+ from scrapped vehicles", disclosure.note or "")
    }
    assert {reference.split("/")[0] for reference in taken_back} == {"bmw", "ford", "nio"}
    for reference, indicators in taken_back.items():
        assert indicators == {f"{NAME}/5.3.6", f"{NAME}/5.3.2"}, reference


def test_what_an_answer_rests_on_is_noted_for_its_indicator(real: Workspace) -> None:
    for step in ("method", "at-supplier", "scale-year", "both-metals"):
        for answer in ("met", "not_met"):
            for company, verdict in answers(real, f"5.3.2/{step}", answer):
                for line in cited(real, verdict):
                    assert f"{NAME}/5.3.2" in line.indicators, (company, line.id)
