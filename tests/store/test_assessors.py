"""What assessors answered apart is read with everything that is wrong in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cati.store.assessors import assessor_file, own_file
from tests.conftest import Spoilable
from tests.research.second.hands import ANN, BO, SAID, answer, own

ANN_FILE = "private/assessors/first/annlee.yaml"
OWN = "private/assessors/first/annlee/alpha.yaml"


@pytest.fixture
def ann(tiny: Spoilable) -> Spoilable:
    own(tiny, ANN, "alpha", answer(SAID, "not_met"))
    assert tiny.problems() == []
    return tiny


def test_files_are_named_after_the_assessor() -> None:
    assert assessor_file("first", ANN) == ANN_FILE
    assert own_file("first", ANN, "alpha") == OWN
    assert own_file("first", BO, "alpha").isascii()


def test_they_are_read_and_no_other_answers_change(ann: Spoilable) -> None:
    store = ann.open().store
    assert store.assessors["first"]["annlee"].assessments.keys() == {"alpha"}
    assert store.assessments["first"] == {}


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (OWN, "1.1.1/said", "1.1.1/sad", "criterion: expected a criterion of tiny"),
        (OWN, "evaluation: first", "evaluation: frist", "expected first, the file's name"),
        (OWN, "assessor: Ann Lee", "assessor: Bo", "expected 'Ann Lee', whose answers these are"),
        (OWN, "answer: not_met", "answer: met", "expected the disclosures it is met by"),
        (ANN_FILE, "name: Ann Lee", "name: Bo", "expected a name of annlee, the file's name"),
        (ANN_FILE, "evaluation: first", "evaluation: x", "expected first, the folder's name"),
        (ANN_FILE, "format: 1", "format: 2", "expected 1"),
    ],
)
def test_what_is_wrong_is_said(ann: Spoilable, file: str, old: str, new: str, said: str) -> None:
    ann.change(file, old, new)
    problems = ann.problems()
    assert any(problem.startswith(file) and said in problem for problem in problems), problems


def test_a_disclosure_must_be_there(tiny: Spoilable) -> None:
    own(tiny, ANN, "alpha", answer(SAID, "met", "alpha/nowhere"))
    (said,) = tiny.problems()
    assert said.startswith(OWN)
    assert "found 'alpha/nowhere'" in said


def test_a_company_out_of_the_scope_is_no_file(ann: Spoilable) -> None:
    text = ann.read(OWN)
    ann.write("private/assessors/first/annlee/press.yaml", text)
    (said,) = ann.problems()
    assert "a file named after a company in the scope of first; found 'press.yaml'" in said


def test_a_link_out_of_the_workspace_is_not_followed(
    ann: Spoilable, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "beta.yaml"
    Path(ann.root / OWN).rename(outside)
    (ann.root / OWN).symlink_to(outside)
    (said,) = ann.problems()
    assert "found a link out" in said


def test_whoever_takes_the_locks_away_is_noticed(ann: Spoilable) -> None:
    (ann.root / ANN_FILE).unlink()
    (said,) = ann.problems()
    assert said == f"{ANN_FILE}: expected whose answers those in annlee/ are; found no such file"
