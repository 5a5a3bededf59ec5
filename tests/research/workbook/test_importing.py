"""Filled workbooks of the real evaluation into its files: all of them or nothing."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import Result

from cati.model.language import LANGUAGES, Language
from cati.problems import ProblemsError, UsageError
from cati.research.workbook import importing as workbook_import
from cati.research.workbook.cells import cells_mark
from cati.research.workbook.importing import plan_import
from cati.research.workbook.layout import (
    BASE_COLUMN,
    COLUMNS,
    META,
    META_COLUMN,
    START_COLUMN,
    START_ROWS,
    Key,
    at,
)
from cati.workspace import Workspace
from tests.cli.running import run
from tests.conftest import ROOT, Spoilable
from tests.research.importing import (
    ANSWERS,
    DATED,
    EVALUATION,
    SAID,
    Desk,
    answered,
    planned,
    refused,
    state,
    tiny_desk,
)
from tests.research.office import saved_by_libreoffice
from tests.research.packages import MAIN, rewritten

POLESTAR = f"companies/polestar/assessments/{EVALUATION}.yaml"
FILE = f"polestar.{EVALUATION}.en.xlsx"


def desk_of(workspace: Workspace, folder: Path, company: str = "polestar", name: str = "") -> Desk:
    return Desk(workspace, company).into(folder, name or None).signed(date="2026-11-22")


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("company", ["polestar", "beijing-benz", "byd"])
def test_an_untouched_workbook_changes_nothing(
    real: Workspace, tmp_path: Path, company: str, language: Language
) -> None:
    path = Desk(real, company, language).into(tmp_path).path
    plan = plan_import(ROOT, [path])
    assert (plan.texts, plan.answers, plan.notes, plan.companies) == ({}, (), (), ())


@pytest.mark.slow
def test_a_filled_workbook_is_the_same_as_libreoffice_and_wps_save_it(
    real: Workspace, tmp_path: Path
) -> None:
    desk = desk_of(real, tmp_path)
    desk.add_source(published="2023-06", accessed="2024-05-03")
    row = {"figures": "cars: ≥ 10–12 % (2023)\n1,250 t", "period": "2023-06", "subject": "Steel"}
    row |= {"note": "Read\ntwice.", "original": "Polestar 2 LCA report", "cites": "p. 5"}
    row |= {"source_2": REPORT, "locator_2": "Table 9", "original_2": "polestar/news"}
    row |= {"cites_2": "footnote 7"}
    desk.add_disclosure(indicators="2.3.1", source="polestar/news", **row)
    desk.put("disclosures", "polestar/nev-commitment-2023", indicators="1.1.2; 1.1.1", **row)
    desk.put("sources", "polestar/polestar-2-lca-report", published="2024", link="https://x.org/a")
    desk.sheet("start").cell(START_ROWS["note"] + 1, START_COLUMN + 1).value = "Read\nagain."
    desk.answer("2.3.1/value", answer="not met", why="Boundary missing.", rationale="No.\n- a")
    original = plan_import(ROOT, [desk.save()])
    assert len(original.texts) == 4
    for reference in ("polestar/fact", "polestar/nev-commitment-2023"):
        changed = {**original.records.disclosures, **original.records.changed_disclosures}
        assert changed[reference].figures[0].to == 12
        assert [place.secondary for place in changed[reference].where] == [True, True]
    assert [note.now for note in original.assessment_notes] == ["Read\nagain."]
    (saved,) = saved_by_libreoffice([desk.path], tmp_path)
    assert plan_import(ROOT, [saved]).texts == original.texts
    wps = rewritten(
        desk.path,
        {
            "xl/_rels/workbook.xml.rels": lambda part: part.replace(
                b'Target="worksheets/', b'Target="/xl/worksheets/'
            ),
            "xl/workbook.xml": lambda part: part.replace(
                MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main"
            ),
        },
    )
    assert plan_import(ROOT, [wps]).texts == original.texts


MISTAKES = {
    "answer": ("2.3.1/value", {"answer": "nott met", "why": "Boundary missing."}),
    "disclosures": (
        "3.2.1/materials",
        {"disclosures": "polestar/steel-target-2003", "why": "Later."},
    ),
}


def spoilt(desk: Desk) -> Path:
    """Three mistakes of three kinds."""
    for criterion, values in MISTAKES.values():
        desk.answer(criterion, **values)
    desk.add_source(published="2023-06-31")
    desk.add_disclosure(source="news", indicators="2.3.1")
    return desk.save()


def corrected(desk: Desk) -> Path:
    desk.answer("2.3.1/value", answer="not met", rationale="A value, without a boundary.")
    desk.answer("3.2.1/materials", disclosures="polestar/steel-target-2030; polestar/fact")
    desk.add_source(published="2023-06-30")
    return desk.save()


REPORT = "ipe/automotive-report-2024"


def imported(root: Path, path: Path, *options: str) -> Result:
    return run("workbook", "import", str(path), *options, workspace=root)


def of_form_1(desk: Desk) -> Path:
    """The workbook as it was exported before there were columns for figures and a second place."""
    later = [column.key for column in COLUMNS["disclosures"] if column.since == "2"]
    for key in reversed(later):
        desk.sheet("disclosures").delete_cols(at("disclosures", key) + 1)
    hidden = desk.book["_cati"]
    base: dict[Key, str] = {}
    for line in range(2, hidden.max_row + 1):
        cells = [hidden.cell(line, BASE_COLUMN + number) for number in range(1, 5)]
        sheet, row, column, text = (str(cell.value or "") for cell in cells)
        if column in later or sheet == "start":
            for cell in cells:
                cell.value = None
        elif sheet:
            base[Key(sheet, row, column)] = text  # type: ignore[arg-type]
    desk.sheet("start").cell(START_ROWS["note"] + 1, START_COLUMN + 1).value = None
    for key, value in (("format", "1"), ("cells_sha256", cells_mark(base))):
        hidden.cell(META.index(key) + 1, META_COLUMN + 2).value = value
    return desk.save()


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_of_the_earlier_form_is_read_as_it_is(
    real: Workspace, tmp_path: Path, language: Language
) -> None:
    desk = Desk(real, "polestar", language).into(tmp_path).signed(date="2026-11-22")
    assert plan_import(ROOT, [of_form_1(desk)]).texts == {}
    desk = Desk(real, "polestar", language).into(tmp_path).signed(date="2026-11-22")
    desk.answer("3.2.1/materials", rationale="Read again.", why="It says more.")
    desk.add_disclosure(indicators="2.3.1", source=REPORT)
    desk.put("disclosures", "polestar/nev-commitment-2023", indicators="1.1.2; 1.1.1")
    plan = plan_import(ROOT, [of_form_1(desk)])
    assert [answer.criterion for answer in plan.answers] == ["3.2.1/materials"]
    assert list(plan.records.disclosures) == ["polestar/fact"]
    (change,) = plan.records.changes
    kept = real.store.disclosures["polestar/nev-commitment-2023"]
    changed = plan.records.changed_disclosures["polestar/nev-commitment-2023"]
    assert (list(change.cells), changed.figures) == (["indicators"], kept.figures)


@pytest.mark.slow
def test_three_mistakes_are_named_by_cell_and_nothing_is_written(real_copy: Spoilable) -> None:
    desk = desk_of(real_copy.open(), real_copy.root)
    before = state(real_copy.root)
    result = imported(real_copy.root, spoilt(desk))
    assert (result.exit_code, result.stdout) == (1, "")
    named = {
        (
            desk.place("answers", "2.3.1/value", "answer"),
            "expected met, not met or unknown; found 'nott met'",
        ),
        (
            desk.place("answers", "3.2.1/materials", "disclosures"),
            "found 'polestar/steel-target-2003' (did you mean polestar/steel-target-2030",
        ),
        (desk.new_place("sources", "published"), "expected a day that exists; found '2023-06-31'"),
    }
    lines = result.stderr.splitlines()
    for place, found in named:
        (line,) = [line for line in lines if line.startswith(f"error: {FILE}: {place}: ")]
        assert found in line
    assert lines[-1] == "cati: 3 errors; nothing written"
    assert len(lines) == 4
    assert state(real_copy.root) == before


@pytest.mark.slow
def test_corrected_it_is_told_and_then_imported_and_scored(real_copy: Spoilable) -> None:
    workspace = real_copy.open()
    desk = desk_of(workspace, real_copy.root)
    spoilt(desk)
    path = corrected(desk)
    before = state(real_copy.root)
    dry = imported(real_copy.root, path, "--dry-run")
    doubt = (
        "polestar.automakers-2024.en.xlsx: the note on all answers is older than these, and is "
        "kept: 'Only what the disclosures at hand decide; the company's own documents were not s… "
        "(88 characters)'; does it still hold? It stands on the sheet 'Start'\n"
        "answers that cite a disclosure noted for other indicators alone: 1; "
        "first: polestar 3.2.1/materials\n"
    )
    assert (dry.exit_code, dry.stderr) == (0, f"{doubt}nothing written\n")
    assert dry.stdout.splitlines() == [
        "polestar/news: new source, News",
        "polestar/fact: new disclosure, polestar/news, p. 9",
        "polestar 2.3.1/value: met → not met; rationale (by Zhang Wei)",
        "polestar 3.2.1/materials: +polestar/fact (by Zhang Wei)",
        "2 answers, 1 disclosure, 1 source changed in 1 company",
    ]
    assert state(real_copy.root) == before
    done = imported(real_copy.root, path)
    assert (done.exit_code, done.stdout, done.stderr) == (0, dry.stdout, doubt)
    after = state(real_copy.root)
    assert {file for file in after if after[file] != before.get(file)} == {
        POLESTAR,
        "companies/polestar/evidence.yaml",
        "companies/polestar/sources.yaml",
        "private/.gitignore",
        "private/imports/polestar.yaml",
    }
    again = real_copy.open()
    assert [p for p in again.check() if p.severity == "error"] == []
    old, new = (w.assess(EVALUATION).card for w in (workspace, again))
    lost = new.block("2.3.1").points("polestar").low - old.block("2.3.1").points("polestar").low
    assert lost < 0
    track = workspace.methodology("automotive-2024").indicator("2.3.1").track
    factor = Fraction(new.factors[track])
    assert new.total("polestar").low == old.total("polestar").low + lost * factor
    others = [company for company in new.companies if company != "polestar"]
    assert all(new.total(company) == old.total(company) for company in others)


@pytest.mark.slow
def test_the_second_time_nothing_is_left_to_change(real_copy: Spoilable) -> None:
    desk = desk_of(real_copy.open(), real_copy.root)
    spoilt(desk)
    path = corrected(desk)
    assert imported(real_copy.root, path).exit_code == 0
    before = state(real_copy.root)
    again = imported(real_copy.root, path)
    assert (again.stdout, again.stderr) == ("nothing to change\n", "nothing written\n")
    assert state(real_copy.root) == before


@pytest.mark.slow
def test_files_keep_what_the_workbook_does_not_show(real_copy: Spoilable) -> None:
    workspace = real_copy.open()
    desk = desk_of(workspace, real_copy.root).add_source()
    desk.add_disclosure(source="news", indicators="2.3.1")
    desk.answer("2.3.1/value", rationale="Shorter.", why="Too long.")
    planned(real_copy, desk.save()).carry_out()
    old, new = workspace.store, real_copy.open().store
    for of in ("sources", "disclosures", "entities", "evaluations", "methodologies"):
        kept = getattr(new, of)
        assert {ref: kept[ref] for ref in getattr(old, of)} == getattr(old, of)
    for company, assessment in old.assessments[EVALUATION].items():
        if company != "polestar":
            assert new.assessments[EVALUATION][company] == assessment
    assert new.assessments[EVALUATION]["polestar"].note is not None


# Others work too; on the tiny workspace, where each import takes no time


@pytest.fixture
def workspace(assessed: Spoilable) -> Spoilable:
    return answered(assessed)


def answers(workspace: Spoilable) -> dict[str, str]:
    found = workspace.open().store.assessments["first"]["alpha"]
    return {verdict.criterion: verdict.answer for verdict in found.verdicts}


def test_what_others_changed_meanwhile_is_kept(workspace: Spoilable) -> None:
    mine = tiny_desk(workspace, "mine.xlsx").answer(SAID, rationale="Mine.", why="So.")
    theirs = tiny_desk(workspace, "theirs.xlsx")
    theirs.answer(DATED, answer="unknown").add_disclosure(source="alpha/report")
    planned(workspace, theirs.save()).carry_out()
    planned(workspace, mine.save()).carry_out()
    assert answers(workspace) == {SAID: "met", DATED: "unknown"}
    assert "rationale: Mine." in workspace.read(ANSWERS)
    assert "alpha/fact" in workspace.open().store.disclosures


@pytest.mark.slow
def test_what_others_changed_differently_is_refused_with_three_values(
    workspace: Spoilable,
) -> None:
    mine = tiny_desk(workspace, "mine.xlsx")
    mine.answer(SAID, answer="unknown", why="Doubtful.", rationale="Mine.")
    theirs = tiny_desk(workspace, "theirs.xlsx")
    theirs.answer(SAID, answer="not met", why="An intention.", rationale="Theirs.")
    planned(workspace, theirs.save()).carry_out()
    before = state(workspace.root)
    assert refused(workspace, mine.save()) == [
        f"mine.xlsx: {mine.place('answers', SAID, column)}: expected a cell that nobody else has "
        f"changed: '{base}' when exported, '{now}' now; found '{found}' "
        "(agree on one and export again)"
        for column, base, now, found in (
            ("answer", "met", "not met", "unknown"),
            ("rationale", "It says so.", "Theirs.", "Mine."),
        )
    ]
    assert state(workspace.root) == before


def test_two_peoples_files_of_one_company_are_merged(workspace: Spoilable) -> None:
    one = tiny_desk(workspace, "one.xlsx").signed("Li Na", "2024-11-01")
    one.answer(SAID, answer="not met", why="An intention.", rationale="It only intends.")
    two = tiny_desk(workspace, "two.xlsx").answer(DATED, answer="not met")
    plan = planned(workspace, one.save(), two.save())
    plan.carry_out()
    assert answers(workspace) == {SAID: "not_met", DATED: "not_met"}
    said = workspace.open().store.assessments["first"]["alpha"].verdicts[0]
    assert (said.rationale, said.history[0].who) == ("It only intends.", "Li Na")
    assert planned(workspace, two.path, one.path).texts == {}


def test_two_files_that_disagree_are_refused(workspace: Spoilable) -> None:
    one = tiny_desk(workspace, "one.xlsx").answer(DATED, answer="not met")
    two = tiny_desk(workspace, "two.xlsx").answer(DATED, answer="unknown")
    assert refused(workspace, one.save(), two.save()) == [
        f"two.xlsx: {two.place('answers', DATED, 'answer')}: expected 'not met', as in one.xlsx, "
        f"{one.place('answers', DATED, 'answer')}; found 'unknown' (agree on one)"
    ]


def test_files_of_one_name_are_told_apart_by_their_folders(workspace: Spoilable) -> None:
    paths = []
    for folder, answer in (("li", "not met"), ("wang", "unknown")):
        (workspace.root / folder).mkdir()
        desk = tiny_desk(workspace, f"{folder}/alpha.xlsx").answer(DATED, answer=answer)
        paths.append(desk.save())
    (problem,) = refused(workspace, *paths)
    assert problem.startswith(f"{paths[1]}: sheet 'Answers', cell ")
    assert f"as in {paths[0]}, sheet 'Answers', cell " in problem


def test_a_company_that_assesses_itself_may_say_done_and_not_published(
    workspace: Spoilable,
) -> None:
    assert "expected met, not met or unknown; found 'done, not published'" in str(
        refused(workspace, tiny_desk(workspace).answer(SAID, answer="done, not published").save())
    )
    evaluation = "reports/first/evaluation.yaml"
    workspace.change(evaluation, "basis: assessed", "basis: assessed\nself_assessment: true")
    desk = tiny_desk(workspace).answer(SAID, answer="done, not published", why="Not public.")
    planned(workspace, desk.save()).carry_out()
    assert answers(workspace)[SAID] == "unpublished"


def test_one_bad_file_of_many_keeps_all_from_being_written(workspace: Spoilable) -> None:
    good = tiny_desk(workspace, "good.xlsx").answer(DATED, answer="not met").save()
    bad = tiny_desk(workspace, company="gamma").answer(DATED, answer="no").save()
    worse = workspace.root / "worse.xlsx"
    worse.write_bytes(b"PK")
    before = state(workspace.root)
    problems = refused(workspace, good, bad, worse)
    assert [problem.partition(":")[0] for problem in problems] == ["gamma.xlsx", "worse.xlsx"]
    assert state(workspace.root) == before


def test_a_reason_without_a_change_is_said_not_to_be_kept(workspace: Spoilable) -> None:
    desk = tiny_desk(workspace).answer(SAID, why="Just so.")
    assert planned(workspace, desk.save()).notes == (
        f"alpha.xlsx: {desk.place('answers', SAID, 'why')}: the reason is not kept, "
        "since nothing of the answer has changed",
    )


@pytest.mark.slow
def test_not_met_without_rationale_and_disclosures_is_taken_and_counted(
    workspace: Spoilable,
) -> None:
    desks = [tiny_desk(workspace), tiny_desk(workspace, company="gamma")]
    desks[0].answer(DATED, answer="not met")
    desks[1].answer(SAID, answer="not met").answer(DATED, answer="not met", rationale="No year.")
    plan = planned(workspace, *(desk.save() for desk in desks))
    assert len(plan.answers) == 3
    assert plan.notes == (f"answers without a rationale: 2; first: alpha {DATED}",)
    desks[0].answer(DATED, rationale="No year.")
    desks[1].answer(SAID, rationale="Silent.")
    assert planned(workspace, *(desk.save() for desk in desks)).notes == ()


def test_a_broken_workspace_is_refused_first(workspace: Spoilable) -> None:
    path = tiny_desk(workspace).save()
    workspace.change(ANSWERS, "answer: met", "answer: mett")
    (problem,) = refused(workspace, path)
    assert problem.startswith(f"{ANSWERS}:")


def test_no_workspace_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no workspace here"):
        plan_import(tmp_path, [tmp_path / "a.xlsx"])


def test_a_change_between_reading_and_writing_is_not_overwritten(workspace: Spoilable) -> None:
    desk = tiny_desk(workspace).answer(DATED, answer="not met").add_source()
    plan = planned(workspace, desk.save())
    workspace.change(ANSWERS, "rationale: It says so.", "rationale: It does.")
    before = state(workspace.root)
    with pytest.raises(ProblemsError, match="found a change by someone else"):
        plan.carry_out()
    assert state(workspace.root) == before


@pytest.mark.slow
def test_a_change_while_reading_is_not_overwritten(
    workspace: Spoilable, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tiny_desk(workspace).answer(DATED, answer="not met").save()
    read = workbook_import.Store.open

    def slow(root: Path) -> object:
        store = read(root)
        workspace.change(ANSWERS, "rationale: It says so.", "rationale: It does.")
        return store

    monkeypatch.setattr(workbook_import.Store, "open", slow)
    plan = planned(workspace, path)
    with pytest.raises(ProblemsError, match="found a change by someone else"):
        plan.carry_out()


def test_text_of_any_kind_comes_back_as_it_was_typed(workspace: Spoilable) -> None:
    text = "'=1+1: # “中文”；\n- a\n  b {c} [d] | > & *e !f %g @h `i` \u2028 NO 012 null"
    desk = tiny_desk(workspace).answer(SAID, rationale=text, why="So.")
    planned(workspace, desk.save()).carry_out()
    (said,) = workspace.open().store.assessments["first"]["alpha"].verdicts
    assert said.rationale == text
