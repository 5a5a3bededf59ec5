"""Finding a quote on a page, however the page was typeset, and never with another number.

What typesetting changes is levelled out on both sides: spaces, words broken at
line ends, ligatures, full-width forms, kinds of quotation marks and dashes.
Beyond that a few letters of plain words may differ. What `cati.research.desk.telling`
finds in the two must be the same, in the same order: numbers, units, directions, not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from cati.research.desk.telling import differing, tellings
from cati.research.desk.words import CJK, words

How = Literal["exact", "normalised", "fuzzy"]

SIMILARITY = 90
"""Per cent of their letters in which a quote and a page must agree to be called alike."""

CANDIDATES = 5
"""Pages, those with most words in common, on which a quote that is not exact is looked for."""

_ROUNDS = 4
_SLACK = 14
"""Characters by which either end of a similar place may be off."""

_ALIKE = 70
"""Per cent of their letters in which two words agree that are meant to be one."""

_REACH = 60
"""Characters beside a place in which a quantity may go on, or a word be left out."""

_ZERO_WIDTH = re.compile(r"[\xad\u200b-\u200d\u2060\ufeff]")
_RAISED = re.compile(r"(?<=[0-9])(?=[\u2070\u00b9\u00b2\u00b3\u2074-\u2079])")
_FORMS = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»「」『』〝〞", '"'),
        **dict.fromkeys("‘’‚‛′`", "'"),
        **dict.fromkeys("‐‑‒–—―−﹣", "-"),
        **dict.fromkeys("∼〜", "~"),
        **dict.fromkeys("≦⩽", "≤"),
        **dict.fromkeys("≧⩾", "≥"),
    }
)
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])-\s*(?=[^\W\d_])")
_BESIDE_CHINESE = re.compile(rf"\s+(?=[{CJK}。、])|(?<=[{CJK}。、])\s+|\s+(?=[%‰°])")
_THOUSANDS = re.compile(
    r"(?<![0-9.,'])[1-9][0-9]{0,2}([,'])[0-9]{3}(?:\1[0-9]{3})*(?![0-9]|[,'][0-9])"
)
_NUMBER_LETTER = re.compile(r"(?<![A-Za-z0-9.,])([0-9]+(?:[.,][0-9]+)*)(?=[A-Za-z])")
_CO2 = re.compile(r"(?<=CO) ?2(?: ?(eq|e)(?![A-Za-z]))?")
_SPACES = re.compile(r"\s+")

_FIRST = re.compile(rf"\W*([{CJK}]{{1,2}}|[^\W{CJK}]+)")
_LAST = re.compile(rf"([{CJK}]{{1,2}}|[^\W{CJK}]+)\W*\Z")
_CLAUSE_END = re.compile(r"[.!?;,:](?![0-9])|。")
_LOWER = {upper: upper + 32 for upper in range(65, 91)}


@dataclass(frozen=True)
class Match:
    """Where a quote stands on a page.

    Attributes
    ----------
    how : {"exact", "normalised", "fuzzy"}
        Letter for letter; but for typesetting; or with a few letters different.
    text : str
        What stands there, with typesetting levelled out.
    similarity : float
        Per cent.
    """

    how: How
    text: str
    similarity: float = 100.0


@dataclass(frozen=True)
class Near:
    """A place that is like a quote but says another number, unit, direction or the like.

    Attributes
    ----------
    quoted, printed : tuple of str
        What differs: on the one side and on the other.
    """

    quoted: tuple[str, ...]
    printed: tuple[str, ...]


@dataclass(frozen=True)
class Wanted:
    """A quote, ready to be looked for."""

    text: str

    @cached_property
    def level(self) -> str:
        """The quote with typesetting levelled out."""
        return levelled(self.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words."""
        return frozenset(words(self.level))


