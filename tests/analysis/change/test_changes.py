from __future__ import annotations

from fractions import Fraction

from cati.analysis.change.changes import NOTHING, ChangedAnswer, Delta, Shift
from cati.model.interval import Interval
from cati.scoring.scorecard import Rank


def delta(low: int, high: int) -> Delta:
    return Delta(Fraction(low), Fraction(high))


def test_changes_of_both_ends_add_up() -> None:
    assert Delta.total([delta(1, 2), delta(-3, 0)]) == delta(-2, 2)
    assert Delta.total([]) == NOTHING
    assert not NOTHING
    assert delta(0, 1)


def test_a_change_runs_from_the_earlier_to_the_later() -> None:
    before, after = Interval(Fraction(1), Fraction(5)), Interval(Fraction(3), Fraction(4))
    assert Delta.between(before, after) == delta(2, -1)
    assert Shift.between(Rank(2, 4), Rank(1, 4)) == Shift(-1, 0)


def test_an_answer_is_explained_by_words_or_by_evidence_that_does_not_count() -> None:
    def answer(reason: str | None, *uncounted: tuple[str, tuple[str, ...]]) -> ChangedAnswer:
        return ChangedAnswer("1.1.1/a", "met", "unknown", "expired", reason, (), (), uncounted)

    assert answer("Because.").is_explained
    assert answer(None, ("a/b", ("expired",))).is_explained
    assert not answer(None).is_explained
