"""All figures of an edition, as drawings, as pixels at print size, and as data."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import typst
from matplotlib import style

from cati.model.language import Language
from cati.report.edition import Edition
from cati.report.figures.contributions import contributions
from cati.report.figures.distribution import distribution
from cati.report.figures.intervals import intervals
from cati.report.figures.new_energy import new_energy
from cati.report.figures.origin import origin
from cati.report.figures.paths import paths
from cati.report.figures.profile import profile
from cati.report.figures.ranks import ranks
from cati.report.figures.rates import rates
from cati.report.figures.series import series
from cati.report.figures.sheet import STYLE, Drawing, Sheet

DPI = 300
"""Pixels per inch of print."""

PUBLISHED: tuple[Callable[[Sheet], Drawing | None], ...] = (
    *(distribution, rates, contributions, profile, origin),
    *(new_energy, ranks, paths, series),
)
PAGE = b"""\
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes("%s"), format: "svg")
"""
ASSESSED: tuple[Callable[[Sheet], Drawing | None], ...] = (intervals, series)
"""On the assessed basis most points may still be open: what the others compare, rates, ranks and
classes of totals, could be nearly anything. What a company discloses does not depend on points."""


MOST_ROWS = 150
"""Companies up to which a figure has a row, or a name, for each."""
LONG = frozenset({rates, contributions, new_energy, ranks, paths, intervals})
"""Figures that have one."""


@dataclass(frozen=True)
class Figure:
    """A drawn figure.

    Attributes
    ----------
    name : str
        What its files are called.
    title : str
        What is to be seen in it.
    description : str
        The same in words and numbers, for those who cannot see it.
    svg, png : bytes
        The drawing; the pixels have print size.
    csv : bytes
        The numbers it shows.
    undrawn : str
        Characters that no font here has, which are drawn as escapes.
    """

    name: str
    title: str
    description: str
    svg: bytes
    png: bytes
    csv: bytes
    undrawn: str = ""


def draw_figures(edition: Edition, language: Language) -> dict[str, Figure]:
    """The figures of an edition.

    Parameters
    ----------
    edition : Edition
    language : {"en", "zh"}

    Returns
    -------
    dict of str to Figure
        ``distribution``, ``rates``, ``contributions``, ``profile``, ``origin``, ``new-energy``,
        ``ranks``, ``paths`` and ``scope3-series``, as far as the evaluation has what they show;
        on the assessed basis ``intervals`` and ``scope3-series``. Of more than `MOST_ROWS`
        companies those without a row or a name for each.

    Raises
    ------
    MissingFontError
        If no font on this system has the Chinese characters of figures in Chinese.
    """
    sheet = Sheet(edition, language)
    drawn: list[tuple[Drawing, Future[bytes]]] = []
    with style.context(STYLE), ThreadPoolExecutor(1) as beside:
        for draw in ASSESSED if edition.is_assessed else PUBLISHED:
            if draw in LONG and len(edition.card.order) > MOST_ROWS:
                continue
            drawing = draw(sheet)
            if drawing is not None:
                drawn.append((drawing, beside.submit(pixels, drawing.svg)))
    return {
        d.name: Figure(d.name, d.title, d.description, d.svg, png.result(), d.data.csv(), d.undrawn)
        for d, png in drawn
    }


def pixels(svg: bytes) -> bytes:
    """A drawing as PNG at print size.

    Parameters
    ----------
    svg : bytes
        Without texts, which would need a font.
    """
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
    quoted = svg.replace(b"\\", rb"\\").replace(b'"', rb"\"")
    png = typst.compile(PAGE % quoted, format="png", ppi=float(DPI), font_paths=fonts)
    if not isinstance(png, bytes):
        raise TypeError("a drawing has one page")
    return _with_print_size(png)


def _with_print_size(png: bytes) -> bytes:
    """A PNG that says how many of its pixels make a metre."""
    per_metre = round(DPI / 0.0254)
    chunk = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    size = struct.pack(">I", len(chunk) - 4)
    after_header = 8 + 25  # the signature and the first chunk
    whole = size + chunk + struct.pack(">I", zlib.crc32(chunk))
    return png[:after_header] + whole + png[after_header:]
