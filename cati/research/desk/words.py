"""The words of a text, as they are looked for: the same for documents, search terms and marks.

English words are taken in lower case and without the ending of the plural.
Chinese has no spaces, so each pair of neighbouring characters is a word:
``绿色电力`` is ``绿色``, ``色电``, ``电力``, and a term of two characters is found. Traditional
characters, radicals and full-width forms are taken as the plain ones: ``綠電`` is ``绿电``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from cati.store.characters import plain

_HAN = "\u3400-\u9fff"
CJK = f"\u2e80-\u2fd5{_HAN}\uf900-\ufaff"
"""Chinese characters and their radicals, for use inside a regular expression's brackets."""

JOINER = "\u2060"
"""Stands between two digits where a page has characters of no width."""

_OTHER_FORMS = "\ufb00-\ufb06\u2080-\u2089"
_RUN = re.compile(rf"[0-9A-Za-z\u00c0-\u024f{_OTHER_FORMS}]+|[{_HAN}]+")
_SPACE_IN_CHINESE = re.compile(rf"(?<=[{CJK}，、]) *\n *(?=[{CJK}，、])")

_SILENT = frozenset(
    (
        *("a", "against", "an", "and", "as", "at", "by", "for", "from", "in", "it", "no", "of"),
        *("on", "only", "or", "our", "per", "that", "the", "their", "to", "us", "we", "with"),
    )
)
"""Words that say nothing on what a text is about."""


def language_of(text: str) -> Literal["en", "zh"]:
    """The language of a text; a source in one may have passages in the other."""
    return "zh" if re.search(f"[{CJK}]", text) else "en"


def joined(text: str) -> str:
    """A page's text with words put together that a line end had broken."""
    text = text.replace("\xad", "")
    return text if text.isascii() else _SPACE_IN_CHINESE.sub("", text)


def words(text: str) -> list[str]:
    """The words of a text in their order."""
    return word_text(text).split()


def word_text(text: str) -> str:
    """The words of a text with spaces between, as the index takes them."""
    return " ".join([_words(run) for run in _RUN.findall(plain(text))])


def placed_words(text: str) -> Iterator[tuple[int, int, str]]:
    """Start and end in a text of each of its words, and the word."""
    for run in _RUN.finditer(plain(text)):
        found = _words(run.group()).split()
        if len(found) == 1:
            yield run.start(), run.end(), found[0]
        else:
            for at, pair in enumerate(found, start=run.start()):
                yield at, at + 2, pair


def telling(term: Sequence[str]) -> list[str]:
    """Those of some words that say what a text is about."""
    return [word for word in term if word not in _SILENT]


def places_of(
    wanted: Sequence[str], placed: Sequence[tuple[int, int, str]]
) -> list[tuple[int, int]]:
    """Where words stand one behind the other among the placed words of a text."""
    return [
        (start, placed[at + len(wanted) - 1][1])
        for at, (start, _, word) in enumerate(placed)
        if word == wanted[0]
        and tuple(one for _, _, one in placed[at : at + len(wanted)]) == tuple(wanted)
    ]


def spans(text: str, terms: Iterable[str]) -> dict[str, list[tuple[int, int]]]:
    """Where each of the terms that occur in a text stands in it."""
    placed = list(placed_words(text))
    split = {term: words(term) for term in terms}
    found = {term: places_of(wanted, placed) for term, wanted in split.items() if wanted}
    return {term: places for term, places in found.items() if places}


def marked(text: str, terms: Sequence[str], before: str = "«", behind: str = "»") -> str:
    """A text with every occurrence of the terms between marks."""
    pieces, at = [], 0
    for start, end in merged(spot for spots in spans(text, terms).values() for spot in spots):
        pieces += [text[at:start], before, text[start:end], behind]
        at = end
    return "".join([*pieces, text[at:]])


def merged(spots: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Starts and ends with those that touch or overlap drawn together."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spots):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


@lru_cache(maxsize=200_000)
def _words(run: str) -> str:
    """Words of a run of letters and digits, or of Chinese characters, with spaces between."""
    if run.isascii():
        return _singular(run.lower())
    if "\u3400" <= run[0] <= "\u9fff":
        return " ".join(map("".join, pairwise(run))) if len(run) > 1 else run
    return _singular(unicodedata.normalize("NFKC", run).lower().replace(" ", ""))


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") and len(word) > 4 else word[:-1]
