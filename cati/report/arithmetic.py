"""The arithmetic behind a total, in words and signs."""

from __future__ import annotations

from fractions import Fraction

from cati.model.rounding import plain
from cati.report import show
from cati.report.language import Language, translations
from cati.scoring.explain import ColumnStep, TotalSum


def sum_text(total: TotalSum, decimals: int, times: str = "x") -> str:
    """The sum that a total is: ``8 + 0.6 x 26 + 1.4 x 16 = 46.0``."""
    terms = []
    for term in total.terms:
        points = show.points(term.points)
        terms.append(points if term.factor == 1 else f"{plain(term.factor)} {times} {points}")
    return f"{' + '.join(terms)} = {show.total(total.total, decimals)}"


def how_text(step: ColumnStep, grid: Fraction, language: Language) -> str:
    """How the points of a column are known, in a few words."""
    _ = translations(language).gettext
    misprint = step.misprint
    if step.how == "rate":
        rate = step.printed_rate if misprint is None else misprint.instead
        text = _("the only points in steps of {grid} that print as {rate} %").format(
            grid=plain(grid), rate=rate
        )
    elif step.how == "open":
        text = _("not printed; nothing tells, since the printed total is a misprint")
    elif misprint is not None:
        text = _("solved from what the total leaves")
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
