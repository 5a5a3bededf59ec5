"""The page of figures, each with its title, its description, and files to take along."""

from __future__ import annotations

from collections.abc import Iterator

from cati.report.site.frame import Site

PATH = "figures.html"


def pages(site: Site) -> Iterator[tuple[str, str]]:
    """The one page; also where no figure could be drawn, and then it says so."""
    yield PATH, site.render("figures.html", PATH, styles=["figures.css"])
