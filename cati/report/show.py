"""Exact numbers as people read them: decimals as the methodology shows them, intervals with a dash.

Rounding happens here and nowhere earlier.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor

from cati.model.interval import Interval
from cati.model.rounding import half_up, plain
from cati.scoring.scorecard import Rank

DASH = "–"


def points(interval: Interval) -> str:
    """Points, exactly: ``8.5``, or ``0–1.5``."""
    return span(plain(interval.low), plain(interval.high))


def total(interval: Interval, decimals: int) -> str:
    """A total with the methodology's decimals: ``46.0``, or ``63.5–65.5``."""
    return span(str(half_up(interval.low, decimals)), str(half_up(interval.high, decimals)))


def rate(interval: Interval, decimals: int) -> str:
    """A rate from 0 to 1 in per cent, without the sign: ``80``, or ``75–95``."""
    return total(interval.scaled(Fraction(100)), decimals)


def cut_percent(part: Fraction) -> str:
    """A part from 0 to 1 in whole per cent, cut and not rounded, so that 100 means all of it."""
    return str(floor(100 * part))


def rank(rank: Rank) -> str:
    """A rank: ``4``, or ``3–5``."""
    return span(str(rank.best), str(rank.worst))


def factor(value: Fraction) -> str:
    """A factor: ``0.6``; with one decimal at least, so that it reads as a factor."""
    text = plain(value)
    return f"{text}.0" if text.isdigit() else text


def span(low: str, high: str) -> str:
    """Two figures with a dash between them, or one where they are the same."""
    return low if low == high else f"{low}{DASH}{high}"
