"""Commands run as people run them."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from cati.cli import main
from tests.conftest import ROOT


def run(*arguments: str, workspace: Path = ROOT) -> Result:
    result = CliRunner().invoke(main, ["-C", str(workspace), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
