"""Filled workbooks into the files: all of them, or nothing.

Every workbook is read, merged with what the files say now, made into the
records that the files would hold, and these are checked as the files are.
Only where nothing is wrong in any of them is anything written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from cati.model.assessment import Assessment
from cati.model.evidence import Evidence
from cati.model.imports import ImportedAnswer, ImportedRecord, Imports, answer_mark
from cati.model.language import LANGUAGES
from cati.model.methodology import Methodology
from cati.model.references import owner_of
from cati.model.source import Sources
from cati.problems import Problem, ProblemsError, shown
from cati.research.second.blind import blind_store, own_answers
from cati.research.workbook.answers import (
    AnswerChange,
    AssessmentChange,
    Changed,
    NoteChange,
    NothingFoundChange,
)
from cati.research.workbook.cells import company_records, stored_cells
from cati.research.workbook.doubts import Answered, doubts
from cati.research.workbook.layout import CONTENT, SHEETS, Key
from cati.research.workbook.merge import Edit, merge
from cati.research.workbook.reading import FilledWorkbook, read_filled_workbook
from cati.research.workbook.records import NewRecords, read_records
from cati.research.workbook.values import Form
from cati.store.assessors import assessor_file, own_file
from cati.store.canonical import yaml_text
from cati.store.editing import replace_all
from cati.store.file_kinds import ASSESSMENT, EVIDENCE, IMPORTS, SOURCES
from cati.store.formatting import ordered
from cati.store.schemas import schema_link
from cati.store.store import Store


@dataclass(frozen=True)
class ImportPlan:
    """What an import would change.

    Attributes
    ----------
    answers : tuple of AnswerChange
    nothing_found : tuple of NothingFoundChange
    assessment_notes : tuple of NoteChange
    records : NewRecords
        New and changed sources and disclosures.
    notes : tuple of str
        What was not read though it may have been meant.
    texts : mapping of str to str
        New content by file; empty where nothing changes.
    read : mapping of str to str
        `cati.store.editing.digest` of each of these files when it was read.
    """

    root: Path
    answers: tuple[AnswerChange, ...]
    nothing_found: tuple[NothingFoundChange, ...]
    assessment_notes: tuple[NoteChange, ...]
    records: NewRecords
    notes: tuple[str, ...]
    texts: Mapping[str, str]
    read: Mapping[str, str]

    @property
    def companies(self) -> tuple[str, ...]:
        """Companies of which something changes, sorted."""
        return tuple(sorted({_company(file) for file in self.texts} - {""}))

    def carry_out(self) -> None:
        """Write all files, or none.

        Raises
        ------
        ProblemsError
            If someone else has changed one of them since it was read.
        CatiError
            If one cannot be written.
        """
        if self.texts:
            replace_all(self.root, self.texts, self.read)


def plan_import(folder: Path, paths: Sequence[Path]) -> ImportPlan:
    """What the import of filled workbooks would change; writes nothing.

    Parameters
    ----------
    folder : Path
        The workspace or a folder inside it.
    paths : sequence of Path
        The workbooks, also several of one company.

    Raises
    ------
    ProblemsError
        With everything that is wrong in the workspace, or in any of the workbooks.
    UsageError
        If there is no workspace here.
    """
    store = Store.open(folder)
    store.require_sound()
    problems: list[Problem] = []
    workbooks = _read_all(paths, store, problems)
    records = read_records(workbooks, store, problems)
    models = _changed_records(store, records)
    answers: list[AnswerChange] = []
    nothing: list[NothingFoundChange] = []
    assessment_notes: list[NoteChange] = []
    answered: list[Answered] = []
    written: list[tuple[str, ImportedAnswer]] = []
    citable = {*store.disclosures, *records.disclosures, *records.refused}
    notes = [*(note for workbook in workbooks for note in workbook.notes), *records.notes]
    for place in sorted({_place(workbook) for workbook in workbooks}):
        evaluation, company, owner = place
        same = [workbook for workbook in workbooks if _place(workbook) == place]
        seen = blind_store(store, evaluation, owner) if owner else store
        edits = merge(same, _now(seen, evaluation, company), problems)
        notes += _unused_reasons(same)
        if not edits:
            continue
        problems += _locked(store, same[0]) if owner else ()
        change = _change(seen, same[0], edits, problems)
        assessment, changes = change.made(citable)
        answered += _answered(assessment, changes, change.methodology)
        answers += [c for c in changes if isinstance(c, AnswerChange)]
        assessment_notes += [c for c in changes if isinstance(c, NoteChange)]
        if stale := change.stale_note(changes):
            notes.append(
                f"{same[0].file}: the note on all answers is older than these, and is kept: "
                f"{shown(stale)}; does it still hold? It stands on the sheet "
                f"{shown(SHEETS['start'].get(same[0].language))}"
            )
        nothing += [c for c in changes if isinstance(c, NothingFoundChange)]
        models[_answers_file(same[0])] = assessment
        if not owner:
            written += _imported(assessment, changes)
        if owner:
            own = own_answers(store, evaluation, owner).assessor
            models[assessor_file(evaluation, owner)] = own
    if problems:
        raise ProblemsError(problems)
    models |= _imports(store, records, written)
    notes += doubts(answered, {**store.disclosures, **records.disclosures}, store.entities)
    return ImportPlan(
        root=store.root,
        answers=tuple(answers),
        nothing_found=tuple(nothing),
        assessment_notes=tuple(assessment_notes),
        records=records,
        notes=tuple(notes),
        texts={file: yaml_text(model, schema_link(file)) for file, model in models.items()},
        read={file: store.digest(file) for file in models},
    )


def _read_all(paths: Sequence[Path], store: Store, problems: list[Problem]) -> list[FilledWorkbook]:
    """All workbooks that can be read, with a bar on standard error while it takes long.

    Messages name them by their file name, and by the folder where that is not enough.
    """
    from rich.progress import track

    from cati.report.texts.terminal import console

    screen = console(stderr=True)
    hidden = not screen.is_terminal
    bar = track(paths, "workbooks", console=screen, transient=True, disable=hidden)
    times = Counter(path.name for path in paths)
    read = (
        read_filled_workbook(
            path, path.name if times[path.name] == 1 else str(path), store, problems
        )
        for path in bar
    )
    return [workbook for workbook in read if workbook is not None]


def _now(store: Store, evaluation: str, company: str) -> dict[Key, str]:
    """The cells of a company's workbook as the files say them now, in the form of the files."""
    found = store.evaluations[evaluation]
    records = company_records(store, found, company)
    language = LANGUAGES[0]
    form = Form(language, company, found.methodology, self_assessment=True)
    return {key: form.stored(key, text) for key, text in stored_cells(records, language).items()}


