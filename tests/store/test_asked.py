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


@pytest.mark.parametrize(
    ("folder", "ask"),
    [
        ("reports/first", lambda asked: asked.evaluation("first")),
        ("reports/first", lambda asked: asked.chosen_evaluation(None)),
        ("indicators/tiny", lambda asked: asked.evaluation("first")),
        ("indicators/tiny", lambda asked: asked.methodology("tiny")),
        ("companies/alpha", lambda asked: asked.entity("alpha")),
        ("companies/alpha", lambda asked: asked.find("alpha")),
        ("companies/alpha", lambda asked: asked.find("Alpha Motors")),
    ],
)
def test_what_a_link_leads_to_outside_is_one_problem_and_not_called_absent(
    tiny: Spoilable,
    tmp_path_factory: pytest.TempPathFactory,
    folder: str,
    ask: Callable[[Asked], object],
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "there"
    (tiny.root / folder).rename(outside)
    (tiny.root / folder).symlink_to(outside)
    told = f"{folder}: expected a folder of the workspace; found a link out"
    assert tiny.problems() == [told]
    with pytest.raises(ProblemsError) as caught:
        ask(Asked(tiny.open().store))
    assert [str(problem) for problem in caught.value.problems] == [told]


def test_what_is_not_there_is_not_blamed_on_a_broken_file(tiny: Spoilable) -> None:
    tiny.write("reports/second/evaluation.yaml", "id: 'It's'\n")
    with pytest.raises(UsageError, match="no evaluation secnd: did you mean second"):
        Asked(tiny.open().store).evaluation("secnd")
    with pytest.raises(UsageError, match="no company of the name 'Delta'"):
        Asked(tiny.open().store).find("Delta")
