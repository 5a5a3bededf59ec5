"""One kind of page without the rest of the site, and what a page says."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from cati.model.language import LANGUAGES, Language
from cati.report.edition import Edition
from cati.report.facts import Facts
from cati.report.site.frame import Site

Kind = Callable[[Site], Iterator[tuple[str, str]]]


def site_of(edition: Edition, language: Language = "en", facts: Facts | None = None) -> Site:
    return Site(
        facts=facts or Facts(edition),
        language=language,
        figures={},
        figure_language=language,
        printable=LANGUAGES,
    )


def pages_of(kind: Kind, edition: Edition, language: Language = "en") -> dict[str, str]:
    """Every page of a kind, by path."""
    return dict(kind(site_of(edition, language)))


def said(page: str) -> str:
    """What the main part of a page says, without marks."""
    body = page[page.index("<main") : page.index("</main>")]
    text = html.unescape(re.sub(r"<[^>]+>", " ", body))
    return re.sub(r" ([.,;])", r"\1", " ".join(text.split()))


def section(page: str, name: str) -> str:
    """What stands under one of a page's main headings, with marks."""
    start = page.index(f'<h2 id="{name}"')
    end = page.find("<h2 id=", start + 1)
    return page[start : end if end > 0 else page.index("</main>")]
