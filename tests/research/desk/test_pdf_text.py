"""A page's text is what its reader sees; what else is in the file is kept apart."""

from __future__ import annotations

import pypdfium2

from cati.research.desk.pdf_text import PdfPageText, pdf_page_text
from tests.research.documents import drawn_pdf, line


def read(drawn: str) -> PdfPageText:
    return pdf_page_text(pypdfium2.PdfDocument(drawn_pdf(drawn))[0])


def test_what_nobody_sees_is_kept_apart() -> None:
    drawn = line(("A cut of 8 %", 12, 0)) + "q 1 g " + line(("A cut of 9 %", 12, 0), y=650) + "Q"
    assert read(drawn) == PdfPageText("A cut of 8 %", "A cut of 9 %")


def test_digits_beside_hidden_ones_do_not_become_one_number() -> None:
    drawn = "BT /F 12 Tf 40 700 Td (12) Tj 1 g (3) Tj 0 g (4 kt) Tj ET"
    assert read(drawn) == PdfPageText("12 4 kt", "3")


def meant(text: str, drawn: str) -> str:
    span = f"/Span <</ActualText ({text})>> BDC ({drawn}) Tj EMC"
    return f"BT /F 12 Tf 40 700 Td (cut of ) Tj {span} ( %) Tj ET"


def test_words_that_contradict_what_is_drawn_are_not_the_text() -> None:
    assert read(meant("9", "8")) == PdfPageText("cut of 8 %", "9")
    assert read(meant("8", "8")) == PdfPageText("cut of 8 %", "")


def test_words_for_what_cannot_be_read_are_the_text() -> None:
    assert read(meant("9", "\\225")) == PdfPageText("cut of 9 %", "")


def test_a_page_without_text_has_none() -> None:
    assert read("10 10 50 50 re f") == PdfPageText("", "")
