from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cati import Workspace
from cati.model.language import LANGUAGES, Language
from cati.report.edition import Edition
from cati.report.figures.drawing import Figure, draw_figures
from cati.report.publish import edition_of, publish
from cati.report.site.pages import write_pages
from tests.conftest import Shared, Spoilable

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

ROOT = Path(__file__).parents[2]
TINY = ROOT / "tests/tiny"
NAME = "automakers-2024"


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
    return edition_of(Workspace.open(workspace), evaluation)


@pytest.fixture(scope="session")
def edition() -> Edition:
    """The real edition."""
    return open_edition(ROOT, NAME)


@pytest.fixture(scope="session")
def site(edition: Edition, shared: Shared) -> Path:
    """The pages of the real edition."""
    return shared("site", lambda folder: write_pages(edition, folder, FIGURES))


@pytest.fixture(scope="session")
def assessed_edition(real: Workspace) -> Edition:
    """The real evaluation on the assessed basis."""
    reasons = real.reasons(NAME)
    return Edition.of(real, reasons.card, reasons)


@pytest.fixture(scope="session")
def assessed_site(assessed_edition: Edition, shared: Shared) -> Path:
    """The pages of the real evaluation on the assessed basis."""
    return shared("assessed-site", lambda folder: write_pages(assessed_edition, folder, {}))


@pytest.fixture(scope="session")
def drawn(edition: Edition, shared: Shared) -> dict[Language, dict[str, Figure]]:
    """The figures of the real edition."""

    def draw(folder: Path) -> None:
        for language in LANGUAGES:
            figures = draw_figures(edition, language)
            (folder / language).write_bytes(pickle.dumps(figures))

    folder = shared("figures", draw)
    return {one: pickle.loads((folder / one).read_bytes()) for one in LANGUAGES}  # noqa: S301


@pytest.fixture(scope="session")
def published(shared: Shared) -> Path:
    """The real report in all forms, as it is published."""

    def make(folder: Path) -> None:
        publish(Spoilable(ROOT, folder).open(), NAME)

    return shared("published", make) / "reports" / NAME / "out"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that may ask for nothing but files and must not complain."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    def watch(request: Request) -> None:
        if not request.url.startswith(("file:", "data:")):
            complaints.append(f"asked for {request.url}")

    def miss(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # a page that turned out to be a download
            complaints.append(f"not found: {request.url}")

    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", watch)
    page.on("requestfailed", miss)
    yield page
    page.close()
    assert complaints == []
