"""The wheel, installed into an empty environment."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.conftest import ROOT

SCRIPTS = "Scripts" if sys.platform == "win32" else "bin"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (made,) = folder.glob("cati-*.whl")
    return made


def installed_by_pip(wheel: Path, home: Path) -> None:
    venv.create(home, with_pip=True)
    pip = [str(home / SCRIPTS / "python"), "-m", "pip", "install", "--quiet"]
    subprocess.run(
        [*pip, "-c", str(ROOT / "constraints.txt"), str(wheel)], check=True, capture_output=True
    )


def installed_by_uv(wheel: Path, home: Path) -> None:
    uv = shutil.which("uv")
    if uv is None:
        installed_by_pip(wheel, home)
        return
    into = ["--quiet", "--python", str(home / SCRIPTS / "python")]
    for command in (
        ["venv", "--quiet", "--python", sys.executable, str(home)],
        ["pip", "install", *into, "-c", str(ROOT / "constraints.txt"), str(wheel)],
    ):
        subprocess.run([uv, *command], check=True, capture_output=True)


@pytest.mark.slow
@pytest.mark.parametrize(
    "install",
    [
        pytest.param(installed_by_pip, marks=pytest.mark.soak, id="pip"),
        pytest.param(installed_by_uv, id="uv, or pip where there is none"),
    ],
)
def test_an_installed_wheel_makes_checks_and_scores_workspaces(
    tmp_path: Path, wheel: Path, install: object
) -> None:
    assert callable(install)
    install(wheel, tmp_path / "venv")
    away = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}

    def ran(*command: str) -> str:
        result = subprocess.run(
            [str(tmp_path / "venv" / SCRIPTS / command[0]), *command[1:]],
            cwd=tmp_path,
            env=away,
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, result.stderr
        return result.stdout

    ran("cati", "init", "mine")
    ran("cati", "-C", "mine", "check")
    ran("cati", "init", "example", "--example")
    ran("cati", "-C", "example", "verify", "automakers-2024")
    ran("cati", "-C", "example", "claims", "automakers-2024")
    assert ran("python", "-m", "cati", "--version") == "cati, version 0.1.0\n"
    own = ("--self-assessment", "--company", "Aurora", "--cutoff", "2026-05-31")
    ran("cati", "init", "own", *own)
    ran("cati", "-C", "own", "check")
    ran("cati", "-C", "own", "score", "automakers-2024")
    assert (tmp_path / "mine/indicators/automotive-2024/methodology.yaml").is_file()
    assert (tmp_path / "own/workbooks/aurora.self-2026.en.xlsx").is_file()
    site = tmp_path / "venv" / ("Lib" if sys.platform == "win32" else "lib")
    assert list(site.rglob("cati/report/typefaces/OFL.txt"))
