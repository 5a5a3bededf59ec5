"""The queue as a workbook: what was found on a sheet, and columns for what one makes of it."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from rich.cells import cell_len

from cati.model.base import Text
from cati.model.evaluation import Evaluation
from cati.model.language import Language
from cati.model.methodology import Methodology
from cati.model.queue import Queue, QueuedPassage
from cati.problems import Problem, ProblemsError, UsageError, did_you_mean, shown
from cati.report.glossary import GRADED, glossary, offered, value_of, word
from cati.report.language import translations
from cati.report.xlsx import HIDDEN, cell_text, workbook_bytes
from cati.research.desk.evidence_queue import Plan, Request, plan_decisions, read_queue
from cati.research.workbook.file import (
    STRUCK_HINT,
    Formula,
    Sheet,
    Struck,
    Value,
    WorkbookCells,
    at,
    read_workbook,
)
from cati.store.atomic import refuse_existing, write_bytes
from cati.store.store import Store

MARK = "cati queue 1"

LINE_HEIGHT = 15
"""Points."""

ROOM = 1.15
"""Words do not fill a line."""

_FIRST_ROW = 2
"""Row of the first passage, counted from 1; titles stand above it."""

What = Literal["accepted", "dismissed", "reopened"]


def _text(en: str, zh: str) -> Text:
    return Text(en=en, zh=zh)


SHEET = _text("Queue", "待处理")

COLUMNS: dict[str, tuple[Text, int]] = {
    "indicator": (_text("Indicator", "指标"), 9),
    "title": (_text("Title", "名称"), 26),
    "passage": (_text("Passage", "段落编号"), 12),
    "source": (_text("Source", "来源"), 24),
    "page": (_text("Page", "页码"), 7),
    "terms": (_text("Terms", "检索词"), 20),
    "text": (_text("Text", "原文"), 70),
    "state": (_text("State", "状态"), 11),
    "decision": (_text("Decision", "处理"), 12),
    "statement": (_text("Statement, in your words", "事实陈述（用自己的话）"), 50),
    "polarity": (_text("Polarity", "倾向"), 12),
    "confidence": (_text("Confidence", "可信度"), 12),
    "quote": (_text("Quote, if not the whole text", "引文（如非全文）"), 40),
    "reason": (_text("Reason", "理由"), 30),
    "by": (_text("By", "处理人"), 16),
}
"""Titles and widths, in their order. From ``decision`` on they are filled in."""

CHOICES = ("decision", "polarity", "confidence")
"""Lists of the glossary that cells choose from."""

_NAMES = list(COLUMNS)


@dataclass(frozen=True)
class Filled:
    """What was filled in.

    Attributes
    ----------
    evaluation, company : str
    requests : tuple of Request
    rows : tuple of int
        Row of each request.
    sheet : str
        Name of the sheet, as messages name it.
    problems : tuple of Problem
        Cells that do not say what they should.
    """

    evaluation: str
    company: str
    requests: tuple[Request, ...]
    rows: tuple[int, ...]
    sheet: str
    problems: tuple[Problem, ...] = ()

    def place(self, position: int, about: str) -> str:
        """Where a cell of a request is, for messages."""
        return _place(self.sheet, self.rows[position], about)


def export_queue(
    queue: Queue,
    outdated: Mapping[str, str],
    evaluation: Evaluation,
    methodology: Methodology,
    path: Path,
    language: Language,
) -> None:
    """Write a queue as a new workbook; the same queue gives the same bytes.

    Parameters
    ----------
    queue : Queue
    outdated : mapping of str to str
        The latest version of each source that has been replaced.
    evaluation : Evaluation
    methodology : Methodology
    path : Path
        Ends in ``.xlsx``.
    language : {"en", "zh"}

    Raises
    ------
    UsageError
        If there is a file already: somebody may have filled it.
    CatiError
        If it cannot be written.
    """
    refuse_existing(path, "name")

    def write(book: Any) -> None:
        _write_queue(book, queue, outdated, methodology, language)

    write_bytes(path, workbook_bytes(evaluation.cutoff, write))


def _write_queue(
    book: Any,
    queue: Queue,
    outdated: Mapping[str, str],
    methodology: Methodology,
    language: Language,
) -> None:
    head = book.add_format({"bold": True, "bg_color": "#1F3A4D", "font_color": "#FFFFFF"})
    fixed = book.add_format({"text_wrap": True, "valign": "top"})
    filled = book.add_format(
        {"text_wrap": True, "valign": "top", "bg_color": "#FFF8E1", "border": 1, "locked": False}
    )
    sheet = book.add_worksheet(SHEET.get(language))
    first_filled = _NAMES.index("decision")
    for column, (title, width) in enumerate(COLUMNS.values()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title.get(language), head)
    for row, entry in enumerate(queue.passages, start=_FIRST_ROW - 1):
        cells = _cells(entry, outdated.get(entry.source), methodology, language)
        sheet.set_row(row, LINE_HEIGHT * _lines(cells))
        for column, text in enumerate(cells):
            sheet.write_string(row, column, cell_text(text), fixed)
        for column in range(first_filled, len(_NAMES)):
            sheet.write_blank(row, column, None, filled)
    last = max(len(queue.passages), 1) + _FIRST_ROW - 2
    for name in CHOICES:
        words = [choice.get(language) for choice in glossary()[name].values()]
        rule = {"validate": "list", "source": words}
        column = _NAMES.index(name)
        sheet.data_validation(_FIRST_ROW - 1, column, last, column, rule)
    sheet.freeze_panes(_FIRST_ROW - 1, _NAMES.index("source"))
    sheet.autofilter(0, 0, last, len(_NAMES) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    about = book.add_worksheet(HIDDEN)
    about.hide()
    for row, text in enumerate((MARK, queue.evaluation, queue.company)):
        about.write_string(row, 0, text)


def _cells(
    entry: QueuedPassage, newer: str | None, methodology: Methodology, language: Language
) -> tuple[str, ...]:
    title = methodology.levels.get(entry.indicator)
    state = word("queued", entry.state, language)
    if newer is not None:
        state += "\n" + translations(language).gettext("replaced by {reference}").format(
            reference=newer
        )
    return (
        entry.indicator,
        "" if title is None else title.get(language),
        entry.passage,
        entry.source,
        str(entry.page),
        "; ".join(entry.terms),
        entry.text,
        state,
    )


def _lines(cells: tuple[str, ...]) -> int:
    """Lines that the longest of a row's cells takes; viewers do not work that out alike."""
    widths = [width for _, width in COLUMNS.values()]
    return max(
        math.ceil(cell_len(text) * ROOM / width)
        for text, width in zip(cells, widths, strict=False)
        if text
    )


