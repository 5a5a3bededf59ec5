"""Encodings as the web means them, read by Python's codecs and mended where the two differ.

Names and labels are those of the WHATWG Encoding Standard: ``gb2312`` is GBK with its later
additions and a euro sign, ``big5`` has Hong Kong's characters, ``shift_jis`` and ``euc-kr`` are
Windows' and ``iso-8859-1`` is windows-1252. No other codec of Python can be named by a document.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Mapping
from functools import partial

import webencodings  # type: ignore[import-untyped]

LOST = "\ufffd"
"""Stands for bytes that are no character."""

_PRIVATE_IN_GB = {
    0xE5E5: "\u3000",
    0xE78D: "︐︒︑︓︔︕︖︗︘︙",
    0xE7C7: "ḿ",
    0xE81E: "龴",
    0xE826: "龵",
    0xE82B: "龶龷",
    0xE832: "龸",
    0xE843: "龹",
    0xE854: "龺",
    0xE864: "龻",
}
_IN_GB = {
    first + n: char for first, chars in _PRIVATE_IN_GB.items() for n, char in enumerate(chars)
}
_MEANT: dict[str, Mapping[int, str | int]] = {
    "gbk": _IN_GB,
    "gb18030": _IN_GB,
    "big5": str.maketrans("•､‾∼♁☉¥¢£", "‧﹑¯～⊕⊙￥￠￡"),
    "euc-jp": str.maketrans("〜‖−¢£¬", "～∥－￠￡￢"),
    "koi8-u": str.maketrans("╝╬", "ўЎ"),
    "shift_jis": dict.fromkeys(range(0xF8F0, 0xF8F4), LOST),
}
"""What the web reads where Python's codecs read another character."""

_SCATTERED = """
8e69箸 8e6f簆 8e7e糎 8eab緒 8eb4縝 8ecd者 8ed0耨 8f57菁 8f69蒨 8f6e萏 8fcb覦覩 8ffe起
906d都 907a銹 90dc靜 90f1響 91bf鼖 9244蔃 92af兙兛兝兞 92c8鍮 92d1瑹 9447浧 94ca禛 95d9邗
9644靝 96ed瀞 96fc嬨 9b76爁 9b78矗 9b7b纇 9bc6駖 9bde釔 9bec惞 9bf6澶 9c42輶 9c53侻 9c62營
9c68鄄 9c6b鷰 9c77菏 9cbc尐秣 9cd0婧 9d57輋 9d5a筑 9dc4拐 9ea9恢 9eef痹 9efd汊 9f60鬮
9f66鼗 9fcb僭 9fd8弌 a063蠏 a077拎 a0d5瑨 a0df煢 a0e4牐 c6cf廴 c6d3无 c6d5癶 c6d7隶
c6de〃仝 fa5f倩 fa66偽 fabd包 fac5卄 fad5卿 fb48嘅 fbb8婷 fbf3幵 fbf9廐 fc4f彘 fc6c悤
fcb9撐 fce2晴 fcf1杞 fdb7沜渝 fdbb港 fdf1煮 fe52猪 fe6f瑜 feaa瓩 fedd砉
"""
_IN_BIG5 = {
    0x877A: (
        "㡵𡵓𣚞𦀡㻬𥣞㫵竼龗𤅡𨤍𣇪𠪊𣉞䌊蒄龖鐯䤰蘓墖靊鈘秐稲晠権袝瑌篅枂稬剏遆㓦珄𥶹瓆鿇垳"
        "䤯呌䄱𣚎堘穲𧭥讏䚮𦺈䆁𥶙箮𢒼鿈𢓁𢓉𢓌鿉蔄𣖻䂴鿊䓡𪷿拁灮鿋"
    ),
    0xA3C0: "␀␁␂␃␄␅␆␇␈␉␊␋␌␍␎␏␐␑␒␓␔␕␖␗␘␙␚␛␜␝␞␟␡€",
    **{int(pair[:4], 16): pair[4:] for pair in _SCATTERED.split()},
}
"""By the first of their pairs of bytes, characters of the web's big5 that Python's lacks."""


