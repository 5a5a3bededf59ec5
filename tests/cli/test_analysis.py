"""Uncertainty, sensitivity and what if, as people ask for them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from cati.workspace import Workspace
from tests.cli.running import run
from tests.conftest import Spoilable


def rows(*arguments: str) -> list[dict[str, str]]:
    result = run(*arguments, "--format", "csv")
    assert result.exit_code == 0
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_uncertainty_gives_every_company_and_says_what_it_assumes() -> None:
    result = run("uncertainty", "automakers-2024", "--draws", "500", "--top", "3")
    assert result.exit_code == 0
    assert "Mercedes-Benz" in result.stdout
    assert "500 draws, seed 1" in result.stderr
    assert "Base: 51 of 51 companies" in result.stderr
    assert "IPE has not endorsed it" in result.stderr


@pytest.mark.slow
def test_uncertainty_as_data_is_the_same_for_the_same_seed() -> None:
    arguments = (
        "uncertainty",
        "automakers-2024",
        "--weights",
        "blocks",
        "--noise",
        "0.1",
        "--draws",
        "300",
    )
    one, two = rows(*arguments), rows(*arguments)
    assert one == two
    assert len(one) == 51
    assert rows(*arguments, "--seed", "2") != one
    assert list(one[0]) == [
        "company",
        "name",
        "rank",
        "median_rank",
        "rank_from",
        "rank_to",
        "top",
        "top_chance_low",
        "top_chance_high",
    ]


def test_uncertainty_says_how_often_one_company_is_ahead() -> None:
    shown = run("uncertainty", "automakers-2024", "--ahead", "BYD", "Volvo Cars", "--draws", "50")
    assert "BYD is ahead of Volvo Cars in 0.0 % of the draws" in shown.stdout
    answer = json.loads(
        run(
            "uncertainty",
            "automakers-2024",
            "--ahead",
            "rivian",
            "subaru",
            "--weights",
            "own",
            "--format",
            "json",
        ).stdout
    )
    assert answer["order"]["tied_low"] == "1.0000"
    assert len(answer["ranks"]) == 51
    assert any(note.startswith("Weights: those of the evaluation") for note in answer["notes"])


def test_uncertainty_without_joint_ventures_ranks_the_others() -> None:
    found = rows("uncertainty", "automakers-2024", "--without", "joint-ventures", "--draws", "20")
    assert len(found) == 37


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--noise", "2"), "noise: expected a chance from 0 to 1; found 2"),
        (("--noise", "much"), "noise: expected a number such as 0.1 or 20; found 'much'"),
        (("--noise", "nan"), "noise: expected a number such as 0.1 or 20; found 'nan'"),
        (("--between", "0", "1e9999999"), "between: expected a number such as 0.1 or 20"),
        (("--draws", "0"), "draws: expected 1 to 100,000; found 0"),
        (("--seed", "-1"), "seed: expected 0 or more; found -1"),
        (("--between", "50", "20"), "two numbers from 0 to 100, rising"),
        (("--weights", "blocks", "--between", "0", "20"), "--between belongs to --weights shares"),
        (("--ahead", "byd", "nobody"), "nobody"),
        (
            ("--without", "joint-ventures", "--ahead", "byd", "saic-gm"),
            "saic-gm is not among the 37 companies ranked here",
        ),
    ],
)
def test_uncertainty_refuses_what_cannot_be(arguments: tuple[str, ...], said: str) -> None:
    result = run("uncertainty", "automakers-2024", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.slow
def test_sensitivity_has_a_line_for_every_column_and_all_correlations() -> None:
    result = run("sensitivity", "automakers-2024")
    assert result.exit_code == 0
    assert "Upstream suppliers" in result.stdout
    assert "Spearman" in result.stdout
    found = rows("sensitivity", "automakers-2024")
    assert [row["part"] for row in found][-2:] == ["affiliates", "upstream_suppliers"]
    assert found[-1]["moved"] == found[-1]["may_move"] == "0"


def test_sensitivity_of_tracks_adds_up() -> None:
    found = rows("sensitivity", "automakers-2024", "--level", "tracks", "--keep", "shares")
    assert sum(float(row["weight"]) for row in found) == pytest.approx(1)
    assert sum(float(row["effective_least"]) for row in found) == pytest.approx(1, abs=0.001)


def test_sensitivity_of_an_assessed_evaluation_works_on_indicators() -> None:
    answer = json.loads(
        run(
            "sensitivity",
            "automakers-2024",
            "--basis",
            "assessed",
            "--level",
            "tracks",
            "--format",
            "json",
        ).stdout
    )
    assert answer["basis"] == "assessed"
    assert set(answer["correlations"]) == {"least", "greatest"}


def test_indicators_are_left_out_one_by_one_where_they_have_points(real: Workspace) -> None:
    level = ("sensitivity", "automakers-2024", "--level", "indicators")
    codes = [i.code for i in real.methodology("automotive-2024").indicators()]
    found = rows(*level, "--basis", "assessed")
    assert [row["part"] for row in found] == codes
    refused = run(*level)
    assert refused.exit_code == 2
    assert "a printed table gives no points of single indicators" in refused.stderr


def test_what_if_without_options_shows_what_the_weighting_did() -> None:
    found = {row["company"]: row for row in rows("what-if", "automakers-2024")}
    assert (found["saic-group"]["rank_before"], found["saic-group"]["rank_after"]) == ("30", "33")
    assert found["geely-auto"]["rank_before"] == "3..5"
    assert "17 down" in run("what-if", "automakers-2024").stderr


def test_what_if_at_other_shares_and_points() -> None:
    found = {r["company"]: r for r in rows("what-if", "automakers-2024", "--shares", "50:50")}
    assert (found["mercedes-benz"]["rank_after"], found["mercedes-benz"]["after_low"]) == (
        "1",
        "75.5",
    )
    result = run("what-if", "automakers-2024", "--set", "byd.scope3_action=6")
    assert "+6" in result.stdout
    named = run("what-if", "automakers-2024", "--set", "Great Wall.governance=10")
    assert named.exit_code == 0


def test_what_if_paths_hold_every_share_and_swap() -> None:
    answer = json.loads(run("what-if", "automakers-2024", "--paths", "--format", "json").stdout)
    assert {"below": "rivian", "above": "subaru", "start": "30", "end": "30"} in answer["swaps"]
    starts = [
        piece
        for piece in answer["paths"]
        if piece["start"] == "0" and piece["with_start"] == "true"
    ]
    assert len(starts) == 51


def test_what_if_in_the_corporate_index_gives_intervals() -> None:
    found = rows("what-if", "automakers-2024", "--corporate")
    assert len(found) == 51
    assert all(float(row["total_high"]) - float(row["total_low"]) >= 27 for row in found)
    weighted = rows("what-if", "automakers-2024", "--corporate", "--shares", "30:70")
    assert weighted != found


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--set", "byd.governance"), "expected COMPANY.COLUMN=POINTS"),
        (("--set", "byd.governance=11"), "expected points from 0 to 10 in steps of 0.5; found 11"),
        (("--paths", "--shares", "50:50"), "--paths runs over all shares"),
        (("--paths", "--corporate"), "--paths runs over all shares"),
        (("--shares", "50:60"), "100 together; found scope12 50 : scope3 60"),
        (("--corporate", "--shares", "50:60"), "shares: expected"),
    ],
)
def test_what_if_refuses_what_cannot_be(arguments: tuple[str, ...], said: str) -> None:
    result = run("what-if", "automakers-2024", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_without_a_crosswalk_there_is_no_other_index(copy: Path) -> None:
    (copy / "indicators/crosswalk.yaml").unlink()
    result = run("what-if", "automakers-2024", "--corporate", workspace=copy)
    assert result.exit_code == 2
    assert "there is no indicators/crosswalk.yaml to go through" in result.stderr


NOTHING_FOUND = """format: 1
evaluation: first
no_disclosure:
  - code: 1.1.1
    assessor: someone
    date: 2024-07-01
    looked_in: [everything]
    level: unverified
