from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from cati import Workspace
from cati.report.edition import Edition
from cati.report.pages import write_pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
TINY = ROOT / "tests/tiny"
CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True)
class DrawnFigure:
    """A figure without the pains of drawing it."""

    name: str
    title: str
    description: str
    svg: bytes = b'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"/>'
    png: bytes = b""


FIGURES = {
    "en": {"rates": DrawnFigure("rates", "All rates", "A table of rates.")},
    "zh": {"rates": DrawnFigure("rates", "得分率一览", "各企业得分率。")},
}


def open_edition(workspace: Path, evaluation: str) -> Edition:
    ws = Workspace.open(workspace)
    return Edition.from_store(ws.store, ws.score(evaluation))


@pytest.fixture(scope="session")
def edition() -> Edition:
    """The real edition."""
    return open_edition(ROOT, "automakers-2024")


@pytest.fixture(scope="session")
def site(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the real edition."""
    folder = tmp_path_factory.mktemp("site")
    write_pages(edition, folder, FIGURES)
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without it the tests are skipped, unless everything is required."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("the package playwright")
    chromium = shutil.which("chromium")
    if chromium is None:
        _missing("a program named chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM))
        yield browser
        browser.close()


def _missing(what: str) -> NoReturn:
    if os.environ.get("CATI_REQUIRE_ALL") == "1":
        pytest.fail(f"{what} is missing and CATI_REQUIRE_ALL is set")
    pytest.skip(f"{what} is missing")
