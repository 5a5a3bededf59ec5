"""What is struck out on a page is told from what is underlined, framed or in a drawing."""

from __future__ import annotations

import pypdfium2
import pytest

from cati.research.desk.pdf_text import pdf_page_text
from tests.research.documents import drawn_pdf, line

TEXT = line(("cut by ", 12, 0), ("50 %", 12, 0), (" 60 %", 12, 0))


def read(content: bytes) -> tuple[str, str]:
    found = pdf_page_text(pypdfium2.PdfDocument(content)[0])
    return found.text, found.hidden


@pytest.mark.parametrize(
    "drawn", ["77 704 26 0.6 re f", "0.6 w 77 704 m 103 704 l S"], ids=["box", "line"]
)
def test_what_a_line_goes_through_is_struck_out(drawn: str) -> None:
    assert read(drawn_pdf(f"{TEXT} {drawn}")) == ("cut by 60 %", "50 %")


@pytest.mark.parametrize(
    "drawn",
    ["77 698 26 0.6 re f", "77 711 26 0.6 re f", "20 704 500 0.6 re f", "70 695 40 20 re S"],
    ids=["under", "over", "a grid", "a frame"],
)
def test_other_lines_strike_nothing_out(drawn: str) -> None:
    assert read(drawn_pdf(f"{TEXT} {drawn}")) == ("cut by 50 % 60 %", "")


def test_what_a_reader_has_marked_as_struck_out_is() -> None:
    mark = b"/Annots[<</Type/Annot/Subtype/StrikeOut/Rect[77 697 103 712]>>]/MediaBox"
    content = drawn_pdf(TEXT).replace(b"/MediaBox", mark)
    assert read(content) == ("cut by 60 %", "50 %")