def _change(
    store: Store,
    workbook: FilledWorkbook,
    edits: Mapping[Key, Edit],
    problems: list[Problem],
) -> AssessmentChange:
    found = store.evaluations[workbook.evaluation]
    return AssessmentChange(
        company=workbook.company,
        evaluation=found,
        methodology=store.methodologies[found.methodology],
        old=store.assessments[workbook.evaluation].get(workbook.company),
        edits=edits,
        problems=problems,
        owner=workbook.assessor,
    )


def _place(workbook: FilledWorkbook) -> tuple[str, str, str]:
    """Whose answers a workbook goes to: evaluation, company, assessor."""
    return workbook.evaluation, workbook.company, workbook.assessor


def _answers_file(workbook: FilledWorkbook) -> str:
    evaluation, company, owner = _place(workbook)
    if owner:
        return own_file(evaluation, owner, company)
    return ASSESSMENT.file(evaluation=evaluation, company=company)


def _company(file: str) -> str:
    """Whose file it is; empty for that of an assessor."""
    parts = file.removesuffix(".yaml").split("/")
    if parts[0] == "companies":
        return parts[1]
    return parts[4] if len(parts) > 4 else ""


def _locked(store: Store, workbook: FilledWorkbook) -> Iterator[Problem]:
    """That the answers a workbook would change are locked."""
    own = own_answers(store, workbook.evaluation, workbook.assessor)
    lock = own.assessor.lock(workbook.company)
    if lock is not None:
        what = f"answers of {shown(workbook.assessor)} about {workbook.company}"
        yield Problem(workbook.file, f"{what} that are not locked", f"locked on {lock.date}")


