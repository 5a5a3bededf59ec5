"""What one index settles of another, against every way in which points can lie."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cati.analysis.carry_over import carry_over
from cati.model.crosswalk import Crosswalk, Pair
from cati.model.interval import Interval
from cati.model.methodology import Methodology
from cati.problems import UsageError
from cati.scoring.scorecard import Scorecard
from cati.workspace import Workspace
from tests.analysis.cards import card_of, cards, exact, two_tracks, ways
from tests.scoring.synthetic import column, every_assignment, methodology


def other_index(steps: list[int]) -> Methodology:
    """An index of as many indicators, worth so many steps."""
    tracks = ["once", "chain", "own", "chain", "own"]
    made = [
        (f"1.{at + 1}", n, track) for at, (n, track) in enumerate(zip(steps, tracks, strict=True))
    ]
    columns = [column(f"c{at + 1}", [f"1.{at + 1}"]) for at in range(len(steps))]
    return methodology(made, columns).model_copy(update={"id": "other"})


def pairing(relations: list[str]) -> Crosswalk:
    own = [i.code for i in two_tracks().indicators()]
    pairs = []
    for at, (code, relation) in enumerate(zip(own, relations, strict=True)):
        right = f"1.{at + 1}.1"
        if relation == "none":
            pairs += [Pair(left=code, relation="none"), Pair(right=right, relation="none")]
        else:
            pairs.append(Pair.model_validate({"left": code, "right": right, "relation": relation}))
    return Crosswalk(format=1, left="made-up", right="other", pairs=tuple(pairs))


def expected(card: Scorecard, company: str, other: Methodology, relations: list[str]) -> Interval:
    """Over all points of single indicators that fit the blocks."""
    possible = set(ways(card, company))
    low, high = [], []
    targets = list(zip(card.methodology.indicators(), other.indicators(), relations, strict=True))
    for steps in every_assignment(card.methodology):
        if tuple(sum(steps[code] for code in block.codes) for block in card.blocks) not in possible:
            continue
        ends = []
        for own, target, relation in targets:
            held = Fraction(steps[own.code], 2)
            full = Fraction(target.points)
            if relation == "same" and own.points == target.points:
                ends.append((held, held))
            elif relation == "same" and held in {0, own.points}:
                ends.append((full, full) if held else (held, held))
            else:
                ends.append((Fraction(0), full))
        low.append(sum(a for a, _ in ends))
        high.append(sum(b for _, b in ends))
    return Interval(min(low), max(high))


@pytest.mark.slow
@settings(max_examples=60)
@given(
    cards(),
    st.lists(st.integers(1, 3), min_size=5, max_size=5),
    st.lists(st.sampled_from(["same", "same", "related", "none"]), min_size=5, max_size=5),
)
def test_totals_are_what_all_points_that_fit_allow(
    card: Scorecard, steps: list[int], relations: list[str]
) -> None:
    other = other_index(steps)
    carried = carry_over(card, pairing(relations), other)
    for company in card.companies:
        total = expected(card, company, other, relations)
        assert carried.total(company) == total
        assert carried.settled(company) == 1 - (total.high - total.low) / sum(steps) * 2


def test_shares_of_the_other_index_weigh_its_tracks() -> None:
    card = card_of(exact(2, 3, 1, 3))
    other, crosswalk = other_index([2, 1, 2, 1, 1]), pairing(["related"] * 5)
    shares = {"own": Decimal(100), "chain": Decimal(0)}
    carried = carry_over(card, crosswalk, other, shares)
    assert carried.total("a") == Interval(Fraction(0), Fraction(7, 2))
    assert carried.most == Fraction(7, 2)


def test_the_crosswalk_is_read_in_either_direction() -> None:
    card, other = card_of(exact(2, 3, 1, 3)), other_index([2, 2, 1, 3, 1])
    forth = pairing(["same"] * 5)
    back = Crosswalk(
        format=1,
        left="other",
        right="made-up",
        pairs=tuple(Pair(left=p.right, right=p.left, relation=p.relation) for p in forth.pairs),
    )
    one, two = carry_over(card, forth, other), carry_over(card, back, other)
    assert one.total("a") == two.total("a") == Interval(Fraction(9, 2), Fraction(9, 2))
    assert one.settled("a") == 1


def test_another_crosswalk_and_shares_that_do_not_fit_are_refused() -> None:
    card, other = card_of(exact(2, 3, 1, 3)), other_index([2, 2, 1, 3, 1])
    foreign = Crosswalk(format=1, left="made-up", right="third", pairs=())
    with pytest.raises(
        UsageError, match="the crosswalk pairs made-up and third, not made-up and other"
    ):
        carry_over(card, foreign, other)
    with pytest.raises(UsageError, match="shares: expected"):
        carry_over(card, pairing(["same"] * 5), other, {"own": Decimal(50), "chain": Decimal(60)})


def test_of_the_corporate_index_little_is_settled_and_it_is_said_how_little(
    real: Workspace,
) -> None:
    card, crosswalk = real.score("automakers-2024"), real.store.crosswalk
    assert crosswalk is not None
    carried = carry_over(card, crosswalk, real.methodology("corporate-2023"))
    assert carried.most == 100
    parts = {part.carry: (part.indicators, part.points) for part in carried.parts}
    assert parts == {
        "same_points": (28, 58),
        "other_points": (5, 15),
        "related": (14, 27),
        "none": (0, 0),
    }
    for company in carried.companies:
        total = carried.total(company)
        assert total.high - total.low >= 27
        assert carried.settled(company) == 1 - (total.high - total.low) / 100
    assert carried.order[0] == "mercedes-benz"
    assert carried.rank("mercedes-benz").best == 1
    assert carried.rank("mercedes-benz").worst > 1
