"""Statements and answers in words, in both languages."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cati.analysis.claims.inquiry import Inquiry
from cati.analysis.claims.values import (
    UNKNOWN,
    Column,
    Companies,
    Number,
    Texts,
    Truth,
    Value,
    Word,
    exact,
)
from cati.model.language import LANGUAGES
from cati.report.texts.findings import (
    FindingWords,
    answer_lines,
    answer_records,
    bases_line,
    claim_lines,
    claim_records,
    summary_lines,
)
from cati.workspace import Workspace

BOTH = frozenset({"bmw", "byd"})


@pytest.fixture(scope="module")
def inquiry(real: Workspace) -> Inquiry:
    return Inquiry(real, "automakers-2024")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (exact(11), "11"),
        (exact(633_881), "633,881"),
        (exact(Fraction(2800, 51)), "54.9"),
        (exact(Fraction("0.0034")), "0.0034"),
        (exact(Fraction("-4.7")), "-4.7"),
        (Number(Fraction(325, 8), Fraction(375, 8)), "40.6–46.9"),
        (exact(Fraction("0.5777")), "0.5777"),
        (exact(Fraction("54.25")), "54.25"),
        (Number(Fraction(3), None), "at least 3"),
        (Number(None, Fraction(3)), "at most 3"),
        (Number(None, None), "not known"),
        (Truth(True), "true"),
        (Truth(None), "not known"),
        (Word("CN", "country"), "China"),
        (Word("byd", "company"), "BYD"),
        (Word("european", "region"), "European company"),
        (Word("new_energy", "product"), "new energy"),
        (Word(None, "country"), "not known"),
        (Word("joint_venture", "kind"), "joint venture"),
        (Companies(BOTH, BOTH), "BMW and BYD"),
        (Companies(frozenset({"bmw"}), BOTH), "BMW; perhaps BYD"),
        (Companies(frozenset(), frozenset()), "–"),
        (Texts(("a", "b")), "a and b"),
        (exact(Fraction("26.1") * 29 / 100 / 391), "0.0194"),
        (exact(Fraction(-1, 3)), "-0.333"),
        (exact(Fraction(1, 7 * 10**9)), "0.000000000143"),
        (exact(Fraction(1, 7 * 10**20)), "1.43e-21"),
        (exact(2024), "2024"),
        (Number(Fraction(2025), Fraction(2030)), "2025–2030"),
        (exact(12_024), "12,024"),
        (Number(Fraction(3), None, above=True), "more than 3"),
        (Number(None, Fraction(3), below=True), "less than 3"),
        (Column((exact(1), UNKNOWN), (True, True)), "1, known of 1 of 2 companies"),
        (Column((UNKNOWN,), (True,)), "known of none of 1 companies"),
        (Column((Truth(True), Truth(None)), (True, True)), "true of 1–2 of 2 companies"),
        (Column((Word("CN", "country"),), (True,)), "one value for 1 company"),
    ],
)
def test_values_are_printed_as_people_read_them(real: Workspace, value: Value, words: str) -> None:
    assert FindingWords("en", real.store.entities).value(value) == words


def test_names_of_companies_are_chinese_in_chinese(real: Workspace) -> None:
    words = FindingWords("zh", real.store.entities)
    assert words.value(Companies(BOTH, BOTH)) == "宝马和比亚迪"


@pytest.mark.slow
def test_a_statement_says_its_verdict_its_base_and_what_was_found(
    real: Workspace, inquiry: Inquiry
) -> None:
    checked = {c.statement.id: c for c in inquiry.check()}
    lines = list(claim_lines([checked["c58"]], real.store.entities, "en"))
    assert lines[:4] == [
        "c58  true only on a subset: Over 60 % of the companies have begun projects on steel and "
        "aluminium.",
        "    share(steel_aluminium > 0) > 60 : false",
        "    share(steel_aluminium > 0) = 51.0 (base: 51)",
        "    Base: all companies (51)",
    ]
    assert lines[4].startswith("    True on: without joint ventures (37); ")
    assert list(summary_lines(list(checked.values()), "en")) == [
        "24 statements: confirmed 16; true only on a subset 3; contradicted by the data 4; "
        "not decidable 1"
    ]


def test_the_base_of_a_statement_says_which_part_of_it_was_counted(
    real: Workspace, inquiry: Inquiry
) -> None:
    checked = {c.statement.id: c for c in inquiry.check()}
    english, chinese = (FindingWords(language, real.store.entities) for language in LANGUAGES)
    assert english.base_of(checked["c46"]) == (
        "the 4 companies it speaks of, out of: all companies (51)"
    )
    assert chinese.base_of(checked["c46"]) == "全部企业（51 家）中所涉的 4 家企业"
    assert english.base_of(checked["c58"]) == "all companies (51)"
    assert english.base_of(checked["c40"]) == ""
    *_, part = claim_lines([checked["c46"]], real.store.entities, "en")
    assert part == "    Base: the 4 companies it speaks of, out of: all companies (51)"
    assert not any("Base" in x for x in claim_lines([checked["c40"]], real.store.entities, "en"))


def test_a_verdict_that_the_file_does_not_demand_is_said(real: Workspace, inquiry: Inquiry) -> None:
    checked = next(c for c in inquiry.check() if c.statement.id == "c15")
    demanded = checked.statement.model_copy(update={"verdict": "confirmed"})
    entry = type(checked)(**{**vars(checked), "statement": demanded})
    lines = list(claim_lines([entry], real.store.entities, "en"))
    assert lines[-1] == "    The file demands: confirmed"


def test_records_have_both_languages_and_ids(real: Workspace, inquiry: Inquiry) -> None:
    records = {r["id"]: r for r in claim_records(inquiry.check(), real.store.entities)}
    record = records["c58"]
    assert (record["verdict"], record["base"], record["companies"]) == ("subset", "all", 51)
    assert record["true_on"][:2] == ["without-joint-ventures", "overseas"]  # type: ignore[index]
    assert record["statement_zh"] == "60% 以上的企业启动了钢铝项目。"
    assert len({tuple(r) for r in records.values()}) == 1


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("count(total > 50) == 11", "confirmed"),
        ("count(total > 50) == 12", "contradicted by the data"),
        ("share(steel_aluminium > 0) > 60", "true only on a subset"),
        ("count(listed) == 33", "not decidable"),
        ("max(total)", "all companies (51): 73.1"),
        ("total where region == 'korean'", "Hyundai: 55.9"),
        (
            "total where listed and company == 'baic-group'",
            "BAIC Group: 16.4 (perhaps outside the base)",
        ),
    ],
)
def test_answers_begin_with_the_answer(
    real: Workspace, inquiry: Inquiry, question: str, first: str
) -> None:
    lines = list(answer_lines(inquiry.ask(question), real.store.entities, "en"))
    assert lines[0] == first


def test_marks_behind_chinese_words_are_chinese(real: Workspace, inquiry: Inquiry) -> None:
    (checked, *_) = inquiry.check()
    lines = list(claim_lines([checked], real.store.entities, "zh"))
    assert lines[1] == "    count(total > 50) == 11：成立"
    for question, first in (
        ("max(total)", "全部企业（51 家）：73.1"),
        ("total where listed and company == 'baic-group'", "北汽集团：16.4（可能不在范围内）"),
    ):
        assert next(answer_lines(inquiry.ask(question), real.store.entities, "zh")) == first


def test_answers_as_records_keep_both_ends(real: Workspace, inquiry: Inquiry) -> None:
    first, *others = answer_records(inquiry.ask("count(listed)"), real.store.entities)
    assert (first["base"], first["low"], first["high"]) == ("all", 32.0, 34.0)
    assert len(others) == 13
    records = answer_records(inquiry.ask("total where region == 'korean'"), real.store.entities)
    assert [(r["company"], r["low"]) for r in records] == [("hyundai", 55.9), ("kia", 59.7)]
    (leader, *_) = answer_records(inquiry.ask("leader(total)"), real.store.entities)
    assert (leader["kind"], leader["text"]) == ("companies", "mercedes-benz")
    (truth, *_) = answer_records(inquiry.ask("any(total > 99)"), real.store.entities)
    assert (truth["kind"], truth["text"]) == ("truth", "false")


def test_the_bases_are_listed(inquiry: Inquiry) -> None:
    line = bases_line(tuple(inquiry.bases.values()), "en")
    assert line.startswith("Standard bases: all companies (51); without joint ventures (37); ")
    assert line.endswith("Korean companies (2)")
