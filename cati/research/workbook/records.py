"""Rows of a workbook to records of the files, each fault at the cell it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel

from cati.model.base import Model
from cati.model.entity_consistency import check_disclosure, check_source
from cati.model.evidence import Disclosure
from cati.model.source import Source
from cati.problems import Finding, Problem, ProblemsError, did_you_mean, shown
from cati.research.desk.words import language_of
from cati.research.workbook.layout import COLUMNS, SEPARATOR, SheetKey
from cati.research.workbook.reading import Filled, FilledWorkbook, NewRow
from cati.store.entities import EVIDENCE_FILE, SOURCES_FILE
from cati.store.store import Store
from cati.store.validate import validate
from cati.store.yaml_file import YamlDocument

M = TypeVar("M", bound=BaseModel)
R = TypeVar("R", bound=Model)

_STAND_INS: dict[SheetKey, dict[str, str]] = {
    "disclosures": {
        "id": "x",
        "indicators": "x/1.1.1",
        "statement": "x",
        "language": "en",
        "source": "x/x",
        "locator": "x",
        "polarity": "absent",
        "confidence": "low",
    },
    "sources": {"id": "x", "kind": "other", "title": "x", "language": "en"},
}
"""Cells without which a row is no record, each with what stands for it where it has a fault, so
that the others are judged all the same."""

_PLACES = {"where.source": "source", "where.locator": "locator", "quote.text": "quote"}
"""Columns of a disclosure's cells by the place in its record, where that has another name."""

_FIELDS = {"source": ("where", "quote"), "locator": ("where",)}
"""Fields that a cell decides, where they have another name than its column."""


@dataclass
class NewRecords:
    """Sources and disclosures that come with the workbooks of one import.

    Attributes
    ----------
    sources : dict of str to Source
        By reference; likewise `disclosures`.
    refused : set of str
        References to disclosures with a fault; it is told, and not again where they are cited.
    """

    sources: dict[str, Source] = field(default_factory=dict)
    disclosures: dict[str, Disclosure] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)


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
            path = problem.field.replace("[0]", "")
            cell = cells.get(path) or cells.get(path.partition("[")[0]) or default
            problems.append(cell.problem(problem.expected, problem.found, problem.hint))
        return None


def read_new_records(
    workbooks: Sequence[FilledWorkbook], store: Store, problems: list[Problem]
) -> NewRecords:
    """The new sources and disclosures of all workbooks, checked against each other and the files.

    A row that the files already have, word for word, has been imported before and is left out.
    What a publisher's source says of a company is taken as a report of the company's own words.

    Parameters
    ----------
    workbooks : sequence of FilledWorkbook
    store : Store
    problems : list of Problem
        Receives what is wrong, at its cell.
    """
    reader = _Reader(store, problems)
    for workbook in workbooks:
        for row in reader.rows("sources", workbook, workbook.sources):
            reader.add_source(row)
    for workbook in workbooks:
        for row in reader.rows("disclosures", workbook, workbook.disclosures):
            reader.add_disclosure(row)
    return reader.new


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
    cells: NewRow
    faulty: set[str]

    @property
    def company(self) -> str:
        return self.workbook.company

    @property
    def sound(self) -> dict[str, str]:
        """What the cells say, with stand-ins for those with a fault."""
        stand_ins = _STAND_INS[self.sheet]
        return {
            column: stand_ins.get(column, "") if column in self.faulty else cell.text
            for column, cell in self.cells.items()
        }


