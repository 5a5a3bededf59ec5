"""The page of downloads: every file of the report and what is in it."""

from __future__ import annotations

from collections.abc import Iterator

from cati.model.language import LANGUAGES
from cati.report.file_names import (
    DATA,
    LICENSE,
    NOTICE,
    PACKAGE,
    REPORT,
    pdf_file,
    table_file,
    table_names,
    workbook_file,
)
from cati.report.manifest import CHECKSUMS, MANIFEST
from cati.report.site.frame import Site

PATH = "downloads.html"


def pages(site: Site) -> Iterator[tuple[str, str]]:
    """The one page."""
    yield (
        PATH,
        site.render(
            "downloads.html",
            PATH,
            tables=_tables(site),
            others=_others(site),
            workbook_files={code: workbook_file(site.edition, code) for code in LANGUAGES},
            pdf_files={code: pdf_file(site.edition, code) for code in site.printable},
        ),
    )


def _tables(site: Site) -> list[tuple[str, str]]:
    """Path and content of each table."""
    _, edition = site.wording.gettext, site.edition
    said = {
        "ranking": _("the ranking, with coverage"),
        "points": _("points and rates from columns to single indicators"),
        "contributions": _("what each part adds to a total"),
        "companies": _("names and profiles of the companies"),
        "indicators": _("indicators with points, track and factor"),
        "disclosures": _("what was found about the companies, in our words"),
        "evidence": _("where each of these statements stands, and whether it counts"),
        "sources": _("the documents, with their links and dates"),
        "challenges": _("challenges by companies, as far as they consented to their being told"),
        "answers": _("every answer with assessor, level and disclosures"),
    }
    return [
        (f"{DATA}/{table_file(edition, name)}", said.get(name, "")) for name in table_names(edition)
    ]


def _others(site: Site) -> list[tuple[str, str]]:
    """Path and content of what is no table."""
    _ = site.wording.gettext
    return [
        (f"{DATA}/{REPORT}", _("everything in one file")),
        (f"{DATA}/{PACKAGE}", _("description of the tables and their fields")),
        (f"{DATA}/{NOTICE}", _("whose the data are and what may be done with them")),
        (f"{DATA}/{LICENSE}", _("the licence of the style and the scripts of these pages")),
        (CHECKSUMS, _("checksums of all files")),
        (MANIFEST, _("what this report was made from, with what, and when")),
    ]
