"""The sums behind totals, as METHOD gives them by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cati.report.arithmetic import how_text, sum_text
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
