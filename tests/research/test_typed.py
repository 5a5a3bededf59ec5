"""What people type is held to the form of the files."""

from __future__ import annotations

import pytest

from cati.model.base import Code, Id, Line
from cati.problems import UsageError
from cati.research.typed import typed


def test_what_fits_comes_back() -> None:
    assert typed("the id", Id, "volvo-cars") == "volvo-cars"
    assert typed("a code", Code, "5.3") == "5.3"


@pytest.mark.parametrize(
    ("form", "value", "expected"),
    [
        (Id, "Volvo Cars", "an id of lower-case letters, digits and hyphens"),
        (Code, "5.3.2.1", "a code of one to three numbers"),
        (Line, "", "some text"),
        (Line, "x" * 2_001, "2000 characters"),
    ],
)
def test_what_does_not_fit_is_named(form: object, value: str, expected: str) -> None:
    with pytest.raises(UsageError) as caught:
        typed("it", form, value)
    assert str(caught.value).startswith("it: expected ")
    assert expected in str(caught.value)
