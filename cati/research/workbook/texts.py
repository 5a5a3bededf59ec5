"""What an import changes, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from cati.problems import ascii_controls
from cati.report.language import Language, translations
from cati.research.workbook.answers import AnswerChange, NothingFoundChange
from cati.research.workbook.importing import ImportPlan
from cati.research.workbook.layout import SEPARATOR, word


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
    for answer in plan.answers:
        yield _answer(answer, language)
    for entry in plan.nothing_found:
        yield _nothing_found(entry, language)
    yield _count(plan, language)


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
    disclosures, sources = len(plan.records.disclosures), len(plan.records.sources)
    counts = [
        (answers, ngettext("{n} answer", "{n} answers", answers)),
        (nothing, ngettext("{n} “nothing found”", "{n} “nothing found”", nothing)),
        (disclosures, ngettext("{n} disclosure", "{n} disclosures", disclosures)),
        (sources, ngettext("{n} source", "{n} sources", sources)),
    ]
    told = _(", ").join(text.format(n=number) for number, text in counts if number)
    if not told:
        return _("nothing to change")
    number = len(plan.companies)
    text = ngettext("{what} changed in {n} company", "{what} changed in {n} companies", number)
    return text.format(what=told, n=number)
