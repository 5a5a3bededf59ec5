from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cati.analysis.change.rank_change import rank_among, rank_change, totals
from cati.model.interval import Interval
from cati.scoring.scorecard import Rank
from cati.workspace import Workspace

Totals = dict[str, Interval]

small = st.integers(0, 6)
intervals = st.tuples(small, st.integers(0, 2)).map(
    lambda ends: Interval(Fraction(ends[0]), Fraction(ends[0] + ends[1]))
)
exact = small.map(lambda total: Interval(Fraction(total), Fraction(total)))


@st.composite
def seasons(
    draw: st.DrawFn, interval: st.SearchStrategy[Interval]
) -> tuple[Totals, Totals, Totals, dict[str, str]]:
    """Old, carried and new totals: some stay, one of them renamed, some leave, some enter."""
    stay, leave, enter = draw(st.integers(1, 4)), draw(st.integers(0, 2)), draw(st.integers(0, 2))
    stayed = {f"s{n}": f"s{n}" for n in range(stay)} | {"new": "old"}
    before = [*stayed.values(), *(f"l{n}" for n in range(leave))]
    after = [*stayed, *(f"e{n}" for n in range(enter))]
    old = {name: draw(interval) for name in before}
    carried = draw(st.sampled_from([old, {name: draw(interval) for name in before}]))
    return old, carried, {name: draw(interval) for name in after}, stayed


def whole(field: Totals, company: str) -> Rank:
    return rank_among(field[company], [t for name, t in field.items() if name != company])


@given(seasons(intervals))
def test_the_steps_lead_from_the_old_rank_to_the_new(
    season: tuple[Totals, Totals, Totals, dict[str, str]],
) -> None:
    old, carried, new, stayed = season
    for company, was in stayed.items():
        found = rank_change(company, old, carried, new, stayed)
        steps = (found.method, found.own, found.leaving, found.others, found.entering)
        before, after = whole(old, was), whole(new, company)
        assert before.best + sum(step.best for step in steps) == after.best
        assert before.worst + sum(step.worst for step in steps) == after.worst
        assert found.leaving.best <= 0 <= found.entering.best
        if carried is old:
            assert (found.method.best, found.method.worst) == (0, 0)


@given(seasons(exact))
def test_overtakings_are_what_those_that_stay_change(
    season: tuple[Totals, Totals, Totals, dict[str, str]],
) -> None:
    """Counted one by one on exact totals: who was ahead and is not, and the reverse."""
    old, carried, new, stayed = season
    for company, was in stayed.items():
        found = rank_change(company, old, carried, new, stayed)
        left = {later: carried[before] for later, before in stayed.items()}
        here = {later: new[later] for later in stayed}
        change = whole(here, company).best - whole(left, company).best
        assert len(found.passed_by) - len(found.passed) == change
        assert not set(found.passed) & set(found.passed_by)
        assert was not in found.passed


def test_ranks_are_those_of_the_scorecard(real: Workspace) -> None:
    for basis in ("published", "assessed"):
        card = real.score("automakers-2024", basis)  # type: ignore[arg-type]
        field = totals(card)
        for company in card.companies:
            assert whole(field, company) == card.rank(company)
