"""Totals that are not certain: from what the evidence settles to what is still possible."""

from __future__ import annotations

from fractions import Fraction

from matplotlib.axes import Axes

from cati.model.rounding import plain
from cati.report import show
from cati.report.figures.sheet import DARK, LIGHT, ROW, SMALL, Drawing, Sheet, Table, at


def intervals(sheet: Sheet) -> Drawing:
    """The least and the greatest total of each company."""
    _ = sheet.gettext
    card = sheet.card
    certain = sum(card.total(company).low > 0 for company in card.companies)
    settled = sum((card.coverage(c) for c in card.companies), Fraction(0))
    title = _(
        "The evidence settles {share} % of all points; {n} of {of} companies are sure of some"
    ).format(
        share=show.cut_percent(settled / len(card.companies)),
        n=certain,
        of=len(card.companies),
    )
    subtitle = _("Total in points: dark what is certain, light what is still possible")
    notes = sheet.notes_on_rows(_("Companies by least total; no rank is complete."))
    canvas, axes = sheet.canvas(title, subtitle, notes, ROW * (len(card.order) + 1))
    _draw_bars(sheet, axes)
    numbers = [
        _("{label}: {text}").format(label=sheet.name(c), text=sheet.total(card.total(c)))
        for c in card.order
    ]
    rows = tuple((c, plain(card.total(c).low), plain(card.total(c).high)) for c in card.order)
    data = Table(("company", "low", "high"), rows)
    return sheet.finish(canvas, "intervals", title, numbers, notes, data)


def _draw_bars(sheet: Sheet, axes: Axes) -> None:
    """A bar for each company, from nothing to its least total and on to its greatest."""
    order, most = sheet.card.order, float(sheet.card.methodology.maximum)
    totals = [sheet.card.total(company) for company in order]
    places = range(len(order))
    axes.barh(places, [float(total.high) for total in totals], height=0.62, color=LIGHT)
    axes.barh(places, [float(total.low) for total in totals], height=0.62, color=DARK)
    for y, (company, total) in enumerate(zip(order, totals, strict=True)):
        axes.text(-most * 0.01, y, sheet.name(company), **at(SMALL, "center_baseline", "right"))
        text = sheet.total(total)
        axes.text(most * 1.01, y, text, **at(SMALL, "center_baseline", "left"))
    axes.set(xlim=(-most * 0.32, most * 1.14), ylim=(len(order) - 0.5, -0.5))
