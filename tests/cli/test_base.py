"""How commands fail, and how they find companies."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from cati.cli.base import Coded
from tests.cli.running import change, run
from tests.conftest import Spoilable


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("score", "automaker-2024"),
            "no evaluation automaker-2024: did you mean automakers-2024?",
        ),
        (("score", "automakers-2024", "--shares", "30:60"), "shares that add up to 100; found 90"),
        (("score", "automakers-2024", "--shares", "1:2:97"), "expected scope12:scope3 in per cent"),
        (
            ("explain", "automakers-2024", "stelantis"),
            "no company of the name 'stelantis'; like it: stellantis",
        ),
        (("explain", "automakers-2024", "stellantis", "5.9"), "no code or column 5.9"),
    ],
)
def test_wrong_usage_is_a_message_and_exit_code_2(arguments: tuple[str, ...], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_other_commands_refuse_files_with_errors_and_name_them(copy: Path) -> None:
    change(copy / "companies/byd/company.yaml", "kind: automaker", "kind: carmaker")
    result = run("score", "automakers-2024", workspace=copy)
    assert result.exit_code == 1
    assert "companies/byd/company.yaml:4: kind: expected automaker" in result.stderr
    assert result.stdout == ""


def test_a_folder_that_is_no_workspace_is_said_to_be_none(tmp_path: Path) -> None:
    result = run("check", workspace=tmp_path)
    assert result.exit_code == 2
    assert "'cati init DIR' makes one" in result.stderr


def test_a_merged_company_is_found_and_its_successor_named(copy: Path) -> None:
    profile = copy / "companies/hozon/company.yaml"
    relation = "relations:\n  - {kind: merged_into, to: byd, since: '2025-03', basis: stated}\n"
    profile.write_text(profile.read_text(encoding="utf-8") + relation, encoding="utf-8")
    result = run("show", "Hozonauto", workspace=copy)
    chinese = run("show", "Hozonauto", "--lang", "zh", workspace=copy)
    assert "hozon：并入 byd，自 2025-03 起\n" in chinese.stderr
    assert result.exit_code == 0
    assert "hozon: Merged into byd, since 2025-03\n" in result.stderr


RENDERS_ON = """
import select
import sys
from cati.cli import main
from cati.report import publish

def render(edition, folder):
    folder.mkdir()
    (folder / "index.html").write_text("half")
    print("rendering", flush=True)
    while not select.select([sys.stdin], [], [], 0.1)[0]:
        pass  # a signal that comes just before a call that waits is handled behind it

publish.render = render
main()
"""


@pytest.mark.slow
@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_command_that_is_told_to_end_clears_away_what_it_was_making(
    tiny: Spoilable, name: str, code: int
) -> None:
    before = sorted((tiny.root / "reports/first").iterdir())
    with subprocess.Popen(
        [sys.executable, "-c", RENDERS_ON, "-C", tiny.root, "report", "first", "--draft"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        assert run.stdout.readline() == b"rendering\n"
        run.send_signal(getattr(signal, name))
        assert (run.stderr.read(), run.wait()) == (b"", code)
    assert sorted((tiny.root / "reports/first").iterdir()) == before


@pytest.mark.slow
def test_a_signal_means_what_it_did_once_a_command_is_done() -> None:
    assert run("check").exit_code == 0
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


@pytest.mark.parametrize(
    ("typed", "value"),
    [("supports a part", "partial"), ("部分支持", "partial"), ("absent", "absent")],
)
def test_a_graded_value_is_taken_by_the_words_that_are_shown_for_it(typed: str, value: str) -> None:
    grades = Coded("polarity", ("supports", "partial", "absent"))
    assert grades.convert(typed, None, None) == value
    with pytest.raises(click.BadParameter, match="'support' is not one of"):
        grades.convert("support", None, None)
