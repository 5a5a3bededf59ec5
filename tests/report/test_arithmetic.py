"""The sums behind totals, as METHOD gives them by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from cati.model.base import Text
from cati.model.evaluation import Misprint
from cati.model.interval import Interval
from cati.report.arithmetic import how_text, sum_text
from cati.scoring.explain import Term, TotalSum
from cati.workspace import Workspace

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("company", "sums"),
    [
        ("stellantis", ["8 + 0.6 x 26 + 1.4 x 16 = 46.0"]),
        ("jlr", ["7 + 0.6 x 17.5 + 1.4 x 14.5 = 37.8"]),
        ("hozon", ["2 + 0.6 x 0 + 1.4 x 0 = 2.0"]),
        (
            "geely-auto",
            ["14.5 + 0.6 x 26.5 + 1.4 x 22.5 = 61.9", "14.5 + 0.6 x 30 + 1.4 x 21 = 61.9"],
        ),
    ],
)
def test_a_total_is_a_sum_of_factors_times_points(
    real: Workspace, company: str, sums: list[str]
) -> None:
    explanation = real.explain("automakers-2024", company)
    assert [sum_text(total, 1) for total in explanation.sums] == sums


def test_a_misprinted_column_is_printed_even_where_nothing_tells_its_points(
    real: Workspace,
) -> None:
    reason = Text(en="Told.", zh="告知。")
    misprint = Misprint(company="jlr", column="governance", printed=Decimal(41), reason=reason)
    step = replace(real.explain("automakers-2024", "jlr").columns[0], how="open", misprint=misprint)
    assert how_text(step, HALF, "en") == "misprint; nothing tells"


def test_intervals_stand_in_brackets() -> None:
    terms = (
        Term(Fraction(1), Interval(HALF, Fraction(2))),
        Term(Fraction(3, 5), Interval(Fraction(4), Fraction(7))),
        Term(Fraction(7, 5), Interval(Fraction(8), Fraction(8))),
    )
    total = TotalSum(terms, Interval(Fraction(141, 10), Fraction(87, 5)), ())
    assert sum_text(total, 1, "×") == "(0.5–2) + 0.6 × (4–7) + 1.4 × 8 = 14.1–17.4"


@pytest.mark.parametrize(
    ("factor", "points", "told"),
    [
        ("1.475", "19.54", "1.475 x 19.54 = 28.8215 ≈ 28.8"),
        ("1.475", "20", "1.475 x 20 = 29.5"),
        ("1.45", "1", "1.45 x 1 = 1.45 ≈ 1.5"),
        ("1/3", "10", "1/3 x 10 = 10/3 ≈ 3.3"),
    ],
)
def test_a_sum_never_says_that_it_equals_what_it_is_rounded_to(
    factor: str, points: str, told: str
) -> None:
    number = Fraction(points)
    product = Fraction(factor) * number
    term = Term(Fraction(factor), Interval(number, number))
    assert sum_text(TotalSum((term,), Interval(product, product), ()), 1) == told


def test_each_column_says_how_its_points_are_known(real: Workspace) -> None:
    steps = {step.column.id: step for step in real.explain("automakers-2024", "geely-auto").columns}
    assert how_text(steps["governance"], HALF, "en") == (
        "the only points in steps of 0.5 that print as 85 %"
    )
    assert how_text(steps["affiliates"], HALF, "en") == (
        "not printed; solved from what the total leaves"
    )
    stellantis = real.explain("automakers-2024", "stellantis").columns[-1]
    assert how_text(stellantis, HALF, "en") == (
        "not printed; the printed columns alone give the total"
    )
    assert how_text(stellantis, HALF, "zh") != how_text(stellantis, HALF, "en")
