from __future__ import annotations

from typing import Any, cast

import pytest

from cati.report import show
from cati.report.edition import Edition
from cati.report.facts import Facts
from cati.report.pdf.company import company_page
from cati.report.wording import Wording
from cati.workspace import Workspace


@pytest.fixture(scope="module")
def facts(edition: Edition) -> Facts:
    return Facts(edition)


def page(facts: Facts, company: str) -> dict[str, Any]:
    return cast("dict[str, Any]", company_page(facts, Wording("en"), company))


def test_the_sum_is_the_total(facts: Facts) -> None:
    assert page(facts, "stellantis")["sums"] == [["8 + 0.6 × 26 + 1.4 × 16 = 46.0", ""]]


def test_the_sum_says_which_tracks_it_adds(facts: Facts) -> None:
    found = page(facts, "stellantis")

    assert found["sum-label"] == (
        "Total = (Governance + Product footprint) + 0.6 × Scopes 1 and 2 + 1.4 × Scope 3"
    )


def test_where_the_table_allows_two_sums_both_are_told(facts: Facts) -> None:
    sums = page(facts, "geely-auto")["sums"]

    assert [text.endswith("= 61.9") for text, _ in sums] == [True, True]
    assert [solved for _, solved in sums] == [
        "Affiliates 0.5; Upstream suppliers 1.5",
        "Affiliates 4; Upstream suppliers 0",
    ]


def test_total_rank_and_its_range_stand_first(facts: Facts) -> None:
    found = page(facts, "geely-auto")
    shares = facts.standings.range("geely-auto").by_shares
    noise = facts.standings.range("geely-auto").by_noise
    assert shares is not None
    assert noise is not None

    assert [entry[1] for entry in found["key"]][:3] == ["61.9", "4", "4"]
    assert f"the rank stays within {show.rank(shares)}." in found["range"][0]
    assert f"the rank would be {show.rank(noise)} in" in found["range"][1]
    assert "2,000 draws" in found["range"][1]


def test_a_rank_that_no_weighting_changes_is_one_number(facts: Facts) -> None:
    assert page(facts, "mercedes-benz")["range"][0].endswith("the rank stays 1.")


def test_coverage_is_told_only_where_points_are_assessed(facts: Facts, real: Workspace) -> None:
    reasons = real.reasons("automakers-2024")
    assessed = Facts(Edition.of(real, reasons.card, reasons))

    assert "Coverage" not in [entry[0] for entry in page(facts, "bmw")["key"]]
    assert "Coverage" in [entry[0] for entry in page(assessed, "bmw")["key"]]


def test_a_company_stands_beside_the_companies_of_its_region(facts: Facts) -> None:
    assert page(facts, "bmw")["beside"] == "Median and highest rate: European companies (8)."
    assert page(facts, "bmw")["about"].startswith("Germany · ")
    assert page(facts, "brilliance-bmw")["about"].startswith("Joint venture · China · ")


def test_the_range_runs_from_the_least_rate_of_the_group_to_the_highest(facts: Facts) -> None:
    group = facts.standings.beside("bmw")
    for row, shown in zip(group.rows, page(facts, "bmw")["columns"], strict=True):
        assert shown["dots"]["least"] == float(row.least)
        assert shown["dots"]["highest"] == float(row.best.high)
        assert shown["dots"]["medians"] == sorted({float(row.median.low), float(row.median.high)})
    assert any(row.least > 0 for row in group.rows)


def test_a_leader_who_may_not_be_one_is_called_so(facts: Facts) -> None:
    leaders = {row["name"]: row["leader"] for row in page(facts, "geely-auto")["columns"]}

    assert leaders["Upstream suppliers"] == "0–14 (perhaps Geely Auto)"
    assert leaders["Affiliates"] == "33–67 (up to 4)"
    assert leaders["Governance"] == "100 (NIO)"


def test_a_joint_venture_has_no_rank_without_them(facts: Facts) -> None:
    labels = [entry[0] for entry in page(facts, "brilliance-bmw")["key"]]

    assert "Rank without joint ventures" not in labels


def test_bars_are_parts_of_the_largest_contribution(facts: Facts, edition: Edition) -> None:
    bars = {
        row["name"]: (row["bar"], row["adds"]) for row in page(facts, "mercedes-benz")["columns"]
    }

    scope3, adds = bars["Scope 3 targets"]
    assert scope3[2] == 1.0  # 21 points, more than any other column can add
    assert scope3[0] == pytest.approx(float(adds) / 21)
    assert bars["Steel and aluminium †"] == (None, show.DASH)
    assert all(
        0 <= low <= high <= most <= 1
        for (low, high, most), _ in filter(lambda bar: bar[0] is not None, bars.values())
    )


def test_every_indicator_has_its_points_as_far_as_known(facts: Facts, edition: Edition) -> None:
    parts = page(facts, "bmw")["parts"]

    shown = [entry for part in parts for entry in part["indicators"]]
    codes = [entry.partition(":")[0] for entry in shown]
    assert codes == [indicator.code for indicator in edition.methodology.indicators()]
    assert "5.3.2: 3/3" in shown  # a column of its own, so its points are certain
    assert "2.1.2: 1–2/2" in shown


def test_disclosures_are_counted_with_their_indicators(facts: Facts) -> None:
    told = page(facts, "mercedes-benz")["evidence"]

    assert "2.2.1" in told
    assert page(facts, "hozon")["evidence"].startswith(("Disclosures on record", "No disclosure"))
