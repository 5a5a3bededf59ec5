"""The characters of a page come with their places, and PDFium's marks are told from the file's."""

from __future__ import annotations

import pypdfium2

from cati.research.desk.pdf_glyphs import HYPHEN, Glyph, glyphs
from tests.research.documents import drawn_pdf, line


def on_page(drawn: str) -> list[Glyph]:
    return list(glyphs(pypdfium2.PdfDocument(drawn_pdf(drawn))[0].get_textpage()))


def test_size_and_foot_are_those_that_are_drawn() -> None:
    upright = on_page(line(("a", 10, 0), ("2", 6, 4)))
    scaled = on_page("q 10 0 0 10 0 0 cm " + line(("a", 1, 0), ("2", 0.6, 0.4), x=4, y=70) + "Q")
    turned = on_page("q 0 1 -1 0 740 0 cm " + line(("a", 10, 0), ("2", 6, 4), x=40, y=40) + "Q")
    for found in (upright, scaled, turned):
        letter, digit = (glyph for glyph in found if glyph.run is not None)
        assert letter.run is not None
        assert digit.run is not None
        assert (letter.char, digit.char) == ("a", "2")
        assert (round(letter.run.size, 3), round(digit.run.size, 3)) == (10, 6)
        assert round(digit.foot - letter.foot, 3) == 4
        assert digit.start > letter.start
        assert digit.is_in_line_with(letter)
    assert not turned[0].is_in_line_with(upright[0])


def test_a_hyphen_that_breaks_a_word_is_told_from_a_soft_hyphen_of_the_file() -> None:
    broken = on_page("BT /F 12 Tf 40 700 Td (sus-) Tj 0 -14 Td (tain) Tj ET")
    assert "".join(glyph.char for glyph in broken) == f"sus{HYPHEN}tain"
    assert "".join(glyph.char for glyph in on_page(line(("5\\2557 %", 11, 0)))) == "5-7 %"


def test_invisible_text_is_noticed() -> None:
    (glyph,) = on_page("BT 3 Tr /F 12 Tf 40 700 Td (x) Tj ET")
    assert glyph.run is not None
    assert glyph.run.unseen
