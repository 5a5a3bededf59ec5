"""Finding a quote on a page, however the page was typeset, and never with another number.

What typesetting changes is levelled out on both sides, by `cati.research.desk.levelling`.
Traditional and simplified forms of a character are the same character.
Beyond that a few letters of plain words may differ. What `cati.research.desk.telling`
finds in the two must be the same, in the same order: numbers, units, directions, not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from cati.research.desk.levelling import Level, levelled
from cati.research.desk.telling import differing, tellings
from cati.research.desk.web_codecs import LOST
from cati.research.desk.words import CJK, words
from cati.store.characters import same_characters, simplified

How = Literal["exact", "normalised", "fuzzy"]

SIMILARITY = 90
"""Per cent of their letters in which a quote and a page must agree to be called alike."""

CANDIDATES = 5
"""Pages, those with most words in common, on which a quote that is not exact is looked for."""

_ROUNDS = 4
_WORK = 200_000_000
"""Characters of a quote times those of a page up to which a similar place is looked for."""

_PLACES = 10_000
"""Places on one page at which a quote, then a very short one, is looked at."""

_SLACK = 14
"""Characters by which either end of a similar place may be off."""

_ALIKE = 70
"""Per cent of their letters in which two words agree that are meant to be one."""

_NOTES = 3
"""Marks of notes between the numbers of one place that may each be taken for a digit of them."""

_REACH = 60
"""Characters beside a place in which a quantity may go on, or a word be left out."""

_FIRST = re.compile(rf"\W*([{CJK}]{{1,2}}|[^\W{CJK}]+)")
_LAST = re.compile(rf"([{CJK}]{{1,2}}|[^\W{CJK}]+)\W*\Z")
_MISGROUPED = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}(?:,[0-9]{3})*,[0-9]{4,5}(?![0-9,])")
"""A number whose groups of thousands do not come out, as with a note's digit behind it."""

_UNREAD = re.compile(rf"[0-9][0-9.,]*{LOST}[{LOST}0-9.,]*|{LOST}+[0-9][0-9.,]*")
"""A number of which a character could not be read."""

_NUMBER_END = re.compile(r"(?<=[0-9])(?![0-9])")
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
    digit_more : bool
        Whether the page has no more than a digit or two that the quote has not, which
        may be the mark of a note that nothing tells from its number.
    """

    quoted: tuple[str, ...]
    printed: tuple[str, ...]
    digit_more: bool = False


@dataclass(frozen=True)
class Wanted:
    """A quote, ready to be looked for."""

    text: str

    @cached_property
    def levelled(self) -> Level:
        """The quote with typesetting levelled out, and its notes."""
        return levelled(self.text)

    @property
    def level(self) -> str:
        """The quote with typesetting levelled out."""
        return self.levelled.text

    @cached_property
    def simple(self) -> str:
        """The levelled quote in simplified characters, of the same length."""
        return simplified(self.level)

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words."""
        return frozenset(words(self.level))


