"""A company beside its peers: the figures are those of the printed table, exactly."""

from __future__ import annotations

import csv
from fractions import Fraction
from statistics import median

import pytest

from cati.model.interval import Interval
from cati.research.self_assessment.peers import TOTAL, Comparison, compare_with_peers, place
from cati.scoring.scorecard import Rank, Scorecard
from cati.workspace import Workspace
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def card(real: Workspace) -> Scorecard:
    return real.score("automakers-2024")


def compared(real: Workspace, card: Scorecard, company: str) -> dict[str, Comparison]:
    """A company of the table beside the others, with its own printed points for its answers."""
    found = compare_with_peers(card, card, card, company, real.joint_ventures(card))
    return {entry.id: entry for entry in found}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    path = ROOT / "reports/automakers-2024/published.csv"
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_totals_are_those_of_the_table(
    real: Workspace, card: Scorecard, rows: list[dict[str, str]]
) -> None:
    entry = compared(real, card, "bmw")[TOTAL]
    others = [Fraction(row["total"]) / 100 for row in rows if row["company"] != "bmw"]
    field = entry.all_peers
    assert field.peers == len(others) == 50
    assert (field.least.low, field.greatest.high) == (min(others), max(others))
    assert field.median == Interval(median(others), median(others))
    (own,) = (Fraction(row["total"]) / 100 for row in rows if row["company"] == "bmw")
    assert entry.own == entry.printed == Interval(own, own)
    ahead = sum(other > own for other in others)
    assert field.rank == field.rank_if_published == Rank(ahead + 1, ahead + 1)


def test_a_place_among_the_same_companies_is_the_rank_in_the_table(
    real: Workspace, card: Scorecard
) -> None:
    for company in ("bmw", "geely-auto", "rivian", "subaru", "hozon"):
        assert compared(real, card, company)[TOTAL].all_peers.rank == card.rank(company)


def test_joint_ventures_are_left_out_of_the_second_field(
    real: Workspace, card: Scorecard, rows: list[dict[str, str]]
) -> None:
    ventures = set(real.joint_ventures(card))
    assert len(ventures) == 14
    entry = compared(real, card, "bmw")["governance"]
    left_out = {"bmw", *ventures}
    rates = [Fraction(row["governance"]) / 100 for row in rows if row["company"] not in left_out]
    field = entry.without_joint_ventures
    assert field.peers == len(rates) == 36
    assert field.median.low == median(rates)
    venture = compared(real, card, "beijing-benz")["governance"]
    assert (venture.all_peers.peers, venture.without_joint_ventures.peers) == (50, 37)


def test_leaders_have_the_greatest_and_nobody_leads_with_nothing(
    real: Workspace, card: Scorecard, rows: list[dict[str, str]]
) -> None:
    found = compared(real, card, "hozon")
    for column in card.methodology.printed_columns:
        rates = {row["company"]: int(row[column.id]) for row in rows if row["company"] != "hozon"}
        best = max(rates.values())
        leaders = {company for company, rate in rates.items() if rate == best}
        assert set(found[column.id].all_peers.leaders) == leaders


def test_points_that_the_table_leaves_open_stay_open(real: Workspace, card: Scorecard) -> None:
    entry = compared(real, card, "bmw")["upstream_suppliers"]
    greatest = entry.all_peers.greatest
    assert greatest.low < greatest.high
    assert "geely-auto" in entry.all_peers.leaders


def test_a_company_outside_the_table_is_one_more(real: Workspace, card: Scorecard) -> None:
    own = card.without([c for c in card.companies if c != "bmw"])
    others = card.without(["bmw"])
    found = compare_with_peers(own, own, others, "bmw", real.joint_ventures(others))
    assert {entry.printed for entry in found} == {None}
    assert found[0].all_peers == compared(real, card, "bmw")[TOTAL].all_peers


@pytest.mark.parametrize(
    ("own", "best", "worst"),
    [
        ((0, 9), 1, 4),
        ((5, 5), 2, 3),
        ((3, 3), 3, 3),
        ((2, 4), 2, 4),
        ((8, 8), 1, 1),
        ((0, 0), 4, 4),
    ],
)
def test_a_place_runs_from_the_best_to_the_worst(
    own: tuple[int, int], best: int, worst: int
) -> None:
    others = [(7, 7), (4, 6), (1, 3)]
    assert place(
        Interval(Fraction(own[0]), Fraction(own[1])),
        [Interval(Fraction(low), Fraction(high)) for low, high in others],
    ) == Rank(best, worst)
