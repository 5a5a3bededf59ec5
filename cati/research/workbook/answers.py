"""Changed cells to a company's assessment: answers with who, when and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cati.model.assessment import Answer, Assessment, NoDisclosure, Verdict
from cati.model.assessment_consistency import check_assessment
from cati.model.assessor import same_person
from cati.model.base import LONGEST_LINE
from cati.model.evaluation import Evaluation
from cati.model.methodology import Methodology, code_order
from cati.model.references import indicator_of
from cati.problems import Finding, Problem, did_you_mean, shown
from cati.research.workbook.cells import criteria
from cati.research.workbook.layout import COLUMNS, CONTENT, SEPARATOR, Key, SheetKey
from cati.research.workbook.merge import Edit
from cati.research.workbook.reading import Filled
from cati.research.workbook.records import built
from cati.store.file_kinds import ASSESSMENT

Row = Mapping[str, Edit]
"""The changed cells of a row, by column."""


@dataclass(frozen=True)
class AnswerChange:
    """What changes in the answer to a criterion.

    Attributes
    ----------
    was : str, optional
        The answer before; None for a first one.
    now : str
    added, removed : tuple of str
        References to disclosures.
    rationale : bool
        Whether the rationale changes.
    """

    company: str
    criterion: str
    was: Answer | None
    now: Answer
    added: tuple[str, ...]
    removed: tuple[str, ...]
    rationale: bool
    assessor: str


@dataclass(frozen=True)
class NothingFoundChange:
    """What changes in where was looked for an indicator in vain.

    Attributes
    ----------
    was, now : tuple of str
        Where; empty where something was found or nobody looked.
    """

    company: str
    code: str
    was: tuple[str, ...]
    now: tuple[str, ...]
    assessor: str


@dataclass(frozen=True)
class NoteChange:
    """What changes in the note on all of a company's answers.

    Attributes
    ----------
    now : str, optional
        None where it is taken away.
    """

    company: str
    now: str | None
    assessor: str


Changed = AnswerChange | NothingFoundChange | NoteChange

_NOTE = Key("start", "note", "value")


@dataclass
class AssessmentChange:
    """A company's assessment being changed.

    Parameters
    ----------
    company : str
    evaluation : Evaluation
    methodology : Methodology
    old : Assessment, optional
    edits : mapping of Key to Edit
        Cells of the company's workbooks, merged.
    problems : list of Problem
        Receives what does not fit, at its cell.
    owner : str
        The only assessor that may sign; empty where anybody may.
    """

    company: str
    evaluation: Evaluation
    methodology: Methodology
    old: Assessment | None
    edits: Mapping[Key, Edit]
    problems: list[Problem]
    owner: str = ""
    reasons: dict[str, Filled] = field(default_factory=dict)
    """Where the reason may stand by criterion, where "nothing found" was taken back."""

    def made(self, disclosures: Iterable[str]) -> tuple[Assessment, list[Changed]]:
        """The new assessment, and what changed.

        Parameters
        ----------
        disclosures : iterable of str
            References to all that may be cited.
        """
        changes: list[Changed] = []
        verdicts = {v.criterion: v for v in self.old.verdicts} if self.old else {}
        nothing = {n.code: n for n in self.old.no_disclosure} if self.old else {}
        known = set(disclosures)
        order = {name: place for place, (name, *_) in enumerate(criteria(self.methodology))}
        rows = self._rows("answers")
        for code, row in self._rows("nothing_found").items():
            found = nothing.pop(code, None)
            entry = self._nothing_found(code, found, row)
            if entry is not None:
                nothing[code] = entry
            elif found is not None:
                own = [name for name in order if indicator_of(name) == code]
                verdicts |= {name: found.as_verdict(name) for name in own}
                self._answer_instead(row["nothing_found"], own, rows)
            changes.append(self._nothing_change(code, found, entry, row))
        for criterion, row in rows.items():
            before = verdicts.get(criterion)
            verdict = self._verdict(criterion, before, row, known)
            if verdict is not None:
                verdicts[criterion] = verdict
                if verdict.answer != "unknown" or criterion not in self.reasons:
                    changes.append(_answer_change(self.company, before, verdict))
        assessment = Assessment(
            format=1,
            evaluation=self.evaluation.id,
            verdicts=tuple(sorted(verdicts.values(), key=lambda v: order[v.criterion])),
            no_disclosure=tuple(sorted(nothing.values(), key=lambda n: code_order(n.code))),
            note=self._note(changes),
        )
        for finding in check_assessment(assessment, self.evaluation, self.methodology):
            self.problems.append(self._located(finding, assessment))
        return assessment, changes

    def _note(self, changes: list[Changed]) -> str | None:
        """The note on all answers with what changes in it."""
        edit = self.edits.get(_NOTE)
        if edit is None:
            return self.old.note if self.old else None
        text = edit.cell.text
        if len(text) > LONGEST_LINE:
            expected = f"at most {LONGEST_LINE} characters"
            self.problems.append(edit.cell.problem(expected, f"{len(text)} characters"))
            text = text[:LONGEST_LINE]
        changes.append(NoteChange(self.company, text or None, self._signature(edit)[0].text))
        return text or None

    def stale_note(self, changes: Sequence[Changed]) -> str:
        """The note that was written before these changes and stays; empty if there is none."""
        kept = self.old.note if self.old and _NOTE not in self.edits else None
        return kept or "" if changes else ""

    def _rows(self, sheet: SheetKey) -> dict[str, dict[str, Edit]]:
        rows: dict[str, dict[str, Edit]] = {}
        for key, edit in self.edits.items():
            if key.sheet == sheet:
                rows.setdefault(key.row, {})[key.column] = edit
        return rows

    def _answer_instead(
        self, withdrawn: Edit, names: Sequence[str], rows: dict[str, dict[str, Edit]]
    ) -> None:
        """Take the rows of criteria for which it is no longer said that nothing was found.

        One reason, beside any of them, is enough.
        """
        workbook = withdrawn.workbook
        reasons = [workbook.cells[Key("answers", name, "why")] for name in names]
        self.reasons |= dict.fromkeys(names, next((c for c in reasons if c.text), reasons[0]))
        for name in names:
            keys = {column: Key("answers", name, column) for column in CONTENT["answers"]}
            said = {column: Edit(k, workbook.cells[k], workbook) for column, k in keys.items()}
            rows[name] = {**said, **rows.get(name, {})}

    def _verdict(
        self, criterion: str, old: Verdict | None, row: Row, known: set[str]
    ) -> Verdict | None:
        """The answer with its changed cells; None where it does not fit.

        What cannot be told is stood in for, so that the other cells are checked all the same.
        """
        main = row.get("answer") or max(row.values(), key=lambda edit: edit.signed[1].text)
        cells = _cells(main)
        answer = self._answer(old, row)
        if answer is None:
            edit = next(iter(row.values()))
            cell = edit.workbook.cells[Key("answers", criterion, "answer")]
            given = "the disclosures" if edit.key.column == "disclosures" else "the rationale"
            self._missing(cell, f"an answer that goes with {given}")
        assessor, date = self._signature(main)
        answer = answer or "unknown"
        values: dict[str, Any] = old.model_dump(mode="json", exclude_none=True) if old else {}
        values |= {"criterion": criterion, "answer": answer, "level": "unverified"}
        stand_in = str(old.date) if old else "2000-01-01"
        values |= {"assessor": assessor.text or "?", "date": date.text or stand_in}
        if "disclosures" in row:
            text = row["disclosures"].cell.text
            values["disclosures"] = text.split(SEPARATOR) if text else []
        if "rationale" in row:
            values["rationale"] = row["rationale"].cell.text or None
        if old is not None and _changes(old, values) and not _is_first(old, answer):
            why = cells["why"] if cells["why"].text else self.reasons.get(criterion, cells["why"])
            self._add_history(values, old, why)
        places = {**cells, **{column: edit.cell for column, edit in row.items()}}
        places |= {"assessor": assessor, "date": date}
        verdict = built(Verdict, values, places, main.cell, self.problems)
        self._check_cited(row, known)
        return verdict

    def _answer(self, old: Verdict | None, row: Row) -> str | None:
        if "answer" in row:
            return row["answer"].cell.text or "unknown"
        return old.answer if old else None

    def _add_history(self, values: dict[str, Any], old: Verdict, why: Filled) -> None:
        """Record what was said before."""
        if not why.text:
            same = old.answer == values["answer"]
            before = _said(old.proposed.answer if old.is_proposal and old.proposed else old.answer)
            what = f"of what {before} rests on" if same else f"from {before}"
            self._missing(why, f"a reason for the change {what}")
            return
        change = {"who": values["assessor"], "when": values["date"], "why": why.text}
        change |= {**old.superseded(), "now": values["answer"]}
        values["history"] = [*values.get("history", ()), change]

    def _nothing_found(self, code: str, old: NoDisclosure | None, row: Row) -> NoDisclosure | None:
        """What is said of an indicator with its changed cells; None where nothing is said."""
        main = row.get("nothing_found") or row["looked_in"]
        cells = main.workbook.cells
        flag = row["nothing_found"].cell if "nothing_found" in row else None
        says = bool(flag.text) if flag else old is not None
        where = row["looked_in"].cell if "looked_in" in row else None
        if not says:
            if where is not None and where.text and old is None:
                cell = cells[Key("nothing_found", code, "nothing_found")]
                self._missing(cell, "that nothing was found there")
            return None
        text = where.text if where else SEPARATOR.join(old.looked_in) if old else ""
        if not text:
            cell = where or cells[Key("nothing_found", code, "looked_in")]
            self._missing(cell, "where was looked")
            return old
        assessor, date = self._signature(main)
        if not assessor.text or not date.text:
            return old
        values: dict[str, Any] = {"code": code, "looked_in": text.split(SEPARATOR)}
        values |= {"assessor": assessor.text, "date": date.text}
        if old is not None:
            values["earlier"] = [search.model_dump() for search in (*old.earlier, old.as_search())]
        places = {**_cells(main), "assessor": assessor, "date": date}
        return built(NoDisclosure, values, places, main.cell, self.problems)

    def _nothing_change(
        self, code: str, old: NoDisclosure | None, new: NoDisclosure | None, row: Row
    ) -> NothingFoundChange:
        was, now = (entry.looked_in if entry else () for entry in (old, new))
        main = next(iter(row.values()))
        return NothingFoundChange(self.company, code, was, now, main.signed[0].text)

    def _signature(self, edit: Edit) -> tuple[Filled, Filled]:
        assessor, date = edit.signed
        for cell, what in ((assessor, "the assessor's name"), (date, "the date of the answers")):
            if not cell.text:
                self._missing(cell, what, "fill it in here, or in each changed row")
        if self.owner and assessor.text and not same_person(assessor.text, self.owner):
            expected = f"{shown(self.owner)}, whose own workbook it is"
            problem = assessor.problem(expected, shown(assessor.text))
            if problem not in self.problems:
                self.problems.append(problem)
        return assessor, date

    def _missing(self, cell: Filled, expected: str, hint: str = "") -> None:
        """A cell is empty, unless what is wrong with it has been told."""
        if not self._told(cell):
            self.problems.append(cell.problem(expected, "nothing", hint))

    def _told(self, cell: Filled) -> bool:
        return any((p.file, p.field) == (cell.file, cell.place) for p in self.problems)

    def _check_cited(self, row: Row, known: set[str]) -> None:
        """That there is what the changed cell of disclosures names, if it can name any."""
        cell = row["disclosures"].cell if "disclosures" in row else None
        if cell is None or not cell.text or self._told(cell):
            return
        for reference in cell.text.split(SEPARATOR):
            if reference not in known:
                expected = "a disclosure in companies/<entity>/evidence.yaml or in a new row"
                hint = did_you_mean(reference, known)
                self.problems.append(cell.problem(expected, shown(reference), hint))

    def _located(self, finding: Finding, assessment: Assessment) -> Problem:
        """A finding in the new assessment at the cell it comes from."""
        part, position, column = (*finding.path, "", "", "")[:3]
        edit = None
        if part == "verdicts" and isinstance(position, int):
            verdict = assessment.verdicts[position]
            edit = self._edit_of("answers", verdict.criterion)
        elif part == "no_disclosure" and isinstance(position, int):
            code = assessment.no_disclosure[position].code
            answered = self._edit_of("answers", f"{code}/")
            edit = self._edit_of("nothing_found", code) or answered
            if answered is not None and answered is not edit:
                found = f"{finding.found}, in {answered.cell.file}, {answered.cell.place}"
                finding = replace(finding, found=found)
        if edit is None:
            file = ASSESSMENT.file(evaluation=self.evaluation.id, company=self.company)
            field = ".".join(map(str, finding.path))
            return Problem(file, finding.expected, finding.found, field=field, hint=finding.hint)
        if column == "history":
            column = {"when": "date"}.get(str(finding.path[-1]), "why")
        if column == "date" and edit.key.sheet == "answers":
            return edit.signed[1].problem(finding.expected, finding.found, finding.hint)
        cell = _cells(edit).get(str(column), edit.cell)
        return cell.problem(finding.expected, finding.found, finding.hint)

    def _edit_of(self, sheet: SheetKey, row: str) -> Edit | None:
        """A changed cell of a row, or of the first row whose name begins so, with a slash."""
        for key, edit in self.edits.items():
            same = key.row.startswith(row) if row.endswith("/") else key.row == row
            if key.sheet == sheet and same:
                return edit
        return None


def _cells(edit: Edit) -> dict[str, Filled]:
    """All cells of the row that a changed cell stands in."""
    sheet, row = edit.key.sheet, edit.key.row
    columns = (column.key for column in COLUMNS[sheet] if column.editable)
    return {column: edit.workbook.cells[Key(sheet, row, column)] for column in columns}


def _changes(old: Verdict, values: Mapping[str, Any]) -> bool:
    """Whether an answer becomes another, or rests on something else."""
    rests = tuple(values.get("disclosures", ())), values.get("rationale")
    return (old.answer, (old.disclosures, old.rationale)) != (values["answer"], rests)


def _is_first(old: Verdict, answer: str) -> bool:
    """Whether it answers what was only proposed, and not the other way round."""
    proposed = old.proposed.answer if old.is_proposal and old.proposed else None
    return proposed is not None and {answer, proposed} != {"met", "not_met"}


def _said(answer: str) -> str:
    return shown(answer.replace("_", " "))


def _answer_change(company: str, old: Verdict | None, new: Verdict) -> AnswerChange:
    before = old.disclosures if old else ()
    return AnswerChange(
        company=company,
        criterion=new.criterion,
        was=old.answer if old else None,
        now=new.answer,
        added=tuple(d for d in new.disclosures if d not in before),
        removed=tuple(d for d in before if d not in new.disclosures),
        rationale=new.rationale != (old.rationale if old else None),
        assessor=new.assessor,
    )
