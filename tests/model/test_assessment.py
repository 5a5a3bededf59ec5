"""What an assessment file may say."""

from __future__ import annotations

import datetime

import pytest
from pydantic import ValidationError

from cati.model.assessment import LEVELS, Assessment, Verdict

DAY = datetime.date(2026, 11, 21)


def test_nothing_said_is_an_assessment_too() -> None:
    empty = Assessment(format=1, evaluation="first")
    assert (empty.verdicts, empty.no_disclosure) == ((), ())


@pytest.mark.parametrize("name", ["1.1/pledge", "1.1.1", "1.1.1/Pledge", "pledge"])
def test_a_criterion_is_named_by_code_and_id(name: str) -> None:
    with pytest.raises(ValidationError, match="a criterion as <code>/<criterion>"):
        Verdict(criterion=name, answer="met", assessor="a", date=DAY)


def test_levels_rise_from_unverified_to_company_reviewed() -> None:
    assert LEVELS == ("unverified", "reviewed", "reconciled", "company_reviewed")
