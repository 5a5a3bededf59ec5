"""Which encoding a document is in: what its mark, its envelope or it itself says, where that fits.

What a document says is believed if its bytes bear it out. Where they do not, another encoding is
taken only if it is certain, and a text that is not certain is never passed off as one. Bytes that
are no character cost a character each, `LOST`, which whoever shows the text counts.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from cati.research.desk.web_codecs import LOST, charset_named, read

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
)
_META = re.compile(
    rb"<!--.*?(?:-->|\Z)"
    rb"|<meta\s[^<>]{0,400}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})"
    rb"|<\?xml\s[^<>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{1,40})",
    re.I | re.S,
)
_ONLY_ASCII = frozenset(("us-ascii", "ascii"))
"""To the web windows-1252; but who says so says that no byte is anything else."""

_HIGH = re.compile(rb"[\x80-\xff]")
_MARKUP = re.compile(rb"<[^<>]{0,10000}>")
_SAMPLE = 200_000
"""Bytes, from the first that is not ASCII, by which an encoding is guessed and judged."""

_PLAIN, _CERTAIN, _POOR = 0.95, 0.85, 0.6
"""Shares of a text's letters, common ones, from which it cannot be anything else and from which it
is certain, and below which it is bad."""

_MOST_LOST = 4
"""One character in so many that are not ASCII may be lost for an encoding still to be believed."""

_MOST_NAMED = 3
"""Encodings named for a document that are tried."""

_PAIRS = frozenset(("gbk", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr", "iso-2022-jp"))
_TRIED = ("gb18030", "big5", "shift_jis", "euc-jp", "euc-kr")
_LATIN = "windows-1252"
"""What the web takes a document for that says nothing and is in no other encoding."""

_LATIN_ONES = frozenset((_LATIN, *("windows-1250", "windows-1254", "windows-1257", "macintosh")))
_BEYOND = re.compile("[^\\x00-\\x7f\\W]")
_IN_WORDS = re.compile(
    "(?<=[A-Za-z])[^\\x00-\\x7f\\W]|[^\\x00-\\x7f\\W](?=[A-Za-z])|(?<!\\S)[^\\x00-\\x7f\\W](?!\\S)"
)
"""Letters beyond ASCII; those beside one of ASCII or alone, as in most languages of Europe."""

_FEW, _ENOUGH = 6, 24
"""Bytes beyond ASCII from which an encoding of single bytes, and one of pairs, can be told."""

_ON_THE_WEB = {"CP932": "shift_jis", "CP949": "euc-kr"}

_COMMON_ROWS = {"gb2312": (0xB0, 0xD7), "big5": (0xA4, 0xC6), "euc_jp": (0xB0, 0xCF)}
"""First bytes of the characters that these encodings put first since they are common."""

_BETWEEN_LETTERS = frozenset("–—‘’“”„•…€£¥°®©™±·«»§×²³½\u00a0\u00ad")


@dataclass(frozen=True)
class Decoded:
    """Bytes read as text.

    Attributes
    ----------
    text : str
    charset : str
        The encoding, by the name that the web gives it.
    said : bool
        Whether the document says so, or need not, as it is UTF-8; otherwise its bytes do.
    certain : bool
        Whether the text can be relied on.
    """

    text: str
    charset: str
    said: bool = True
    certain: bool = True


def decoded(content: bytes, outside: str | None = None) -> Decoded:
    """Bytes as text.

    Parameters
    ----------
    content : bytes
    outside : str, optional
        The encoding that the document's envelope names.
    """
    for mark, charset in _MARKS:
        if content.startswith(mark):
            return Decoded(read(content[len(mark) :], charset), charset)
    wide = wide_charset(content)
    if wide is not None:
        return Decoded(read(content, wide), wide)
    named = list(islice(dict.fromkeys(_named(content, outside)), _MOST_NAMED))
    if content.isascii() and "iso-2022-jp" not in named:
        return Decoded(content.decode("ascii"), "utf-8")
    charset, said = _chosen(content, named)
    said = said or (charset == "utf-8" and not named)
    text = read(content, charset)
    sample = read(_sample(content), charset)
    certain = charset == "utf-8" or _quality(sample, charset) >= (_POOR if said else _CERTAIN)
    return Decoded(text, charset, said, certain)


def wide_charset(content: bytes) -> str | None:
    """The kind of UTF-16 that bytes are: by their mark, or since they are text in that alone."""
    for mark, charset in _MARKS[1:]:
        if content.startswith(mark):
            return charset
    head = content[: _SAMPLE - _SAMPLE % 2]
    if b"\x00" not in head or len(content) % 2:
        return None
    worth = {charset: _worth(read(head, charset)) for charset in ("utf-16le", "utf-16be")}
    best = max(worth, key=lambda charset: worth[charset])
    return best if worth[best] >= _CERTAIN else None


def _worth(text: str) -> float:
    """The share of a text's characters that texts are made of."""
    good = sum("\t" <= char <= "~" or (char >= "\u2e80" and _is_common(char)) for char in text)
    return good / max(len(text), 1) * all(char >= " " or char in "\t\n\r\f" for char in text)


def _named(content: bytes, outside: str | None) -> Iterator[str]:
    """The encodings that are named, the envelope's first."""
    if outside is not None and outside.lower() not in _ONLY_ASCII:
        named = charset_named(outside)
        if named is not None:
            yield named
    for found in _META.finditer(content):
        label = (found[1] or found[2] or b"").decode("ascii")
        named = charset_named(label) if label.lower() not in _ONLY_ASCII else None
        if named is not None:  # what names UTF-16 in bytes of ASCII is not in it
            yield "utf-8" if named.startswith("utf-16") else named


