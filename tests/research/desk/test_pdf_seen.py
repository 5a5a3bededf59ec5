"""A character counts as seen where the drawn page has ink of it, and where that cannot be told."""

from __future__ import annotations

import pypdfium2
import pytest

from cati.research.desk.pdf_glyphs import glyphs
from cati.research.desk.pdf_seen import seen
from tests.research.documents import drawn_pdf, line, set_pdf

SHOWN = line(("Scope 1 was 1.2 Mt, |.", 12, 0))
OTHER = line(("Scope 3 was 9.9 Mt", 12, 0), y=650)


def split(content: bytes) -> tuple[str, str]:
    """What is seen of a page, and what is not."""
    page = pypdfium2.PdfDocument(content)[0]
    found = list(glyphs(page.get_textpage()))
    told = seen(page, found)
    parts = ("", "")
    for want in (True, False):
        text = "".join(
            glyph.char for glyph, is_seen in zip(found, told, strict=True) if is_seen is want
        )
        parts = (text.strip(), parts[1]) if want else (parts[0], text.strip())
    return parts


@pytest.mark.parametrize(
    "drawn",
    [
        f"3 Tr {OTHER} 0 Tr",
        f"q 1 g {OTHER} Q",
        f"q 0.99 g {OTHER} Q",
        OTHER.replace(" 650 ", " -50 "),
        OTHER.replace("/F 12", "/F 0.01"),
        f"{OTHER} 0.5 g 30 640 300 40 re f",
        f"{OTHER} q 300 0 0 60 30 630 cm /I Do Q",
        f"0.2 g 30 640 300 40 re f {OTHER}".replace("ET", "ET 0 g"),
    ],
    ids=[
        "invisible",
        "white",
        "nearly white",
        "off the page",
        "tiny",
        "box",
        "image",
        "its colour",
    ],
)
def test_what_has_no_ink_is_not_seen(drawn: str) -> None:
    assert split(drawn_pdf(f"{drawn} {SHOWN}")) == ("Scope 1 was 1.2 Mt, |.", "Scope 3 was 9.9 Mt")


@pytest.mark.parametrize(
    "drawn",
    [
        f"0.2 g 0 0 600 800 re f 1 g {SHOWN}",
        f"0.85 g {SHOWN}",
        f"q 600 0 0 800 0 0 cm /I Do Q 1 g {SHOWN}",
        SHOWN.replace("/F 12", "/F 3"),
        f"1 1 0 rg {SHOWN}",
        f"{SHOWN} q 1 g 30 500 300 40 re f Q",
        f"1 Tr {SHOWN}",
    ],
    ids=["white on dark", "grey", "on an image", "small", "yellow", "box elsewhere", "outlined"],
)
def test_what_has_ink_is_seen(drawn: str) -> None:
    assert split(drawn_pdf(drawn)) == ("Scope 1 was 1.2 Mt, |.", "")


def test_the_text_over_a_scanned_page_is_seen() -> None:
    scan = line(("Scope 1 was 1.2 Mt in all.", 12, 0))
    text = line(("Scope 1 was 1.2 Mt in al1.", 12.3, 0), x=41, y=701)
    assert split(drawn_pdf(f"{scan} 3 Tr {text}"))[1] == ""


def test_a_covered_digit_is_not_seen() -> None:
    box = "1 g 39.5 690 6.8 30 re f"
    assert split(drawn_pdf(f"{line(('5250 kt', 12, 0))} {box}")) == ("250 kt", "5")


def test_pages_that_are_turned_or_cut_are_judged_where_they_are_shown() -> None:
    content = drawn_pdf(f"{SHOWN} q 1 g {OTHER} Q")
    for more in (b"/Rotate 90", b"/Rotate 180", b"/CropBox[20 600 400 790]"):
        changed = content.replace(b"/MediaBox", more + b"/MediaBox")
        assert split(changed) == ("Scope 1 was 1.2 Mt, |.", "Scope 3 was 9.9 Mt")
    cut = content.replace(b"/MediaBox", b"/CropBox[0 0 600 600]/MediaBox")
    assert split(cut)[0] == ""


def test_the_text_of_a_layer_that_is_off_is_not_seen() -> None:
    content = drawn_pdf(f"{SHOWN} /OC /L BDC {OTHER} EMC")
    layer = b"9 0 obj\n<</Type/OCG/Name(Draft)>>\nendobj\n"
    content = content.replace(b"1 0 obj", layer + b"1 0 obj", 1)
    content = content.replace(b"/Resources<<", b"/Resources<</Properties<</L 9 0 R>>")
    for state, unseen in ((b"OFF", "Scope 3 was 9.9 Mt"), (b"ON", "")):
        off = b"/Type/Catalog/OCProperties<</OCGs[9 0 R]/D<</%s[9 0 R]>>>>" % state
        assert split(content.replace(b"/Type/Catalog", off))[1] == unseen


def test_a_page_as_designers_make_them_is_seen() -> None:
    assert split(set_pdf("We buy 1,250 kt of green steel.公司采购绿电3亿千瓦时。"))[1] == ""
