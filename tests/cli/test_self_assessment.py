"""A made-up company from an empty folder to its gaps, as people do it."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import pytest

from cati.cli import main
from tests.cli.running import run
from tests.research.filling import Filling

OPTIONS = ("--self-assessment", "--company", "Aurora Motors", "--cutoff", "2026-05-31")
SOURCE = {
    "id": "report-2025",
    "kind": "sustainability report",
    "title": "Report 2025",
    "language": "English",
    "published": "2026-03",
}
GOALS = {
    "id": "goals",
    "indicators": "3.2.3",
    "statement": "80 suppliers hold goals for 2030.",
    "language": "English",
    "source": "aurora-motors/report-2025",
    "locator": "p. 12",
    "polarity": "supports",
    "confidence": "high",
}


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    result = run("init", str(folder), *OPTIONS)
    assert result.exit_code == 0, result.stderr
    workbook = folder / "workbooks/aurora-motors.self-2026.en.xlsx"
    assert result.stdout == f"{workbook}\n"
    assert "Aurora Motors is aurora-motors\n" in result.stderr
    return folder


def departments(mine: Path, folder: Path) -> tuple[str, str]:
    """The workbook as filled by two of them."""
    empty = mine / "workbooks/aurora-motors.self-2026.en.xlsx"
    buying = Filling(empty).by("Ann", "2026-05-20")
    buying.add("sources", SOURCE).add("disclosures", GOALS)
    met = {"answer": "met", "disclosures": "aurora-motors/goals", "rationale": "Number and year."}
    buying.set("answers", "3.2.3/supplier-goals", met)
    buying.set("answers", "5.3.2/method", {"answer": "done, not published"})
    product = Filling(empty).by("Bo", "2026-05-21")
    looked = {"nothing_found": "nothing found", "looked_in": "the website"}
    product.set("nothing_found", "2.3.1", looked)
    return str(buying.save(folder / "a.xlsx")), str(product.save(folder / "b.xlsx"))


def result_of(mine: Path, *files: str) -> dict[str, object]:
    result = run("self-assess", *files, "--format", "json", workspace=mine)
    assert result.exit_code == 0, result.stderr
    content = json.loads(result.stdout)
    assert isinstance(content, dict)
    return content


def test_init_makes_a_sound_private_workspace(mine: Path) -> None:
    assert run("check", workspace=mine).stderr == "0 errors, 0 warnings\n"
    assert run("score", "automakers-2024", workspace=mine).exit_code == 0
    assert "*" in (mine / ".gitignore").read_text(encoding="utf-8").splitlines()


@pytest.mark.slow
def test_two_departments_fill_the_workbook_and_one_command_says_what_it_comes_to(
    mine: Path, tmp_path: Path
) -> None:
    """1 point of Scope 3 counts 1.4-fold, half a point is not published.

    2.3.1 loses its 6 points, and without its method 5.3.2 its 3, which count 1.4-fold.
    """
    content = result_of(mine, *departments(mine, tmp_path))
    assert content["total"] == {"low": "1.4", "high": "89.8"}
    assert content["total_if_published"] == {"low": "2.1", "high": "94"}
    assert Fraction(str(content["coverage"])) == Fraction(10, 100)
    assert content["unpublished"] == 1
    # and again from what was stored
    assert result_of(mine) == content
    stored = (mine / "companies/aurora-motors/assessments/self-2026.yaml").read_text("utf-8")
    assert "assessor: Ann" in stored
    assert "assessor: Bo" in stored
    assert run("check", workspace=mine).stderr == "0 errors, 0 warnings\n"


@pytest.mark.slow
def test_what_is_taken_in_is_told_apart_from_the_result(mine: Path, tmp_path: Path) -> None:
    files = departments(mine, tmp_path)
    result = run("self-assess", *files, "--format", "csv", workspace=mine)
    assert "3.2.3/supplier-goals: no answer → met" in result.stderr
    gaps = list(csv.DictReader(io.StringIO(result.stdout)))
    by_name = {gap["criterion"]: gap for gap in gaps}
    method = by_name["5.3.2/method"]
    assert (method["state"], method["points"], method["factor"]) == ("unpublished", "0.5", "1.4")
    assert (method["contribution"], method["alone"]) == ("0.7", "0.7")
    assert method["column"] == "steel_aluminium"
    told = ("points", "factor", "contribution", "gain", "alone", "peers_median", "peers_greatest")
    assert not any("/" in gap[name] for gap in gaps for name in told)
    assert method["best_peers"] == "bmw; mercedes-benz"
    tracked = by_name["4.2.3/tracked"]
    assert (tracked["gain"], tracked["alone"], tracked["first"]) == ("1.4", "1.4", "")


@pytest.mark.slow
def test_every_gain_is_what_an_answer_brings(mine: Path, tmp_path: Path) -> None:
    """Answer one gap more and take the difference."""
    content = result_of(mine, *departments(mine, tmp_path))
    gaps = {gap["criterion"]: gap for gap in content["gaps"]}  # type: ignore[attr-defined]
    file = mine / "companies/aurora-motors/assessments/self-2026.yaml"
    before = file.read_text(encoding="utf-8")
    more = (
        "  - {criterion: 4.2.3/tracked, answer: met, disclosures: [aurora-motors/goals], "
        "assessor: A, date: '2026-05-22'}\n"
    )
    file.write_text(before.replace("no_disclosure:", f"{more}no_disclosure:"), encoding="utf-8")
    after = result_of(mine)
    totals = [Fraction(c["total"]["low"]) for c in (content, after)]  # type: ignore[index]
    assert totals[1] - totals[0] == Fraction(gaps["4.2.3/tracked"]["gain"])


@pytest.mark.slow
def test_the_table_says_what_it_compares(mine: Path, tmp_path: Path) -> None:
    result = run("self-assess", *departments(mine, tmp_path), workspace=mine)
    assert "Public total: 1.4–89.8 of 100 points; settled: 10 %" in result.stdout
    assert "If all that is done were published: 2.1–94.0" in result.stdout
    assert "Beside 51 peers of automakers-2024; rank of 52\n" in "\n".join(
        line.rstrip() for line in result.stdout.splitlines()
    )
    assert "Beside 37 peers of automakers-2024 without joint ventures; rank of 38" in result.stdout
    assert "a peer that leads in a column need not meet a criterion in it" in result.stderr
    assert "IPE has not endorsed it" in result.stderr


def test_mistakes_are_named_by_cell_and_nothing_is_written(mine: Path, tmp_path: Path) -> None:
    workbook = Filling(mine / "workbooks/aurora-motors.self-2026.en.xlsx").by("Ann", "2026-05-20")
    workbook.set("answers", "5.3.2/method", {"answer": "done, not publisht"})
    file = workbook.save(tmp_path / "a.xlsx")
    before = (mine / "companies/aurora-motors/assessments/self-2026.yaml").read_bytes()
    result = run("self-assess", str(file), workspace=mine)
    assert result.exit_code == 1
    assert "done, not publisht" in result.stderr
    assert "nothing written" in result.stderr
    assert (mine / "companies/aurora-motors/assessments/self-2026.yaml").read_bytes() == before


@pytest.mark.slow
def test_workbooks_of_another_evaluation_are_refused(mine: Path, tmp_path: Path) -> None:
    run(
        "workbook", "export", "automakers-2024", str(tmp_path), "--companies", "bmw", workspace=mine
    )
    (exported,) = tmp_path.glob("bmw*.xlsx")
    workbook = Filling(exported).by("Ann", "2026-05-20")
    workbook.set("answers", "5.3.2/method", {"answer": "not met"}).save(exported)
    result = run("self-assess", str(exported), workspace=mine)
    assert result.exit_code == 2
    assert "expected workbooks of self-2026; found one of automakers-2024" in result.stderr
    assert not (mine / "companies/bmw/assessments").exists()


def test_elsewhere_there_is_no_self_assessment() -> None:
    result = run("self-assess")
    assert result.exit_code == 2
    assert "no self-assessment here; 'cati init --self-assessment DIR' makes one" in result.stderr


def test_the_workbook_comes_in_the_language_that_is_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    result = run("init", str(folder), "--self-assessment", "--company", "比亚迪", "--lang", "zh")
    assert result.exit_code == 0
    assert "byd, one of the companies with a published score" in result.stderr
    assert [path.suffixes[-2] for path in (folder / "workbooks").iterdir()] == [".zh"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--self-assessment"], "which company assesses itself? Give --company"),
        (["--company", "Aurora"], "go with --self-assessment"),
        (["--self-assessment", "--company", "曙光"], "give one by --id"),
        (["--self-assessment", "--company", "Aurora", "--cutoff", "May"], "does not match"),
    ],
)
def test_init_refuses_what_makes_no_sense(tmp_path: Path, options: list[str], message: str) -> None:
    result = run("init", str(tmp_path / "mine"), *options)
    assert result.exit_code == 2
    assert message in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_command_is_known() -> None:
    assert "self-assess" in main.commands
