"""A company's profile: its rates as dots on the range of all companies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from matplotlib.axes import Axes

from cati.model.interval import Interval
from cati.report.figures.rates import percent
from cati.report.figures.sheet import (
    ACCENT,
    DARK,
    GREY,
    LIGHT,
    PLAIN,
    RULE,
    Drawing,
    Sheet,
    Table,
    at,
)
from cati.scoring.scorecard import Scorecard


@dataclass(frozen=True)
class Place:
    """A company's rate in a column among those of all companies.

    Attributes
    ----------
    column : str
        Id of the column.
    own : Interval
    least, median, greatest : Fraction
        Of all companies, of the lower end of each; from 0 to 1.
    leader : str
        The company with the greatest rate, the best ranked of several.
    """

    column: str
    own: Interval
    least: Fraction
    median: Fraction
    greatest: Fraction
    leader: str


def places(card: Scorecard, company: str) -> tuple[Place, ...]:
    """A company's rate in each column, beside those of all companies.

    Columns that overlap others are part of it; those that no table prints too.
    """
    found = []
    for column in card.methodology.columns:
        group = card.column(column.id)
        lows = [group.rate(other).low for other in card.order]
        greatest = max(lows)
        found.append(
            Place(
                column.id,
                group.rate(company),
                min(lows),
                Fraction(median(lows)),
                greatest,
                card.order[lows.index(greatest)],
            )
        )
    return tuple(found)


def profile(sheet: Sheet, company: str | None = None) -> Drawing | None:
    """The rates of a company, the first of the ranking unless named, on the range of all.

    Parameters
    ----------
    sheet : Sheet
    company : str, optional
    """
    _ = sheet.gettext
    card = sheet.card
    if not card.order:
        return None
    shown = card.order[0] if company is None else company
    found = [p for p in places(card, shown) if card.methodology.column(p.column).printed]
    best = sum(place.own.low == place.greatest for place in found)
    above = sum(place.own.low > place.median for place in found)
    if above == len(found):
        title = _("{company}: the highest rate in {best} of {of} columns, above the median in all")
    else:
        title = _(
            "{company}: the highest rate in {best} of {of} columns, above the median in {above}"
        )
    name = sheet.short_name(shown)
    title = title.format(company=name, best=best, of=len(found), above=above)
    subtitle = _("Scoring rates in per cent, on the range of all companies")
    notes = [sheet.base_note()]
    canvas, axes = sheet.canvas(title, subtitle, notes, 0.27 * (len(found) + 2))
    _draw(sheet, axes, found, shown)
    numbers = [
        _("{column}: {own} %, median {median} %, highest {most} %").format(
            column=sheet.text(card.methodology.column(place.column).name),
            own=sheet.rate(place.own),
            median=sheet.rate(Interval.exact(place.median)),
            most=sheet.rate(Interval.exact(place.greatest)),
        )
        for place in found
    ]
    rows = tuple(
        (
            shown,
            place.column,
            percent(place.own.low),
            percent(place.own.high),
            percent(place.least),
            percent(place.median),
            percent(place.greatest),
        )
        for place in found
    )
    header = ("company", "column", "rate_low", "rate_high", "least", "median", "greatest")
    return sheet.finish(canvas, "profile", title, numbers, notes, Table(header, rows))


def _draw(sheet: Sheet, axes: Axes, found: Sequence[Place], company: str) -> None:
    _ = sheet.gettext
    card = sheet.card
    rows = range(len(found))
    for y, place in enumerate(found):
        low, high = 100 * float(place.least), 100 * float(place.greatest)
        axes.barh(y, high - low, left=low, height=0.42, color=LIGHT)
        others = {100 * float(card.column(place.column).rate(c).low) for c in card.order}
        axes.vlines(sorted(others), y - 0.21, y + 0.21, color="#7fa8c9", linewidth=0.5)
        name = sheet.text(card.methodology.column(place.column).name)
        axes.text(-2.5, y, name, **at(PLAIN, "center_baseline", "right"))
        axes.text(104, y, sheet.rate(place.own), **at(PLAIN, "center_baseline", "left"))
    middle = [100 * float(place.median) for place in found]
    axes.scatter(middle, rows, marker="|", s=150, color=DARK, linewidth=2, label=_("median"))
    for y, place in enumerate(found):
        if not place.own.is_exact:
            ends = [100 * float(place.own.low), 100 * float(place.own.high)]
            axes.plot(ends, [y, y], color=ACCENT, linewidth=2)
    own = [100 * float(place.own.low) for place in found]
    axes.scatter(own, rows, s=44, color=ACCENT, zorder=3, label=sheet.short_name(company))
    for share in (0, 25, 50, 75, 100):
        axes.axvline(share, color=RULE, linewidth=0.4, zorder=0, ymax=0.88)
        axes.text(share, len(found) - 0.3, str(share), color=GREY, **at(7, "top"))
    axes.set(xlim=(-42, 110), ylim=(len(found) + 0.2, -1.6))
    axes.legend(loc="upper right", ncols=2, frameon=False, fontsize=PLAIN)
