"""What every total is made of: a bar for each company, in parts by scope."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import Any

from matplotlib.axes import Axes

from cati.model.interval import Interval
from cati.model.rounding import plain
from cati.report import show
from cati.report.figures.sheet import (
    DARK,
    GREY,
    LIGHT,
    PARTS,
    PLAIN,
    ROW,
    RULE,
    SMALL,
    Drawing,
    Sheet,
    Table,
    at,
)
from cati.scoring.scorecard import Scorecard

HEAD = 3.6
"""Rows above the first company: the legend, and the axis beneath it."""
STEP = 20
"""Points between the lines of the axis; one where totals are smaller."""
THIN: dict[str, Any] = {"color": RULE, "linewidth": 0.4, "zorder": 0}


def contributions(sheet: Sheet) -> Drawing:
    """What each track adds to the total of each company."""
    _ = sheet.gettext
    card = sheet.card
    added = {company: track_contributions(card, company) for company in card.order}
    tracks = [t for t in card.methodology.tracks if any(a[t.id] for a in added.values())]
    sums = {t.id: sum((a[t.id] for a in added.values()), Fraction(0)) for t in tracks}
    whole = sum((card.total(c).low for c in card.order), Fraction(0))
    largest = max(tracks, key=lambda track: sums[track.id], default=None)
    notes = sheet.notes_on_rows()
    if largest is None:
        title = _("No company has points")
    else:
        title = _("{share} % of all points that companies earn come from {track}").format(
            share=show.rate(_exactly(sums[largest.id] / whole), 0), track=sheet.text(largest.name)
        )
    if any(_open(card, company, added[company]) for company in card.order):
        notes.insert(
            0, _("Pale: points of the total that the table does not assign, or that are open.")
        )
    subtitle = _("What each part adds to the total, in points after weighting")
    canvas, axes = sheet.canvas(title, subtitle, notes, ROW * (len(card.order) + HEAD))
    numbers = [
        _("{label}: {text}").format(
            label=sheet.text(track.name),
            text=_("on average {points} points").format(
                points=show.total(_exactly(sums[track.id] / len(card.order)), 1)
            ),
        )
        for track in tracks
    ]
    colours = {track.id: PARTS[at % len(PARTS)] for at, track in enumerate(tracks)}
    names = {track.id: sheet.text(track.name) for track in tracks}
    _draw(sheet, axes, added, colours, names)
    rows = tuple(
        (company, track.id, plain(added[company][track.id]))
        for company in card.order
        for track in tracks
    )
    data = Table(("company", "track", "contribution"), rows)
    return sheet.finish(canvas, "contributions", title, numbers, notes, data)


def track_contributions(card: Scorecard, company: str) -> dict[str, Fraction]:
    """What each track adds to a company's total at least, in points after its factor."""
    return {
        track.id: card.track(track.id).points(company).low * card.factors[track.id]
        for track in card.methodology.tracks
    }


def _exactly(value: Fraction) -> Interval:
    return Interval.exact(value)


def _open(card: Scorecard, company: str, added: dict[str, Fraction]) -> Fraction:
    """What of the greatest total no track has for certain."""
    return card.total(company).high - sum(added.values(), Fraction(0))


def _draw(
    sheet: Sheet,
    axes: Axes,
    added: dict[str, dict[str, Fraction]],
    colours: dict[str, str],
    names: dict[str, str],
) -> None:
    card = sheet.card
    order, most = card.order, float(card.methodology.maximum)
    start = [0.0] * len(order)
    for track, colour in colours.items():
        widths = [float(added[company][track]) for company in order]
        axes.barh(
            range(len(order)), widths, left=start, height=0.66, color=colour, label=names[track]
        )
        start = [one + width for one, width in zip(start, widths, strict=True)]
    for y, company in enumerate(order):
        rest = float(_open(card, company, added[company]))
        if rest > 0:  # a bar without width still has an edge
            look: dict[str, Any] = {"color": LIGHT, "edgecolor": DARK, "linewidth": 0.3}
            axes.barh(y, rest, left=start[y], height=0.66, **look)
        end = float(card.total(company).high)
        middle = "center_baseline"
        axes.text(-most * 0.01, y, sheet.name(company), **at(SMALL, middle, "right"))
        total = sheet.total(card.total(company))
        axes.text(end + most * 0.01, y, total, **at(SMALL, middle, "left"))
    reach = max(float(card.total(c).high) for c in order) if order else most
    for points in range(0, floor(reach) + 1, STEP if reach > STEP else 1):
        axes.axvline(points, ymax=len(order) / (len(order) + HEAD), **THIN)
        axes.text(points, -1.0, str(points), color=GREY, **at(7))
    axes.set(xlim=(-reach * 0.4, reach * 1.12), ylim=(len(order) - 0.5, -0.5 - HEAD))
    axes.legend(loc="upper left", ncols=len(colours), frameon=False, fontsize=PLAIN)
