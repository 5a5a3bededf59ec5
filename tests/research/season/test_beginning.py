"""A new season proposes what was answered, takes nothing over, and says what has grown old."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from cati.model.evidence import Disclosure
from cati.model.source import Source
from cati.problems import ProblemsError, UsageError
from cati.research.season.beginning import (
    Season,
    described_until,
    plan_season,
    write_season,
    years_after,
)
from cati.workspace import Workspace
from tests.conftest import Spoilable
from tests.research.tiny_season import answered

TODAY = datetime.date(2025, 8, 1)
GUIDANCE = """\
        guidance:
          counts: {en: Words., zh: 文字。}
          does_not_count: {en: Silence., zh: 沉默。}
          sources: {en: Reports., zh: 报告。}
          max_age_years: 1
"""


def plan(workspace: Spoilable, cutoff: datetime.date | None = None) -> Season:
    return plan_season(workspace.open(), "second", "first", TODAY, by="Wen", cutoff=cutoff)


def files(root: Path) -> dict[str, bytes]:
    return {
        p.relative_to(root).as_posix(): p.read_bytes()
        for p in root.rglob("*")
        if p.is_file() and not p.name.startswith(".")
    }


# What is carried over


def test_answers_become_proposals_with_their_evidence_and_reasons(tiny: Spoilable) -> None:
    season = plan(answered(tiny))
    said, dated = season.assessments["alpha"].verdicts
    assert (said.criterion, said.answer, said.disclosures) == (
        "1.1.1/said",
        "unknown",
        ("alpha/pledge",),
    )
    assert (said.rationale, said.assessor, said.date) == ("Page 3 says it.", "Wen", TODAY)
    assert (said.level, said.history) == ("unverified", ())
    assert said.proposed is not None
    assert (said.proposed.evaluation, said.proposed.answer) == ("first", "met")
    assert dated.answer == "unknown"
    assert dated.proposed is not None
    assert dated.proposed.answer == "not_met"


def test_where_nothing_was_found_every_criterion_is_proposed_as_not_met(tiny: Spoilable) -> None:
    beta = plan(answered(tiny)).assessments["beta"]
    assert beta.no_disclosure == ()
    assert [verdict.criterion for verdict in beta.verdicts] == ["1.1.1/said", "1.1.1/dated"]
    for verdict in beta.verdicts:
        assert verdict.rationale == "Nothing found; looked in: its website; the annual report"
        assert verdict.proposed is not None
        assert verdict.proposed.answer == "not_met"


def test_what_was_unknown_is_counted_and_not_proposed(tiny: Spoilable) -> None:
    season = plan(answered(tiny))
    assert sorted(season.assessments) == ["alpha", "beta"]
    assert season.not_carried == 1
    assert [proposal.answer for proposal in season.proposals] == ["met", *["not_met"] * 3]


def test_a_proposal_is_worth_nothing_until_it_is_confirmed(tiny: Spoilable) -> None:
    workspace = answered(tiny).open()
    write_season(workspace, plan(tiny))
    assert [p for p in tiny.open().check() if p.severity == "error"] == []
    card = tiny.open().score("second")
    for company in card.companies:
        assert (card.total(company).low, card.total(company).high) == (0, 24)
        assert card.coverage(company) == 0


def test_what_is_done_and_not_published_is_proposed_as_not_met(assessed: Spoilable) -> None:
    answered(assessed)
    assessed.change("reports/first/evaluation.yaml", "bands:", "self_assessment: true\nbands:")
    assessed.change(
        "companies/alpha/assessments/first.yaml", "answer: not_met", "answer: unpublished"
    )
    season = plan(assessed)
    assert season.evaluation.self_assessment
    verdict = season.assessments["alpha"].verdicts[1]
    assert verdict.proposed is not None
    assert verdict.proposed.answer == "not_met"
    assert verdict.rationale == "done and not published in first"


# The evaluation


def test_the_evaluation_keeps_its_questions_and_leaves_its_season(tiny: Spoilable) -> None:
    tiny.change("reports/first/evaluation.yaml", "bands:", "shares: {own: 40, chain: 60}\nbands:")
    answered_one = answered_unprinted(tiny)
    season = plan(answered_one)
    earlier = tiny.open().evaluation("first")
    new = season.evaluation
    assert (new.id, new.cutoff, new.basis) == ("second", datetime.date(2025, 6, 30), "assessed")
    assert (new.scope, new.reasons, new.shares, new.methodology) == (
        earlier.scope,
        earlier.reasons,
        earlier.shares,
        earlier.methodology,
    )
    assert (new.published, new.contact, new.note) == (None, (), None)
    assert new.name.en == "First evaluation (second)"


def answered_unprinted(tiny: Spoilable) -> Spoilable:
    """The printed table was made with other shares, so it has to go."""
    file = "reports/first/evaluation.yaml"
    text = tiny.read(file).replace("basis: published", "basis: assessed")
    start = text.index("published:\n")
    tiny.write(file, text[:start] + text[text.index("shares:") :])
    for name in ("published.csv", "points.csv"):
        (tiny.root / "reports/first" / name).unlink()
    return answered(tiny)


def test_the_year_in_the_name_goes_on(tiny: Spoilable) -> None:
    answered(tiny)
    tiny.change(
        "reports/first/evaluation.yaml",
        "{en: First evaluation, zh: 首次评价}",
        "{en: 'Cars, 2024', zh: 2024年汽车}",
    )
    name = plan(tiny).evaluation.name
    assert (name.en, name.zh) == ("Cars, 2025", "2025年汽车")


def test_the_notice_of_a_printed_table_stays_behind(tiny: Spoilable) -> None:
    answered(tiny)
    tiny.change("indicators/tiny/methodology.yaml", "Made up for tests.", "Made up as well.")
    assert plan(tiny).evaluation.notice.en == "Made up as well."


def test_a_season_for_some_companies_has_only_theirs(tiny: Spoilable) -> None:
    answered(tiny)
    season = plan_season(tiny.open(), "second", "first", TODAY, companies=["Alpha Motors", "gamma"])
    assert [entry.company for entry in season.evaluation.scope] == ["alpha", "gamma"]
    assert sorted(season.assessments) == ["alpha"]
    write_season(tiny.open(), season)
    assert [p for p in tiny.open().check() if p.severity == "error"] == []


def test_a_company_that_was_not_evaluated_before_is_refused_with_the_way(tiny: Spoilable) -> None:
    with pytest.raises(UsageError, match=r"found press: add them to the new evaluation\.yaml"):
        plan_season(tiny.open(), "second", "first", TODAY, companies=["press"])


def test_answers_about_a_company_that_left_the_scope_are_named_with_the_mend(
    tiny: Spoilable,
) -> None:
    write_season(answered(tiny).open(), plan(tiny))
    text = tiny.read("reports/second/evaluation.yaml")
    tiny.write(
        "reports/second/evaluation.yaml",
        "".join(line for line in text.splitlines(keepends=True) if "company: beta" not in line),
    )
    (problem,) = tiny.open().check()
    assert problem.file == "companies/beta/assessments/second.yaml"
    assert problem.hint == (
        "put it back into the scope, or delete this file; it holds nothing but proposals"
    )


def test_texts_of_the_earlier_season_are_to_be_confirmed(tiny: Spoilable) -> None:
    tiny.change(
        "reports/first/evaluation.yaml",
        "bands:",
        "publisher:\n  name: {en: North, zh: 北方}\n  url: https://north.example/2024\nbands:",
    )
    tiny.change("reports/first/evaluation.yaml", "{en: Sales,", "{en: Best 500 of 2023,")
    season = plan(answered(tiny))
    assert season.evaluation.to_confirm == ("publisher.url", "reasons.sales")
    write_season(tiny.open(), season)
    warned = [str(p) for p in tiny.open().check() if "to_confirm" in p.hint]
    assert len(warned) == 2
    assert "publisher.url: expected a text of this season that somebody has confirmed" in warned[0]
    assert "found 'Best 500 of 2023'" in warned[1]
    assert "take 'reasons.sales' out of to_confirm" in warned[1]
    assert all(p.severity == "warning" for p in tiny.open().check())
    tiny.change(
        "reports/second/evaluation.yaml", "[publisher.url, reasons.sales]", "[reasons.sale]"
    )
    (problem,) = [p for p in tiny.open().check() if p.severity == "error"]
    assert "to_confirm[0]: expected a text of this file" in str(problem)
    assert "did you mean reasons.sales?" in str(problem)


def test_the_embargo_of_the_season_before_is_to_be_confirmed(tiny: Spoilable) -> None:
    tiny.change("reports/first/evaluation.yaml", "basis:", "embargo: '2024-10-15'\nbasis:")
    season = plan(answered(tiny))
    assert season.evaluation.to_confirm == ("embargo",)
    write_season(tiny.open(), season)
    assert any(
        "embargo: expected a text of this season that somebody has confirmed; found '2024-10-15'"
        in str(problem)
        for problem in tiny.open().check()
    )


def test_a_text_that_names_no_number_needs_no_confirmation(tiny: Spoilable) -> None:
    assert plan(answered(tiny)).evaluation.to_confirm == ()


# What has grown old


def reasons(season: Season) -> dict[str, tuple[str, ...]]:
    return {entry.disclosure: entry.reasons for entry in season.expired}


def test_evidence_that_has_run_out_is_listed_with_what_rests_on_it(tiny: Spoilable) -> None:
    (entry,) = plan(answered(tiny)).expired
    assert (entry.disclosure, entry.reasons, entry.codes) == (
        "alpha/dated",
        ("expired",),
        ("1.1.1",),
    )
    assert entry.rests == (("alpha", "1.1.1/dated"),)
    assert plan(tiny).to_look_for == {"1.1.1": ("alpha",)}


def test_before_it_runs_out_it_is_not(tiny: Spoilable) -> None:
    assert plan(answered(tiny), datetime.date(2024, 12, 31)).expired == ()


def test_evidence_that_was_taken_back_or_replaced_is_listed(tiny: Spoilable) -> None:
    answered(tiny)
    file = "companies/alpha/evidence.yaml"
    tiny.write(
        file,
        tiny.read(file).replace("    valid_until: 2024-12-31\n", "    retracted: It was wrong.\n")
        + """\
  - id: newer
    statement: It pledges more.
    indicators: [tiny/1.1.1]
    polarity: supports
    confidence: high
    where: [{source: alpha/page, locator: top}]
    supersedes: {disclosure: alpha/pledge, was: It pledges., reason: A new text.}
