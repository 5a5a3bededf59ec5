"""The rooms of the package: who imports whom, how large modules are."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

ORDER = ("model", "store", "scoring", "workspace", "analysis", "report", "research", "cli")
"""Imports run only to the left."""

FOR_ALL = {"problems"}
HEAVY = ("pandas", "matplotlib", "numpy", "pydantic")


def modules(package: Path) -> list[Path]:
    return sorted(path for path in package.rglob("*.py") if "bundled" not in path.parts)


def imported(inside: Path, code: str) -> Iterator[tuple[int, str]]:
    """Line and full name of everything of cati that a module imports, wherever it does so."""
    own = ("cati", *inside.with_suffix("").parts)
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "cati":
                    yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            parts = list(own[: len(own) - node.level]) if node.level else []
            parts += node.module.split(".") if node.module else []
            if parts[0] == "cati":
                for alias in node.names:
                    yield node.lineno, ".".join([*parts, alias.name])


def room(name: str) -> str | None:
    """The room that a name of the package lies in; None for what everyone may import."""
    parts = name.split(".")
    if len(parts) == 1 or parts[1] in FOR_ALL or parts[1].startswith("__"):
        return None
    if parts[1] in ORDER:
        return parts[1]
    return "workspace"  # a name that cati/__init__.py hands out


def violations(inside: Path, code: str) -> list[str]:
    """Imports of a module of the package that run to the right, as ``place: from -> to``."""
    own = inside.with_suffix("").parts[0]
    if own in {"__init__", "__main__"}:
        return []
    found = []
    for line, name in imported(inside, code):
        target = room(name)
        if target is None or target == own:
            continue
        if own in FOR_ALL or ORDER.index(target) > ORDER.index(own):
            found.append(f"{inside}:{line}: {own} -> {target}")
    return found


def test_every_module_lies_in_a_known_room() -> None:
    rooms = {
        path.relative_to(ROOT / "cati").with_suffix("").parts[0] for path in modules(ROOT / "cati")
    }
    assert rooms <= {*ORDER, *FOR_ALL, "__init__", "__main__"}


@pytest.mark.slow
def test_imports_run_only_to_the_left() -> None:
    found = [
        violation
        for module in modules(ROOT / "cati")
        for violation in violations(module.relative_to(ROOT / "cati"), module.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("module", "planted", "found"),
    [
        ("model/base.py", "import cati.store.store", "model -> store"),
        ("store/store.py", "from cati.scoring import verify", "store -> scoring"),
        ("scoring/ranks.py", "def f():\n    from cati.report.show import x", "scoring -> report"),
        (
            "scoring/verify.py",
            "if TYPE_CHECKING:\n    from cati.workspace import Workspace",
            "scoring -> workspace",
        ),
        ("scoring/blocks.py", "from cati import Workspace", "scoring -> workspace"),
        ("model/source.py", "from ..store import store", "model -> store"),
        ("store/lookup.py", "from .. import cli", "store -> cli"),
        ("workspace/view.py", "import cati.cli as commands", "workspace -> cli"),
        ("problems.py", "from cati.model.base import Model", "problems -> model"),
    ],
)
def test_an_import_to_the_right_is_noticed(module: str, planted: str, found: str) -> None:
    code = (ROOT / "cati" / module).read_text(encoding="utf-8")
    (said,) = violations(Path(module), f"{code}\n{planted}\n")
    assert said.startswith(f"{module}:")
    assert said.endswith(found)


def test_the_version_may_be_imported_by_all() -> None:
    code = "from cati import __version__\nimport cati.problems\n"
    assert violations(Path("model/base.py"), code) == []


@pytest.mark.parametrize(("top", "most"), [("cati", 500), ("tests", 600)])
def test_no_module_is_too_long_to_be_read(top: str, most: int) -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in modules(ROOT / top)
    }
    assert {name: length for name, length in lengths.items() if length > most} == {}


def test_every_room_has_its_tests_in_the_same_place() -> None:
    rooms = {module.relative_to(ROOT / "cati").parent for module in modules(ROOT / "cati")}
    missing = [str(room) for room in rooms if not any((ROOT / "tests" / room).glob("test_*.py"))]
    assert missing == []


def test_the_commands_start_without_heavy_imports() -> None:
    code = f"import cati.cli, sys; print([m for m in {HEAVY} if m in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert (result.stdout.strip(), result.stderr) == ("[]", "")
