"""Telling text from what a wrong character map makes of it.

A PDF whose map of characters is wrong gives letters that are none of the page's:
``6FRSH`` for Scope. Words of a Western language are made of few pairs of letters, and
Chinese and Japanese pages of those characters that national standards put first; what
is shifted or shuffled is made of any.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

PAIRS = frozenset(
    (
        *("th", "he", "in", "er", "an", "re", "on", "at", "en", "nd", "ti", "es", "or", "te"),
        *("of", "ed", "is", "it", "al", "ar", "st", "to", "nt", "ng", "se", "ha", "as", "ou"),
        *("io", "le", "ve", "co", "me", "de", "hi", "ri", "ro", "ic", "ne", "ea", "ra", "ce"),
        *("li", "ch", "el", "la", "ur", "ma", "ta", "si", "ll", "di", "ei", "ge", "be", "un"),
        *("ie", "us", "tr", "ec", "pr", "su", "em", "ss", "ni", "mi", "sc", "wa", "ns", "ac"),
        *("ct", "il", "po", "ap", "pe", "ca", "et", "no", "lo", "pl", "om", "iv", "ai", "ut"),
        *("ir", "am", "ly", "rt", "so", "na", "ia", "ol", "mo", "os", "ad", "ee", "ot", "oo"),
        *("ow", "ck"),
    )
)
"""Pairs of letters that words of Western languages are often made of."""

COMMON_PAIRS, ENOUGH_PAIRS = 0.3, 40
"""Share of common pairs below which so many pairs or more are no words."""

COMMON_CHINESE, ENOUGH_CHINESE = 0.75, 20
"""The same for Chinese characters that are first in one of the standards."""

_UNREADABLE = re.compile(r"[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")
_WORD = re.compile(r"[A-Za-z]{4,}")
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_FIRST_ROWS = {"gb2312": (0xB0, 0xD7), "big5": (0xA4, 0xC6), "euc_jp": (0xB0, 0xCF)}
"""The first byte of the characters that come first in each standard."""


def illegible_share(text: str) -> float:
    """The share of a text's characters, but for spaces, that nobody can read; 0 of an empty one."""
    whole = "".join(text.split())
    if not whole:
        return 0.0
    lost = len(_UNREADABLE.findall(whole))
    words = _WORD.findall(text)
    pairs = ["".join(pair) for word in words for pair in pairwise(word.lower())]
    if len(pairs) >= ENOUGH_PAIRS and sum(pair in PAIRS for pair in pairs) < COMMON_PAIRS * len(
        pairs
    ):
        lost += sum(map(len, words))
    chinese = _CHINESE.findall(whole)
    common = sum(map(_is_common, chinese))
    if len(chinese) >= ENOUGH_CHINESE and common < COMMON_CHINESE * len(chinese):
        lost += len(chinese)
    return lost / len(whole)


@lru_cache(maxsize=30_000)
def _is_common(char: str) -> bool:
    """Whether a Chinese character is among the first ones of a national standard."""
    for codec, (first, last) in _FIRST_ROWS.items():
        code = char.encode(codec, "ignore")
        if len(code) == 2 and first <= code[0] <= last:
            return True
    return False
