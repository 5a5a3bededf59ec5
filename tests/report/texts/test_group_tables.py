"""Groups as tables and records."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from cati.analysis.claims.inquiry import Inquiry
from cati.analysis.groups import with_and_without_joint_ventures
from cati.report.language import Language
from cati.report.texts.group_tables import grouping_records, grouping_text, method_lines
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


def test_what_is_not_known_is_named_and_not_compared(inquiry: Inquiry) -> None:
    text = printed(inquiry, "listed")
    assert "not known: BAIC Group and Dongfeng Motor Corporation; not compared" in " ".join(
        text.split()
    )
    text = " ".join(printed(inquiry, "chinese", "new_energy_share").split())
    assert "Chinese companies: no number of " in text
    assert "who are left out" in text


def test_a_condition_is_said_to_be_one(inquiry: Inquiry) -> None:
    text = printed(inquiry, "chinese", "scope3_targets > 0")
    assert "Mean: per cent of the companies for which this holds" in text


def test_names_are_chinese_in_chinese(inquiry: Inquiry) -> None:
    assert "德国" in printed(inquiry, "country", language="zh")


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
