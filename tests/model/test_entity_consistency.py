"""What must hold in profiles, sources and disclosures beyond types, rule by rule."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.model.entity import Entity
from cati.model.entity_consistency import (
    check_disclosure,
    check_entity,
    check_source,
    check_supersessions,
)
from cati.model.evidence import Disclosure
from cati.model.source import Source
from cati.problems import Finding

KNOWN = ("alpha", "beta")


def said(findings: Iterable[Finding]) -> list[str]:
    return [
        f"{'.'.join(map(str, f.path))}: {f.expected}; {f.found}{f' ({f.hint})' if f.hint else ''}"
        for f in findings
    ]


def entity(*relations: dict[str, Any]) -> Entity:
    return Entity.model_validate(
        {
            "format": 1,
            "id": "alpha",
            "kind": "automaker",
            "name": {"en": "Alpha", "zh": "阿尔法"},
            "name_zh": {"basis": "none"},
            "relations": [{"kind": "parent", "basis": "stated", **r} for r in relations],
        }
    )


def source(**dates: str) -> Source:
    fields = {"id": "report", "kind": "other", "title": "Report", "language": "en"}
    return Source.model_validate(fields | dates)


def disclosure(**more: Any) -> Disclosure:
    fields = {
        "id": "target",
        "statement": "A target.",
        "indicators": ["tiny/1.1.1"],
        "polarity": "supports",
        "confidence": "high",
        "where": [{"source": "press/report", "locator": "p. 1"}],
    }
    return Disclosure.model_validate(fields | more)


EITHER = "relations.0: either to (an entity's id) or name; "


@pytest.mark.parametrize(
    ("relation", "breaches"),
    [
        ({"to": "beta"}, []),
        ({"name": "Somebody"}, []),
        ({"to": "beta", "name": "Beta"}, [f"{EITHER}both"]),
        ({}, [f"{EITHER}neither"]),
        ({"to": "alpha"}, ["relations.0.to: another entity; itself"]),
        (
            {"to": "betta"},
            ["relations.0.to: an entity with a folder in companies/; 'betta' (did you mean beta?)"],
        ),
        (
            {"to": "beta", "since": "2020-05", "until": "2019"},
            ["relations.0.until: a date not before 2020-05; 2019"],
        ),
        ({"to": "beta", "since": "2020-05", "until": "2020"}, []),
    ],
)
def test_a_relation_leads_to_somebody_else_for_some_time(
    relation: dict[str, Any], breaches: list[str]
) -> None:
    assert said(check_entity("alpha", entity(relation), KNOWN)) == breaches


def test_a_profile_bears_the_name_of_its_folder() -> None:
    assert said(check_entity("alfa", entity(), KNOWN)) == ["id: alfa, the folder's name; 'alpha'"]


@pytest.mark.parametrize(
    ("dates", "breaches"),
    [
        ({"data_as_of": "2024-07-30", "published": "2024-10", "accessed": "2024-10-15"}, []),
        (
            {"published": "2024-10", "accessed": "2024-09-30"},
            ["accessed: a date not before 2024-10 (published); 2024-09-30"],
        ),
        (
            {"published": "2024-10", "data_as_of": "2024-11-01"},
            ["data_as_of: a date not after 2024-10 (published); 2024-11-01"],
        ),
        ({"published": "2024-10", "data_as_of": "2024-10-31"}, []),
        (
            {"accessed": "2024-10-15", "data_as_of": "2024-10-16"},
            ["data_as_of: a date not after 2024-10-15 (accessed); 2024-10-16"],
        ),
    ],
)
def test_a_source_describes_is_published_and_is_read_in_this_order(
    dates: dict[str, str], breaches: list[str]
) -> None:
    assert said(check_source(source(**dates))) == breaches


@pytest.mark.parametrize(
    ("more", "breaches"),
    [
        ({"act_of": "beta"}, []),
        (
            {"act_of": "betta"},
            ["act_of: an entity with a folder in companies/; 'betta' (did you mean beta?)"],
        ),
        ({"figures": [{"value": 50, "to": 50, "unit": "%"}]}, []),
        (
            {"figures": [{"value": 80, "to": 50, "unit": "%"}]},
            ["figures.0.to: 80 or more; 50"],
        ),
        ({"period": "2024", "valid_until": "2024-01-01"}, []),
        (
            {"period": "2024", "valid_until": "2023-12-31"},
            ["valid_until: a date not before the period (2024); 2023-12-31"],
        ),
        ({"conflicts_with": ["alpha/target"]}, ["conflicts_with.0: another disclosure; itself"]),
        ({"conflicts_with": ["beta/answered"]}, []),
        (
            {"conflicts_with": ["beta/silent"]},
            [
                "conflicts_with.0: a conflict that points back: "
                "beta/silent with conflicts_with alpha/target; none"
            ],
        ),
    ],
)
def test_a_disclosure_agrees_with_itself_and_those_it_contradicts(
    more: dict[str, Any], breaches: list[str]
) -> None:
    others = {
        "alpha/target": disclosure(**more),
        "beta/answered": disclosure(conflicts_with=["alpha/target"]),
        "beta/silent": disclosure(),
    }
    found = check_disclosure("alpha/target", others["alpha/target"], others, KNOWN)
    assert said(found) == breaches


@given(st.dictionaries(st.sampled_from("abcde"), st.sampled_from("abcdef"), max_size=5))
def test_exactly_those_that_in_the_end_replace_themselves_are_named(
    replaces: dict[str, str],
) -> None:
    disclosures = {
        f"x/{name}": disclosure(
            supersedes={"disclosure": f"x/{earlier}", "was": "it", "reason": "newer"}
        )
        for name, earlier in replaces.items()
    }

    def returns(name: str) -> bool:
        at = replaces[name]
        for _ in range(10):
            if at == name:
                return True
            at = replaces.get(at, "nobody")
        return False

    named = [reference for reference, _ in check_supersessions(disclosures)]
    assert named == [f"x/{name}" for name in replaces if returns(name)]
