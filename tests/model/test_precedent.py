"""Precedents name what is there, each once."""

from __future__ import annotations

from cati.model.precedent import Precedents, check_precedents
from tests.conftest import Spoilable

ENTRY = {
    "criterion": "1.1.1/said",
    "company": "alpha",
    "evaluation": "first",
    "text": "An ad says nothing.",
    "by": "Chen",
    "date": "2026-11-22",
}


def test_what_they_name_is_checked(tiny: Spoilable) -> None:
    methodology = tiny.open().methodology("tiny")
    entries = [ENTRY, ENTRY | {"criterion": "1.1.1/sad"}, ENTRY | {"company": "alfa"}]
    entries += [ENTRY | {"evaluation": "other", "text": "Another."}, ENTRY]
    precedents = Precedents.model_validate({"format": 1, "precedents": entries})
    evaluations = {"first": "tiny", "other": "another"}
    found = list(check_precedents(precedents, methodology, {"alpha"}, evaluations))
    assert [finding.path[1:] for finding in found] == [
        (1, "criterion"),
        (2, "company"),
        (3, "evaluation"),
        (4, "text"),
    ]


def test_those_of_an_indicator(tiny: Spoilable) -> None:
    entries = [ENTRY, ENTRY | {"criterion": "1.1.10/said"}]
    precedents = Precedents.model_validate({"format": 1, "precedents": entries})
    assert precedents.of("1.1.1") == precedents.precedents[:1]
