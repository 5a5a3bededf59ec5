"""Two people's answers are put side by side only when both have locked theirs."""

from __future__ import annotations

import pytest

from cati.problems import ProblemsError, UsageError
from cati.research.second.locking import lock
from cati.research.second.pairs import Pairs, locked_pairs
from tests.conftest import Spoilable
from tests.research.second.hands import (
    ANN,
    BO,
    DATED,
    DAY,
    SAID,
    answer,
    differing,
    locked,
    own,
    pairs,
)


def test_nothing_is_shown_before_both_have_locked(tiny: Spoilable) -> None:
    for name in (ANN, BO):
        own(tiny, name, "alpha", answer(SAID, "not_met"))
    for name, unlocked in (("", (ANN, BO)), (ANN, (BO,))):
        if name:
            lock(tiny.open(), "first", name, (), DAY)
        found = pairs(tiny)
        assert found.pairs == ()
        (waiting,) = found.waiting
        assert (waiting.company, waiting.unlocked) == ("alpha", unlocked)
        with pytest.raises(UsageError, match="alpha: not locked yet by"):
            found.of("alpha")
    lock(tiny.open(), "first", BO, (), DAY)
    assert [pair.company for pair in pairs(tiny).pairs] == ["alpha"]


def test_one_alone_is_no_pair(tiny: Spoilable) -> None:
    own(tiny, ANN, "alpha", answer(SAID, "not_met"))
    locked(tiny, ANN)
    found = pairs(tiny)
    with pytest.raises(UsageError, match="alpha: only 'Ann Lee' has answered it"):
        found.of("alpha")
    with pytest.raises(UsageError, match="beta: no two assessors have answered it apart"):
        found.of("beta")


def test_answers_side_by_side(tiny: Spoilable) -> None:
    (pair,) = pairs(differing(tiny)).pairs
    assert (pair.first.assessor, pair.second.assessor) == (ANN, BO)
    methodology = tiny.open().methodology("tiny")
    said, dated = pair.answers(methodology)
    assert (said.agreed, dated.agreed) == ("met", None)
    assert [one.answer for one in dated.given] == ["met", "not_met"]


def test_nothing_found_answers_every_criterion_of_the_indicator(tiny: Spoilable) -> None:
    own(tiny, ANN, "beta", nothing_in=("its website", "its report"))
    own(tiny, BO, "beta", answer(SAID, "unknown"))
    locked(tiny)
    (pair,) = pairs(tiny).pairs
    said, dated = pair.answers(tiny.open().methodology("tiny"))
    assert said.first is not None
    assert said.first.answer == "not_met"
    assert said.first.rationale == "Nothing found; looked in: its website; its report"
    assert (len(said.given), len(dated.given)) == (2, 1)


def test_of_three_two_have_to_be_named(tiny: Spoilable) -> None:
    differing(tiny)
    own(tiny, "Cy", "alpha", answer(SAID, "not_met"))
    with pytest.raises(UsageError, match=r"alpha: which two of 'Ann Lee', .*--assessors"):
        pairs(tiny)
    found = locked_pairs(tiny.open(), "first", (), (ANN, BO))
    assert len(found.pairs) == 1
    found = locked_pairs(tiny.open(), "first", (), (ANN, "cy"))
    assert found.waiting[0].unlocked == ("Cy",)


@pytest.mark.parametrize("names", [("Ann Lee", "ann-lee"), ("Ann Lee",), ("A", "B", "C")])
def test_one_person_is_not_two(tiny: Spoilable, names: tuple[str, ...]) -> None:
    differing(tiny)
    with pytest.raises(UsageError, match="expected two assessors"):
        locked_pairs(tiny.open(), "first", (), names)


def test_an_answer_changed_after_the_lock_is_refused(tiny: Spoilable) -> None:
    differing(tiny)
    file = "private/assessors/first/annlee/alpha.yaml"
    tiny.change(file, "By 2040.", "By 2050.")
    with pytest.raises(ProblemsError, match="as they were locked"):
        pairs(tiny)


def test_a_company_must_be_in_the_scope(tiny: Spoilable) -> None:
    with pytest.raises(UsageError, match="no company press in first"):
        locked_pairs(tiny.open(), "first", ("press",))
    assert locked_pairs(tiny.open(), "first") == Pairs((), ())
    assert DATED != SAID
