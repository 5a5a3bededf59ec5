"""The workbook's sheet of evidence: what was found, where it stands, and a link to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cati.model.evidence import Disclosure, Place
from cati.report.data.evidence import indicator_codes, told_disclosures
from cati.report.edition import Edition
from cati.report.site.facts import safe_link
from cati.report.texts.records import figure_text
from cati.report.wording import Wording
from cati.report.workbook.look import LONGEST

LONGEST_LINK = 2_079
"""Characters that a link of a cell can have."""

LINK_AT = 8
"""Which of a line's cells has the link."""


@dataclass(frozen=True)
class EvidenceLine:
    """A disclosure in one of its places.

    Attributes
    ----------
    entity : str
        Whom it is about.
    cells : tuple of str
        What stands right of the names, in the order of `evidence_heads`.
    link : str, optional
        To the document, or to the company's own that it reports of, where it may be followed.
    """

    entity: str
    cells: tuple[str, ...]
    link: str | None


def evidence_heads(wording: Wording) -> tuple[tuple[str, float], ...]:
    """What stands above each column, and how wide it is, in characters."""
    _ = wording.gettext
    return (
        (_("Indicators"), 14),
        (_("Statement"), 60),
        (_("Figures"), 26),
        (_("Speaks"), 14),
        (_("Counts"), 24),
        (_("Source"), 44),
        (_("Publisher"), 20),
        (_("Place"), 24),
        (_("Link"), 36),
        (_("Reference"), 34),
    )


def evidence_lines(edition: Edition, wording: Wording) -> Iterator[EvidenceLine]:
    """Every disclosure that bears on the methodology, once for each place where it stands."""
    for reference, found in told_disclosures(edition).items():
        for place in found.where:
            yield _line(edition, wording, reference, found, place)


def _line(
    edition: Edition, wording: Wording, reference: str, found: Disclosure, place: Place
) -> EvidenceLine:
    source = edition.sources[place.source]
    publisher = edition.entities[place.source.partition("/")[0]].name.get(wording.language)
    link = safe_link(source)
    if link is None and place.original is not None:
        link = safe_link(edition.sources[place.original])
    cells = (
        ", ".join(indicator_codes(edition, found)),
        found.statement,
        "; ".join(map(figure_text, found.figures)),
        _polarity(found, wording),
        _standing(edition, reference, wording),
        source.title,
        publisher,
        wording.plain_place(place.locator),
        link or "",
        reference,
    )
    can_link = link is not None and len(link) <= LONGEST_LINK
    return EvidenceLine(
        reference.partition("/")[0],
        tuple(cell[:LONGEST] for cell in cells),
        link if can_link else None,
    )


def _polarity(found: Disclosure, wording: Wording) -> str:
    _ = wording.gettext
    names = {"supports": _("for it"), "partial": _("for a part"), "absent": _("nothing found")}
    return names[found.polarity]


def _standing(edition: Edition, reference: str, wording: Wording) -> str:
    _ = wording.gettext
    standing = edition.standings[reference]
    if standing.counts:
        return _("counts")
    doubts = (*standing.exclusions, *standing.weaknesses)
    return _("does not count: {reasons}").format(
        reasons=wording.items(wording.doubt(doubt) for doubt in doubts)
    )
