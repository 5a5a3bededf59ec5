"""The wheel, installed into an empty environment."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_an_installed_wheel_makes_and_checks_a_workspace(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("cati-*.whl")
    venv.create(tmp_path / "venv", with_pip=True)
    scripts = tmp_path / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run(
        [scripts / "python", "-m", "pip", "install", "--quiet", str(wheel)],
        check=True,
        capture_output=True,
    )
    own = ["init", "own", "--self-assessment", "--company", "Aurora", "--cutoff", "2026-05-31"]
    commands = [["init", "mine"], ["-C", "mine", "check"], own, ["-C", "own", "check"]]
    for command in [*commands, ["-C", "own", "score", "automakers-2024"]]:
        result = subprocess.run(
            [scripts / "cati", *command], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stderr
    assert (tmp_path / "mine/indicators/automotive-2024/methodology.yaml").is_file()
    assert (tmp_path / "own/workbooks/aurora.self-2026.en.xlsx").is_file()
