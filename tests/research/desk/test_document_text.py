"""Every kind of document is read page by page; what cannot be read is said, and harms nobody."""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cati.problems import ProblemsError
from cati.research.desk import document_text
from cati.research.desk.document_text import (
    PageText,
    UnreadableError,
    kind_of_document,
    parts,
    read_bounded,
)
from cati.research.desk.quotes import SearchedDocument
from tests.research.documents import drawn_pdf, saved_page, set_pdf, written_pdf


def bounded(folder: Path, content: bytes, name: str = "report.pdf") -> document_text.DocumentText:
    path = folder / name
    path.write_bytes(content)
    return read_bounded(path, name)


def pages(content: bytes) -> list[PageText]:
    return [part for part in parts(content) if isinstance(part, PageText)]


def refused(folder: Path, content: bytes) -> str:
    with pytest.raises(ProblemsError) as error:
        bounded(folder, content)
    return str(error.value)


def test_a_pdf_in_two_languages_is_read_page_by_page(tmp_path: Path) -> None:
    document = bounded(tmp_path, set_pdf("We buy green steel.", "公司采购绿电和再生铝。"))
    assert [(page.number, page.text, page.state) for page in document.pages] == [
        (1, "We buy green steel.", "text"),
        (2, "公司采购绿电和再生铝。", "text"),
    ]


def test_pages_without_text_are_told_apart(tmp_path: Path) -> None:
    document = bounded(tmp_path, written_pdf(["Steel", None, ""]))
    assert [page.state for page in document.pages] == ["text", "image", "empty"]


NUMBER = "BT /F 12 Tf 300 20 Td (Report 2023 | 1) Tj ET"
WORDS = "BT /F 12 Tf 300 20 Td (We buy green steel from the north) Tj ET"
SCAN = "q 600 0 0 800 0 0 cm /I Do Q"
STRIPS = "q 600 0 0 400 0 0 cm /I Do Q q 600 0 0 400 0 400 cm /I Do Q"
ON_ITS_SIDE = "q 0 800 -600 0 600 0 cm /I Do Q"
LOGO = "q 200 0 0 200 0 0 cm /I Do Q"


@pytest.mark.parametrize(
    ("drawn", "state"),
    [
        (f"{SCAN} {NUMBER}", "image"),
        (f"{STRIPS} {NUMBER}", "image"),
        (f"{ON_ITS_SIDE} {NUMBER}", "image"),
        (f"{SCAN} {WORDS}", "text"),
        (f"{LOGO} {NUMBER}", "text"),
    ],
)
def test_a_scanned_page_with_a_printed_number_is_one_of_images(drawn: str, state: str) -> None:
    (page,) = pages(drawn_pdf(drawn))
    assert page.state == state


def test_a_page_of_characters_without_meaning_is_garbled() -> None:
    assert pages("\ue001\ue002\ue003 \ue004".encode())[0].state == "garbled"


def test_a_pdf_with_an_empty_password_opens(tmp_path: Path) -> None:
    assert bounded(tmp_path, written_pdf(["Steel"], "")).pages[0].text == "Steel"


def test_a_pdf_that_is_locked_says_so(tmp_path: Path) -> None:
    message = refused(tmp_path, written_pdf(["Steel"], "secret"))
    assert message == (
        "report.pdf: expected a PDF that opens without a password; found one that is locked with "
        "a password (save a copy without a password)"
    )


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "an empty file"),
        (b" \n ", "an empty file"),
        (b"%PDF-1.7 and nothing more", "a damaged one"),
        (b"PK\x03\x04docx", "a zip file, such as a Word or Excel document"),
        (b"\xd0\xcf\x11\xe0doc", "an old Word or Excel document"),
        (b"\x89PNG\r\n", "an image"),
        (b"\x00\x01\x02\x03", "a file of another kind"),
    ],
)
def test_what_is_no_document_is_named(tmp_path: Path, content: bytes, found: str) -> None:
    assert f"found {found}" in refused(tmp_path, content)


