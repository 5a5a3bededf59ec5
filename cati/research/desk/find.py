"""Finding passages that may answer an indicator, by its search terms in both languages.

A passage holds a term *whole* where its words stand one behind the other, and *in part* where at
least 60 per cent of them stand anywhere in it: *supplier training* in ``suppliers receive
training``. A passage that holds none either way is left out. The score is

    relevance x (1 + 0.25 (t - 1) + 0.2 q + 0.1 y)

where *relevance* is FTS5's bm25 (k1 = 1.2, b = 0.75; Robertson and Zaragoza, The Probabilistic
Relevance Framework, 2009) of all terms and their words over the company's passages, *t* the number
of different terms in it, those in part as a half, at most 5 and at least 1, *q* whether a number
with a unit and *y* whether a year from 2000 to 2069 stands within 80 characters of a term. The
weights are ours.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from cati.model.methodology import Indicator, Methodology
from cati.problems import UsageError, did_you_mean, with_hint
from cati.research.desk.archive import Archive, Progress
from cati.research.desk.documents import current
from cati.research.desk.index import Hit, Index
from cati.research.desk.words import merged, placed_words, places_of, telling, words
from cati.store.characters import plain
from cati.store.store import Store

CONSIDERED = 200
"""Passages that are ordered anew by the full score."""

IN_PART = 0.6
"""Share of a term's words that makes a passage hold it in part."""

MOST_TERMS = 5
TERM_WEIGHT, QUANTITY_WEIGHT, YEAR_WEIGHT = 0.25, 0.2, 0.1
NEAR_BY = 80

_QUANTITY = re.compile(
    r"[0-9][0-9.,]*\s?(?:%|percent|per cent|(?:million |k|M|G)?t(?:onnes?|ons?|CO2e?)?\b"
    r"|[kMGT]Wh?\b|kg|km|[万亿千]?吨|个百分点|[万亿]?(?:千瓦时|度|辆|元|家)|兆瓦|吉瓦)"
)
_YEAR = re.compile(r"(?<![0-9])20[0-6][0-9](?![0-9])")


@dataclass(frozen=True)
class Found:
    """A passage that may answer an indicator.

    Attributes
    ----------
    indicator : str
        Code.
    passage : str
        Id; see `cati.research.desk.passages.passage_id`.
    source : str
        Reference.
    page : int
    text : str
    terms : tuple of str
        The indicator's search terms that stand in it, and the parts of others.
    score : float
        Comparable within one search only.
    hidden : bool
        Whether it is text that the page hides.
    """

    indicator: str
    passage: str
    source: str
    page: int
    text: str
    terms: tuple[str, ...]
    score: float
    hidden: bool = False


def chosen_indicators(methodology: Methodology, code: str | None) -> list[Indicator]:
    """The indicators under a code of any level that have search terms; all of them without one.

    Raises
    ------
    UsageError
        If there are none.
    """
    found = [
        indicator
        for indicator in methodology.indicators()
        if code is None or f"{indicator.code}.".startswith(f"{code}.")
    ]
    if not found:
        hint = did_you_mean(str(code), methodology.levels)
        raise UsageError(with_hint(f"no code {code} in {methodology.id}", hint))
    with_terms = [indicator for indicator in found if search_terms(indicator)]
    if not with_terms:
        raise UsageError(f"no indicator under {code or methodology.id} has search terms")
    return with_terms


def search_terms(indicator: Indicator) -> tuple[str, ...]:
    """What an indicator is looked for by, in both languages."""
    terms = indicator.search_terms
    return () if terms is None else tuple(dict.fromkeys(chain.from_iterable(terms.values())))


def find(
    store: Store,
    company: str,
    indicators: Iterable[Indicator],
    progress: Progress | None = None,
) -> dict[str, list[Found]]:
    """Passages of a company's archived documents for each indicator, best first.

    Earlier versions of a document are left out.

    Parameters
    ----------
    store : Store
    company : str
    indicators : iterable of Indicator
    progress : callable, optional
        Is told how many pages of a document are read, where one is read for the first time.

    Raises
    ------
    UsageError
        If the company has no archived document.
    ProblemsError
        If an archived copy is no longer what it was.
    """
    sources = current(store, company)
    if not sources:
        raise UsageError(
            f"{company} has no archived document; 'cati document add {company} FILE' keeps one"
        )
    archive = Archive(store.root)
    with archive.index(company) as index:
        archive.take_in(index, sources, progress)
        return {
            indicator.code: ranked(index, indicator.code, search_terms(indicator), sources)
            for indicator in indicators
        }


