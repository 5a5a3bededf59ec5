"""How the workbook looks: greys and one blue that stay apart where colours do not print."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

from cati.model.methodology import Methodology
from cati.report.workbook.points import number_format

LIGHTEST, DARKEST = "#ffffff", "#8fb8de"
"""Ends of the scale behind rates; black text can be read on both, in colour and in grey."""

LONGEST = 32_767
"""Characters that a cell can hold."""

TALLEST = 409.0
"""Height of a row that Excel still opens."""

MOST_LINKS = 30_000
"""Rows of a sheet that can have two links: Excel opens no sheet with more than 65,530 of them."""


@dataclass(frozen=True)
class Head:
    """A column of a table: what stands above it and how wide it is, in characters."""

    text: str
    width: float


def formats(book: Any, methodology: Methodology) -> dict[str, Any]:
    """Every look of a cell, by name."""
    frame = {"border": 1, "border_color": "#8c8c8c"}
    shaded = {"bg_color": "#f0f0f0", **frame}
    line = {"bottom": 1, "bottom_color": "#d9d9d9", "valign": "top"}
    head = {
        "bold": True,
        "bg_color": "#d9d9d9",
        "valign": "vcenter",
        "text_wrap": True,
        **frame,
    }
    total = number_format(methodology.total_decimals)
    rate = number_format(methodology.rate_decimals) + "%"
    looks: dict[str, dict[str, object]] = {
        "title": {"bold": True, "font_size": 14},
        "notice": {"font_color": "#404040", "text_wrap": True, "valign": "top"},
        "heading": {"bold": True, "font_size": 12},
        "wrapped": {"text_wrap": True, "valign": "top"},
        "head": head,
        "head_centered": {**head, "align": "center"},
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
    return min(TALLEST, (19.0 if chinese else 15.0) * lines)


def _lines(text: str, width: float) -> int:
    return max(1, ceil(1.05 * (len(text) + sum(map(_is_wide, text))) / width))


def _is_wide(char: str) -> bool:
    return ord(char) > 0x2E80
