"""What two assessors answered comes together in the company's own file, and nothing is lost."""

from __future__ import annotations

import datetime

import pytest

from cati.problems import ProblemsError, UsageError
from cati.research.second.reconciling import reconcile, take_agreed
from tests.conftest import Spoilable
from tests.research.importing import ANSWERS, ASSESSMENT, NOTHING
from tests.research.second.hands import (
    ANN,
    BO,
    DATED,
    DAY,
    PLEDGE,
    SAID,
    WHEN,
    answer,
    differing,
    locked,
    main_verdicts,
    own,
    pairs,
    with_evidence,
)

WHY = "The guidance wants a target, not an ambition."


def decide(
    workspace: Spoilable,
    given: str,
    criterion: str = DATED,
    company: str = "alpha",
    why: str = WHY,
    day: datetime.date = DAY,
) -> None:
    place = ("first", company, criterion)
    reconcile(workspace.open(), pairs(workspace), place, given, why, "Chen", day)  # type: ignore[arg-type]


def test_a_decision_keeps_both_answers_and_the_reason(tiny: Spoilable) -> None:
    decide(differing(tiny), "not_met")
    verdict = main_verdicts(tiny)[DATED]
    assert (verdict.answer, verdict.level, verdict.assessor) == ("not_met", "reconciled", "Chen")
    assert (verdict.rationale, verdict.disclosures) == ("2040 is an ambition.", ())
    assert [
        (one.assessor, one.answer, one.rationale, one.disclosures) for one in verdict.originals
    ] == [
        (ANN, "met", "By 2040.", (WHEN,)),
        (BO, "not_met", "2040 is an ambition.", ()),
    ]
    (change,) = verdict.history
    assert (change.who, change.was, change.now, change.why) == ("Chen", "unknown", "not_met", WHY)


def test_an_answer_rests_on_what_whoever_gave_it_cites(tiny: Spoilable) -> None:
    decide(differing(tiny), "met")
    assert main_verdicts(tiny)[DATED].disclosures == (WHEN,)


def test_an_answer_of_neither_has_the_reason_as_its_rationale(tiny: Spoilable) -> None:
    decide(differing(tiny), "unknown")
    verdict = main_verdicts(tiny)[DATED]
    assert (verdict.answer, verdict.rationale, verdict.disclosures) == ("unknown", WHY, (WHEN,))


def test_met_needs_a_disclosure(tiny: Spoilable) -> None:
    for name in (ANN, BO):
        own(tiny, name, "beta", answer(SAID, "not_met"))
    locked(tiny)
    with pytest.raises(UsageError, match=f"beta {SAID}: met by what"):
        decide(tiny, "met", SAID, "beta")


def test_a_decision_may_be_taken_again_and_both_reasons_stay(tiny: Spoilable) -> None:
    differing(tiny)
    tiny.write(ANSWERS, ASSESSMENT)
    decide(tiny, "met", SAID, why="Both say so.")
    decide(tiny, "unknown", SAID, why="It was withdrawn.")
    verdict = main_verdicts(tiny)[SAID]
    assert [(c.was, c.now, c.why) for c in verdict.history] == [
        ("met", "met", "Both say so."),
        ("met", "unknown", "It was withdrawn."),
    ]


def test_without_two_answers_kept_a_change_must_change_something(tiny: Spoilable) -> None:
    with_evidence(tiny)
    same = "disclosures: [alpha/pledge], rationale: It says so."
    change = f"{{who: A, when: '2024-08-02', was: met, now: met, why: No reason., {same}}}"
    tiny.write(ANSWERS, ASSESSMENT + f"    history: [{change}]\n")
    (said,) = tiny.problems()
    assert "history[0].now: expected another answer, other disclosures" in said
    assert "rationale than before; found met" in said


def test_the_two_answers_kept_are_of_two(tiny: Spoilable) -> None:
    with_evidence(tiny)
    one = "{assessor: Li Na, date: '2024-08-02', answer: met, disclosures: [alpha/nothing]}"
    tiny.write(ANSWERS, ASSESSMENT + f"    originals: [{one}, {one.replace('Li Na', 'li na')}]\n")
    problems = tiny.problems()
    assert any("originals[1].assessor: expected two assessors; found lina" in p for p in problems)
    assert sum("found 'alpha/nothing'" in p for p in problems) == 2


def test_a_date_before_the_last_change_is_refused(tiny: Spoilable) -> None:
    decide(differing(tiny), "met")
    before = tiny.read(ANSWERS)
    with pytest.raises(ProblemsError, match="a date not before 2026-11-22"):
        decide(tiny, "not_met", day=datetime.date(2026, 1, 1))
    assert tiny.read(ANSWERS) == before


@pytest.mark.parametrize(
    ("criterion", "company", "message"),
    [
        ("1.1.1/date", "alpha", "no criterion 1.1.1/date in tiny: did you mean 1.1.1/dated"),
        (DATED, "gamma", "gamma: no two assessors have answered it apart"),
        (DATED, "beta", "beta 1.1.1/dated: neither has answered it"),
    ],
)
def test_what_cannot_be_decided_is_said(
    tiny: Spoilable, criterion: str, company: str, message: str
) -> None:
    for name in (ANN, BO):
        own(tiny, name, "beta", answer(SAID, "not_met"))
    differing(tiny)
    with pytest.raises(UsageError, match=message):
        decide(tiny, "not_met", criterion, company)


