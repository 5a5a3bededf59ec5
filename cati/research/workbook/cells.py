"""What the files say of a company, as the cells of its workbook: the base of an import.

The same function fills a workbook and says what it would be filled with now,
so that an import can tell what the assessor changed from what others did.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cati.model.assessment import Assessment, NoDisclosure, Verdict
from cati.model.base import Model
from cati.model.entity import Entity
from cati.model.evaluation import Evaluation
from cati.model.evidence import Disclosure
from cati.model.language import Language
from cati.model.methodology import Criterion, Indicator, Methodology, Route
from cati.model.references import owner_of
from cati.model.source import Source
from cati.report.xlsx import cell_text
from cati.research.workbook.evidence import record_cells
from cati.research.workbook.layout import SEPARATOR, Key, SheetKey
from cati.research.workbook.values import Form
from cati.scoring.backing import owners, rules_for
from cati.store.store import Store

Cells = dict[Key, str]
"""Text of each cell; what is empty is left out."""


@dataclass(frozen=True)
class CompanyRecords:
    """What a company's workbook is about.

    Attributes
    ----------
    assessment : Assessment, optional
        None where nobody has answered anything yet.
    disclosures : dict of str to Disclosure
        By reference: the company's own, those that its answers cite, and
        those of whom it may inherit from; sorted, its own first.
    sources : dict of str to Source
        By reference: the company's own, and those of these disclosures.
    """

    entity: Entity
    evaluation: Evaluation
    methodology: Methodology
    assessment: Assessment | None
    disclosures: Mapping[str, Disclosure]
    sources: Mapping[str, Source]

    @property
    def verdicts(self) -> dict[str, Verdict]:
        """Answers by criterion."""
        return {v.criterion: v for v in self.assessment.verdicts} if self.assessment else {}

    @property
    def nothing_found(self) -> dict[str, NoDisclosure]:
        """Indicators without disclosure, by code."""
        return {n.code: n for n in self.assessment.no_disclosure} if self.assessment else {}


def company_records(store: Store, evaluation: Evaluation, company: str) -> CompanyRecords:
    """What a company's workbook is about, by the files."""
    methodology = store.methodologies[evaluation.methodology]
    assessment = store.assessments.get(evaluation.id, {}).get(company)
    cited = {ref for v in (assessment.verdicts if assessment else ()) for ref in v.disclosures}
    heirs = rules_for(methodology, store.entities[company])
    related = (owners(store.entities, company, rule.of, evaluation.cutoff) for rule in heirs)
    about = {company}.union(*related)
    shown = {
        reference: disclosure
        for reference, disclosure in store.disclosures.items()
        if reference in cited or owner_of(reference) in about
    }
    places = {place.source for disclosure in shown.values() for place in disclosure.where}
    sources = {
        reference: source
        for reference, source in store.sources.items()
        if reference in places or owner_of(reference) == company
    }

    def order(reference: str) -> tuple[bool, str]:
        return owner_of(reference) != company, reference

    return CompanyRecords(
        entity=store.entities[company],
        evaluation=evaluation,
        methodology=methodology,
        assessment=assessment,
        disclosures={reference: shown[reference] for reference in sorted(shown, key=order)},
        sources={reference: sources[reference] for reference in sorted(sources, key=order)},
    )


def criteria(methodology: Methodology) -> Iterator[tuple[str, Indicator, Route, Criterion]]:
    """Every criterion in order, by its name ``<code>/<criterion>``."""
    for indicator in methodology.indicators():
        for route in indicator.routes:
            for criterion in route.criteria:
                yield f"{indicator.code}/{criterion.id}", indicator, route, criterion


def fixed_cells(
    methodology: Methodology, language: Language
) -> dict[SheetKey, dict[str, dict[str, str]]]:
    """What the rows of criteria and indicators say of them, by sheet, row and column.

    It is the same in the workbooks of all companies, so that an import notices a row in which
    answers stand beside another criterion.
    """
    answers = {
        name: {
            **criterion_cells(indicator, criterion, language),
            "points": f"{float(criterion.points):.15g}",
        }
        for name, indicator, _, criterion in criteria(methodology)
    }
    nothing_found = {
        indicator.code: {"title": cell_text(indicator.title.get(language))}
        for indicator in methodology.indicators()
    }
    return {"answers": answers, "nothing_found": nothing_found}


def criterion_cells(
    indicator: Indicator, criterion: Criterion, language: Language
) -> dict[str, str]:
    """The texts that say what a criterion is; those it requires of its indicator by id alone."""
    requires = (name.removeprefix(f"{indicator.code}/") for name in criterion.requires)
    return {
        "code": indicator.code,
        "statement": cell_text(criterion.statement.get(language)),
        "requires": SEPARATOR.join(requires),
    }


def stored_cells(records: CompanyRecords, language: Language) -> Cells:
    """What the files say, cell by cell, for every cell that can be filled or must not change.

    These are the editable cells of every sheet. `assessor`, `date` and `why` are empty in every
    row, and on the first sheet.
    """
    cells: Cells = {}

    def put(sheet: SheetKey, row: str, values: Mapping[str, str | None]) -> None:
        for column, value in values.items():
            if value:
                cells[Key(sheet, row, column)] = cell_text(value)

    put("start", "note", {"value": records.assessment.note if records.assessment else None})
    form = Form(language, records.entity.id, records.methodology.id)
    rows: dict[SheetKey, Mapping[str, Model]] = {
        "answers": records.verdicts,
        "nothing_found": records.nothing_found,
        "disclosures": records.disclosures,
        "sources": records.sources,
    }
    for sheet, known in rows.items():
        for name, record in known.items():
            put(sheet, name, record_cells(sheet, record, form))
    return cells


def methodology_mark(methodology: Methodology) -> str:
    """A checksum of a methodology, by which an import knows that it is still the same."""
    return hashlib.sha256(methodology.model_dump_json().encode()).hexdigest()


def cells_mark(cells: Mapping[Key, str]) -> str:
    """A checksum of the cells that were exported, by which a damaged base is noticed."""
    lines = (f"{k.sheet}\0{k.row}\0{k.column}\0{text}\1" for k, text in sorted(cells.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()
