"""What is recorded of a printed table's own faults: misprints, and totals of rounded rates."""

from __future__ import annotations

from collections.abc import Iterator

from cati.model.evaluation import RANK, TOTAL, Misprint
from cati.model.methodology import Methodology
from cati.report.edition import Edition
from cati.report.wording import Wording
from cati.scoring.explain import CompanyExplanation


def misprint_text(misprint: Misprint, place: str, wording: Wording) -> str:
    """A misprint with its reason.

    Parameters
    ----------
    misprint : Misprint
    place : str
        How the text names the cell.
    wording : Wording
    """
    if misprint.instead is None:
        text = wording.gettext("{place}: {printed} is a misprint and is not used")
    else:
        text = wording.gettext("{place}: {printed} is a misprint and is read as {instead}")
    reason = misprint.reason.get(wording.language)
    told = text.format(place=place, printed=misprint.printed, instead=misprint.instead)
    return wording.gettext("{fact}. Why: {reason}").format(fact=told, reason=reason)


def column_name(column: str, methodology: Methodology, wording: Wording) -> str:
    """The heading of a printed column."""
    fixed = {RANK: wording.gettext("Rank"), TOTAL: wording.gettext("Total")}
    if column in fixed:
        return fixed[column]
    return methodology.column(column).name.get(wording.language)


def table_remarks(edition: Edition, wording: Wording) -> Iterator[str]:
    """All misprints of a printed table, then the totals that differ for rounded rates."""
    _ = wording.gettext
    published, verification = edition.evaluation.published, edition.verification
    if published is None or verification is None:
        return

    def name(company: str) -> str:
        return edition.entities[company].name.get(wording.language)

    for misprint in verification.misprints:
        column = column_name(misprint.column, edition.methodology, wording)
        place = wording.clauses([name(misprint.company), column])
        yield misprint_text(misprint, place, wording)
    if verification.rounded and published.rounding is not None:
        named = [
            _("{company} {total} (printed {printed})").format(
                company=name(entry.company), total=entry.total, printed=entry.printed
            )
            for entry in verification.rounded
        ]
        yield _("Totals that differ from the printed ones: {totals}. Why: {reason}").format(
            totals=wording.items(named), reason=published.rounding.get(wording.language)
        )


def company_remarks(explanation: CompanyExplanation, wording: Wording) -> Iterator[str]:
    """The misprints in a company's row, and why its total may differ from the printed one."""
    for misprint in explanation.misprints:
        column = column_name(misprint.column, explanation.methodology, wording)
        yield misprint_text(misprint, column, wording)
    if explanation.rounding is not None:
        yield wording.gettext("The total is printed as {printed}. Why: {reason}").format(
            printed=explanation.printed.total, reason=explanation.rounding.get(wording.language)
        )
