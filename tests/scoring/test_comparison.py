"""Two bases side by side, misses reported as they come out."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cati.model.interval import Interval
from cati.scoring.comparison import BlockComparison, agreement, compare_bases, misses
from cati.workspace import Workspace
from tests.conftest import Spoilable


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


def test_what_is_left_open_is_counted_exactly() -> None:
    pairs = [compared((3, 3), (0, 6)), compared((3, 3), (3, 3)), compared((5, 5), (0, 4))]
    found = agreement(pairs)
    assert (found.pairs, found.inside, found.exact) == (3, 2, 1)
    assert (found.telling, found.telling_inside) == (2, 1)
    assert found.open_share == found.mean_open == Fraction(5, 9)
    assert found.median_open == Fraction(2, 3)


def test_the_one_miss_of_2024_names_our_answers_and_who_else_the_evidence_is_kept_with(
    real: Workspace,
) -> None:
    published, reasons = real.score("automakers-2024", "published"), real.reasons("automakers-2024")
    (miss,) = misses(compare_bases(published, reasons.card), published, reasons)
    assert (miss.compared.company, miss.compared.printed.high) == ("beijing-benz", 0)
    assert [reason.name for reason in miss.criteria] == ["5.3.2/method", "5.3.2/at-supplier"]
    metals = published.block("steel_aluminium")
    assert dict(miss.told_of) == {
        company: metals.points(company) for company in ("mercedes-benz", "baic-group")
    }


def test_a_miss_below_the_printed_points_names_what_we_hold_to_be_not_met(
    real_copy: Spoilable,
) -> None:
    real_copy.write(
        "companies/stellantis/assessments/automakers-2024.yaml",
        "format: 1\nevaluation: automakers-2024\nno_disclosure:\n"
        "  - {code: 5.3.2, looked_in: [website], assessor: Wen, date: '2026-11-21'}\n",
    )
    real = real_copy.open()
    published, reasons = real.score("automakers-2024", "published"), real.reasons("automakers-2024")
    found = misses(compare_bases(published, reasons.card), published, reasons)
    (miss,) = [entry for entry in found if entry.compared.company == "stellantis"]
    assert miss.compared.assessed.high == 0 < miss.compared.printed.low
    assert {reason.effective for reason in miss.criteria} == {"not_met"}
    assert miss.told_of == ()
