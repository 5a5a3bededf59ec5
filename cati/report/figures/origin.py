"""Chinese and overseas companies side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from cati.analysis.claims.facts import PROFILE
from cati.model.interval import Interval
from cati.report.figures.rates import mean, mean_rate, percent
from cati.report.figures.sheet import ACCENT, DARK, GREY, PLAIN, RULE, Drawing, Sheet, Table, at

FEWEST = 2
"""An average of fewer companies compares nothing."""


@dataclass(frozen=True)
class Sides:
    """The companies that are compared; joint ventures are neither.

    Attributes
    ----------
    chinese, overseas : tuple of str
        In the order of the ranking.
    """

    chinese: tuple[str, ...]
    overseas: tuple[str, ...]


def sides(sheet: Sheet) -> Sides:
    """Chinese and overseas companies of the scorecard, without joint ventures."""
    entities = sheet.edition.entities
    alone = [company for company in sheet.card.order if company not in sheet.ventures]
    return Sides(
        tuple(c for c in alone if PROFILE["chinese"](entities[c]) is True),
        tuple(c for c in alone if PROFILE["overseas"](entities[c]) is True),
    )


def origin(sheet: Sheet) -> Drawing | None:
    """Average rates of Chinese and of overseas companies; None where there are too few."""
    _ = sheet.gettext
    card = sheet.card
    both = sides(sheet)
    if min(len(both.chinese), len(both.overseas)) < FEWEST:
        return None
    means = [mean([card.total(c) for c in side]) for side in (both.chinese, both.overseas)]
    title = _(
        "Chinese companies without joint ventures average {chinese} points, overseas ones "
        "{overseas}, of {most}"
    ).format(
        chinese=sheet.total(means[0]), overseas=sheet.total(means[1]), most=card.methodology.maximum
    )
    subtitle = _("Average scoring rates in per cent")
    notes = [
        _("Base: {chinese} Chinese and {overseas} overseas companies; no joint ventures.").format(
            chinese=len(both.chinese), overseas=len(both.overseas)
        )
    ]
    columns = card.methodology.printed_columns
    rows = [
        (
            sheet.text(column.name),
            mean_rate(card.column(column.id), both.chinese),
            mean_rate(card.column(column.id), both.overseas),
        )
        for column in columns
    ]
    canvas, axes = sheet.canvas(title, subtitle, notes, 0.27 * (len(rows) + 2))
    _draw(sheet, axes, rows)
    numbers = [
        _("{column}: Chinese {chinese} %, overseas {overseas} %").format(
            column=name, chinese=sheet.rate(chinese), overseas=sheet.rate(overseas)
        )
        for name, chinese, overseas in rows
    ]
    data = tuple(
        (
            column.id,
            *(percent(chinese.low), percent(chinese.high)),
            *(percent(overseas.low), percent(overseas.high)),
        )
        for column, (_name, chinese, overseas) in zip(columns, rows, strict=True)
    )
    header = ("column", "chinese_low", "chinese_high", "overseas_low", "overseas_high")
    return sheet.finish(canvas, "origin", title, numbers, notes, Table(header, data))


def _draw(sheet: Sheet, axes: Axes, rows: Sequence[tuple[str, Interval, Interval]]) -> None:
    _ = sheet.gettext
    chinese = [100 * float(row[1].low) for row in rows]
    overseas = [100 * float(row[2].low) for row in rows]
    places = range(len(rows))
    axes.hlines(places, chinese, overseas, color=RULE, linewidth=1.6, zorder=1)
    axes.scatter(chinese, places, s=44, marker="D", color=ACCENT, zorder=3, label=_("Chinese"))
    axes.scatter(overseas, places, s=48, color=DARK, zorder=3, label=_("overseas"))
    for y, (name, one, other) in enumerate(rows):
        axes.text(-4, y, name, **at(PLAIN, "center_baseline", "right"))
        first, second = sorted((one, other), key=lambda rate: rate.low)
        left, right = 100 * float(first.low), 100 * float(second.high)
        if right - left > 6:
            axes.text(left - 2.2, y, sheet.rate(first), **at(7, "center_baseline", "right"))
            axes.text(right + 2.2, y, sheet.rate(second), **at(7, "center_baseline", "left"))
        else:
            text = f"{sheet.rate(one)} / {sheet.rate(other)}"
            axes.text(right + 2.2, y, text, **at(7, "center_baseline", "left"))
        for ends, colour in ((one, ACCENT), (other, DARK)):
            if not ends.is_exact:
                axes.plot([100 * float(ends.low), 100 * float(ends.high)], [y, y], color=colour)
    for share in (0, 25, 50, 75, 100):
        axes.axvline(share, color=RULE, linewidth=0.4, zorder=0, ymax=0.88)
        axes.text(share, len(rows) - 0.3, str(share), color=GREY, **at(7, "top"))
    axes.set(xlim=(-42, 106), ylim=(len(rows) + 0.2, -1.6))
    axes.legend(loc="upper right", ncols=2, frameon=False, fontsize=PLAIN)
