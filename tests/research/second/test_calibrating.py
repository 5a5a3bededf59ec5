"""A new assessor is measured by settled answers, once theirs are locked."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cati.problems import ProblemsError, UsageError
from cati.research.second.calibrating import calibrate
from cati.research.second.texts import calibration_lines
from tests.conftest import Spoilable
from tests.research.second.hands import ANN, DATED, SAID, answer, locked, own

FILE = "private/calibration/first.yaml"
SETTLED = f"""\
format: 1
evaluation: first
pass_mark: 66.67
references:
  - {{company: alpha, criterion: {SAID}, answer: not_met, why: It is an ad.}}
  - {{company: alpha, criterion: {DATED}, answer: unknown, why: Two dates.}}
  - {{company: beta, criterion: {SAID}, answer: not_met, why: Nothing there.}}
"""


@pytest.fixture
def settled(tiny: Spoilable) -> Spoilable:
    tiny.write(FILE, SETTLED)
    own(tiny, ANN, "alpha", answer(SAID, "not_met"), answer(DATED, "not_met", why="No date."))
    return tiny


def test_the_share_of_settled_answers_decides(settled: Spoilable) -> None:
    own(settled, ANN, "beta", answer(SAID, "not_met"))
    locked(settled, ANN)
    found = calibrate(settled.open(), "first", "ann lee")
    assert (found.alike, found.references, found.passed) == (Fraction(2, 3), 3, False)
    assert "66.667 %; pass mark 66.67 %: not passed" in next(calibration_lines(found, "en"))
    (miss,) = found.misses
    assert (miss.reference.why, miss.given and miss.given.rationale) == ("Two dates.", "No date.")
    settled.change(FILE, "66.67", "66.66")
    passed = calibrate(settled.open(), "first", ANN)
    assert passed.passed
    assert "66.667 %; pass mark 66.66 %: passed" in next(calibration_lines(passed, "en"))


def test_what_is_not_answered_is_missed(settled: Spoilable) -> None:
    own(settled, ANN, "beta", answer(DATED, "not_met"))
    locked(settled, ANN)
    found = calibrate(settled.open(), "first", ANN)
    assert [miss.given is None for miss in found.misses] == [False, True]
    assert found.found.units == 2


def test_nothing_is_told_before_the_lock(settled: Spoilable) -> None:
    with pytest.raises(UsageError, match="'Ann Lee' has not locked alpha, beta"):
        calibrate(settled.open(), "first", ANN)
    with pytest.raises(UsageError, match="nothing answered apart by 'Bo'"):
        calibrate(settled.open(), "first", "Bo")


def test_answers_changed_after_the_lock_are_refused(settled: Spoilable) -> None:
    own(settled, ANN, "beta", answer(SAID, "met", "alpha/x"))
    settled.change("private/assessors/first/annlee/beta.yaml", "answer: met", "answer: unknown")
    settled.change("private/assessors/first/annlee/beta.yaml", "disclosures: [alpha/x]\n    ", "")
    locked(settled, ANN)
    settled.change("private/assessors/first/annlee/beta.yaml", "unknown", "not_met")
    with pytest.raises(ProblemsError, match="as they were locked"):
        calibrate(settled.open(), "first", ANN)


def test_there_must_be_settled_answers(tiny: Spoilable) -> None:
    with pytest.raises(UsageError, match=f"first has no reference answers: expected {FILE}"):
        calibrate(tiny.open(), "first", ANN)
