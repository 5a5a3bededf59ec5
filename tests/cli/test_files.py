"""Checking and making workspaces."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import change, run


@pytest.mark.slow
def test_check_of_this_repository_finds_nothing() -> None:
    result = run("check")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "0 errors, 0 warnings\n")


def test_check_names_every_problem_at_once(copy: Path) -> None:
    change(copy / "companies/byd/company.yaml", "country: CN", "country: China")
    change(copy / "reports/automakers-2024/published.csv", "\n2,volvo-cars", "\n2,volvo")
    result = run("check", workspace=copy)
    assert result.exit_code == 1
    assert (
        "error: companies/byd/company.yaml:7: country: expected a country as two capital letters, "
        "such as CN; found 'China'\n" in result.stdout
    )
    assert (
        "error: reports/automakers-2024/published.csv:3: volvo, company: expected a company of the "
        "scope; found 'volvo' (did you mean volvo-cars?)\n" in result.stdout
    )
    assert result.stderr == "2 errors, 0 warnings\n"


def test_init_makes_a_workspace_without_errors(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert run("init", str(folder)).exit_code == 0
    assert run("check", workspace=folder).exit_code == 0


def test_init_leaves_a_folder_with_content_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("do not touch", encoding="utf-8")
    result = run("init", str(tmp_path))
    assert result.exit_code == 2
    assert "expected a new or empty folder" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


FULL_DISK = """
import resource, signal
from cati.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))
main()
"""


@pytest.mark.slow
@pytest.mark.parametrize("more", [(), ("--self-assessment", "--company", "Polestar")])
@pytest.mark.parametrize("there", [True, False])
def test_init_on_a_full_disk_leaves_nothing_and_says_why(
    tmp_path: Path, there: bool, more: tuple[str, ...]
) -> None:
    pytest.importorskip("resource")
    folder = tmp_path / "mine"
    if there:
        folder.mkdir()
    command = [sys.executable, "-c", FULL_DISK, "init", str(folder), *more]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (
        1,
        f"cati: {folder}: cannot be written: File too large\n",
    )
    assert list(tmp_path.rglob("*")) == ([folder] if there else [])
