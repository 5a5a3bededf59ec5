"""What tests of company reviews share: a tiny workspace under review, and packs to fill."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

from openpyxl import load_workbook

from cati.model.language import Language
from cati.model.review import Stage
from cati.research.review.facts import pack_facts
from cati.research.review.layout import COLUMNS, SHEETS
from cati.research.review.pack import write_pack
from tests.conftest import Spoilable
from tests.research.tiny_season import answered

REVIEW_FILE = "reports/first/review.yaml"
REVIEW = """\
format: 1
evidence: cutoff
windows:
  - {stage: review, opens: 2024-07-01, closes: 2024-07-31, decide_by: 2024-08-15}
  - {stage: appeal, opens: 2024-08-16, closes: 2024-08-31, decide_by: 2024-09-15}
"""
REPLIES = "private/reviews/first/alpha.yaml"
ALPHA = "companies/alpha/assessments/first.yaml"
IN_TIME, TOO_LATE = datetime.date(2024, 7, 20), datetime.date(2024, 8, 1)
AFTER_DECISION = datetime.date(2024, 8, 20)

SAID = "1.1.1/said"
DATED = "1.1.1/dated"
CHALLENGE = {
    "reply": "challenge",
    "text": "Page 4 names 2030.",
    "link": "https://alpha.example/report.pdf",
    "where": "page 4",
    "published": "2024-03",
    "consent": "yes",
}


def under_review(tiny: Spoilable) -> Spoilable:
    """The tiny workspace with two answered companies and windows."""
    answered(tiny)
    tiny.write(REVIEW_FILE, REVIEW)
    assert tiny.problems() == []
    return tiny


def pack(
    tiny: Spoilable,
    folder: Path,
    company: str = "alpha",
    stage: Stage = "review",
    language: Language = "en",
) -> Path:
    """A company's workbook, exported."""
    return write_pack(pack_facts(tiny.open(), "first", company, stage), folder, language)[0]


def fill(path: Path, rows: Mapping[str, Mapping[str, object]], language: Language = "en") -> Path:
    """Fill rows, known by their criterion, as a company does."""
    book = load_workbook(path)
    sheet = book[SHEETS["reply"].get(language)]
    places = {column.key: number for number, column in enumerate(COLUMNS, start=1)}
    lines = {sheet.cell(row, places["criterion"]).value: row for row in range(1, sheet.max_row + 1)}
    for criterion, cells in rows.items():
        for column, value in cells.items():
            sheet.cell(lines[criterion], places[column]).value = value  # type: ignore[assignment]
    book.save(path)
    return path


def cell(path: Path, criterion: str, column: str, language: Language = "en") -> str:
    """Where a cell is, as messages name it."""
    sheet = load_workbook(path)[SHEETS["reply"].get(language)]
    places = {c.key: number for number, c in enumerate(COLUMNS, start=1)}
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, places["criterion"]).value == criterion:
            return f"sheet '{sheet.title}', cell {sheet.cell(row, places[column]).coordinate}"
    raise KeyError(criterion)


def change_answer(tiny: Spoilable, day: str = "2024-07-25") -> None:
    """Answer ``1.1.1/dated`` otherwise, as an import of a workbook does."""
    old = """\
  - criterion: 1.1.1/dated
    answer: not_met
    disclosures: [alpha/dated]
    assessor: Li
    date: 2024-06-10
"""
    new = f"""\
  - criterion: 1.1.1/dated
    answer: met
    disclosures: [alpha/dated]
    rationale: Page 4 names 2030.
    assessor: Li
    date: {day}
    history:
      - who: Li
        when: {day}
        was: not_met
        now: met
        why: The company points at page 4.
        disclosures: [alpha/dated]
"""
    tiny.change(ALPHA, old, new)
    assert tiny.problems() == []