def test_half_a_download_is_damaged(tmp_path: Path) -> None:
    content = set_pdf("We buy green steel.", "公司采购绿电和再生铝。")
    assert "found a damaged one" in refused(tmp_path, content[: len(content) // 2])


@pytest.mark.slow
def test_a_document_of_a_thousand_pages_is_read_and_told_of(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(written_pdf([f"page {number}" for number in range(1, 1_001)]))
    told: list[tuple[int, int]] = []
    document = read_bounded(path, "long.pdf", lambda done, total: told.append((done, total)))
    assert document.pages[999].text == "page 1000"
    assert (told[0], told[-1], len(told)) == ((1, 1_000), (1_000, 1_000), 1_000)


def test_more_pages_than_the_limit_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_text, "PAGES_LIMIT", 2)
    with pytest.raises(UnreadableError, match="3"):
        pages(b"one\ftwo\fthree")
    with pytest.raises(UnreadableError, match="3"):
        pages(written_pdf(["a", "b", "c"]))


def test_more_text_than_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_text, "TEXT_LIMIT", 10)
    with pytest.raises(UnreadableError, match="more"):
        pages(written_pdf(["a page of more than ten characters"]))


def test_a_page_of_more_text_than_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_text, "PAGE_LIMIT", 10)
    assert len(pages(b"ten letter\ften letter")) == 2
    with pytest.raises(UnreadableError, match="more"):
        pages(b"a page of more than ten characters")
    with pytest.raises(UnreadableError, match="more"):
        pages(b"<html><p hidden>a page of more than ten characters</p></html>")


def test_empty_lines_without_end_cost_nothing() -> None:
    (page,) = pages(b"We buy" + b" \n" * 300_000 + b"green steel." + b" " * 300_000 + b"Much.")
    assert page.text == "We buy\n\ngreen steel.\n\nMuch."
    assert SearchedDocument([page]).look("We buy green steel.", 1)[0] == "normalised"


@pytest.mark.parametrize(
    "content",
    [
        b"<meta charset=punycode>" + b"a-9ta" * 200_000,
        b"<html><p " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">x</p></html>",
        b"<html>" + b"<meta " * 300_000,
        b"<html>" + b"<!--" * 300_000,
        b"<html>" + b"<script" * 200_000,
        b"<html><p style='" + b"a:b;" * 200_000 + b"'>x</p></html>",
        b"MIME-Version: 1.0\nContent-Type: text/html; charset=punycode\n\n" + b"a-9ta" * 200_000,
    ],
)
def test_a_few_bytes_do_not_cost_minutes(content: bytes) -> None:
    start = time.process_time()
    with contextlib.suppress(UnreadableError):
        pages(content)
    assert time.process_time() - start < 20


def test_utf_16_without_a_mark_is_told_from_other_files() -> None:
    assert kind_of_document("<html><p>绿电</p></html>".encode("utf-16-le")) == "html"
    assert kind_of_document("<html><p>绿电</p></html>".encode("utf-16")) == "html"
    assert kind_of_document("采购绿电3亿千瓦时\n".encode("utf-16-be")) == "text"
    with pytest.raises(UnreadableError):
        kind_of_document(bytes(range(256)) * 20)


def test_bytes_that_are_no_certain_text_are_not_passed_off_as_text() -> None:
    (page,) = pages(bytes(range(128, 256)) * 3)
    assert page.state == "garbled"


@pytest.mark.slow
def test_a_reader_that_takes_too_long_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_text, "SECONDS_LIMIT", 1)
    os.mkfifo(tmp_path / "pipe")
    start = time.monotonic()
    with pytest.raises(ProblemsError, match="more than 1 s of work"):
        read_bounded(tmp_path / "pipe", "pipe")
    assert time.monotonic() - start < 10


