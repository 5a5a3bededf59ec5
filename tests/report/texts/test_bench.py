"""What answers on uncertainty, sensitivity and what if have in common."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from cati.model.interval import Interval
from cati.report.texts import bench
from cati.workspace import Workspace


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        ("0", "0", "0.0"),
        ("1", "1", "100.0"),
        ("0.3645", "0.46425", "36.5–46.4"),
        ("0.0001", "0.9999", "<0.1–>99.9"),
        ("0.5", "0.5", "50.0"),
    ],
)
def test_only_never_is_nothing_and_only_always_is_everything(
    low: str, high: str, text: str
) -> None:
    assert bench.percent(Interval(Fraction(low), Fraction(high))) == text


def test_a_share_is_exact_and_readable() -> None:
    assert bench.share(Fraction(75, 2)) == "37.5"
    assert bench.share(Fraction(200, 3)) == "200/3 (66.67)"


def test_parts_of_every_level_have_names(real: Workspace) -> None:
    card = real.score("automakers-2024")
    assert bench.part_name(card, "scope3_action", "en") == "Scope 3 action"
    assert bench.part_name(card, "scope3_action_rest", "en") == (
        "Scope 3 action without Steel and aluminium"
    )
    assert bench.part_name(card, "5", "zh").startswith("5 ")
    assert bench.part_name(card, "scope12", "zh") == "范围一和范围二"


def test_json_says_what_it_rests_on(real: Workspace) -> None:
    card = real.score("automakers-2024")
    answer = json.loads(bench.json_text(card, ["assumed"], {"rows": []}))
    assert answer == {
        "evaluation": "automakers-2024",
        "basis": "published",
        "companies": 51,
        "notes": ["assumed"],
        "rows": [],
    }


def test_a_block_is_something_else_on_either_basis(real: Workspace) -> None:
    published = bench.block_note(real.score("automakers-2024"), "en")
    assert "a column of the printed table" in published
    assessed = bench.block_note(real.score("automakers-2024", "assessed"), "en")
    assert assessed == "On the assessed basis a block is an indicator."
