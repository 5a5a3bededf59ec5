"""Settled answers name what is there, each once."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from cati.model.calibration import Calibration, check_calibration
from tests.conftest import Spoilable

ENTRY = {"company": "alpha", "criterion": "1.1.1/said", "answer": "met", "why": "Page 3."}


def made(*entries: dict[str, str], mark: int = 80) -> Calibration:
    content = {"format": 1, "evaluation": "first", "pass_mark": mark, "references": entries}
    return Calibration.model_validate(content)


def test_what_they_name_is_checked(tiny: Spoilable) -> None:
    evaluation = tiny.open().evaluation("first").model_copy(update={"id": "second"})
    calibration = made(
        ENTRY, ENTRY | {"company": "press"}, ENTRY | {"criterion": "1.1.1/sad"}, ENTRY
    )
    found = list(check_calibration(calibration, evaluation, {"1.1.1/said"}))
    assert [finding.path for finding in found] == [
        ("evaluation",),
        ("references", 1, "company"),
        ("references", 2, "criterion"),
        ("references", 3, "criterion"),
    ]


@pytest.mark.parametrize("mark", [0, -1, 101])
def test_a_pass_mark_is_a_percentage_above_none(mark: int) -> None:
    with pytest.raises(ValidationError):
        made(ENTRY, mark=mark)


def test_without_answers_nobody_can_be_measured() -> None:
    with pytest.raises(ValidationError):
        made()
