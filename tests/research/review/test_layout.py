"""The words of a reply are understood in both languages."""

from __future__ import annotations

import pytest

from cati.research.review.layout import CHOICES, COLUMNS, seal, value_of, word


@pytest.mark.parametrize("choices", CHOICES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_word_leads_back_to_its_value(choices: str, language: str) -> None:
    for value in CHOICES[choices]:
        written = word(choices, value, "zh" if language == "zh" else "en")
        assert value_of(choices, f" {written.upper()} ") == value


def test_another_word_has_no_value() -> None:
    assert value_of("reply", "perhaps") is None


def test_no_two_columns_have_the_same_head() -> None:
    heads = [head for column in COLUMNS for head in (column.title.en, column.title.zh)]
    assert len(set(heads)) == len(heads)
    assert {column.choices for column in COLUMNS if column.choices} == set(CHOICES)


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
