"""What an import says of itself: each change on a line, then their number."""

from __future__ import annotations

import pytest

from cati.research.workbook.texts import import_lines
from tests.conftest import Spoilable
from tests.research.importing import DATED, SAID, answered, planned, tiny_desk


@pytest.fixture
def workspace(assessed: Spoilable) -> Spoilable:
    return answered(assessed)


def test_every_change_has_its_line(workspace: Spoilable) -> None:
    desk = tiny_desk(workspace).add_source().add_disclosure(source="news")
    desk.answer(SAID, answer="unknown", why="Doubtful.", disclosures="fact", rationale="Why.")
    desk.answer(DATED, answer="met", disclosures="fact", rationale="So it is.")
    beta = tiny_desk(workspace, company="beta")
    beta.put("nothing_found", "1.1.1", nothing_found=None).answer(SAID, why="Nobody looked.")
    gamma = tiny_desk(workspace, company="gamma")
    gamma.put("nothing_found", "1.1.1", nothing_found="nothing found", looked_in="a;b")
    plan = planned(workspace, desk.save(), beta.save(), gamma.save())
    assert list(import_lines(plan, "en")) == [
        "alpha/news: new source, News",
        "alpha/fact: new disclosure, alpha/news, p. 9",
        "alpha 1.1.1/said: met → unknown; +alpha/fact; −alpha/pledge; rationale (by Zhang Wei)",
        "alpha 1.1.1/dated: no answer → met; +alpha/fact (by Zhang Wei)",
        "beta 1.1.1: no longer nothing found (by Zhang Wei)",
        "gamma 1.1.1: nothing found; looked in a; b (by Zhang Wei)",
        "2 answers, 2 “nothing found”, 1 disclosure, 1 source changed in 3 companies",
    ]


def test_one_of_each_is_in_the_singular(workspace: Spoilable) -> None:
    desk = tiny_desk(workspace).add_source().answer(SAID, rationale="Why.", why="So.")
    lines = list(import_lines(planned(workspace, desk.save()), "en"))
    assert lines[-1] == "1 answer, 1 source changed in 1 company"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_is_said_to_be_nothing(workspace: Spoilable, language: str) -> None:
    plan = planned(workspace, tiny_desk(workspace).save())
    lines = list(import_lines(plan, language))  # type: ignore[arg-type]
    assert len(lines) == 1
    if language == "en":
        assert lines == ["nothing to change"]


def test_answers_are_told_in_the_readers_language(workspace: Spoilable) -> None:
    desk = tiny_desk(workspace).answer(SAID, answer="unknown", why="Doubtful.")
    lines = list(import_lines(planned(workspace, desk.save()), "zh"))
    assert "符合 → 未知" in lines[0]


def test_no_title_steers_the_terminal(workspace: Spoilable) -> None:
    desk = tiny_desk(workspace).add_source(title="one\ntwo")
    lines = list(import_lines(planned(workspace, desk.save()), "en"))
    assert lines[0] == "alpha/news: new source, one\\u000atwo"
