"""Disclosures: what they must say, and what makes one worth nothing by default."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from cati.model.evidence import Disclosure, StatedValue, weaknesses

DISCLOSURE: dict[str, Any] = {
    "id": "target",
    "statement": "A target.",
    "indicators": ["tiny/1.1.1"],
    "polarity": "supports",
    "confidence": "high",
    "where": [{"source": "press/report", "locator": "p. 1"}],
}


def disclosure(**more: Any) -> Disclosure:
    return Disclosure.model_validate(DISCLOSURE | more)


def test_a_plain_disclosure_has_no_weakness() -> None:
    plain = disclosure()
    assert weaknesses(plain) == ()
    assert (plain.language, plain.verdict, plain.figures) == ("en", False, ())


@pytest.mark.parametrize(
    ("more", "weakness"),
    [
        ({"group": "unnamed_members"}, ("unnamed_members",)),
        ({"group": "all_members"}, ()),
        ({"confidence": "low"}, ("low_confidence",)),
        ({"confidence": "medium"}, ()),
        ({"verdict": True}, ("verdict",)),
        ({"conflicts_with": ["beta/other"]}, ("conflict",)),
        ({"verdict": True, "confidence": "low"}, ("low_confidence", "verdict")),
    ],
)
def test_what_cannot_be_relied_on_says_why(more: dict[str, Any], weakness: tuple[str, ...]) -> None:
    assert weaknesses(disclosure(**more)) == weakness


@pytest.mark.parametrize(
    "wrong",
    [
        {"statement": ""},
        {"indicators": []},
        {"indicators": ["tiny/1.1"]},
        {"indicators": ["1.1.1"]},
        {"where": []},
        {"where": [{"source": "press/report"}]},
        {"polarity": "yes"},
        {"confidence": "certain"},
        {"group": "some"},
        {"quote": {"text": "x" * 501, "language": "en"}},
        {"quote": {"text": "x", "language": "en", "page": 0}},
        {"figures": [{"value": 1}]},
        {"figures": [{"value": "1", "unit": "t"}]},
        {"supersedes": {"disclosure": "alpha/old", "was": "x"}},
        {"valid_until": "2024"},
        {"email": "someone@example.org"},
    ],
)
def test_what_a_disclosure_cannot_say_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        disclosure(**wrong)


def test_a_figure_is_exact_unless_the_source_says_otherwise() -> None:
    figure = StatedValue.model_validate({"value": Decimal("0.10"), "unit": "t/t"})
    assert (figure.bound, str(figure.value), figure.to) == ("exactly", "0.10", None)
