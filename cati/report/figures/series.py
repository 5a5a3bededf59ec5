"""A company's emissions over several years, split as far as one of its disclosures splits them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from matplotlib.axes import Axes

from cati.model.evidence import Disclosure, StatedValue
from cati.report.figures.sheet import GREY, PARTS, PLAIN, RULE, SMALL, Drawing, Sheet, Table, at

FEWEST = 3
"""Years that make a series."""
UNIT = "million tCO2"
TOTAL = "total printed, Scope 1 and 2 included"
"""What the figures of disclosures are called that give the total of all scopes."""
REST = "rest of the total, computed"
LONGEST_LABEL = 48
COLOURS = PARTS[:3]
MOST_PARTS = len(COLOURS)
"""Parts that are drawn, the greatest; all are in the data."""


@dataclass(frozen=True)
class Series:
    """One quantity over the years.

    Attributes
    ----------
    of : str
        What is measured, in the words of the disclosure.
    values : tuple of (str, Decimal)
        Year and value, by year.
    """

    of: str
    values: tuple[tuple[str, Decimal], ...]

    @property
    def years(self) -> tuple[str, ...]:
        """The years that have a value."""
        return tuple(year for year, _ in self.values)


@dataclass(frozen=True)
class Split:
    """A total of all scopes, and the parts of it that a disclosure gives.

    Attributes
    ----------
    company, disclosure : str
    total : Series
    shown : tuple of Series
        The greatest parts that have every year of the total, from the greatest.
    rest : Series
        The total less them, exactly.
    smaller : tuple of Series
        The other parts.
    """

    company: str
    disclosure: str
    total: Series
    shown: tuple[Series, ...]
    rest: Series
    smaller: tuple[Series, ...]


def series_of(disclosure: Disclosure) -> tuple[Series, ...]:
    """Quantities of a disclosure with an exact value in each of three years or more."""
    by_name: dict[str, dict[str, Decimal]] = {}
    for figure in disclosure.figures:
        if _is_exact(figure) and figure.of is not None and figure.year is not None:
            by_name.setdefault(figure.of, {})[figure.year] = figure.value
    found = [Series(of, tuple(sorted(v.items()))) for of, v in by_name.items() if len(v) >= FEWEST]
    return tuple(sorted(found, key=lambda s: (-s.values[-1][1], s.of)))


def split_of(company: str, reference: str, disclosure: Disclosure) -> Split | None:
    """A disclosure's total with its parts; None without either, or where they exceed it."""
    found = series_of(disclosure)
    total = next((one for one in found if one.of == TOTAL), None)
    parts = [one for one in found if one.of != TOTAL]
    if total is None or any(left < 0 for _, left in _less(total, parts).values):
        return None
    shown = [one for one in parts if one.years == total.years][:MOST_PARTS]
    if not shown:
        return None
    smaller = tuple(one for one in parts if one not in shown)
    return Split(company, reference, total, tuple(shown), _less(total, shown), smaller)


def _less(total: Series, parts: Sequence[Series]) -> Series:
    """What of a total some parts leave, by year; a part without a year takes nothing of it."""
    given = [dict(one.values) for one in parts]
    left = [
        (year, value - sum((one.get(year, Decimal(0)) for one in given), Decimal(0)))
        for year, value in total.values
    ]
    return Series(REST, tuple(left))


def most_split(sheet: Sheet) -> Split | None:
    """The total on Scope 3 with the most parts; the best ranked company's of several."""
    weighted = sheet.card.methodology.indicators()
    scope3 = {f"{sheet.card.methodology.id}/{i.code}" for i in weighted if i.track == "scope3"}
    splits = [
        split
        for company in sheet.card.order
        for reference, disclosure in sheet.disclosures(company)
        if scope3.intersection(disclosure.indicators)
        and (split := split_of(company, reference, disclosure)) is not None
    ]
    return max(splits, key=lambda split: len(split.shown + split.smaller), default=None)