def charset_named(label: str) -> str | None:
    """The encoding that the web knows by a label; None for any other word."""
    found = webencodings.lookup(label)
    return None if found is None or found.name == "replacement" else str(found.name)


def read(content: bytes, charset: str) -> str:
    """Bytes as text; those that are no character of the encoding are `LOST`, and cost no other.

    Parameters
    ----------
    content : bytes
    charset : str
        As `charset_named` gives it.
    """
    codec = webencodings.lookup("gb18030" if charset == "gbk" else charset).codec_info
    text: str = codec.decode(content, f"cati.{charset}" if charset in _MENDED else "replace")[0]
    return text.translate(_MEANT[charset]) if charset in _MEANT else text


def _big5_index(lead: int, trail: int) -> int:
    return (lead - 0x81) * 157 + trail - (0x40 if trail < 0x7F else 0x62)


_BIG5 = {
    _big5_index(*divmod(first, 256)) + n: char
    for first, chars in _IN_BIG5.items()
    for n, char in enumerate(chars)
}


def _of_big5(lead: int, trail: int) -> str | None:
    possible = 0x40 <= trail < 0x7F or trail > 0xA0
    return _BIG5.get(_big5_index(lead, trail)) if possible else None


def _of_euc_jp(lead: int, trail: int) -> str | None:
    """What a pair is in Shift JIS, which has Windows' further characters at the same places."""
    if not (0xA1 <= lead <= 0xFE and 0xA1 <= trail <= 0xFE):
        return None
    (row, half), cell = divmod(lead - 0xA1, 2), trail - 0xA1
    pair = (
        row + (0x81 if row < 31 else 0xC1),
        cell + (0x9F if half else 0x40 if cell < 63 else 0x41),
    )
    try:
        return bytes(pair).decode("cp932")
    except UnicodeDecodeError:
        return None


def _no_pair(lead: int, trail: int) -> str | None:
    return None


def _mend_pair(
    pair: Callable[[int, int], str | None], alone: dict[int, str], error: UnicodeError
) -> tuple[str, int]:
    """A character that a codec of pairs lacks; one byte is lost, and two if both may be of one."""
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101  bytes are read, not written
    at = error.start
    lead, trail = error.object[at], error.object[at + 1 : at + 2]
    if lead in alone:
        return alone[lead], at + 1
    known = pair(lead, trail[0]) if trail else None
    if known is not None:
        return known, at + 2
    return LOST, at + (2 if trail >= b"\x80" and lead >= 0x81 else 1)


def _mend_byte(alone: dict[int, str], error: UnicodeError) -> tuple[str, int]:
    """A character that a codec of single bytes lacks."""
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101  bytes are read, not written
    return alone.get(error.object[error.start], LOST), error.start + 1


_CONTROLS = {byte: chr(byte) for byte in range(0x80, 0xA0)}
_WINDOWS = [f"windows-{number}" for number in (874, *range(1250, 1259))]
_MENDED: dict[str, Callable[[UnicodeError], tuple[str, int]]] = {
    "gbk": partial(_mend_pair, _no_pair, {0x80: "€"}),
    "gb18030": partial(_mend_pair, _no_pair, {0x80: "€"}),
    "big5": partial(_mend_pair, _of_big5, {}),
    "euc-jp": partial(_mend_pair, _of_euc_jp, {}),
    "euc-kr": partial(_mend_pair, _no_pair, {}),
    "shift_jis": partial(_mend_pair, _no_pair, {}),
    **dict.fromkeys(_WINDOWS, partial(_mend_byte, _CONTROLS)),
    "windows-1255": partial(_mend_byte, _CONTROLS | {0xCA: "\u05ba"}),
}

for _charset, _mend in _MENDED.items():
    codecs.register_error(f"cati.{_charset}", _mend)
