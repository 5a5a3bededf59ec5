"""The page of figures, each with its title, its description, and files to take along."""

from __future__ import annotations

from collections.abc import Iterator

from cati.report.file_names import figure_files
from cati.report.language import translations
from cati.report.site.frame import Site

PATH = "figures.html"


def pages(site: Site) -> Iterator[tuple[str, str]]:
    """The one page; also where no figure could be drawn, and then it says so."""
    _ = translations(site.figure_language).gettext
    alternatives = {
        name: _("{title}. {description}").format(title=figure.title, description=figure.description)
        for name, figure in site.figures.items()
    }
    yield (
        PATH,
        site.render(
            "figures.html",
            PATH,
            styles=["figures.css"],
            alternatives=alternatives,
            files={
                name: figure_files(site.edition, site.figure_language, name)
                for name in site.figures
            },
        ),
    )
