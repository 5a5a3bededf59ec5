"""What was imported is read back, and a broken file is a problem of its own."""

from __future__ import annotations

import pytest

from cati.store.file_kinds import IMPORTS
from tests.conftest import Spoilable
from tests.research.importing import DATED, answered, planned, tiny_desk

FILE = IMPORTS.file(company="alpha")


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


def test_nothing_stands_of_a_company_without_imports(imported: Spoilable) -> None:
    imports = imported.open().store.of(IMPORTS)
    assert set(imports) == {"alpha"}
    assert [entry.criterion for entry in imports["alpha"].answers] == [DATED]


def test_a_broken_file_is_a_problem_of_its_own(imported: Spoilable) -> None:
    imported.change(FILE, "format: 1", "format: 2")
    assert [problem.partition(":")[0] for problem in imported.problems()] == [FILE]
    assert imported.open().store.of(IMPORTS) == {}
