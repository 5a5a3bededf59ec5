"""The workbook that a company replies with."""

from __future__ import annotations

from typing import Any

from cati.model.language import Language
from cati.report.glossary import glossary
from cati.report.xlsx import A3, HIDDEN, cell_text, workbook_bytes, write_facts
from cati.research.review.facts import CriterionFact, PackFacts
from cati.research.review.layout import (
    BASE_COLUMN,
    COLUMNS,
    FIRST_ROW,
    HEAD_ROW,
    MARK,
    META,
    META_COLUMN,
    SHEETS,
    seal,
)
from cati.research.review.pack_texts import PackTexts
from cati.research.workbook.book import LINE_HEIGHT, LOOKS, height, set_pages, write_heads

_WIDTH = 110
"""Characters of a line on the first sheet."""

_KEPT = 3
"""Columns that stay in view."""


def pack_workbook(facts: PackFacts, language: Language) -> bytes:
    """A company's workbook; the same bytes for the same facts.

    Parameters
    ----------
    facts : PackFacts
    language : {"en", "zh"}
    """
    return workbook_bytes(facts.cutoff, lambda book: _Writer(book, facts, language).write())


class _Writer:
    """Writes the sheets, one after the other."""

    def __init__(self, book: Any, facts: PackFacts, language: Language) -> None:
        self.book = book
        self.facts = facts
        self.language: Language = language
        self.texts = PackTexts(facts, language)
        self.formats = {name: book.add_format(look) for name, look in LOOKS.items()}

    def write(self) -> None:
        self._start()
        self._replies()
        self._hidden()

    def _start(self) -> None:
        sheet = self.book.add_worksheet(SHEETS["start"].get(self.language))
        sheet.set_column(0, 0, _WIDTH)
        lines = [(self.texts.title, "title"), (self.texts.total, "label")]
        lines += [(text, "prose") for text in self.texts.about()]
        lines += [(f"{n}. {text}", "prose") for n, text in enumerate(self.texts.how(), start=1)]
        for row, (text, look) in enumerate(lines):
            sheet.write_string(row, 0, cell_text(text), self.formats[look])
            sheet.set_row(row, height(text, _WIDTH) + 6)
        self._page(sheet)

    def _replies(self) -> None:
        sheet = self.book.add_worksheet(SHEETS["reply"].get(self.language))
        write_heads(sheet, HEAD_ROW - 1, COLUMNS, self.formats, self.language)
        sheet.set_row(HEAD_ROW - 1, 36)
        sheet.write_string(0, 0, cell_text(self.texts.title), self.formats["title"])
        row = FIRST_ROW - 1
        for indicator in self.facts.indicators:
            points = f"{indicator.code} {indicator.title.get(self.language)}"
            sheet.write_string(row, 0, cell_text(points), self.formats["label"])
            row += 1
            for route in indicator.routes:
                for criterion in route:
                    self._criterion(sheet, row, indicator.code, criterion)
                    row += 1
        self._checks(sheet, row - 1)
        sheet.freeze_panes(HEAD_ROW, _KEPT)
        sheet.repeat_rows(HEAD_ROW - 1)
        self._page(sheet)

    def _criterion(self, sheet: Any, row: int, code: str, criterion: CriterionFact) -> None:
        blocks = ["\n".join(self.texts.evidence(evidence)) for evidence in criterion.evidence]
        shown = {
            "code": code,
            "criterion": criterion.name,
            "statement": criterion.statement.get(self.language),
            "answer": self.texts.answer(criterion),
            "rationale": criterion.rationale or "",
            "evidence": "\n\n".join(blocks) or self.texts.looked_in(criterion),
            "decided": "\n\n".join(map(self.texts.decision, criterion.decided)),
        }
        most = LINE_HEIGHT
        for position, column in enumerate(COLUMNS):
            if column.key == "points":
                sheet.write_number(row, position, float(criterion.points), self.formats["points"])
            elif column.editable:
                look = "fill" if criterion.is_open else "plain"
                sheet.write_blank(row, position, None, self.formats[look])
            else:
                text = shown[column.key]
                sheet.write_string(row, position, cell_text(text), self.formats["plain"])
                most = max(most, height(text, column.width)) if text else most
        sheet.set_row(row, most)

    def _checks(self, sheet: Any, last: int) -> None:
        for position, column in enumerate(COLUMNS):
            if column.choices:
                words = [
                    choice.get(self.language) for choice in glossary()[column.choices].values()
                ]
                rule: dict[str, Any] = {"validate": "list", "source": words}
            elif column.editable:
                rule = {"validate": "length", "criteria": "<=", "value": 2_000}
            else:
                continue
            sheet.data_validation(FIRST_ROW - 1, position, last, position, rule)

    def _hidden(self) -> None:
        facts, answers = self.facts, self.facts.answers
        sheet = self.book.add_worksheet(HIDDEN)
        sheet.hide()
        told = {
            "format": MARK,
            "evaluation": facts.evaluation,
            "company": facts.company,
            "stage": facts.stage,
            "language": self.language,
            "sha256": seal(facts.evaluation, facts.company, facts.stage, answers),
        }
        write_facts(sheet, {key: told[key] for key in META}, META_COLUMN - 1)
        for row, (name, answer) in enumerate(answers.items()):
            sheet.write_string(row, BASE_COLUMN - 1, name)
            sheet.write_string(row, BASE_COLUMN, answer)

    def _page(self, sheet: Any) -> None:
        set_pages(sheet, self.texts.title, A3)
        sheet.protect("", {"format_columns": True, "format_rows": True})
