"""Disclosures that say what another says already: told before a fact is kept twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from cati.model.evidence import Disclosure
from cati.model.references import owner_of
from cati.model.source import Source
from cati.store.lookup import folded

R = TypeVar("R", Source, Disclosure)

LIKENESS = 90
"""Per cent that two statements at one place must have in common to be doubted."""


def same_fact(one: Disclosure, other: Disclosure) -> bool:
    """Whether two disclosures state the same at the same place."""
    return _same_statement(one, other) and bool(_places(one) & _places(other))


def likely_same(one: Disclosure, other: Disclosure) -> bool:
    """Whether two disclosures may be one: the same words elsewhere, or nearly the same here."""
    from rapidfuzz import fuzz

    if {one.subject, other.subject} > {one.subject} and None not in (one.subject, other.subject):
        return False
    if _same_statement(one, other):
        return True
    if not _places(one) & _places(other) or one.language != other.language:
        return False
    if one.quote and other.quote and folded(one.quote.text) == folded(other.quote.text):
        return True
    texts = one.statement.casefold(), other.statement.casefold()
    return _numbers(one) == _numbers(other) and fuzz.ratio(*texts) >= LIKENESS


def same_document(one: Source, other: Source) -> bool:
    """Whether two sources may be one document: a title or a link in common, and no other date."""
    if None not in (one.published, other.published) and one.published != other.published:
        return False
    links = [source.link.rstrip("/") for source in (one, other) if source.link is not None]
    same_link = len(links) == 2 and links[0] == links[1]
    return same_link or folded(one.title) == folded(other.title)


def others_of(reference: str, records: Mapping[str, R]) -> Iterator[tuple[str, R]]:
    """The other records of the same entity, with their references."""
    entity = owner_of(reference)
    for other, record in records.items():
        if other != reference and owner_of(other) == entity:
            yield other, record


def _same_statement(one: Disclosure, other: Disclosure) -> bool:
    return folded(one.statement) == folded(other.statement)


def _places(disclosure: Disclosure) -> set[tuple[str, str]]:
    return {(place.source, folded(place.locator)) for place in disclosure.where}


def _numbers(disclosure: Disclosure) -> list[str]:
    """The numbers of a statement: with others it tells another fact."""
    digits = (char if char.isdigit() or char in ".," else " " for char in disclosure.statement)
    return "".join(digits).split()
