"""What changed between two evaluations adds up, and is told by its causes."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cati.analysis.change.changes import Delta, EvaluationChange, Leaver, Newcomer
from cati.analysis.change.comparing import change, company_change
from cati.problems import UsageError
from cati.workspace import Workspace
from tests.analysis.seasons import first_indicators, two_seasons, write_assessment
from tests.conftest import Spoilable


@pytest.fixture(scope="module")
def seasons(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return two_seasons(tmp_path_factory.mktemp("w") / "w")


def require_sums(whole: EvaluationChange) -> None:
    """Everything that a change says adds up to what the scorecards say."""
    for entry in whole.companies:
        assert entry.old == whole.before.total(entry.was)
        assert entry.new == whole.now.total(entry.company)
        assert Delta.total(part.delta for part in entry.parts) == entry.evidence
        assert Delta.total(entry.by_code().values()) == entry.evidence
        assert entry.method + entry.evidence == Delta.between(entry.old, entry.new)
        if whole.now.basis == "assessed":
            assert Delta.total(entry.by_cause().values()) == entry.evidence
            assert {part.answer for part in entry.parts} <= set(entry.answers)
        if whole.carrying.same_method:
            assert entry.carried == entry.old
        rank = entry.rank
        steps = (rank.method, rank.own, rank.leaving, rank.others, rank.entering)
        assert entry.old_rank.best + sum(s.best for s in steps) == entry.new_rank.best
        assert entry.old_rank.worst + sum(s.worst for s in steps) == entry.new_rank.worst


@pytest.mark.parametrize("later", ["season-2", "season-2b"])
def test_the_parts_of_two_seasons_add_up(seasons: Workspace, later: str) -> None:
    require_sums(change(seasons, "season-1", later))


def test_who_came_went_was_renamed_and_merged(seasons: Workspace) -> None:
    whole = change(seasons, "season-1", "season-2")
    assert {entry.company: entry.was for entry in whole.companies} == {
        "alpha": "alpha",
        "beta": "beta",
        "newname": "oldname",
        "venture": "venture",
    }
    assert whole.entering == (Newcomer("fresh", ()),)
    assert whole.leaving == (Leaver("gone", None), Leaver("small", "beta"))
    assert company_change(whole, "beta").absorbed == ("small",)
    assert company_change(whole, "oldname") is company_change(whole, "newname")


def test_indicators_move_by_what_their_answers_moved(seasons: Workspace) -> None:
    """Alpha by hand, factors 0.6 and 1.4: what the least and the greatest total change by."""
    entry = company_change(change(seasons, "season-1", "season-2"), "alpha")
    assert entry.by_code() == {
        # The target of 2 points expired and is open now; with it the base year counts for nothing.
        "1.2.1": Delta(Fraction("-1.2"), Fraction(0)),
        "1.2.3": Delta(Fraction(0), Fraction("0.6")),
        "1.3.2": Delta(Fraction("-2.8"), Fraction("-2.8")),
        "1.1.1": Delta(Fraction("1.5"), Fraction("1.5")),
        "1.2.2": Delta(Fraction(0), Fraction("-1.8")),
        "1.3.1": Delta(Fraction("2.8"), Fraction(0)),
    }
    still = set(entry.answers) - {part.answer for part in entry.parts}
    assert {answer.criterion for answer in still} == {"1.2.1/base"}


def test_another_method_is_told_apart_from_other_evidence(seasons: Workspace) -> None:
    whole = change(seasons, "season-1", "season-2b")
    entry = company_change(whole, "beta")
    assert not whole.carrying.same_method
    assert entry.old.low == Fraction("0.6") * 5
    assert entry.carried.low == 5
    assert entry.method.low == 2
    assert entry.by_code()["1.3.2"] == Delta(Fraction(4), Fraction(4))
    assert entry.by_code()["1.2.2"] == Delta(Fraction(-3), Fraction(-3))


CRITERIA = [
    f"{i['code']}/{c['id']}"
    for inside in first_indicators().values()
    for i in inside
    for route in i["routes"]
    for c in route["criteria"]
]
EVIDENCE = {"alpha": ["alpha/target", "alpha/base"], "venture": ["alpha/target", "alpha/base"]}


def verdicts(company: str) -> st.SearchStrategy[dict[str, Any]]:
    """Any answers, met ones on evidence that counts, counts later, expires, or is a parent's."""
    met = st.tuples(st.just("met"), st.lists(st.sampled_from(EVIDENCE[company]), min_size=1))
    other = st.tuples(st.sampled_from(["not_met", "unknown"]), st.just([]))
    some = st.dictionaries(st.sampled_from(CRITERIA), met | other)
    return some.map(lambda found: {n: (a, list(dict.fromkeys(d))) for n, (a, d) in found.items()})


