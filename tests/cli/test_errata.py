"""The commands for editions and errata."""

from __future__ import annotations

from pathlib import Path

import pytest

from cati.research.review.importing import import_replies
from tests.cli.running import change, run
from tests.conftest import Spoilable
from tests.research.review.packs import CHALLENGE, DATED, IN_TIME, fill, pack, under_review

NAME = "automakers-2024"
WHAT = ("--what", "A note", "--what-zh", "一条说明", "--why", "A typo", "--why-zh", "笔误")


@pytest.mark.slow
def test_from_publication_to_an_erratum_and_back(copy: Path, tmp_path: Path) -> None:
    kept = run("edition", "keep", NAME, "--by", "Wen", workspace=copy)
    assert kept.exit_code == 0
    assert kept.stdout.startswith(f"{NAME}: edition 1 kept, files ")
    assert kept.stdout.endswith(
        f"; now run 'cati report {NAME}': its citation names this edition\n"
    )
    change(copy / f"reports/{NAME}/evaluation.yaml", "cutoff: '2024-07-30'", "cutoff: '2024-07-31'")
    listed = run("edition", "list", NAME, workspace=copy)
    assert "'cati erratum add' tells what" in listed.stderr
    added = run("erratum", "add", NAME, *WHAT, "--by", "Wen", workspace=copy)
    assert "Erratum 1, " in added.stdout
    assert "No total and no rank changed." in added.stdout
    assert run("erratum", "list", NAME, workspace=copy).stdout == added.stdout
    old = tmp_path / "old"
    assert run("edition", "restore", NAME, "1", str(old), workspace=copy).exit_code == 0
    assert "cutoff: '2024-07-30'" in (old / f"reports/{NAME}/evaluation.yaml").read_text("utf-8")


def test_texts_must_be_lines() -> None:
    result = run("erratum", "add", NAME, *WHAT[:-1], "", "--by", "Wen")
    assert result.exit_code == 2
    assert "--why-zh: expected" in result.stderr


def test_what_is_missing_in_one_language_is_told_with_the_mend() -> None:
    result = run("erratum", "add", NAME, *WHAT[:2], *WHAT[4:6], "--why-zh", "typo", "--by", "Wen")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "cati: the page of errata is in both languages",
        "  --what-zh: expected Chinese text for the page of errata; found nothing: "
        "give --what-zh TEXT",
        "  --why-zh: expected Chinese text for the page of errata; found 'typo'",
    ]


def test_an_erratum_can_be_tried(tiny: Spoilable) -> None:
    assert run("edition", "keep", "first", "--by", "Wen", workspace=tiny.root).exit_code == 0
    tiny.change("reports/first/evaluation.yaml", "2024-06-30", "2024-06-29")
    before = tiny.read("reports/first/errata.yaml")
    tried = run("erratum", "add", "first", *WHAT, "--by", "Wen", "--dry-run", workspace=tiny.root)
    assert tried.exit_code == 0
    assert "What: A note" in tried.stdout
    assert "一条说明" in tried.stdout
    assert "nothing written" in tried.stderr
    assert tiny.read("reports/first/errata.yaml") == before
    assert not (tiny.root / "reports/first/editions/2.zip").exists()
    added = run("erratum", "add", "first", *WHAT, "--by", "Wen", workspace=tiny.root)
    assert tried.stdout.startswith(added.stdout)


@pytest.mark.parametrize("command", [("erratum", "list"), ("edition", "list")])
def test_what_is_wrong_with_errata_is_said(tiny: Spoilable, command: tuple[str, str]) -> None:
    tiny.write("reports/first/errata.yaml", "format: 1\neditions: [\n")
    done = run(*command, "first", workspace=tiny.root)
    assert done.exit_code == 1
    assert "error: reports/first/errata.yaml:" in done.stderr
    assert "has no kept edition" not in done.stderr


def test_no_edition_is_kept_while_a_challenge_is_open(tiny: Spoilable, tmp_path: Path) -> None:
    path = fill(pack(under_review(tiny), tmp_path), {DATED: CHALLENGE})
    import_replies(tiny.root, path, IN_TIME)
    done = run("edition", "keep", "first", "--by", "Wen", workspace=tiny.root)
    assert done.exit_code == 1
    assert "alpha: challenge c1 on 1.1.1/dated has no decision yet" in done.stderr
    assert not (tiny.root / "reports/first/editions").exists()
