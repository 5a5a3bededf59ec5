"""The columns of a pack, and the seal of what it is about."""

from __future__ import annotations

from cati.research.review.layout import COLUMNS, seal


def test_no_two_columns_have_the_same_head() -> None:
    heads = [head for column in COLUMNS for head in (column.title.en, column.title.zh)]
    assert len(set(heads)) == len(heads)
    assert {column.choices for column in COLUMNS if column.choices} == {"reply", "consent"}


def test_a_seal_depends_on_everything_it_is_made_of() -> None:
    whole = ("first", "alpha", "review", {"1.1.1/said": "met"})
    others = [
        ("second", *whole[1:]),
        ("first", "beta", *whole[2:]),
        (*whole[:2], "appeal", whole[3]),
        (*whole[:3], {"1.1.1/said": "not_met"}),
        (*whole[:3], {}),
    ]
    assert len({seal(*parts) for parts in (whole, *others)}) == 6
    assert seal(*whole) == seal(*whole)
