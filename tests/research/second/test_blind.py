"""An assessor who answers apart sees the evidence and the criteria, and nobody else's answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from cati.problems import UsageError
from cati.research.second.blind import blind_store, known_answers, main_answers, require_apart
from cati.research.workbook.export import WorkbookExport
from cati.store.assessors import own_file
from tests.conftest import Spoilable
from tests.research.importing import Desk, answered, planned, refused
from tests.research.second.hands import ANN, BO, DATED, SAID, answer, locked, main_verdicts, own


def desk(workspace: Spoilable, name: str, file: str = "own.xlsx") -> Desk:
    made = Desk(workspace.open(), "alpha", evaluation="first")
    made.export = WorkbookExport(workspace.open(), "first", "en", name)
    return made.into(workspace.root, file)


def cells(made: Desk) -> set[str]:
    """Everything that stands in it, hidden sheets included."""
    every = (cell for sheet in made.book for row in sheet.iter_rows() for cell in row)
    return {str(cell.value) for cell in every if cell.value is not None}


def test_the_workbook_has_the_evidence_and_nobodys_answers(tiny: Spoilable) -> None:
    answered(tiny)
    own(tiny, BO, "alpha", answer(DATED, "not_met", why="A secret of Bo."))
    texts = cells(desk(tiny, ANN))

    assert "alpha/pledge" in texts
    assert "It pledges." in texts
    for hidden in ("It says so.", "Li Na", "A secret of Bo.", BO):
        assert not any(hidden in text for text in texts), hidden


def test_the_import_goes_to_ones_own_file_and_to_no_other(tiny: Spoilable) -> None:
    answered(tiny)
    before = main_verdicts(tiny)
    made = desk(tiny, ANN).answer(SAID, answer="not met", rationale="Only in a footnote.")
    made.sheet("start").cell(14, 2).value = "2026-11-22"
    plan = planned(tiny, made.save())
    plan.carry_out()

    assert plan.companies == ("alpha",)
    assert main_verdicts(tiny) == before
    store = tiny.open().store
    (verdict,) = store.assessors["first"]["annlee"].assessments["alpha"].verdicts
    assert (verdict.answer, verdict.assessor, verdict.history) == ("not_met", ANN, ())
    again = desk(tiny, ANN, "again.xlsx")
    assert "Only in a footnote." in cells(again)


def test_nobody_else_can_sign_it(tiny: Spoilable) -> None:
    answered(tiny)
    made = desk(tiny, ANN).answer(SAID, answer="not met", assessor="Somebody Else")
    made.sheet("start").cell(14, 2).value = "2026-11-22"
    place = made.place("answers", SAID, "assessor")
    (said,) = refused(tiny, made.save())
    assert (
        said
        == f"own.xlsx: {place}: expected 'Ann Lee', whose own workbook it is; found 'Somebody Else'"
    )


def test_what_is_locked_is_not_changed_any_more(tiny: Spoilable) -> None:
    answered(tiny)
    own(tiny, ANN, "alpha", answer(SAID, "not_met"))
    made = desk(tiny, ANN).answer(DATED, answer="not met")
    made.sheet("start").cell(14, 2).value = "2026-11-22"
    path = made.save()
    locked(tiny, ANN)
    (said,) = refused(tiny, path)
    assert (
        "answers of 'Ann Lee' about alpha that are not locked; found locked on 2026-11-22" in said
    )


def test_nobody_is_first_and_second(tiny: Spoilable, tmp_path: Path) -> None:
    answered(tiny)
    for name in ("Li Na", "li-na", "LI NA"):
        export = WorkbookExport(tiny.open(), "first", "en", name)
        with pytest.raises(UsageError, match="the second assessor must be somebody else"):
            export.workbook("alpha")
    require_apart(tiny.open().store, "first", "gamma", "Li Na")


def test_the_name_of_the_file_tells_whose_it_is(tiny: Spoilable) -> None:
    export = WorkbookExport(tiny.open(), "first", "zh", ANN)
    assert export.file_name("alpha") == "alpha.first.annlee.zh.xlsx"


def test_a_name_without_letters_is_none(tiny: Spoilable) -> None:
    with pytest.raises(UsageError, match="the assessor: expected some text"):
        WorkbookExport(tiny.open(), "first", "en", "  ")


@pytest.mark.slow
def test_a_forged_name_in_the_hidden_sheet_is_refused(tiny: Spoilable) -> None:
    answered(tiny)
    made = desk(tiny, ANN)
    sheet = made.book["_cati"]
    row = next(r for r in range(1, 20) if sheet.cell(r, 1).value == "assessor")
    sheet.cell(row, 2).value = "x" * 3_000
    (said,) = refused(tiny, made.save())
    assert "a workbook of an assessor with a name" in said


def test_only_the_answers_of_the_evaluation_are_hidden(tiny: Spoilable) -> None:
    answered(tiny)
    store = tiny.open().store
    seen = blind_store(store, "first", ANN)
    assert seen.assessments["first"] == {}
    assert store.assessments["first"].keys() == {"alpha", "beta"}
    assert seen.disclosures == store.disclosures


def test_somebody_who_has_not_answered_is_told_who_has(tiny: Spoilable) -> None:
    own(tiny, BO, "alpha", answer(SAID, "not_met"))
    with pytest.raises(UsageError, match=f"nothing answered apart by 'Ann Lee'; .*'{BO}'"):
        known_answers(tiny.open().store, "first", ANN)


def test_proposals_are_nobodys_answers(tiny: Spoilable) -> None:
    answered(tiny)
    file = "companies/alpha/assessments/first.yaml"
    tiny.change(
        file, "answer: met\n", "answer: unknown\n    proposed: {evaluation: first, answer: met}\n"
    )
    assert tiny.problems() == []
    assert main_answers(tiny.open().store, "first", "alpha", "Li Na") is None
    assert own_file("first", "Li Na", "alpha") == "private/assessors/first/lina/alpha.yaml"


def test_workbooks_of_both_come_in_together_and_each_goes_home(tiny: Spoilable) -> None:
    answered(tiny)
    paths = []
    for name, file, given in ((ANN, "ann.xlsx", "not met"), (BO, "bo.xlsx", "unknown")):
        made = desk(tiny, name, file).answer(SAID, answer=given)
        made.sheet("start").cell(14, 2).value = "2026-11-22"
        paths.append(made.save())
    planned(tiny, *paths).carry_out()
    people = tiny.open().store.assessors["first"]
    found = {own.assessor.name: own.assessments["alpha"].verdicts for own in people.values()}
    assert {name: verdict.answer for name, (verdict,) in found.items()} == {
        ANN: "not_met",
        BO: "unknown",
    }


def test_a_new_disclosure_is_shared_and_the_answer_is_not(tiny: Spoilable) -> None:
    answered(tiny)
    made = desk(tiny, ANN).add_disclosure().answer(DATED, answer="met", disclosures="fact")
    made.sheet("start").cell(14, 2).value = "2026-11-22"
    planned(tiny, made.save()).carry_out()
    texts = cells(desk(tiny, BO, "bo.xlsx"))
    assert "alpha/fact" in texts
    assert ANN not in texts


def test_the_same_files_give_the_same_bytes(tiny: Spoilable) -> None:
    answered(tiny)
    one, other = (WorkbookExport(tiny.open(), "first", "zh", BO).workbook("alpha") for _ in "ab")
    assert one == other
