"""Answers that others replace by hand are missed, unless the history keeps them."""

from __future__ import annotations

import pytest

from cati.store.replaced import KEEP
from tests.conftest import Spoilable
from tests.research.importing import ANSWERS, DATED, answered, planned, tiny_desk


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
        f"{ANSWERS}: expected {DATED}: the answer of 'Zhang Wei' as it was imported, or that "
        f"answer in the history; found one of 'Li Na' ({KEEP}; if the import was "
        "taken back, delete "
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


HISTORY = """\
    history:
      - {who: Li Na, when: '2024-08-01', was: unknown, now: not_met, why: First reading.}
      - {who: Wen, when: '2024-08-02', was: not_met, now: met, why: Page 3., assessor: Li Na}
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("assessor: Wen", "assessor: Bo", "an answer of Wen, who changed it last; found one of Bo"),
        ("assessor: Li Na}", "assessor: Bo}", "an answer of Li Na, who changed it last; found one"),
        ("assessor: Wen", "assessor: wen", ""),
    ],
)
def test_an_answer_is_signed_by_whoever_changed_it_last(
    assessed: Spoilable, old: str, new: str, told: str
) -> None:
    workspace = answered(assessed)
    workspace.change(ANSWERS, "assessor: Li Na", "assessor: Wen")
    workspace.write(ANSWERS, workspace.read(ANSWERS) + HISTORY)
    assert workspace.problems() == []
    workspace.change(ANSWERS, old, new)
    found = workspace.problems()
    assert [problem for problem in found if told not in problem] == []
    assert len(found) == bool(told)


def test_what_two_assessors_agreed_on_is_not_replaced_without_a_word(assessed: Spoilable) -> None:
    workspace = answered(assessed)
    given = "".join(
        f"      - {{assessor: {name}, date: '2024-08-01', answer: met}}\n" for name in ("Wen", "Li")
    )
    workspace.write(ANSWERS, workspace.read(ANSWERS) + f"    originals:\n{given}")
    assert workspace.problems() == []
    workspace.change(ANSWERS, "    answer: met\n", "    answer: not_met\n")
    assert workspace.problems() == [
        f"{ANSWERS}: expected 1.1.1/said: met, as both assessors answered; found not_met ({KEEP})"
    ]
