"""Which characters of a PDF page are struck out: by a line through them, or by a reader's mark."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any

from cati.research.desk.pdf_glyphs import Glyph

THIN = 0.12
"""Of the size of the characters: how thick a line through them is at most."""

LOWEST, HIGHEST = 0.15, 0.5
"""Of the same: between which heights over their foot it lies; others underline or frame them."""

LINES_LIMIT = 500
"""Thin lines of a page that are looked at; one with more has drawings on it."""

_Box = tuple[float, float, float, float]


def struck(page: Any, glyphs: Sequence[Glyph]) -> list[bool]:
    """Of each character whether it is struck out.

    A line through more than the characters on it is a rule or part of a drawing.

    Parameters
    ----------
    page : pypdfium2.PdfPage
    glyphs : sequence of Glyph
        Of this page.
    """
    told = [False] * len(glyphs)
    level = [at for at, one in enumerate(glyphs) if one.run and one.run.up == (0.0, 1.0)]
    lines = list(_lines(page))
    for line in lines if len(lines) <= LINES_LIMIT else ():
        through = [at for at in level if _goes_through(line, glyphs[at])]
        if through and _is_as_long(line, [glyphs[at] for at in through]):
            for at in through:
                told[at] = True
    for left, bottom, right, top in _marks(page):
        for at in level:
            x, y = _middle(glyphs[at])
            told[at] |= left <= x <= right and bottom <= y <= top
    return told


def _goes_through(line: _Box, glyph: Glyph) -> bool:
    size = glyph.run.size if glyph.run else 0.0
    height = (line[1] + line[3]) / 2 - glyph.foot
    thin = line[3] - line[1] <= THIN * size
    return (
        thin
        and LOWEST * size <= height <= HIGHEST * size
        and (line[0] <= _middle(glyph)[0] <= line[2])
    )


def _is_as_long(line: _Box, glyphs: Sequence[Glyph]) -> bool:
    size = max(glyph.run.size for glyph in glyphs if glyph.run)
    return (
        min(glyph.start for glyph in glyphs) - line[0] <= size
        and line[2] - max(glyph.end for glyph in glyphs) <= size
    )


def _middle(glyph: Glyph) -> tuple[float, float]:
    left, bottom, right, top = glyph.box
    return (left + right) / 2, (bottom + top) / 2


def _lines(page: Any) -> Iterator[_Box]:
    """The thin level lines that are drawn on a page."""
    from pypdfium2 import raw  # type: ignore[import-untyped]

    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1):
        sides = [ctypes.c_float() for _ in range(4)]
        if raw.FPDFPageObj_GetBounds(drawn.raw, *sides):
            left, bottom, right, top = (side.value for side in sides)
            if top - bottom < 4 and right - left > 2 * (top - bottom):
                yield left, bottom, right, top


def _marks(page: Any) -> Iterator[_Box]:
    """Where readers have struck something out."""
    from pypdfium2 import raw

    for number in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        mark = raw.FPDFPage_GetAnnot(page.raw, number)
        box = raw.FS_RECTF()
        if raw.FPDFAnnot_GetSubtype(mark) == raw.FPDF_ANNOT_STRIKEOUT and raw.FPDFAnnot_GetRect(
            mark, box
        ):
            yield box.left, box.bottom, box.right, box.top
        raw.FPDFPage_CloseAnnot(mark)
