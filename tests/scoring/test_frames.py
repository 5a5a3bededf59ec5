"""The tables a notebook gets: the scorecard's numbers, in its order, as floats for display."""

from __future__ import annotations

from fractions import Fraction
from typing import get_args

import pytest

from cati.scoring.scorecard import Level, Scorecard
from cati.workspace import Workspace

ENDS = ("low", "high")


@pytest.fixture(scope="module")
def card(real: Workspace) -> Scorecard:
    return real.score("automakers-2024")


def test_the_ranking_has_a_row_for_every_company_in_order(card: Scorecard) -> None:
    frame = card.ranking()
    assert frame.index.tolist() == list(card.order)
    assert frame.index.name == "company"
    assert frame.columns.tolist() == ["rank", "worst_rank", "low", "high", "coverage"]
    for company, row in frame.iterrows():
        name = str(company)
        assert (row["rank"], row["worst_rank"]) == (card.rank(name).best, card.rank(name).worst)
        assert (row["low"], row["high"]) == tuple(float(getattr(card.total(name), e)) for e in ENDS)
        assert row["coverage"] == float(card.coverage(name))


@pytest.mark.parametrize("level", get_args(Level))
def test_points_and_rates_of_every_level_are_those_of_its_groups(
    card: Scorecard, level: Level
) -> None:
    points, rates, groups = card.points(level), card.rates(level), card.groups(level)
    expected = [(name, end) for name in groups for end in ENDS]
    assert points.columns.tolist() == rates.columns.tolist() == expected
    assert points.index.tolist() == rates.index.tolist() == list(card.order)
    for company in ("geely-auto", "mercedes-benz", "hozon"):
        for name, end in expected:
            exact: Fraction = getattr(groups[name].points(company), end)
            assert points.loc[company, (name, end)] == float(exact)
            rate: Fraction = getattr(groups[name].rate(company), end)
            assert rates.loc[company, (name, end)] == float(rate)


def test_contributions_are_points_of_the_total(card: Scorecard) -> None:
    frame = card.contributions()
    assert frame.columns.tolist() == [(b.id, end) for b in card.blocks for end in ENDS]
    for company in card.companies:
        if company != "geely-auto":
            low = sum(float(frame.loc[company, (b.id, "low")]) for b in card.blocks)
            assert low == pytest.approx(float(card.total(company).low), abs=1e-12)
    assert frame.loc["jlr", ("scope3_targets", "low")] == float(
        Fraction("1.4") * card.block("scope3_targets").points("jlr").low
    )


def test_a_ranking_without_some_companies_leaves_them_out(card: Scorecard) -> None:
    frame = card.without(["mercedes-benz"]).ranking()
    assert len(frame) == 50
    assert frame["rank"].iloc[0] == 1
    assert "mercedes-benz" not in frame.index


def test_one_group_and_one_end_can_be_taken_out(card: Scorecard) -> None:
    frame = card.rates("dimensions")
    assert frame["1"].columns.tolist() == ["low", "high"]
    assert frame.xs("low", axis="columns", level="end").columns.tolist() == [
        "1",
        "2",
        "3",
        "4",
        "5",
    ]


def test_tables_without_companies_keep_their_columns(card: Scorecard) -> None:
    nobody = card.without(card.companies)
    assert nobody.ranking().shape == (0, 5)
    assert nobody.points().shape == (0, 24)
