"""Imported answers that others replace by hand are missed, unless the history keeps them."""

from __future__ import annotations

import pytest

from cati.problems import ProblemsError
from cati.store.imports import imports_file, read_imports
from tests.conftest import Spoilable
from tests.research.importing import ANSWERS, DATED, answered, planned, tiny_desk

FILE = imports_file("alpha")


@pytest.fixture
def imported(assessed: Spoilable) -> Spoilable:
    """The tiny workspace after an import of one answer by Zhang Wei."""
    workspace = answered(assessed)
    desk = tiny_desk(workspace).answer(
        DATED, answer="met", disclosures="when", rationale="It says."
    )
    planned(workspace, desk.save()).carry_out()
    assert workspace.problems() == []
    return workspace


def replaced(workspace: Spoilable, by: str, history: str = "") -> list[str]:
    """What check says of the answer replaced by hand."""
    before, _, entry = workspace.read(ANSWERS).partition(f"  - criterion: {DATED}\n")
    assert "assessor: Zhang Wei" in entry
    entry = f"    answer: not_met\n    assessor: {by}\n    date: '2024-11-30'\n{history}"
    workspace.write(ANSWERS, f"{before}  - criterion: {DATED}\n{entry}")
    return workspace.problems()


def test_another_s_answer_replaced_by_hand_is_told(imported: Spoilable) -> None:
    (told,) = replaced(imported, "Li Na")
    assert told.startswith(
        f"{ANSWERS}: expected the answer of 'Zhang Wei' to {DATED}, as it was imported, or a word "
        "of it in the history; found one of 'Li Na' (add to its history what it was"
    )
    assert [p.severity for p in imported.open().check()] == ["warning"]


def test_with_its_history_it_is_not(imported: Spoilable) -> None:
    history = (
        "    history:\n      - who: Li Na\n        when: '2024-11-30'\n        was: met\n"
        "        now: not_met\n        why: No date.\n        disclosures: [alpha/when]\n"
        "        rationale: It says.\n        assessor: Zhang Wei\n        date: '2024-11-22'\n"
    )
    assert replaced(imported, "Li Na", history) == []


def test_one_s_own_answer_is_one_s_own(imported: Spoilable) -> None:
    assert replaced(imported, "zhang wei") == []


def test_an_imported_answer_that_is_gone_is_told(imported: Spoilable) -> None:
    before, _, _ = imported.read(ANSWERS).partition(f"  - criterion: {DATED}\n")
    imported.write(ANSWERS, before)
    (told,) = imported.problems()
    assert "as it was imported" in told
    assert "found no answer" in told


def test_nothing_stands_of_a_company_without_imports(imported: Spoilable) -> None:
    assert read_imports(imported.root, "beta").answers == ()
    assert [entry.criterion for entry in read_imports(imported.root, "alpha").answers] == [DATED]


def test_a_broken_file_is_a_problem_of_its_own(imported: Spoilable) -> None:
    imported.change(FILE, "format: 1", "format: 2")
    assert [problem.partition(":")[0] for problem in imported.problems()] == [FILE]
    with pytest.raises(ProblemsError):
        read_imports(imported.root, "alpha")
