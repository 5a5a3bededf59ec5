"""Rows of a workbook to records of the files, each fault at the cell it comes from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pydantic import BaseModel

from cati.model.base import Model
from cati.model.entity_consistency import check_disclosure, check_source
from cati.model.evidence import Disclosure
from cati.model.imports import mark
from cati.model.language import LANGUAGES
from cati.model.references import id_of, owner_of
from cati.model.source import Source
from cati.problems import Finding, Problem, ProblemsError, did_you_mean, shown
from cati.report.xlsx import cell_text
from cati.research.workbook.duplicates import likely_same, others_of, same_document, same_fact
from cati.research.workbook.evidence import (
    CELL_OF,
    PLACES,
    REFERENCES,
    record_cells,
    with_cells,
)
from cati.research.workbook.layout import COLUMNS, CONTENT, SEPARATOR, Key, SheetKey
from cati.research.workbook.merge import RECORDS, Edit, merge
from cati.research.workbook.reading import Filled, FilledWorkbook, NewRow
from cati.research.workbook.source_names import SourceNames
from cati.research.workbook.values import Form
from cati.store.file_kinds import EVIDENCE, IMPORTS, SOURCES, FileKind
from cati.store.store import Store
from cati.store.validate import validate
from cati.store.yaml_file import YamlDocument

M = TypeVar("M", bound=BaseModel)
R = TypeVar("R", Source, Disclosure)

_SOURCE = "one source, by reference or title, in companies/<entity>/sources.yaml or in a new row"

_SECOND = tuple(c.key for c in COLUMNS["disclosures"] if c.field.startswith(PLACES[1]))
"""Columns of a second place, which only some rows have."""

_FIELDS = {name: ("where",) for path, name in CELL_OF.items() if path.startswith("where")}
"""Fields that a cell decides, where they have another name than its column."""

_KINDS: dict[SheetKey, FileKind] = {"disclosures": EVIDENCE, "sources": SOURCES}


@dataclass(frozen=True)
class RecordChange:
    """What changes in a disclosure or source that the files have.

    Attributes
    ----------
    cells : dict of str to tuple of str and str
        What the cell of each column said and says, in the form of the files.
    """

    sheet: SheetKey
    reference: str
    cells: Mapping[str, tuple[str, str]]


@dataclass
class NewRecords:
    """Sources and disclosures that come with the workbooks of one import, or are changed by it.

    Attributes
    ----------
    sources : dict of str to Source
        New ones by reference; likewise `disclosures`.
    changed_sources : dict of str to Source
        Those that the files have, as they become; likewise `changed_disclosures`.
    changes : list of RecordChange
    notes : list of str
        What is taken though a reader may doubt it.
    imported : dict of (str, str) to str
        `cati.model.imports.mark` of the cells of each record that a new row holds, by its sheet
        and reference.
    refused : set of str
        References to disclosures with a fault; it is told, and not again where they are cited.
    """

    sources: dict[str, Source] = field(default_factory=dict)
    disclosures: dict[str, Disclosure] = field(default_factory=dict)
    changed_sources: dict[str, Source] = field(default_factory=dict)
    changed_disclosures: dict[str, Disclosure] = field(default_factory=dict)
    changes: list[RecordChange] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    imported: dict[tuple[SheetKey, str], str] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    def imported_of(self, sheet: SheetKey, company: str) -> dict[str, str]:
        """The checksums of a company's rows by id."""
        return {
            id_of(reference): checksum
            for (at, reference), checksum in self.imported.items()
            if at == sheet and owner_of(reference) == company
        }

    def changed(self, sheet: SheetKey) -> set[str]:
        """References to what the files have and the import changes."""
        return {change.reference for change in self.changes if change.sheet == sheet}


def built(
    model: type[M],
    values: Mapping[str, Any],
    cells: Mapping[str, Filled],
    default: Filled,
    problems: list[Problem],
) -> M | None:
    """A record of these values; None where they do not fit.

    Parameters
    ----------
    model : type
    values : mapping of str to object
        By field.
    cells : mapping of str to Filled
        The cell that each field comes from, by the field's name or path.
    default : Filled
        The cell to name for any other field.
    problems : list of Problem
        Receives what does not fit, at its cell.
    """
    try:
        return validate(model, YamlDocument(default.file, dict(values), {(): 1}))
    except ProblemsError as error:
        for problem in error.problems:
            path = problem.field
            names = (path, path.replace("[0]", ""), path.partition("[")[0], path.partition(".")[0])
            cell = next((cells[name] for name in names if name in cells), default)
            problems.append(cell.problem(problem.expected, problem.found, problem.hint))
        return None


