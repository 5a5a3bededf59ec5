"""What is asked for and does not fit is said in words, all of it."""

from __future__ import annotations

import pytest

from cati.model.source import Source
from cati.problems import Finding, UsageError
from cati.research.desk.asked import record, refuse

GOOD = {"id": "report", "kind": "other", "title": "Report", "language": "en"}


def test_a_record_is_made_of_what_is_given() -> None:
    assert record(Source, {**GOOD, "link": None}) == Source.model_validate(GOOD)


def test_everything_that_does_not_fit_is_named() -> None:
    with pytest.raises(UsageError) as error:
        record(Source, {**GOOD, "kind": "othr", "published": "soon", "title": None})
    assert sorted(line.split(":")[0] for line in str(error.value).splitlines()) == [
        "--title",
        "kind",
        "published",
    ]
    assert "did you mean other?" in str(error.value)


def test_findings_are_refused_and_nothing_else() -> None:
    refuse([])
    with pytest.raises(UsageError, match=r"where\.0: expected a; found b \(c\)"):
        refuse([Finding(("where", 0), "a", "b", "c")])
