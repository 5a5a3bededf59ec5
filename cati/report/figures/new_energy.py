"""The share of new-energy vehicles in a company's sales against its total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from matplotlib.axes import Axes

from cati.analysis.claims.records import Choice, range_of
from cati.model.interval import Interval
from cati.model.rounding import half_up, plain
from cati.report.figures.sheet import ACCENT, DARK, GREY, PLAIN, RULE, Drawing, Sheet, Table, at

SALES = "sales that are new-energy vehicles"
"""What the figures of disclosures are called that give the share."""
FEWEST = 5
"""Fewer points show no pattern."""


@dataclass(frozen=True)
class Point:
    """A company with its share and its total.

    Attributes
    ----------
    share : Fraction
        Of new-energy vehicles in sales, in per cent.
    total : Interval
        In points.
    """

    company: str
    share: Fraction
    total: Interval


def points(sheet: Sheet) -> tuple[Point, ...]:
    """Companies of which a disclosure that counts gives one exact share, in rank order."""
    choice = Choice(of=(SALES,), unit=("%",))
    found = []
    for company in sheet.card.order:
        disclosures = [d for _, d in sheet.disclosures(company)]
        share = range_of(f for d in disclosures for f in choice.figures(d))
        if share.is_exact and share.low is not None:
            found.append(Point(company, share.low, sheet.card.total(company)))
    return tuple(found)


def rank_correlation(found: Sequence[Point]) -> float:
    """Spearman's correlation of share and least total, ties sharing the mean of their ranks.

    Returns
    -------
    float
        From -1 to 1; nan where either is the same for all.
    """
    ranks = [
        _mean_ranks([point.share for point in found]),
        _mean_ranks([point.total.low for point in found]),
    ]
    if any(len(set(of.tolist())) == 1 for of in ranks):
        return float("nan")
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


def new_energy(sheet: Sheet) -> Drawing | None:
    """Shares against totals; None where too few companies have both."""
    _ = sheet.gettext
    found = points(sheet)
    if len(found) < FEWEST:
        return None
    alike = rank_correlation(found)
    whole = [point for point in found if point.share == 100]
    title = _title(sheet, found, whole, alike)
    subtitle = _("Total in points (upwards) by share of new-energy vehicles in sales, in per cent")
    notes = [
        _("Base: {n} of {of} companies, those with a share on record.").format(
            n=len(found), of=len(sheet.card.companies)
        ),
    ]
    if not np.isnan(alike):
        notes.insert(
            0,
            _("Spearman's rank correlation: {r}.").format(
                r=str(half_up(Fraction(str(round(alike, 6))), 2)).replace("-", "−")
            ),
        )
    canvas, axes = sheet.canvas(title, subtitle, notes, 4.0)
    _draw(sheet, axes, found)
    numbers = [
        _("{company}: {share} %, {total} points").format(
            company=sheet.short_name(p.company), share=plain(p.share), total=sheet.total(p.total)
        )
        for p in found
    ]
    rows = tuple(
        (p.company, plain(p.share), plain(p.total.low), plain(p.total.high)) for p in found
    )
    data = Table(("company", "new_energy_share", "total_low", "total_high"), rows)
    return sheet.finish(canvas, "new-energy", title, numbers, notes, data)


def _title(sheet: Sheet, found: Sequence[Point], whole: Sequence[Point], alike: float) -> str:
    _ = sheet.gettext
    if len(whole) == len(found):
        return _("All sell new-energy vehicles alone")
    if whole:
        others = [point for point in found if point not in whole]
        return _(
            "Makers of new-energy vehicles alone score {least} to {most}; the others reach {other}"
        ).format(
            least=sheet.total(min((p.total for p in whole), key=lambda total: total.low)),
            most=sheet.total(max((p.total for p in whole), key=lambda total: total.high)),
            other=sheet.total(max((p.total for p in others), key=lambda total: total.high)),
        )
    if alike > 0:
        return _("Totals tend to rise with the share of new-energy vehicles")
    return _("Totals do not rise with the share of new-energy vehicles")


def _draw(sheet: Sheet, axes: Axes, found: Sequence[Point]) -> None:
    _ = sheet.gettext
    entities = sheet.edition.entities
    top = max(float(point.total.high) for point in found)
    for chinese, colour, marker, label in (
        (True, ACCENT, "D", _("Chinese")),
        (False, DARK, "o", _("overseas")),
    ):
        some = [p for p in found if (entities[p.company].country == "CN") is chinese]
        if some:
            axes.scatter(
                [float(p.share) for p in some],
                [float(p.total.low) for p in some],
                s=30,
                marker=marker,
                color=colour,
                label=label,
                zorder=3,
            )
    for point in found:
        x, y = float(point.share), float(point.total.low)
        if not point.total.is_exact:
            axes.plot([x, x], [y, float(point.total.high)], color=GREY, linewidth=1)
    names = [sheet.short_name(point.company) for point in found]
    for point, name, place in zip(found, names, _labels(found, names, top), strict=True):
        x, y = float(point.share), float(point.total.low)
        axes.text(place.x, place.y, name, **at(7, "center_baseline", "left"))
        if place.is_away:
            axes.plot([x, place.near(x)], [y, place.y], color=GREY, linewidth=0.5, zorder=1)
    for share in (0, 25, 50, 75, 100):
        axes.text(share, -top * 0.06, str(share), color=GREY, **at(7, "top"))
    step = 10 if top > 25 else 1
    for total in range(0, int(top) + step, step):
        axes.axhline(total, color=RULE, linewidth=0.4, zorder=0, xmin=0.05)
        axes.text(-3, total, str(total), color=GREY, **at(7, "center_baseline", "right"))
    axes.set(xlim=(-7, 112), ylim=(-top * 0.14, top * 1.12))
    axes.legend(loc="upper right", ncols=2, frameon=False, fontsize=PLAIN)


@dataclass(frozen=True)
class _Label:
    """Where a name begins, in the units of the axes."""

    x: float
    y: float
    width: float
    is_away: bool

    @property
    def end(self) -> float:
        return self.x + self.width

    def near(self, x: float) -> float:
        """Its end towards a point, where the line from there arrives."""
        return self.x if self.x > x else self.end

    def meets(self, other: _Label, height: float) -> bool:
        """Whether two names would overlap."""
        return abs(self.y - other.y) < height and self.x < other.end and other.x < self.end


def _labels(found: Sequence[Point], names: Sequence[str], top: float) -> list[_Label]:
    """A place beside each point where its name meets no other point and no other name."""
    height = top * 0.033
    dots = [_Label(float(p.share) - 1, float(p.total.low), 2, False) for p in found]
    # Points in radii of a dot, which is no circle in the units of the axes.
    centres = np.array([[float(p.share), 2 * float(p.total.low) / height] for p in found])
    placed: list[_Label] = []
    for number, (dot, name) in enumerate(zip(dots, names, strict=True)):
        width = sum(1.05 if char.isascii() else 1.75 for char in name) + 0.5
        tried = [
            _Label(x, dot.y + step * height, width, step != 0)
            for step in (0, 1, -1, 2, -2, 3, -3, 4, -4)
            for x in (dot.x + 2.6, dot.x - 0.6 - width)
            if -4 < x < 112 - width
        ]
        others = [other for other in dots if other is not dot] + placed
        start = centres[number]
        free = (
            t
            for t in tried
            if not any(t.meets(other, height) for other in others)
            and not leads_astray(centres, start, (t.near(start[0]), 2 * t.y / height))
        )
        placed.append(next(free, tried[0]))
    return placed


def leads_astray(
    dots: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    start: np.ndarray[tuple[int], np.dtype[np.float64]],
    end: tuple[float, float],
) -> bool:
    """Whether a line from one dot passes through another, so that it seems to come from there.

    A dot that overlaps the first one is passed unless the line comes nearer to it.
    """
    along = np.array(end) - start
    away = dots - start
    part = np.clip(away @ along / (along @ along), 0, 1)
    nearest = np.hypot(*(away - np.outer(part, along)).T)
    return bool(np.any((part > 0) & (nearest < 1)))


def _mean_ranks(values: Sequence[Fraction]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Ranks from the smallest, equal values sharing the mean of theirs."""
    ordered = sorted(values)
    return np.array([ordered.index(v) + (ordered.count(v) + 1) / 2 for v in values])
