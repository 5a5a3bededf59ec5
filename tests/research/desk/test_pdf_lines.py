"""The lines of a page are those that a reader sees."""

from __future__ import annotations

import pypdfium2
import pytest
import typst

from cati.research.desk.pdf_glyphs import glyphs
from cati.research.desk.pdf_lines import page_text
from tests.research.documents import drawn_pdf, line


def text_of(content: bytes) -> str:
    return page_text(glyphs(pypdfium2.PdfDocument(content)[0].get_textpage()))


LEFT = (
    "Our emissions fell by 8 % in",
    "2023 because the paint shop",
    "was converted to green power.",
)
RIGHT = (
    "Scope 3 emissions rose by 5 % since",
    "we sold more cars. Suppliers of",
    "steel set targets.",
)


@pytest.mark.parametrize(
    ("drawn", "text"),
    [
        (
            line(("1,250", 11, 0), ("2", 6, 4), (" kt CO", 11, 0), ("2", 7, -3), ("e", 11, 0)),
            "1,250² kt CO₂e",
        ),
        (line(("10", 11, 0), ("-3", 6, 4), (" m", 11, 0), ("3", 6, 4)), "10⁻³ m³"),
        (line(("5", 11, 0), ("1)", 6, 4), (" t, 6", 11, 0), ("[2]", 6, 4)), "5¹⁾ t, 6⁽²⁾"),
        (line(("5", 11, 0), ("2", 11, 5), (" t", 11, 0)), "5² t"),
        (line(("50", 30, 0), ("%", 15, 12), (" of it", 11, 0)), "50% of it"),
        (line(("8", 11, 0), ("1", 6, 4), ("/", 11, 0), ("2", 6, -1)), "8¹/₂"),
        (line(("1", 6, 4), ("of all suppliers", 10, 0)), "¹of all suppliers"),
        (line(("125", 30, 0), ("30 kt of it", 9, 14)), "125 30 kt of it"),
        (line(("1,2502 kt", 11, 0)), "1,2502 kt"),
        (line(("250", 11, 0), ("2", 6, 0), (" kt", 11, 0)), "250 2 kt"),
        (line(("250", 11, 0), ("2", 7, 1), (" kt", 11, 0)), "250 2 kt"),
        (line(("250", 11, 0), ("2, 3", 6, 4), (" kt", 11, 0)), "250⁽², ³⁾ kt"),
        (line(("250", 11, 0), ("*2", 6, 4), (" kt", 11, 0)), "250⁽*²⁾ kt"),
        (line(("250", 11, 0), ("iv", 6, 4), (" kt, 26", 11, 0), ("A", 6, 4)), "250ⁱᵛ kt, 26⁽A⁾"),
        (
            "q 0 1 -1 0 300 100 cm "
            + line(("1,250", 10, 0), ("2", 6, 4), (" kt", 10, 0), x=0, y=0)
            + "Q",
            "1,250² kt",
        ),
    ],
)
def test_size_and_foot_tell_what_is_raised(drawn: str, text: str) -> None:
    assert text_of(drawn_pdf(drawn)) == text


@pytest.mark.parametrize("typographic", ["true", "false"])
def test_a_font_s_own_raised_digits_are_told_by_their_shape(typographic: str) -> None:
    source = (
        f"#set super(typographic: {typographic})\n#set sub(typographic: {typographic})\n"
        '#set text(font: "Libertinus Serif")\n'
        "In all 1,250#super[2] kt CO#sub[2]e and 10#super[6] m#super[3]"
    )
    text = text_of(typst.compile(source.encode(), format="pdf"))
    assert text == "In all 1,250² kt CO₂e and 10⁶ m³"


def columns(*shown: tuple[str, str], leading: float = 14) -> str:
    """Lines of two columns, drawn row by row."""
    return "".join(
        line((left, 10, 0), x=40, y=700 - leading * at)
        + line((right, 10, 0), x=320, y=700 - leading * at)
        for at, (left, right) in enumerate(shown)
        if left or right
    )


def test_columns_of_text_drawn_row_by_row_are_read_one_behind_the_other() -> None:
    rows = list(zip(LEFT, RIGHT, strict=True))
    drawn = line(("A heading over both of the columns of this page, and long", 12, 0), y=730)
    assert text_of(drawn_pdf(drawn + columns(*rows))).split("\n")[1:] == [*LEFT, *RIGHT]
    longer = [*rows, ("Nothing else changed.", "")]
    assert text_of(drawn_pdf(columns(*longer))).split("\n") == [
        *LEFT,
        "Nothing else changed.",
        *RIGHT,
    ]


def test_three_columns_are_read_one_behind_the_other() -> None:
    drawn = ""
    for at, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        for text, x in ((left, 20), (right, 220), (left, 420)):
            drawn += line((text, 8, 0), x=x, y=700 - 12 * at)
    assert text_of(drawn_pdf(drawn)).split("\n") == [*LEFT, *RIGHT, *LEFT]


def test_the_rows_of_a_table_stay_rows() -> None:
    rows = [("Scope 1, in t CO2e", "1,200"), ("Scope 2, in t CO2e", "3,400"), ("Scope 3", "9 900")]
    assert text_of(drawn_pdf(columns(*rows))).split("\n") == [f"{a} {b}" for a, b in rows]


def test_a_word_broken_at_the_end_of_a_line_is_whole_but_for_its_mark() -> None:
    text = text_of(drawn_pdf("BT /F 12 Tf 40 700 Td (we sus-) Tj 0 -14 Td (tain it) Tj ET"))
    assert text == "we sus\ufffetain it"
