"""A lock keeps answers as they are: what is changed afterwards is noticed."""

from __future__ import annotations

import pytest

from cati.problems import ProblemsError, UsageError
from cati.research.second.locking import lock, require_unchanged
from tests.conftest import Spoilable
from tests.research.importing import ANSWERS, answered
from tests.research.second.hands import ANN, BO, DATED, DAY, SAID, answer, locked, own


def test_all_of_ones_own_are_locked_once(tiny: Spoilable) -> None:
    own(tiny, ANN, "alpha", answer(SAID, "not_met"), answer(DATED, "not_met"))
    own(tiny, ANN, "beta", nothing_in=("its website",))
    done = lock(tiny.open(), "first", "ann lee", (), DAY)
    assert [(entry.company, done.answers[entry.company]) for entry in done.locks] == [
        ("alpha", 2),
        ("beta", 1),
    ]
    assert tiny.problems() == []
    again = lock(tiny.open(), "first", ANN, ("beta",), DAY)
    assert (again.locks, [entry.company for entry in again.before]) == ((), ["beta"])


def test_some_can_be_locked_and_others_later(tiny: Spoilable) -> None:
    for company in ("alpha", "beta"):
        own(tiny, ANN, company, answer(SAID, "not_met"))
    lock(tiny.open(), "first", ANN, ("beta",), DAY)
    people = tiny.open().store.assessors["first"]["annlee"]
    assert (people.is_locked("alpha"), people.is_locked("beta")) == (False, True)
    locked(tiny, ANN)
    assert tiny.open().store.assessors["first"]["annlee"].is_locked("alpha")


def test_a_later_change_is_noticed_everywhere(tiny: Spoilable) -> None:
    file = own(tiny, ANN, "alpha", answer(SAID, "not_met", why="No."))
    locked(tiny, ANN)
    tiny.change(file, "rationale: No.", "rationale: Nowhere.")
    (said,) = tiny.problems()
    assert said == (
        "private/assessors/first/annlee.yaml: locks: expected the answers about alpha as they "
        "were locked on 2026-11-22; found others (put them back as they were, from a copy)"
    )
    with pytest.raises(ProblemsError, match="as they were locked"):
        lock(tiny.open(), "first", ANN, (), DAY)
    tiny.change(file, "rationale: Nowhere.", "rationale: No.")
    assert tiny.problems() == []


def test_another_layout_is_no_change(tiny: Spoilable) -> None:
    file = own(tiny, ANN, "alpha", answer(SAID, "not_met", why="No."))
    locked(tiny, ANN)
    tiny.change(file, "rationale: No.", "rationale:   'No.'")
    assert tiny.problems() == []


def test_a_locked_file_that_is_gone_is_noticed(tiny: Spoilable) -> None:
    file = own(tiny, ANN, "alpha", answer(SAID, "not_met"))
    locked(tiny, ANN)
    (tiny.root / file).unlink()
    people = tiny.open().store.assessors["first"]["annlee"]
    with pytest.raises(ProblemsError, match="found none"):
        require_unchanged(people)


def test_answers_in_the_open_are_copied_and_stay_what_they_were(tiny: Spoilable) -> None:
    answered(tiny)
    done = lock(tiny.open(), "first", "Li Na", ("alpha",), DAY)
    assert done.taken == ("alpha",)
    assert tiny.problems() == []
    tiny.change(ANSWERS, "It says so.", "It says so on page 3.")
    own_ones = tiny.open().store.assessors["first"]["lina"]
    (verdict,) = own_ones.assessments["alpha"].verdicts
    assert (verdict.rationale, verdict.level) == ("It says so.", "unverified")
    assert own_ones.is_locked("alpha")


def test_only_ones_own_are_copied(tiny: Spoilable) -> None:
    answered(tiny)
    with pytest.raises(UsageError, match="nothing of 'Ann Lee' to lock"):
        lock(tiny.open(), "first", ANN, (), DAY)
    with pytest.raises(UsageError, match="nothing of 'Li Na' about gamma; known: alpha, beta"):
        lock(tiny.open(), "first", "Li Na", ("gamma",), DAY)
    with pytest.raises(UsageError, match="no evaluation frist"):
        lock(tiny.open(), "frist", BO, (), DAY)


def test_answers_that_changed_since_they_were_read_are_not_locked(tiny: Spoilable) -> None:
    answered(tiny)
    stale = tiny.open()
    name = next(iter(stale.store.assessments["first"]["alpha"].verdicts)).assessor
    tiny.change(ANSWERS, "format: 1", "format:  1")
    with pytest.raises(ProblemsError, match="expected the file as it was read"):
        lock(stale, "first", name, (), DAY)
    assert tiny.open().store.assessors == {}


def test_of_two_locks_from_one_reading_none_is_lost(tiny: Spoilable) -> None:
    for company in ("alpha", "beta"):
        own(tiny, ANN, company, answer(SAID, "not_met"))
    stale = tiny.open()
    lock(tiny.open(), "first", ANN, ("beta",), DAY)
    with pytest.raises(ProblemsError, match="expected the file as it was read"):
        lock(stale, "first", ANN, ("alpha",), DAY)
    assert tiny.open().store.assessors["first"]["annlee"].is_locked("beta")
