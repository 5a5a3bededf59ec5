"""Like evidence graded unlike is flagged, and what only looks alike is not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.model.evidence import Disclosure
from cati.problems import UsageError
from cati.research.review.consistency import Flag, likeness, numbers, side_by_side
from cati.workspace import Workspace
from tests.conftest import Spoilable

RECYCLED = "Alpha Motors used 12 % recycled steel in 2023, checked by a third party."
SAID = "1.1.1/said"


def disclosure(statement: str, **more: Any) -> Disclosure:
    values = {
        "id": "fact",
        "statement": statement,
        "indicators": ["tiny/1.1.1"],
        "polarity": "supports",
        "confidence": "high",
        "where": [{"source": "alpha/page", "locator": "p. 1"}],
    }
    return Disclosure.model_validate({**values, **more})


def test_numbers_and_names_make_no_difference() -> None:
    one = disclosure(RECYCLED)
    other = disclosure(RECYCLED.replace("Alpha Motors", "Beta").replace("12", "48"))
    assert likeness(one, other, ("Alpha Motors", "Beta")) == 100
    assert (numbers(one), numbers(other)) == ("12 %", "48 %")


@pytest.mark.parametrize("more", [{"polarity": "absent"}, {"subject": "steel"}, {"language": "zh"}])
def test_other_polarity_subject_or_language_is_not_alike(more: dict[str, Any]) -> None:
    assert likeness(disclosure(RECYCLED), disclosure(RECYCLED, **more)) is None


def test_other_statements_are_not_alike() -> None:
    other = disclosure("The board oversees climate risks and meets every quarter.")
    assert likeness(disclosure(RECYCLED), other) is None


def test_figures_of_one_measure_make_up_for_other_words() -> None:
    figure = {"value": 12, "unit": "%", "of": "recycled steel"}
    one = "In 2023 it used recycled steel for 12 % of all of its body panels."
    two = "Recycled steel was 15 % of its steel in 2023."
    plain = likeness(disclosure(one), disclosure(two))
    measured = likeness(
        disclosure(one, figures=[figure]), disclosure(two, figures=[{**figure, "value": 15}])
    )
    assert plain is None
    assert measured is not None


LINE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"]), min_size=1)


@given(LINE.filter(str.strip), LINE.filter(str.strip))
def test_likeness_does_not_depend_on_the_order(one: str, two: str) -> None:
    a, b = disclosure(one[:300]), disclosure(two[:300])
    assert likeness(a, b) == likeness(b, a)
    assert likeness(a, a) == 100


def with_two_answers(tiny: Spoilable, statement: str, answer: str = "not_met") -> Spoilable:
    """Alpha's statement is met; Beta has another statement and another answer."""
    for name, text, given_answer in (("alpha", RECYCLED, "met"), ("beta", statement, answer)):
        tiny.write(
            f"companies/{name}/sources.yaml",
            "format: 1\nsources:\n  - {id: page, kind: website, title: Page, language: en,"
            " accessed: 2024-06-01}\n",
        )
        tiny.write(
            f"companies/{name}/evidence.yaml",
            f"format: 1\ndisclosures:\n  - id: fact\n    statement: '{text}'\n"
            "    indicators: [tiny/1.1.1]\n    polarity: supports\n    confidence: high\n"
            f"    where: [{{source: {name}/page, locator: p. 1}}]\n",
        )
        tiny.write(
            f"companies/{name}/assessments/first.yaml",
            f"format: 1\nevaluation: first\nverdicts:\n  - criterion: {SAID}\n"
            f"    answer: {given_answer}\n    disclosures: [{name}/fact]\n"
            "    rationale: As read.\n    assessor: Li\n    date: 2024-06-10\n",
        )
    assert tiny.problems() == []
    return tiny


def flags(tiny: Spoilable) -> tuple[Flag, ...]:
    return side_by_side(tiny.open(), "first", "1.1.1").flags


def test_like_evidence_with_unlike_answers_is_flagged(tiny: Spoilable) -> None:
    with_two_answers(tiny, RECYCLED.replace("Alpha Motors", "Beta").replace("12", "48"))
    (flag,) = flags(tiny)
    assert (flag.kind, flag.criterion, flag.companies, flag.answers) == (
        "like_evidence",
        SAID,
        ("alpha", "beta"),
        ("met", "not_met"),
    )
    assert flag.disclosures == ("alpha/fact", "beta/fact")
    assert (flag.alike, flag.numbers, flag.same_numbers) == (100, ("12 %", "48 %"), False)


def test_like_evidence_with_like_answers_is_not(tiny: Spoilable) -> None:
    with_two_answers(tiny, RECYCLED, "met")
    assert flags(tiny) == ()


def test_unlike_evidence_is_not(tiny: Spoilable) -> None:
    with_two_answers(tiny, "The board meets every quarter to look at climate risks.")
    assert flags(tiny) == ()


def test_one_disclosure_with_two_answers_is_flagged(tiny: Spoilable) -> None:
    with_two_answers(tiny, "The board meets every quarter.")
    file = "companies/beta/assessments/first.yaml"
    tiny.change(file, "[beta/fact]", "[alpha/fact]")
    (flag,) = flags(tiny)
    assert (flag.kind, flag.disclosures, flag.answers) == (
        "same_disclosure",
        ("alpha/fact",),
        ("met", "not_met"),
    )


def test_answers_without_a_rationale_and_weak_evidence_are_flagged(tiny: Spoilable) -> None:
    with_two_answers(tiny, "The board meets every quarter.")
    tiny.change("companies/beta/assessments/first.yaml", "    rationale: As read.\n", "")
    tiny.change("companies/alpha/evidence.yaml", "confidence: high", "confidence: low")
    bare, weak = flags(tiny)
    assert (bare.kind, bare.companies) == ("no_rationale", ("beta",))
    assert (weak.kind, weak.companies, weak.reasons) == (
        "weak_evidence",
        ("alpha",),
        ("low_confidence",),
    )


def test_all_companies_are_the_base(tiny: Spoilable) -> None:
    with_two_answers(tiny, "The board meets every quarter.")
    found = side_by_side(tiny.open(), "first", "1.1.1")
    assert found.companies == ("alpha", "beta", "gamma")
    assert found.answered == ("alpha", "beta")


def test_an_unknown_indicator_has_a_hint(real: Workspace) -> None:
    with pytest.raises(UsageError, match=r"no indicator 5.3.9 in automotive-2024: did you mean"):
        side_by_side(real, "automakers-2024", "5.3.9")


def test_the_real_answers_are_flagged_where_an_answer_is_turned_round(
    real_copy: Spoilable,
) -> None:
    """Of 5.3.2, Geely Auto and Hyundai have the same words; with other answers that shows."""
    name, code = "automakers-2024", "5.3.2"
    assert side_by_side(real_copy.open(), name, code).flags == ()
    file = f"companies/geely-auto/assessments/{name}.yaml"
    text = real_copy.read(file)
    start = text.index("criterion: 5.3.2/both-metals")
    real_copy.write(file, text[:start] + text[start:].replace("not_met", "met", 1))
    found = side_by_side(real_copy.open(), name, code).flags
    assert {"hyundai"} <= {company for flag in found for company in flag.companies}
    assert all("geely-auto" in flag.companies for flag in found)
    assert all(flag.kind == "like_evidence" for flag in found)