def test_nothing_found_gives_way_to_single_answers(tiny: Spoilable) -> None:
    tiny.write("companies/beta/assessments/first.yaml", NOTHING)
    own(tiny, ANN, "beta", answer(SAID, "unknown"))
    own(tiny, BO, "beta", nothing_in=("its website",))
    locked(tiny)
    decide(tiny, "unknown", SAID, "beta")
    found = main_verdicts(tiny, "beta")
    assert (found[SAID].answer, found[DATED].answer) == ("unknown", "not_met")
    assert found[DATED].rationale == "Nothing found; looked in: its website"
    assert tiny.open().store.assessments["first"]["beta"].no_disclosure == ()


def agreed(workspace: Spoilable):  # type: ignore[no-untyped-def]
    return take_agreed(workspace.open(), "first", pairs(workspace).pairs)


def test_what_both_say_is_taken_over_as_reviewed(tiny: Spoilable) -> None:
    taken = agreed(differing(tiny))
    assert taken.reviewed == (("alpha", SAID),)
    assert [both.criterion for both in taken.open] == [DATED]
    (verdict,) = main_verdicts(tiny).values()
    assert (verdict.answer, verdict.level, verdict.rationale) == (
        "met",
        "reviewed",
        "Page 3 says so.",
    )
    assert verdict.disclosures == (PLEDGE, WHEN)
    assert [one.assessor for one in verdict.originals] == [ANN, BO]
    decide(tiny, "met")
    again = agreed(tiny)
    assert (again.reviewed, again.before, again.open) == ((), 1, ())


def test_the_companys_own_words_are_kept_where_it_says_the_same(tiny: Spoilable) -> None:
    differing(tiny)
    tiny.write(ANSWERS, ASSESSMENT.replace("level: reviewed", "level: unverified"))
    assert agreed(tiny).reviewed == (("alpha", SAID),)
    verdict = main_verdicts(tiny)[SAID]
    assert (verdict.level, verdict.assessor, verdict.rationale) == (
        "reviewed",
        "Li Na",
        "It says so.",
    )
    assert len(verdict.originals) == 2


def test_what_the_companys_file_says_otherwise_is_left(tiny: Spoilable) -> None:
    differing(tiny)
    text = ASSESSMENT.replace("answer: met", "answer: not_met").replace("reviewed", "unverified")
    tiny.write(ANSWERS, text)
    taken = agreed(tiny)
    assert (taken.reviewed, taken.otherwise) == ((), (("alpha", SAID),))
    assert tiny.read(ANSWERS) == text


def test_an_unknown_that_somebody_answered_is_left_too(tiny: Spoilable) -> None:
    differing(tiny)
    text = ASSESSMENT.replace("answer: met", "answer: unknown").replace("reviewed", "unverified")
    tiny.write(ANSWERS, text)
    assert agreed(tiny).otherwise == (("alpha", SAID),)
    proposal = "    level: unverified\n    proposed: {evaluation: first, answer: met}\n"
    tiny.write(ANSWERS, text.replace("    level: unverified\n", proposal))
    assert agreed(tiny).reviewed == (("alpha", SAID),)


def test_a_decision_keeps_what_the_companys_file_said_before(tiny: Spoilable) -> None:
    differing(tiny)
    tiny.write(ANSWERS, ASSESSMENT)
    decide(tiny, "not_met", SAID)
    (change,) = main_verdicts(tiny)[SAID].history
    assert (change.disclosures, change.rationale) == (("alpha/pledge",), "It says so.")


def test_what_a_history_cites_is_there(tiny: Spoilable) -> None:
    with_evidence(tiny)
    change = "{who: A, when: '2024-08-02', was: met, now: met, why: So., disclosures: [alpha/gone]}"
    tiny.write(ANSWERS, ASSESSMENT + f"    history: [{change}]\n")
    (said,) = tiny.problems()
    assert "history[0].disclosures[0]: " in said


def test_nothing_found_by_both_is_taken_over_with_all_places(tiny: Spoilable) -> None:
    own(tiny, ANN, "beta", nothing_in=("its website",))
    own(tiny, BO, "beta", nothing_in=("its website", "its report"))
    locked(tiny)
    assert agreed(tiny).reviewed == (("beta", "1.1.1"),)
    assert tiny.problems() == []
    (entry,) = tiny.open().store.assessments["first"]["beta"].no_disclosure
    assert (entry.looked_in, entry.level) == (("its website", "its report"), "reviewed")
    again = agreed(tiny)
    assert (again.reviewed, again.before) == ((), 2)


def test_what_one_alone_answered_is_told(tiny: Spoilable) -> None:
    own(tiny, ANN, "beta", answer(SAID, "not_met"))
    own(tiny, BO, "beta", answer(DATED, "not_met"))
    locked(tiny)
    taken = agreed(tiny)
    assert taken.reviewed == ()
    assert [both.criterion for both in taken.one_sided] == [SAID, DATED]
    decide(tiny, "not_met", SAID, "beta")
    verdict = main_verdicts(tiny, "beta")[SAID]
    assert [one.assessor for one in verdict.originals] == [ANN]


def test_a_decision_from_an_earlier_reading_replaces_none(tiny: Spoilable) -> None:
    found = pairs(differing(tiny))
    stale = tiny.open()
    decide(tiny, "not_met")
    place = ("first", "alpha", DATED)
    with pytest.raises(ProblemsError, match="expected the file as it was read"):
        reconcile(stale, found, place, "met", WHY, "Li", DAY)
    assert main_verdicts(tiny)[DATED].assessor == "Chen"
