"""Progress as tables and records that say the same."""

from __future__ import annotations

import datetime
import json

from rich.console import Console
from rich.table import Table

from cati.research.season.assignments import assign, new_assignment
from cati.research.season.progress import Counts, Progress, progress
from cati.research.season.progress_texts import (
    assessor_table,
    company_table,
    progress_json,
    progress_notes,
    progress_records,
    task_table,
    total,
)
from tests.conftest import Spoilable
from tests.research.tiny_season import answered

MARCH, APRIL = datetime.date(2026, 3, 31), datetime.date(2026, 4, 30)


def begun(tiny: Spoilable) -> Progress:
    """Ann has all three companies, late with one; Bo is second for one of them."""
    answered(tiny)
    for assessor, companies, second in (
        ("Ann", ["alpha", "beta", "gamma"], False),
        ("Bo", ["beta"], True),
    ):
        workspace = tiny.open()
        wanted = new_assignment(workspace, assessor, companies, [], MARCH, second)
        assign(workspace, "first", wanted)
    return progress(tiny.open(), "first", APRIL)


def rows_of(table: Table) -> list[str]:
    console = Console(width=200)
    with console.capture() as capture:
        console.print(table)
    return [" ".join(line.split()) for line in capture.get().splitlines() if line.strip()][2:]


def test_companies_show_counts_deadline_and_delay(tiny: Spoilable) -> None:
    found = begun(tiny)
    rows = rows_of(company_table(found.companies, tiny.open().store.entities, "en"))
    # 2 of 24 points are settled
    assert rows[0] == "Alpha Motors 2 0 0 0 unverified 2026-03-31 – 8.3 % Ann"
    assert rows[1] == "Beta 2 0 0 1 unverified 2026-03-31 – 8.3 % Ann, Bo"
    assert rows[2].endswith(" 0 0 2 0 – 2026-03-31 30 0 % Ann")


def test_assessors_show_the_sum_of_their_first_assessments(tiny: Spoilable) -> None:
    (ann,) = rows_of(assessor_table(begun(tiny).tasks, "en"))
    assert ann == "Ann 4 0 2 1 unverified 2026-03-31 30 3"


def test_tasks_show_second_assessments_without_counts(tiny: Spoilable) -> None:
    found = begun(tiny)
    rows = rows_of(task_table(found.tasks, tiny.open().store.entities, "en"))
    assert [row.split()[-2] for row in rows] == ["first", "first", "first", "second"]
    assert rows[3] == "Beta – – – – – 2026-03-31 – all indicators second assessment"


def test_records_hold_companies_and_tasks_exactly(tiny: Spoilable) -> None:
    found = begun(tiny)
    records = progress_records(found.companies, found.tasks)
    assert len(records) == 3 + 4
    alpha, _, gamma = records[:3]
    assert (alpha["coverage"], alpha["answered"], alpha["assessor"]) == ("1/12", "2", "")
    assert (gamma["unknown"], gamma["days_late"], gamma["level"]) == ("2", "30", "")
    assert (gamma["undecided"], records[-1]["undecided"]) == ("0", "")
    second = records[-1]
    assert (second["assessor"], second["second"], second["answered"]) == ("Bo", "yes", "")
    content = json.loads(progress_json(found, records))
    assert (content["evaluation"], content["today"]) == ("first", "2026-04-30")
    assert (content["companies"], content["tasks"]) == (records[:3], records[3:])


def test_notes_say_the_base(tiny: Spoilable) -> None:
    assert list(progress_notes(begun(tiny), 1, 2, "en")) == [
        "Base: 1 of 3 companies, 2 criteria each, all routes counted. Of all 6: looked at 4, "
        "of these left open with a reason 0; proposed 0.",
        "Settled: part of the possible points that the answers decide. Late: on 2026-04-30.",
        "Second assessments are kept apart and not counted here.",
    ]


def test_counts_add_up_and_the_lowest_level_stands() -> None:
    assert total(
        [Counts(2, 1, 1, 0, 0, "reviewed"), Counts(3, 1, 0, 1, 1, "unverified")]
    ) == Counts(5, 2, 1, 1, 1, "unverified")
    assert total([]) == Counts(0, 0, 0, 0, 0, None)
