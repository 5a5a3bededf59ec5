"""The state of a passage follows from its last decision."""

from __future__ import annotations

import datetime

import pytest
from pydantic import ValidationError

from cati.model.queue import Decision, QueuedPassage, Step

DAY = datetime.date(2025, 6, 2)


def passage(*steps: Step) -> QueuedPassage:
    return QueuedPassage(
        indicator="1.1.2",
        passage="0123456789",
        source="alpha/report",
        page=1,
        text="Green steel.",
        found=DAY,
        decisions=tuple(Decision(what=step, who="Li", when=DAY) for step in steps),
    )


def test_the_last_decision_counts() -> None:
    assert passage().state == "open"
    assert passage("dismissed").state == "dismissed"
    assert passage("dismissed", "reopened").state == "open"
    assert passage("dismissed", "reopened", "accepted").state == "accepted"


@pytest.mark.parametrize("name", ["", "012345678", "0123456789a", "ABCDEF0123", "../../etc/p"])
def test_ids_of_passages_have_one_form(name: str) -> None:
    with pytest.raises(ValidationError, match="a passage's id"):
        QueuedPassage.model_validate({**passage().model_dump(), "passage": name})
