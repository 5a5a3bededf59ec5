"""Other weights and other points, against the scorecard they would make."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.analysis.what_if import (
    Change,
    at_shares,
    parse_change,
    plain_sum,
    targets,
    with_points,
)
from cati.model.interval import Interval
from cati.problems import UsageError
from cati.scoring.scorecard import Rank, Scorecard
from cati.workspace import Workspace
from tests.analysis.cards import card_of, cards, exact, ways


@pytest.fixture(scope="module")
def card(real: Workspace) -> Scorecard:
    return real.score("automakers-2024")


def changed(card: Scorecard, *texts: str) -> Scorecard:
    return with_points(card, [parse_change(text) for text in texts])


@pytest.mark.parametrize("first", ["0", "12.5", "50", "100"])
def test_other_shares_are_those_of_an_evaluation_that_has_them(
    real: Workspace, card: Scorecard, first: str
) -> None:
    shares = {"scope12": Decimal(first), "scope3": 100 - Decimal(first)}
    scored = real.score("automakers-2024", shares=shares)
    moved = at_shares(card, {track: Fraction(share) for track, share in shares.items()})
    assert moved.factors == scored.factors
    assert [moved.total(c) for c in card.companies] == [scored.total(c) for c in card.companies]


def test_mercedes_benz_leads_with_equal_shares(card: Scorecard) -> None:
    equal = at_shares(card, {"scope12": Fraction(50), "scope3": Fraction(50)})
    assert equal.order[:2] == ("mercedes-benz", "volvo-cars")
    assert equal.total("mercedes-benz") == Interval(Fraction(151, 2), Fraction(151, 2))


def test_a_third_is_a_share(card: Scorecard) -> None:
    third = at_shares(card, {"scope12": Fraction(100, 3), "scope3": Fraction(200, 3)})
    assert third.rank("volkswagen") == third.rank("toyota") == Rank(12, 12)


@pytest.mark.parametrize(
    "shares",
    [
        {"scope12": Fraction(50), "scope3": Fraction(51)},
        {"scope12": Fraction(-1), "scope3": Fraction(101)},
        {"scope12": Fraction(100)},
        {},
        {"scope12": Fraction(50), "scope4": Fraction(50)},
    ],
)
def test_shares_that_do_not_fit_are_refused(card: Scorecard, shares: dict[str, Fraction]) -> None:
    with pytest.raises(UsageError, match=r"expected scope12 : scope3 in per cent, 100 together"):
        at_shares(card, shares)


@pytest.mark.slow
@given(cards())
def test_the_plain_sum_adds_up_points(made: Scorecard) -> None:
    bare = plain_sum(made)
    for company in made.companies:
        sums = [sum(steps) * Fraction(made.methodology.grid) for steps in ways(made, company)]
        assert bare.total(company) == Interval(min(sums), max(sums))


def test_points_set_count_with_their_factor(card: Scorecard) -> None:
    other = changed(card, "byd.scope3_targets=9.5")
    before = card.column("scope3_targets").points("byd").low
    gained = Fraction(14, 10) * (Fraction(19, 2) - before)
    assert other.total("byd").low - card.total("byd").low == gained
    assert other.column("scope3_targets").points("byd") == Interval(
        Fraction(19, 2), Fraction(19, 2)
    )
    assert other.total("bmw") == card.total("bmw")
    assert card.column("scope3_targets").points("byd").low == before


def test_a_column_inside_another_raises_it_and_the_outer_leaves_the_inner(card: Scorecard) -> None:
    steel = card.column("steel_aluminium").points("nio").low
    action = card.column("scope3_action").points("nio").low
    inner = changed(card, f"nio.steel_aluminium={steel - 1}")
    assert inner.column("scope3_action").points("nio").low == action - 1
    outer = changed(card, f"nio.scope3_action={action - 1}")
    assert outer.column("steel_aluminium").points("nio").low == steel
    assert outer.total("nio") == inner.total("nio")
    both = changed(card, "nio.scope3_action=10", "nio.steel_aluminium=3")
    assert both.column("scope3_action").points("nio").low == 10


def test_what_is_set_is_the_same_in_every_alternative(card: Scorecard) -> None:
    one = changed(card, "geely-auto.affiliates=6")
    assert one.total("geely-auto").high - one.total("geely-auto").low == Fraction(21, 10)
    both = changed(card, "geely-auto.affiliates=6", "geely-auto.upstream_suppliers=0")
    assert both.total("geely-auto").is_exact


def test_stated_columns_are_no_longer_stated(card: Scorecard) -> None:
    assert card.column("supplier_guidance").points("byd").is_exact
    assert not changed(card, "byd.governance=5").column("supplier_guidance").points("byd").is_exact


def test_on_the_assessed_basis_indicators_are_set(real: Workspace) -> None:
    assessed = real.score("automakers-2024", "assessed")
    other = changed(assessed, "byd.5.3.2=3")
    assert other.total("byd").low - assessed.total("byd").low == Fraction(42, 10)
    assert other.group(["5.3.2"]).points("byd") == Interval(Fraction(3), Fraction(3))
    with pytest.raises(UsageError, match=r"no indicator 5\.3 to change"):
        changed(assessed, "byd.5.3=3")


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["byd.scope3_targets=16"], r"expected points from 0 to 15 in steps of 0\.5; found 16"),
        (["byd.scope3_targets=0.3"], r"from 0 to 15 in steps of 0\.5; found 0\.3"),
        (
            ["byd.scope3_target=1"],
            "no column of the printed table scope3_target to change: did you",
        ),
        (["byd.5.3.2=1"], "the table shows no single indicators; name the column that holds it"),
        (["byd.supplier_guidance=1"], "no column of the printed table supplier_guidance"),
        (["bydd.governance=1"], "no company bydd in automakers-2024: did you mean byd?"),
        (
            ["byd.scope3_action=9"],
            "expected 0 to 7 points, since steel_aluminium inside it holds 0; found 9; set",
        ),
        (["byd.governance=1", "byd.governance=2"], r"byd\.governance stands twice"),
    ],
)
def test_points_that_cannot_be_are_refused(card: Scorecard, texts: list[str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        changed(card, *texts)


@pytest.mark.parametrize(
    "text", ["", "byd", "byd=3", "byd.x", "byd.x=", "byd.x=-1", "byd.x=1e3", ".x=1"]
)
def test_another_form_of_change_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"expected COMPANY\.COLUMN=POINTS"):
        parse_change(text)


def test_a_change_has_a_company_a_target_and_points() -> None:
    assert parse_change(" byd.5.3.2=2.5 ") == Change("byd", "5.3.2", Decimal("2.5"))
    assert parse_change("Great Wall.governance=10").company == "Great Wall"


@pytest.mark.slow
@given(cards(), st.data())
def test_any_points_that_fit_are_what_the_company_then_has(
    made: Scorecard, data: st.DataObject
) -> None:
    company = data.draw(st.sampled_from(made.companies))
    target = data.draw(st.sampled_from(["once", "own", "part"]))
    at, inside = targets(made)[target]
    steps = data.draw(st.integers(0, made.blocks[at].steps))
    grid = made.methodology.grid
    other = with_points(made, [Change(company, target, steps * grid)])
    assert inside == (at,)
    assert other.column(target).points(company) == Interval(*(Fraction(steps * grid),) * 2)
    for block in made.blocks:
        if block.id != target:
            assert other.block(block.id).points(company) == made.block(block.id).points(company)


def test_a_column_is_its_blocks() -> None:
    made = card_of(exact(0, 0, 1, 2))
    names = {
        target: [made.blocks[i].id for i in places] for target, (_, places) in targets(made).items()
    }
    assert names == {
        "once": ["once"],
        "own": ["own"],
        "chain": ["chain_rest", "part"],
        "part": ["part"],
    }