@dataclass(frozen=True)
class SearchedPage:
    """A page on which quotes are looked for."""

    text: str

    @cached_property
    def levelled(self) -> Level:
        """The page with typesetting levelled out, and its notes."""
        return levelled(self.text)

    @property
    def level(self) -> str:
        """The page with typesetting levelled out."""
        return self.levelled.text

    @cached_property
    def simple(self) -> str:
        """The levelled page in simplified characters, of the same length."""
        return simplified(self.level)

    @cached_property
    def lower(self) -> str:
        """The same without capitals, of the same length."""
        return self.simple.translate(_LOWER)

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words."""
        return frozenset(words(self.level))


def find_exact(wanted: Wanted, page: SearchedPage) -> Match | None:
    """The quote as it stands on a page, but for typesetting."""
    if not wanted.level or _other_note(wanted, page) is not None:
        return None
    if _MISGROUPED.search(wanted.level):
        return None
    start = -1
    for _ in range(_PLACES):
        start = page.simple.find(wanted.simple, start + 1)
        if start < 0:
            break
        end = start + len(wanted.simple)
        place = page.level[start:end]
        if (
            not _cuts(page.simple, start, end)
            and same_characters(wanted.level, place)
            and _whole(page.simple, start, end) == (start, end)
        ):
            how: How = "exact" if wanted.text in page.text else "normalised"
            return Match(how, place)
    return None


def find_similar(wanted: Wanted, page: SearchedPage) -> Match | Near | None:
    """A place on a page that is like the quote, or like it but for a number."""
    from rapidfuzz import fuzz

    quote = wanted.simple.translate(_LOWER)
    rest = page.lower
    if len(quote) * len(rest) > _WORK:
        return None
    near: Near | None = None
    for _ in range(_ROUNDS):
        if len(rest) < len(quote) * SIMILARITY / 100 or not quote:
            break
        place = fuzz.partial_ratio_alignment(quote, rest, score_cutoff=SIMILARITY - 5)
        if place is None:
            break
        start, end, similarity = _fitted(quote, page.lower, place.dest_start, place.dest_end)
        if similarity >= SIMILARITY:
            near = _difference(wanted, page, start, end)
            there = page.level[start:end]
            if near is None and (similarity < 100 or _is_same(wanted.level, there)):
                return Match("fuzzy", there, similarity)
        blank = "\0" * (place.dest_end - place.dest_start)
        rest = rest[: place.dest_start] + blank + rest[place.dest_end :]
    return near


def _is_same(quote: str, place: str) -> bool:
    """Whether two texts differ at most in capitals and script; 乾 and 幹 are not one character."""
    return same_characters(quote.translate(_LOWER), place.translate(_LOWER))


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
    return (char.isalnum() and not "\u3400" <= char <= "\ufaff") or char == LOST


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


def _difference(wanted: Wanted, page: SearchedPage, start: int, end: int) -> Near | None:
    """What a place tells otherwise than a quote, or leaves out beside it; None if nothing."""
    quote, text = wanted.simple, page.simple
    start, end = _whole(text, start, end)
    place = text[start:end]
    different = differing(quote, place)
    first, last = _FIRST.match(place), _LAST.search(place)
    if different is None and first is not None and not _alike(_FIRST.match(quote), first):
        before = text[max(0, start - _REACH) : start + first.start(1)]
        different = differing("", _CLAUSE_END.split(before)[-1])
    if different is None and last is not None and not _alike(_LAST.search(quote), last):
        behind = text[start + last.end(1) : end + _REACH]
        different = differing("", _CLAUSE_END.split(behind)[0])
    if different is not None:
        return Near(*different, _has_digit_more(*different))
    if (unread := _UNREAD.search(place)) is not None and unread[0] not in quote:
        return Near(("",), (unread[0],))
    if (misgrouped := _MISGROUPED.search(place)) is not None:
        return Near((misgrouped[0],), (misgrouped[0],), digit_more=True)
    return _other_note(wanted, page)


def _other_note(wanted: Wanted, page: SearchedPage) -> Near | None:
    """The first note of a quote that its page does not have there; None if it has all of them."""
    for note in wanted.levelled.notes:
        if not any(note.is_at(other) for other in page.levelled.notes):
            there = [one.mark for one in page.levelled.notes if one.behind.endswith(note.behind)]
            return Near((f"[{note.mark}]",), tuple(f"[{mark}]" for mark in there))
    return None


def _has_digit_more(quoted: Sequence[str], printed: Sequence[str]) -> bool:
    """Whether a page has what a quote has but for a digit or two behind a number or a word."""
    return all(map(_is_digit_more, quoted, printed))


def _is_digit_more(quoted: str, printed: str) -> bool:
    quoted, shorter = _ungrouped(quoted), {printed}
    for _ in range(_NOTES):
        shorter = {less for one in shorter for less in _with_digit_less(one)}
        if quoted in map(_ungrouped, shorter):
            return True
    return not quoted and re.fullmatch(r"[^\W\d_]{2,}[1-9][0-9]?(?: .*)?", printed) is not None


def _ungrouped(text: str) -> str:
    return text.replace(" ", "").replace(",", "")


def _with_digit_less(printed: str) -> Iterator[str]:
    """A text without the last digit, or the last two, of each of its numbers."""
    for number in _NUMBER_END.finditer(printed):
        for digits in (1, 2):
            at = number.start() - digits
            if at > 0 and re.fullmatch("[1-9][0-9]?", printed[at : number.start()]):
                yield printed[:at].rstrip(" (") + printed[number.start() :].removeprefix(")")


def _alike(ours: re.Match[str] | None, theirs: re.Match[str]) -> bool:
    """Whether two words are one, but for a few letters."""
    from rapidfuzz import fuzz

    return ours is not None and fuzz.ratio(ours[1].lower(), theirs[1].lower()) >= _ALIKE
