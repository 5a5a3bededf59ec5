"""A filled workbook to what it says, cell by cell, with where each cell stands.

Rows are known by what stands in their key column and columns by their heads,
so that sorting, moving and adding columns of one's own does no harm. Sheets
are known by their names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from cati.model.language import Language
from cati.problems import Problem, ProblemsError, did_you_mean, shown
from cati.research.workbook.cells import fixed_cells
from cati.research.workbook.file import (
    Formula,
    Position,
    Sheet,
    Value,
    WorkbookCells,
    address,
    at,
    read_workbook,
)
from cati.research.workbook.layout import (
    COLUMNS,
    KEY_COLUMN,
    SHEETS,
    START_COLUMN,
    START_ROWS,
    Column,
    Key,
    SheetKey,
)
from cati.research.workbook.origin import Origin, origin_of
from cati.research.workbook.values import Form, UnfitError, clean
from cati.store.store import Store

TABLES: tuple[SheetKey, ...] = ("answers", "nothing_found", "disclosures", "sources")
"""Sheets with rows to fill."""

_NEEDED: tuple[SheetKey, ...] = ("start", *TABLES)
_HEAD_WITHIN = 20
"""Rows among which the heads of a table's columns are looked for."""

_DATE = Column("date", SHEETS["start"], 0, kind="date")
_ASSESSOR = Column("assessor", SHEETS["start"], 0)
_NOTE = Column("note", SHEETS["start"], 0, since="2")


@dataclass(frozen=True)
class Filled:
    """What a cell says and where it stands.

    Attributes
    ----------
    text : str
        In the form of the files; empty where the cell is, or where it cannot be read.
    file, place : str
        As in `Problem`: the workbook, and sheet and cell in it.
    """

    text: str
    file: str
    place: str

    def problem(self, expected: str, found: str, hint: str = "") -> Problem:
        """What is wrong with it."""
        return Problem(self.file, expected, found, field=self.place, hint=hint)


NewRow = Mapping[str, Filled]
"""A row for a record that is not in the files yet: all cells that can be filled, by column."""


@dataclass(frozen=True)
class FilledWorkbook:
    """What a workbook says.

    Attributes
    ----------
    base : mapping of Key to str
        Cells as they were exported, in the form of the files.
    cells : mapping of Key to Filled
        Cells that can be filled.
    signed : mapping of str to Filled
        ``assessor`` and ``date`` of the first sheet.
    disclosures, sources : tuple of NewRow
    notes : tuple of str
        What was not read though it may have been meant, or read though nobody sees it.
    assessor : str
        Whose own answers it goes to; empty for those that everybody sees.
    """

    file: str
    evaluation: str
    company: str
    methodology: str
    language: Language
    base: Mapping[Key, str]
    cells: Mapping[Key, Filled]
    signed: Mapping[str, Filled]
    disclosures: tuple[NewRow, ...]
    sources: tuple[NewRow, ...]
    notes: tuple[str, ...]
    assessor: str = ""


def read_filled_workbook(
    path: Path, file: str, store: Store, problems: list[Problem]
) -> FilledWorkbook | None:
    """What a workbook says that was exported from this store and filled.

    A cell that cannot be read is left as it was exported, so that the others can still be
    looked at.

    Parameters
    ----------
    path : Path
    file : str
        How messages name it.
    store : Store
        Knows the evaluation and company that the workbook is of.
    problems : list of Problem
        Receives everything that is wrong in it, by sheet and cell; where it is no workbook
        of this store at all, or lacks a sheet or column, the result is None.
    """
    try:
        cells = read_workbook(path, file)
        problems += cells.problems
        origin = origin_of(cells, store)
    except ProblemsError as error:
        problems += error.problems
        return None
    return _Reader(cells, origin, problems).read()


