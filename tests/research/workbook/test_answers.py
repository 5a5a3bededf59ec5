"""Changed cells become answers with who, when and why; nothing of what was there is lost."""

from __future__ import annotations

import datetime

import pytest

from cati.model.assessment import Assessment, Change, Verdict
from cati.research.workbook.layout import START_COLUMN, START_ROWS
from tests.conftest import Spoilable
from tests.research.importing import (
    ANSWERS,
    DATED,
    SAID,
    Desk,
    answered,
    planned,
    refused,
    tiny_desk,
)

DAY = datetime.date(2024, 11, 22)


@pytest.fixture
def workspace(assessed: Spoilable) -> Spoilable:
    return answered(assessed)


@pytest.fixture
def desk(workspace: Spoilable) -> Desk:
    return tiny_desk(workspace)


def imported(workspace: Spoilable, desk: Desk) -> None:
    planned(workspace, desk.save()).carry_out()
    assert workspace.problems() == []


def assessment(workspace: Spoilable, company: str = "alpha") -> Assessment:
    return workspace.open().store.assessments["first"][company]


def verdict(workspace: Spoilable, criterion: str) -> Verdict:
    return next(v for v in assessment(workspace).verdicts if v.criterion == criterion)


def test_a_first_answer_needs_no_reason(workspace: Spoilable, desk: Desk) -> None:
    desk.answer(DATED, answer="met", disclosures="when; alpha/pledge", rationale="By 2030.")
    imported(workspace, desk)
    assert verdict(workspace, DATED) == Verdict(
        criterion=DATED,
        answer="met",
        disclosures=("alpha/when", "alpha/pledge"),
        rationale="By 2030.",
        assessor="Zhang Wei",
        date=DAY,
    )


def test_a_changed_answer_leaves_the_earlier_one_in_the_history(
    workspace: Spoilable, desk: Desk
) -> None:
    desk.answer(SAID, answer="not met", why="Only an intention.")
    imported(workspace, desk)
    found = verdict(workspace, SAID)
    assert (found.answer, found.assessor, found.level) == ("not_met", "Zhang Wei", "unverified")
    assert (found.disclosures, found.rationale) == (("alpha/pledge",), "It says so.")
    (change,) = found.history
    assert (change.who, change.when, change.was, change.now, change.why) == (
        *("Zhang Wei", DAY, "met", "not_met"),
        "Only an intention.",
    )
    assert (change.disclosures, change.rationale) == (("alpha/pledge",), "It says so.")
    again = tiny_desk(workspace, "again.xlsx").signed("Li Na", "2024-12-01")
    again.answer(SAID, answer="met", why="The later report is binding.")
    imported(workspace, again)
    history = verdict(workspace, SAID).history
    assert history[0] == change
    assert [(c.who, c.was, c.now) for c in history[1:]] == [("Li Na", "not_met", "met")]


def test_a_changed_answer_without_a_reason_is_refused(workspace: Spoilable, desk: Desk) -> None:
    desk.answer(SAID, answer="not met")
    assert refused(workspace, desk.save()) == [
        f"alpha.xlsx: {desk.place('answers', SAID, 'why')}: expected a reason for the change "
        "from 'met'; found nothing"
    ]


def test_a_cleared_answer_is_unknown_and_needs_a_reason(workspace: Spoilable, desk: Desk) -> None:
    desk.answer(SAID, answer=None)
    assert "expected a reason for the change" in refused(workspace, desk.save())[0]
    desk.answer(SAID, why="Cannot be told.")
    imported(workspace, desk)
    assert verdict(workspace, SAID).answer == "unknown"
    assert [(c.was, c.now) for c in verdict(workspace, SAID).history] == [("met", "unknown")]


def test_what_the_same_answer_rested_on_before_stays_in_the_history(
    workspace: Spoilable, desk: Desk
) -> None:
    desk.answer(SAID, rationale="It says so, twice.", disclosures="alpha/pledge; alpha/when")
    assert refused(workspace, desk.save()) == [
        f"alpha.xlsx: {desk.place('answers', SAID, 'why')}: expected a reason for the change "
        "of what 'met' rests on; found nothing"
    ]
    desk.answer(SAID, why="Page 9 says so too.")
    imported(workspace, desk)
    found = verdict(workspace, SAID)
    assert (found.rationale, found.disclosures) == (
        "It says so, twice.",
        ("alpha/pledge", "alpha/when"),
    )
    assert (found.assessor, found.date, found.level) == ("Zhang Wei", DAY, "unverified")
    assert found.history == (
        Change(
            who="Zhang Wei",
            when=DAY,
            was="met",
            now="met",
            why="Page 9 says so too.",
            disclosures=("alpha/pledge",),
            rationale="It says so.",
            assessor="Li Na",
            date=datetime.date(2024, 8, 1),
            level="reviewed",
        ),
    )


