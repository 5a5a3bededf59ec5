"""How firm a rank is, and what is typical of a group."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from statistics import median

import pytest

from cati.analysis.paths import rank_paths
from cati.report.site import company_standing
from cati.report.site.company_standing import Standings
from cati.scoring.scorecard import Scorecard
from cati.workspace import Workspace


@pytest.fixture(scope="module")
def card(real: Workspace) -> Scorecard:
    return real.score("automakers-2024")


@pytest.fixture(scope="module")
def standings(real: Workspace, card: Scorecard) -> Standings:
    return Standings(card, real.store.entities)


def test_ranks_over_all_shares_are_those_of_the_rank_paths(
    card: Scorecard, standings: Standings
) -> None:
    paths = rank_paths(card)
    for company in card.companies:
        ranks = [paths.rank(company, Fraction(share)) for share in range(101)]
        found = standings.range(company).by_shares
        assert found is not None
        assert found.best == min(rank.best for rank in ranks)
        assert found.worst == max(rank.worst for rank in ranks)


def test_the_rank_itself_lies_in_every_range(card: Scorecard, standings: Standings) -> None:
    for company in card.companies:
        rank, ends = card.rank(company), standings.range(company)
        for found in (ends.by_shares, ends.by_noise):
            assert found is not None
            assert found.best <= rank.best
            assert rank.worst <= found.worst


def test_the_same_draws_come_again(real: Workspace, card: Scorecard, standings: Standings) -> None:
    again = Standings(card, real.store.entities)
    assert [again.range(c) for c in card.order] == [standings.range(c) for c in card.order]


def test_no_draws_where_there_are_very_many_companies(
    real: Workspace, card: Scorecard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(company_standing, "MOST_DRAWN", 50)
    assert Standings(card, real.store.entities).range("bmw").by_noise is None


def test_one_weighted_track_alone_has_no_shares_to_vary(real: Workspace, card: Scorecard) -> None:
    tracks = tuple(
        track.model_copy(update={"weighted": False, "share": None})
        for track in card.methodology.tracks
    )
    unweighted = replace(card, methodology=card.methodology.model_copy(update={"tracks": tracks}))
    assert Standings(unweighted, real.store.entities).range("bmw").by_shares is None


def test_a_company_is_set_beside_those_of_its_origin(
    real: Workspace, card: Scorecard, standings: Standings
) -> None:
    entities = real.store.entities
    beside = standings.beside("geely-auto")
    assert beside.region == "chinese"
    assert set(beside.companies) == {c for c in card.companies if entities[c].region == "chinese"}
    for row in beside.rows:
        group = card.column(row.column.id)
        rates = [group.rate(company) for company in beside.companies]
        assert row.own == group.rate("geely-auto")
        assert row.median.low == median(rate.low for rate in rates)
        assert row.median.high == median(rate.high for rate in rates)
        assert row.best.high == max(rate.high for rate in rates)
        assert row.least == min(rate.low for rate in rates)


def test_who_may_have_the_highest_rate_is_named(standings: Standings) -> None:
    leaders = {row.column.id: row.leaders for row in standings.beside("geely-auto").rows}
    assert leaders["governance"] == ("nio",)
    # its points there are open, so others may be ahead of it or not
    assert "geely-auto" in leaders["affiliates"]
    assert len(leaders["affiliates"]) > 1


def test_only_who_has_the_highest_rate_whatever_is_open_is_sure_of_it(
    card: Scorecard, standings: Standings
) -> None:
    beside = standings.beside("geely-auto")
    for row in beside.rows:
        rates = {c: card.column(row.column.id).rate(c) for c in beside.companies}
        sure = {
            company
            for company in row.leaders
            if all(rates[company].low >= other.high for other in rates.values())
        }
        assert set(row.sure_leaders) == sure
    (affiliates,) = (row for row in beside.rows if row.column.id == "affiliates")
    assert "geely-auto" not in affiliates.sure_leaders


def test_a_small_group_is_all_companies(real: Workspace, card: Scorecard) -> None:
    alone = {
        name: entity.model_copy(update={"region": "alone"}) if name == "bmw" else entity
        for name, entity in real.store.entities.items()
    }
    beside = Standings(card, alone).beside("bmw")
    assert beside.region is None
    assert len(beside.companies) == 51
