"""Two figures for print: how the totals are distributed, and every printed rate."""

from __future__ import annotations

import io
import textwrap
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure as Canvas
from matplotlib.text import Text as Label

from cati.model.methodology import Column
from cati.model.rounding import plain
from cati.report import show
from cati.report.edition import Edition
from cati.report.fonts import font_for
from cati.report.language import Language, translations
from cati.report.svg import compact
from cati.scoring.scorecard import Group, Interval

STYLE: list[str | dict[str, object]] = [
    "default",  # whatever the user's own settings are
    {
        "svg.hashsalt": "cati",
        "svg.fonttype": "path",  # looks the same everywhere, needs no font of the reader
        "text.parse_math": False,  # a dollar sign in a name is a dollar sign
        "hatch.linewidth": 0.8,
    },
]
GREY, RULE, DARK = "#595959", "#b3b3b3", "#1f5a8c"
SCALE = LinearSegmentedColormap.from_list("cati", ["#ffffff", "#c9dcee", "#6ba3d0"])
"""One hue that only gets darker, and never too dark for black figures on it."""

WIDTH, MARGIN, ROW = 7.2, 0.2, 0.165
"""Inches; the width fits between the margins of A4 and Letter."""
HEADER = 6
"""Rows of the heat map that the slanted names of its columns take."""
DPI = 200
LONGEST_NAME = 28
"""Characters of a company's name for which a figure has room."""
CELL_PIXELS = 8
"""A cell is one colour over so many pixels, so that viewers that blur images blur little."""


@dataclass(frozen=True)
class Punctuation:
    """Marks between clauses, after a sentence and between sentences."""

    clause: str
    stop: str
    between: str


PUNCTUATION: dict[Language, Punctuation] = {
    "en": Punctuation("; ", ".", " "),
    "zh": Punctuation("；", "。", ""),
}


@dataclass(frozen=True)
class Figure:
    """A drawn figure.

    Attributes
    ----------
    title : str
        What is to be seen in it.
    description : str
        The same in words and numbers, for those who cannot see it.
    """

    name: str
    title: str
    description: str
    svg: bytes
    png: bytes


def draw_figures(edition: Edition, language: Language) -> dict[str, Figure]:
    """The figures of an edition.

    Parameters
    ----------
    edition : Edition
    language : {"en", "zh"}

    Returns
    -------
    dict of str to Figure
        ``rates``, and ``distribution`` where the evaluation has bands.

    Raises
    ------
    MissingFontError
        If no font on this system has all the characters.
    """
    drawer = _Drawer(edition, language)
    with style.context(STYLE):
        figures = [drawer.distribution()] if edition.evaluation.bands else []
        figures.append(drawer.rates())
    return {figure.name: figure for figure in figures}


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


