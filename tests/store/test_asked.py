"""What is asked for by name is found, and is not called absent where its file is broken."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cati.problems import ProblemsError, UsageError
from cati.store.asked import Asked
from tests.conftest import Spoilable


@pytest.mark.parametrize(
    ("file", "ask"),
    [
        ("reports/first/evaluation.yaml", lambda asked: asked.evaluation("first")),
        ("reports/first/evaluation.yaml", lambda asked: asked.chosen_evaluation(None)),
        ("indicators/tiny/methodology.yaml", lambda asked: asked.evaluation("first")),
        ("indicators/tiny/methodology.yaml", lambda asked: asked.chosen_evaluation(None)),
        ("indicators/tiny/2-action.yaml", lambda asked: asked.methodology("tiny")),
        ("companies/alpha/company.yaml", lambda asked: asked.entity("alpha")),
        ("companies/alpha/company.yaml", lambda asked: asked.find("alpha")),
        ("companies/alpha/company.yaml", lambda asked: asked.find("Alpha Motors")),
    ],
)
def test_what_lies_in_a_broken_file_is_not_called_absent(
    tiny: Spoilable, file: str, ask: Callable[[Asked], object]
) -> None:
    tiny.write(file, tiny.read(file) + "note: 'It's'\n")
    with pytest.raises(ProblemsError) as caught:
        ask(Asked(tiny.open().store))
    assert {problem.file for problem in caught.value.problems} == {file}
    assert caught.value.problems[0].line is not None


def test_what_is_not_there_is_not_blamed_on_a_broken_file(tiny: Spoilable) -> None:
    tiny.write("reports/second/evaluation.yaml", "id: 'It's'\n")
    with pytest.raises(UsageError, match="no evaluation secnd: did you mean second"):
        Asked(tiny.open().store).evaluation("secnd")
    with pytest.raises(UsageError, match="no company of the name 'Delta'"):
        Asked(tiny.open().store).find("Delta")
