"""The commands for editions and errata."""

from __future__ import annotations

from pathlib import Path

from tests.cli.running import change, run

NAME = "automakers-2024"
WHAT = ("--what", "A note", "--what-zh", "一条说明", "--why", "A typo", "--why-zh", "笔误")


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
