"""Rows of a workbook to records of the files, each fault at the cell it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel

from cati.model.base import Model
from cati.model.entity_consistency import check_disclosure, check_source
from cati.model.evidence import Disclosure
from cati.model.source import Source
from cati.problems import Finding, Problem, ProblemsError, did_you_mean, shown
from cati.research.workbook.layout import COLUMNS, SEPARATOR, SheetKey
from cati.research.workbook.reading import Filled, FilledWorkbook, NewRow
from cati.store.entities import EVIDENCE_FILE, SOURCES_FILE
from cati.store.store import Store
from cati.store.validate import validate
from cati.store.yaml_file import YamlDocument

M = TypeVar("M", bound=BaseModel)
R = TypeVar("R", bound=Model)

_NEEDED: dict[SheetKey, tuple[str, ...]] = {
    "disclosures": (
        *("id", "indicators", "statement", "language"),
        *("source", "locator", "polarity", "confidence"),
    ),
    "sources": ("id", "kind", "title", "language"),
}
"""Cells without which a row is no record."""


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
            reader.add_source(workbook.company, row)
    for workbook in workbooks:
        for row in reader.rows("disclosures", workbook, workbook.disclosures):
            reader.add_disclosure(workbook.company, row)
    return reader.new


@dataclass
class _Reader:
    """Reads the new rows of all workbooks, sources before the disclosures that cite them."""

    store: Store
    problems: list[Problem]
    new: NewRecords = field(default_factory=NewRecords)
    _refused_sources: set[str] = field(default_factory=set)
    _first: dict[tuple[type[Model], str], Filled] = field(default_factory=dict)

    def rows(
        self, sheet: SheetKey, workbook: FilledWorkbook, rows: Iterable[NewRow]
    ) -> Iterator[NewRow]:
        """Rows that have what a record needs, under an id of their own."""
        titles = {column.key: column.title.get(workbook.language) for column in COLUMNS[sheet]}
        seen: set[str] = set()
        for row in rows:
            name = row.cells["id"]
            reference = f"{workbook.company}/{name.text}"
            missing = [column for column in _NEEDED[sheet] if not row.cells[column].text]
            told = {(problem.file, problem.field) for problem in self.problems}
            for column in missing:
                if (row.cells[column].file, row.cells[column].place) in told:
                    continue
                expected = f"an entry under {shown(titles[column])}"
                hint = "every new row needs one"
                self.problems.append(row.cells[column].problem(expected, "nothing", hint))
            if name.text in seen:
                found = f"{shown(name.text)} a second time"
                self.problems.append(name.problem("each id once", found))
                continue
            if name.text:
                seen.add(name.text)
            self._refused(sheet).add(reference)
            if row.readable and not missing:
                yield row

    def add_source(self, company: str, row: NewRow) -> None:
        """Take a row of the sheet of sources."""
        values = {name: cell.text for name, cell in row.cells.items() if cell.text}
        source = built(Source, values, row.cells, row.cells["id"], self.problems)
        if source is None:
            return
        self._locate(check_source(source), row.cells)
        known = self.store.sources
        file = f"companies/{company}/{SOURCES_FILE}"
        self._add(f"{company}/{source.id}", source, known, self.new.sources, row, file)

    def add_disclosure(self, company: str, row: NewRow) -> None:
        """Take a row of the sheet of disclosures."""
        cells = row.cells
        sources = {**self.store.sources, **self.new.sources}
        cited = cells["source"].text
        if cited in self._refused_sources:
            return
        if cited not in sources:
            expected = "one source, in companies/<entity>/sources.yaml or in a new row"
            hint = did_you_mean(cited, sources)
            self.problems.append(cells["source"].problem(expected, shown(cited), hint))
            return
        values = self._values(cells, sources[cited])
        places = {**cells, "where.source": cells["source"], "where.locator": cells["locator"]}
        places["quote.text"] = cells["quote"]
        disclosure = built(Disclosure, values, places, cells["id"], self.problems)
        if disclosure is None:
            return
        self._check_indicators(disclosure, cells["indicators"])
        reference = f"{company}/{disclosure.id}"
        every = {**self.store.disclosures, **self.new.disclosures}
        findings = check_disclosure(reference, disclosure, every, self.store.entities)
        self._locate(findings, cells)
        file = f"companies/{company}/{EVIDENCE_FILE}"
        known = self.store.disclosures
        self._add(reference, disclosure, known, self.new.disclosures, row, file)

    def _values(self, cells: Mapping[str, Filled], source: Source) -> dict[str, Any]:
        """A disclosure's fields; a quote stands in the language of its source."""
        plain = ("id", "statement", "language", "polarity", "confidence")
        values: dict[str, Any] = {name: cells[name].text for name in plain}
        values["indicators"] = cells["indicators"].text.split(SEPARATOR)
        place: dict[str, Any] = {"source": cells["source"].text, "locator": cells["locator"].text}
        owner = self.store.entities.get(place["source"].partition("/")[0])
        if owner is not None and owner.kind == "publisher":
            place["secondary"] = True
        values["where"] = [place]
        if cells["quote"].text:
            values["quote"] = {"text": cells["quote"].text, "language": source.language}
        return values

    def _check_indicators(self, disclosure: Disclosure, cell: Filled) -> None:
        known = {
            f"{name}/{indicator.code}"
            for name, methodology in self.store.methodologies.items()
            for indicator in methodology.indicators()
        }
        for question in disclosure.indicators:
            if question not in known:
                hint = did_you_mean(question, known)
                problem = cell.problem("codes of indicators", shown(question), hint)
                self.problems.append(problem)

    def _locate(self, findings: Iterable[Finding], cells: Mapping[str, Filled]) -> None:
        for finding in findings:
            cell = cells.get(str(finding.path[0]), cells["id"])
            self.problems.append(cell.problem(finding.expected, finding.found, finding.hint))

    def _add(
        self,
        reference: str,
        record: R,
        known: Mapping[str, R],
        new: dict[str, R],
        row: NewRow,
        file: str,
    ) -> None:
        """Take a record unless there is one already, which may not say anything else."""
        cell = row.cells["id"]
        first = self._first.setdefault((type(record), reference), cell)
        if reference in known:
            if _agree(known[reference], record):
                self._accept(record, reference)
            else:
                expected = f"an id that {file} does not have yet"
                hint = "choose another id"
                self.problems.append(cell.problem(expected, shown(cell.text), hint))
        elif reference in new:
            if new[reference] != record:
                expected = f"an id of its own, or what {first.file} says in {first.place}"
                hint = "choose another id"
                self.problems.append(cell.problem(expected, shown(cell.text), hint))
            else:
                self._accept(record, reference)
        else:
            self._accept(record, reference)
            new[reference] = record

    def _refused(self, sheet: SheetKey) -> set[str]:
        return self._refused_sources if sheet == "sources" else self.new.refused

    def _accept(self, record: Model, reference: str) -> None:
        self._refused("sources" if isinstance(record, Source) else "disclosures").discard(reference)


def _agree(known: Model, record: Model) -> bool:
    """Whether a record says nothing that the known one does not."""
    return all(getattr(known, name) == getattr(record, name) for name in record.model_fields_set)
