from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.analysis.seasons import two_seasons
from tests.cli.running import run

GEELY = ("roadmap", "automakers-2024", "Geely Auto")


def test_roadmap_prints_the_answer_and_puts_notes_aside() -> None:
    result = run(*GEELY, "--target", "70")
    assert result.exit_code == 0
    assert "A total of 70: needs an effort of 12." in result.stdout
    assert "Left out: 5.1.6" in result.stderr
    assert "Left out: 5.1.6" not in result.stdout


@pytest.mark.slow
def test_roadmap_s_data_stand_alone() -> None:
    answer = json.loads(run(*GEELY, "--target", "70", "--format", "json").stdout)
    assert answer["company"] == "geely-auto"
    assert {case["plans"][0]["effort"] for case in answer["cases"]} == {"12"}
    table = run(*GEELY, "--target", "70", "--format", "csv").stdout.splitlines()
    assert table[0].startswith("case,plan,order,step,")


@pytest.mark.slow
def test_roadmap_reads_efforts_and_a_deadline(tmp_path: Path) -> None:
    file = tmp_path / "effort.csv"
    file.write_text(
        "step,effort,ready\nscope3_disclosure,0.5,2026-01-31\nupstream_suppliers,5,\n",
        encoding="utf-8",
    )
    early = run(*GEELY, "--target", "63", "--effort", str(file), "--by", "2025-12-31")
    late = run(*GEELY, "--target", "63", "--effort", str(file), "--by", "2026-01-31")
    assert "Scope 3 disclosure" not in early.stdout
    assert "Scope 3 disclosure" in late.stdout
    assert "needs an effort of 1." in late.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "either a total or a rank"),
        (("--target", "70", "--rank", "1"), "either a total or a rank"),
        (("--target", "1e3"), "expected a total such as 70"),
        (("--target", "70/2"), "expected a total such as 70"),
        (("--target", "170"), "from 0 to 100"),
        (("--target", "70", "--exclude", "9.9"), "no code or criterion 9.9"),
        (("--target", "70", "--by", "2025-01-01"), "a deadline needs efforts"),
        (("--target", "70", "--by", "soon"), "does not match the format"),
        (("--target", "70", "--alternatives", "0"), "not in the range"),
    ],
)
def test_roadmap_refuses_what_makes_no_sense(arguments: tuple[str, ...], said: str) -> None:
    result = run(*GEELY, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_faults_in_efforts_have_their_line(tmp_path: Path) -> None:
    file = tmp_path / "effort.yaml"
    file.write_text("format: 1\nefforts:\n  - {step: 5.9, effort: 1}\n", encoding="utf-8")
    result = run(*GEELY, "--target", "70", "--effort", str(file))
    assert result.exit_code == 1
    assert f"{file}:3: efforts[0].step: expected" in result.stderr


def test_change_tells_all_companies_or_one(tmp_path: Path) -> None:
    two_seasons(tmp_path / "w")
    everybody = run("change", "season-1", "season-2", workspace=tmp_path / "w")
    assert everybody.exit_code == 0
    assert "Merged: Small into Beta" in everybody.stdout
    one = run("change", "season-1", "season-2", "Alpha", workspace=tmp_path / "w")
    assert "The date stands in the footnote." in one.stdout
    assert "Ranks change in this order" in one.stderr


@pytest.mark.parametrize("form", ["csv", "json"])
def test_change_s_data_stand_alone(tmp_path: Path, form: str) -> None:
    two_seasons(tmp_path / "w")
    result = run(
        "change", "season-1", "season-2b", "beta", "--format", form, workspace=tmp_path / "w"
    )
    assert result.exit_code == 0
    if form == "json":
        assert json.loads(result.stdout)["companies"][0]["old_evidence_later_method"] == ["5", "12"]
    else:
        assert result.stdout.splitlines()[1].startswith("beta,,method,,2,1.6,")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("season-2", "season-1"), "give the earlier one first"),
        (("season-1", "season-1"), "two different evaluations"),
        (("season-1", "season-9"), "no evaluation season-9"),
        (("season-1", "season-2", "gone"), "is not in season-2"),
    ],
)
def test_change_refuses_what_makes_no_sense(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    two_seasons(tmp_path / "w")
    result = run("change", *arguments, workspace=tmp_path / "w")
    assert result.exit_code == 2
    assert said in result.stderr
