"""The workbook's sheet of evidence: what was found, where it stands, and a link to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cati.model.evidence import Disclosure, Place
from cati.model.references import owner_of
from cati.report.data.evidence import indicator_codes, told_disclosures
from cati.report.edition import Edition
from cati.report.facts import safe_link
from cati.report.texts.records import stated_value_texts
from cati.report.wording import Wording
from cati.report.xlsx import CELL_LIMIT

LONGEST_LINK = 2_079
"""Characters that a link of a cell can have."""

LINK_AT, ORIGINAL_AT = 8, 9
"""Which of a line's cells has the link to the source, and which the one to the original."""


@dataclass(frozen=True)
class EvidenceLine:
    """A disclosure in one of its places.

    Attributes
    ----------
    entity : str
        Whom it is about.
    cells : tuple of str
        What stands right of the names, in the order of `evidence_heads`.
    links : dict of int to str
        To the documents, by the cell that has the link, where they may be followed.
    """

    entity: str
    cells: tuple[str, ...]
    links: dict[int, str]


def evidence_heads(wording: Wording) -> tuple[tuple[str, float], ...]:
    """What stands above each column, and how wide it is, in characters."""
    _ = wording.gettext
    return (
        (_("Indicators"), 14),
        (_("What is disclosed"), 60),
        (_("Numbers"), 36),
        (_("Speaks"), 14),
        (_("Whether it counts"), 24),
        (_("Source"), 44),
        (_("Publisher"), 20),
        (_("Place"), 24),
        (_("Link"), 24),
        (_("Original document"), 40),
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
    publisher = edition.entities[owner_of(place.source)].name.get(wording.language)
    original = edition.sources[place.original] if place.original is not None else None
    links = {LINK_AT: safe_link(source), ORIGINAL_AT: original and safe_link(original)}
    cells = (
        wording.gettext(", ").join(indicator_codes(edition, found)),
        found.statement,
        stated_value_texts(found.figures, wording.language),
        wording.word("polarity", found.polarity),
        _standing(edition, reference, wording),
        source.title,
        publisher,
        wording.plain_place(place.locator),
        links[LINK_AT] or "",
        "\n".join(text for text in (original and original.title, links[ORIGINAL_AT]) if text),
        reference,
    )
    return EvidenceLine(
        owner_of(reference),
        tuple(cell[:CELL_LIMIT] for cell in cells),
        {at: link for at, link in links.items() if link and len(link) <= LONGEST_LINK},
    )


def _standing(edition: Edition, reference: str, wording: Wording) -> str:
    _ = wording.gettext
    standing = edition.standings[reference]
    if standing.counts:
        return _("counts")
    doubts = (*standing.exclusions, *standing.weaknesses)
    return _("does not count: {reasons}").format(
        reasons=wording.items(wording.words("doubt", doubts))
    )
