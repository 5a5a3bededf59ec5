"""Finding a quote on a page, however the page was typeset, and never with another number.

What typesetting changes is levelled out on both sides: spaces, words broken at
line ends, ligatures, full-width forms, kinds of quotation marks and dashes.
Beyond that a few letters may differ, but not numbers, what stands behind them,
number words and negations: those must be the same, in the same order.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from cati.research.desk.words import CJK, words

How = Literal["exact", "normalised", "fuzzy"]

SIMILARITY = 90
"""Per cent of their letters in which a quote and a page must agree to be called alike."""

CANDIDATES = 5
"""Pages, those with most words in common, on which a quote that is not exact is looked for."""

_ROUNDS = 4
_SLACK = 14
"""Characters by which either end of a similar place may be off."""

_ZERO_WIDTH = re.compile(r"[\xad\u200b-\u200d\u2060\ufeff]")
_RAISED = re.compile(r"(?<=[0-9])(?=[\u2070\u00b9\u00b2\u00b3\u2074-\u2079])")
_FORMS = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»「」『』〝〞", '"'),
        **dict.fromkeys("‘’‚‛′`", "'"),
        **dict.fromkeys("‐‑‒–—―−﹣", "-"),
    }
)
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])-\s*(?=[^\W\d_])")
_BESIDE_CHINESE = re.compile(rf"\s+(?=[{CJK}。、])|(?<=[{CJK}。、])\s+|\s+(?=[%‰°])")
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_NUMBER_LETTER = re.compile(r"(?<![A-Za-z0-9.,])([0-9]+(?:[.,][0-9]+)*)(?=[A-Za-z])")
_CO2 = re.compile(r"(?<=CO) ?2(?: ?(eq|e)(?![A-Za-z]))?")
_SPACES = re.compile(r"\s+")

_NUMBER = re.compile(r"(?<![A-Za-z0-9.,])(?P<number>[$€¥£]?\s?[+-]?[0-9]+(?:[.,:/^][0-9]+)*)")
_NEXT = re.compile(rf"[\s/-]?([%‰]|°C|[A-Za-z][A-Za-z0-9/·²³]*|[{CJK}]{{1,4}})")
_CHAINED = frozenset(
    (
        *("%", "‰", "°C", "hundred", "thousand", "million", "billion", "trillion", "per", "of"),
        *("percent", "percentage", "cent", "points", "point", "pp", "basis", "metric", "short"),
        *("t", "kt", "Mt", "Gt", "kg", "g", "mg", "tonne", "tonnes", "ton", "tons", "kilo"),
        *("kWh", "MWh", "GWh", "TWh", "Wh", "kW", "MW", "GW", "W", "J", "MJ", "GJ", "TJ", "PJ"),
        *("km", "m", "cm", "mm", "mile", "miles", "l", "L", "litre", "litres", "m2", "m3"),
        *("CO", "CO2", "CO2e", "tCO", "tCO2", "tCO2e", "ktCO2e", "MtCO2e", "tce", "times", "x"),
        *("year", "years", "month", "months", "day", "days", "vehicle", "vehicles", "units"),
        *("kgCO2e", "gCO2e", "gCO2", "kgCO2", "USD", "EUR", "RMB", "CNY", "yuan", "dollars"),
    )
)
_WEIGHTY = re.compile(
    r"\b(?:not|no|never|none|nor|without|cannot|zero|one|two|three|four|five|six|seven|eight|nine"
    r"|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
    r"|thousand|million|billion|half|third|quarter|double|twice|triple|rmb|cny|usd|eur"
    r"|non(?=\w))\b|n't\b|[〇零一二三四五六七八九十百千万亿两半倍不未无没]",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nor|without|cannot)\b|n't\b|[不未无没]", re.IGNORECASE
)
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
    """A place that is like a quote but says another number, unit or number word.

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
    text = _NUMBER_LETTER.sub(r"\1 ", _THOUSANDS.sub("", text))
    return _CO2.sub(r"2\1", _SPACES.sub(" ", text)).strip()


