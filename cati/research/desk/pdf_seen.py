"""Which characters of a PDF page a reader sees, told by drawing the page.

A character is seen where the drawn page is not of one colour. That settles white and
invisible text, text under a box and text of a layer that is off by one rule, and lets
the invisible text over a scanned page be: there is ink under it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from cati.research.desk.pdf_glyphs import Glyph, Run

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SCALE, LONGEST_SIDE = 1.5, 2_000
"""Pixels for a point, and at most for a side of a page."""

CONTRAST = 8
"""Of 255 steps of a colour: by how many a character must differ from what is round it."""

NEIGHBOUR = 0.3
"""Pixels at either side of a character that may have ink of the next one."""

TINY = 1.0
"""Points below which nobody can read a font."""

OVER_INK = 0.3
"""Share of the characters of an invisible text that have ink under them, where it is a scan's."""


def seen(page: Any, glyphs: Sequence[Glyph]) -> list[bool]:
    """Of each character whether a reader sees it; true where that cannot be told.

    Parameters
    ----------
    page : pypdfium2.PdfPage
    glyphs : sequence of Glyph
        Of this page.
    """
    judged = [at for at, glyph in enumerate(glyphs) if glyph.run is not None and _is_judged(glyph)]
    ink = dict(zip(judged, _has_ink(page, [glyphs[at] for at in judged]), strict=True))
    for _, part in groupby(judged, key=lambda at: id(glyphs[at].run)):
        places = list(part)
        run = glyphs[places[0]].run
        if run is not None and run.unseen:
            over_ink = sum(ink[at] for at in places) >= OVER_INK * len(places)
            ink.update(dict.fromkeys(places, over_ink))
    told, last = [], True
    for at in range(len(glyphs)):
        last = ink.get(at, last)
        told.append(last)
    return told


def _is_judged(glyph: Glyph) -> bool:
    return glyph.char.isalnum()


def _has_ink(page: Any, glyphs: Sequence[Glyph]) -> list[bool]:
    """Of each character whether the page has more than one colour where it lies."""
    import numpy as np

    if not glyphs:
        return []
    width, height = page.get_size()
    picture = page.render(scale=min(SCALE, LONGEST_SIDE / max(width, height, 1.0))).to_numpy()
    rows, columns = picture.shape[:2]
    boxes = _on_picture(page, np.array([glyph.box for glyph in glyphs]), rows, columns)
    told = []
    for glyph, (left, top, right, bottom) in zip(glyphs, boxes.tolist(), strict=True):
        run = glyph.run
        assert run is not None  # noqa: S101  only characters that are drawn are judged
        x, y = (left + right) / 2, (top + bottom) / 2
        if not (0 <= x <= columns and 0 <= y <= rows) or run.size < TINY:
            told.append(False)
            continue
        across = slice(int(max(left + NEIGHBOUR, 0)), int(right + 1 - NEIGHBOUR))
        there = picture[max(int(top) - 2, 0) : int(bottom) + 3, across]
        if not there.size:
            told.append(True)
            continue
        large = right - left >= 1 and bottom - top >= 1
        told.append(_differs(there) or not large or not _has_font(run, glyph.char))
    return told


def _differs(there: NDArray[np.uint8]) -> bool:
    """Whether a part of a picture has more than one colour; most have in any of its channels."""
    for channel in range(there.shape[2]):
        one = there[:, :, channel]
        if int(one.max()) - int(one.min()) > CONTRAST:
            return True
    return False


def _has_font(run: Run, char: str) -> bool:
    """Whether a character can be drawn here: its font is in the file, or any would do."""
    from pypdfium2 import raw  # type: ignore[import-untyped]

    return char.isascii() or raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(run.drawn)) == 1


def _on_picture(
    page: Any, boxes: NDArray[np.float64], rows: int, columns: int
) -> NDArray[np.float64]:
    """Boxes of a page as left, top, right and bottom on its picture, whichever way it is turned."""
    import ctypes

    import numpy as np
    from pypdfium2 import raw

    fine, far = 100, 1_000.0
    corners = []
    for x, y in ((0.0, 0.0), (far, 0.0), (0.0, far)):
        column, row = ctypes.c_int(), ctypes.c_int()
        size = (columns * fine, rows * fine)
        raw.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, x, y, column, row)
        corners.append(np.array((column.value, row.value)) / fine)
    origin, along, across = corners[0], *((corner - corners[0]) / far for corner in corners[1:])
    one = origin + boxes[:, :1] * along + boxes[:, 1:2] * across
    other = origin + boxes[:, 2:3] * along + boxes[:, 3:4] * across
    return np.hstack((np.minimum(one, other), np.maximum(one, other)))
