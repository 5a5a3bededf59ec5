"""How totals are distributed: companies in each class of totals."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from matplotlib.axes import Axes

from cati.model.rounding import plain
from cati.report.figures.sheet import DARK, PLAIN, RULE, Drawing, Sheet, Table, at
from cati.scoring.scorecard import Interval


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
    """Number of companies in each class of totals; None where the evaluation has no classes."""
    _ = sheet.gettext
    card = sheet.card
    limits = [Fraction(limit) for limit in sheet.edition.evaluation.bands]
    if not limits:
        return None
    classes = bands(limits, {c: card.total(c) for c in card.order})
    title = _("{n} of {of} companies score below {limit}").format(
        n=len(classes[0].companies), of=len(card.companies), limit=plain(limits[0])
    )
    most = plain(card.methodology.maximum)
    subtitle = _("Companies by total, out of {most} points").format(most=most)
    notes = [_("Each class includes its lower limit.")]
    if len(classes) > len(limits) + 1:
        notes.append(_("Not settled: the total is an interval that reaches into two classes."))
    notes.append(sheet.base_note())
    canvas, axes = sheet.canvas(title, subtitle, notes, 2.3)
    _draw_bars(sheet, axes, classes)
    counts = [
        _("{label}: {text}").format(label=_label(sheet, b), text=_count(sheet, b)) for b in classes
    ]
    rows = tuple(
        (
            "" if band.low is None else plain(band.low),
            "" if band.high is None else plain(band.high),
            str(len(band.companies)),
            str(_hatched(sheet, band)),
        )
        for band in classes
    )
    data = Table(("from", "below", "companies", "joint_ventures"), rows)
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


def _draw_bars(sheet: Sheet, axes: Axes, classes: Sequence[Band]) -> None:
    """One bar for each class, the joint ventures hatched on top."""
    _ = sheet.gettext
    places = range(len(classes))
    heights = [len(band.companies) for band in classes]
    hatched = [_hatched(sheet, band) for band in classes]
    solid = [height - part for height, part in zip(heights, hatched, strict=True)]
    bar: dict[str, Any] = {"width": 0.62, "edgecolor": DARK}
    axes.bar(places, solid, **bar, color=DARK, label=_("other companies"))
    look: dict[str, Any] = {"color": "white", "hatch": "////", "label": _("joint ventures")}
    axes.bar(places, hatched, bottom=solid, **bar, **look)
    top = max(heights)
    for place, band in enumerate(classes):
        label = _count(sheet, band) if hatched[place] else str(heights[place])
        axes.text(place, heights[place] + top * 0.03, label, **at(9.5))
        axes.text(place, -top * 0.04, _label(sheet, band), **at(9, vertical="top"))
    axes.axhline(0, color=RULE, linewidth=0.8)
    axes.set(xlim=(-0.5, len(classes) - 0.5), ylim=(-top * 0.15, top * 1.15))
    axes.legend(loc="upper right", frameon=False, fontsize=PLAIN, reverse=True)
