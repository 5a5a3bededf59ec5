"""Everything a workspace can have wrong, one fault to a folder, and the exact lines about it."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

# Loaded beforehand: a user who may not read the workspace may not be able to load them either.
import cati.workspace
from cati.cli import main
from tests.spoiling import (
    BROKEN,
    EXPECTED,
    as_nobody,
    build,
    fingerprints,
    readable_again,
)

CASES = sorted(path for path in BROKEN.iterdir() if path.is_dir())
SECONDS = 2.0

assert cati.workspace


def check(workspace: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(workspace), "check", *options])


def expected_lines(case: Path) -> list[str]:
    return (case / EXPECTED).read_text(encoding="utf-8").splitlines()


@pytest.fixture
def workspace() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="cati-") as folder:
        path = Path(folder) / "workspace"
        path.mkdir()
        yield path
        readable_again(path)


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_broken_workspace_is_told_exactly(case: Path, workspace: Path) -> None:
    build(case, workspace)
    before = fingerprints(workspace)
    lines = expected_lines(case)
    start = time.perf_counter()
    with as_nobody(workspace):
        result = check(workspace)
    taken = time.perf_counter() - start
    assert result.stdout.splitlines() == lines
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.exit_code == any(line.startswith("error: ") for line in lines)
    assert taken < SECONDS
    assert fingerprints(workspace) == before
