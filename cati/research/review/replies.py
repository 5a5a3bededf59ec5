"""A company's filled workbook to its replies; every cell is checked."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from cati.model.assessment import Answer
from cati.model.base import Line, PartialDate
from cati.model.review import STAGES, Pointer, Stage
from cati.model.source import Link
from cati.problems import Problem, ProblemsError, did_you_mean, shown
from cati.report.glossary import glossary, offered, value_of
from cati.report.xlsx import HIDDEN
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
from cati.research.workbook.file import (
    STRUCK_HINT,
    ErrorValue,
    Formula,
    Sheet,
    Struck,
    WorkbookCells,
    at,
    read_workbook,
)

_FILLED = tuple(column.key for column in COLUMNS if column.editable)
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?")


@dataclass(frozen=True)
class ReplyRow:
    """What a company says of one criterion.

    Attributes
    ----------
    answer : str
        Our answer that it was shown.
    agrees : bool
        Otherwise it challenges.
    place : str
        Sheet and cell of the criterion, for messages.
    """

    criterion: str
    answer: Answer
    agrees: bool
    text: str | None
    evidence: Pointer | None
    consent: bool
    place: str


@dataclass(frozen=True)
class FilledPack:
    """What came back.

    Attributes
    ----------
    file : str
        How messages name it.
    sha256 : str
        Checksum of the file.
    answers : mapping of str to str
        The answers it was shown, by criterion.
    rows : tuple of ReplyRow
    """

    file: str
    evaluation: str
    company: str
    stage: Stage
    sha256: str
    answers: Mapping[str, Answer]
    rows: tuple[ReplyRow, ...]


def read_pack(path: Path) -> FilledPack:
    """What stands in a workbook that came back.

    Raises
    ------
    ProblemsError
        With everything that is wrong: no such workbook, one that is not as it
        was exported, or cells that do not say what they should.
    """
    book = read_workbook(path)
    meta, answers = _about(book)
    stage: Stage = "appeal" if meta["stage"] == "appeal" else "review"
    names = SHEETS["reply"].values()
    sheets = [sheet for name, sheet in book.sheets.items() if name in names]
    if len(sheets) != 1:
        found = ", ".join(map(shown, book.sheets))
        raise _wrong(book, f"one sheet named {' or '.join(names)}", found)
    problems = list(book.problems)
    reader = _Reader(book.file, sheets[0], answers, problems)
    rows = reader.rows()
    if problems:
        raise ProblemsError(problems)
    return FilledPack(
        file=book.file,
        evaluation=meta["evaluation"],
        company=meta["company"],
        stage=stage,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        answers=answers,
        rows=rows,
    )


def _wrong(book: WorkbookCells, expected: str, found: str, hint: str = "") -> ProblemsError:
    return ProblemsError([Problem(book.file, expected, found, hint=hint)])


def _about(book: WorkbookCells) -> tuple[dict[str, str], dict[str, Answer]]:
    """What the hidden sheet says, found to be as it was exported."""
    hidden = book.sheets.get(HIDDEN)
    cells = hidden.cells if hidden is not None else {}
    meta = {
        key: str(cells.get((row, META_COLUMN + 1), "")) for row, key in enumerate(META, start=1)
    }
    if meta["format"] != MARK:
        hint = "'cati review export' writes one"
        raise _wrong(book, "a workbook of a company review", "another workbook", hint)
    told: dict[str, Answer] = {}
    row = 1
    while (name := cells.get((row, BASE_COLUMN))) is not None:
        answer = cells.get((row, BASE_COLUMN + 1))
        told[str(name)] = answer if answer in get_args(Answer) else "unknown"  # type: ignore[assignment]
        row += 1
    made = seal(meta["evaluation"], meta["company"], meta["stage"], told)
    if meta["stage"] not in STAGES or made != meta["sha256"]:
        hint = "send the company a new one"
        raise _wrong(book, "a workbook as it was exported", "a changed hidden sheet", hint)
    return meta, told


@dataclass
class _Reader:
    """Reads the sheet of replies."""

    file: str
    sheet: Sheet
    answers: Mapping[str, Answer]
    problems: list[Problem]

    def rows(self) -> tuple[ReplyRow, ...]:
        """What was filled in, criterion by criterion."""
        columns = self._columns()
        if columns is None:
            return ()
        found: dict[str, ReplyRow] = {}
        last = max((row for row, _ in self.sheet.cells), default=0)
        for row in range(FIRST_ROW, last + 1):
            cells = {key: (row, column) for key, column in columns.items()}
            filled = [key for key in _FILLED if self.sheet.cells.get(cells[key]) is not None]
            if not filled:
                continue
            reply = self._row(cells)
            if reply is None:
                continue
            if reply.criterion in found:
                problem = (cells["criterion"], "each criterion once", f"{reply.criterion} again")
                self._wrong(*problem)
            found[reply.criterion] = reply
        return tuple(found.values())

    def _columns(self) -> dict[str, int] | None:
        """Where each column is, by its head; None where one is missing."""
        heads: dict[str, int] = {}
        for (row, place), value in self.sheet.cells.items():
            if row == HEAD_ROW and isinstance(value, str):
                heads.setdefault(" ".join(value.split()), place)
        found = {}
        for column in COLUMNS:
            titles = column.title.values()
            there = next((heads[title] for title in titles if title in heads), None)
            if there is None and (column.editable or column.key == "criterion"):
                expected = f"a column {' or '.join(titles)} in row {HEAD_ROW}"
                hint = did_you_mean(titles[0], heads)
                name = f"sheet '{self.sheet.name}'"
                self.problems.append(Problem(self.file, expected, "none", field=name, hint=hint))
            elif there is not None:
                found[column.key] = there
        return None if self.problems else found

    def _row(self, cells: Mapping[str, tuple[int, int]]) -> ReplyRow | None:
        told = len(self.problems)
        criterion = self._text(cells["criterion"])
        reply = self._choice("reply", cells["reply"])
        text = self._formed(Line, cells["text"])
        link = self._formed(Link, cells["link"])
        where = self._formed(Line, cells["where"])
        published = self._published(cells["published"])
        consent = self._choice("consent", cells["consent"])
        if len(self.problems) > told:
            return None
        if criterion is None or criterion not in self.answers:
            expected = "a criterion of this workbook"
            hint = did_you_mean(criterion or "", self.answers)
            self._wrong(cells["criterion"], expected, shown(criterion or ""), hint)
            return None
        if reply is None:
            expected = " or ".join(offered("reply"))
            self._wrong(cells["reply"], expected, "nothing", "other cells of the row are filled")
            return None
        if reply == "challenge" and text is None:
            self._wrong(cells["text"], "why the answer is challenged", "nothing")
            return None
        pointed = link is not None or where is not None or published is not None
        return ReplyRow(
            criterion=criterion,
            answer=self.answers[criterion],
            agrees=reply == "agree",
            text=text,
            evidence=Pointer(link=link, where=where, published=published) if pointed else None,
            consent=consent == "yes",
            place=at(self.sheet.name, cells["criterion"]),
        )

    def _wrong(self, position: tuple[int, int], expected: str, found: str, hint: str = "") -> None:
        field = at(self.sheet.name, position)
        self.problems.append(Problem(self.file, expected, found, field=field, hint=hint))

    def _text(self, position: tuple[int, int]) -> str | None:
        """A cell's text; None where it is empty or no text."""
        value = self.sheet.cells.get(position)
        if any(position in merged and position != merged.first for merged in self.sheet.merged):
            self._wrong(position, "a cell of its own", "one merged with others")
            return None
        if isinstance(value, Formula):
            self._wrong(position, "text", "a formula", "paste its value")
            return None
        if isinstance(value, Struck):
            self._wrong(position, "text", f"{shown(value.text)} struck through", STRUCK_HINT)
            return None
        if isinstance(value, (ErrorValue, bool)):
            self._wrong(position, "text", shown(str(getattr(value, "text", value))))
            return None
        if value is None:
            return None
        if isinstance(value, float):
            return f"{value:.15g}"
        return str(value).strip() or None

    def _formed(self, form: Any, position: tuple[int, int]) -> str | None:
        text = self._text(position)
        if text is None:
            return None
        try:
            return str(TypeAdapter(form).validate_python(text))
        except ValidationError as error:
            detail = error.errors(include_url=False)[0]
            expected = str(detail.get("ctx", {}).get("error", detail["msg"]))
            if detail["type"] == "string_too_long":
                expected = f"at most {detail['ctx']['max_length']:,} characters"
                self._wrong(position, expected, f"{len(text):,}")
            else:
                self._wrong(position, expected, shown(text))
            return None

    def _choice(self, choices: str, position: tuple[int, int]) -> str | None:
        text = self._text(position)
        if text is None:
            return None
        value = value_of(choices, text)
        if value is None:
            words = [word for each in glossary()[choices].values() for word in each.values()]
            expected = " or ".join(offered(choices))
            self._wrong(position, expected, shown(text), did_you_mean(text, words))
        return value

    def _published(self, position: tuple[int, int]) -> str | None:
        """A date as exact as it is given; ``2024/7/3`` and ``2024年7月`` do too."""
        value = self.sheet.cells.get(position)
        text = value.isoformat() if isinstance(value, datetime.date) else self._text(position)
        if text is None:
            return None
        if found := _DATE.fullmatch(text.replace(" ", "")):
            text = "-".join(f"{int(part):02d}" for part in found.groups() if part)
        try:
            return str(TypeAdapter(PartialDate).validate_python(text.removesuffix("年")))
        except ValidationError as error:
            expected = str(error.errors(include_url=False)[0].get("ctx", {}).get("error", "a date"))
            self._wrong(position, expected, shown(text))
            return None