def _unused_reasons(workbooks: Sequence[FilledWorkbook]) -> list[str]:
    """Reasons for a change in rows that the workbook does not change."""
    what = "the reason is not kept, since nothing of the answer has changed"
    notes = []
    for workbook in workbooks:
        for key, cell in workbook.cells.items():
            if key.column != "why" or not cell.text:
                continue
            said = [Key(key.sheet, key.row, column) for column in CONTENT[key.sheet]]
            if all(workbook.cells[at].text == workbook.base.get(at, "") for at in said):
                notes.append(f"{cell.file}: {cell.place}: {what}")
    return notes


def _answered(
    assessment: Assessment,
    changes: Sequence[Changed],
    methodology: Methodology,
) -> Iterator[Answered]:
    verdicts = {verdict.criterion: verdict for verdict in assessment.verdicts}
    for change in changes:
        if isinstance(change, AnswerChange) and change.now in {"met", "not_met"}:
            yield Answered(change.company, methodology.id, verdicts[change.criterion])


def _imported(
    assessment: Assessment, changes: Sequence[Changed]
) -> Iterator[tuple[str, ImportedAnswer]]:
    """The company and checksum of each answer that an import writes."""
    verdicts = {verdict.criterion: verdict for verdict in assessment.verdicts}
    for change in changes:
        if isinstance(change, AnswerChange):
            verdict = verdicts[change.criterion]
            yield (
                change.company,
                ImportedAnswer(
                    evaluation=assessment.evaluation,
                    criterion=verdict.criterion,
                    assessor=verdict.assessor,
                    sha256=answer_mark(verdict),
                ),
            )


def _imports(
    store: Store, records: NewRecords, answers: Sequence[tuple[str, ImportedAnswer]]
) -> dict[str, BaseModel]:
    """What stands of imports, with this one."""
    companies = {company for company, _ in answers} | set(
        _owners(reference for _, reference in records.imported)
    )
    models: dict[str, BaseModel] = {}
    for company in sorted(companies):
        old = store.of(IMPORTS).get(company, Imports(format=1))
        said = {(entry.evaluation, entry.criterion): entry for entry in old.answers}
        said |= {(a.evaluation, a.criterion): a for owner, a in answers if owner == company}
        models[IMPORTS.file(company=company)] = Imports(
            format=1,
            sources=_marked(old.sources, records.imported_of("sources", company)),
            disclosures=_marked(old.disclosures, records.imported_of("disclosures", company)),
            answers=tuple(entry for _, entry in sorted(said.items())),
        )
    return models


def _marked(old: Iterable[ImportedRecord], new: Mapping[str, str]) -> tuple[ImportedRecord, ...]:
    marks = {entry.id: entry.sha256 for entry in old} | dict(new)
    return tuple(ImportedRecord(id=name, sha256=marks[name]) for name in sorted(marks))


def _changed_records(store: Store, records: NewRecords) -> dict[str, BaseModel]:
    """Files of sources and disclosures with the new and the changed ones."""
    models: dict[str, BaseModel] = {}
    sources = {**store.sources, **records.changed_sources, **records.sources}
    for company in _owners(records.sources.keys() | records.changed("sources")):
        own = tuple(s for ref, s in sources.items() if owner_of(ref) == company)
        models[SOURCES.file(company=company)] = ordered(Sources(format=1, sources=own))
    found = {**store.disclosures, **records.changed_disclosures, **records.disclosures}
    for company in _owners(records.disclosures.keys() | records.changed("disclosures")):
        kept = tuple(d for ref, d in found.items() if owner_of(ref) == company)
        evidence = Evidence(format=1, disclosures=kept)
        models[EVIDENCE.file(company=company)] = ordered(evidence)
    return models


def _owners(references: Iterable[str]) -> list[str]:
    return sorted({owner_of(reference) for reference in references})
