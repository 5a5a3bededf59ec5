"""What an import changes, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from cati.model.language import Language
from cati.problems import ascii_controls, shown
from cati.report.glossary import word
from cati.report.language import translations
from cati.report.show import DASH
from cati.research.workbook.answers import AnswerChange, NothingFoundChange
from cati.research.workbook.importing import ImportPlan
from cati.research.workbook.layout import COLUMNS, SEPARATOR, Column
from cati.research.workbook.records import RecordChange


def import_lines(plan: ImportPlan, language: Language) -> Iterator[str]:
    """Each change on a line, then their number; nothing in them steers a terminal.

    Parameters
    ----------
    plan : ImportPlan
    language : {"en", "zh"}
    """
    yield from map(ascii_controls, _lines(plan, language))


def _lines(plan: ImportPlan, language: Language) -> Iterator[str]:
    _ = translations(language).gettext
    for reference, source in plan.records.sources.items():
        yield _("{reference}: new source, {title}").format(reference=reference, title=source.title)
    for reference, disclosure in plan.records.disclosures.items():
        place = disclosure.where[0]
        yield _("{reference}: new disclosure, {source}, {locator}").format(
            reference=reference, source=place.source, locator=place.locator
        )
    for change in plan.records.changes:
        yield _record_change(change, language)
    for answer in plan.answers:
        yield _answer(answer, language)
    for entry in plan.nothing_found:
        yield _nothing_found(entry, language)
    for note in plan.assessment_notes:
        text = _("{company}: note on all answers: {text} (by {assessor})")
        told = note.now or _("taken away")
        yield text.format(company=note.company, text=told, assessor=note.assessor)
    yield _count(plan, language)


def _record_change(change: RecordChange, language: Language) -> str:
    """Which cells of a disclosure or source change: ``title: 'Repot' → 'Report'``."""
    _ = translations(language).gettext
    columns = {column.key: column for column in COLUMNS[change.sheet]}
    parts = [
        f"{columns[key].title.get(language)}: {_cell(columns[key], was, language)} → "
        f"{_cell(columns[key], now, language)}"
        for key, (was, now) in change.cells.items()
    ]
    return _("{label}: {text}").format(label=change.reference, text=SEPARATOR.join(parts))


def _cell(column: Column, text: str, language: Language) -> str:
    """What a cell says, cut where it is long."""
    if not text:
        return DASH
    return shown(word(column.choices, text, language) if column.choices else text)


def _answer(change: AnswerChange, language: Language) -> str:
    _ = translations(language).gettext
    parts = []
    if change.was != change.now:
        was = word("answer", change.was, language) if change.was else _("no answer")
        parts.append(f"{was} → {word('answer', change.now, language)}")
    parts += [f"+{reference}" for reference in change.added]
    parts += [f"−{reference}" for reference in change.removed]
    if change.rationale and change.was is not None:
        parts.append(_("rationale"))
    return _("{company} {criterion}: {changes} (by {assessor})").format(
        company=change.company,
        criterion=change.criterion,
        changes=SEPARATOR.join(parts),
        assessor=change.assessor,
    )


def _nothing_found(change: NothingFoundChange, language: Language) -> str:
    _ = translations(language).gettext
    if change.now:
        text = _("{company} {code}: nothing found; looked in {places} (by {assessor})")
    else:
        text = _("{company} {code}: no longer nothing found (by {assessor})")
    places = SEPARATOR.join(change.now)
    return text.format(
        company=change.company, code=change.code, places=places, assessor=change.assessor
    )


def _count(plan: ImportPlan, language: Language) -> str:
    """How much changes: ``3 answers, 1 disclosure, 1 source changed in 1 company``."""
    _, ngettext = translations(language).gettext, translations(language).ngettext
    answers, nothing = len(plan.answers), len(plan.nothing_found)
    records = plan.records
    disclosures = len(records.disclosures) + len(records.changed("disclosures"))
    sources = len(records.sources) + len(records.changed("sources"))
    notes = len(plan.assessment_notes)
    counts = [
        (answers, ngettext("{n} answer", "{n} answers", answers)),
        (nothing, ngettext("{n} “nothing found”", "{n} “nothing found”", nothing)),
        (disclosures, ngettext("{n} disclosure", "{n} disclosures", disclosures)),
        (sources, ngettext("{n} source", "{n} sources", sources)),
        (notes, ngettext("{n} note", "{n} notes", notes)),
    ]
    told = _(", ").join(text.format(n=number) for number, text in counts if number)
    if not told:
        return _("nothing to change")
    number = len(plan.companies)
    text = ngettext("{what} changed in {n} company", "{what} changed in {n} companies", number)
    return text.format(what=told, n=number)