@dataclass
class _Reader:
    """Reads the new rows of all workbooks, sources before the disclosures that cite them.

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
        titles = {column.key: column.title.get(workbook.language) for column in COLUMNS[sheet]}
        seen: set[str] = set()
        for cells in rows:
            told = {(problem.file, problem.field) for problem in self.problems}
            faulty = {column for column, cell in cells.items() if (cell.file, cell.place) in told}
            row = _Row(sheet, workbook, cells, faulty)
            for column in _STAND_INS[sheet]:
                if not cells[column].text and column not in faulty:
                    expected = f"an entry under {shown(titles[column])}"
                    self._fault(row, column, expected, "nothing", "every new row needs one")
            name = cells["id"].text
            if name in seen:
                self._fault(row, "id", "each id once", f"{shown(name)} a second time")
            elif name:
                seen.add(name)
                self._refused(sheet).add(f"{workbook.company}/{name}")
            yield row

    def add_source(self, row: _Row) -> None:
        """Take a row of the sheet of sources."""
        source = self._record(Source, row, lambda texts: {n: t for n, t in texts.items() if t})
        self._locate(check_source(source), row)
        file = f"companies/{row.company}/{SOURCES_FILE}"
        self._add(source, self.store.sources, self.new.sources, row, file)

    def add_disclosure(self, row: _Row) -> None:
        """Take a row of the sheet of disclosures."""
        self._check_source(row)
        self._check_indicators(row)
        disclosure = self._record(Disclosure, row, self._fields)
        reference = f"{row.company}/{disclosure.id}"
        every = {**self.store.disclosures, **self.new.disclosures}
        findings = check_disclosure(reference, disclosure, every, self.store.entities)
        self._locate(findings, row)
        file = f"companies/{row.company}/{EVIDENCE_FILE}"
        self._add(disclosure, self.store.disclosures, self.new.disclosures, row, file)

    def _fault(self, row: _Row, column: str, expected: str, found: str, hint: str = "") -> None:
        row.faulty.add(column)
        self.problems.append(row.cells[column].problem(expected, found, hint))

    def _check_source(self, row: _Row) -> None:
        """That there is the source a disclosure cites."""
        sources = {**self.store.sources, **self.new.sources}
        cited = row.cells["source"].text
        if cited not in sources and "source" not in row.faulty:
            if cited in self._refused_sources:
                row.faulty.add("source")
            else:
                expected = "one source, in companies/<entity>/sources.yaml or in a new row"
                self._fault(row, "source", expected, shown(cited), did_you_mean(cited, sources))

    def _check_indicators(self, row: _Row) -> None:
        """That there are the indicators it names; those of its own methodology by their code."""
        own = self.store.evaluations[row.workbook.evaluation].methodology
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

    def _fields(self, texts: Mapping[str, str]) -> dict[str, Any]:
        """A disclosure's fields; a quote is in the language of its own characters."""
        plain = ("id", "statement", "language", "polarity", "confidence")
        fields: dict[str, Any] = {name: texts[name] for name in plain}
        fields["indicators"] = texts["indicators"].split(SEPARATOR)
        place: dict[str, Any] = {"source": texts["source"], "locator": texts["locator"]}
        owner = self.store.entities.get(place["source"].partition("/")[0])
        if owner is not None and owner.kind == "publisher":
            place["secondary"] = True
        fields["where"] = [place]
        if texts["quote"]:
            fields["quote"] = {"text": texts["quote"], "language": language_of(texts["quote"])}
        return fields

    def _record(
        self, model: type[M], row: _Row, fields: Callable[[Mapping[str, str]], dict[str, Any]]
    ) -> M:
        """The record that a row is, with stand-ins for what has a fault."""
        cells = row.cells
        places = {path: cells[column] for path, column in _PLACES.items() if column in cells}
        faults: list[Problem] = []
        record = built(model, fields(row.sound), {**cells, **places}, cells["id"], faults)
        if record is None:
            self.problems += faults
            told = {problem.field for problem in faults}
            row.faulty |= {column for column, cell in cells.items() if cell.place in told}
            record = model.model_validate(fields(row.sound))
        return record

    def _locate(self, findings: Iterable[Finding], row: _Row) -> None:
        for finding in findings:
            column = str(finding.path[0]) if finding.path[0] in row.cells else "id"
            self._fault(row, column, finding.expected, finding.found, finding.hint)

    def _add(
        self, record: R, known: Mapping[str, R], new: dict[str, R], row: _Row, file: str
    ) -> None:
        """Take a record unless there is one already, which may not say anything else."""
        cell = row.cells["id"]
        if "id" in row.faulty:
            return
        reference = f"{row.company}/{cell.text}"
        doubtful = {name for column in row.faulty for name in _FIELDS.get(column, (column,))}
        if reference in known:
            if not _agree(known[reference], record, record.model_fields_set - doubtful):
                expected = f"an id that {file} does not have yet"
                self._fault(row, "id", expected, shown(cell.text), "choose another id")
        elif reference in new:
            if not _agree(new[reference], record, type(record).model_fields.keys() - doubtful):
                first = self._first[type(record), reference]
                expected = f"an id of its own, or what {first.file} says in {first.place}"
                self._fault(row, "id", expected, shown(cell.text), "choose another id")
        elif not row.faulty:
            self._first[type(record), reference] = cell
            new[reference] = record
        if not row.faulty:
            self._refused(row.sheet).discard(reference)

    def _refused(self, sheet: SheetKey) -> set[str]:
        return self._refused_sources if sheet == "sources" else self.new.refused


def _agree(one: Model, other: Model, fields: Iterable[str]) -> bool:
    """Whether two records say the same in some of their fields."""
    return all(getattr(one, name) == getattr(other, name) for name in fields)