def find_exact(wanted: Wanted, page: SearchedPage) -> Match | None:
    """The quote as it stands on a page, but for typesetting."""
    start = page.level.find(wanted.level) if wanted.level else -1
    while start >= 0:
        end = start + len(wanted.level)
        if (
            not _cuts(page.level, start, end)
            and _difference(wanted.level, page.level, start, end) is None
        ):
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
            near = near or _denied(wanted.level, page.level, start)
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
    """The ends of a similar place, moved to where it is most like the quote."""
    from rapidfuzz import fuzz

    best = (start, end, fuzz.ratio(quote, page[start:end]))
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


def _difference(quote: str, page: str, start: int, end: int) -> Near | None:
    """In what numbers, units and weighty words a place differs from a quote; None if in none."""
    place = page[start:end]
    ours, theirs = list(_quantities(quote, 0, len(quote))), list(_quantities(page, start, end))
    different = [
        (_shown(our), _shown(their))
        for our, their in zip(ours, theirs, strict=False)
        if not _agree(our, their, quote)
    ]
    more = len(different) == 0 and len(ours) != len(theirs)
    if different or more:
        pairs = different or [(_join(ours), _join(theirs))]
        return Near(tuple(one for one, _ in pairs), tuple(other for _, other in pairs))
    said, stands = ([word.lower() for word in _WEIGHTY.findall(text)] for text in (quote, place))
    return None if said == stands else Near((" ".join(said),), (" ".join(stands),))


def _denied(quote: str, page: str, start: int) -> Near | None:
    """What a similar place leaves out if a ``not`` stands right before it."""
    before = re.split(r"[.!?;,。！？]", page[max(0, start - _SLACK) : start])[-1]
    said = _NEGATION.findall(before)
    if not said or _NEGATION.match(quote):
        return None
    return Near(("",), (" ".join(said).lower(),))


@dataclass(frozen=True)
class _Quantity:
    number: str
    behind: tuple[str, ...]
    end: int
    """Where what is behind it ends in the text."""


def _quantities(text: str, start: int, end: int) -> Iterator[_Quantity]:
    """The numbers that begin or lie in a part of a text, with what stands behind each.

    That is the next word, whatever it is, and where that is a unit all further
    ones, to the word behind a ``per`` or a stroke.
    """
    for found in _NUMBER.finditer(text, max(0, start - 20), min(len(text), end + 20)):
        if found.end("number") <= start or found.start("number") >= end:
            continue
        behind: list[str] = []
        at = found.end()
        while (following := _NEXT.match(text, at)) is not None:
            known = any(part in _CHAINED for part in following[1].split("/"))
            stroke = "/" if following[0].startswith("/") else ""
            if behind and not known and not stroke and behind[-1] != "per":
                break
            behind.append(stroke + following[1])
            at = following.end()
            if not known and not text.startswith("/", at):
                break
        yield _Quantity(found["number"].replace(" ", ""), tuple(behind), at)


def _agree(our: _Quantity, their: _Quantity, quote: str) -> bool:
    if our.number != their.number:
        return False
    said, printed = " ".join(our.behind), " ".join(their.behind)
    if said == printed or our.end < len(quote):
        return said == printed
    rest = printed.removeprefix(said)  # the quote ends here, the page goes on
    cut = bool(said) and _in_word(rest[:1] or " ") and _in_word(said[-1])
    return printed.startswith(said) and not cut and not _begins_with_unit(rest.strip())


def _begins_with_unit(text: str) -> bool:
    word = text.split()[0] if text else ""
    return word in _CHAINED - {"of"} or _CHINESE_UNIT.match(word) is not None


_CHINESE_UNIT = re.compile(
    "[/每万亿千百十吨克年月倍成度元辆台家座米]|个百分点|百分点|公里|公斤|兆瓦|吉瓦|美元|欧元"
)


def _shown(quantity: _Quantity) -> str:
    return " ".join((quantity.number, *quantity.behind))


def _join(quantities: Sequence[_Quantity]) -> str:
    return ", ".join(map(_shown, quantities)) or "-"
