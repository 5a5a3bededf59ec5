from __future__ import annotations

from statistics import median

import pytest

from cati.report.edition import Edition
from cati.report.figures.profile import places, profile
from cati.report.figures.sheet import Drawing, Sheet
from tests.report.drawn import drawing, rows


def test_places_are_those_among_all_companies(edition: Edition) -> None:
    card = edition.card
    for place in places(card, "bmw"):
        group = card.column(place.column)
        lows = [group.rate(company).low for company in card.companies]
        assert place.own == group.rate("bmw")
        assert (place.least, place.median, place.greatest) == (min(lows), median(lows), max(lows))
        assert group.rate(place.leader).low == place.greatest


@pytest.mark.slow
def test_the_first_of_the_ranking_is_shown_unless_another_is_named(edition: Edition) -> None:
    assert {row["company"] for row in rows(drawing(edition, profile))} == {"mercedes-benz"}

    def of_byd(sheet: Sheet) -> Drawing | None:
        return profile(sheet, "byd")

    drawn = drawing(edition, of_byd)
    assert {row["company"] for row in rows(drawn)} == {"byd"}
    assert drawn.title.startswith("BYD: ")


@pytest.mark.slow
def test_the_title_counts_columns(edition: Edition) -> None:
    found = rows(drawing(edition, profile))

    best = sum(row["rate_low"] == row["greatest"] for row in found)
    above = sum(float(row["rate_low"]) > float(row["median"]) for row in found)
    assert above == len(found)
    assert drawing(edition, profile).title == (
        f"Mercedes-Benz: the highest rate in {best} of {len(found)} columns, "
        "above the median in all"
    )


@pytest.mark.slow
def test_the_title_says_in_how_many_columns_another_is_above_the_median(edition: Edition) -> None:
    def of_byd(sheet: Sheet) -> Drawing | None:
        return profile(sheet, "byd")

    found = rows(drawing(edition, of_byd))
    above = sum(float(row["rate_low"]) > float(row["median"]) for row in found)
    assert 0 < above < len(found)
    assert drawing(edition, of_byd).title.endswith(f"above the median in {above}")
