"""The workbook's sheet of answers: what each criterion was found to be, and on what evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cati.report.data.files import answered_criteria
from cati.report.edition import Edition
from cati.report.texts.reasoning import judged, place_text
from cati.report.wording import Wording
from cati.report.xlsx import CELL_LIMIT
from cati.scoring.reasons import Cited, CriterionReason


@dataclass(frozen=True)
class AnswerLine:
    """One answer: what stands right of the company's names, in the order of `answer_heads`."""

    company: str
    cells: tuple[str | float, ...]


def answer_heads(wording: Wording) -> tuple[tuple[str, float], ...]:
    """What stands above each column, and how wide it is, in characters."""
    _ = wording.gettext
    return (
        (_("Criterion"), 20),
        (_("Statement"), 50),
        (_("Points possible"), 9),
        (_("Answer"), 12),
        (_("Counts as"), 12),
        (_("Part of points"), 9),
        (_("Level"), 13),
        (_("Assessor"), 18),
        (_("Date"), 11),
        (_("Rationale"), 50),
        (_("Evidence"), 80),
    )


def answer_lines(edition: Edition, wording: Wording) -> Iterator[AnswerLine]:
    """Every answer, companies in the order of the ranking."""
    for company in edition.card.order:
        for indicator in edition.methodology.indicators():
            for reason in answered_criteria(edition, company, indicator.code):
                yield AnswerLine(company, _cells(reason, wording))


def _cells(reason: CriterionReason, wording: Wording) -> tuple[str | float, ...]:
    signed = reason.verdict or reason.nothing
    return (
        reason.name,
        reason.criterion.statement.get(wording.language),
        float(reason.criterion.points),
        wording.word("answer", reason.given),
        wording.word("answer", reason.effective),
        float(reason.worth),
        wording.word("level", signed.level) if signed else "",
        signed.assessor if signed else "",
        signed.date.isoformat() if signed else "",
        (reason.verdict.rationale or "") if reason.verdict else "",
        "\n".join(_evidence(cited, wording) for cited in reason.cited)[:CELL_LIMIT],
    )


def _evidence(cited: Cited, wording: Wording) -> str:
    places = " | ".join(place_text(found, wording) for found in cited.places)
    return f"{cited.backing.disclosure} ({judged(cited, wording)}): {places}"