def with_form(calls: int) -> bytes:
    """A PDF whose page draws a form that draws itself."""
    drawn = "/X Do " * calls + "BT /F 12 Tf 40 600 Td (Steel) Tj ET"
    form = (
        "9 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>"
        f"/XObject<</X 9 0 R>>>>/Length {len(drawn)}>>stream\n{drawn}\nendstream\nendobj\n"
    )
    content = drawn_pdf("/X Do").replace(b"1 0 obj", form.encode() + b"1 0 obj", 1)
    return content.replace(b"/XObject<</I 4 0 R", b"/XObject<</X 9 0 R/I 4 0 R")


def test_a_form_that_draws_itself_is_read(tmp_path: Path) -> None:
    assert "Steel" in bounded(tmp_path, with_form(1)).pages[0].text


@pytest.mark.slow
def test_a_form_that_draws_itself_many_times_is_refused_in_time(tmp_path: Path) -> None:
    start = time.monotonic()
    assert "expected a document that can be read" in refused(tmp_path, with_form(20))
    assert time.monotonic() - start < 2 * document_text.PAGE_SECONDS_LIMIT


def test_plain_text_has_a_page_for_each_form_feed(tmp_path: Path) -> None:
    document = bounded(tmp_path, "第一页\r\n绿电\f第二页".encode("gb18030"), "notes.txt")
    assert document.kind == "text"
    assert [page.text for page in document.pages] == ["第一页\n绿电", "第二页"]


def test_a_web_page_is_one_page(tmp_path: Path) -> None:
    content = b"<!doctype html><title>Steel</title><p>We buy green steel.</p>"
    document = bounded(tmp_path, content, "page.html")
    assert (document.kind, len(document.pages)) == ("html", 1)
    assert document.pages[0].text.endswith("We buy green steel.")


def test_a_web_page_of_images_is_no_empty_one() -> None:
    head = b"<!doctype html><title></title>"
    assert pages(head + b"<img src='scan.png'>")[0].state == "image"
    assert pages(head + b"<p> </p>")[0].state == "empty"


def test_a_saved_web_page_says_where_it_came_from(tmp_path: Path) -> None:
    document = bounded(tmp_path, saved_page("<p>采购绿电</p>"), "page.mhtml")
    assert (document.kind, document.pages[0].text) == ("mhtml", "采购绿电")
    assert document.link == "https://aurora.example/supply-chain"
    assert document.captured == "2025-03-20"


@pytest.mark.slow
def test_envelopes_in_envelopes_do_no_harm(tmp_path: Path) -> None:
    content = "".join(
        f"Content-Type: multipart/related; boundary=b{n}\n\n--b{n}\n" for n in range(3_000)
    )
    assert "report.pdf: expected" in refused(tmp_path, content.encode())


def test_control_characters_do_not_come_through() -> None:
    text = pages(b"steel\x1b[31m red\x07\x9b")[0].text
    assert "\x1b" not in text
    assert "\x07" not in text


def test_the_kind_follows_from_the_content() -> None:
    assert kind_of_document(b"\n%PDF-1.7") == "pdf"
    assert kind_of_document(b"<HTML><p>") == "html"
    assert kind_of_document("绿电".encode()) == "text"


@settings(max_examples=60)
@given(st.data())
def test_a_changed_pdf_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(written_pdf(["Steel", None, "Aluminium"]))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    try:
        found = pages(bytes(content))
    except UnreadableError:
        return
    assert found


PATIENCE = 240
"""Seconds after which something hangs."""

ASKING = """
import sys
from pathlib import Path
from cati.research.desk.document_text import read_bounded
read_bounded(Path(sys.argv[1]), "some.pdf")
"""


@pytest.mark.skipif(not hasattr(select, "poll"), reason="needs poll")
def test_a_reader_ends_with_the_process_that_asked_even_if_it_is_killed(tmp_path: Path) -> None:
    pipe = tmp_path / "never-ends"
    os.mkfifo(pipe)
    with subprocess.Popen([sys.executable, "-c", ASKING, pipe]) as asking:
        held = os.open(pipe, os.O_WRONLY)  # waits until the reader has opened it
        closed = select.poll()
        closed.register(held, select.POLLERR)
        asking.kill()
    assert closed.poll(PATIENCE * 1000), "the reader runs on"
    os.close(held)
