"""Rows of the data files that tell what was found, where it stands and what companies said."""

from __future__ import annotations

from collections.abc import Iterator

from cati.model.evidence import Disclosure
from cati.model.references import codes_in, owner_of
from cati.report.edition import Edition
from cati.report.site.consented import public_challenges
from cati.report.texts.records import stated_value_texts

Record = dict[str, str]

BETWEEN = "; "
YES = {True: "true", False: "false"}


def told_disclosures(edition: Edition) -> dict[str, Disclosure]:
    """The disclosures that bear on the methodology of an edition, by reference, sorted."""
    mine = f"{edition.methodology.id}/"
    return {
        reference: found
        for reference, found in sorted(edition.store.disclosures.items())
        if any(question.startswith(mine) for question in found.indicators)
    }


def indicator_codes(edition: Edition, disclosure: Disclosure) -> tuple[str, ...]:
    """The codes of the edition's methodology that a disclosure bears on."""
    return codes_in(edition.methodology.id, disclosure.indicators)


def disclosure_records(edition: Edition) -> Iterator[Record]:
    """The fields of `cati.report.data.fields.disclosures_fields`."""
    for reference, found in told_disclosures(edition).items():
        standing = edition.standings[reference]
        yield {
            "disclosure": reference,
            "entity": owner_of(reference),
            "indicators": BETWEEN.join(indicator_codes(edition, found)),
            "statement": found.statement,
            "language": found.language,
            "figures": stated_value_texts(found.figures, "en"),
            "polarity": found.polarity,
            "confidence": found.confidence,
            "period": found.period or "",
            "counts": YES[standing.counts],
            "why_not": BETWEEN.join((*standing.exclusions, *standing.weaknesses)),
        }


def evidence_records(edition: Edition) -> Iterator[Record]:
    """The fields of `cati.report.data.fields.evidence_fields`; a place given twice stands once."""
    for reference, found in told_disclosures(edition).items():
        places = {(place.source, place.locator): place for place in reversed(found.where)}
        for (source, locator), place in reversed(places.items()):
            yield {
                "disclosure": reference,
                "source": source,
                "locator": locator,
                "secondary": YES[place.secondary],
                "original": place.original or "",
                "cites": place.cites or "",
            }


def source_records(edition: Edition) -> Iterator[Record]:
    """The fields of `cati.report.data.fields.sources_fields`."""
    for reference in sorted(_cited(edition)):
        source = edition.sources[reference]
        yield {
            "source": reference,
            "publisher": edition.entities[owner_of(reference)].name.en,
            "title": source.title,
            "kind": source.kind,
            "language": source.language,
            "published": source.published or "",
            "accessed": source.accessed.isoformat() if source.accessed else "",
            "data_as_of": source.data_as_of.isoformat() if source.data_as_of else "",
            "link": source.link or "",
            "supersedes": source.supersedes or "",
        }


def challenge_records(edition: Edition) -> Iterator[Record]:
    """The fields of `cati.report.data.fields.challenges_fields`."""
    replies = edition.store.replies.get(edition.evaluation.id, {})
    for company in edition.card.companies:
        for challenge in public_challenges(replies, company):
            yield {
                "company": company,
                "criterion": challenge.criterion,
                "stage": challenge.stage,
                "text": challenge.text,
                "link": challenge.link or "",
                "where": challenge.where or "",
                "published": challenge.published or "",
                "outcome": challenge.outcome,
                "reason": challenge.reason,
                "decided": challenge.decided.isoformat(),
                "erratum": "" if challenge.erratum is None else str(challenge.erratum),
            }


def _cited(edition: Edition) -> set[str]:
    """References of all documents that evidence, indicators and table stand in."""
    found = {edition.methodology.source}
    if edition.evaluation.published is not None:
        found.add(edition.evaluation.published.where.source)
    for disclosure in told_disclosures(edition).values():
        for place in disclosure.where:
            found.add(place.source)
            if place.original is not None:
                found.add(place.original)
    return found