""",
    )
    assert tiny.problems() != []  # the first evaluation warns of them too
    assert reasons(plan(tiny)) == {
        "alpha/dated": ("retracted",),
        "alpha/pledge": ("superseded",),
    }


@pytest.mark.parametrize(
    ("cutoff", "too_old"), [("2025-03-31", False), ("2025-04-01", True), ("2024-07-01", False)]
)
def test_evidence_older_than_the_guidance_allows_is_listed(
    tiny: Spoilable, cutoff: str, too_old: bool
) -> None:
    """A document of March 2024 tells of nothing after 31 March 2024."""
    answered(tiny)
    tiny.change("companies/alpha/evidence.yaml", "    valid_until: 2024-12-31\n", "")
    rules = tiny.read("indicators/tiny/1-rules.yaml")
    before = "      - code: 1.1.2"
    tiny.write("indicators/tiny/1-rules.yaml", rules.replace(before, f"{GUIDANCE}{before}"))
    season = plan(tiny, datetime.date.fromisoformat(cutoff))
    expected = {"alpha/pledge": ("too_old",), "alpha/dated": ("too_old",)}
    assert reasons(season) == (expected if too_old else {})


def test_evidence_of_others_counts_where_an_answer_rests_on_it(tiny: Spoilable) -> None:
    answered(tiny)
    for name in ("sources", "evidence"):
        text = tiny.read(f"companies/alpha/{name}.yaml").replace("alpha/", "press/")
        if name == "sources":
            text = tiny.read("companies/press/sources.yaml") + text.partition("sources:\n")[2]
        tiny.write(f"companies/press/{name}.yaml", text)
    assert reasons(plan(tiny)) == {"alpha/dated": ("expired",)}
    tiny.change("companies/alpha/assessments/first.yaml", "[alpha/dated]", "[press/dated]")
    assert reasons(plan(tiny)) == {"alpha/dated": ("expired",), "press/dated": ("expired",)}


def test_renamed_and_merged_companies_of_the_scope_are_named(tiny: Spoilable) -> None:
    answered(tiny)
    relation = "relations:\n  - {kind: %s, to: %s, since: 2025-01, basis: outside_report}\n"
    for company, kind, to in (("beta", "merged_into", "alpha"), ("press", "renamed_from", "gamma")):
        file = f"companies/{company}/company.yaml"
        tiny.write(file, tiny.read(file) + relation % (kind, to))
    found = plan(tiny).successions
    assert [(name, r.kind, r.to) for name, r in found] == [
        ("beta", "merged_into", "alpha"),
        ("press", "renamed_from", "gamma"),
    ]


SOURCE = Source(id="s", kind="other", title="S", language="en", published="2023-05")


@pytest.mark.parametrize(
    ("fields", "until"),
    [
        ({"period": "2022"}, "2022-12-31"),
        ({"figures": [{"value": 1, "unit": "t", "year": "2020-2021"}]}, "2021-12-31"),
        ({"figures": [{"value": 1, "unit": "t", "year": "2030"}]}, "2023-05-31"),
        ({}, "2023-05-31"),
    ],
)
def test_what_a_disclosure_tells_of(fields: dict[str, object], until: str) -> None:
    disclosure = Disclosure.model_validate(
        {
            "id": "d",
            "statement": "S",
            "indicators": ["tiny/1.1.1"],
            "polarity": "supports",
            "confidence": "high",
            "where": [{"source": "a/s", "locator": "1"}],
            **fields,
        }
    )
    found = described_until(disclosure, {"a/s": SOURCE}, datetime.date(2025, 1, 1))
    assert str(found) == until


def test_a_leap_day_has_its_year_too() -> None:
    assert years_after(datetime.date(2024, 2, 29), 1) == datetime.date(2025, 2, 28)
    assert years_after(datetime.date(2024, 2, 29), -4) == datetime.date(2020, 2, 29)


# What is refused, and what is written


@pytest.mark.parametrize(
    ("name", "by", "cutoff", "message"),
    [
        ("first", "Wen", None, "reports/first: expected a new evaluation; it is there already"),
        ("../x", "Wen", None, "the new evaluation: expected an id of lower-case letters"),
        ("second", " ", None, "the name: expected some text; found ' '"),
        ("second", "Wen", datetime.date(2024, 6, 30), "expected a day after 2024-06-30, that of"),
    ],
)
def test_what_makes_no_sense_is_refused(
    tiny: Spoilable, name: str, by: str, cutoff: datetime.date | None, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        plan_season(answered(tiny).open(), name, "first", TODAY, by=by, cutoff=cutoff)


def test_where_answers_come_from_stands_in_for_who_carries_them_over(tiny: Spoilable) -> None:
    season = plan_season(answered(tiny).open(), "second", "first", TODAY)
    verdicts = [verdict for a in season.assessments.values() for verdict in a.verdicts]
    assert {verdict.assessor for verdict in verdicts} == {"carried over from first"}


def test_an_unknown_origin_and_broken_files_are_refused(tiny: Spoilable) -> None:
    with pytest.raises(UsageError, match="no evaluation frist: did you mean first"):
        plan_season(tiny.open(), "second", "frist", TODAY)
    tiny.change("companies/beta/company.yaml", "kind: ", "kind: un")
    with pytest.raises(ProblemsError):
        plan(tiny)


def test_files_are_written_together_or_not_at_all(tiny: Spoilable) -> None:
    workspace = answered(tiny).open()
    season = plan(tiny)
    before = files(tiny.root)
    theirs = "companies/beta/assessments/second.yaml"
    tiny.write(theirs, "format: 1\nevaluation: second\n")
    with pytest.raises(ProblemsError, match="a change by someone else"):
        write_season(workspace, season)
    (tiny.root / theirs).unlink()
    assert files(tiny.root) == before
    written = write_season(workspace, season)
    assert (
        files(tiny.root).keys() - before.keys()
        == set(written)
        == {
            "reports/second/evaluation.yaml",
            "companies/alpha/assessments/second.yaml",
            theirs,
        }
    )


@pytest.mark.slow
def test_the_real_evaluation_goes_on_with_all_of_its_answers(real_copy: Spoilable) -> None:
    workspace = real_copy.open()
    season = plan_season(workspace, "automakers-2025", "automakers-2024", TODAY)
    given = [
        verdict
        for assessment in workspace.store.assessments["automakers-2024"].values()
        for verdict in assessment.verdicts
    ]
    assert len(season.proposals) == len(given) == 115
    carried = {
        (company, verdict.criterion): (verdict.disclosures, verdict.rationale, verdict.proposed)
        for company, assessment in season.assessments.items()
        for verdict in assessment.verdicts
    }
    assert len(carried) == 115
    write_season(workspace, season)
    after: Workspace = real_copy.open()
    assert [p for p in after.check() if p.severity == "error"] == []
    card = after.score("automakers-2025")
    assert len(card.companies) == 51
    assert all(card.coverage(company) == 0 for company in card.companies)