def import_queue(
    store: Store,
    evaluation: Evaluation,
    company: str,
    path: Path,
    by: str | None,
    day: datetime.date,
) -> tuple[Plan, int]:
    """Carry out what was filled into a workbook of a queue, all of it or nothing.

    Parameters
    ----------
    store, evaluation, company, day
        As in `cati.research.desk.evidence_queue.decide`.
    path : Path
    by : str, optional
        Who has decided where a row does not say it.

    Returns
    -------
    tuple of Plan and int
        What was carried out, and how many rows the queue knew already.

    Raises
    ------
    ProblemsError
        If it is no such workbook, or with every cell that does not say what it should or asks
        for what cannot be done.
    UsageError
        If the workbook is of another queue.
    """
    queue = read_queue(store.root, evaluation.id, company)
    filled, known = undecided(store, queue, read_decisions(path, by))
    plan = plan_decisions(store, evaluation, company, filled.requests, day)
    told = {problem.field for problem in filled.problems}
    refused = [
        Problem(path.name, "a decision that can be carried out", fault.text, field=place)
        for position, faults in plan.refused.items()
        for fault in faults
        if (place := filled.place(position, fault.about)) not in told
    ]
    if filled.problems or refused:
        raise ProblemsError([*filled.problems, *refused])
    plan.write()
    return plan, known


def read_decisions(path: Path, by: str | None) -> Filled:
    """What was filled into a workbook of a queue, and the cells that make no sense.

    Parameters
    ----------
    path : Path
    by : str, optional
        Who has decided where a row does not say it.

    Raises
    ------
    ProblemsError
        If it is no such workbook, or its columns are not where they should be.
    """
    book = read_workbook(path)
    evaluation, company = _about(book)
    names = SHEET.values()
    found = [sheet for name, sheet in book.sheets.items() if name in names]
    if len(found) != 1:
        expected = f"a sheet named {' or '.join(names)}"
        raise ProblemsError([Problem(book.file, expected, ", ".join(map(shown, book.sheets)))])
    sheet = found[0]
    if moved := list(_wrong_titles(book.file, sheet)):
        raise ProblemsError(moved)
    problems = list(book.problems)
    requests, rows = [], []
    for row in sorted({row for row, _ in sheet.cells if row >= _FIRST_ROW}):
        reader = _Row(book.file, sheet, row, problems)
        request = reader.request(by)
        if request is not None:
            requests.append(request)
            rows.append(row)
    told = tuple(requests), tuple(rows), sheet.name, tuple(problems)
    return Filled(evaluation, company, *told)


