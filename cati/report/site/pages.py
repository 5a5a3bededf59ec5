"""The site: every kind of page, in both languages.

One module for each kind of page gives ``pages(site)``: path inside the
language's folder, and content. `Site.render` renders a template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cati.problems import ascii_controls
from cati.report.edition import Edition
from cati.report.language import LANGUAGES, Language
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
from cati.report.site.facts import Facts
from cati.report.site.frame import Site, chooser

if TYPE_CHECKING:
    from cati.report.figures.drawing import Figure

HIDDEN_CHARACTERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""Characters that change what a reader sees without being seen: controls, directions, breaks."""

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
    """
    facts = Facts(edition)
    printable = tuple(code for code in LANGUAGES if code == "en" or figures.get(code))
    _write(folder / "index.html", chooser(edition))
    for language in LANGUAGES:
        shown: Language = language if figures.get(language) else "en"
        site = Site(facts, language, figures.get(shown, {}), shown, printable)
        for kind in KINDS:
            for path, page in kind(site):
                _write(folder / language / path, page)


def _write(path: Path, page: str) -> None:
    visible = HIDDEN_CHARACTERS.sub(lambda found: ascii_controls(found[0]), page)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(visible.encode())
