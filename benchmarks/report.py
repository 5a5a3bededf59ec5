"""How fast an evaluation is published, how heavy its pages are, and how both grow.

``python -m benchmarks.report``. Seconds of one run; the first line has what is
loaded on first use in it. How fast the ranking page filters 2,000 rows is measured
in the browser, by ``tests/report/test_browser_site.py``.
"""

from __future__ import annotations

import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.workspaces import ROOT, build
from cati import Workspace
from cati.model.language import LANGUAGES, Language
from cati.report.data.files import write_data
from cati.report.edition import Edition
from cati.report.pdf.printing import write_pdf
from cati.report.publish import Figures, draw_all, edition_of, publish
from cati.report.site.pages import write_pages
from cati.report.workbook.writing import write_workbook

NAME = "automakers-2024"
ALL_FORMATS, SITE = "15 s", "4 s"
RANKING_PAGE, COMPANY_PAGE = "400 kB", "150 kB"
GROWTH = (500, 2_000)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def line(name: str, taken: float, aim: str = "") -> None:
    print(f"{name:44} {taken:8.2f} s{f'   (aim: {aim})' if aim else ''}")


def forms(workspace: Workspace, folder: Path) -> None:
    """Each form by itself, both languages, for the real evaluation."""
    edition = edition_of(workspace, NAME)
    line("score and gather what may be published", seconds(lambda: edition_of(workspace, NAME)))
    figures: Figures = {}
    line("figures, both languages", seconds(lambda: figures.update(draw_all(edition)[0])))
    site = folder / "site"
    line("site, both languages", seconds(lambda: write_pages(edition, site, figures)), SITE)
    line("workbooks", sum(seconds(partial(workbook, edition, folder, lang)) for lang in LANGUAGES))
    prints = [(folder / f"{language}.pdf", language) for language in LANGUAGES]
    line(
        "PDF, both languages",
        seconds(lambda: [write_pdf(edition, *pdf, figures) for pdf in prints]),
    )
    line("data files", seconds(lambda: write_data(edition, folder / "data")))
    weights(site)


def workbook(edition: Edition, folder: Path, language: Language) -> None:
    write_workbook(edition, folder / f"{language}.xlsx", language)


def weights(site: Path) -> None:
    """The heaviest pages; each has its style, script and data inside."""
    for name, pattern, aim in (
        ("ranking page", "*/ranking.html", RANKING_PAGE),
        ("heaviest company page", "*/companies/*.html", COMPANY_PAGE),
        ("heaviest page of all", "**/*.html", ""),
    ):
        page = max(site.glob(pattern), key=lambda path: path.stat().st_size)
        size = page.stat().st_size / 1000
        print(f"{name:44} {size:8.0f} kB{f'  (aim: {aim})' if aim else ''}")


def growth(folder: Path) -> None:
    """The site, the workbook and the data of synthetic evaluations."""
    for companies in GROWTH:
        home = folder / str(companies)
        home.mkdir()
        build(home, companies)
        workspace = Workspace.open(home)
        workspace.write_points(NAME, workspace.derive(NAME))
        edition = edition_of(Workspace.open(home), NAME)
        site = home / "site"
        taken = seconds(partial(write_pages, edition, site, {}))
        print(
            f"{f'site, {companies:,} companies':44} {taken:8.2f} s"
            f"   {taken / companies * 1e3:6.2f} ms each"
        )
        others(edition, home, companies)


def others(edition: Edition, home: Path, companies: int) -> None:
    """What else grows with the companies."""
    taken = seconds(lambda: workbook(edition, home, "en"))
    taken += seconds(lambda: write_data(edition, home / "data"))
    print(
        f"{f'workbook and data, {companies:,} companies':44} {taken:8.2f} s"
        f"   {taken / companies * 1e3:6.2f} ms each"
    )


if __name__ == "__main__":
    print(f"Python {platform.python_version()}, {platform.machine()}", file=sys.stderr)
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary) / "workspace"
        for part in ("indicators", "companies", "reports"):
            left_out = shutil.ignore_patterns("out*")
            shutil.copytree(ROOT / part, root / part, ignore=left_out)
        real = Workspace.open(root)
        taken = seconds(lambda: publish(real, NAME))
        line("all formats, both languages, 51 companies", taken, ALL_FORMATS)
        forms(real, root)
        growth(Path(temporary))
