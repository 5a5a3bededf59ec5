"""Every printed rate: a heat map of companies and columns."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from cati.model.interval import Interval
from cati.model.methodology import Column
from cati.model.rounding import half_up
from cati.report import show
from cati.report.figures.sheet import ROW, SCALE, SMALL, Drawing, Sheet, Table, at
from cati.scoring.scorecard import Group

HEADER = 6
"""Rows of the heat map that the slanted names of its columns take."""
CELL_PIXELS = 8
"""A cell is one colour over so many pixels, so that viewers that blur images blur little."""


def rates(sheet: Sheet) -> Drawing:
    """The rate of each company in each printed column."""
    _ = sheet.gettext
    columns = sheet.card.methodology.printed_columns
    groups = [sheet.card.column(column.id) for column in columns]
    means = [mean_rate(group, sheet.card.companies) for group in groups]
    lows = [mean.low for mean in means]
    best, worst = lows.index(max(lows)), lows.index(min(lows))
    title = _(
        "On average, companies earn most in {best} ({most} %), least in {worst} ({least} %)"
    ).format(
        most=sheet.rate(means[best]),
        best=sheet.text(columns[best].name),
        least=sheet.rate(means[worst]),
        worst=sheet.text(columns[worst].name),
    )
    overlaps = _("† Overlaps other columns and is never added to the total.")
    notes = sheet.notes_on_rows()
    if any(column.overlaps for column in columns):
        notes.insert(0, overlaps)
    details = [_column_text(sheet, c, g, m) for c, g, m in zip(columns, groups, means, strict=True)]
    subtitle = _("Scoring rates in per cent, companies by rank")
    canvas, axes = sheet.canvas(title, subtitle, notes, ROW * (len(sheet.card.order) + HEADER))
    _draw(sheet, axes, columns, groups)
    return sheet.finish(canvas, "rates", title, details, notes, _data(sheet, columns, groups))


def mean_rate(group: Group, companies: Sequence[str]) -> Interval:
    """The average rate of some companies in a group, from 0 to 1."""
    return mean([group.rate(company) for company in companies])


def mean(found: Sequence[Interval]) -> Interval:
    """The average of at least one interval."""
    return Interval(
        sum((rate.low for rate in found), Fraction(0)) / len(found),
        sum((rate.high for rate in found), Fraction(0)) / len(found),
    )


def percent(rate: Fraction) -> str:
    """A rate in per cent with two decimals, for data."""
    return str(half_up(100 * rate, 2))


def _data(sheet: Sheet, columns: Sequence[Column], groups: Sequence[Group]) -> Table:
    rows = tuple(
        (company, column.id, percent(group.rate(company).low), percent(group.rate(company).high))
        for company in sheet.card.order
        for column, group in zip(columns, groups, strict=True)
    )
    return Table(("company", "column", "rate_low", "rate_high"), rows)


def _column_text(sheet: Sheet, column: Column, group: Group, mean: Interval) -> str:
    """A column in words: its average and how many companies have nothing or everything."""
    points = [group.points(company) for company in sheet.card.companies]
    return sheet.gettext("{column}: average {mean} %, at 0 %: {none}, at 100 %: {full}").format(
        column=sheet.text(column.name),
        mean=sheet.rate(mean),
        none=sum(p.high == 0 for p in points),
        full=sum(p.low == group.most_points for p in points),
    )


def _draw(sheet: Sheet, axes: Axes, columns: Sequence[Column], groups: Sequence[Group]) -> None:
    """A heat map with a row for each company."""
    order = sheet.card.order
    shade = [[float(group.rate(c).low) for group in groups] for c in order]
    pixels = np.kron(np.array(shade), np.ones((CELL_PIXELS, CELL_PIXELS)))
    edges = (-0.5, len(columns) - 0.5, len(order) - 0.5, -0.5)
    axes.imshow(pixels, SCALE, interpolation="none", vmin=0, vmax=1, extent=edges)
    axes.set(
        aspect="auto",
        xlim=(-4, len(columns) + 0.5),
        ylim=(len(order) - 0.5, -0.5 - HEADER),
    )
    for y, company in enumerate(order):
        _draw_row(sheet, axes, y, company, groups)
    top: dict[str, Any] = {"rotation": 40, "rotation_mode": "anchor"}
    for x, column in enumerate(columns):
        name = sheet.text(column.name) + (" †" if column.overlaps else "")
        axes.text(x - 0.1, -0.8, name, **top, **at(7, horizontal="left"))
    axes.text(len(columns) + 0.4, -0.8, sheet.gettext("Total"), **at(7, horizontal="right"))


def _draw_row(sheet: Sheet, axes: Axes, y: int, company: str, groups: Sequence[Group]) -> None:
    """Rank, name, rates and total of a company."""
    middle = "center_baseline"
    rank = show.rank(sheet.card.rank(company))
    axes.text(-3.6, y, rank, **at(SMALL, middle, "right"))
    axes.text(-3.4, y, sheet.name(company), **at(SMALL, middle, "left"))
    for x, group in enumerate(groups):
        axes.text(x, y, sheet.rate(group.rate(company)), **at(SMALL, middle))
    total = sheet.total(sheet.card.total(company))
    axes.text(len(groups) + 0.4, y, total, **at(SMALL, middle, "right"))
