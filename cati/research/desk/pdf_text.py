"""What a reader sees of a page of a PDF, and what stands in the file but is not to be seen."""

from __future__ import annotations

import codecs
import ctypes
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cati.research.desk.pdf_glyphs import Glyph, glyphs
from cati.research.desk.pdf_lines import page_text
from cati.research.desk.pdf_seen import seen
from cati.research.desk.pdf_struck import struck

_ACTUAL = b"ActualText"
_UNREADABLE = re.compile(r"[\ue000-\uf8ff\ufffd\x00-\x1f]")
_DEPTH = 15


@dataclass(frozen=True)
class PdfPageText:
    """The text of a page, and what is in it that nobody sees."""

    text: str
    hidden: str


def pdf_page_text(page: Any) -> PdfPageText:
    """The text of a page.

    Where a file says that other words are meant than those that are drawn
    (``ActualText``), the drawn ones are the text, unless they cannot be read.

    Parameters
    ----------
    page : pypdfium2.PdfPage
        May lose such alternatives.
    """
    said = list(glyphs(page.get_textpage()))
    untrue = _without_untrue_alternatives(page, said)
    found = said if untrue is None else list(glyphs(page.get_textpage()))
    shown: list[Glyph] = []
    hidden: list[Glyph] = []
    for glyph, is_inked, is_struck in zip(
        found, seen(page, found), struck(page, found), strict=True
    ):
        is_seen = is_inked and not is_struck
        (shown if is_seen else hidden).append(glyph)
        if not is_seen and glyph.run is not None and shown and shown[-1].char != " ":
            shown.append(Glyph(" "))
    unseen = [page_text(hidden).strip(), *(untrue or ())]
    return PdfPageText(page_text(shown), "\n".join(filter(None, unseen)))


def _without_untrue_alternatives(page: Any, said: list[Glyph]) -> list[str] | None:
    """Take alternatives off a page, but for those of words that cannot be read otherwise.

    Gives what those say that contradict what is drawn; None where there are no alternatives.
    """
    runs = {id(glyph.run): glyph.run for glyph in said if glyph.run is not None}
    if not any(list(_alternatives(run.drawn)) for run in runs.values()):
        return None
    taken = _taken_off(page)
    letters: dict[int, str] = {}
    for glyph in glyphs(page.get_textpage()):
        if glyph.run is not None:
            here = ctypes.addressof(glyph.run.drawn.contents)
            letters[here] = letters.get(here, "") + glyph.char
    untrue = []
    for alternative, objects in taken:
        text = "".join(letters.get(ctypes.addressof(drawn.contents), "") for drawn, _ in objects)
        meant = _plain(alternative)
        if meant and (not _plain(text) or _UNREADABLE.search(text)):
            for drawn, mark in objects:
                _put_back(page, drawn, mark, alternative)
        elif meant != _plain(text):
            untrue.append(alternative)
    return untrue


def _taken_off(page: Any) -> list[tuple[str, list[tuple[Any, Any]]]]:
    """The alternatives of a page with the objects and marks that they are taken off."""
    from pypdfium2 import raw  # type: ignore[import-untyped]

    taken: dict[int, tuple[str, list[tuple[Any, Any]]]] = {}
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=_DEPTH):
        for mark, text in list(_alternatives(drawn.raw)):
            here = ctypes.addressof(mark.contents)
            taken.setdefault(here, (text, []))[1].append((drawn.raw, mark))
    for _, objects in taken.values():
        for drawn, mark in objects:
            raw.FPDFPageObjMark_RemoveParam(drawn, mark, _ACTUAL)
    return list(taken.values())


def _alternatives(drawn: Any) -> Iterator[tuple[Any, str]]:
    """The marks of an object that say what it means, and what they say."""
    from pypdfium2 import raw

    for number in range(raw.FPDFPageObj_CountMarks(drawn)):
        mark = raw.FPDFPageObj_GetMark(drawn, number)
        size = ctypes.c_ulong()
        raw.FPDFPageObjMark_GetParamStringValue(mark, _ACTUAL, None, 0, size)
        if size.value > 2:
            text = (raw.FPDF_WCHAR * (size.value // 2))()
            raw.FPDFPageObjMark_GetParamStringValue(mark, _ACTUAL, text, size, size)
            yield mark, bytes(text).decode("utf-16-le", "replace").rstrip("\x00")


def _put_back(page: Any, drawn: Any, mark: Any, alternative: str) -> None:
    from pypdfium2 import raw

    value = codecs.BOM_UTF16_BE + alternative.encode("utf-16-be")
    blob = (ctypes.c_ubyte * len(value)).from_buffer_copy(value)
    raw.FPDFPageObjMark_SetBlobParam(page.pdf.raw, drawn, mark, _ACTUAL, blob, len(value))


def _plain(text: str) -> str:
    """The letters and digits of a text, however they are set."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))
