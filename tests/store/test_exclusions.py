"""Evidence that does not count is a warning where it stands, with the reason."""

from __future__ import annotations

import pytest

from tests.conftest import Spoilable

SOURCES = "companies/press/sources.yaml"
EVIDENCE = "companies/alpha/evidence.yaml"
BY = "2024-06-30, the cut-off date of first"


def disclosure(name: str, more: str = "", source: str = "press/report") -> str:
    return (
        f"  - id: {name}\n"
        "    statement: Alpha has a target.\n"
        "    indicators: [tiny/1.1.1]\n"
        "    polarity: supports\n"
        "    confidence: high\n"
        "    where:\n"
        f"      - {{source: {source}, locator: p. 7}}\n{more}"
    )


@pytest.fixture
def with_sources(tiny: Spoilable) -> Spoilable:
    """The tiny workspace with a source after the cut-off date and one without a date."""
    late = "  - {id: late, kind: other, title: Late, language: en, published: 2024-07}\n"
    undated = "  - {id: undated, kind: other, title: Undated, language: en}\n"
    tiny.write(SOURCES, tiny.read(SOURCES) + late + undated)
    return tiny


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            disclosure("target", source="press/late"),
            f"expected evidence public by {BY}; found alpha/target, public since 2024-07-01",
        ),
        (
            disclosure("target", source="press/undated"),
            f"expected evidence known to be public by {BY}; "
            "found alpha/target, without a date of its sources",
        ),
        (
            disclosure("target", "    valid_until: 2024-06-29\n"),
            f"expected evidence valid on {BY}; found alpha/target, valid until 2024-06-29",
        ),
        (
            disclosure("target", "    retracted: It was a misreading.\n"),
            "expected evidence that stands; found alpha/target, retracted: It was a misreading.",
        ),
    ],
)
def test_each_reason_is_a_warning_in_the_line_of_the_disclosure(
    with_sources: Spoilable, entry: str, message: str
) -> None:
    with_sources.write(EVIDENCE, f"format: 1\ndisclosures:\n{entry}")
    (problem,) = with_sources.open().check()
    assert (problem.severity, str(problem)) == ("warning", f"{EVIDENCE}:3: {message}")


def test_what_a_later_disclosure_replaces_does_not_count(tiny: Spoilable) -> None:
    replaces = "    supersedes: {disclosure: alpha/old, was: Another target., reason: Raised.}\n"
    entries = disclosure("old") + disclosure("new", replaces)
    tiny.write(EVIDENCE, f"format: 1\ndisclosures:\n{entries}")
    assert tiny.problems() == [
        f"{EVIDENCE}:3: expected the latest version; "
        "found alpha/old, replaced by a later disclosure"
    ]


def test_warnings_do_not_keep_anything_from_being_scored(with_sources: Spoilable) -> None:
    entry = disclosure("target", source="press/late")
    with_sources.write(EVIDENCE, f"format: 1\ndisclosures:\n{entry}")
    assert with_sources.open().verify("first").holds


def test_evidence_on_another_methodology_is_none_of_an_evaluation_s_business(
    with_sources: Spoilable,
) -> None:
    entry = disclosure("target", source="press/late").replace("tiny/1.1.1", "other/1.1.1")
    with_sources.write(EVIDENCE, f"format: 1\ndisclosures:\n{entry}")
    assert with_sources.problems() == []


def test_evidence_is_judged_only_in_files_that_can_be_trusted(with_sources: Spoilable) -> None:
    entry = disclosure("target", source="press/late")
    with_sources.write(EVIDENCE, f"format: 1\ndisclosures:\n{entry}")
    with_sources.change("companies/gamma/company.yaml", "to: alpha", "to: alfa")
    assert [problem.severity for problem in with_sources.open().check()] == ["error"]


def with_later_evaluation(tiny: Spoilable) -> None:
    text = tiny.read("reports/first/evaluation.yaml").replace("id: first", "id: second")
    text = text.replace("basis: published", "basis: assessed").replace("2024-06-30", "2025-06-30")
    start, end = text.index("published:\n"), text.index("bands:")
    tiny.write("reports/second/evaluation.yaml", text[:start] + text[end:])


def test_what_was_in_time_for_a_later_evaluation_is_no_fault_of_an_earlier(
    with_sources: Spoilable,
) -> None:
    entry = disclosure("target", source="press/late")
    with_sources.write(EVIDENCE, f"format: 1\ndisclosures:\n{entry}")
    assert len(with_sources.problems()) == 1
    with_later_evaluation(with_sources)
    assert with_sources.problems() == []


def test_where_an_answer_rests_on_it_the_warning_stays(with_sources: Spoilable) -> None:
    entry = disclosure("target", source="press/late")
    with_sources.write(EVIDENCE, f"format: 1\ndisclosures:\n{entry}")
    with_later_evaluation(with_sources)
    with_sources.write(
        "companies/alpha/assessments/first.yaml",
        "format: 1\nevaluation: first\nverdicts:\n  - criterion: 1.1.1/said\n    answer: met\n"
        "    disclosures: [alpha/target]\n    assessor: Li\n    date: 2024-06-10\n",
    )
    (told,) = with_sources.problems()
    assert f"expected evidence public by {BY}; found alpha/target" in told


@pytest.mark.parametrize(("as_of", "mended"), [("2024-06-30", True), ("2024-07-01", False)])
def test_a_forgotten_secondary_is_named_where_it_would_mend(
    with_sources: Spoilable, as_of: str, mended: bool
) -> None:
    with_sources.change(
        SOURCES, "published: 2024-07}", f"published: 2024-07, data_as_of: {as_of}}}"
    )
    with_sources.write(
        EVIDENCE, f"format: 1\ndisclosures:\n{disclosure('target', source='press/late')}"
    )
    (told,) = with_sources.problems()
    hint = (
        "(if press/late only reports what another document says, its place needs 'secondary: true')"
    )
    assert told.endswith(hint) == mended
    with_sources.change(EVIDENCE, "locator: p. 7}", "locator: p. 7, secondary: true}")
    assert (with_sources.problems() == []) == mended
