"""Breaches in an assessment, each named in its file."""

from __future__ import annotations

import pytest

from tests.conftest import Spoilable

FILE = "companies/alpha/assessments/first.yaml"
GOOD = """\
format: 1
evaluation: first
verdicts:
  - criterion: 1.1.1/said
    answer: not_met
    assessor: Wen
    date: 2025-03-01
"""


@pytest.fixture
def graded(tiny: Spoilable) -> Spoilable:
    """The tiny workspace with one assessment."""
    tiny.write(FILE, GOOD)
    return tiny


def test_a_sound_assessment_is_no_problem(graded: Spoilable) -> None:
    assert graded.problems() == []
    assert list(graded.open().store.assessments["first"]) == ["alpha"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "1.1.1/said",
            "1.1.1/sayd",
            ":4: verdicts[0].criterion: expected a criterion of tiny as <code>/<criterion>; "
            "found '1.1.1/sayd' (did you mean 1.1.1/said or 1.1.1/dated?)",
        ),
        (
            "answer: not_met",
            "answer: met",
            ":4: verdicts[0].disclosures: expected the disclosures it is met by; found none",
        ),
        (
            "answer: not_met",
            "answer: unpublished",
            ":5: verdicts[0].answer: expected met, not_met or unknown, outside of a "
            "self-assessment; found unpublished",
        ),
        (
            "evaluation: first",
            "evaluation: second",
            ":2: evaluation: expected first, the file's name; found 'second'",
        ),
        (
            "    date: 2025-03-01\n",
            "    date: 2025-03-01\n    history:\n"
            "      - {who: Wen, when: 2025-02-01, was: unknown, now: met, why: read again}\n",
            ":5: verdicts[0].answer: expected met, as its last change; found not_met",
        ),
        (
            "    date: 2025-03-01\n",
            "    date: 2025-03-01\nno_disclosure:\n"
            "  - {code: 1.1.1, looked_in: [website], assessor: Wen, date: 2025-03-01}\n",
            ":9: no_disclosure[0].code: expected an indicator without verdicts; found 1.1.1, which "
            "has some (keep one of the two)",
        ),
    ],
)
def test_each_breach_is_named(graded: Spoilable, old: str, new: str, message: str) -> None:
    graded.change(FILE, old, new)
    assert graded.problems() == [f"{FILE}{message}"]


def test_a_change_follows_the_one_before(graded: Spoilable) -> None:
    graded.change(
        FILE,
        "    date: 2025-03-01\n",
        "    date: 2025-03-01\n    history:\n"
        "      - {who: Wen, when: 2025-02-01, was: unknown, now: met, why: first reading}\n"
        "      - {who: Li, when: 2025-01-01, was: unknown, now: not_met, why: wrong year}\n",
    )
    assert graded.problems() == [
        f"{FILE}:10: verdicts[0].history[1].was: expected met, as the change before; found unknown",
        f"{FILE}:10: verdicts[0].history[1].when: expected a date not before 2025-02-01; "
        "found 2025-01-01 (what 1.1.1/said said before is of that day)",
    ]


def test_a_criterion_is_answered_once(graded: Spoilable) -> None:
    graded.write(FILE, GOOD + GOOD[GOOD.index("  - criterion") :])
    assert graded.problems() == [
        f"{FILE}:8: verdicts[1].criterion: expected each criterion once; "
        "found 1.1.1/said a second time"
    ]