def test_a_cleared_rationale_is_gone(workspace: Spoilable, desk: Desk) -> None:
    desk.answer(SAID, rationale=None, why="It says something else.")
    imported(workspace, desk)
    found = verdict(workspace, SAID)
    assert (found.rationale, found.history[0].rationale) == (None, "It says so.")


def test_a_row_names_an_assessor_of_its_own(workspace: Spoilable, desk: Desk) -> None:
    desk.answer(DATED, answer="unknown", assessor="Wang Fang", date="2024-10-02")
    imported(workspace, desk)
    found = verdict(workspace, DATED)
    assert (found.assessor, str(found.date)) == ("Wang Fang", "2024-10-02")


def test_a_name_alone_changes_nothing(workspace: Spoilable, desk: Desk) -> None:
    desk.answer(SAID, assessor="Wang Fang", date="2024-10-02")
    assert planned(workspace, desk.save()).texts == {}


@pytest.mark.slow
def test_nobody_answers_without_name_and_date(workspace: Spoilable, desk: Desk) -> None:
    desk.signed(None, None)
    desk.answer(DATED, answer="unknown")
    desk.answer(SAID, rationale="Better.", why="It was short.")
    assert refused(workspace, desk.save()) == [
        "alpha.xlsx: sheet 'Start', cell B13: expected the assessor's name; found nothing "
        "(fill it in here, or in each changed row)",
        "alpha.xlsx: sheet 'Start', cell B14: expected the date of the answers; found nothing "
        "(fill it in here, or in each changed row)",
    ]


def test_met_needs_disclosures(workspace: Spoilable, desk: Desk) -> None:
    desk.answer(DATED, answer="met")
    assert refused(workspace, desk.save()) == [
        f"alpha.xlsx: {desk.place('answers', DATED, 'disclosures')}: "
        "expected the disclosures it is met by; found none"
    ]


def test_disclosures_need_an_answer(workspace: Spoilable, desk: Desk) -> None:
    desk.answer(DATED, disclosures="alpha/when")
    assert refused(workspace, desk.save()) == [
        f"alpha.xlsx: {desk.place('answers', DATED, 'answer')}: "
        "expected an answer that goes with the disclosures; found nothing"
    ]


def test_an_unknown_disclosure_is_named_with_the_nearest(workspace: Spoilable, desk: Desk) -> None:
    desk.answer(DATED, answer="met", disclosures="alpha/wehn; beta/when")
    problems = refused(workspace, desk.save())
    place = f"alpha.xlsx: {desk.place('answers', DATED, 'disclosures')}: expected a disclosure in"
    assert [problem.startswith(place) for problem in problems] == [True, True]
    assert problems[0].endswith("found 'alpha/wehn' (did you mean alpha/when or alpha/pledge?)")


def test_a_faulty_answer_hides_no_other_fault_of_its_row(workspace: Spoilable, desk: Desk) -> None:
    desk.signed(None)
    desk.answer(DATED, answer="perhaps", disclosures="alpha/wehn", rationale="x" * 2_001)
    desk.answer(DATED, date="2024-13-01")
    problems = refused(workspace, desk.save())
    columns = ("answer", "date", "disclosures", "rationale")
    places = [desk.place("answers", DATED, column) for column in columns]
    for place in (*places, "sheet 'Start', cell B13"):
        assert [p.startswith(f"alpha.xlsx: {place}: ") for p in problems].count(True) == 1
    assert len(problems) == 5


def test_a_change_before_the_last_one_is_refused(workspace: Spoilable, desk: Desk) -> None:
    desk.answer(SAID, answer="not met", why="Only an intention.")
    imported(workspace, desk)
    again = tiny_desk(workspace, "again.xlsx")
    again.answer(SAID, answer="met", why="It is binding.", date="2024-10-01")
    assert refused(workspace, again.save()) == [
        f"again.xlsx: {again.place('answers', SAID, 'date')}: expected a date not before "
        f"2024-11-22; found 2024-10-01 (what {SAID} said before is of that day)"
    ]


def test_text_that_no_file_can_hold_is_named(workspace: Spoilable, desk: Desk) -> None:
    desk.answer(DATED, answer="unknown", rationale="x" * 2_001, assessor="y" * 2_001)
    problems = refused(workspace, desk.save())
    places = [desk.place("answers", DATED, column) for column in ("rationale", "assessor")]
    for place in places:
        text = f"alpha.xlsx: {place}: expected at most 2000 characters; found 2001 characters"
        assert text in problems
    assert len(problems) == 2


