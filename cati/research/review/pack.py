"""A company's pack: the workbook to reply with, and a page to read."""

from __future__ import annotations

from pathlib import Path

from cati.model.entity import Entity
from cati.model.language import Language
from cati.research.review.facts import PackFacts
from cati.research.review.pack_page import pack_page
from cati.research.review.pack_workbook import pack_workbook
from cati.store.atomic import make_folder, refuse_existing, write_bytes


def language_of(company: Entity) -> Language:
    """The language that a company is written to in: Chinese in China, English elsewhere."""
    return "zh" if company.country == "CN" else "en"


def write_pack(facts: PackFacts, folder: Path, language: Language) -> tuple[Path, Path]:
    """Write a company's pack into a folder, which is made unless it is there; gives both files.

    Raises
    ------
    UsageError
        If one of the files is there already: somebody may have filled it.
    CatiError
        If one cannot be written.
    """
    name = f"{facts.company}.{facts.evaluation}.{facts.stage}.{language}"
    workbook, page = folder / f"{name}.xlsx", folder / f"{name}.html"
    for path in (workbook, page):
        refuse_existing(path, "folder")
    make_folder(folder)
    write_bytes(page, pack_page(facts, language).encode())
    write_bytes(workbook, pack_workbook(facts, language))
    return workbook, page
