"""How firm a rank is, and what is typical of a group."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.analysis import company_standing
from cati.analysis.company_standing import CompanyStandings
from cati.analysis.paths import rank_paths
from cati.scoring.scorecard import Scorecard
from cati.workspace import Workspace
from tests.conftest import ROOT

REAL = Workspace.open(ROOT)


@pytest.fixture(scope="module")
def card(real: Workspace) -> Scorecard:
    return real.score("automakers-2024")


@pytest.fixture(scope="module")
def standings(real: Workspace, card: Scorecard) -> CompanyStandings:
    return CompanyStandings(card, real.store.entities)


def test_ranks_over_all_shares_are_those_of_the_rank_paths(
    card: Scorecard, standings: CompanyStandings
) -> None:
    paths = rank_paths(card)
    for company in card.companies:
        ranks = [paths.rank(company, Fraction(share)) for share in range(101)]
        found = standings.range(company).by_shares
        assert found is not None
        assert found.best == min(rank.best for rank in ranks)
        assert found.worst == max(rank.worst for rank in ranks)


def test_the_rank_itself_lies_in_every_range(card: Scorecard, standings: CompanyStandings) -> None:
    for company in card.companies:
        rank, ends = card.rank(company), standings.range(company)
        for found in (ends.by_shares, ends.by_noise):
            assert found is not None
            assert found.best <= rank.best
            assert rank.worst <= found.worst


def test_the_same_draws_come_again(
    real: Workspace, card: Scorecard, standings: CompanyStandings
) -> None:
    again = CompanyStandings(card, real.store.entities)
    assert [again.range(c) for c in card.order] == [standings.range(c) for c in card.order]


def test_no_draws_where_there_are_very_many_companies(
    real: Workspace, card: Scorecard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(company_standing, "MOST_DRAWN", 50)
    assert CompanyStandings(card, real.store.entities).range("bmw").by_noise is None


def test_one_weighted_track_alone_has_no_shares_to_vary(real: Workspace, card: Scorecard) -> None:
    tracks = tuple(
        track.model_copy(update={"weighted": False, "share": None})
        for track in card.methodology.tracks
    )
    unweighted = replace(card, methodology=card.methodology.model_copy(update={"tracks": tracks}))
    assert CompanyStandings(unweighted, real.store.entities).range("bmw").by_shares is None


def test_a_company_is_set_beside_those_of_its_origin(
    real: Workspace, card: Scorecard, standings: CompanyStandings
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


def test_who_may_have_the_highest_rate_is_named(standings: CompanyStandings) -> None:
    leaders = {row.column.id: row.leaders for row in standings.beside("geely-auto").rows}
    assert leaders["governance"] == ("nio",)
    # its points there are open, so others may be ahead of it or not
    assert "geely-auto" in leaders["affiliates"]
    assert len(leaders["affiliates"]) > 1


def test_only_who_has_the_highest_rate_whatever_is_open_is_sure_of_it(
    card: Scorecard, standings: CompanyStandings
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
    beside = CompanyStandings(card, alone).beside("bmw")
    assert beside.region is None
    assert len(beside.companies) == 51


def earning(card: Scorecard, low: list[list[int]]) -> Scorecard:
    """The first companies of a scorecard with other points, each with one alternative."""
    points = np.array(low)
    return replace(
        card,
        companies=card.companies[: len(low)],
        owner=np.arange(len(low)),
        low=points,
        high=points,
        stated={},
    )


@st.composite
def few_companies(draw: st.DrawFn) -> list[list[int]]:
    """Points of a few companies, block by block; some have those of another, and so its total."""
    most = [block.steps for block in REAL.score("automakers-2024").blocks]
    row = st.tuples(*(st.sampled_from(sorted({0, 1, steps - 1, steps})) for steps in most))
    rows = draw(st.lists(row, min_size=2, max_size=4))
    return [list(row) for row in (*rows, *draw(st.lists(st.sampled_from(rows), max_size=2)))]


@pytest.mark.slow
@given(few_companies())
def test_a_step_more_or_less_does_what_scoring_again_does(low: list[list[int]]) -> None:
    card = earning(REAL.score("automakers-2024"), low)
    standings = CompanyStandings(card, REAL.store.entities)
    for at, company in enumerate(card.companies):
        changes, ranks = set(), {card.rank(company).best}
        for place, block in enumerate(card.blocks):
            for steps in {max(low[at][place] - 1, 0), min(low[at][place] + 1, block.steps)}:
                other = [list(row) for row in low]
                other[at][place] = steps
                again = earning(card, other)
                changes.add(abs(again.total(company).low - card.total(company).low))
                ranks.add(again.rank(company).best)
        found = standings.nudge(company)
        assert found is not None
        assert set(found.worths) == changes - {0}
        assert (found.rank.best, found.rank.worst) == (min(ranks), max(ranks))


@pytest.mark.slow
@given(few_companies())
def test_the_totals_around_one_are_the_next_higher_its_equals_and_the_next_lower(
    low: list[list[int]],
) -> None:
    card = earning(REAL.score("automakers-2024"), low)
    totals = {company: card.total(company).low for company in card.companies}
    for company, own in totals.items():
        near = CompanyStandings(card, REAL.store.entities).near(company)
        assert near is not None
        assert set(near.level) == {c for c in totals if totals[c] == own} - {company}
        higher = [total for total in totals.values() if total > own]
        lower = [total for total in totals.values() if total < own]
        for found, total in (
            (near.above, min(higher, default=None)),
            (near.below, max(lower, default=None)),
        ):
            assert (found is None) == (total is None)
            if found is not None and total is not None:
                assert set(found.companies) == {c for c in totals if totals[c] == total}
                assert found.apart == abs(total - own)
                assert all(card.rank(c) == found.rank for c in found.companies)


def test_several_solutions_of_one_total_are_all_stepped_from(
    card: Scorecard, standings: CompanyStandings
) -> None:
    nudge = standings.nudge("geely-auto")
    assert nudge is not None
    assert nudge.worths == (Fraction(3, 10), Fraction(1, 2), Fraction(7, 10))


def test_where_totals_are_open_nothing_is_said_of_those_around(real: Workspace) -> None:
    standings = CompanyStandings(real.reasons("automakers-2024").card, real.store.entities)
    assert standings.near("geely-auto") is None
    assert standings.nudge("geely-auto") is None
