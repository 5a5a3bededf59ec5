"""The arithmetic behind a total, in words and signs."""

from __future__ import annotations

from fractions import Fraction

from cati.model.interval import Interval
from cati.model.language import Language
from cati.model.rounding import half_up, plain
from cati.report import show
from cati.report.language import translations
from cati.scoring.explain import ColumnStep, TotalSum


def sum_text(total: TotalSum, decimals: int, times: str = "x") -> str:
    """The sum that a total is: ``8 + 0.6 x 26 + 1.4 x 16 = 46.0``.

    Intervals stand in brackets: ``(0.5–2) + 0.6 x (4–7) = 2.9–6.2``. A total that has more digits
    than are shown stands there exactly first: ``1.475 x 19.5 = 28.7625 ≈ 28.8``.
    """
    terms = []
    for term in total.terms:
        points = factor_text(term.points)
        terms.append(points if term.factor == 1 else f"{plain(term.factor)} {times} {points}")
    told = show.total(total.total, decimals)
    ends = (total.total.low, total.total.high)
    if any(half_up(end, decimals) != end for end in ends):
        told = f"{show.points(total.total)} ≈ {told}"
    return f"{' + '.join(terms)} = {told}"


def factor_text(points: Interval) -> str:
    """Points as a part of a sum or product: an interval stands in brackets."""
    text = show.points(points)
    return text if points.is_exact else f"({text})"


def how_text(step: ColumnStep, grid: Fraction, language: Language) -> str:
    """How the points of a column are known, in a few words."""
    _ = translations(language).gettext
    misprint = step.misprint
    if step.how == "rate":
        rate = step.printed_rate if misprint is None else misprint.instead
        text = _("the only points in steps of {grid} that print as {rate} %").format(
            grid=plain(grid), rate=rate
        )
    elif misprint is not None:
        is_open = step.how == "open"
        text = _("nothing tells") if is_open else _("solved from what the total leaves")
    elif step.how == "open":
        text = _("not printed; nothing tells, since the printed total is a misprint")
    elif step.how == "remainder":
        text = _("not printed; solved from what the total leaves")
    else:
        text = _("not printed; the printed columns alone give the total")
    return text if misprint is None else _("misprint; ") + text


def solution_text(total: TotalSum, language: Language) -> str:
    """The points that no column shows, as one alternative solves them."""
    _ = translations(language).gettext
    parts = [
        _("{column} {points}").format(column=column.name.get(language), points=plain(points))
        for column, points in total.solved
    ]
    return _("; ").join(parts)
