"""How a sheet stands on paper."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from cati.report.xlsx import set_paper

PAGE = 170
"""Characters beside each other that can be read on one page."""


def set_page(sheet: Any, foot: str, head: str) -> None:
    """Paper, margins, and what stands at the head and foot of every page.

    Parameters
    ----------
    sheet : Worksheet
    foot : str
        Stands left of the page's number.
    head : str
        Stands in the middle; nothing where it is empty.
    """
    set_paper(sheet, foot)
    if head:
        sheet.set_header(f'&C&"-,Bold"{head}')


def set_pages(
    sheet: Any, widths: Sequence[float], rows: tuple[int, int], last: int, keep: int
) -> None:
    """Divide a table among pages on which it can be read.

    Parameters
    ----------
    sheet : Worksheet
    widths : sequence of float
        Of its columns, in characters.
    rows : tuple of int
        First and last row of its header, which stands on every page.
    last : int
        The row in which it ends.
    keep : int
        How many columns stand on every page.
    """
    sheet.print_area(0, 0, last, len(widths) - 1)
    sheet.repeat_rows(*rows)
    sheet.repeat_columns(0, keep - 1)
    kept = sum(widths[:keep])
    sheet.fit_to_pages(max(1, ceil((sum(widths) - kept) / (PAGE - kept))), 0)
