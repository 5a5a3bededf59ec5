"""Sources as the printed report lists them."""

from __future__ import annotations

from cati.model.references import owner_of
from cati.report.edition import Edition
from cati.report.wording import Wording

Content = dict[str, object]


def source_text(edition: Edition, words: Wording, reference: str) -> str:
    """Publisher, title and dates of a source."""
    _ = words.gettext
    source = edition.sources[reference]
    publisher = edition.entities[owner_of(reference)].name.get(words.language)
    text = _("{publisher}, {title}").format(publisher=publisher, title=source.title)
    if source.published is not None:
        day = words.partial_date(source.published)
        text = _joined(words, text, _("published {date}").format(date=day))
    if source.accessed is not None:
        day = words.date(source.accessed)
        text = _joined(words, text, _("read {date}").format(date=day))
    return text


def sources(edition: Edition, words: Wording) -> list[Content]:
    """Every source of the methodology, the printed table and the disclosures of companies."""
    companies = set(edition.card.companies)
    used = {edition.methodology.source}
    if edition.evaluation.published is not None:
        used.add(edition.evaluation.published.where.source)
    for reference, disclosure in edition.store.disclosures.items():
        if owner_of(reference) in companies and edition.standings[reference].counts:
            for place in disclosure.where:
                used.update({place.source, place.original or place.source})
    found: list[Content] = []
    for reference in sorted(used):
        text, link = source_text(edition, words, reference), edition.sources[reference].link
        # the mark in front of a link belongs to the text: each language has its own
        text = text if link is None else _joined(words, text, "")
        found.append({"text": text, "link": link, "url": link})
    return found


def _joined(words: Wording, before: str, after: str) -> str:
    """Two parts of a reference with the language's comma between them."""
    return words.gettext("{before}, {after}").format(before=before, after=after)