def ranked(index: Index, code: str, terms: Sequence[str], sources: dict[str, str]) -> list[Found]:
    """Passages that hold an indicator's terms, best first; of those with the same text, one.

    Parameters
    ----------
    index : Index
    code : str
        The indicator's.
    terms : sequence of str
    sources : dict of str to str
        Reference of each document to be searched, by checksum.
    """
    split = split_terms(terms)
    single = [word for term in split for word in term.telling]
    found = []
    for hit in index.search([*terms, *single], list(sources), CONSIDERED):
        there = frozenset(words(hit.passage.text))
        if any(term.enough(there) for term in split):
            held = held_terms(hit.passage.text, split)
            found.append(_found(hit, code, held, sources[hit.sha256]))
    found.sort(key=lambda one: (-one.score, one.source, one.page, one.passage))
    once = {one.text: one for one in reversed(found)}  # what every page repeats is one passage
    return [one for one in found if once[one.text] is one]


@dataclass(frozen=True)
class Held:
    """What a passage holds of some terms.

    Attributes
    ----------
    whole : tuple of str
        Terms that stand in it otherwise than inside a longer one.
    in_part : int
        Further terms that are held in part.
    parts : tuple of str
        The text of those parts, without short numbers, which stand in many others.
    places : tuple of (int, int)
        Start and end of each whole term or part.
    """

    whole: tuple[str, ...]
    in_part: int
    parts: tuple[str, ...]
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Term:
    """A search term with its words, and those of them that say what it is about."""

    text: str
    words: tuple[str, ...]
    telling: frozenset[str]

    def enough(self, there: Collection[str]) -> bool:
        """Whether enough of its words are there to hold it in part."""
        return sum(word in there for word in self.telling) >= max(IN_PART * len(self.telling), 1)


def split_terms(terms: Iterable[str]) -> list[Term]:
    """Terms with their words; those without any are left out."""
    split = [(text, tuple(words(text))) for text in terms]
    return [Term(text, parts, frozenset(telling(parts))) for text, parts in split if parts]


def held_terms(text: str, terms: Sequence[Term]) -> Held:
    """The terms that a passage holds, whole or in part."""
    placed = list(placed_words(text))
    there = {word for _, _, word in placed}
    whole = {
        term.text: found
        for term in terms
        if there.issuperset(term.words) and (found := places_of(term.words, placed))
    }
    own = tuple(term for term in whole if _stands_alone(term, whole))
    partly = [term for term in terms if term.text not in whole and term.enough(there)]
    parts = merged(
        (start, end) for start, end, word in placed if any(word in term.telling for term in partly)
    )
    places = [place for term in own for place in whole[term]]
    parts = [one for one in parts if not any(a <= one[0] and one[1] <= b for a, b in places)]
    said = dict.fromkeys(text[start:end] for start, end in parts if not _is_digits(text[start:end]))
    return Held(own, len(partly), tuple(said), (*places, *parts))


def _is_digits(part: str) -> bool:
    """Whether a part is a number so short that it may be any other's: the 1 of 1.9."""
    return part.isdigit() and len(part) < 3


def _found(hit: Hit, code: str, held: Held, source: str) -> Found:
    text = hit.passage.text
    simple = plain(text)
    around = [simple[max(0, start - NEAR_BY) : end + NEAR_BY] for start, end in held.places]
    number = min(max(len(held.whole) + held.in_part / 2, 1), MOST_TERMS)
    boost = (
        1
        + TERM_WEIGHT * (number - 1)
        + QUANTITY_WEIGHT * any(_QUANTITY.search(part) for part in around)
        + YEAR_WEIGHT * any(_YEAR.search(part) for part in around)
    )
    terms = tuple(dict.fromkeys((*held.whole, *held.parts)))
    score = hit.relevance * boost
    where = (code, hit.id, source, hit.passage.page)
    return Found(*where, text, terms, score, hit.passage.hidden)


def _stands_alone(term: str, placed: dict[str, list[tuple[int, int]]]) -> bool:
    """Whether a term stands somewhere other than inside a longer term: steel in ``green steel``."""
    return any(
        not any(
            first <= start and end <= last and (first, last) != (start, end)
            for other, spots in placed.items()
            if other != term
            for first, last in spots
        )
        for start, end in placed.get(term, ())
    )
