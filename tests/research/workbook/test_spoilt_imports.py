"""Whatever is done to a filled workbook, or while it is imported, leaves a sound workspace."""

from __future__ import annotations

import os
import random
import signal
import time
import zipfile

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell

from cati.problems import CatiError, ProblemsError
from cati.research.workbook.importing import ImportPlan
from tests.conftest import Spoilable
from tests.killing import killed_at_every_step
from tests.research.importing import (
    DATED,
    SAID,
    Desk,
    answered,
    planned,
    state,
    tiny_desk,
)
from tests.research.packages import rewritten

KILLS = 500


@pytest.fixture
def workspace(assessed: Spoilable) -> Spoilable:
    return answered(assessed)


def two_workbooks(workspace: Spoilable) -> list[Desk]:
    """Filled workbooks of two companies."""
    desks = [
        tiny_desk(workspace, company=company).add_source().add_disclosure(source="news")
        for company in ("alpha", "gamma")
    ]
    for desk in desks:
        desk.answer(DATED, answer="met", disclosures="fact")
    return desks


def contents(workspace: Spoilable, plan: ImportPlan) -> dict[str, str | None]:
    """What the files say that a plan changes; None where one is not there."""
    paths = {file: workspace.root / file for file in plan.texts}
    return {f: path.read_text("utf-8") if path.exists() else None for f, path in paths.items()}


def put_back(workspace: Spoilable, old: dict[str, str | None]) -> None:
    for file, text in old.items():
        if text is None:
            (workspace.root / file).unlink(missing_ok=True)
        else:
            workspace.write(file, text)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_an_import_killed_at_every_step_has_changed_all_files_or_none(workspace: Spoilable) -> None:
    desks = two_workbooks(workspace)
    plan = planned(workspace, *(desk.save() for desk in desks))
    old, new = contents(workspace, plan), dict(plan.texts)
    assert len(new) > 3
    left = []
    for killed in killed_at_every_step(plan.carry_out):
        workspace.open()  # the next reader finishes what is left
        left.append(contents(workspace, plan))
        assert left[-1] in ((old, new) if killed else (new,))
        put_back(workspace, old)
    assert old in left
    assert new in left[:-1]
    planned(workspace, *(desk.path for desk in desks)).carry_out()
    assert workspace.problems() == []


@pytest.mark.soak
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_killed_import_has_changed_all_files_or_none(workspace: Spoilable) -> None:
    desks = two_workbooks(workspace)
    plan = planned(workspace, *(desk.save() for desk in desks))
    old = contents(workspace, plan)
    rng = random.Random(2024)  # noqa: S311  the moment of a kill is no secret
    start = time.perf_counter()
    plan.carry_out()
    span = time.perf_counter() - start
    left = {"old": 0, "new": 0}
    for _ in range(KILLS):
        put_back(workspace, old)
        child = os.fork()
        if child == 0:
            try:
                plan.carry_out()
            except CatiError:
                os._exit(1)
            time.sleep(10)
        time.sleep(rng.uniform(0, span))
        os.kill(child, signal.SIGKILL)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        workspace.open()  # the next reader finishes what is left
        found = contents(workspace, plan)
        assert found in (old, dict(plan.texts))
        outcome = "old" if found == old else "new"
        left[outcome] += 1
        span *= 1.2 if outcome == "old" else 1 / 1.2  # hunts the moment of the change
    assert sum(left.values()) == KILLS
    assert min(left.values()) > 0
    plan = planned(workspace, *(desk.path for desk in desks))
    plan.carry_out()
    assert workspace.problems() == []


WORDS = [
    *("met", "not met", "unknown", "符合", "mett", "done, not published", "nothing found", None, 1),
    *("alpha/pledge", "pledge；when", "alpha/gone", "fact", "news", "alpha/news", "press/report"),
    *("1.1.1", "tiny/1.1.2", "9.9.9", "2024-06-01", "2024", "2024-13-01", 45000, 2024.5, True),
    *("English", "website", "supports", "high", "low", "https://example.org/", "javascript:x"),
    *("=1+1", "#REF!", "x" * 2_100, "a\n\n- b: c", "“是”", "\u202e", "-", "'", " ", "id-1", "Id 1"),
    *("Zhang Wei", "../../x", "{}", "*a", "&b", "!!python/none", "null", "NO", "12:30"),
]


