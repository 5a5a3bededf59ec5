from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from cati.model.efforts import Efforts, check_efforts


def efforts(*steps: str) -> Efforts:
    rows = [{"step": step, "effort": Decimal(n)} for n, step in enumerate(steps, start=1)]
    return Efforts.model_validate({"format": 1, "efforts": rows})


def test_the_first_name_that_has_an_entry_decides() -> None:
    found = efforts("5", "5.3").of(("5.3/x", "5.3", "5"))
    assert found is not None
    assert found.step == "5.3"
    assert efforts("5").of(("4.1", "4")) is None


def test_unknown_and_repeated_steps_are_told_with_their_place() -> None:
    findings = list(check_efforts(efforts("5.3", "5.4x", "5.3"), {"5.3", "5.4"}))
    assert [(f.path, f.found) for f in findings] == [
        (("efforts", 1, "step"), "'5.4x'"),
        (("efforts", 2, "step"), "'5.3' a second time"),
    ]
    assert "5.4" in findings[0].hint


@pytest.mark.parametrize("effort", ["0", "-1", "0.001", "1001"])
def test_an_effort_is_more_than_nothing_and_of_a_sensible_size(effort: str) -> None:
    with pytest.raises(ValidationError):
        Efforts.model_validate({"format": 1, "efforts": [{"step": "5", "effort": Decimal(effort)}]})
