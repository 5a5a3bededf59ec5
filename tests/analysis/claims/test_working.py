"""What working out an expression rests on: kinds of values and hints."""

from __future__ import annotations

import pytest

from cati.analysis.claims.values import Column, Companies, Texts, Truth, Value, Word, exact
from cati.analysis.claims.working import described, hint_for, holds, kind_of, negated, word_of

NUMBERS = Column((exact(1), exact(2)), (True, True))
COUNTRIES = Column((Word("CN", "country"),), (True,))


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        (exact(1), "number", "a number"),
        (NUMBERS, "number", "numbers of every company"),
        (Truth(None), "truth", "a condition"),
        (COUNTRIES, "word", "words, such as countries of every company"),
        (Texts(("a",)), None, "text"),
        (Companies(frozenset(), frozenset()), None, "a set of companies"),
    ],
)
def test_values_are_told_apart_and_named(value: Value, kind: str | None, words: str) -> None:
    assert kind_of(value) == kind
    assert described(value) == words


def test_words_know_the_name_they_belong_to() -> None:
    assert word_of(COUNTRIES) == "country"
    assert word_of(NUMBERS) is None
    assert holds(COUNTRIES, Word)
    assert not holds(COUNTRIES, Truth)


def test_what_is_open_stays_open_when_negated() -> None:
    assert [negated(Truth(v)).value for v in (True, False, None)] == [False, True, None]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("average", "did you mean mean?"),
        ("Total", "did you mean total?"),
        ("scope3disclosure", "did you mean scope3_disclosure?"),
        ("zzzzzz", "docs/howto/claims.md lists the names"),
    ],
)
def test_hints_know_other_words_and_misspellings(name: str, hint: str) -> None:
    assert hint_for(name, [f"name_{i}" for i in range(20)] + ["total", "scope3_disclosure"]) == hint