def series(sheet: Sheet) -> Drawing | None:
    """A total over the years in its parts; None where no disclosure gives one."""
    _ = sheet.gettext
    found = most_split(sheet)
    if found is None:
        return None
    (start, first), (end, last) = found.total.values[0], found.total.values[-1]
    title = _change(sheet, first, last).format(
        company=sheet.short_name(found.company),
        first=f"{first:f}",
        last=f"{last:f}",
        start=start,
        end=end,
    )
    disclosure = sheet.edition.store.disclosures[found.disclosure]
    subtitle = _("Million tonnes of CO₂; above each bar the total as printed")
    notes = [
        _("Everything else: the total less the parts shown, computed."),
        _("Source: {places}.").format(places=sheet.places(disclosure)),
    ]
    if found.smaller:
        notes.append(
            sheet.ngettext(
                "{n} smaller series is in the data of this figure.",
                "{n} smaller series are in the data of this figure.",
                len(found.smaller),
            ).format(n=len(found.smaller))
        )
    canvas, axes = sheet.canvas(title, subtitle, notes, 2.8)
    _draw(sheet, axes, found)
    every = (found.total, *found.shown, found.rest, *found.smaller)
    numbers = [
        _("{label}: {text}").format(
            label=_label(sheet, one.of),
            text=_(", ").join(f"{year} {value:f}" for year, value in one.values),
        )
        for one in every
    ]
    rows = tuple(
        (found.company, found.disclosure, one.of, year, f"{value:f}", UNIT)
        for one in every
        for year, value in one.values
    )
    header = ("company", "disclosure", "of", "year", "value", "unit")
    return sheet.finish(canvas, "scope3-series", title, numbers, notes, Table(header, rows))


def _change(sheet: Sheet, first: Decimal, last: Decimal) -> str:
    _ = sheet.gettext
    if last < first:
        return _(
            "{company}'s emissions, Scopes 1 to 3: down from {first} million tonnes of CO₂ in "
            "{start} to {last} in {end}"
        )
    if last > first:
        return _(
            "{company}'s emissions, Scopes 1 to 3: up from {first} million tonnes of CO₂ in "
            "{start} to {last} in {end}"
        )
    return _(
        "{company}'s emissions, Scopes 1 to 3: {last} million tonnes of CO₂ in {start} and in {end}"
    )


def _is_exact(figure: StatedValue) -> bool:
    return figure.unit == UNIT and figure.bound == "exactly" and figure.to is None


def _label(sheet: Sheet, of: str) -> str:
    """What a series measures; disclosures have one language, the known ones are translated."""
    _ = sheet.gettext
    known = {
        "purchased goods (category 3.1)": _("purchased goods (category 3.1)"),
        "logistics (categories 3.4 and 3.9)": _("logistics (categories 3.4 and 3.9)"),
        "business travel (category 3.6)": _("business travel (category 3.6)"),
        "employee traffic (category 3.7)": _("employee traffic (category 3.7)"),
        "use phase, well to tank (category 3.11)": _("use phase, well to tank (category 3.11)"),
        "use phase, tank to wheel (category 3.11)": _("use phase, tank to wheel (category 3.11)"),
        "dismantling and treatment (category 3.12)": _("dismantling and treatment (category 3.12)"),
        TOTAL: _("total printed, Scope 1 and 2 included"),
        REST: _("everything else"),
    }
    return known.get(of, of)


def _cut(label: str) -> str:
    """As much of a label as there is room for beside the bars; the data have the whole."""
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"


def _draw(sheet: Sheet, axes: Axes, found: Split) -> None:
    """A bar for each year, its parts one upon another, with their values beside them."""
    places = range(len(found.total.values))
    top = max(float(value) for _, value in found.total.values)
    bottom = [Decimal(0)] * len(places)
    drawn = [*zip(found.shown, COLOURS, strict=False), (found.rest, PARTS[-1])]
    for part, colour in drawn:
        heights = [value for _, value in part.values]
        axes.bar(
            places,
            [float(height) for height in heights],
            0.5,
            bottom=[float(low) for low in bottom],
            color=colour,
            label=_cut(_label(sheet, part.of)),
        )
        for x, low, height in zip(places, bottom, heights, strict=True):
            middle = float(low + height / 2)
            axes.text(x + 0.28, middle, f"{height:f}", **at(SMALL, "center_baseline", "left"))
        bottom = [low + height for low, height in zip(bottom, heights, strict=True)]
    for x, (year, value) in enumerate(found.total.values):
        axes.text(x, float(value) + top * 0.025, f"{value:f}", **at(PLAIN))
        axes.text(x, -top * 0.04, year, color=GREY, **at(PLAIN, "top"))
    axes.axhline(0, color=RULE, linewidth=0.8)
    axes.set(xlim=(-0.4, len(places) * 1.75), ylim=(-top * 0.12, top * 1.12))
    beside: dict[str, Any] = {
        "loc": "center left",
        "bbox_to_anchor": (len(places) - 0.4, top / 2),
        "bbox_transform": axes.transData,
    }
    axes.legend(**beside, reverse=True, frameon=False, fontsize=PLAIN)
