"""Two assessors from the command line: locked, compared, reconciled, measured."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.cli.running import run
from tests.conftest import Spoilable
from tests.research.second.hands import (
    ANN,
    BO,
    DATED,
    SAID,
    WHEN,
    answer,
    differing,
    own,
    with_evidence,
)

DECIDED = ("--answer", "not_met", "--why", "An ambition is no date.", "--by", "Chen")


@pytest.fixture
def both(tiny: Spoilable) -> Spoilable:
    return differing(tiny)


def test_locks_are_told_with_their_checksums(tiny: Spoilable) -> None:
    with_evidence(tiny)
    own(tiny, ANN, "alpha", answer(SAID, "met", WHEN))
    done = run("lock", "first", "--assessor", ANN, "--companies", "Alpha", workspace=tiny.root)
    assert done.exit_code == 0
    assert done.stdout.startswith("alpha: locked, answers: 1, SHA-256 ")
    again = run("lock", "first", "--assessor", ANN, workspace=tiny.root)
    assert again.stdout.startswith("alpha: locked already on ")
    nobody = run("lock", "first", "--assessor", "Cy", workspace=tiny.root)
    assert (nobody.exit_code, nobody.stderr) == (2, "cati: first: nothing of 'Cy' to lock\n")


def test_nothing_is_shown_before_both_have_locked(tiny: Spoilable) -> None:
    own(tiny, ANN, "alpha", answer(SAID, "not_met", why="Ann's secret."))
    own(tiny, BO, "alpha", answer(SAID, "unknown", why="Bo's secret."))
    run("lock", "first", "--assessor", ANN, workspace=tiny.root)
    for arguments in (
        ("agree", "first"),
        ("agree", "first", "--format", "json"),
        ("reconcile", "first", "--agreed"),
        ("reconcile", "first", "alpha", SAID, *DECIDED),
        ("score", "first", "--basis", "assessed"),
        ("explain", "first", "alpha", "1.1.1"),
        ("progress", "first"),
        ("check",),
    ):
        result = run(*arguments, workspace=tiny.root)
        assert "secret" not in result.output
        assert "unknown" not in result.stdout or arguments[0] in {"explain", "progress"}
    for arguments in (("agree", "first"), ("reconcile", "first", "--agreed")):
        waiting = run(*arguments, workspace=tiny.root)
        assert (waiting.exit_code, waiting.stdout) == (2, "")
        assert f"alpha: not shown, since not locked yet by {BO}" in waiting.stderr


def test_agreement_as_table_csv_and_json(both: Spoilable) -> None:
    table = run("agree", "first", workspace=both.root)
    assert table.exit_code == 0
    assert f"alpha {DATED}\n  Ann Lee: met: By 2040.\n" in table.stdout
    assert "Answers: criteria that both answered: 2, in companies: 1;" in table.stderr
    result = run("agree", "first", "--format", "csv", workspace=both.root)
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [(row["scale"], row["level"], row["units"]) for row in rows] == [
        ("answers", "all", "2"),
        ("answers", "dimension", "2"),
        ("answers", "indicator", "2"),
        ("answers", "criterion", "1"),
        ("answers", "criterion", "1"),
        ("points", "all", "1"),
        ("points", "dimension", "1"),
        ("points", "indicator", "1"),
    ]
    content = json.loads(run("agree", "first", "--format", "json", workspace=both.root).stdout)
    assert [entry["criterion"] for entry in content["disagreements"]] == [DATED]
    assert run("agree", "first", "--lang", "zh", workspace=both.root).exit_code == 0


def test_the_same_seed_gives_the_same_bytes(both: Spoilable) -> None:
    one, other = (run("agree", "first", "--format", "csv", workspace=both.root) for _ in "ab")
    assert one.stdout_bytes == other.stdout_bytes


def test_one_person_is_not_two(both: Spoilable) -> None:
    result = run("agree", "first", "--assessors", "Ann Lee,ann-lee", workspace=both.root)
    assert result.exit_code == 2
    assert "expected two assessors; found 'Ann Lee', 'ann-lee', who are one" in result.stderr


def test_a_change_after_the_lock_stops_it(both: Spoilable) -> None:
    both.change("private/assessors/first/annlee/alpha.yaml", "By 2040.", "By 2041.")
    for arguments in (("agree", "first"), ("reconcile", "first", "--agreed"), ("check",)):
        result = run(*arguments, workspace=both.root)
        assert result.exit_code == 1
        assert "about alpha as they were locked" in result.output


def test_what_both_say_and_what_is_decided_comes_into_the_companys_file(both: Spoilable) -> None:
    taken = run("reconcile", "first", "--agreed", workspace=both.root)
    assert taken.stdout == (
        f"Taken over as reviewed: 1, in companies: 1.\nTo reconcile: 1.\n  alpha {DATED}\n"
    )
    done = run("reconcile", "first", "Alpha", DATED, *DECIDED, workspace=both.root)
    assert f"alpha {DATED}: not met, reconciled by Chen (before: Ann Lee: met; 王波: not met)" in (
        done.stdout
    )
    assert run("check", workspace=both.root).exit_code == 0


def test_why_is_in_the_explanation(assessed: Spoilable) -> None:
    differing(assessed)
    run("reconcile", "first", "Alpha", DATED, *DECIDED, workspace=assessed.root)
    told = run("explain", "first", "alpha", "1.1.1", workspace=assessed.root)
    assert "An ambition is no date." in told.stdout
    assert "Answered apart by Ann Lee" in told.stdout
    assert "reconciled" in told.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("alpha", SAID),
        ("alpha", "--agreed"),
        ("alpha", SAID, *DECIDED, "--companies", "alpha"),
        ("--agreed", "--by", "Chen"),
    ],
)
def test_what_to_reconcile_must_be_clear(both: Spoilable, arguments: tuple[str, ...]) -> None:
    result = run("reconcile", "first", *arguments, workspace=both.root)
    assert result.exit_code == 2
    assert "reconcile what?" in result.stderr


def test_a_reason_must_say_something(both: Spoilable) -> None:
    decided = ("--answer", "not_met", "--why", "", "--by", "Chen")
    result = run("reconcile", "first", "alpha", DATED, *decided, workspace=both.root)
    assert result.exit_code == 2
    assert "the reason: expected " in result.stderr


def test_that_one_of_the_two_decides_is_said(both: Spoilable) -> None:
    decided = ("--answer", "not_met", "--why", "No date.", "--by")
    one = run("reconcile", "first", "alpha", DATED, *decided, "Ann-Lee", workspace=both.root)
    assert (one.exit_code, one.stderr) == (0, "Ann-Lee is one of the two who answered it\n")
    other = run("reconcile", "first", "alpha", DATED, *decided, "Chen", workspace=both.root)
    assert (other.exit_code, other.stderr) == (0, "")


def test_a_precedent_is_noted_and_shown(assessed: Spoilable) -> None:
    assessed.write("companies/beta/assessments/first.yaml", "format: 1\nevaluation: first\n")
    arguments = ("--text", "An ad says nothing.", "--company", "Alpha", "--by", "Chen")
    noted = run("precedent", "add", SAID, *arguments, workspace=assessed.root)
    assert (noted.exit_code, noted.stdout) == (0, "")
    assert "indicators/tiny/precedents.yaml" in noted.stderr
    told = run("explain", "first", "beta", "1.1.1", workspace=assessed.root)
    assert "An ad says nothing. (Chen, " in told.stdout
    again = run("precedent", "add", SAID, *arguments, workspace=assessed.root)
    assert again.exit_code == 2


def test_an_assessor_passes_or_does_not(both: Spoilable) -> None:
    text = f"""\
