"""What the files of a published folder are called; what is not final has it in their names."""

from __future__ import annotations

from cati.model.language import Language
from cati.report.edition import Edition

DATA = "data"
"""Folder of the data files."""

FIGURES = "figures"
"""Folder of the figures."""

TABLES = (
    "ranking",
    "points",
    "contributions",
    "companies",
    "indicators",
    "disclosures",
    "evidence",
    "sources",
    "challenges",
)
ANSWERS = "answers"
"""A table there is on the assessed basis only."""

REPORT = "report.json"
PACKAGE = "datapackage.json"
NOTICE = "NOTICE.txt"
LICENSE = "LICENSE.txt"

FIGURE_KINDS = ("svg", "png", "csv")
"""What there is of each figure; its data are the CSV."""


def workbook_file(edition: Edition, language: Language) -> str:
    """The workbook."""
    return f"{_stem(edition)}.{language}.xlsx"


def pdf_file(edition: Edition, language: Language) -> str:
    """The printed report."""
    return f"{_stem(edition)}.{language}.pdf"


def figure_files(edition: Edition, language: Language, figure: str) -> dict[str, str]:
    """The files of a figure with texts in a language, by kind."""
    stem = f"{FIGURES}/{language}/{figure}{name_mark(edition)}"
    return {kind: f"{stem}.{kind}" for kind in FIGURE_KINDS}


def table_names(edition: Edition) -> tuple[str, ...]:
    """The tables of an edition, in the order in which they are listed."""
    return (*TABLES, ANSWERS) if edition.is_assessed else TABLES


def table_file(edition: Edition, table: str) -> str:
    """A table inside `DATA`."""
    return f"{table}{name_mark(edition)}.csv"


def data_files(edition: Edition) -> tuple[str, ...]:
    """Everything inside `DATA`."""
    tables = (table_file(edition, name) for name in table_names(edition))
    return (*tables, REPORT, PACKAGE, NOTICE, LICENSE)


def name_mark(edition: Edition) -> str:
    """What stands behind the name of every file of a draft that travels without its folder.

    An incomplete report has such a mark too.
    """
    return f"-{edition.mark}" if edition.mark else ""


def _stem(edition: Edition) -> str:
    return f"{edition.evaluation.id}{name_mark(edition)}"