def read_records(
    workbooks: Sequence[FilledWorkbook], store: Store, problems: list[Problem]
) -> NewRecords:
    """The new and changed sources and disclosures of all workbooks, checked against the files.

    A row that the files already have, word for word, has been imported before and is left out.

    Parameters
    ----------
    workbooks : sequence of FilledWorkbook
    store : Store
    problems : list of Problem
        Receives what is wrong, at its cell.
    """
    reader = _Reader(store, problems)
    edits = merge(workbooks, _now(store), problems, RECORDS)
    reader.change("sources", edits)
    for workbook in workbooks:
        for row in reader.rows("sources", workbook, workbook.sources):
            reader.add_source(row)
    reader.change("disclosures", edits)
    for workbook in workbooks:
        for row in reader.rows("disclosures", workbook, workbook.disclosures):
            reader.add_disclosure(row)
    return reader.new


def _now(store: Store) -> dict[Key, str]:
    """The cells of all sources and disclosures as the files say them now, in their form."""
    records: tuple[tuple[SheetKey, Mapping[str, Source | Disclosure]], ...] = (
        ("sources", store.sources),
        ("disclosures", store.disclosures),
    )
    return {
        Key(sheet, reference, column): text
        for sheet, known in records
        for reference, record in known.items()
        for column, text in record_texts(record).items()
    }


def record_texts(record: Source | Disclosure) -> dict[str, str]:
    """A record's cells in the form of the files, without those that are empty."""
    form = Form(LANGUAGES[0], "", "")
    sheet: SheetKey = "sources" if isinstance(record, Source) else "disclosures"
    stored = {
        column: form.stored(Key(sheet, "", column), cell_text(text))
        for column, text in record_cells(sheet, record, form).items()
        if text
    }
    return {column: text for column, text in stored.items() if text}


@dataclass
class _Row:
    """A row being read.

    Attributes
    ----------
    faulty : set of str
        Columns of cells whose fault has been told.
    """

    sheet: SheetKey
    workbook: FilledWorkbook
    company: str
    cells: NewRow
    faulty: set[str]

    @property
    def sound(self) -> dict[str, str]:
        """What the cells say, with stand-ins for those with a fault."""
        stand_ins = {column.key: column.stand_in for column in COLUMNS[self.sheet]}
        return {
            column: stand_ins.get(column, "") if column in self.faulty else cell.text
            for column, cell in self.cells.items()
        }