def _chosen(content: bytes, named: list[str]) -> tuple[str, bool]:
    """The encoding of bytes that are not ASCII, and whether it is one of those named."""
    lost = {charset: _lost(content, charset) for charset in ("utf-8", *named)}
    if not lost["utf-8"] and ("utf-8" in named or _is_certainly_utf_8(content, named)):
        return "utf-8", "utf-8" in named
    fitting = [one for one in named if not lost[one]]
    fitting.sort(key=lambda one: one not in _PAIRS)  # all bytes fit an encoding of single ones
    sample = _sample(content)
    guess = _guess(sample)
    nearly = [one for one in (*named, "utf-8") if _is_nearly(content, one, lost[one])]
    for charset in (*fitting, *nearly, *named):
        if not _is_better(sample, guess, charset):
            return charset, charset in named
    return guess, guess in named


def _is_certainly_utf_8(content: bytes, named: list[str]) -> bool:
    """Whether bytes that fit UTF-8 are in it, though another encoding is named, or none."""
    if not any(charset in _PAIRS for charset in named):
        return True
    return re.search(rb"[\xe0-\xf4][\x80-\xbf]{2}", content) is not None


def _is_nearly(content: bytes, charset: str, lost: int) -> bool:
    """Whether an encoding fits but for a few bytes."""
    if not lost or (charset != "utf-8" and charset not in _PAIRS):
        return False
    text = read(content, charset)
    return lost * _MOST_LOST <= sum(char > "\x7f" for char in text) - lost


def _is_better(sample: bytes, guess: str, charset: str) -> bool:
    """Whether a guess is certain where an encoding gives no text."""
    return (
        guess in _PAIRS
        and guess != charset
        and _quality(read(sample, charset), charset) < _CERTAIN
        and _quality(read(sample, guess), guess) >= _PLAIN
    )


def _lost(content: bytes, charset: str) -> int:
    text = read(content, charset)
    return text.count(LOST) - content.count(LOST.encode()) * (charset == "utf-8")


def _sample(content: bytes) -> bytes:
    """A part of the content that is not all ASCII, without markup."""
    first = _HIGH.search(content)
    at = max(0, first.start() - 200) if first else 0
    return _MARKUP.sub(b" ", content[at : at + _SAMPLE])


def _guess(sample: bytes) -> str:
    """The encoding that bytes look most like."""
    charset, _ = _detected(sample)
    high = len(_HIGH.findall(sample))
    if high >= _ENOUGH and (charset not in _PAIRS or not _is_certain(sample, charset)):
        surest = max(_without_bad_bytes(sample), default=(0.0, ""))[1]
        if surest:
            return surest
    if charset in _PAIRS:
        return charset
    enough = high >= _FEW
    return charset if enough and charset and _is_certain(sample, charset) else _LATIN


def _without_bad_bytes(sample: bytes) -> Iterator[tuple[float, str]]:
    """Encodings of pairs that bytes are detected as once those are out that do not fit.

    Gives how sure each is: a few bad bytes put detectors off.
    """
    for charset in _TRIED:
        text = read(sample, charset)
        if _is_certain(sample, charset):
            good = text.replace(LOST, "").encode(charset, "ignore")
            found, sureness = _detected(good)
            if good != sample and found == charset:
                yield sureness, charset


def _detected(sample: bytes) -> tuple[str, float]:
    """What bytes are detected as, nothing if the web knows no such encoding; and how surely."""
    import chardet

    found = chardet.detect(sample)
    label = str(found["encoding"])
    return charset_named(_ON_THE_WEB.get(label, label)) or "", float(found["confidence"] or 0)


def _is_certain(sample: bytes, charset: str) -> bool:
    return _quality(read(sample, charset), charset) >= _CERTAIN


def _quality(text: str, charset: str) -> float:
    """How much of what an encoding makes of bytes looks like text, from 0 to 1."""
    if charset not in _LATIN_ONES:
        return _commonness(text)
    letters, inside = len(_BEYOND.findall(text)), len(_IN_WORDS.findall(text))
    return inside / letters if letters else 1.0


def _commonness(text: str) -> float:
    """The share of a text's characters beyond ASCII that are common ones, punctuation aside."""
    counted = common = 0
    for char in text:
        if char > "\x7f" and char not in _BETWEEN_LETTERS and not "\u3000" <= char <= "\u303f":
            counted += 1
            common += _is_common(char)
    return common / counted if counted else 1.0


@lru_cache(maxsize=100_000)
def _is_common(char: str) -> bool:
    """Whether a character is one that texts in its script are mostly made of."""
    if "\u3400" <= char <= "\u9fff":
        return any(
            first <= _lead(char, codec) <= last for codec, (first, last) in _COMMON_ROWS.items()
        )
    if "\u3041" <= char <= "\u30ff" or "\uff01" <= char <= "\uff5e" or "\u2000" <= char <= "\u2bff":
        return True
    if "\uac00" <= char <= "\ud7a3":
        return _lead(char, "euc_kr") > 0
    return char < "\u2000" and unicodedata.category(char) in {"Ll", "Lu", "Lo", "Mn"}


def _lead(char: str, codec: str) -> int:
    encoded = char.encode(codec, "ignore")
    return encoded[0] if len(encoded) == 2 else 0
