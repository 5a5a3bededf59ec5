"""What is installed: exact versions that were tested, within what pyproject.toml allows."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib

import pytest

from tests.conftest import ROOT
from tools.lower_bounds import lower_bounds

PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
EXACT = re.compile(r"([\w.-]+)==([\w.+]+)")


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def versions() -> dict[str, str]:
    """Versions of constraints.txt by name."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    found = [EXACT.fullmatch(line) for line in lines]
    assert all(found), "expected names and exact versions and nothing else"
    return {plain(match[1]): match[2] for match in found if match is not None}


def test_every_dependency_has_a_version_that_was_tested_and_is_allowed() -> None:
    for bound in lower_bounds(PROJECT):
        name, lowest = bound.split("==")
        assert numbers(versions()[plain(name)]) >= numbers(lowest), name


def test_every_dependency_of_the_package_has_a_lower_bound() -> None:
    bounds = {bound.split("==")[0] for bound in lower_bounds(PROJECT)}
    for requirement in tomllib.loads(PROJECT)["project"]["dependencies"]:
        assert re.split(r"[\[>=]", requirement)[0] in bounds


def test_the_lower_bounds_are_printed_as_constraints() -> None:
    printed = subprocess.run(
        [sys.executable, "tools/lower_bounds.py"], cwd=ROOT, capture_output=True, check=True
    )
    assert printed.stdout.decode().splitlines() == list(lower_bounds(PROJECT))
    assert "PyYAML==6.0.1" in list(lower_bounds(PROJECT))


def test_a_dependency_with_another_kind_of_bound_is_refused() -> None:
    project = '[project]\nname = "a"\ndependencies = ["b~=1.0"]\n[project.optional-dependencies]\n'
    with pytest.raises(ValueError, match=r"expected name or name>=version; found 'b~=1.0'"):
        list(lower_bounds(project))


def test_version_licence_and_citation_agree() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    from cati import __version__

    assert f"\nversion: {__version__}\n" in citation
    assert "\nlicense: [MIT, OFL-1.1]\n" in citation
    assert tomllib.loads(PROJECT)["project"]["license"] == "MIT AND OFL-1.1"
    for python in ("3.11", "3.12", "3.13", "3.14"):
        assert f"Python :: {python}" in PROJECT
