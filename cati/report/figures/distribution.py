"""How totals are distributed: every company's, and how many there are in each class."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Any

from matplotlib.axes import Axes

from cati.model.interval import Interval
from cati.model.rounding import plain
from cati.report.figures.sheet import (
    ACCENT,
    DARK,
    GREY,
    PLAIN,
    RULE,
    SMALL,
    Drawing,
    Sheet,
    Table,
    at,
)
from cati.report.glossary import word

CLASSES = 10
"""Bars, of equal width."""


@dataclass(frozen=True)
class Band:
    """A class of totals.

    Attributes
    ----------
    low, high : Fraction, optional
        From and below which totals; both None for companies whose interval
        reaches into more than one class.
    """

    low: Fraction | None
    high: Fraction | None
    companies: tuple[str, ...]


def bands(limits: Sequence[Fraction], totals: Mapping[str, Interval]) -> tuple[Band, ...]:
    """Companies by class of their total; each class begins with its lower limit.

    Parameters
    ----------
    limits : sequence of Fraction
        Rising, at least one.
    totals : mapping of str to Interval
        By company.

    Returns
    -------
    tuple of Band
        From the lowest; at the end those that may belong to several, if there are any.
    """
    found: dict[int, list[str]] = {place: [] for place in range(len(limits) + 1)}
    unsettled: list[str] = []
    for company, total in totals.items():
        place = bisect_right(limits, total.low)
        settled = place == bisect_right(limits, total.high)
        (found[place] if settled else unsettled).append(company)
    edges = [None, *limits, None]
    classes = [Band(edges[p], edges[p + 1], tuple(c)) for p, c in found.items()]
    if unsettled:
        classes.append(Band(None, None, tuple(unsettled)))
    return tuple(classes)


def distribution(sheet: Sheet) -> Drawing | None:
    """Totals of all companies by class; None where the evaluation has no classes."""
    _ = sheet.gettext
    card = sheet.card
    limits = [Fraction(limit) for limit in sheet.edition.evaluation.bands]
    if not limits:
        return None
    totals = {company: card.total(company) for company in card.order}
    classes = bands(limits, totals)
    step = Fraction(card.methodology.maximum) / CLASSES
    equal = bands([step * number for number in range(1, CLASSES)], totals)
    middle = Interval(
        Fraction(median(total.low for total in totals.values())),
        Fraction(median(total.high for total in totals.values())),
    )
    title = _("{n} of {of} companies score below {limit}").format(
        n=len(classes[0].companies), of=len(card.companies), limit=plain(limits[0])
    )
    subtitle = _("Number of companies by total, in classes of {step} points").format(
        step=plain(step)
    )
    notes = [
        _("Each stroke below the bars is a company. Each class includes its lower limit."),
    ]
    if any(len(each) > most for each, most in ((classes, len(limits) + 1), (equal, CLASSES))):
        notes.append(_("Not settled: the total is an interval that reaches into two classes."))
    notes.append(sheet.base_note())
    canvas, axes = sheet.canvas(title, subtitle, notes, 3.0)
    top = max(1, *(len(band.companies) for band in equal[:CLASSES]))
    _draw_bars(sheet, axes, equal[:CLASSES], step, top)
    _draw_strip(sheet, axes, totals, middle, top)
    _draw_limits(sheet, axes, classes[: len(limits) + 1], top)
    counts = [
        _("{label}: {text}").format(label=_label(sheet, b), text=_count(sheet, b)) for b in classes
    ]
    counts.append(_("median {total}").format(total=sheet.total(middle)))
    rows = tuple(
        (company, str(company in sheet.ventures).lower(), plain(total.low), plain(total.high))
        for company, total in totals.items()
    )
    data = Table(("company", "joint_venture", "total_low", "total_high"), rows)
    return sheet.finish(canvas, "distribution", title, counts, notes, data)


def _hatched(sheet: Sheet, band: Band) -> int:
    """How many joint ventures are in a class."""
    return len(sheet.ventures.intersection(band.companies))


def _count(sheet: Sheet, band: Band) -> str:
    """How many companies are in a class, and how many of them are joint ventures."""
    return sheet.gettext("{n} (joint ventures: {ventures})").format(
        n=len(band.companies), ventures=_hatched(sheet, band)
    )


def _label(sheet: Sheet, band: Band) -> str:
    """A class as the axis names it."""
    _ = sheet.gettext
    low = "" if band.low is None else plain(band.low)
    high = "" if band.high is None else plain(band.high)
    if low and high:
        return _("{low} to {high}").format(low=low, high=high)
    if low:
        return _("{low} and over").format(low=low)
    return _("below {limit}").format(limit=high) if high else _("not settled")


def _draw_bars(sheet: Sheet, axes: Axes, equal: Sequence[Band], step: Fraction, top: int) -> None:
    """A bar for each class of equal width, the joint ventures hatched on top."""
    _ = sheet.gettext
    starts = [float(step * number) for number in range(len(equal))]
    heights = [len(band.companies) for band in equal]
    hatched = [_hatched(sheet, band) for band in equal]
    solid = [height - part for height, part in zip(heights, hatched, strict=True)]
    bar: dict[str, Any] = {"width": float(step) * 0.94, "edgecolor": DARK}
    middles = [start + float(step) / 2 for start in starts]
    axes.bar(middles, solid, **bar, color=DARK, label=_("other companies"))
    label = word("companies", "joint-ventures", sheet.language)
    look: dict[str, Any] = {"color": "white", "hatch": "////", "label": label}
    axes.bar(middles, hatched, bottom=solid, **bar, **look)
    for middle, height in zip(middles, heights, strict=True):
        if height:
            axes.text(middle, height + top * 0.02, str(height), **at(PLAIN))
    most = float(step) * len(equal)
    for limit in (*starts, most):
        axes.text(limit, -top * 0.03, f"{limit:g}", color=GREY, **at(7, "top"))
    axes.axhline(0, color=RULE, linewidth=1, zorder=3)
    axes.set(xlim=(-most * 0.02, most * 1.02), ylim=(-top * 0.45, top * 1.42))
    axes.legend(loc=(0.74, 0.6), frameon=False, fontsize=PLAIN, reverse=True)


def _draw_strip(
    sheet: Sheet, axes: Axes, totals: Mapping[str, Interval], middle: Interval, top: int
) -> None:
    """A stroke for each company, a line where its total is an interval, and their median."""
    low, high = -top * 0.27, -top * 0.17
    exact = [float(total.low) for total in totals.values() if total.is_exact]
    axes.vlines(exact, low, high, color=DARK, linewidth=0.8)
    for total in totals.values():
        if not total.is_exact:
            axes.hlines((low + high) / 2, float(total.low), float(total.high), color=DARK)
    place = float(middle.low)
    axes.scatter([place], [low - top * 0.03], marker="^", s=26, color=ACCENT)
    text = sheet.gettext("median {total}").format(total=sheet.total(middle))
    axes.text(place, low - top * 0.07, text, color=ACCENT, **at(7, "top"))


def _draw_limits(sheet: Sheet, axes: Axes, classes: Sequence[Band], top: int) -> None:
    """The evaluation's own classes above the bars, as wide as they are."""
    most = float(sheet.card.methodology.maximum)
    for band in classes:
        start = 0.0 if band.low is None else float(band.low)
        end = most if band.high is None else float(band.high)
        if band.low is not None:
            line: dict[str, Any] = {"color": GREY, "linewidth": 0.8, "linestyle": (0, (3, 2))}
            axes.plot([start, start], [0, top * 1.38], **line)
        middle = (start + end) / 2
        axes.text(middle, top * 1.29, _label(sheet, band), **at(PLAIN))
        axes.text(middle, top * 1.2, _count(sheet, band), color=GREY, **at(SMALL))
