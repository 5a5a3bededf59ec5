"""The errata page: what was corrected after publication, and what it changed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cati.model.errata import Result
from cati.report import show
from cati.report.site.frame import Site


def pages(site: Site) -> Iterator[tuple[str, str]]:
    """The one page, whether or not anything was corrected."""
    errata = site.edition.store.errata.get(site.edition.evaluation.id)
    yield (
        "errata.html",
        site.render(
            "errata.html",
            "errata.html",
            styles=["company.css"],
            errata=errata,
            result=partial(result_text, site),
        ),
    )


def result_text(site: Site, result: Result | None) -> str:
    """A company's total and rank in an edition, in words."""
    _ = site.wording.gettext
    if result is None:
        return _("not ranked")
    return _("total %(total)s, rank %(rank)s") % {
        "total": show.span(str(result.total), str(result.total_high)),
        "rank": show.span(str(result.rank), str(result.rank_worst)),
    }
