"""The characters of a PDF page with their places, as PDFium tells them."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

HYPHEN = "\ufffe"
"""PDFium's own mark of a word broken at the end of a line; a file's soft hyphen is drawn."""

LINE_END = "\n"

_RETURN, _SOFT_HYPHEN, _END = 0x0D, 0xAD, 0x110000
_HYPHENS = (0x02, 0xFFFE)


@dataclass(frozen=True, slots=True)
class Run:
    """Characters drawn by one operator: their size and direction.

    Attributes
    ----------
    right, up : tuple of float
        Unit vectors on the page: along the line, and away from its foot.
    size : float
        Of the font, as drawn.
    unseen : bool
        Whether they are drawn without ink, as the text that lies over a scanned page is.
    drawn : object
        PDFium's text object.
    """

    right: tuple[float, float]
    up: tuple[float, float]
    size: float
    unseen: bool
    drawn: Any


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character on a page.

    Attributes
    ----------
    char : str
    run : Run, optional
        None for a space or line end that is not in the file.
    start, end : float
        Where it lies along its line.
    foot : float
        How high its line lies.
    low, high : float
        How far its ink reaches from there.
    box : tuple of float
        Left, bottom, right and top on the page.
    """

    char: str
    run: Run | None = None
    start: float = 0.0
    end: float = 0.0
    foot: float = 0.0
    low: float = 0.0
    high: float = 0.0
    box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)

    def is_in_line_with(self, other: Glyph) -> bool:
        """Whether it is drawn in the same direction as another one."""
        mine, theirs = self.run, other.run
        if mine is None or theirs is None:
            return False
        return mine.up[0] * theirs.up[0] + mine.up[1] * theirs.up[1] > 0.99


def glyphs(textpage: Any) -> Iterator[Glyph]:
    """The characters of a page in PDFium's order."""
    from pypdfium2 import raw  # type: ignore[import-untyped]

    handle = textpage.raw
    x, y = ctypes.c_double(), ctypes.c_double()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    sides = tuple(map(ctypes.byref, (left, right, bottom, top)))
    origin = tuple(map(ctypes.byref, (x, y)))
    address, run = None, None
    for index in range(raw.FPDFText_CountChars(handle)):
        code = raw.FPDFText_GetUnicode(handle, index)
        drawn = raw.FPDFText_GetTextObject(handle, index)
        if not drawn:
            if code != _RETURN:
                yield Glyph(_char(code))
            continue
        here = ctypes.addressof(drawn.contents)
        if here != address or run is None:
            address, run = here, _run(handle, index, drawn)
        broken = code in _HYPHENS and raw.FPDFText_IsHyphen(handle, index) == 1
        raw.FPDFText_GetCharOrigin(handle, index, *origin)
        raw.FPDFText_GetCharBox(handle, index, *sides)
        box = (left.value, bottom.value, right.value, top.value)
        place = (x.value, y.value, x.value, y.value)
        start, _ = _reach(place, run.right)
        foot, _ = _reach(place, run.up)
        _, end = _reach(box, run.right)
        low, high = _reach(box, run.up)
        yield Glyph(
            HYPHEN if broken else _char(code),
            *(run, start, max(end, start), foot, low - foot, high - foot, box),
        )


def _reach(box: tuple[float, float, float, float], way: tuple[float, float]) -> tuple[float, float]:
    """From where to where a box reaches in a direction."""
    left, bottom, right, top = box
    if way == (1.0, 0.0):
        return left, right
    if way == (0.0, 1.0):
        return bottom, top
    corners = [x * way[0] + y * way[1] for x in (left, right) for y in (bottom, top)]
    return min(corners), max(corners)


def _run(handle: Any, index: int, drawn: Any) -> Run:
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(handle, index, matrix)
    height = math.hypot(matrix.c, matrix.d)
    width = math.hypot(matrix.a, matrix.b)
    size = raw.FPDFText_GetFontSize(handle, index) * height
    unseen = raw.FPDFTextObj_GetTextRenderMode(drawn) in {
        raw.FPDF_TEXTRENDERMODE_INVISIBLE,
        raw.FPDF_TEXTRENDERMODE_CLIP,
    }
    right = (matrix.a / width, matrix.b / width) if width else (1.0, 0.0)
    up = (matrix.c / height, matrix.d / height) if height else (0.0, 1.0)
    return Run(right, up, size, unseen, drawn)


def _char(code: int) -> str:
    """A character; a half of one beyond the first plane stays so until it is put together."""
    if code == _SOFT_HYPHEN:
        return "-"  # it is in the file, and drawn as any other hyphen
    return chr(code) if 0 < code < _END else "\ufffd"
