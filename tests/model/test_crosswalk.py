"""The crosswalk between the two indices."""

from __future__ import annotations

from collections import Counter

from cati.model.crosswalk import Crosswalk, Pair
from cati.workspace import Workspace


def crosswalk(real: Workspace) -> Crosswalk:
    assert real.store.crosswalk is not None
    return real.store.crosswalk


def test_every_indicator_of_both_indices_stands_in_one_pair(real: Workspace) -> None:
    pairs = crosswalk(real).pairs
    for side, name in (("left", "automotive-2024"), ("right", "corporate-2023")):
        codes = [getattr(pair, side) for pair in pairs if getattr(pair, side) is not None]
        assert sorted(codes) == sorted(i.code for i in real.methodology(name).indicators())


def test_relations_say_whether_there_is_a_counterpart(real: Workspace) -> None:
    for pair in crosswalk(real).pairs:
        assert (pair.relation == "none") == (pair.left is None or pair.right is None)


def test_pairs_of_other_points_say_so(real: Workspace) -> None:
    """A pair that asks the same for other points is easily taken for equal."""
    left, right = real.methodology("automotive-2024"), real.methodology("corporate-2023")

    def differs(pair: Pair) -> bool:
        if pair.left is None or pair.right is None:
            return False
        return left.indicator(pair.left).points != right.indicator(pair.right).points

    assert [p.left for p in crosswalk(real).pairs if differs(p) and p.note is None] == []
    assert Counter(differs(pair) for pair in crosswalk(real).pairs)[True] > 0
