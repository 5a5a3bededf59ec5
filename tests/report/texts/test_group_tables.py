"""Groups as tables and records."""

from __future__ import annotations

import io
from dataclasses import replace
from fractions import Fraction

import pytest
from rich.console import Console

from cati.analysis.claims.inquiry import Inquiry
from cati.analysis.claims.values import Number
from cati.analysis.groups import group, with_and_without_joint_ventures
from cati.model.language import Language
from cati.report.texts.findings import FindingWords
from cati.report.texts.group_tables import (
    effect_text,
    grouping_records,
    grouping_text,
    method_lines,
)
from cati.workspace import Workspace


@pytest.fixture(scope="module")
def inquiry(real: Workspace) -> Inquiry:
    return Inquiry(real, "automakers-2024")


def printed(inquiry: Inquiry, by: str, of: str = "total", language: Language = "en") -> str:
    out = io.StringIO()
    groupings = with_and_without_joint_ventures(inquiry, by, of)
    entities = inquiry.workspace.store.entities
    Console(file=out, width=150).print(grouping_text(groupings, entities, language))
    return out.getvalue()


def test_tables_have_both_bases_counts_and_marks(inquiry: Inquiry) -> None:
    text = printed(inquiry, "region")
    assert "total by region; base: all companies (51)" in text
    assert "total by region; base: without joint ventures (37)" in text
    assert "American company 4 *" in " ".join(text.split())
    assert "* fewer than 5 companies" in text
    assert "European company less all others" in text


def test_groups_are_named_for_what_they_are(inquiry: Inquiry) -> None:
    assert "overseas companies less Chinese companies" in printed(inquiry, "chinese")
    assert "traditional makers" in printed(inquiry, "new_energy")
    assert "no joint ventures" in printed(inquiry, "joint_venture")
    assert "Germany" in printed(inquiry, "country")
    assert " yes " in printed(inquiry, "total > 50")
    assert "汽车企业减合资企业" in printed(inquiry, "kind", language="zh")


def test_what_is_not_known_is_named_and_not_compared(inquiry: Inquiry) -> None:
    text = printed(inquiry, "listed")
    assert "not known: BAIC Group and Dongfeng Motor Corporation; not compared" in " ".join(
        text.split()
    )
    text = " ".join(printed(inquiry, "chinese", "new_energy_share").split())
    assert "Chinese companies: no number of " in text
    assert "who are left out" in text


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        ("0.2", "0.2", "small"),
        ("0.2", "0.9", "small–large"),
        ("-0.9", "-0.4", "medium–large"),
        ("0", "0.9", "negligible–large"),
        ("-1", "1", "negligible–large, direction not known"),
        ("-0.4", "0.1", "negligible–medium, direction not known"),
        ("-0.1", "0.1", "negligible, direction not known"),
    ],
)
def test_an_effect_between_bounds_has_every_size_between_them(
    inquiry: Inquiry, low: str, high: str, words: str
) -> None:
    (difference,) = group(inquiry, "chinese").differences
    open_ = replace(difference, delta=Number(Fraction(low), Fraction(high)))
    assert effect_text(open_, FindingWords("en", {})) == words


def test_points_that_are_open_leave_the_effect_open(real: Workspace) -> None:
    text = printed(Inquiry(real, "automakers-2024", "assessed"), "chinese")
    assert "-1.00–1.00" in text
    assert "negligible–large, direction not" in text


def test_one_group_alone_has_no_table_of_differences(inquiry: Inquiry) -> None:
    assert "Difference" not in printed(inquiry, "chinese where chinese")
    assert "Difference" in printed(inquiry, "chinese")


def test_a_condition_is_said_to_be_one(inquiry: Inquiry) -> None:
    text = printed(inquiry, "chinese", "scope3_targets > 0")
    assert "Mean: per cent of the companies for which this holds" in text


def test_names_are_chinese_in_chinese(inquiry: Inquiry) -> None:
    text = printed(inquiry, "country", language="zh")
    assert "总分，按“国家”分组；基数：全部企业（51 家）" in text
    assert "德国" in text
    assert "按“total > 50”分组" in printed(inquiry, "total > 50", language="zh")


def test_records_are_of_one_form(inquiry: Inquiry) -> None:
    records = grouping_records(with_and_without_joint_ventures(inquiry, "listed"))
    assert len({tuple(record) for record in records}) == 1
    groups = [(r["base"], r["group"], r["companies"]) for r in records if r["kind"] == "group"]
    assert groups[:3] == [("all", "true", 32), ("all", "false", 17), ("all", "unknown", 2)]
    (first, *_) = [r for r in records if r["kind"] == "difference"]
    assert (first["group"], first["other"]) == ("true", "false")
    assert -1 <= float(str(first["delta_low"])) <= 1


def test_the_method_is_told() -> None:
    text = " ".join(method_lines("en"))
    assert "10,000" in text
    assert "Cliff's delta" in text