def test_a_proposed_answer_is_confirmed_by_choosing_it(workspace: Spoilable) -> None:
    proposed = "    proposed: {evaluation: first, answer: met}\n"
    workspace.change(ANSWERS, "    level: reviewed\n", proposed)
    workspace.change(ANSWERS, "answer: met\n", "answer: unknown\n")
    desk = tiny_desk(workspace).answer(SAID, answer="met")
    imported(workspace, desk)
    found = verdict(workspace, SAID)
    assert (found.answer, found.history, found.assessor) == ("met", (), "Zhang Wei")
    assert found.proposed is not None
    again = tiny_desk(workspace, "again.xlsx").answer(SAID, answer="not met", why="Withdrawn.")
    imported(workspace, again)
    (change,) = verdict(workspace, SAID).history
    assert (change.was, change.now, change.assessor) == ("met", "not_met", "Zhang Wei")


def test_a_proposed_answer_is_overturned_with_a_reason(workspace: Spoilable) -> None:
    proposed = "    proposed: {evaluation: first, answer: met}\n"
    workspace.change(ANSWERS, "    level: reviewed\n", proposed)
    workspace.change(ANSWERS, "answer: met\n", "answer: unknown\n")
    desk = tiny_desk(workspace).answer(SAID, answer="not met")
    assert refused(workspace, desk.save()) == [
        f"alpha.xlsx: {desk.place('answers', SAID, 'why')}: expected a reason for the change "
        "from 'met'; found nothing"
    ]
    desk.answer(SAID, why="It has lapsed.")
    assert planned(workspace, desk.save()).notes == (
        f"rationales of the answer before: 1; first: alpha {SAID}",
    )
    imported(workspace, desk)
    (change,) = verdict(workspace, SAID).history
    assert (change.was, change.now, change.why) == ("unknown", "not_met", "It has lapsed.")


def test_answers_stand_in_the_order_of_the_methodology(workspace: Spoilable) -> None:
    (workspace.root / ANSWERS).unlink()
    desk = tiny_desk(workspace)
    desk.answer(DATED, answer="unknown")
    desk.answer(SAID, answer="not met")
    imported(workspace, desk)
    assert [v.criterion for v in assessment(workspace).verdicts] == [SAID, DATED]


# Nothing found


def test_nothing_found_is_said_with_where(workspace: Spoilable) -> None:
    desk = tiny_desk(workspace, company="gamma")
    desk.put("nothing_found", "1.1.1", nothing_found="nothing found")
    assert refused(workspace, desk.save()) == [
        f"gamma.xlsx: {desk.place('nothing_found', '1.1.1', 'looked_in')}: "
        "expected where was looked; found nothing"
    ]
    desk.put("nothing_found", "1.1.1", looked_in="its website；annual reports, 2023")
    imported(workspace, desk)
    (entry,) = assessment(workspace, "gamma").no_disclosure
    assert (entry.code, entry.looked_in) == ("1.1.1", ("its website", "annual reports, 2023"))
    assert (entry.assessor, entry.date) == ("Zhang Wei", DAY)


def test_where_was_looked_needs_the_word_for_it(workspace: Spoilable) -> None:
    desk = tiny_desk(workspace, company="gamma").put("nothing_found", "1.1.1", looked_in="site")
    assert refused(workspace, desk.save()) == [
        f"gamma.xlsx: {desk.place('nothing_found', '1.1.1', 'nothing_found')}: "
        "expected that nothing was found there; found nothing"
    ]


@pytest.mark.slow
def test_nothing_found_is_taken_back_or_added_to(workspace: Spoilable) -> None:
    (beginning,) = (n.as_search() for n in assessment(workspace, "beta").no_disclosure)
    desk = tiny_desk(workspace, company="beta")
    desk.put("nothing_found", "1.1.1", looked_in="its website; its reports")
    imported(workspace, desk)
    (entry,) = assessment(workspace, "beta").no_disclosure
    assert (entry.looked_in, entry.assessor) == (("its website", "its reports"), "Zhang Wei")
    searched = entry.as_search()
    other = tiny_desk(workspace, "other.xlsx", company="beta").signed("Li Na", "2024-11-23")
    other.put("nothing_found", "1.1.1", looked_in="its annual report")
    imported(workspace, other)
    (entry,) = assessment(workspace, "beta").no_disclosure
    assert (entry.looked_in, entry.assessor) == (("its annual report",), "Li Na")
    assert entry.earlier == (beginning, searched)
    again = tiny_desk(workspace, "again.xlsx", company="beta").signed(date="2024-11-24")
    again.put("nothing_found", "1.1.1", nothing_found=None, looked_in=None)
    again.answer(SAID, answer="not met", rationale="It says the opposite.")
    assert refused(workspace, again.save()) == [
        f"again.xlsx: {again.place('answers', SAID, 'why')}: expected a reason for the change of "
        "what 'not met' rests on; found nothing"
    ]
    again.answer(SAID, why="Its website has changed.")
    imported(workspace, again)
    found = assessment(workspace, "beta")
    assert found.no_disclosure == ()
    assert {v.criterion: v.answer for v in found.verdicts} == {SAID: "not_met", DATED: "unknown"}
    for taken_back in found.verdicts:
        (change,) = taken_back.history
        assert (change.who, change.assessor, change.was) == ("Zhang Wei", "Li Na", "not_met")
        assert change.why == "Its website has changed."
        assert change.rationale == (
            "Nothing found; looked in: its website; its reports; its annual report"
        )


