"""What another disclosure says already is noticed, and facts that only sound alike are not."""

from __future__ import annotations

from typing import Any

import pytest

from cati.model.evidence import Disclosure, Place, Quote
from cati.model.source import Source
from cati.research.workbook.duplicates import likely_same, others_of, same_document, same_fact
from cati.workspace import Workspace


def told(statement: str, where: str = "a/b p. 1", **more: Any) -> Disclosure:
    source, _, locator = where.partition(" ")
    return Disclosure(
        id="x",
        statement=statement,
        indicators=("tiny/1.1.1",),
        polarity="supports",
        confidence="high",
        where=(Place(source=source, locator=locator),),
        **more,
    )


FACT = told("It buys green steel from three mills.")


def test_the_same_words_at_the_same_place_are_one_fact() -> None:
    assert same_fact(FACT, told("it buys green steel from three mills", "a/b P. 1"))
    assert not same_fact(FACT, told("It buys green steel from three mills.", "a/b p. 2"))


@pytest.mark.parametrize(
    ("other", "likely"),
    [
        (told("It buys green steel from three mills.", "a/c p. 7"), True),
        (told("It buys greem steel from three mills."), True),
        (told("It buys green steel from five smelters, as it says."), False),
        (told("It buys greem steel from three mills.", "a/b p. 2"), False),
    ],
)
def test_nearly_the_same_is_doubted(other: Disclosure, likely: bool) -> None:
    assert likely_same(FACT, other) == likely


def test_other_numbers_and_subjects_are_other_facts() -> None:
    assert not likely_same(told("By 2030 it cuts 40 %."), told("By 2030 it cuts 45 %."))
    steel, aluminium = (told(f"It uses recycled {m}, a lot.", subject=m) for m in ("steel", "alu"))
    assert not likely_same(steel, aluminium)


def test_one_quote_at_one_place_may_be_one_fact() -> None:
    quote = Quote(text="We buy green steel.", language="en")
    assert likely_same(told("Green steel.", quote=quote), told("Its steel is green.", quote=quote))


def document(title: str, **more: Any) -> Source:
    return Source(id="x", kind="website", title=title, language="en", **more)


@pytest.mark.parametrize(
    ("other", "likely"),
    [
        (document("esg  report"), True),
        (document("Reports", link="https://a.example/esg/"), True),
        (document("ESG Report", published="2022"), False),
        (document("Reports", link="https://a.example/other"), False),
    ],
)
def test_one_document_may_be_two_sources(other: Source, likely: bool) -> None:
    one = document("ESG Report", link="https://a.example/esg", published="2023")
    assert same_document(one, other) == likely


def test_the_real_evidence_has_no_two_that_are_alike(real: Workspace) -> None:
    found = real.store.disclosures
    pairs = [
        (reference, other)
        for reference, disclosure in found.items()
        for other, known in others_of(reference, found)
        if likely_same(disclosure, known)
    ]
    assert pairs == []
