"""Numbers that somebody typed in a sentence, in digits or in words, in either language.

What counts is what a reader takes for a figure. Years, and the numbers that are names (of scopes,
tables and sections), are none; nor are ranks in words ("third", 第三), nor words that only sound
like numbers ("no one", "third-party", 十分, 一汽). docs/files/claims.md has the rule for authors.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_TEENS = ("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen")
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TENS = ("ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

_WORDS = {
    **{word: number for number, word in enumerate(_ONES, 1)},
    **{word: 10 * number for number, word in enumerate(_TENS, 1)},
    **{word: number for number, word in enumerate((*_TEENS, "eighteen", "nineteen"), 11)},
    **{
        f"{ten}-{one}": 10 * tens + ones
        for tens, ten in enumerate(_TENS[1:], 2)
        for ones, one in enumerate(_ONES, 1)
    },
    "dozen": 12,
    "hundred": 100,
    "half": 50,
    **dict.fromkeys(("a third", "one third", "one-third"), 33),
    **dict.fromkeys(("two thirds", "two-thirds"), 67),
    **dict.fromkeys(("a quarter", "one quarter", "one-quarter"), 25),
    **dict.fromkeys(("three quarters", "three-quarters"), 75),
}
"""English words with their numbers; parts of a whole in per cent."""

_ENGLISH = re.compile(
    rf"(?<![\w-])(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?![\w-])", re.IGNORECASE
)

_DIGITS = {digit: number for number, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1_000}
_CHARACTERS = "".join((*_DIGITS, *_UNITS))
_NUMERAL = f"[{_CHARACTERS}]+"

_THINGS = "个项款种类名座"
"""Chinese words behind a number of things; 一 before them is often no more than an article."""

_CHINESE = re.compile(
    rf"百分之(?P<cent>{_NUMERAL})"
    rf"|(?P<whole>[{_CHARACTERS.replace('零', '')}]+)分之(?P<part>{_NUMERAL})"
    rf"|(?P<tenths>{_NUMERAL})成"
    rf"|(?P<count>{_NUMERAL}) ?(?:[家倍{_THINGS}]|分(?!之)|%)"
    r"|(?P<half>半数|一半|过半)"
)

_NUMBER = re.compile(r"(?<![A-Za-z0-9.])[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?(?![A-Za-z0-9])")

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")

_DATING = re.compile(r"\b(?:in|by|since|until|before|after|during) $", re.IGNORECASE)
"""What stands before a year, whatever comes behind it: in 2024 companies disclosed more."""

_COUNTED = re.compile(
    r" ?(?:[家个%]"
    r"|(?:[A-Za-z]+ )?(?:companies|automakers|carmakers|makers|manufacturers|ventures|suppliers)\b"
    r"|per cent\b|percent\b|points?\b)"
)
"""What stands behind a number that is no year. Not 款: 2025 款 is a model year."""

_NAMES = re.compile(
    r"(?:Scopes? ?|范围 ?)[1-3](?: and [1-3]|和[1-3])?"
    r"|(?:Table|Figure|section|chapter|表|图|第) ?[0-9][0-9.()-]*"
    r"|\b(?i:(?:scopes?|table|figure|section|chapter) (?:one|two|three)(?: and (?:two|three))?)\b"
    r"|\b(?i:(?:no|not|the|each|every|any|some|this|that|which|another|last|next) one)\b"
    r"|\b(?i:one (?:of|another|or|that|who|which))\b"
    r"|\b(?i:(?:first|second|other|latter|upper|lower) half|half[ -]years?)\b"
    r"|\b(?i:a third (?:party|parties))\b"
    rf"|第{_NUMERAL}|(?:唯一|每|任|任何|同|某|这|那|哪|另|没有|无)一家|唯一"
    rf"|(?<![{_CHARACTERS}])(?:一[{_THINGS}]|十分(?!之))"
)
"""Numbers and words for numbers that are names, places, or say no number."""


def typed_numbers(text: str) -> dict[str, str]:
    """The numbers in a sentence: each as it stands there, with its digits.

    Examples
    --------
    >>> typed_numbers("In 2024 twelve of 51 companies disclosed Scope 3.")
    {'51': '51', 'twelve (12)': '12'}
    """
    plain = _NAMES.sub(" ", unicodedata.normalize("NFKC", text))
    found = {number: number for number in _in_digits(plain)}
    return found | {f"{word} ({number})": str(number) for word, number in _in_words(plain)}


def counts_something(text: str) -> bool:
    """Whether a number in a text counts something: ``11 companies``, ``六家企业``, ``55 %``."""
    plain = unicodedata.normalize("NFKC", text)
    numbers = (*_NUMBER.finditer(plain), *_ENGLISH.finditer(plain))
    return any(_COUNTED.match(plain, m.end()) for m in numbers) or bool(_CHINESE.search(plain))


def _in_digits(text: str) -> Iterator[str]:
    for match in _NUMBER.finditer(text):
        dated = _DATING.search(text[: match.start()]) or not _COUNTED.match(text, match.end())
        if not (_YEAR.fullmatch(match[0]) and dated):
            yield match[0].replace(",", "")


def _in_words(text: str) -> Iterator[tuple[str, int]]:
    for match in _ENGLISH.finditer(text):
        yield match[0], _WORDS[match[0].lower()]
    for match in _CHINESE.finditer(text):
        yield match[0], _chinese(match)


def _chinese(match: re.Match[str]) -> int:
    """What a Chinese number is; parts of a whole in per cent."""
    if match["half"]:
        return 50
    if match["tenths"]:
        return 10 * _numeral(match["tenths"])
    if match["part"]:
        return round(100 * _numeral(match["part"]) / _numeral(match["whole"]))
    return _numeral(match["cent"] or match["count"])


def _numeral(text: str) -> int:
    """A number in Chinese characters."""
    number = last = 0
    for char in text:
        if char in _UNITS:
            number, last = number + (last or 1) * _UNITS[char], 0
        else:
            last = _DIGITS[char]
    return number + last
