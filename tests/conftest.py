"""What tests share: this repository's own workspace, and a tiny one that a test may spoil."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from filelock import FileLock
from hypothesis import settings

from cati.workspace import Workspace

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

settings.register_profile("cati", deadline=None, derandomize=True)
settings.load_profile("cati")


class Spoilable:
    """A copy of a workspace in a temporary folder."""

    def __init__(self, source: Path, root: Path) -> None:
        self.root = root
        for name in ("indicators", "companies", "reports"):
            left_out = shutil.ignore_patterns("out*", ".*")
            shutil.copytree(source / name, root / name, ignore=left_out)

    def change(self, file: str, old: str, new: str) -> None:
        """Replace the first place in which a text stands."""
        text = self.read(file)
        assert old in text
        self.write(file, text.replace(old, new, 1))

    def read(self, file: str) -> str:
        return (self.root / file).read_text(encoding="utf-8")

    def write(self, file: str, content: str | bytes) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def print_with_equal_weights(self) -> None:
        """Give the tiny table the totals, and the points, that equal weights print."""
        for printed, weighted_alike in (("13.3", "13.5"), ("2.9", "3.5"), ("2.9", "3.5")):
            self.change("reports/first/published.csv", printed, weighted_alike)
        workspace = self.open()
        workspace.write_points("first", workspace.derive("first"))

    def open(self) -> Workspace:
        return Workspace.open(self.root)

    def problems(self) -> list[str]:
        """Everything that ``cati check`` prints about it."""
        return [str(problem) for problem in self.open().check()]


@pytest.fixture(scope="session")
def root() -> Path:
    """This repository, itself a workspace: the real evaluation of 2024."""
    return ROOT


@pytest.fixture(scope="session")
def real() -> Workspace:
    return Workspace.open(ROOT)


@pytest.fixture
def real_copy(tmp_path: Path) -> Spoilable:
    return Spoilable(ROOT, tmp_path)


@pytest.fixture
def tiny(tmp_path: Path) -> Spoilable:
    """Two methodologies, four entities and one evaluation with a printed table, all sound."""
    return Spoilable(ROOT / "tests" / "tiny", tmp_path)


@pytest.fixture
def assessed(tiny: Spoilable) -> Spoilable:
    """The tiny workspace with an evaluation that has no printed table."""
    file = "reports/first/evaluation.yaml"
    text = tiny.read(file).replace("basis: published", "basis: assessed")
    start, end = text.index("published:\n"), text.index("bands:")
    tiny.write(file, text[:start] + text[end:])
    for name in ("published.csv", "points.csv"):
        (tiny.root / "reports/first" / name).unlink()
    return tiny


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """What is made once for the whole run, whichever worker asks first; no test changes it."""
    folder = tmp_path_factory.getbasetemp()
    alone = os.environ.get("PYTEST_XDIST_WORKER") is None
    return Shared((folder if alone else folder.parent) / "shared")


class Shared:
    """Folders that all workers of a run read.

    Parameters
    ----------
    root : Path
        Where they lie.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(exist_ok=True)

    def __call__(self, name: str, make: Callable[[Path], object]) -> Path:
        """The folder of a name, which a function fills where nobody has done so."""
        folder = self.root / name
        with FileLock(self.root / f"{name}.lock"):
            if not folder.exists():
                fresh = self.root / f"{name}.making"
                fresh.mkdir()
                make(fresh)
                fresh.rename(folder)
        return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without it the tests are skipped, unless everything is required."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("the package playwright")
    chromium = shutil.which("chromium")
    if chromium is None:
        missing("a program named chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM))
        yield browser
        browser.close()


def missing(what: str) -> NoReturn:
    """Skip a test for want of something, or fail it where everything is required."""
    if os.environ.get("CATI_REQUIRE_ALL") == "1":
        pytest.fail(f"{what} is missing and CATI_REQUIRE_ALL is set")
    pytest.skip(f"{what} is missing")
