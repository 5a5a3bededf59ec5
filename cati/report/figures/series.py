"""A company's own emissions over several years, as far as its disclosures give them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from matplotlib.axes import Axes

from cati.model.evidence import Disclosure, Figure
from cati.report.figures.sheet import DARK, GREY, PLAIN, RULE, Drawing, Sheet, Table, at

FEWEST = 3
"""Years that make a series."""
UNIT = "million tCO2"
COLOURS = (DARK, "#8fc1e3", "#404040")

MOST_DRAWN = len(COLOURS)
"""Series that are drawn, the greatest; all are in the data."""


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


@dataclass(frozen=True)
class Found:
    """All series of one disclosure of a company, from the greatest to the smallest."""

    company: str
    disclosure: str
    series: tuple[Series, ...]


def series_of(disclosure: Disclosure) -> tuple[Series, ...]:
    """Quantities of a disclosure with an exact value in each of three years or more."""
    by_name: dict[str, dict[str, Decimal]] = {}
    for figure in disclosure.figures:
        if _is_exact(figure) and figure.of is not None and figure.year is not None:
            by_name.setdefault(figure.of, {})[figure.year] = figure.value
    found = [Series(of, tuple(sorted(v.items()))) for of, v in by_name.items() if len(v) >= FEWEST]
    return tuple(sorted(found, key=lambda s: (-s.values[-1][1], s.of)))


def longest(sheet: Sheet) -> Found | None:
    """The disclosure on Scope 3 with the most series; the best ranked company's of several."""
    weighted = sheet.card.methodology.indicators()
    scope3 = {f"{sheet.card.methodology.id}/{i.code}" for i in weighted if i.track == "scope3"}
    best: Found | None = None
    for company in sheet.card.order:
        for reference, disclosure in sheet.disclosures(company):
            if scope3.intersection(disclosure.indicators):
                found = series_of(disclosure)
                if found and (best is None or len(found) > len(best.series)):
                    best = Found(company, reference, found)
    return best


def series(sheet: Sheet) -> Drawing | None:
    """The series of the disclosure that has most of them; None where there is none."""
    _ = sheet.gettext
    found = longest(sheet)
    if found is None:
        return None
    greatest = found.series[0]
    (start, first), (end, last) = greatest.values[0], greatest.values[-1]
    title = _change(sheet, first, last).format(
        company=sheet.short_name(found.company),
        of=_label(sheet, greatest.of),
        first=f"{first:f}",
        last=f"{last:f}",
        start=start,
        end=end,
    )
    disclosure = sheet.edition.store.disclosures[found.disclosure]
    subtitle = _("Million tonnes of CO2")
    notes = [_("Source: {places}.").format(places=sheet.places(disclosure))]
    smaller = len(found.series) - MOST_DRAWN
    if smaller > 0:
        notes.append(
            sheet.ngettext(
                "{n} smaller series is in the data of this figure.",
                "{n} smaller series are in the data of this figure.",
                smaller,
            ).format(n=smaller)
        )
    canvas, axes = sheet.canvas(title, subtitle, notes, 2.6)
    _draw(sheet, axes, found.series[:MOST_DRAWN])
    numbers = [
        _("{label}: {text}").format(
            label=_label(sheet, one.of),
            text=", ".join(f"{year} {value:f}" for year, value in one.values),
        )
        for one in found.series
    ]
    rows = tuple(
        (found.company, found.disclosure, one.of, year, f"{value:f}", UNIT)
        for one in found.series
        for year, value in one.values
    )
    header = ("company", "disclosure", "of", "year", "value", "unit")
    return sheet.finish(canvas, "scope3-series", title, numbers, notes, Table(header, rows))


def _change(sheet: Sheet, first: Decimal, last: Decimal) -> str:
    _ = sheet.gettext
    if last < first:
        return _("{company}, {of}: down from {first} in {start} to {last} million tonnes in {end}")
    if last > first:
        return _("{company}, {of}: up from {first} in {start} to {last} million tonnes in {end}")
    return _("{company}, {of}: {last} million tonnes in {start} and in {end}")


def _is_exact(figure: Figure) -> bool:
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
        "total printed, Scope 1 and 2 included": _("total printed, Scope 1 and 2 included"),
    }
    return known.get(of, of)


def _draw(sheet: Sheet, axes: Axes, found: Sequence[Series]) -> None:
    years = sorted({year for one in found for year, _ in one.values})
    places = {year: place for place, year in enumerate(years)}
    top = max(float(value) for one in found for _, value in one.values)
    width = 0.7 / len(found)
    for number, one in enumerate(found):
        label = _label(sheet, one.of)
        at_places = [places[year] - 0.35 + width * (number + 0.5) for year, _ in one.values]
        heights = [float(value) for _, value in one.values]
        axes.bar(at_places, heights, width * 0.92, color=COLOURS[number], label=label)
        for x, height, (_year, value) in zip(at_places, heights, one.values, strict=True):
            axes.text(x, height + top * 0.02, f"{value:f}", **at(PLAIN))
    for year, place in places.items():
        axes.text(place, -top * 0.04, year, color=GREY, **at(PLAIN, "top"))
    axes.axhline(0, color=RULE, linewidth=0.8)
    axes.set(xlim=(-0.6, len(years) - 0.4), ylim=(-top * 0.14, top * (1.14 + 0.11 * len(found))))
    axes.legend(loc="upper left", ncols=1, frameon=False, fontsize=PLAIN)
