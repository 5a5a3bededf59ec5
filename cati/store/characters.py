"""Characters that are one character in another form: full-width, radical, traditional.

Documents and people write the same word as 绿电 and 綠電, and programs that set or read PDFs put
the radical ⾊ in the place of 色. Everything here keeps the number of characters, so that places
in a text stay what they are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

_FIRST_RADICAL = 0x2E81
_RADICALS = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵〓旡日月歺母民氵氺灬爫爫丬牛犭"
    "王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅"
    "長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
"""From U+2E81 on, each radical's EquivalentUnifiedIdeograph in the Unicode Character Database."""

_IDEOGRAPHS = ((0x3400, 0x4DC0), (0x4E00, 0xA000))
_FORMS = ((0x2F00, 0x2FD6), (0xF900, 0xFB00), (0xFF01, 0xFF5F), (0x2F800, 0x2FA1E))
"""Kangxi radicals, compatibility ideographs and full-width letters."""


def unified(text: str) -> str:
    """A text with ideographs in the place of radicals."""
    return text if text.isascii() else text.translate(_unifying())


def plain(text: str) -> str:
    """A text in simplified characters, without radicals, full-width and compatibility forms."""
    return text if text.isascii() else text.translate(_plain())


def simplified(text: str) -> str:
    """A text with simplified characters in the place of traditional ones."""
    return text if text.isascii() else text.translate(_simpler())


def same_characters(one: str, other: str) -> bool:
    """Whether two texts differ at most in the script of their characters.

    發 and 髮 are both 发 in simplified Chinese, but not one another.
    """
    return len(one) == len(other) and all(
        a == b or _is_same(a, b) for a, b in zip(one, other, strict=True)
    )


def _is_same(one: str, other: str) -> bool:
    simple, variant = _simpler(), _variants()
    if one in {other, chr(simple.get(ord(other), 0))} or other == chr(simple.get(ord(one), 0)):
        return True
    return variant.get(ord(one), ord(one)) == variant.get(ord(other), ord(other))


def forms_version() -> str:
    """Changes whenever `plain` may read a text otherwise than before."""
    return "".join(map(chr, (*_plain(), *_plain().values())))


@cache
def _unifying() -> dict[int, int]:
    listed = {_FIRST_RADICAL + at: ord(char) for at, char in enumerate(_RADICALS) if char != "〓"}
    return listed | _compatible(_FORMS[:1])


@cache
def _plain() -> dict[int, int]:
    forms = _unifying() | _compatible(_FORMS)
    simple = _simpler()
    return simple | {char: simple.get(form, form) for char, form in forms.items()}


def _compatible(blocks: Iterable[tuple[int, int]]) -> dict[int, int]:
    chars = (char for first, end in blocks for char in range(first, end))
    forms = {char: unicodedata.normalize("NFKC", chr(char)) for char in chars}
    return {c: ord(form) for c, form in forms.items() if len(form) == 1 and form != chr(c)}


@cache
def _simpler() -> dict[int, int]:
    return _converted("t2s")


@cache
def _variants() -> dict[int, int]:
    """The usual one of traditional characters that are one in Taiwan and another in Hong Kong."""
    return _converted("tw2t") | _converted("hk2t")


def _converted(conversion: str) -> dict[int, int]:
    """What OpenCC makes of each character that stands alone."""
    from opencc import OpenCC

    chars = [chr(char) for first, end in _IDEOGRAPHS for char in range(first, end)]
    turned = OpenCC(conversion).convert("\n".join(chars)).split("\n")
    pairs = zip(chars, turned, strict=True)
    return {ord(one): ord(other) for one, other in pairs if one != other and _may_be(one, other)}


def _may_be(one: str, other: str) -> bool:
    """Whether a character may stand for another; for a numeral only the same one may."""
    return len(other) == 1 and unicodedata.numeric(one, 0) == unicodedata.numeric(other, 0)
