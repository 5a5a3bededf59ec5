"""What counts by a cut-off date."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from cati.model.evidence import Disclosure, Place, Supersession
from cati.model.source import Source
from cati.model.standing import Standing, Standings

CUTOFF = datetime.date(2024, 7, 30)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


SOURCES = {
    f"a/{name}": Source(id=name, kind="other", title=name, language="en", **dates)
    for name, dates in {
        "early": {"published": "2024-04"},
        "late": {"published": "2024-08"},
        "read-before": {"accessed": day("2024-05-18")},
        "read-after": {"accessed": day("2024-10-02")},
        "undated": {},
        "survey": {"published": "2024-10", "data_as_of": day("2024-07-30")},
    }.items()
}


def disclosure(*places: str, secondary: bool = False, **fields: Any) -> Disclosure:
    where = tuple(Place(source=f"a/{p}", locator="p. 1", secondary=secondary) for p in places)
    values = {"id": "d", "statement": "s", "polarity": "supports", "confidence": "high", **fields}
    return Disclosure(indicators=("m-1/1.1.1",), where=where, **values)


def standing(found: Disclosure, **others: Disclosure) -> Standing:
    disclosures = {"a/d": found, **{f"a/{name}": other for name, other in others.items()}}
    return Standings(CUTOFF, SOURCES, disclosures).of("a/d", found)


@pytest.mark.parametrize("place", ["early", "read-before"])
def test_what_was_public_by_the_cutoff_counts(place: str) -> None:
    assert standing(disclosure(place)).counts


@pytest.mark.parametrize(
    ("place", "reason"),
    [("late", "after_cutoff"), ("read-after", "after_cutoff"), ("undated", "no_date")],
)
def test_what_is_not_known_to_have_been_public_does_not_count(place: str, reason: str) -> None:
    assert standing(disclosure(place)).exclusions == (reason,)


def test_a_secondary_source_speaks_for_the_day_of_its_data() -> None:
    assert standing(disclosure("survey", secondary=True)).counts
    assert standing(disclosure("survey")).exclusions == ("after_cutoff",)


def test_one_place_that_passes_is_enough() -> None:
    assert standing(disclosure("late", "early")).public_since == day("2024-04-01")


def test_expired_and_retracted_evidence_does_not_count() -> None:
    assert standing(disclosure("early", valid_until=day("2024-07-29"))).exclusions == ("expired",)
    assert standing(disclosure("early", valid_until=CUTOFF)).counts
    assert standing(disclosure("early", retracted="wrong company")).exclusions == ("retracted",)


@pytest.mark.parametrize(("source", "exclusions"), [("early", ("superseded",)), ("late", ())])
def test_a_correction_replaces_only_if_it_was_public_in_time(
    source: str, exclusions: tuple[str, ...]
) -> None:
    correction = Supersession(disclosure="a/d", was="5 t", reason="restated")
    later = disclosure(source, id="later", supersedes=correction)
    assert standing(disclosure("early"), later=later).exclusions == exclusions


@pytest.mark.parametrize(
    ("fields", "weakness"),
    [
        ({"group": "unnamed_members"}, "unnamed_members"),
        ({"confidence": "low"}, "low_confidence"),
        ({"verdict": True}, "verdict"),
        ({"conflicts_with": ("a/other",)}, "conflict"),
    ],
)
def test_doubtful_statements_are_worth_nothing_by_default(
    fields: dict[str, Any], weakness: str
) -> None:
    found = standing(disclosure("early", **fields))
    assert (found.exclusions, found.weaknesses, found.counts) == ((), (weakness,), False)


def test_a_statement_about_all_members_of_a_group_counts() -> None:
    assert standing(disclosure("early", group="all_members")).counts
