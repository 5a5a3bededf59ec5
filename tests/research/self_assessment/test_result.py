"""From an empty self-assessment to its result, with the sums done by hand."""

from __future__ import annotations

import datetime
import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from cati.problems import UsageError
from cati.research.self_assessment.result import own_evaluation, require_own, self_assess
from cati.research.self_assessment.workspace import start
from cati.workspace import Workspace
from tests.conftest import Spoilable

DAY = datetime.date(2026, 5, 31)

SOURCES = """\
format: 1
sources:
  - {id: report, kind: annual_report, title: Report, language: en, published: 2026-03}
"""
EVIDENCE = """\
format: 1
disclosures:
  - id: goals
    statement: 80 suppliers hold goals for 2030.
    indicators: [automotive-2024/3.2.3]
    polarity: supports
    confidence: high
    where: [{source: aurora/report, locator: p. 12}]
  - id: late
    statement: It tracks them.
    indicators: [automotive-2024/4.2.3]
    polarity: supports
    confidence: high
    where: [{source: aurora/report, locator: p. 13}]
    retracted: Withdrawn.
"""
ANSWERS = """\
format: 1
evaluation: self-2026
verdicts:
  - criterion: 3.2.3/supplier-goals
    answer: met
    disclosures: [aurora/goals]
    assessor: A
    date: 2026-05-01
  - criterion: 4.2.3/tracked
    answer: met
    disclosures: [aurora/late]
    assessor: A
    date: 2026-05-01
  - {criterion: 5.3.2/method, answer: unpublished, assessor: B, date: 2026-05-01}
no_disclosure:
  - {code: 2.3.1, looked_in: [its website], assessor: B, date: 2026-05-01}
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Aurora's self-assessment with a few answers."""
    folder = tmp_path / "mine"
    start(folder, "Aurora", "automotive-2024", DAY)
    company = folder / "companies/aurora"
    (company / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (company / "evidence.yaml").write_text(EVIDENCE, encoding="utf-8")
    (company / "assessments/self-2026.yaml").write_text(ANSWERS, encoding="utf-8")
    return folder


def test_the_totals_are_the_sums_done_by_hand(mine: Path) -> None:
    """Scope 3 counts 1.4-fold, product footprints once.

    3.2.3/supplier-goals earns 1 point; 2.3.1 can earn none of its 6; 5.3.2/method is worth half
    a point, and all the others of the 3 points of 5.3.2 require it.
    """
    result = self_assess(Workspace.open(mine))
    factor = Fraction(7, 5)
    assert (result.total.low, result.total.high) == (factor, 100 - 6 - 3 * factor)
    assert result.total_if_published.low == factor + factor / 2
    assert result.total_if_published.high == 100 - 6
    assert result.coverage == Fraction(1 + 6 + 3, 100)
    assert (result.counts.criteria, result.unpublished) == (147, 1)
    assert result.counts.nothing_found == 1


def test_the_gap_list_knows_each_state(mine: Path) -> None:
    result = self_assess(Workspace.open(mine))
    gaps = {gap.criterion: gap for gap in result.gaps}
    assert gaps["5.3.2/method"].state == "unpublished"
    assert gaps["5.3.2/method"].alone == Fraction(7, 10)
    assert gaps["4.2.3/tracked"].state == "uncounted"
    assert gaps["2.3.1/value"].state == "not_met"
    assert "3.2.3/supplier-goals" not in gaps
    # what it requires is met: nothing comes first
    assert gaps["4.2.3/tracked"].first == ()
    assert gaps["4.2.3/tracked"].gain == Fraction(7, 5)


def test_it_stands_beside_the_latest_published_evaluation(mine: Path) -> None:
    result = self_assess(Workspace.open(mine))
    assert result.peers is not None
    assert result.peers.evaluation.id == "automakers-2024"
    total = result.peers.columns[0]
    assert (total.all_peers.peers, total.without_joint_ventures.peers) == (51, 37)
    assert total.own.low == result.total.low / 100
    assert total.own_if_published.low == result.total_if_published.low / 100
    footprint = next(c for c in result.peers.columns if c.id == "product_footprint")
    assert (footprint.own.low, footprint.own.high) == (0, 0)


def test_indicators_are_told_by_the_smallest_column_that_is_sure(mine: Path) -> None:
    result = self_assess(Workspace.open(mine))
    columns = {code: result.column(code) for code in ("5.3.2", "5.3.1", "1.2.3", "5.4.1")}
    assert {code: column and column.id for code, column in columns.items()} == {
        "5.3.2": "steel_aluminium",
        "5.3.1": "scope3_action",
        "1.2.3": "governance",
        "5.4.1": None,  # only in a column whose make-up is a guess
    }


def test_without_a_published_evaluation_there_are_no_peers(tmp_path: Path) -> None:
    start(tmp_path / "mine", "Boreal Steel", "automotive-2024", DAY)
    shutil.rmtree(tmp_path / "mine/reports/automakers-2024")
    result = self_assess(Workspace.open(tmp_path / "mine"))
    assert result.peers is None
    assert (result.total.low, result.total.high) == (0, 100)


def test_a_peer_is_not_beside_itself(tmp_path: Path) -> None:
    start(tmp_path / "mine", "BMW", "automotive-2024", DAY)
    result = self_assess(Workspace.open(tmp_path / "mine"))
    assert result.peers is not None
    total = result.peers.columns[0]
    assert (total.all_peers.peers, total.without_joint_ventures.peers) == (50, 36)
    assert total.printed is not None
    assert total.printed.low == Fraction("0.629")


def test_indicators_without_criteria_are_named(assessed: Spoilable) -> None:
    file = "reports/first/evaluation.yaml"
    assessed.change(file, "bands:", "self_assessment: true\nbands:")
    text = assessed.read(file)
    start_of_contact, start_of_scope = text.index("contact:"), text.index("scope:")
    alone = text[:start_of_contact] + text[start_of_scope:]
    alone = alone.replace("  - {company: beta, reason: sales}\n", "")
    assessed.write(file, alone.replace("  - {company: gamma, reason: sales}\n", ""))
    assessed.write("companies/alpha/assessments/first.yaml", "format: 1\nevaluation: first\n")
    result = self_assess(assessed.open())
    assert result.without_criteria == ("1.1.2", "2.1.1", "2.1.2", "2.2.1", "2.2.2", "2.3.1")
    assert result.peers is None
    assert [gap.criterion for gap in result.gaps] == ["1.1.1/said", "1.1.1/dated"]


def test_which_one_is_meant(mine: Path, real: Workspace) -> None:
    workspace = Workspace.open(mine)
    assert own_evaluation(workspace).id == "self-2026"
    with pytest.raises(UsageError, match="automakers-2024 is no self-assessment"):
        own_evaluation(workspace, "automakers-2024")
    with pytest.raises(UsageError, match="no self-assessment here; 'cati init --self-assessment"):
        own_evaluation(real)
    text = (mine / "reports/self-2026/evaluation.yaml").read_text(encoding="utf-8")
    (mine / "reports/self-2027").mkdir()
    second = mine / "reports/self-2027/evaluation.yaml"
    second.write_text(text.replace("id: self-2026", "id: self-2027"), encoding="utf-8")
    with pytest.raises(UsageError, match=r"which self-assessment\? self-2026, self-2027"):
        own_evaluation(Workspace.open(mine))
    more = "scope:\n  - {company: byd, reason: self}"
    second.write_text(second.read_text(encoding="utf-8").replace("scope:", more), encoding="utf-8")
    with pytest.raises(UsageError, match="self-2027: expected one company; found 2"):
        own_evaluation(Workspace.open(mine), "self-2027")


def test_workbooks_of_another_evaluation_are_refused() -> None:
    require_own(
        ["companies/a/evidence.yaml", "companies/a/assessments/self-2026.yaml"], "self-2026"
    )
    with pytest.raises(UsageError, match="expected workbooks of self-2026; found one of other"):
        require_own(["companies/a/assessments/other.yaml"], "self-2026")
