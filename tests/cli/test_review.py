"""A company review from the command line: packs out, replies in, decisions, counts."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.running import run
from tests.conftest import Spoilable
from tests.research.review.packs import CHALLENGE, DATED, change_answer, fill, under_review


@pytest.fixture
def review(tiny: Spoilable) -> Spoilable:
    return under_review(tiny)


@pytest.fixture
def filled(review: Spoilable) -> Path:
    folder = review.root / "packs"
    done = run("review", "export", "first", "Alpha", str(folder), workspace=review.root)
    assert done.exit_code == 0, done.stderr
    workbook, page = (Path(line) for line in done.stdout.splitlines())
    assert page.suffix == ".html"
    return fill(workbook, {DATED: CHALLENGE})


def take(review: Spoilable, file: Path, *more: str) -> str:
    done = run(
        "review", "import", str(file), "--received", "2024-07-20", *more, workspace=review.root
    )
    assert done.exit_code == 0, done.stderr
    return done.stdout


DECIDE = ("review", "decide", "first", "alpha", "c1")
WHY = ("--reason", "As told.", "--by", "Wen", "--on", "2024-08-01")


def test_from_pack_to_decision(review: Spoilable, filled: Path) -> None:
    assert take(review, filled, "--from", "Alpha Motors") == (
        "c1: 1.1.1/dated, shown as not met: challenged (may be published)\n"
        "alpha, review: 1 new challenge, 0 agreed, 0 known already\n"
    )
    early = run(*DECIDE, "accepted", *WHY, workspace=review.root)
    assert early.exit_code == 2
    assert "found none. Change the answer" in early.stderr
    change_answer(review)
    done = run(*DECIDE, "accepted", *WHY, workspace=review.root)
    assert done.exit_code == 0
    assert done.stdout.startswith(
        "c1: 1.1.1/dated: accepted in full; answer now met, changed on 2024-07-25"
    )
    assert run("check", workspace=review.root).exit_code == 0


def test_after_publication_an_erratum_comes_first(review: Spoilable, filled: Path) -> None:
    run("edition", "keep", "first", "--by", "Wen", workspace=review.root)
    take(review, filled)
    change_answer(review)
    early = run(*DECIDE, "accepted", *WHY, workspace=review.root)
    assert early.exit_code == 2
    assert "expected --erratum with the number of an erratum since then" in early.stderr
    told = ("--what", "A", "--what-zh", "一", "--why", "B", "--why-zh", "二", "--by", "Wen")
    assert run("erratum", "add", "first", *told, workspace=review.root).exit_code == 0
    done = run(*DECIDE, "accepted", *WHY, "--erratum", "1", workspace=review.root)
    assert done.exit_code == 0
    assert done.stderr == "the level of the answer is new too; 'cati erratum add' keeps it\n"
    assert (
        "the files have changed since"
        in run("edition", "list", "first", workspace=review.root).stderr
    )


def test_a_wrong_cell_is_named_and_nothing_is_written(review: Spoilable, filled: Path) -> None:
    fill(filled, {DATED: {"link": "ftp://x"}})
    wrong = run("review", "import", str(filled), "--received", "2024-07-20", workspace=review.root)
    assert wrong.exit_code == 1
    assert wrong.stderr.endswith("cati: 1 error; nothing written\n")
    assert "sheet 'Reply', cell K" in wrong.stderr
    assert not (review.root / "private").exists()


def test_the_wrong_company_and_a_late_reply(review: Spoilable, filled: Path) -> None:
    wrong = run("review", "import", str(filled), "--from", "Beta", workspace=review.root)
    assert wrong.exit_code == 2
    late = run("review", "import", str(filled), workspace=review.root)
    assert late.stdout.endswith("The reply is late: the window had closed.\n")


def test_status_in_every_form(review: Spoilable, filled: Path) -> None:
    take(review, filled)
    told = run("review", "status", "first", workspace=review.root)
    assert told.exit_code == 0
    assert "Alpha Motors" in told.stdout
    assert "Base: 3 companies in the scope; replied: 1." in told.stderr
    rows = csv.DictReader(
        io.StringIO(
            run("review", "status", "first", "--format", "csv", workspace=review.root).stdout
        )
    )
    assert [(row["company"], row["open"]) for row in rows] == [
        ("alpha", "1"),
        ("beta", "0"),
        ("gamma", "0"),
    ]
    told = run("review", "status", "first", "--format", "json", workspace=review.root)
    assert json.loads(told.stdout)["replied"] == 1


def test_only_what_was_allowed_is_printed(review: Spoilable, filled: Path) -> None:
    take(review, filled)
    before = run("review", "public", "first", workspace=review.root)
    assert json.loads(before.stdout)["challenges"] == []
    assert before.stderr == "1 challenge open or without consent, left out\n"
    run(*DECIDE, "rejected", *WHY, workspace=review.root)
    after = run("review", "public", "first", "--format", "csv", workspace=review.root)
    assert after.stdout.splitlines()[1].startswith("alpha,1.1.1/dated,review,Page 4 names 2030.,")


def test_the_contact_log_adds_up(review: Spoilable) -> None:
    log = ("review", "contact", "first")
    for company, outcome in (("alpha", "communicated"), ("Beta", "silent"), ("gamma", "silent")):
        more = (
            "--outcome",
            outcome,
            "--on",
            "2024-07-02",
            "--by",
            "Li",
            "--address",
            "x@y.example",
        )
        done = run(*log, company, *more, workspace=review.root)
        assert done.exit_code == 0
        assert "x@y.example" not in done.stdout + done.stderr
    whole = run(*log, workspace=review.root)
    assert whole.stdout.startswith("companies in the scope: 3\n")
    assert whole.exit_code == 1  # the printed tally calls the first one 'answered'
    assert (
        "contact[0].companies (answered): expected 0, by the contact log; found 1" in whole.stderr
    )
    review.change("reports/first/evaluation.yaml", "- id: answered", "- id: communicated")
    assert run(*log, workspace=review.root).exit_code == 0


@pytest.mark.parametrize("more", [("alpha",), ("--by", "Li"), ("alpha", "--by", "Li")])
def test_half_an_entry_is_refused(review: Spoilable, more: tuple[str, ...]) -> None:
    assert run("review", "contact", "first", *more, workspace=review.root).exit_code == 2


def test_an_indicator_side_by_side(review: Spoilable, tmp_path: Path) -> None:
    look = ("review", "indicator", "first", "1.1.1")
    table = run(*look, workspace=review.root)
    assert table.exit_code == 0
    assert "1.1.1/dated: alpha not met: no rationale" in table.stdout
    assert "Base: 3 companies, 3 with an answer." in table.stderr
    rows = csv.DictReader(io.StringIO(run(*look, "--format", "csv", workspace=review.root).stdout))
    assert {row["company"] for row in rows} == {"alpha", "beta", "gamma"}
    assert (
        "\n1.1.1/dated\n  Alpha Motors not met: By 2030. (alpha/report-2023, p. 4)\n"
        in table.stdout
    )
    told = json.loads(run(*look, "--format", "json", workspace=review.root).stdout)
    assert [flag["kind"] for flag in told["flags"]] == ["no_rationale"]
    out = tmp_path / "indicator.xlsx"
    run(*look, "--format", "xlsx", "--out", str(out), workspace=review.root)
    assert load_workbook(out).sheetnames == ["Flags", "Answers"]
    assert run(*look, "--format", "xlsx", workspace=review.root).exit_code == 2


@pytest.mark.parametrize(
    "command",
    [
        ("import", "reply.xlsx", "--received"),
        ("decide", "first", "alpha", "c1", "rejected", *WHY[:4], "--on"),
        ("contact", "first", "alpha", "--outcome", "sent", "--by", "Li", "--on"),
    ],
)
def test_a_day_to_come_is_refused(review: Spoilable, command: tuple[str, ...]) -> None:
    done = run("review", *command, "2999-01-01", workspace=review.root)
    assert done.exit_code == 2
    assert f"{command[-1]}: expected a day up to today, " in done.stderr
    assert not (review.root / "private").exists()


def test_a_pack_is_in_the_language_of_the_companys_country(
    review: Spoilable, tmp_path: Path
) -> None:
    export = ("review", "export", "first", "alpha", str(tmp_path / "packs"))
    assert ".review.en.xlsx" in run(*export, workspace=review.root).stdout
    review.change("companies/alpha/company.yaml", "country: DE", "country: CN")
    assert ".review.zh.xlsx" in run(*export, workspace=review.root).stdout
    shutil.rmtree(tmp_path / "packs")
    assert ".review.en.xlsx" in run(*export, "--lang", "en", workspace=review.root).stdout


def test_chinese_is_understood_by_every_command(review: Spoilable, filled: Path) -> None:
    take(review, filled, "--lang", "zh")
    for command in (("status", "first"), ("contact", "first"), ("indicator", "first", "1.1.1")):
        done = run("review", *command, "--lang", "zh", workspace=review.root)
        assert done.exit_code == 0