"""

QUESTIONS = [
    ("uncertainty", "first", "--noise", "0.2", "--draws", "50"),
    ("uncertainty", "first", "--weights", "equal", "--draws", "50"),
    ("uncertainty", "first", "--between", "20", "40", "--draws", "50"),
    ("sensitivity", "first", "--level", "sub_dimensions"),
    ("sensitivity", "first", "--level", "blocks", "--keep", "shares"),
    ("what-if", "first"),
    ("what-if", "first", "--shares", "0:100"),
    ("what-if", "first", "--paths"),
    ("what-if", "first", "--corporate"),
]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_every_question_can_be_asked_of_another_methodology(
    tiny: Spoilable, question: tuple[str, ...], form: str
) -> None:
    result = run(*question, "--format", form, workspace=tiny.root)
    assert result.exit_code == 0
    assert "alpha" in result.stdout.lower() or question[0] == "sensitivity"


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_can_be_asked_where_much_is_open(
    assessed: Spoilable, question: tuple[str, ...]
) -> None:
    assessed.write("companies/alpha/assessments/first.yaml", NOTHING_FOUND)
    result = run(*question, workspace=assessed.root)
    assert result.exit_code == 0
    assert "Base: 3 of 3 companies. Basis: assessed" in result.stderr


def test_what_nobody_weighs_has_no_shares_to_ask_about(tiny: Spoilable) -> None:
    file = "indicators/tiny/methodology.yaml"
    for share in (30, 70):
        tiny.change(file, f"    weighted: true\n    share: {share}\n", "")
    tiny.change("reports/first/published.csv", "13.3", "13.5")
    for _ in range(2):
        tiny.change("reports/first/published.csv", "2.9", "3.5")
    workspace = tiny.open()
    workspace.write_points("first", workspace.derive("first"))
    for question in (("uncertainty", "first"), ("what-if", "first", "--paths")):
        result = run(*question, workspace=tiny.root)
        assert result.exit_code == 2
        assert "weighted tracks" in result.stderr
    assert run("what-if", "first", workspace=tiny.root).exit_code == 0
    assert run("uncertainty", "first", "--weights", "blocks", workspace=tiny.root).exit_code == 0
