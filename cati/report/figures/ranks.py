"""How far ranks are certain where single half points may be misjudged."""

from __future__ import annotations

from collections.abc import Iterable

from matplotlib.axes import Axes

from cati.analysis.company_standing import DRAWS, NOISE, ranges_by_noise
from cati.model.rounding import plain
from cati.report import show
from cati.report.figures.sheet import (
    DARK,
    GREY,
    LIGHT,
    PLAIN,
    ROW,
    RULE,
    SMALL,
    Drawing,
    Sheet,
    Table,
    at,
)
from cati.scoring.scorecard import Rank

CLOSE = 3
"""Ranks that a narrow range spans at most, both ends counted."""


HEAD = 3.6
"""Rows above the first company: the legend, and the axis beneath it."""


def narrow(ranges: Iterable[Rank]) -> int:
    """How many ranges span at most `CLOSE` ranks: 4 to 6 does, 4 to 7 does not."""
    return sum(rank.worst - rank.best < CLOSE for rank in ranges)


def ranks(sheet: Sheet) -> Drawing:
    """The middle nine tenths of each company's ranks over many draws of grading noise."""
    _ = sheet.gettext
    card = sheet.card
    ranges = ranges_by_noise(card)
    title = _(
        "In nine of ten draws, the rank range of {n} of {of} companies spans at most {close} "
        "ranks if single points are misjudged"
    ).format(n=narrow(ranges.values()), of=len(card.order), close=CLOSE)
    subtitle = _("Rank, and the range it has in nine of ten draws")
    notes = sheet.notes_on_rows(
        _(
            "In each of {draws} draws, each group of points that the table shows is one step of "
            "{grid} off with a chance of {chance} %."
        ).format(draws=DRAWS, grid=plain(card.methodology.grid), chance=plain(100 * NOISE))
    )
    canvas, axes = sheet.canvas(title, subtitle, notes, ROW * (len(card.order) + HEAD))
    _draw(sheet, axes, ranges)
    numbers = [
        _("{company}: rank {rank}, range {range}").format(
            company=sheet.name(c), rank=show.rank(card.rank(c)), range=show.rank(ranges[c])
        )
        for c in card.order
    ]
    rows = tuple(
        (
            *(c, str(card.rank(c).best), str(card.rank(c).worst)),
            *(str(ranges[c].best), str(ranges[c].worst)),
        )
        for c in card.order
    )
    header = ("company", "rank_best", "rank_worst", "from", "to")
    return sheet.finish(canvas, "ranks", title, numbers, notes, Table(header, rows))


def _draw(sheet: Sheet, axes: Axes, ranges: dict[str, Rank]) -> None:
    _ = sheet.gettext
    order = sheet.card.order
    size = len(order)
    for y, company in enumerate(order):
        span, own = ranges[company], sheet.card.rank(company)
        width = span.worst - span.best
        axes.barh(y, width + 0.6, left=span.best - 0.3, height=0.6, color=LIGHT)
        axes.plot([own.best, own.worst], [y, y], color=DARK, linewidth=1.2)
        middle = "center_baseline"
        axes.text(-size * 0.01, y, sheet.name(company), **at(SMALL, middle, "right"))
        text = show.rank(span)
        axes.text(size * 1.03, y, text, color=GREY, **at(SMALL, middle, "left"))
    best = [sheet.card.rank(company).best for company in order]
    axes.scatter(best, range(size), s=11, color=DARK, zorder=3, label=_("rank"))
    axes.bar(0, 0, color=LIGHT, label=_("range in nine of ten draws"))
    for rank in (1, *range(10, size + 1, 10)):
        axes.axvline(rank, color=RULE, linewidth=0.4, zorder=0, ymax=(size + 0.2) / (size + HEAD))
        axes.text(rank, -1.0, str(rank), color=GREY, **at(7))
    axes.set(xlim=(-size * 0.3, size * 1.12), ylim=(size - 0.5, -0.5 - HEAD))
    axes.legend(loc="upper right", ncols=2, frameon=False, fontsize=PLAIN)
