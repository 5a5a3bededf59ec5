"""The site: every kind of page, in both languages.

One module for each kind of page gives ``pages(site)``: path inside the
language's folder, and content. `Site.render` renders a template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cati.model.language import LANGUAGES, Language
from cati.report.edition import Edition
from cati.report.site import (
    cite,
    company,
    compare,
    downloads,
    errata,
    figure_page,
    front,
    groups,
    indicator,
    methodology,
    ranking,
)
from cati.report.site.frame import Site, chooser
from cati.report.visible import visible

if TYPE_CHECKING:
    from cati.report.figures.drawing import Figure

KINDS: tuple[Callable[[Site], Iterator[tuple[str, str]]], ...] = (
    front.pages,
    ranking.pages,
    company.pages,
    indicator.pages,
    compare.pages,
    groups.pages,
    methodology.pages,
    errata.pages,
    figure_page.pages,
    downloads.pages,
    cite.pages,
)
"""Every kind of page."""


def write_pages(
    edition: Edition,
    folder: Path,
    figures: Mapping[Language, Mapping[str, Figure]],
    tell: Callable[[str], None] = lambda path: None,
) -> None:
    """Write the pages of an edition.

    Parameters
    ----------
    edition : Edition
    folder : Path
        Where ``index.html``, ``en/`` and ``zh/`` come to stand; workbooks and
        data files are linked as its neighbours.
    figures : mapping
        Figures by language and name. A language without any shows the English ones.
    tell : callable, optional
        Is given the path of each page once it is written.
    """
    facts = edition.facts
    printable = tuple(code for code in LANGUAGES if code == "en" or figures.get(code))
    _write(folder / "index.html", chooser(edition))
    for language in LANGUAGES:
        shown: Language = language if figures.get(language) else "en"
        site = Site(facts, language, figures.get(shown, {}), shown, printable)
        for kind in KINDS:
            for path, page in kind(site):
                _write(folder / language / path, page)
                tell(f"{language}/{path}")


def _write(path: Path, page: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(visible(page).encode())