class _Drawer:
    def __init__(self, edition: Edition, language: Language) -> None:
        self.edition = edition
        self.language: Language = language
        self.card = edition.card
        self.ventures = set(edition.joint_ventures)
        self._ = translations(language).gettext

    # The distribution of totals

    def distribution(self) -> Figure:
        """Number of companies in each class of totals."""
        _ = self._
        limits = [Fraction(limit) for limit in self.edition.evaluation.bands]
        classes = bands(limits, {c: self.card.total(c) for c in self.card.order})
        title = _("{n} of {of} companies score below {limit}").format(
            n=len(classes[0].companies), of=len(self.card.companies), limit=plain(limits[0])
        )
        most = plain(self.card.methodology.maximum)
        subtitle = _("Companies by total, out of {most} points").format(most=most)
        notes = [_("Each class includes its lower limit.")]
        if len(classes) > len(limits) + 1:
            notes.append(_("Not settled: the total is an interval that reaches into two classes."))
        notes.append(self.base_note())
        canvas, axes = self.canvas(title, subtitle, notes, 2.3)
        self.draw_bars(axes, classes)
        counts = [
            _("{label}: {text}").format(label=self.band_label(b), text=self.count_text(b))
            for b in classes
        ]
        return self.finish(canvas, "distribution", title, counts, notes)

    def hatched(self, band: Band) -> int:
        """How many joint ventures are in a class."""
        return len(self.ventures.intersection(band.companies))

    def count_text(self, band: Band) -> str:
        """How many companies are in a class, and how many of them are joint ventures."""
        return self._("{n} (joint ventures: {ventures})").format(
            n=len(band.companies), ventures=self.hatched(band)
        )

    def band_label(self, band: Band) -> str:
        """A class as the axis names it."""
        _ = self._
        low = "" if band.low is None else plain(band.low)
        high = "" if band.high is None else plain(band.high)
        if low and high:
            return _("{low} to {high}").format(low=low, high=high)
        if low:
            return _("{low} and over").format(low=low)
        return _("below {limit}").format(limit=high) if high else _("not settled")

    def draw_bars(self, axes: Axes, classes: Sequence[Band]) -> None:
        """One bar for each class, the joint ventures hatched on top."""
        _ = self._
        places = range(len(classes))
        heights = [len(band.companies) for band in classes]
        hatched = [self.hatched(band) for band in classes]
        solid = [height - part for height, part in zip(heights, hatched, strict=True)]
        bar: dict[str, Any] = {"width": 0.62, "edgecolor": DARK}
        axes.bar(places, solid, **bar, color=DARK, label=_("other companies"))
        look: dict[str, Any] = {"color": "white", "hatch": "////", "label": _("joint ventures")}
        axes.bar(places, hatched, bottom=solid, **bar, **look)
        top = max(heights)
        for place, band in enumerate(classes):
            label = self.count_text(band) if hatched[place] else str(heights[place])
            axes.text(place, heights[place] + top * 0.03, label, **_at(9.5))
            axes.text(place, -top * 0.04, self.band_label(band), **_at(9, vertical="top"))
        axes.axhline(0, color=RULE, linewidth=0.8)
        axes.set(xlim=(-0.5, len(classes) - 0.5), ylim=(-top * 0.15, top * 1.15))
        axes.legend(loc="upper right", frameon=False, fontsize=8, reverse=True)

    # Every printed rate

    def rates(self) -> Figure:
        """The rate of each company in each printed column."""
        _ = self._
        columns = self.card.methodology.printed_columns
        groups = [self.card.column(column.id) for column in columns]
        means = [self.mean(group) for group in groups]
        lows = [mean.low for mean in means]
        best, worst = lows.index(max(lows)), lows.index(min(lows))
        title = _("On average, companies earn {most} % in {best} and {least} % in {worst}").format(
            most=self.rate(means[best]),
            best=columns[best].name.get(self.language),
            least=self.rate(means[worst]),
            worst=columns[worst].name.get(self.language),
        )
        notes = [self.base_note()]
        if self.ventures:
            notes.insert(0, _("* Joint venture."))
        if any(column.overlaps for column in columns):
            notes.insert(0, _("† Overlaps other columns and is never added to the total."))
        details = [
            self.column_text(c, g, m) for c, g, m in zip(columns, groups, means, strict=True)
        ]
        subtitle = _("Scoring rates in per cent, companies by rank")
        canvas, axes = self.canvas(title, subtitle, notes, ROW * (len(self.card.order) + HEADER))
        self.draw_rates(axes, columns, groups)
        return self.finish(canvas, "rates", title, details, notes)

    def mean(self, group: Group) -> Interval:
        """The average rate of all companies in a group."""
        rates = [group.rate(company) for company in self.card.companies]
        return Interval(
            sum((rate.low for rate in rates), Fraction(0)) / len(rates),
            sum((rate.high for rate in rates), Fraction(0)) / len(rates),
        )

    def rate(self, rate: Interval) -> str:
        """A rate in per cent, without the sign."""
        return show.rate(rate, self.card.methodology.rate_decimals)

    def column_text(self, column: Column, group: Group, mean: Interval) -> str:
        """A column in words: its average and how many companies have nothing or everything."""
        points = [group.points(company) for company in self.card.companies]
        return self._("{column}: average {mean} %, at 0 %: {none}, at 100 %: {full}").format(
            column=column.name.get(self.language),
            mean=self.rate(mean),
            none=sum(p.high == 0 for p in points),
            full=sum(p.low == group.most_points for p in points),
        )

    def draw_rates(self, axes: Axes, columns: Sequence[Column], groups: Sequence[Group]) -> None:
        """A heat map with a row for each company."""
        order = self.card.order
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
            self.draw_row(axes, y, company, groups)
        top: dict[str, Any] = {"rotation": 40, "rotation_mode": "anchor"}
        for x, column in enumerate(columns):
            name = column.name.get(self.language) + (" †" if column.overlaps else "")
            axes.text(x - 0.1, -0.8, name, **top, **_at(7, horizontal="left"))
        axes.text(len(columns) + 0.4, -0.8, self._("Total"), **_at(7, horizontal="right"))

    def draw_row(self, axes: Axes, y: int, company: str, groups: Sequence[Group]) -> None:
        """Rank, name, rates and total of a company."""
        size, middle = 6.5, "center_baseline"
        name = _in_one_line(self.edition.entities[company].name.get(self.language))
        mark = " *" if company in self.ventures else ""
        rank = show.rank(self.card.rank(company))
        total = show.total(self.card.total(company), self.card.methodology.total_decimals)
        axes.text(-3.6, y, rank, **_at(size, middle, "right"))
        axes.text(-3.4, y, name + mark, **_at(size, middle, "left"))
        for x, group in enumerate(groups):
            axes.text(x, y, self.rate(group.rate(company)), **_at(size, middle))
        axes.text(len(groups) + 0.4, y, total, **_at(size, middle, "right"))

    # What both have

    def base_note(self) -> str:
        """What a count is out of."""
        return self._("Base: {n} companies, {ventures} of them joint ventures.").format(
            n=len(self.card.companies), ventures=len(self.ventures)
        )

    def canvas(
        self, title: str, subtitle: str, notes: Sequence[str], height: float
    ) -> tuple[Canvas, Axes]:
        """An empty figure with its texts; the axes between them are `height` inches high."""
        title = self.wrapped(title, 78)
        notice = self.edition.evaluation.notice.get(self.language)
        remarks = PUNCTUATION[self.language].between.join(notes)
        foot = f"{self.wrapped(remarks, 145)}\n{self.wrapped(notice, 145)}"
        above = 0.5 + 0.19 * (1 + title.count("\n"))
        below = 0.2 + 0.125 * (1 + foot.count("\n"))
        whole = above + height + below
        canvas = Canvas(figsize=(WIDTH, whole))
        left = MARGIN / WIDTH
        canvas.text(left, 1 - 0.12 / whole, title, **_at(11, "top", "left"))
        canvas.text(left, 1 - (above - 0.32) / whole, subtitle, color=GREY, **_at(8, "top", "left"))
        canvas.text(
            left, 0.1 / whole, foot, color=GREY, linespacing=1.35, **_at(6.5, "bottom", "left")
        )
        axes = canvas.add_axes((left, below / whole, 1 - 2 * left, height / whole))
        axes.set_axis_off()
        return canvas, axes

    def wrapped(self, text: str, width: int) -> str:
        """Text in lines of so many Latin characters; Chinese ones take twice the room."""
        return textwrap.fill(text, width if self.language == "en" else width // 2)

    def finish(
        self,
        canvas: Canvas,
        name: str,
        title: str,
        numbers: Sequence[str],
        notes: Sequence[str],
    ) -> Figure:
        """Choose a font for all that is drawn, and draw."""
        labels = [label for label in canvas.findobj(Label) if isinstance(label, Label)]
        font = font_for("".join(label.get_text() for label in labels))
        for label in labels:
            sized = font.copy()
            sized.set_size(label.get_fontsize())
            label.set_fontproperties(sized)
        svg, png = io.BytesIO(), io.BytesIO()
        about = {"Title": title, "Date": None, "Creator": None}
        canvas.savefig(svg, format="svg", metadata=about)
        canvas.savefig(png, format="png", dpi=DPI, metadata={"Software": None})
        marks = PUNCTUATION[self.language]
        description = marks.between.join([marks.clause.join(numbers) + marks.stop, *notes])
        return Figure(name, title, description, compact(svg.getvalue()), png.getvalue())


def _at(size: float, vertical: str = "baseline", horizontal: str = "center") -> dict[str, Any]:
    """How a text is set, as matplotlib's keywords."""
    return {"fontsize": size, "va": vertical, "ha": horizontal}


def _in_one_line(name: str) -> str:
    """A name without line breaks, cut where it would not fit."""
    name = " ".join(name.split())
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
