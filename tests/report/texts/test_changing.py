from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from fractions import Fraction

import pytest
from rich.console import Console

from cati.analysis.change.changes import Delta, Shift
from cati.analysis.change.comparing import change, company_change
from cati.model.language import Language
from cati.report.cells import csv_text
from cati.report.texts.changing import (
    ChangeText,
    added_shifts,
    change_json,
    change_records,
    delta_text,
    shift_text,
    signed,
)
from cati.workspace import Workspace
from tests.analysis.seasons import two_seasons


@pytest.fixture(scope="module")
def seasons(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return two_seasons(tmp_path_factory.mktemp("w") / "w")


def printed(
    workspace: Workspace, later: str, company: str | None = None, lang: Language = "en"
) -> str:
    whole = change(workspace, "season-1", later)
    text = ChangeText(whole, workspace.store.entities, lang)
    console = Console(width=170, file=io.StringIO(), highlight=False)
    parts = text.overview() if company is None else text.company(company_change(whole, company))
    for part in parts:
        console.print(part)
    for line in text.notes():
        console.print(line)
    assert isinstance(console.file, io.StringIO)
    return " ".join(console.file.getvalue().split())


def test_the_overview_says_who_changed_came_and_went(seasons: Workspace) -> None:
    text = printed(seasons, "season-2")
    assert "season-1 (2024-06-30) to season-2 (2025-06-30), assessed basis: 4 companies" in text
    assert "Alpha 5.9–13.9 open 6.2–11.4" in text
    assert "Renamed: Oldname is now Newname" in text
    assert "Entering: Fresh" in text
    assert "Leaving: Gone" in text
    assert "Merged: Small into Beta; its own score plays no part" in text
    assert "4 changed answers have no reason." in text
    assert "not comparable" not in text


def test_a_company_s_change_is_told_by_cause_with_reasons(seasons: Workspace) -> None:
    text = printed(seasons, "season-2", "alpha")
    assert "Total 5.9–13.9 to 6.2–11.4: whether it rose or fell is open." in text
    assert "Of its least and its greatest: +0.3 | -2.5" in text
    assert "met → unknown evidence expired alpha/target does not count: expired" in text
    assert "The date stands in the footnote." in text
    assert "nothing found in its website" in text
    assert "Without effect on the total: 1.2.1/base, unknown → met, new evidence" in text
    assert "together +0.3 | -2.5" in text
    assert "Rank 1–6 to 1–5: own score 0, companies leaving 0 | -2" in text
    assert "No reason is given for: 1.2.3/credits, 1.3.2/steel, 1.3.2/battery" in text


def test_totals_of_different_methods_are_never_set_against_each_other(seasons: Workspace) -> None:
    text = printed(seasons, "season-2b", "beta")
    assert "Total 3.0–10.4 by the earlier method." in text
    assert (
        "The same evidence by the later method: 5.0–12.0; the method's part is +2 | +1.6." in text
    )
    assert "Total 6.0–13.0 now; the evidence's part is +1." in text
    assert "Rank 1–6 by the earlier method, 1–5 by the later: method 0" in text

    assert "Nothing old answers 1.1.1/board" in text
    assert "No place in the later method: 1.3.2/battery." in text
    assert "+3 | +2.6" not in text, "the sum of both parts"
    assert "Total 3.0–10.4 to" not in text


@pytest.mark.parametrize("company", [None, "beta"])
def test_across_methods_the_answer_itself_says_that_nothing_is_comparable(
    seasons: Workspace, company: str | None
) -> None:
    """Above the figures, for whoever reads no notes."""
    whole = change(seasons, "season-1", "season-2b")
    text = ChangeText(whole, seasons.store.entities, "en")
    parts = text.overview() if company is None else text.company(company_change(whole, company))
    assert [str(part) for part in parts][1] == (
        "Different methods: totals and ranks of season-1 are not comparable with those of "
        "season-2b."
    )


def test_across_methods_no_arrow_leads_from_rank_to_rank(seasons: Workspace) -> None:
    text = printed(seasons, "season-2b")
    assert "→" not in text
    assert "Beta 3.0–10.4 1–6 +2 | +1.6 5.0–12.0 +1 6.0–13.0 1–5 0" in text


def test_it_speaks_chinese_where_the_files_do(seasons: Workspace) -> None:
    assert printed(seasons, "season-2", "alpha", "zh") != printed(seasons, "season-2", "alpha")


@pytest.mark.parametrize("later", ["season-2", "season-2b"])
def test_data_add_up_exactly(seasons: Workspace, later: str) -> None:
    whole = change(seasons, "season-1", later)
    rows = list(csv.DictReader(io.StringIO(csv_text(change_records(whole)))))
    answer = json.loads(change_json(whole, ["note"]))
    assert answer["parts"] == rows
    for entry in whole.companies:
        mine = [row for row in rows if row["company"] == entry.company]
        deltas = (Delta(Fraction(r["low"]), Fraction(r["high"])) for r in mine)
        assert Delta.total(deltas) == Delta.between(entry.old, entry.new)
    alone = change_records(whole, "beta")
    assert {record["company"] for record in alone} == {"beta"}
    assert [c["company"] for c in json.loads(change_json(whole, [], "beta"))["companies"]] == [
        "beta"
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(7, 5), "+1.4"),
        (Fraction(-3, 5), "-0.6"),
        (Fraction(0), "0"),
        (Fraction(1, 3), "+1/3"),
    ],
)
def test_changes_have_a_sign(value: Fraction, text: str) -> None:
    assert signed(value) == text


def test_two_ends_stand_side_by_side() -> None:
    assert delta_text(Delta(Fraction(1), Fraction(1))) == "+1"
    assert delta_text(Delta(Fraction(1), Fraction(-2))) == "+1 | -2"
    assert shift_text(added_shifts(Shift(-1, 0), Shift(0, 2))) == "-1 | +2"


def test_many_names_are_cut_and_the_rest_counted(seasons: Workspace) -> None:
    whole = change(seasons, "season-1", "season-2b")
    names = tuple(f"1.1.{n}/new" for n in range(1, 16))
    many = replace(whole, carrying=replace(whole.carrying, unanswered=names))
    (said,) = [
        line
        for line in ChangeText(many, seasons.store.entities, "en").notes()
        if line.startswith("Nothing old answers")
    ]
    assert "1.1.12/new and 3 others" in said
    assert "1.1.13/new" not in said