@pytest.mark.slow
@given(st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_answered_adds_up(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    root = tmp_path_factory.mktemp("any") / "w"
    two_seasons(root)
    for company in EVIDENCE:
        for season in ("season-1", "season-2"):
            write_assessment(root, company, season, **data.draw(verdicts(company)))
    workspace = Workspace.open(root)
    assert workspace.store.problems == []
    whole = change(workspace, "season-1", "season-2")
    require_sums(whole)
    require_sums(change(workspace, "season-1", "season-2b"))
    before, after = workspace.assess("season-1"), workspace.assess("season-2")
    for entry in whole.companies:
        old, new = before.answers[entry.was], after.answers[entry.company]
        differing = {c for c in CRITERIA if old.answer(c) != new.answer(c)}
        assert differing <= {answer.criterion for answer in entry.answers}


# Printed tables


def with_second_table(tiny: Spoilable, *changes: tuple[str, str]) -> Workspace:
    """The tiny evaluation a year later, with other figures, worked out as ever."""
    for name in ("evaluation.yaml", "published.csv", "points.csv"):
        tiny.write(f"reports/second/{name}", tiny.read(f"reports/first/{name}"))
    tiny.change("reports/second/evaluation.yaml", "id: first", "id: second")
    tiny.change("reports/second/evaluation.yaml", "2024-06-30", "2025-06-30")
    for old, new in changes:
        tiny.change("reports/second/published.csv", old, new)
    workspace = tiny.open()
    workspace.write_points("second", workspace.derive("second"))
    return tiny.open()


def test_printed_points_change_by_blocks_and_nothing_says_why(tiny: Spoilable) -> None:
    """Beta's rules rise from 50 to 75 % of 4 points, which count once."""
    workspace = with_second_table(tiny, ("2,beta,Beta,2.9,50,25", "2,beta,Beta,3.9,75,25"))
    whole = change(workspace, "first", "second")
    require_sums(whole)
    entry = company_change(whole, "beta")
    (part,) = entry.parts
    assert (part.code, part.answer) == ("rules", None)
    assert part.delta == Delta(Fraction(1), Fraction(1))
    gamma = company_change(whole, "gamma")
    assert gamma.parts == ()
    assert gamma.rank.passed_by == ("beta",)
    assert (gamma.rank.own.best, gamma.rank.others.best) == (0, 1)


def test_several_solutions_of_a_printed_row_add_up_too(real_copy: Spoilable) -> None:
    for name in ("evaluation.yaml", "published.csv", "points.csv"):
        text = real_copy.read(f"reports/automakers-2024/{name}")
        real_copy.write(f"reports/later/{name}", text)
    real_copy.change("reports/later/evaluation.yaml", "id: automakers-2024", "id: later")
    real_copy.change("reports/later/evaluation.yaml", "cutoff: '2024", "cutoff: '2025")
    whole = change(real_copy.open(), "automakers-2024", "later")
    require_sums(whole)
    assert len(whole.companies) == 51
    assert all(not entry.parts for entry in whole.companies)


def test_an_open_question_that_is_answered_is_no_loss(seasons: Workspace) -> None:
    """Where ends move apart in intervals that overlap, nothing is known to be lost or won."""
    whole = change(seasons, "season-1", "season-2")
    alpha = company_change(whole, "alpha")
    assert alpha.evidence == Delta(Fraction(3, 10), Fraction(-5, 2))
    assert alpha.is_open


def test_two_evaluations_with_printed_tables_are_compared_by_them(tiny: Spoilable) -> None:
    with_second_table(tiny)
    tiny.change("reports/second/evaluation.yaml", "basis: published", "basis: assessed")
    assert change(tiny.open(), "first", "second").now.basis == "published"


# What is refused


def test_requests_without_sense_are_refused(seasons: Workspace, tiny: Spoilable) -> None:
    with pytest.raises(UsageError, match="two different evaluations"):
        change(seasons, "season-1", "season-1")
    with pytest.raises(UsageError, match="give the earlier one first"):
        change(seasons, "season-2", "season-1")
    with pytest.raises(UsageError, match="no evaluation season-3"):
        change(seasons, "season-1", "season-3")


def test_evaluations_without_a_common_basis_are_refused(tiny: Spoilable) -> None:
    text = tiny.read("reports/first/evaluation.yaml").replace("id: first", "id: second")
    text = text.replace("basis: published", "basis: assessed").replace("2024-06-30", "2025-06-30")
    start, end = text.index("published:\n"), text.index("bands:")
    tiny.write("reports/second/evaluation.yaml", text[:start] + text[end:])
    with pytest.raises(UsageError, match="first is published and second is assessed: a printed"):
        change(tiny.open(), "first", "second")


@pytest.mark.parametrize(
    ("company", "said"),
    [
        ("fresh", "is in season-2 and was not in season-1"),
        ("gone", "was in season-1 and is not in season-2"),
        ("small", "it merged into beta"),
        ("press", "neither in season-1 nor in season-2"),
    ],
)
def test_a_company_in_one_of_the_two_has_no_change_to_tell(
    seasons: Workspace, company: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        company_change(change(seasons, "season-1", "season-2"), company)


@pytest.mark.slow
def test_a_published_season_and_an_assessed_one_are_compared_as_assessed_if_asked(
    real_copy: Spoilable,
) -> None:
    """The real evidence a year later, when Polestar's product footprint is judged otherwise."""
    text = real_copy.read("reports/automakers-2024/evaluation.yaml")
    text = text.replace("id: automakers-2024", "id: automakers-2025")
    text = text.replace("basis: published", "basis: assessed").replace("'2024-07", "'2025-07")
    start, end = text.index("published:\n"), text.index("bands:")
    real_copy.write("reports/automakers-2025/evaluation.yaml", text[:start] + text[end:])
    for path in sorted(real_copy.root.glob("companies/*/assessments/automakers-2024.yaml")):
        later = path.with_name("automakers-2025.yaml")
        content = path.read_text(encoding="utf-8")
        later.write_text(content.replace("automakers-2024", "automakers-2025"), encoding="utf-8")
    file = "companies/polestar/assessments/automakers-2025.yaml"
    real_copy.change(
        file,
        "criterion: 2.3.1/value\n    answer: met",
        "criterion: 2.3.1/value\n    answer: not_met",
    )
    with pytest.raises(UsageError, match="--basis assessed compares the answers of both"):
        change(real_copy.open(), "automakers-2024", "automakers-2025")
    whole = change(real_copy.open(), "automakers-2024", "automakers-2025", "assessed")
    require_sums(whole)
    assert whole.now.basis == "assessed"
    moved = [entry for entry in whole.companies if entry.parts]
    assert [entry.company for entry in moved] == ["polestar"]
    (entry,) = moved
    # Value and several products are lost; what else could stand on the value is out of reach.
    assert entry.by_code() == {"2.3.1": Delta(Fraction(-2), Fraction(-6))}
    assert [answer.cause for answer in entry.answers] == ["regraded"]
    assert not entry.is_open, "a sure loss"
