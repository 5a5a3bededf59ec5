"""Two bases side by side, misses reported as they come out."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cati.scoring.comparison import BlockComparison
from cati.scoring.scorecard import Interval
from cati.workspace import Workspace


def compared(printed: tuple[int, int], ours: tuple[int, int]) -> BlockComparison:
    ends = (Interval(Fraction(low), Fraction(high)) for low, high in (printed, ours))
    return BlockComparison("a", "b", Fraction(6), *ends)


@pytest.mark.parametrize(
    ("printed", "ours", "agrees", "exact", "telling"),
    [
        ((3, 3), (0, 6), True, False, False),
        ((3, 3), (3, 3), True, True, True),
        ((3, 3), (4, 6), False, False, True),
        ((0, 4), (4, 6), True, False, True),
        ((5, 5), (0, 4), False, False, True),
    ],
)
def test_points_agree_where_both_can_be_true(
    printed: tuple[int, int], ours: tuple[int, int], agrees: bool, exact: bool, telling: bool
) -> None:
    entry = compared(printed, ours)
    assert (entry.agrees, entry.is_exact, entry.says_something) == (agrees, exact, telling)


def test_every_company_and_block_of_2024_is_compared(real: Workspace) -> None:
    found = real.compare_bases("automakers-2024")
    assert len(found) == 51 * 11
    metals = {entry.company: entry for entry in found if entry.block == "steel_aluminium"}
    assert metals["mercedes-benz"].printed.low == 3
    assert metals["byd"].assessed == Interval(Fraction(0), Fraction(3))