@dataclass
class _Reader:
    """Reads one workbook."""

    cells: WorkbookCells
    origin: Origin
    problems: list[Problem]
    notes: list[str] = field(default_factory=list)

    def read(self) -> FilledWorkbook | None:
        """What the workbook says; None where a sheet or column is missing or contradicts it."""
        origin, file = self.origin, self.cells.file
        form = Form(
            origin.language,
            origin.company,
            origin.methodology.id,
            origin.evaluation.self_assessment,
            self.cells.epoch_1904,
        )
        sheets = self._sheets(origin.language)
        whole = all(key in sheets for key in _NEEDED)
        if "start" in sheets:
            misled = list(origin.contradictions(sheets["start"], file))
            self.problems += misled
            if misled:
                return None
        base = {key: form.stored(key, text) for key, text in origin.base.items()}
        rows = fixed_cells(origin.methodology, origin.language) | {
            key: {name.row: {} for name in base if name.sheet == key}
            for key in ("disclosures", "sources")
        }
        filled: dict[Key, Filled] = {}
        new: dict[SheetKey, list[NewRow]] = {"disclosures": [], "sources": []}
        for key in TABLES:
            if key in sheets:
                columns = tuple(c for c in COLUMNS[key] if c.since <= origin.form)
                table = _Table(self, form, key, sheets[key], columns, rows[key], base)
                table.read(filled, new.get(key))
                self._check_deleted(table, base)
                whole = whole and table.columns is not None
        if not whole:
            return None
        if origin.form >= _NOTE.since:
            note = Key("start", "note", "value")
            filled[note] = self._start_cell(form, sheets["start"], _NOTE, base.get(note, ""))
        return FilledWorkbook(
            file=file,
            evaluation=origin.evaluation.id,
            company=origin.company,
            methodology=origin.methodology.id,
            language=origin.language,
            base=base,
            cells=filled,
            signed=self._signed(form, sheets["start"]),
            disclosures=tuple(new["disclosures"]),
            sources=tuple(new["sources"]),
            notes=tuple(self.notes),
            assessor=origin.assessor,
        )

    def _wrong(self, expected: str, found: str, hint: str = "", place: str = "") -> None:
        self.problems.append(Problem(self.cells.file, expected, found, field=place, hint=hint))

    def _note(self, text: str) -> None:
        self.notes.append(f"{self.cells.file}: {text}")

    def _sheets(self, language: Language) -> dict[SheetKey, Sheet]:
        """The workbook's own sheets; says which are missing, and which are not read."""
        ours: dict[SheetKey, Sheet] = {}
        names = {name.strip().casefold(): name for name in self.cells.sheets}
        for key, title in SHEETS.items():
            wanted = title.values(language)
            found = next((names[t.casefold()] for t in wanted if t.casefold() in names), None)
            if found is not None:
                ours[key] = self.cells.sheets[found]
                if ours[key].state == "hidden" and key in _NEEDED:
                    self._note(f"the sheet {shown(found)} is hidden, and read all the same")
        own = {sheet.name for sheet in ours.values()}
        others = [name for name in self.cells.sheets if name not in own]
        for key in _NEEDED:
            if key not in ours:
                name = SHEETS[key].get(language)
                hint = did_you_mean(name, others) if others else ""
                hint = hint if hint.startswith("did") else "was it renamed?" if others else ""
                self._wrong(f"the sheet {shown(name)}", "none of that name", hint)
        for name in others:
            self._note(f"the sheet {shown(name)} is not read")
        return ours

    def _signed(self, form: Form, sheet: Sheet) -> dict[str, Filled]:
        """Who filled the workbook and when."""
        return {c.key: self._start_cell(form, sheet, c) for c in (_ASSESSOR, _DATE)}

    def _start_cell(self, form: Form, sheet: Sheet, column: Column, base: str = "") -> Filled:
        position = (START_ROWS[column.key] + 1, START_COLUMN + 1)
        found, readable = self.cell(form, "start", column, sheet, position, base)
        return found if readable else replace(found, text=base)

    def cell(
        self,
        form: Form,
        key: SheetKey,
        column: Column,
        sheet: Sheet,
        position: Position,
        base: str = "",
    ) -> tuple[Filled, bool]:
        """What a cell says, and whether that can be taken; where it cannot, a problem."""
        place = at(sheet.name, position)
        try:
            text = form.taken(column, sheet.cells.get(position), base)
        except UnfitError as error:
            self._wrong(error.expected, error.found, error.hint, place)
            return Filled("", self.cells.file, place), False
        return Filled(text, self.cells.file, place), True

    def _check_deleted(self, table: _Table, base: Mapping[Key, str]) -> None:
        """A row that was filled and is gone: nobody can tell what was meant."""
        if table.columns is None:
            return
        filled = {key.row for key in base if key.sheet == table.key}
        for row in sorted(filled - table.seen):
            column = next(c for c in COLUMNS[table.key] if c.key == KEY_COLUMN[table.key])
            title = column.title.get(table.form.language)
            self._wrong(
                f"the row of {row} in the column {shown(title)}",
                "none",
                "put it back; to take an answer back, clear its cells",
                f"sheet '{table.sheet.name}'",
            )


