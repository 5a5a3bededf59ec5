"""Records that only repeat the statement they are asked about."""

from __future__ import annotations

import re

from cati.analysis.claims.records import within
from cati.model.claims import PLACEHOLDER, Statement
from cati.model.evidence import Disclosure, Place

ALIKE = 85
"""Per cent of their words that two sentences must share to be the same statement."""

_DATA = re.compile(r"\b(?:table|figure|appendix|annex)\b|[表图]|附录|附表", re.IGNORECASE)
"""Places that hold data, which the sentences of a document rest on."""


def repeats(disclosure: Disclosure, statement: Statement) -> bool:
    """Whether a record is the statement itself over again.

    It is where it was read in a text and says the same in nearly the same words, or where all it
    rests on is the text of the document that makes the statement, or the very place of it. A table
    of that document is something else: it may bear out the text or not.
    """
    if not any(_DATA.search(place.locator) for place in disclosure.where) and _says_the_same(
        disclosure, statement
    ):
        return True
    return statement.where is not None and all(
        place.source == statement.where.source and _is_text(place, statement.where.locator)
        for place in disclosure.where
    )


def _is_text(place: Place, locator: str) -> bool:
    if within(place.locator, locator) or within(locator, place.locator):
        return True
    return not _DATA.search(place.locator)


def _says_the_same(disclosure: Disclosure, statement: Statement) -> bool:
    from rapidfuzz import fuzz

    sentence = PLACEHOLDER.sub(" ", statement.statement.get(disclosure.language))
    return fuzz.token_sort_ratio(_words(sentence), _words(disclosure.statement)) >= ALIKE


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
