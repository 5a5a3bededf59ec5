"""What must not be published yet is refused, with every reason and no private word."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from cati.report.release import NotReleasableError, obstacles, require_release
from cati.workspace import Workspace
from tests.analysis.seasons import two_seasons, write_assessment
from tests.conftest import Spoilable

TODAY = datetime.date(2030, 1, 1)
OPEN_AGAIN = (
    "1.1.1/said",
    "1.1.1/dated",
    "1.2.1/target",
    "1.2.2/progress",
    "1.2.3/credits",
    "1.3.1/platform",
    "1.3.2/steel",
    "1.3.2/battery",
)
"""What Alpha and Beta were asked in the first season."""
REPLY = """\
format: 1
evaluation: first
company: alpha
challenges:
  - id: c1
    stage: review
    criterion: {criterion}
    received: '2024-08-01'
    answer: unknown
    text: Between us and nobody else.
"""
CLAIMS = """\
format: 1
statements:
  - id: all-of-them
    statement: {en: All have more than 99 points., zh: 所有企业都超过99分。}
    expressions: [all(total > 99)]
"""


def open_challenge(workspace: Spoilable) -> str:
    methodology = workspace.open().evaluation("first").methodology
    indicators = workspace.open().methodology(methodology).indicators()
    name = next(f"{i.code}/{c.id}" for i in indicators for r in i.routes for c in r.criteria)
    workspace.write("private/reviews/first/alpha.yaml", REPLY.replace("{criterion}", name))
    return name


def test_nothing_stands_in_the_way_of_the_real_evaluation(real: Workspace) -> None:
    assert list(obstacles(real, "automakers-2024", TODAY)) == []


def test_an_embargo_ends_on_its_day(tiny: Spoilable) -> None:
    tiny.change("reports/first/evaluation.yaml", "bands:", "embargo: '2030-01-01'\nbands:")
    before = TODAY - datetime.timedelta(days=1)
    assert list(obstacles(tiny.open(), "first", before)) == ["under embargo until 2030-01-01"]
    assert list(obstacles(tiny.open(), "first", TODAY)) == []


def test_an_open_challenge_is_named_without_its_text(tiny: Spoilable) -> None:
    criterion = open_challenge(tiny)
    assert list(obstacles(tiny.open(), "first", TODAY)) == [
        f"alpha: challenge c1 on {criterion} has no decision yet"
    ]


def test_a_statement_that_fails_its_check_is_named(tiny: Spoilable) -> None:
    tiny.write("reports/first/claims.yaml", CLAIMS)
    assert list(obstacles(tiny.open(), "first", TODAY)) == [
        "claims.yaml: all-of-them comes to contradicted, expected confirmed"
    ]


def test_points_that_do_not_give_the_printed_table_are_named(tiny: Spoilable) -> None:
    workspace = tiny.open()
    printed = workspace.store.printed["first"]
    row = printed.points[0]
    other = replace(row, points=row.of - row.points)
    spoilt = replace(printed, points=(other, *printed.points[1:]))
    store = replace(workspace.store, printed={"first": spoilt})
    assert any("points.csv" in line for line in obstacles(Workspace(store), "first", TODAY))


def test_what_changed_since_the_season_before_needs_a_reason(tmp_path: Path) -> None:
    root = two_seasons(tmp_path / "w").store.root
    assert list(obstacles(Workspace.open(root), "season-2", TODAY)) == [], "it continues nothing"
    confirmed = {"proposed": {"evaluation": "season-1", "answer": "met"}}
    said = {"1.1.1/said": ("met", ["oldname/pledge"], confirmed)}
    write_assessment(root, "newname", "season-2", **said)
    assert list(obstacles(Workspace.open(root), "season-2", TODAY)) == [
        "alpha: changed since season-1 without a reason: 1.2.3/credits, 1.3.2/steel, 1.3.2/battery",
        "beta: changed since season-1 without a reason: 1.3.2/battery",
    ]
    told = {name: ("unknown", [], {"rationale": "Its page is gone."}) for name in OPEN_AGAIN}
    write_assessment(root, "alpha", "season-2", **told)
    write_assessment(root, "beta", "season-2", **told)
    assert list(obstacles(Workspace.open(root), "season-2", TODAY)) == []


def test_all_reasons_are_told_at_once(tiny: Spoilable) -> None:
    open_challenge(tiny)
    tiny.write("reports/first/claims.yaml", CLAIMS)
    tiny.change("reports/first/evaluation.yaml", "bands:", "embargo: '2031-01-01'\nbands:")
    with pytest.raises(NotReleasableError) as caught:
        require_release(tiny.open(), "first", TODAY, tiny.root / "reports/first/out")
    assert len(caught.value.obstacles) == 3
    message = str(caught.value)
    assert all(obstacle in message for obstacle in caught.value.obstacles)
    assert "--draft" in message
    assert "Between us" not in message
    assert "earlier run" not in message


def test_what_an_earlier_run_left_is_named(tiny: Spoilable, tmp_path: Path) -> None:
    tiny.change("reports/first/evaluation.yaml", "bands:", "embargo: '2031-01-01'\nbands:")
    folder = tmp_path / "out-assessed"
    folder.mkdir()
    with pytest.raises(NotReleasableError) as caught:
        require_release(tiny.open(), "first", TODAY, folder)
    assert str(caught.value).splitlines()[1:] == [
        "  under embargo until 2031-01-01",
        "  out-assessed/ of an earlier run is still there: do not pass it on",
    ]
