from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from cati.report.edition import Edition
from cati.report.figures.rates import mean_rate, percent, rates
from tests.report.drawn import drawing, rows


@pytest.mark.slow
def test_the_data_round_to_what_the_table_prints(edition: Edition, root: Path) -> None:
    with (root / "reports/automakers-2024/published.csv").open(encoding="utf-8") as stream:
        table = {row["company"]: row for row in csv.DictReader(stream)}

    found = rows(drawing(edition, rates))

    assert len(found) == 510
    for row in found:
        assert row["rate_low"] == row["rate_high"]
        printed = int(table[row["company"]][row["column"]])
        assert abs(Fraction(row["rate_low"]) - printed) <= Fraction(1, 2)


def test_a_mean_is_that_of_the_companies_named(edition: Edition) -> None:
    group = edition.card.column("governance")
    two = edition.card.order[:2]

    mean = mean_rate(group, two)

    assert mean.low == (group.rate(two[0]).low + group.rate(two[1]).low) / 2
    assert percent(Fraction(1, 3)) == "33.33"
