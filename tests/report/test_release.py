"""What must not be published yet is refused, with every reason and no private word."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from cati.model.methodology import criterion_names
from cati.problems import UsageError
from cati.report.release import NotReleasableError, lacking, obstacles, require_release
from cati.research.errata import keep_first
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


def require(workspace: Spoilable, *, incomplete: bool = False) -> None:
    opened = workspace.open()
    folder, card = workspace.root / "reports/first/out", opened.score("first")
    require_release(opened, "first", TODAY, folder, card, incomplete=incomplete)


def answered(workspace: Spoilable, settled: str, **companies: str) -> None:
    """Every criterion not met, a twelfth of all points, but for one of those named."""
    workspace.change(
        "reports/first/evaluation.yaml", "basis: assessed", f"basis: assessed{settled}"
    )
    opened = workspace.open()
    methodology = opened.methodology(opened.evaluation("first").methodology)
    names = [name for i in methodology.indicators() for name in criterion_names(i)]
    for entry in opened.evaluation("first").scope:
        lines = ["format: 1\nevaluation: first\nverdicts:"]
        for name in names:
            one = name == names[0] and entry.company in companies
            state = companies[entry.company] if one else "answer: not_met, rationale: Not there."
            lines.append(f"  - {{criterion: {name}, {state}, assessor: Wen, date: '2024-07-01'}}")
        file = f"companies/{entry.company}/assessments/first.yaml"
        workspace.write(file, "\n".join([*lines, ""]))


PROPOSED = "answer: unknown, proposed: {evaluation: first, answer: met}"


def test_no_assessed_ranking_is_final_without_a_stated_share(assessed: Spoilable) -> None:
    answered(assessed, "")
    assert assessed.problems() == []
    with pytest.raises(NotReleasableError) as caught:
        require(assessed)
    stated, way_out = caught.value.obstacles
    assert stated.startswith("reports/first/evaluation.yaml: expected 'settled', the least share")
    assert "--incomplete" in way_out
    require(assessed, incomplete=True)


def test_companies_with_less_settled_than_stated_are_named(assessed: Spoilable) -> None:
    answered(assessed, "\nsettled: 8", alpha="answer: unknown")
    with pytest.raises(NotReleasableError) as caught:
        require(assessed)
    assert caught.value.obstacles[0] == (
        "less than 8 % of the points are settled, of 1 of 3 companies: alpha 6 %"
    )
    assessed.change("reports/first/evaluation.yaml", "settled: 8", "settled: 5")
    require(assessed)


def test_proposals_that_nobody_confirmed_are_counted(assessed: Spoilable) -> None:
    answered(assessed, "\nsettled: 1", beta=PROPOSED)
    workspace = assessed.open()
    assert list(lacking(workspace, workspace.score("first"))) == [
        "proposed answers that nobody has confirmed: 1, in 1 of 3 companies: beta; "
        "'cati confirm first' confirms many"
    ]


def test_what_is_complete_is_not_called_incomplete(assessed: Spoilable) -> None:
    answered(assessed, "\nsettled: 8")
    require(assessed)
    with pytest.raises(UsageError, match="leave out --incomplete"):
        require(assessed, incomplete=True)


def test_incomplete_lifts_nothing_else(assessed: Spoilable) -> None:
    answered(assessed, "")
    assessed.change("reports/first/evaluation.yaml", "bands:", "embargo: '2031-01-01'\nbands:")
    with pytest.raises(NotReleasableError) as caught:
        require(assessed, incomplete=True)
    assert caught.value.obstacles == ("under embargo until 2031-01-01",)


def test_a_printed_ranking_lacks_nothing(tiny: Spoilable) -> None:
    assert list(lacking(tiny.open(), tiny.open().score("first"))) == []


def test_a_report_must_be_the_edition_that_is_kept(tiny: Spoilable) -> None:
    keep_first(tiny.open(), "first", "Wen", TODAY)
    assert list(obstacles(tiny.open(), "first", TODAY)) == []
    tiny.change("reports/first/evaluation.yaml", "basis:", "shares: {own: 50, chain: 50}\nbasis:")
    tiny.print_with_equal_weights()
    differs, mend = obstacles(tiny.open(), "first", TODAY)
    assert differs.startswith(
        "not edition 1 any more, which is kept: reports/first/evaluation.yaml"
    )
    assert "alpha" in differs.partition("another total or rank: ")[2]
    assert "'cati erratum add first'" in mend
    assert "'cati edition restore first 1 DIR'" in mend


def test_a_kept_edition_that_is_lost_stands_in_the_way(tiny: Spoilable) -> None:
    keep_first(tiny.open(), "first", "Wen", TODAY)
    (tiny.root / "reports/first/editions/1.zip").unlink()
    (lost,) = obstacles(tiny.open(), "first", TODAY)
    assert lost == "reports/first/editions/1.zip: expected the kept edition; found no file"


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
        require(tiny)
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
    workspace = tiny.open()
    with pytest.raises(NotReleasableError) as caught:
        require_release(workspace, "first", TODAY, folder, workspace.score("first"))
    assert str(caught.value).splitlines()[1:] == [
        "  under embargo until 2031-01-01",
        "  out-assessed/ of an earlier run is still there: do not pass it on",
    ]
