from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from cati.analysis.roadmap.planner import roadmap
from cati.analysis.roadmap.wishes import Wishes
from cati.model.efforts import Efforts
from cati.model.language import Language
from cati.report.cells import csv_text
from cati.report.texts.planning import RoadmapText, roadmap_json, roadmap_records
from cati.workspace import Workspace
from tests.analysis.seasons import two_seasons


def printed(
    workspace: Workspace, evaluation: str, company: str, lang: Language = "en", **wanted: Any
) -> str:
    found = roadmap(workspace, evaluation, company, **wanted)
    text = RoadmapText(found, workspace.store.entities, workspace.store.sources, lang)
    console = Console(width=150, file=io.StringIO(), highlight=False)
    for part in text.parts():
        console.print(part)
    for line in text.notes():
        console.print(line)
    assert isinstance(console.file, io.StringIO)
    return " ".join(console.file.getvalue().split())


def test_it_says_what_is_missing_by_how_much_and_who_has_it(real: Workspace) -> None:
    text = printed(real, "automakers-2024", "geely-auto", target=Fraction(70), alternatives=2)
    assert "Geely Auto in automakers-2024, published basis: total 61.9, rank 4 of 51" in text
    assert "A total of 70: needs an effort of 12." in text
    assert "If the printed table stands for Affiliates 4, Upstream suppliers 0. From 61.9" in text
    assert "There are more plans of the same effort." in text
    assert "Left out: 5.1.6, about offsets" in text
    assert "points of blocks, not criteria" in text
    assert "IPE has not endorsed it" in text


def test_it_says_plainly_where_nobody_is_known_and_where_only_a_part_is(real: Workspace) -> None:
    text = printed(real, "automakers-2024", "geely-auto", target=Fraction(70))
    assert "No other company is known to have more of its points." in text
    assert "No company is known here to meet any of them on evidence." in text
    assert "Most points: General Motors, Toyota Motor, 1 of 11. The printed table gives no" in text


def test_printed_points_are_told_without_and_assessed_criteria_with_evidence(
    real: Workspace,
) -> None:
    wishes = Wishes(exclude=("1", "2.1", "3", "4", "5"))
    text = printed(real, "automakers-2024", "geely-auto", target=Fraction(63), wishes=wishes)
    full = "All of its points have: Mercedes-Benz, Tesla. The printed table gives no evidence for"
    assert full in text
    evidence = "2.2.1/hotspots, GAC Group: gac-group/value-chain-hotspots (Automotive-Steel"
    assert evidence in text


def test_efforts_that_count_for_nothing_are_named(real: Workspace) -> None:
    entries = [{"step": "5.4.1/asks", "effort": Decimal(2)}, {"step": "5.4", "effort": Decimal(3)}]
    efforts = Efforts.model_validate({"format": 1, "efforts": entries})
    text = printed(
        real, "automakers-2024", "geely-auto", target=Fraction(65), wishes=Wishes(efforts)
    )
    assert "No effort here comes from 5.4.1/asks: no block lies wholly inside" in text


def test_what_is_out_of_reach_is_said_with_the_most(real: Workspace) -> None:
    text = printed(real, "automakers-2024", "geely-auto", target=Fraction("99.5"))
    assert "out of reach. The most that can be reached is 98.8." in text


def test_what_is_reached_needs_no_step(real: Workspace) -> None:
    text = printed(real, "automakers-2024", "bmw", target=Fraction(60))
    assert "From 62.9: reached already" in text


def test_a_rank_says_that_the_others_are_held_still(real: Workspace) -> None:
    text = printed(real, "automakers-2024", "bmw", rank=1)
    assert "Rank 1, with all others held still, takes a total of 73.1" in text


def test_criteria_end_at_companies_sources_and_places(real: Workspace) -> None:
    text = printed(real, "automakers-2024", "beijing-benz", target=Fraction(20), basis="assessed")
    assert "needs an effort of 0 at best and 13 surely" in text
    assert "2.3.1/value: earned by" in text
    assert "Geely Auto: geely-auto/lynk-co-01-footprint (Automotive-Steel" in text
    assert "unknown: find out first" in text
    assert "unknown criteria must turn out to be met" in text


def test_chinese_statements_stand_in_chinese(real: Workspace) -> None:
    text = printed(
        real, "automakers-2024", "beijing-benz", "zh", target=Fraction(20), basis="assessed"
    )
    statement = real.methodology("automotive-2024").indicator("2.3.1").routes[0].criteria[0]
    assert statement.statement.zh[:8] in text.replace(" ", "")
    assert "北京奔驰" in text


def test_a_chinese_plan_has_chinese_marks(real: Workspace) -> None:
    text = printed(real, "automakers-2024", "geely-auto", "zh", target=Fraction(70))
    assert "吉利汽车（automakers-2024，得分依据：原表）：总分 61.9，在 51 家企业中列第 4 名" in text
    assert "可通过以下细则得分： 5.4.1（asks、named-supplier、facility、share） 5.4.2（" in text
    assert re.findall(r"[\u4e00-\u9fff] ?[:;,()]|[):,;] ?[\u4e00-\u9fff]", text) == []


def test_what_is_left_out_and_why_is_counted(tmp_path: Path) -> None:
    workspace = two_seasons(tmp_path / "w")
    wishes = Wishes(exclude=("1.1.1",))
    text = printed(workspace, "season-1", "alpha", target=Fraction(10), wishes=wishes)
    assert "2 criteria left out on request." in text
    assert "Left out: 1.2.3, about offsets" in text


def test_without_offsets_in_the_registry_this_is_said(tmp_path: Path) -> None:
    workspace = two_seasons(tmp_path / "w")
    root = workspace.store.root
    for file in ("season/1-all.yaml", "season-v2/1-all.yaml"):
        path = root / "indicators" / file
        text = path.read_text(encoding="utf-8").replace('"offsets": true', '"offsets": false')
        path.write_text(text, encoding="utf-8")
    said = printed(Workspace.open(root), "season-1", "alpha", target=Fraction(10))
    assert "The methodology marks no indicator as being about offsets." in said


@pytest.mark.parametrize("basis", ["published", "assessed"])
def test_data_tell_the_same_exactly(real: Workspace, basis: Any) -> None:
    found = roadmap(
        real, "automakers-2024", "bmw", target=Fraction(70), basis=basis, alternatives=2
    )
    rows = list(csv.DictReader(io.StringIO(csv_text(roadmap_records(found)))))
    answer = json.loads(roadmap_json(found, ["note"]))
    assert answer["steps"] == rows
    assert answer["notes"] == ["note"]
    for number, case in enumerate(found.cases):
        said = answer["cases"][number]
        assert Fraction(said["start"]) == case.start
        for at, plan in enumerate(case.plans, start=1):
            mine = [r for r in rows if r["case"] == case.which and r["plan"] == str(at)]
            assert sum(Fraction(row["adds"]) for row in mine) == plan.total - case.start
            assert sum(Fraction(row["effort"]) for row in mine) == plan.effort
            if mine:
                assert Fraction(mine[-1]["total"]) == plan.total
