"""How the workbook looks: greys and one blue that stay apart where colours do not print."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

from cati.model.methodology import Methodology
from cati.report.workbook.points import number_format
from cati.report.xlsx import FRAME, GREY_HEAD, HIGHEST_ROW, LINE, NOTICE, TITLE

LIGHTEST, DARKEST = "#ffffff", "#8fb8de"
"""Ends of the scale behind rates; black text can be read on both, in colour and in grey."""

MOST_LINKS = 30_000
"""Rows of a sheet that can have two links: Excel opens no sheet with more than 65,530 of them."""


@dataclass(frozen=True)
class Head:
    """A column of a table: what stands above it and how wide it is, in characters."""

    text: str
    width: float


def formats(book: Any, methodology: Methodology) -> dict[str, Any]:
    """Every look of a cell, by name."""
    shaded = {"bg_color": "#f0f0f0", **FRAME}
    line = {**LINE, "valign": "top"}
    total = number_format(methodology.total_decimals)
    rate = number_format(methodology.rate_decimals) + "%"
    looks: dict[str, dict[str, object]] = {
        "title": TITLE,
        "notice": NOTICE,
        "heading": {"bold": True, "font_size": 12},
        "wrapped": {"text_wrap": True, "valign": "top"},
        "head": GREY_HEAD,
        "head_centered": {**GREY_HEAD, "align": "center"},
        "label": {"bold": True, **shaded},
        "given": {"num_format": "0.0###", "align": "center", **shaded},
        "input": {"bold": True, "bg_color": "#fff2cc", "align": "center", "border": 2},
        "warning": {"bold": True},
        "text": line,
        "text_wrapped": {"text_wrap": True, **line},
        "link": {"font_color": "#1f4e79", "underline": 1, "text_wrap": True, **line},
        "centered": {"align": "center", **line},
        "points": {"num_format": "0.0##", **line},
        "total": {"bold": True, "num_format": total, "align": "right", **line},
        "end": {"num_format": total, **line},
        "rate": {"num_format": rate, **line},
    }
    return {name: book.add_format(look) for name, look in looks.items()}


def row_height(text: str, width: float) -> float:
    """Height of a row for text wrapped to a width, which not every program finds by itself.

    A Chinese character is two columns wide and its line higher.
    """
    chinese = any(map(_is_wide, text))
    lines = sum(_lines(line, width) for line in text.split("\n"))
    return min(HIGHEST_ROW, (19.0 if chinese else 15.0) * lines)


def _lines(text: str, width: float) -> int:
    return max(1, ceil(1.05 * (len(text) + sum(map(_is_wide, text))) / width))


def _is_wide(char: str) -> bool:
    return ord(char) > 0x2E80
