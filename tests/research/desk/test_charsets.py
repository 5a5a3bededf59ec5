"""A document is read in the encoding it is in; what is not certain is never passed off as text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.research.desk.charsets import decoded
from cati.research.desk.document_text import DocumentText, Head, PageText, parts
from cati.research.desk.web_codecs import LOST

FILES = Path(__file__).parent / "files"

SIMPLIFIED = "公司采购绿电3亿千瓦时，回收废钢2万吨。温室气体排放量比上年下降8%。"
TRADITIONAL = "公司使用綠電三億千瓦時，溫室氣體排放下降百分之八。供應商須使用低碳鋼。"
JAPANESE = "当社は2030年までに温室効果ガス排出量を50%削減します。再生可能エネルギーを使用します。"
KOREAN = "회사는 2030년까지 온실가스 배출량을 50% 감축할 계획입니다. 재생에너지 사용을 확대합니다."
FRENCH = "Nos émissions ont baissé de 8 % grâce à l’énergie verte – un progrès."
RUSSIAN = "Выбросы снизились на 8 % благодаря зелёной энергии."

WRITTEN = [
    (SIMPLIFIED, "gb18030"),
    (TRADITIONAL, "big5hkscs"),
    (JAPANESE, "cp932"),
    (JAPANESE, "euc_jp"),
    (KOREAN, "cp949"),
    (FRENCH, "cp1252"),
    (RUSSIAN, "cp1251"),
    (SIMPLIFIED, "utf-8"),
    (SIMPLIFIED, "utf-16-le"),
    (SIMPLIFIED, "utf-16-be"),
]
LABELS = {
    "big5hkscs": "big5",
    "cp932": "shift_jis",
    "euc_jp": "euc-jp",
    "cp949": "euc-kr",
    "cp1252": "iso-8859-1",
    "cp1251": "windows-1251",
}


def read(file: str) -> tuple[DocumentText, str]:
    head, *pages = parts((FILES / file).read_bytes())
    assert isinstance(head, Head)
    found = [page for page in pages if isinstance(page, PageText)]
    document = DocumentText(head.kind, tuple(found), head.link, head.captured, head.guessed)
    return document, found[0].text


@pytest.mark.parametrize(
    ("file", "text", "guessed"),
    [
        (
            "a1-big5-hkscs.html",
            "恒大新能源汽車在廠房裏使用綠電三億千瓦時，範圍一排放下降百分之八。",
            None,
        ),
        ("a2-big5.html", "公司使用綠電三億千瓦時，溫室氣體排放下降百分之八。", None),
        ("a2b-big5-undeclared.html", "公司使用綠電三億千瓦時，溫室氣體排放下降百分之八。", "big5"),
        ("a4-declared-gb-is-utf8.html", "公司采购绿电3亿千瓦时，回收废钢2万吨。", "utf-8"),
        ("a5-sjis.html", "①電力 Scope 1 emissions were 1.2 Mt", None),
        ("a6-gbk-euro.html", "投资€3亿元用于绿电。", None),
        ("a7-late-charset.html", "Emissions fell by 8 % – target met", None),
        ("a8-utf16-nobom.html", "公司采购绿电3亿千瓦时", None),
        ("a9-gbk.txt", "公司采购绿电3亿千瓦时，回收废钢2万吨。", "gb18030"),
        ("a10-utf16.txt", "公司采购绿电3亿千瓦时，回收废钢2万吨。", None),
    ],
)
def test_a_document_is_read_whole(file: str, text: str, guessed: str | None) -> None:
    document, found = read(f"enc/{file}")
    assert found.split("\n")[-1] == text
    assert (document.guessed, document.pages[0].state) == (guessed, "text")
    assert document.pages[0].lost == 0


def test_one_bad_byte_costs_one_character() -> None:
    document, text = read("enc/a3-utf8-onebad.html")
    assert "公司采购绿电3亿千瓦时，回收废钢2万吨。" in text
    assert "Scope 1 emissions fell – by 8 % – to “1.2 Mt”." in text
    assert document.pages[0].lost == 1
    document, text = read("enc/a3b-utf8-en-onebad.html")
    assert f"by 8 % – to “1.2 Mt”. The caf{LOST} is green." in text
    assert (document.pages[0].lost, document.guessed) == (1, None)


@pytest.mark.parametrize("file", ["chrome-metagb", "gbk-8bit", "gbk-b64", "gbk-qp", "wrongenv"])
def test_an_envelope_is_believed_where_it_fits(file: str) -> None:
    document, text = read(f"web/{file}.mht")
    assert text.split("\n")[-1] == "公司采购绿电3亿千瓦时，回收废钢2万吨。"
    assert (document.kind, document.pages[0].lost) == ("mhtml", 0)


@pytest.mark.parametrize(("text", "codec"), WRITTEN)
def test_what_says_nothing_of_its_encoding_is_read(text: str, codec: str) -> None:
    found = decoded(text.encode(codec))
    assert (found.text, found.certain) == (text, True)


@pytest.mark.parametrize("bad", [b"\xff", b"\xff\xff", b"\x81\n", b"\x80\n", b"\xc3("])
@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (SIMPLIFIED, "gbk"),
        (TRADITIONAL, "big5"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (KOREAN, "cp949"),
    ],
)
def test_a_bad_byte_hides_no_encoding_that_is_not_said(text: str, codec: str, bad: bytes) -> None:
    written = (2 * text).encode(codec)
    found = decoded(written + b"\n" + bad + b"\n" + written)
    assert (found.text.count(2 * text), found.certain, found.said) == (2, True, False)


@pytest.mark.parametrize(("text", "codec"), [*WRITTEN[:3], *WRITTEN[5:8]])
@pytest.mark.parametrize("label", ["gbk", "big5", "shift_jis", "euc-kr", "windows-1252", "utf-8"])
def test_a_wrong_label_is_mended_or_said(text: str, codec: str, label: str) -> None:
    content = f"<meta charset={label}><p>{text}</p>".encode(codec)
    found = decoded(content)
    assert text in found.text or not found.certain or LOST in found.text


@pytest.mark.parametrize(("text", "codec"), WRITTEN[:7])
def test_a_declared_page_is_read_as_it_says(text: str, codec: str) -> None:
    label = LABELS.get(codec, codec)
    content = f"<meta http-equiv=x content='text/html; charset={label}'>{text}".encode(codec)
    found = decoded(content)
    assert found.text.endswith(text)
    assert found.said


@pytest.mark.parametrize("outside", ["us-ascii", "iso-8859-1", "utf-8", "punycode", "x-none"])
def test_a_page_s_own_word_stands_where_its_envelope_does_not_fit(outside: str) -> None:
    content = f"<meta charset=gb2312><p>{SIMPLIFIED}".encode("gb18030")
    assert decoded(content, outside).text.endswith(SIMPLIFIED)


def test_a_label_in_a_comment_is_none() -> None:
    content = f"<!-- <meta charset=big5> --><meta charset=gbk><p>{SIMPLIFIED}".encode("gb18030")
    assert decoded(content).charset == "gbk"


@pytest.mark.parametrize("charset", ["punycode", "utf-7", "unicode_escape", "klingon"])
def test_an_encoding_that_the_web_does_not_know_is_not_believed(charset: str) -> None:
    content = f'<meta charset="{charset}"><p>+AGE- \\u0041 steel-9ta</p>'.encode()
    assert decoded(content * 2_000).text == (content * 2_000).decode()


@given(st.binary(min_size=30, max_size=200).filter(lambda content: not content.isascii()))
def test_noise_is_never_certain(content: bytes) -> None:
    found = decoded(content)
    if found.certain and found.charset != "utf-8":
        high = sum(byte > 127 for byte in content)
        assert high < 24 or found.text.count(LOST) < high


@pytest.mark.slow
@given(st.lists(st.sampled_from(SIMPLIFIED + FRENCH + TRADITIONAL), min_size=20), st.data())
def test_one_byte_more_in_utf_8_costs_one_character(chars: list[str], data: st.DataObject) -> None:
    text = "".join(chars)
    at = data.draw(st.integers(0, len(text)))
    content = text[:at].encode() + b"\xff" + text[at:].encode()
    found = decoded(b'<meta charset="utf-8">' + content)
    if sum(char > "\x7f" for char in text) >= 4:
        assert found.text.endswith(f"{text[:at]}{LOST}{text[at:]}")
