from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from cati.report.edition import Edition
from cati.report.figures.contributions import contributions, track_contributions
from cati.report.figures.sheet import DARK
from tests.report.drawn import drawing, rows


def test_parts_come_to_the_total_where_nothing_is_open(edition: Edition) -> None:
    sums: dict[str, Fraction] = defaultdict(Fraction)
    for row in rows(drawing(edition, contributions)):
        sums[row["company"]] += Fraction(row["contribution"])

    for company in edition.card.order:
        total = edition.card.total(company)
        if company == "geely-auto":  # its points of two columns are not settled
            assert sums[company] < total.low
        else:
            assert sums[company] == total.low


def test_a_sum_by_hand(edition: Edition) -> None:
    assert track_contributions(edition.card, "stellantis") == {
        "governance": 8,
        "scope12": Fraction("15.6"),
        "scope3": Fraction("22.4"),
        "product": 0,
    }


def test_only_a_rest_is_drawn_as_one(edition: Edition) -> None:
    """A bar of no width would leave its edge at the end of each company's bar."""
    drawn = drawing(edition, contributions).svg.decode()

    assert drawn.count(f"stroke: {DARK}; stroke-width: 0.3") == 1  # that of Geely Auto


def test_the_title_names_the_greatest_part(edition: Edition) -> None:
    drawn = drawing(edition, contributions)
    parts: dict[str, Fraction] = defaultdict(Fraction)
    for row in rows(drawn):
        parts[row["track"]] += Fraction(row["contribution"])
    whole = sum(edition.card.total(c).low for c in edition.card.order)

    assert max(parts, key=lambda track: parts[track]) == "scope3"
    assert drawn.title.startswith(f"{round(100 * parts['scope3'] / whole)} % of all points")
    assert drawn.title.endswith("Scope 3")