@dataclass(frozen=True)
class SearchedPage:
    """A page on which quotes are looked for."""

    text: str

    @cached_property
    def level(self) -> str:
        """The page with typesetting levelled out."""
        return levelled(self.text)

    @cached_property
    def lower(self) -> str:
        """The levelled page without capitals, of the same length."""
        return self.level.translate(_LOWER)

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words."""
        return frozenset(words(self.level))


def levelled(text: str) -> str:
    """A text without what typesetting alone decides.

    Spaces become one or, beside Chinese characters and signs of per cent,
    none; hyphens inside words go, and with them words broken at line ends;
    ligatures and full-width forms become plain (Unicode NFKC); quotation
    marks and dashes of all kinds become one kind; thousands are not grouped;
    the lowered digit of CO2 stands in its word.
    """
    text = _RAISED.sub("^", _ZERO_WIDTH.sub("", text))
    text = unicodedata.normalize("NFKC", text).translate(_FORMS)
    text = _BESIDE_CHINESE.sub("", _BROKEN_WORD.sub("", text))
    text = _THOUSANDS.sub(lambda number: re.sub("[,']", "", number[0]), text)
    text = _NUMBER_LETTER.sub(r"\1 ", text)
    return _CO2.sub(r"2\1", _SPACES.sub(" ", text)).strip()


def find_exact(wanted: Wanted, page: SearchedPage) -> Match | None:
    """The quote as it stands on a page, but for typesetting."""
    start = page.level.find(wanted.level) if wanted.level else -1
    while start >= 0:
        end = start + len(wanted.level)
        if not _cuts(page.level, start, end) and _whole(page.level, start, end) == (start, end):
            how: How = "exact" if wanted.text in page.text else "normalised"
            return Match(how, wanted.level)
        start = page.level.find(wanted.level, start + 1)
    return None


def find_similar(wanted: Wanted, page: SearchedPage) -> Match | Near | None:
    """A place on a page that is like the quote, or like it but for a number."""
    from rapidfuzz import fuzz

    quote = wanted.level.translate(_LOWER)
    rest = page.lower
    near: Near | None = None
    for _ in range(_ROUNDS):
        if len(rest) < len(quote) * SIMILARITY / 100 or not quote:
            break
        place = fuzz.partial_ratio_alignment(quote, rest, score_cutoff=SIMILARITY - 5)
        if place is None:
            break
        start, end, similarity = _fitted(quote, page.lower, place.dest_start, place.dest_end)
        if similarity >= SIMILARITY:
            near = _difference(wanted.level, page.level, start, end)
            if near is None:
                return Match("fuzzy", page.level[start:end], similarity)
        blank = "\0" * (place.dest_end - place.dest_start)
        rest = rest[: place.dest_start] + blank + rest[place.dest_end :]
    return near


def likely_pages(wanted: Wanted, pages: Sequence[SearchedPage]) -> list[int]:
    """Positions of the pages that have most words of a quote in common, at least half of them."""
    common = [(len(wanted.words & page.words), -at) for at, page in enumerate(pages)]
    likely = sorted((one for one in common if 2 * one[0] >= len(wanted.words)), reverse=True)
    return [-at for _, at in likely[:CANDIDATES]]


def _cuts(text: str, start: int, end: int) -> bool:
    """Whether a place begins or ends inside a word."""
    return any(
        0 < at < len(text) and _in_word(text[at - 1]) and _in_word(text[at]) for at in (start, end)
    )


def _in_word(char: str) -> bool:
    return char.isalnum() and not "\u3400" <= char <= "\ufaff"


def _fitted(quote: str, page: str, start: int, end: int) -> tuple[int, int, float]:
    """The ends of a similar place, moved to where it cuts no word and is most like the quote."""
    from rapidfuzz import fuzz

    best = (start, end, 0.0)
    for first in _edges(page, start):
        for last in _edges(page, end):
            if first < last:
                similarity = fuzz.ratio(quote, page[first:last], score_cutoff=best[2])
                if similarity > best[2]:
                    best = (first, last, similarity)
    return best


def _edges(text: str, around: int) -> Iterator[int]:
    """Places near one place where no word is cut."""
    for at in range(max(0, around - _SLACK), min(len(text), around + _SLACK) + 1):
        if at in {0, len(text)} or not (_in_word(text[at - 1]) and _in_word(text[at])):
            yield at


def _whole(page: str, start: int, end: int) -> tuple[int, int]:
    """A place with the whole of every number in it, and with all units behind that."""
    before = max(0, start - _REACH)
    for piece in tellings(page[before : end + _REACH]):
        first, number_end, last = (before + at for at in (piece.start, piece.number_end, piece.end))
        if piece.counts and first < end and number_end > start:
            start, end = min(start, first), max(end, last)
    return start, end


def _difference(quote: str, page: str, start: int, end: int) -> Near | None:
    """What a place tells otherwise than a quote, or leaves out beside it; None if nothing."""
    start, end = _whole(page, start, end)
    place = page[start:end]
    different = differing(quote, place)
    first, last = _FIRST.match(place), _LAST.search(place)
    if different is None and first is not None and not _alike(_FIRST.match(quote), first):
        before = page[max(0, start - _REACH) : start + first.start(1)]
        different = differing("", _CLAUSE_END.split(before)[-1])
    if different is None and last is not None and not _alike(_LAST.search(quote), last):
        behind = page[start + last.end(1) : end + _REACH]
        different = differing("", _CLAUSE_END.split(behind)[0])
    return None if different is None else Near(*different)


def _alike(ours: re.Match[str] | None, theirs: re.Match[str]) -> bool:
    """Whether two words are one, but for a few letters."""
    from rapidfuzz import fuzz

    return ours is not None and fuzz.ratio(ours[1].lower(), theirs[1].lower()) >= _ALIKE