@pytest.mark.slow
def test_answers_and_nothing_found_exclude_each_other(workspace: Spoilable) -> None:
    desk = tiny_desk(workspace, company="beta").answer(SAID, answer="not met")
    assert refused(workspace, desk.save()) == [
        f"beta.xlsx: {desk.place('answers', SAID, 'answer')}: expected an indicator without "
        "verdicts; found 1.1.1, which has some (keep one of the two)"
    ]
    desk = tiny_desk(workspace)
    desk.put("nothing_found", "1.1.1", nothing_found="nothing found", looked_in="its website")
    assert refused(workspace, desk.save())[0].startswith(
        f"alpha.xlsx: {desk.place('nothing_found', '1.1.1', 'nothing_found')}: expected an "
    )


def test_both_cells_are_named_where_two_workbooks_exclude_each_other(workspace: Spoilable) -> None:
    one = tiny_desk(workspace, "one.xlsx", company="gamma")
    one.put("nothing_found", "1.1.1", nothing_found="nothing found", looked_in="its website")
    two = tiny_desk(workspace, "two.xlsx", company="gamma").answer(SAID, answer="not met")
    assert refused(workspace, one.save(), two.save()) == [
        f"one.xlsx: {one.place('nothing_found', '1.1.1', 'nothing_found')}: expected an "
        "indicator without verdicts; found 1.1.1, which has some, in two.xlsx, "
        f"{two.place('answers', SAID, 'answer')} (keep one of the two)"
    ]


# The note on all answers


def note(desk: Desk, text: str | None) -> Desk:
    desk.sheet("start").cell(START_ROWS["note"] + 1, START_COLUMN + 1).value = text
    return desk


def test_the_note_on_all_answers_is_written_and_taken_away(
    workspace: Spoilable, desk: Desk
) -> None:
    imported(workspace, note(desk, " Read in November. "))
    assert assessment(workspace).note == "Read in November."
    later = note(tiny_desk(workspace), None)
    (change,) = planned(workspace, later.save()).assessment_notes
    assert (change.now, change.assessor) == (None, "Zhang Wei")
    imported(workspace, later)
    assert assessment(workspace).note is None


def test_a_note_that_stays_above_changed_answers_is_told(workspace: Spoilable, desk: Desk) -> None:
    workspace.write(ANSWERS, workspace.read(ANSWERS) + "note: Nothing decides anything.\n")
    desk = tiny_desk(workspace).answer(DATED, answer="met", disclosures="when", rationale="2030.")
    told = (
        "alpha.xlsx: the note on all answers is older than these, and is kept: "
        "'Nothing decides anything.'; does it still hold? It stands on the sheet 'Start'"
    )
    assert told in planned(workspace, desk.save()).notes
    changed = planned(workspace, note(desk, "One criterion is met.").save())
    assert told not in changed.notes
    assert tiny_desk(workspace).sheet("start")["B15"].value == "Nothing decides anything."


def test_a_note_by_two_is_a_conflict_and_a_long_one_refused(
    workspace: Spoilable, desk: Desk
) -> None:
    path = note(desk, "Mine.").save()
    workspace.write(ANSWERS, workspace.read(ANSWERS) + "note: Theirs.\n")
    (problem,) = refused(workspace, path)
    assert problem.startswith("alpha.xlsx: sheet 'Start', cell B15: expected a cell that nobody")
    assert "nothing when exported, 'Theirs.' now; found 'Mine.'" in problem
    long = note(tiny_desk(workspace), "x" * 2_001).save()
    assert refused(workspace, long) == [
        "alpha.xlsx: sheet 'Start', cell B15: expected at most 2000 characters; "
        "found 2001 characters"
    ]