def _about(book: WorkbookCells) -> tuple[str, str]:
    hidden = book.sheets.get(HIDDEN)
    told = [hidden.cells.get((row, 1)) for row in (1, 2, 3)] if hidden is not None else []
    if len(told) != 3 or told[0] != MARK:
        expected, hint = "a workbook of a queue", "'cati queue export' writes one"
        raise ProblemsError([Problem(book.file, expected, "another workbook", hint=hint)])
    return str(told[1]), str(told[2])


def _wrong_titles(file: str, sheet: Sheet) -> Iterator[Problem]:
    """Columns that were moved or renamed: what stands below them would be misread."""
    for column, (title, _) in enumerate(COLUMNS.values(), start=1):
        found = sheet.cells.get((1, column), "")
        if found not in title.values():
            expected = f"the title {' or '.join(title.values())}"
            yield Problem(file, expected, shown(str(found)), field=at(sheet.name, (1, column)))


def _place(sheet: str, row: int, name: str) -> str:
    return at(sheet, (row, _NAMES.index(name) + 1))


@dataclass
class _Row:
    """A row of the sheet."""

    file: str
    sheet: Sheet
    row: int
    problems: list[Problem]

    def request(self, by: str | None) -> Request | None:
        """What it asks for; None where nothing was decided."""
        decision = self._choice("decision")
        filled = [name for name in _NAMES[_NAMES.index("decision") :] if self._text(name)]
        if decision is None:
            if filled and "decision" not in filled:
                self._wrong("decision", "a decision", "nothing", f"{filled[0]} is filled")
            return None
        who = self._text("by") or by
        if who is None:
            self._wrong("by", "who has decided", "nothing", "fill it, or say --by")
        needed = "statement" if decision == "accepted" else "reason"
        if not self._text(needed):
            self._wrong(needed, f"a {needed}", "nothing")
        return Request(
            what=decision,
            indicator=self._text("indicator") or "",
            passage=self._text("passage") or "",
            by=who or "",
            reason=self._text("reason"),
            statement=self._text("statement"),
            polarity=self._choice("polarity") or "supports",
            confidence=self._choice("confidence") or "medium",
            quote=self._text("quote"),
        )

    def _value(self, name: str) -> Value | None:
        return self.sheet.cells.get((self.row, _NAMES.index(name) + 1))

    def _text(self, name: str) -> str | None:
        value = self._value(name)
        if value is None or isinstance(value, str):
            return value.strip() or None if value else None
        if isinstance(value, Formula):
            self._wrong(name, "text", f"the formula {shown('=' + value.text)}", "type its value")
            return None
        if isinstance(value, Struck):
            self._wrong(name, "text", f"{shown(value.text)} struck through", STRUCK_HINT)
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self._wrong(name, "text", shown(str(getattr(value, "text", value))))
            return None
        return f"{value:g}"

    def _choice(self, name: str) -> Any:
        text = self._text(name)
        if text is None:
            return None
        value = value_of(name, text)
        if value is None:
            known = [word for words in glossary()[name].values() for word in words.values()]
            expected = ", ".join(offered(name))
            hint = "" if name in GRADED else did_you_mean(text, known)
            self._wrong(name, expected, shown(text), hint)
        return value

    def _wrong(self, name: str, expected: str, found: str, hint: str = "") -> None:
        place = _place(self.sheet.name, self.row, name)
        if all(problem.field != place for problem in self.problems):  # one for each cell
            self.problems.append(Problem(self.file, expected, found, field=place, hint=hint))


def undecided(store: Store, queue: Queue, filled: Filled) -> tuple[Filled, int]:
    """What was filled in without what the queue says already, and how many rows that leaves out.

    Raises
    ------
    UsageError
        If the workbook is of another queue.
    """
    if (filled.evaluation, filled.company) != (queue.evaluation, queue.company):
        raise UsageError(
            f"the workbook is of {filled.company} in {filled.evaluation}, "
            f"not of {queue.company} in {queue.evaluation}"
        )
    entries = {(entry.indicator, entry.passage): entry for entry in queue.passages}
    new = [
        (request, row)
        for request, row in zip(filled.requests, filled.rows, strict=True)
        if not _is_so(store, entries.get((request.indicator, request.passage)), request)
    ]
    requests, rows = tuple(one for one, _ in new), tuple(row for _, row in new)
    return replace(filled, requests=requests, rows=rows), len(filled.requests) - len(new)


def _is_so(store: Store, entry: QueuedPassage | None, request: Request) -> bool:
    """Whether the last decision on a passage is what is asked for."""
    if entry is None or not entry.decisions or entry.decisions[-1].what != request.what:
        return False
    last = entry.decisions[-1]
    if request.what != "accepted":
        return last.reason == request.reason
    made = store.disclosures.get(last.disclosure or "")
    return made is not None and made.statement == request.statement
