"""A new season from the command line: made, given out, watched."""

from __future__ import annotations

import csv
import datetime
import io
import json
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.conftest import Spoilable
from tests.research.filling import Filling
from tests.research.tiny_season import answered
from tests.research.workbooks import rows, value

NEW = ("evaluation", "new", "second", "--from", "first")
PAST, FUTURE = "2025-01-31", "9999-12-31"


@pytest.fixture
def root(tiny: Spoilable) -> Path:
    return answered(tiny).root


def test_a_dry_run_says_everything_and_writes_nothing(root: Path) -> None:
    before = sorted(root.rglob("*"))
    dry = run(*NEW, "--dry-run", workspace=root)
    assert dry.exit_code == 0
    assert dry.stderr == "nothing written\n"
    assert sorted(path for path in root.rglob("*") if not path.name.startswith(".cati.")) == before
    done = run(*NEW, workspace=root)
    assert (done.stdout, done.stderr) == (dry.stdout, "3 files written\n")
    assert "Proposed answers: 4 (1 met, 3 not met), in companies: 2." in done.stdout
    assert run("check", workspace=root).exit_code == 0


def test_a_second_time_is_refused(root: Path) -> None:
    run(*NEW, workspace=root)
    again = run(*NEW, workspace=root)
    assert again.exit_code == 2
    assert "reports/second: expected a new evaluation; it is there already" in again.stderr


def test_the_cut_off_date_may_be_given(root: Path) -> None:
    result = run(*NEW, "--cutoff", "2024-12-31", workspace=root)
    assert result.stdout.startswith("second: cut-off date 2024-12-31, ")
    assert run(*NEW, "--cutoff", "31.12.2024", workspace=root).exit_code == 2


def test_work_is_given_shown_and_taken_back(root: Path) -> None:
    given = run(
        "assign", "first", "Ann", "--companies", "Alpha，beta", "--due", PAST, workspace=root
    )
    assert given.stdout == "Ann, by 2025-01-31: alpha, beta; all indicators\n"
    assert run("assign", "first", workspace=root).stdout == given.stdout
    more = ("--companies", "beta", "--indicators", "2.1, 1", "--due", FUTURE, "--second")
    second = run("assign", "first", "Bo", *more, workspace=root)
    assert second.stdout == "Bo (second assessment), by 9999-12-31: beta; 1, 2.1\n"
    assert run("check", workspace=root).exit_code == 0
    left = run("assign", "first", "Ann", "--remove", workspace=root)
    assert (left.stdout, left.stderr) == ("", "first: nothing is assigned to Ann\n")
    none = run("assign", "first", "Bo", "--remove", "--companies", "beta", workspace=root)
    assert none.stdout == ""
    assert run("assign", "first", workspace=root).stderr == "first: nothing is assigned\n"
    chinese = run("assign", "first", "--lang", "zh", workspace=root)
    assert chinese.stderr == "first：尚未分配任务\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["first", "Ann", "--companies", "alpha"], "Give --companies and --due"),
        (["first", "--companies", "alpha"], "assign to whom? Name an assessor"),
        (["first", "Ann", "--remove", "--second"], "--remove goes with --companies alone"),
        (["frist"], "no evaluation frist: did you mean first?"),
        (["first", "Ann", "--companies", ",", "--due", PAST], "expected at least one"),
    ],
)
def test_what_is_not_clear_is_asked(root: Path, arguments: list[str], message: str) -> None:
    result = run("assign", *arguments, workspace=root)
    assert result.exit_code == 2
    assert message in result.stderr


def test_progress_by_company_by_assessor_and_late(root: Path) -> None:
    run("assign", "first", "Ann", "--companies", "alpha,gamma", "--due", PAST, workspace=root)
    run("assign", "first", "Bo", "--companies", "beta", "--due", FUTURE, workspace=root)
    late = (datetime.date.today() - datetime.date.fromisoformat(PAST)).days
    whole = run("progress", "first", workspace=root)
    assert [
        line.split()[0] for line in whole.stdout.splitlines() if line.strip()[:1].isalpha()
    ] == [
        *("Company", "Alpha", "Beta", "Gamma-Alpha"),
        *("Assessor", "Ann", "Bo"),
    ]
    assert "Base: 3 of 3 companies, 2 criteria each" in whole.stderr
    only = run("progress", "first", "--late", "--format", "csv", workspace=root)
    rows = list(csv.DictReader(io.StringIO(only.stdout)))
    assert [(row["company"], row["assessor"], row["days_late"]) for row in rows] == [
        ("gamma", "", str(late)),
        ("gamma", "Ann", str(late)),
    ]
    bo = run("progress", "first", "--assessor", "Bo", "--format", "json", workspace=root)
    content = json.loads(bo.stdout)
    assert content["companies"] == []
    assert [(task["company"], task["answered"]) for task in content["tasks"]] == [("beta", "2")]
    assert run("progress", "first", "--assessor", "Cy", workspace=root).exit_code == 2


def test_progress_speaks_chinese(root: Path) -> None:
    result = run("progress", "first", "--lang", "zh", workspace=root)
    assert "阿尔法汽车" in result.stdout


@pytest.mark.slow
def test_a_proposal_is_confirmed_in_the_workbook(copy: Path, tmp_path: Path) -> None:
    """Choosing the proposed answer is all it takes; nobody has to give a reason for it."""
    new = ("evaluation", "new", "automakers-2025", "--from", "automakers-2024")
    assert run(*new, workspace=copy).exit_code == 0
    folder = tmp_path / "to-fill"
    export = ("workbook", "export", "automakers-2025", str(folder), "--companies", "polestar")
    assert run(*export, workspace=copy).exit_code == 0
    (empty,) = folder.iterdir()
    workbook = Filling(empty).by("Ann", "2025-09-01")
    row = rows(workbook.book, "answers", "criterion")["2.3.1/value"]
    assert value(workbook.book, "answers", row, "proposed") == "met"
    filled = workbook.set("answers", "2.3.1/value", {"answer": "met"}).save(tmp_path / "ann.xlsx")
    done = run("workbook", "import", str(filled), workspace=copy)
    assert done.exit_code == 0, done.stderr
    left = run("progress", "automakers-2025", "--format", "csv", workspace=copy)
    found = {row["company"]: row for row in csv.DictReader(io.StringIO(left.stdout))}
    assert (found["polestar"]["answered"], found["polestar"]["proposed"]) == ("1", "5")
    assert found["polestar"]["coverage"] == "0.01"  # 1 of 100 points
    assert (found["bmw"]["answered"], found["bmw"]["proposed"]) == ("0", "7")
    assert "looked at 1, of these left open with a reason 0; proposed 114" in left.stderr
