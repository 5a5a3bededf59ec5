"""The errata page: what was corrected after publication, and what it changed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cati.report.site.frame import Site
from cati.report.texts.correcting import result_text


def pages(site: Site) -> Iterator[tuple[str, str]]:
    """The one page, whether or not anything was corrected."""
    yield (
        "errata.html",
        site.render(
            "errata.html",
            "errata.html",
            styles=["company.css"],
            errata=site.edition.errata,
            result=partial(result_text, lang=site.language),
        ),
    )
