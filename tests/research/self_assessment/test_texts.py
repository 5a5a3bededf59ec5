"""The result as text: tables and records that say the same, with the base and the doubts."""

from __future__ import annotations

import csv
import datetime
import json
import shutil
from fractions import Fraction
from pathlib import Path

import pytest
from rich.console import Console
from rich.table import Table

from cati.model.rounding import plain
from cati.research.self_assessment.result import SelfAssessment, self_assess
from cati.research.self_assessment.texts import (
    gap_records,
    gap_table,
    peer_table,
    result_json,
    result_lines,
    result_notes,
    state_name,
)
from cati.research.self_assessment.workspace import start
from cati.workspace import Workspace
from tests.conftest import ROOT

DAY = datetime.date(2026, 5, 31)
ANSWERS = """\
format: 1
evaluation: self-2026
verdicts:
  - {criterion: 5.3.2/method, answer: unpublished, assessor: B, date: 2026-05-01}
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    start(tmp_path / "mine", "BMW", "automotive-2024", DAY)
    file = tmp_path / "mine/companies/bmw/assessments/self-2026.yaml"
    file.write_text(ANSWERS, encoding="utf-8")
    return Workspace.open(tmp_path / "mine")


@pytest.fixture
def result(workspace: Workspace) -> SelfAssessment:
    return self_assess(workspace)


def printed(table: Table | None) -> list[str]:
    assert table is not None
    console = Console(width=220)
    with console.capture() as capture:
        console.print(table)
    return [" ".join(line.split()) for line in capture.get().splitlines() if line.strip()]


def test_the_lines_say_both_totals_and_how_much_is_open(
    workspace: Workspace, result: SelfAssessment
) -> None:
    assert list(result_lines(result, workspace.store.entities, "en")) == [
        "BMW, self-2026: private self-assessment, cut-off date 2026-05-31",
        "Public total: 0.0–95.8 of 100 points; settled: 3 %",
        "If all that is done were published: 0.7–100.0; criteria done, not published: 1",
        "Criteria answered: 1 of 147, all routes counted; open: 146",
    ]


def test_a_peer_sees_its_printed_figures_beside_the_others(
    workspace: Workspace, result: SelfAssessment
) -> None:
    rows = printed(peer_table(result, workspace.store.entities, "en", joint_ventures=True))
    assert rows[0] == "Beside 50 peers of automakers-2024; rank of 51"
    assert rows[3].startswith("Total 0.0–95.8 0.7–100.0 62.9 2.0 ")
    without = printed(peer_table(result, workspace.store.entities, "zh", joint_ventures=False))
    assert "36" in without[0]
    steel = next(row for row in rows if row.startswith("Steel and aluminium"))
    table = csv.DictReader((ROOT / "reports/automakers-2024/published.csv").open(encoding="utf-8"))
    others = [int(row["steel_aluminium"]) for row in table if row["company"] != "bmw"]
    now = 1 + sum(rate > 0 for rate in others)
    then = 1 + sum(rate > 17 for rate in others)  # half a point of three
    assert steel == f"Steel and aluminium 0 17–100 100 0 8 100 Mercedes-Benz {now} 1–{then}"


def test_the_gaps_are_the_same_in_table_records_and_json(result: SelfAssessment) -> None:
    records = gap_records(result, "en")
    assert [record["criterion"] for record in records] == [gap.criterion for gap in result.gaps]
    for record, gap in zip(records, result.gaps, strict=True):
        assert record["contribution"] == plain(gap.points * gap.factor)
        assert Fraction(record["gain"]) == gap.gain
    content = json.loads(result_json(result, records))
    assert content["gaps"] == records
    assert content["total"] == {"low": "0", "high": "95.8"}
    assert len(content["peers"]["columns"]) == 13
    rows = printed(gap_table(result, "en"))
    assert sum("/" in row.split()[0] for row in rows[3:] if row[0].isdigit()) == len(records)


def test_a_gap_names_what_its_column_shows_of_peers(result: SelfAssessment) -> None:
    by_name = {record["criterion"]: record for record in gap_records(result, "zh")}
    method = by_name["5.3.2/method"]
    assert (method["column"], method["best_peers"]) == ("steel_aluminium", "mercedes-benz")
    assert (method["peers_median"], method["peers_greatest"]) == ("25/3", "100")
    rounded = {r["criterion"]: r for r in gap_records(result, "zh", exact=False)}["5.3.2/method"]
    assert (rounded["peers_median"], rounded["peers_greatest"]) == ("8", "100")
    upstream = next(r for name, r in by_name.items() if name.startswith("5.4.1/"))
    assert (upstream["column"], upstream["best_peers"]) == ("", "")


def test_the_notes_say_what_the_figures_are_not(result: SelfAssessment) -> None:
    notes = " ".join(result_notes(result, "en"))
    assert "need not meet a criterion in it" in notes
    assert "cut-off date 2024-07-30" in notes
    assert notes.count("IPE has not endorsed it") == 2


def test_states_have_words() -> None:
    names = [state_name(s, "en") for s in ("not_met", "unknown", "unpublished", "uncounted")]
    assert names == ["not met", "unknown", "done, not published", "evidence does not count"]


def test_without_peers_there_is_no_table(tmp_path: Path) -> None:
    start(tmp_path / "other", "Boreal", "automotive-2024", DAY)
    shutil.rmtree(tmp_path / "other/reports/automakers-2024")
    workspace = Workspace.open(tmp_path / "other")
    result = self_assess(workspace)
    entities = workspace.store.entities
    assert peer_table(result, entities, "en", joint_ventures=True) is None
    records = gap_records(result, "en")
    assert json.loads(result_json(result, records))["peers"] is None
    assert {record["best_peers"] for record in records} <= {""}