@pytest.mark.slow
@pytest.mark.parametrize(
    "times", [pytest.param(25, id="some"), pytest.param(200, id="many", marks=pytest.mark.soak)]
)
def test_whatever_is_filled_in_is_refused_or_leaves_a_sound_workspace(
    workspace: Spoilable, times: int
) -> None:
    rng = random.Random(2024)  # noqa: S311  a fuzz test is no secret
    desk = tiny_desk(workspace)
    content = desk.path.read_bytes()
    before = state(workspace.root)
    done = written = 0
    for _ in range(times):
        desk.path.write_bytes(content)
        desk.book = load_workbook(desk.path)
        desk.signed()
        for _ in range(rng.randint(1, 4)):
            scribble(desk, rng)
        try:
            plan = planned(workspace, desk.save())
        except ProblemsError as error:
            assert {problem.file for problem in error.problems} == {"alpha.xlsx"}  # noqa: PT017
            assert all(problem.field for problem in error.problems)  # noqa: PT017
            continue
        plan.carry_out()
        done += 1
        written += bool(plan.texts)
        if plan.texts:
            assert workspace.problems() == []
            assert planned(workspace, desk.path).texts == {}
        for file, old in before.items():
            workspace.write(file, old)
    assert done > written > 0


def scribble(desk: Desk, rng: random.Random) -> None:
    """Fill something in somewhere: a good new row, an answer, or anything anywhere."""
    kind = rng.randrange(4)
    if kind == 0:
        desk.add_source(
            rng.randrange(2), **{rng.choice(["id", "title", "link"]): rng.choice(WORDS)}
        )
    elif kind == 1:
        column = rng.choice(["id", "indicators", "source", "quote", "statement"])
        desk.add_disclosure(rng.randrange(2), **{column: rng.choice(WORDS)})
    elif kind == 2:
        columns = ["answer", "disclosures", "rationale", "why", "assessor", "date"]
        values = {column: rng.choice(WORDS) for column in rng.sample(columns, 3)}
        desk.answer(rng.choice([SAID, DATED]), **values)
    else:
        sheet = desk.book[rng.choice(desk.book.sheetnames[:-1])]
        cell = sheet.cell(rng.randint(1, 12), rng.randint(1, 12))
        if not isinstance(cell, MergedCell):
            cell.value = rng.choice(WORDS)


@pytest.mark.slow
@pytest.mark.parametrize(
    "times", [pytest.param(60, id="some"), pytest.param(1_000, id="many", marks=pytest.mark.soak)]
)
def test_spoilt_parts_of_a_workbook_are_problems_and_nothing_else(
    workspace: Spoilable, times: int
) -> None:
    rng = random.Random(2024)  # noqa: S311  a fuzz test is no secret
    desk = tiny_desk(workspace).answer(DATED, answer="not met")
    content = desk.save().read_bytes()
    with zipfile.ZipFile(desk.path) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
    bits = ["", "0", "-1", "99999999", "A1", "<c>", "</row>", '"', "&amp;", "&x;", "alpha", "s"]

    def spoil(part: bytes) -> bytes:
        text = part.decode()
        for _ in range(rng.randint(1, 4)):
            place = rng.randrange(len(text))
            text = text[:place] + rng.choice(bits) + text[place + rng.randint(0, 12) :]
        return text.encode()

    refusals = 0
    for _ in range(times):
        desk.path.write_bytes(content)
        rewritten(desk.path, {rng.choice(names): spoil})
        try:
            planned(workspace, desk.path)
        except ProblemsError:
            refusals += 1
    assert 0 < refusals < times