@dataclass
class _Reader:
    """Reads the rows of all workbooks, sources before the disclosures that cite them.

    Every cell is judged, whatever is wrong with others in its row.
    """

    store: Store
    problems: list[Problem]
    new: NewRecords = field(default_factory=NewRecords)
    _refused_sources: set[str] = field(default_factory=set)
    _first: dict[tuple[type[Model], str], Filled] = field(default_factory=dict)

    def rows(
        self, sheet: SheetKey, workbook: FilledWorkbook, rows: Iterable[NewRow]
    ) -> Iterator[_Row]:
        """Rows with the faults that are known before they become records."""
        seen: set[str] = set()
        for cells in rows:
            row = _Row(sheet, workbook, workbook.company, cells, self._faulty(cells))
            self._check_entries(row, row.cells)
            name = cells["id"].text
            if name in seen:
                self._fault(row, "id", "each id once", f"{shown(name)} a second time")
            elif name:
                seen.add(name)
                self._refused(sheet).add(f"{workbook.company}/{name}")
            yield row

    def _faulty(self, cells: NewRow) -> set[str]:
        told = {(problem.file, problem.field) for problem in self.problems}
        return {column for column, cell in cells.items() if (cell.file, cell.place) in told}

    def _check_entries(self, row: _Row, columns: Collection[str]) -> None:
        """That nothing is empty among some columns that a row needs filled."""
        has_second = any(row.cells[name].text for name in _SECOND if name in row.cells)
        for column in (column for column in COLUMNS[row.sheet] if column.stand_in):
            name, is_second = column.key, column.key in _SECOND
            cell = row.cells.get(name)
            empty = cell is not None and not cell.text and name not in row.faulty
            if empty and name in columns and (has_second or not is_second):
                expected = f"an entry under {shown(column.title.get(row.workbook.language))}"
                why = f"{'a second place' if is_second else 'every row'} needs one"
                self._fault(row, name, expected, "nothing", why)

    def add_source(self, row: _Row) -> None:
        """Take a row of the sheet of sources."""
        source = self._record(Source, row, {}, row.sound)
        self._locate(check_source(source), row)
        every = {**self.store.sources, **self.new.changed_sources, **self.new.sources}
        if (reference := f"{row.company}/{source.id}") not in every and not row.faulty:
            for other, known in others_of(reference, every):
                if same_document(source, known):
                    self._doubt(row, "title", other, "document, leave this row out and name")
        self._add(source, self.store.sources, self.new.sources, row)

    def add_disclosure(self, row: _Row) -> None:
        """Take a row of the sheet of disclosures."""
        self._check_sources(row)
        self._check_indicators(row)
        disclosure = self._record(Disclosure, row, {}, row.sound)
        reference = f"{row.company}/{disclosure.id}"
        every = {**self.store.disclosures, **self.new.changed_disclosures, **self.new.disclosures}
        findings = check_disclosure(reference, disclosure, every, self.store.entities)
        self._locate(findings, row)
        if reference not in every and not row.faulty:
            self._check_said_before(row, reference, disclosure, every)
        self._add(disclosure, self.store.disclosures, self.new.disclosures, row)

    def change(self, sheet: SheetKey, edits: Mapping[Key, Edit]) -> None:
        """Take the changed cells of sources or disclosures that the files have."""
        by_row: dict[str, dict[str, Edit]] = {}
        for key, edit in edits.items():
            if key.sheet == sheet:
                by_row.setdefault(key.row, {})[key.column] = edit
        for reference, changed in by_row.items():
            workbook = next(iter(changed.values())).workbook
            known: Source | Disclosure = self._known(sheet)[reference]
            company = owner_of(reference)
            whole = {
                key.column: cell
                for key, cell in workbook.cells.items()
                if (key.sheet, key.row) == (sheet, reference)
            }
            cells = {**whole, **{column: edit.cell for column, edit in changed.items()}}
            faulty = self._faulty(cells) & changed.keys()
            self._change(_Row(sheet, workbook, company, cells, faulty), known, changed.keys())

    def _known(self, sheet: SheetKey) -> Mapping[str, Source | Disclosure]:
        return self.store.sources if sheet == "sources" else self.store.disclosures

    def _change(self, row: _Row, known: Source | Disclosure, columns: Collection[str]) -> None:
        """Put some cells of a row into a record that the files have."""
        self._check_entries(row, {*columns, *_SECOND} - {"id"})
        self._check_sources(row, columns)
        if "indicators" in columns:
            self._check_indicators(row)
        reference = f"{row.company}/{known.id}"
        texts = {name: text for name, text in row.sound.items() if name in columns}
        fields = known.model_dump(exclude_unset=True)
        if isinstance(known, Source):
            source = self._record(Source, row, fields, texts)
            self._locate(check_source(source), row)
            self._note_change(row, reference, known, source)
            self.new.changed_sources[reference] = source
        else:
            disclosure = self._record(Disclosure, row, fields, texts)
            every, entities = self.store.disclosures, self.store.entities
            self._locate(check_disclosure(reference, disclosure, every, entities), row)
            self._note_change(row, reference, known, disclosure)
            self.new.changed_disclosures[reference] = disclosure

    def _note_change(
        self, row: _Row, reference: str, was: Source | Disclosure, now: Source | Disclosure
    ) -> None:
        before, after = record_texts(was), record_texts(now)
        cells = {
            column: (before.get(column, ""), after.get(column, ""))
            for column in CONTENT[row.sheet]
            if before.get(column, "") != after.get(column, "")
        }
        if cells and not row.faulty:
            self.new.changes.append(RecordChange(row.sheet, reference, cells))

    def _fault(self, row: _Row, column: str, expected: str, found: str, hint: str = "") -> None:
        row.faulty.add(column)
        self.problems.append(row.cells[column].problem(expected, found, hint))

    def _check_sources(self, row: _Row, columns: Collection[str] = REFERENCES) -> None:
        """That there are the sources a disclosure names, by reference or title."""
        known = {**self.store.sources, **self.new.changed_sources, **self.new.sources}
        names = SourceNames(known, self.store.entities)
        company = row.workbook.company
        for column in REFERENCES:
            cell = row.cells.get(column)
            if column not in columns or cell is None or not cell.text or column in row.faulty:
                continue
            reference = names.reference(cell.text, company)
            if reference is not None:
                row.cells = {**row.cells, column: replace(cell, text=reference)}
            elif cell.text in self._refused_sources:
                row.faulty.add(column)
            else:
                expected = _SOURCE
                hint = names.hint(cell.text, company)
                self._fault(row, column, expected, shown(cell.text), hint)

    def _check_indicators(self, row: _Row) -> None:
        """That there are the indicators it names; those of its own methodology by their code."""
        own = row.workbook.methodology
        if "indicators" in row.faulty:
            return
        known = [
            f"{name}/{indicator.code}".removeprefix(f"{own}/")
            for name, methodology in self.store.methodologies.items()
            for indicator in methodology.indicators()
        ]
        example = next(iter(self.store.methodologies[own].indicators())).code
        expected = f"codes of indicators, such as {example}"
        for question in row.cells["indicators"].text.split(SEPARATOR):
            code = question.removeprefix(f"{own}/")
            if code not in known:
                self._fault(row, "indicators", expected, shown(code), did_you_mean(code, known))

    def _check_said_before(
        self, row: _Row, reference: str, disclosure: Disclosure, every: Mapping[str, Disclosure]
    ) -> None:
        """That no other disclosure states the same at the same place; doubts where one may."""
        for other, known in others_of(reference, every):
            if same_fact(disclosure, known):
                hint = f"cite {other}; a further indicator goes into its own row"
                found = f"what {other} says at the same place"
                self._fault(row, "statement", "a fact that is not there yet", found, hint)
                return
        for other, known in others_of(reference, every):
            if likely_same(disclosure, known):
                self._doubt(row, "statement", other, "fact, leave this row out and cite")

    def _record(
        self, model: type[M], row: _Row, fields: Mapping[str, Any], texts: Mapping[str, str]
    ) -> M:
        """A record with the cells of a row put in, and with stand-ins for what has a fault."""
        cells = row.cells
        publishers = {e.id for e in self.store.entities.values() if e.kind == "publisher"}
        places = {path: cells[column] for path, column in CELL_OF.items() if column in cells}
        faults: list[Problem] = []
        made = with_cells(row.sheet, fields, texts, publishers)
        record = built(model, made, {**cells, **places}, cells["id"], faults)
        if record is None:
            self.problems += faults
            told = {problem.field for problem in faults}
            row.faulty |= {column for column, cell in cells.items() if cell.place in told}
            whole = with_cells(row.sheet, fields, row.sound, publishers)
            record = model.model_validate({"id": "x", **whole})
        return record

    def _locate(self, findings: Iterable[Finding], row: _Row) -> None:
        for finding in findings:
            column = str(finding.path[0]) if finding.path[0] in row.cells else "id"
            self._fault(row, column, finding.expected, finding.found, finding.hint)

    def _doubt(self, row: _Row, column: str, other: str, what: str) -> None:
        cell, doubt = row.cells[column], f"reads like {other}; if it is the same {what} that one"
        self.new.notes.append(f"{cell.file}: {cell.place}: {doubt}")

    def _add(self, record: R, known: Mapping[str, R], new: dict[str, R], row: _Row) -> None:
        """Take a record unless there is one already, which may not say anything else."""
        cell = row.cells["id"]
        if "id" in row.faulty:
            return
        reference = f"{row.company}/{cell.text}"
        doubtful = {name for column in row.faulty for name in _FIELDS.get(column, (column,))}
        if reference in known:
            if not _agree(known[reference], record, record.model_fields_set - doubtful):
                self._mend(row, reference, known[reference], record)
        elif reference in new:
            if not _agree(new[reference], record, type(record).model_fields.keys() - doubtful):
                first = self._first[type(record), reference]
                expected = f"an id of its own, or what {first.file} says in {first.place}"
                hint = "another fact needs another id"
                self._fault(row, "id", expected, shown(cell.text), hint)
        elif not row.faulty:
            self._first[type(record), reference] = cell
            new[reference] = record
            self.new.imported[row.sheet, reference] = mark(record_texts(record))
        if not row.faulty:
            self._refused(row.sheet).discard(reference)

    def _mend(
        self, row: _Row, reference: str, known: Source | Disclosure, record: Source | Disclosure
    ) -> None:
        """Put a row that was imported before and changed since into its record.

        Where the record was changed by others instead, it stays as it is.
        """
        file, cell = _KINDS[row.sheet].file(company=row.company), row.cells["id"]
        imports = self.store.of(IMPORTS).get(row.company)
        marks = {e.id: e.sha256 for e in (getattr(imports, row.sheet) if imports else ())}
        imported = marks.get(known.id)
        if imported is None or row.faulty:
            hint = "to mend what is there, change its own row in a workbook exported since"
            expected = f"an id that {file} does not have yet"
            self._fault(row, "id", expected, shown(known.id), hint)
        elif imported == mark(record_texts(record)):
            told = f"{file} says something else of {reference} since, which is kept"
            self.new.notes.append(f"{cell.file}: {cell.place}: {told}")
        elif imported == mark(record_texts(known)):
            self._change(row, known, CONTENT[row.sheet])
            self.new.imported[row.sheet, reference] = mark(record_texts(record))
        else:
            expected = f"what {file} says of {reference}, or an id that it does not have yet"
            hint = "others have changed it too: export again and change its own row"
            self._fault(row, "id", expected, "something else", hint)

    def _refused(self, sheet: SheetKey) -> set[str]:
        return self._refused_sources if sheet == "sources" else self.new.refused


def _agree(one: Model, other: Model, fields: Iterable[str]) -> bool:
    """Whether two records say the same in some of their fields."""
    return all(getattr(one, name) == getattr(other, name) for name in fields)