format: 1
evaluation: first
pass_mark: 50
references:
  - {{company: alpha, criterion: {SAID}, answer: met, why: Page 3.}}
  - {{company: alpha, criterion: {DATED}, answer: not_met, why: An ambition is no date.}}
"""
    both.write("private/calibration/first.yaml", text)
    passed = run("calibrate", "first", "--assessor", ANN, workspace=both.root)
    assert passed.exit_code == 0
    assert passed.stdout.splitlines()[0] == (
        "Ann Lee: 1 of 2 answers as settled, 50 %; pass mark 50 %: passed"
    )
    assert "Settled because: An ambition is no date." in passed.stdout
    both.change("private/calibration/first.yaml", "pass_mark: 50", "pass_mark: 50.5")
    failed = run("calibrate", "first", "--assessor", ANN, workspace=both.root)
    assert failed.exit_code == 1
    assert "pass mark 50.5 %: not passed" in failed.stdout


def test_a_workbook_for_ones_own_answers(both: Spoilable) -> None:
    folder = both.root / "own"
    arguments = ("workbook", "export", "first", str(folder), "--companies", "Alpha")
    done = run(*arguments, "--assessor", "Cy", workspace=both.root)
    assert done.exit_code == 0
    assert [path.name for path in folder.iterdir()] == ["alpha.first.cy.en.xlsx"]
