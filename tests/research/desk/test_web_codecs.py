"""Encodings are those of the web, character for character."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.research.desk.web_codecs import LOST, charset_named, read

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAIRS = ("gb18030", "gbk", "big5", "shift_jis", "euc-jp", "euc-kr")
SINGLE = (
    *("windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254"),
    *("windows-1255", "windows-1256", "windows-1257", "windows-1258", "windows-874"),
    *("iso-8859-2", "iso-8859-15", "koi8-r", "koi8-u", "macintosh", "ibm866"),
)


@pytest.mark.parametrize(
    ("label", "charset"),
    [
        ("GB2312", "gbk"),
        ("x-gbk", "gbk"),
        ("gb18030", "gb18030"),
        ("big5-hkscs", "big5"),
        ("Shift_JIS", "shift_jis"),
        ("windows-31j", "shift_jis"),
        ("ks_c_5601-1987", "euc-kr"),
        ("latin1", "windows-1252"),
        ("ISO-8859-1", "windows-1252"),
        ("utf8", "utf-8"),
        ("unicode", "utf-16le"),
        ("utf-16", "utf-16le"),
    ],
)
def test_a_label_means_what_the_web_means(label: str, charset: str) -> None:
    assert charset_named(label) == charset


@pytest.mark.parametrize(
    "label",
    ["punycode", "utf-7", "idna", "rot13", "unicode_escape", "cp037", "hz-gb-2312", "x", ""],
)
def test_no_other_codec_can_be_named(label: str) -> None:
    assert charset_named(label) is None


@pytest.mark.parametrize(
    ("charset", "content", "text"),
    [
        ("big5", b"\xf9\xd8\x87\x7a\xa1\x45\xa3\xe1", "裏㡵‧€"),
        ("gbk", b"\x80\xa8\xbc\xfe\x59", "€ḿ龴"),
        ("gb18030", b"\x80\x82\x35\x8f\x33", "€龦"),
        ("shift_jis", b"\x87\x40\x81\x60\xa0", f"①～{LOST}"),
        ("euc-jp", b"\xad\xa1\xa1\xc1", "①～"),
        ("windows-1252", b"\x80\x81\x92", "€\x81’"),
        ("windows-1255", b"\xca", "\u05ba"),
        ("koi8-u", b"\xae", "ў"),
    ],
)
def test_what_python_reads_otherwise(charset: str, content: bytes, text: str) -> None:
    assert read(content, charset) == text


@pytest.mark.parametrize("charset", PAIRS)
def test_a_bad_byte_costs_no_character_of_ascii(charset: str) -> None:
    assert read(b"cut \xff8 %", charset).endswith("8 %")
    assert read(b"<p>\x81</p>", charset).endswith("</p>")


@given(st.sampled_from((*PAIRS, *SINGLE, "utf-8", "utf-16le")), st.binary(max_size=60))
def test_any_bytes_are_read(charset: str, content: bytes) -> None:
    assert isinstance(read(content, charset), str)


DECODE = """([charset, leads, trails]) => {
    const decoder = new TextDecoder(charset), read = [];
    for (const lead of leads) for (const trail of trails)
        read.push(decoder.decode(new Uint8Array(trail < 0 ? [lead] : [lead, trail])));
    return read;
}"""
OF_ITS_OWN = {"big5": ("8862", "8864", "88a3", "88a5", "a241", "a242")}
"""Chromium reads the first four by halves; Python cannot tell the last two from other slashes."""


@pytest.mark.slow
@pytest.mark.parametrize("charset", PAIRS)
def test_every_pair_of_bytes_is_what_a_browser_reads(browser: Browser, charset: str) -> None:
    leads, trails = list(range(0x81, 0xFF)), list(range(0x40, 0xFF))
    if charset == "shift_jis":
        leads = [lead for lead in leads if not 0xA0 <= lead < 0xE0 and lead < 0xFD]
    if charset == "euc-jp":
        leads = trails = list(range(0xA1, 0xFF))
    page = browser.new_page()
    decoded = iter(page.evaluate(DECODE, [charset, leads, trails]))
    page.close()
    for lead in leads:
        for trail in trails:
            pair = bytes((lead, trail))
            told = next(decoded)
            if pair.hex() not in OF_ITS_OWN.get(charset, ()):
                assert read(pair, charset) == told, pair.hex()


@pytest.mark.slow
@pytest.mark.parametrize("charset", SINGLE)
def test_every_byte_is_what_a_browser_reads(browser: Browser, charset: str) -> None:
    page = browser.new_page()
    told = page.evaluate(DECODE, [charset, list(range(256)), [-1]])
    page.close()
    assert [read(bytes((byte,)), charset) for byte in range(256)] == told
