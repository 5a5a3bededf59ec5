"""Saved web pages are read as their readers saw them, whatever somebody put into them."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.research.desk.charsets import decoded
from cati.research.desk.passages import passages
from cati.research.desk.web_text import (
    ATTRIBUTES_LIMIT,
    as_seen,
    is_mail,
    mail_parts,
    web_text,
)
from cati.research.desk.words import JOINER
from tests.research.documents import saved_page

FILES = Path(__file__).parent / "files"


def html_text(page: str) -> str:
    return web_text(page).text


def test_blocks_are_lines_and_inline_elements_are_not() -> None:
    page = "<h1>Supply chain</h1><p>We buy <b>green</b> steel.<br>Since 2024.</p><p>More</p>"
    assert html_text(page) == "Supply chain\nWe buy green steel.\nSince 2024.\nMore"


def test_chinese_blocks_are_not_run_together() -> None:
    page = "<title>绿色供应链</title><p>公司自2023年起采购水电铝，<br>来自挪威。</p><p>2024</p>"
    text = html_text(page)
    assert text == "绿色供应链\n\n公司自2023年起采购水电铝，\n\n来自挪威。\n2024"
    assert [one.text for one in passages(1, text)] == [
        "绿色供应链 公司自2023年起采购水电铝， 来自挪威。 2024"
    ]


def test_cells_of_a_table_are_apart() -> None:
    page = (
        "<table><tr><td>Scope 1</td><td>120</td></tr><tr><td>Scope 2</td><td>80</td></tr></table>"
    )
    assert html_text(page).split("\n") == ["Scope 1 120", "Scope 2 80"]


@pytest.mark.parametrize("tag", ["script", "style", "noscript", "template", "svg", "iframe"])
def test_what_is_not_seen_is_not_read(tag: str) -> None:
    page = f"<p>before</p><{tag}>hidden words</{tag}><p hidden>hidden too</p><p>behind</p>"
    assert html_text(page) == "before\nbehind"


@pytest.mark.parametrize("style", ["display:none", "color: red; DISPLAY : none !important;"])
def test_an_element_that_its_own_style_hides_is_not_read(style: str) -> None:
    page = f"<p>We buy <b style='{style}'>no <i>green</i> steel and</b> scrap.</p>"
    assert html_text(page) == "We buy scrap."
    shown = page.replace(style, "display: block; --display: none-such")
    assert "green" in html_text(shown)


def test_images_that_a_reader_sees_are_noticed() -> None:
    assert web_text("<p><img src='scan.png' alt='A scan'></p>").images
    assert not web_text("<p hidden><img src='scan.png'></p>").images


def test_entities_of_a_page_s_own_are_not_expanded() -> None:
    bomb = "<!DOCTYPE html [" + "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "boom"}">' for n in range(12)
    )
    assert len(html_text(f"{bomb}]><html><body><p>&e11;</p></body></html>")) < 1_000


def test_files_of_the_machine_are_not_read_by_entities() -> None:
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><p>&x;</p></html>'
    assert "root:" not in html_text(page)


def test_a_page_nested_too_deeply_is_refused_and_not_cut_off() -> None:
    assert html_text("<div>" * 500 + "deep" + "</div>" * 500) == "deep"
    with pytest.raises(ValueError, match="nested too deeply"):
        html_text("<div>" * 50_000 + "deep")


@given(st.text(alphabet="<>/!&;ab \"'=-[]?", max_size=200))
def test_no_markup_brings_it_down(page: str) -> None:
    with contextlib.suppress(ValueError):
        assert isinstance(html_text(page), str)


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_saved_page_says_where_and_when_it_was_public(charset: str) -> None:
    parts = mail_parts(saved_page("<p>采购绿电</p>", charset))
    assert (parts.link, parts.captured) == ("https://aurora.example/supply-chain", "2025-03-20")
    assert "采购绿电" in decoded(parts.content, parts.charset).text


def test_a_page_saved_alone_in_a_mail_says_where_it_was() -> None:
    content = (
        b"From: <Saved by Windows Internet Explorer>\r\n"
        b"Date: Thu, 20 Mar 2014 08:00:00 +0800\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: text/html;\r\n\tcharset="gb2312"\r\n'
        b"Content-Transfer-Encoding: quoted-printable\r\n"
        b"Content-Location: https://aurora.example/\r\n very/long/steel\r\n\r\n"
        b"<html><body><p>Steel=\r\n =B2=C9=B9=BA</p></body></html>"
    )
    assert is_mail(content)
    parts = mail_parts(content)
    assert (parts.link, parts.captured) == ("https://aurora.example/very/long/steel", "2014-03-20")
    assert html_text(decoded(parts.content, parts.charset).text) == "Steel 采购"


@pytest.mark.parametrize("kind", ["mixed", "alternative", "related"])
def test_a_page_among_other_parts_is_found(kind: str) -> None:
    content = saved_page("<p>采购绿电</p>").replace(
        b"multipart/related", b"multipart/" + kind.encode()
    )
    assert is_mail(content)
    assert mail_parts(content).captured == "2025-03-20"


def test_a_page_that_speaks_of_mails_is_none() -> None:
    assert not is_mail(b"<!doctype html><pre>MIME-Version: 1.0\nContent-Type: text/html\n\n</pre>")
    assert not is_mail(b"MIME-Version: 1.0\nContent-Type: text/plain\n\nWe buy steel.")


def test_a_saved_page_without_a_page_is_refused() -> None:
    with pytest.raises(ValueError, match="no page"):
        mail_parts(b"Content-Type: multipart/related; boundary=x\n\n--x\n\nhello\n--x--\n")


def test_a_link_that_is_none_and_a_day_to_come_are_not_believed() -> None:
    content = saved_page("<p>x</p>").replace(b"https://aurora.example", b"javascript:alert")
    parts = mail_parts(content.replace(b"2025", b"2999"))
    assert (parts.link, parts.captured) == (None, None)


def test_how_a_character_is_read_is_no_part_of_its_line() -> None:
    page = (
        "<ruby>碳<rp>(</rp><rt>tàn</rt><rp>)</rp></ruby>中和<ruby><rb>钢</rb><rt>gāng</rt></ruby>。"
    )
    assert web_text(page).text == "碳中和钢。"
    assert web_text(page).hidden == ""


def test_what_a_page_hides_is_kept_apart() -> None:
    found = web_text((FILES / "web" / "accordion.html").read_text(encoding="utf-8"))
    assert "碳中和目标2045年" in found.text
    assert "1234 t" in found.text
    assert found.hidden.split("\n") == [
        "We cut Scope 1 and 2 emissions by 60 % by 2030.",
        "All steel suppliers report their emissions.",
        "We used 3 TWh of green power in 2023.",
        "2023年采购绿电3亿千瓦时。",
        "50 %",
    ]


def test_hidden_words_are_never_part_of_a_sentence_that_is_seen() -> None:
    found = web_text("<p>Cut by <span style='display:none'>not 5 but </span>8 %</p>")
    assert (found.text, found.hidden) == ("Cut by 8 %", "not 5 but")


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("绿\u200b电\ufeff3亿", "绿电3亿"),
        ("cut\u200e by 8\u200f %", "cut by 8 %"),
        ("12\u200b5 t", f"12{JOINER}5 t"),
        ("8\u2066\u20695 t", f"8{JOINER}5 t"),
        ("\u202e521\u202c t", "125 t"),
    ],
)
def test_characters_of_no_width_are_no_text(text: str, seen: str) -> None:
    assert as_seen(text) == seen


def test_letters_that_are_set_backwards_are_read_as_they_are_seen() -> None:
    assert html_text("<p>cut by <bdo dir='rtl'>521</bdo> t</p>") == "cut by 125 t"


@given(st.text(alphabet="a1 \u200b\u202e\u202c\u2060\ufeff电", max_size=40))
def test_nothing_of_no_width_is_left_but_between_digits(text: str) -> None:
    seen = as_seen(text)
    for at, char in enumerate(seen):
        if char == JOINER:
            assert seen[at - 1].isdigit()
            assert seen[at + 1].isdigit()
        else:
            assert char in "a1 电"


@pytest.mark.parametrize("attribute", ["a{}=1", "a{}='>'", 'a{}="x y z"', "a{}"])
def test_an_element_of_endless_attributes_is_refused(attribute: str) -> None:
    many = " ".join(attribute.format(n) for n in range(200_000))
    with pytest.raises(ValueError, match="more than 1,000 attributes on an element"):
        web_text(f"<p {many}>We buy steel.</p>")
    few = " ".join(attribute.format(n) for n in range(ATTRIBUTES_LIMIT - 1))
    assert html_text(f"<p {few}>We buy steel.</p>") == "We buy steel."


def test_a_long_script_is_no_element_of_many_attributes() -> None:
    page = f"<script>if (a<b) {{ {'x y z ' * 2_000} }}</script><p>We buy steel.</p>"
    assert html_text(page) == "We buy steel."