@dataclass
class _Table:
    """Reads one sheet with rows.

    Attributes
    ----------
    kinds : tuple of Column
        Columns of the sheet in the workbook's form.
    rows : mapping of str to mapping of str to str
        What may stand in the key column, with what the row then says in columns that nobody
        fills; on the sheets of disclosures and sources anything else begins a new record.
    seen : set of str
        What did.
    """

    reader: _Reader
    form: Form
    key: SheetKey
    sheet: Sheet
    kinds: tuple[Column, ...]
    rows: Mapping[str, Mapping[str, str]]
    base: Mapping[Key, str]
    seen: set[str] = field(default_factory=set)
    columns: dict[str, int] | None = None
    fixed: dict[str, int] = field(default_factory=dict)
    head: int = 0

    def read(self, filled: dict[Key, Filled], new: list[NewRow] | None) -> None:
        """Take every row's cells."""
        self.columns = self._columns()
        if self.columns is None:
            return
        key_column = self.columns.pop(KEY_COLUMN[self.key])
        self.fixed = {key: self.columns.pop(key) for key in self._fixed()}
        self._check_merged(self.columns, key_column)
        wanted = {*self.columns.values(), key_column}
        lines = sorted({r for r, c in self.sheet.cells if r > self.head and c in wanted})
        for line in lines:
            name = self._name(self.sheet.cells.get((line, key_column)))
            if name in self.rows:
                self._known_row(name, line, key_column, filled)
            elif new is not None:
                self._new_row(line, new)
            else:
                self._stray(name, line, key_column)

    def _columns(self) -> dict[str, int] | None:
        """Where the columns stand that are read; a problem for each that is missing."""
        shown_only = {KEY_COLUMN[self.key], *self._fixed()}
        wanted = [c for c in self.kinds if c.editable or c.key in shown_only]
        best: dict[str, int] = {}
        doubled: list[tuple[Position, str]] = []
        for line in range(1, _HEAD_WITHIN + 1):
            found, again = self._heads(line, wanted)
            if len(found) > len(best):
                best, doubled, self.head = found, again, line
        place = f"sheet '{self.sheet.name}'"
        for position, title in doubled:
            found_again = f"{shown(title)} a second time"
            self.reader._wrong("each column once", found_again, "", at(self.sheet.name, position))
        missing = [c.title.get(self.form.language) for c in wanted if c.key not in best]
        for title in missing:
            hint = "put the head of the column back as it was exported"
            self.reader._wrong(f"a column {shown(title)}", "none", hint, place)
        return None if missing or doubled else best

    def _fixed(self) -> list[str]:
        """Columns that only say what a row is about."""
        return list(next(iter(self.rows.values()), {}))

    def _heads(
        self, line: int, wanted: list[Column]
    ) -> tuple[dict[str, int], list[tuple[Position, str]]]:
        """The wanted columns by the heads in a line, and heads that stand there again."""
        titles = {_folded(text): c.key for c in wanted for text in c.title.values()}
        found: dict[str, int] = {}
        again = []
        cells = ((p, v) for p, v in self.sheet.cells.items() if p[0] == line)
        for position, value in sorted(cells, key=lambda item: item[0]):
            column = titles.get(_folded(value)) if isinstance(value, str) else None
            if column is not None and column in found:
                again.append((position, str(value)))
            elif column is not None:
                found[column] = position[1]
        return found, again

    def _check_merged(self, columns: Mapping[str, int], key_column: int) -> None:
        """Merged cells keep only one value of several."""
        for merged in self.sheet.merged:
            touched = {*columns.values(), key_column} & set(
                range(merged.first[1], merged.last[1] + 1)
            )
            if touched and merged.last[0] > self.head:
                place = f"sheet '{self.sheet.name}', cells {merged}"
                self.reader._wrong("cells that are not merged", "merged cells", "unmerge", place)

    def _name(self, value: Value | None) -> str:
        """What stands in the key column; nothing for the formula of a new record."""
        return "" if value is None or isinstance(value, Formula) else clean(str(value))

    def _filled(self, line: int) -> list[Position]:
        """Cells of a line in which something was written."""
        columns = (self.columns or {}).values()
        return [(line, c) for c in columns if (line, c) in self.sheet.cells]

    def _row(self, line: int, name: str = "") -> dict[str, tuple[Filled, bool]]:
        kinds = {column.key: column for column in self.kinds}
        return {
            key: self.reader.cell(self.form, self.key, kinds[key], self.sheet, (line, place), base)
            for key, place in (self.columns or {}).items()
            for base in [self.base.get(Key(self.key, name, key), "")]
        }

    def _known_row(self, name: str, line: int, key_column: int, filled: dict[Key, Filled]) -> None:
        if name in self.seen:
            place = at(self.sheet.name, (line, key_column))
            self.reader._wrong("each row once", f"{shown(name)} a second time", "", place)
            return
        self.seen.add(name)
        self._check_fixed(name, line)
        for column, (cell, readable) in self._row(line, name).items():
            if column == "id" and cell.text:
                hint = "an id never changes; what is new goes into an empty row below"
                self.reader.problems.append(
                    cell.problem(f"nothing beside {name}", shown(cell.text), hint)
                )
            key = Key(self.key, name, column)
            filled[key] = cell if readable else replace(cell, text=self.base.get(key, ""))

    def _check_fixed(self, name: str, line: int) -> None:
        """Cells that say something else than the key: part of the sheet was moved or sorted."""
        kinds = {column.key: column for column in COLUMNS[self.key]}
        for column, text in self.rows[name].items():
            position = (line, self.fixed[column])
            try:
                value = self.form.value(kinds[column], self.sheet.cells.get(position))
            except UnfitError as error:
                found = error.found
            else:
                if _flat(value) == _flat(text):
                    continue
                found = shown(value) if value else "nothing"
            expected = f"{shown(text) if text else 'nothing'}, as exported for {name}"
            hint = "put the row back as it was; sort and move whole rows only"
            self.reader._wrong(expected, found, hint, at(self.sheet.name, position))

    def _new_row(self, line: int, new: list[NewRow]) -> None:
        if self._filled(line):
            cells = self._row(line)
            if any(cell.text or not readable for cell, readable in cells.values()):
                empty = replace(cells["id"][0], text="")
                every = {column.key: empty for column in COLUMNS[self.key] if column.editable}
                new.append(every | {column: cell for column, (cell, _) in cells.items()})

    def _stray(self, name: str, line: int, key_column: int) -> None:
        """A row that is a heading, unless something was filled in."""
        written = self._filled(line)
        if not written:
            return
        place = at(self.sheet.name, (line, key_column))
        cells = ", ".join(address(position) for position in written)
        if not name:
            self.reader._wrong("a row that is asked about", f"entries in {cells}", "", place)
            return
        what = "a criterion" if self.key == "answers" else "an indicator"
        expected = f"{what} of {self.form.methodology}"
        self.reader._wrong(expected, shown(name), did_you_mean(name, self.rows), place)


def _flat(text: str) -> str:
    return " ".join(clean(text).split())


def _folded(text: str) -> str:
    return _flat(text).casefold()
