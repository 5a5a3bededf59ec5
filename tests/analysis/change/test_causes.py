"""Why answers changed in the made-up workspace of two seasons."""

from __future__ import annotations

from pathlib import Path

import pytest

from cati.analysis.change.changes import Cause, ChangedAnswer
from cati.analysis.change.comparing import change, company_change
from tests.analysis.seasons import two_seasons, write_assessment, write_disclosures


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ChangedAnswer]:
    """By company and criterion."""
    whole = change(two_seasons(tmp_path_factory.mktemp("w") / "w"), "season-1", "season-2")
    return {f"{e.company} {a.criterion}": a for e in whole.companies for a in e.answers}


@pytest.mark.parametrize(
    ("answer", "was", "now", "cause", "reason"),
    [
        ("alpha 1.1.1/dated", "not_met", "met", "regraded", "The date stands in the footnote."),
        ("alpha 1.2.1/target", "met", "unknown", "expired", None),
        ("alpha 1.2.1/base", "unknown", "met", "new", "2019 is the base year."),
        ("alpha 1.2.2/progress", "unknown", "not_met", "settled", None),
        ("alpha 1.2.3/credits", "not_met", "unknown", "reopened", None),
        ("alpha 1.3.1/users", "unknown", "met", "new", "200 suppliers use it."),
        ("alpha 1.3.2/steel", "met", "unknown", "reopened", None),
        ("alpha 1.3.2/battery", "unknown", "not_met", "settled", None),
        ("beta 1.2.2/progress", "met", "not_met", "corrected", "Restated."),
        # Public in April 2024, before the first cut-off date:
        ("beta 1.3.2/steel", "not_met", "met", "corrected", "Page 7, overlooked."),
    ],
)
def test_each_change_has_its_cause_and_its_reason(
    told: dict[str, ChangedAnswer],
    answer: str,
    was: str,
    now: str,
    cause: Cause,
    reason: str | None,
) -> None:
    found = told[answer]
    assert (found.was, found.now, found.cause, found.reason) == (was, now, cause, reason)


def test_what_expired_is_named_and_explains_the_change(told: dict[str, ChangedAnswer]) -> None:
    found = told["alpha 1.2.1/target"]
    assert found.uncounted == (("alpha/target", ("expired",)),)
    assert found.is_explained


def test_where_nothing_was_found_is_a_reason(told: dict[str, ChangedAnswer]) -> None:
    found = told["alpha 1.2.2/progress"]
    assert found.looked_in == ("its website",)
    assert found.is_explained


def test_a_change_without_a_reason_is_known_as_such(told: dict[str, ChangedAnswer]) -> None:
    missing = {name for name, answer in told.items() if not answer.is_explained}
    assert missing == {
        "alpha 1.2.3/credits",
        "alpha 1.3.2/steel",
        "alpha 1.3.2/battery",
        "beta 1.3.2/battery",
    }


def test_an_open_answer_that_rested_on_the_same_evidence_is_judged_otherwise(
    tmp_path: Path,
) -> None:
    """It was not open for want of evidence, so nothing was settled without any."""
    workspace = two_seasons(tmp_path / "w")
    root = workspace.store.root
    for company, season, answer in (
        ("oldname", "season-1", "unknown"),
        ("newname", "season-2", "met"),
    ):
        verdicts = {"1.1.1/said": (answer, ["oldname/pledge"], {"rationale": "It says so."})}
        write_assessment(root, company, season, **verdicts)
    whole = change(type(workspace).open(root), "season-1", "season-2")
    (answer_changed,) = company_change(whole, "newname").answers
    assert (answer_changed.was, answer_changed.now) == ("unknown", "met")
    assert answer_changed.cause == "regraded"


def test_evidence_that_came_too_late_before_is_new_now(tmp_path: Path) -> None:
    """The same verdict on the same disclosure, published between the two cut-off dates."""
    workspace = two_seasons(tmp_path / "w")
    root = workspace.store.root
    write_disclosures(root, "oldname", {"id": "pledge", "year": 2025})
    for company, season in (("oldname", "season-1"), ("newname", "season-2")):
        verdicts = {"1.1.1/said": ("met", ["oldname/pledge"], {"rationale": "It says so."})}
        write_assessment(root, company, season, **verdicts)
    whole = change(type(workspace).open(root), "season-1", "season-2")
    (answer,) = company_change(whole, "newname").answers
    assert (answer.was, answer.now, answer.cause) == ("unknown", "met", "new")


def test_a_proposed_answer_waits_and_its_old_rationale_is_no_reason(tmp_path: Path) -> None:
    workspace = two_seasons(tmp_path / "w")
    root = workspace.store.root
    proposed = {"proposed": {"evaluation": "season-1", "answer": "met"}, "rationale": "Old words."}
    for company, disclosure in (("newname", "oldname/pledge"), ("alpha", "alpha/target")):
        name = "1.1.1/said" if company == "newname" else "1.2.1/target"
        verdicts = {name: ("unknown", [disclosure], proposed)}
        write_assessment(root, company, "season-2", **verdicts)
    whole = change(type(workspace).open(root), "season-1", "season-2")
    (answer,) = company_change(whole, "newname").answers
    assert (answer.cause, answer.reason, answer.is_explained) == ("unconfirmed", None, True)
    alpha = {a.criterion: a for a in company_change(whole, "alpha").answers}
    assert alpha["1.2.1/target"].cause == "expired", "what is proposed on expired evidence"


def test_the_last_change_in_the_history_is_the_reason(tmp_path: Path) -> None:
    workspace = two_seasons(tmp_path / "w")
    root = workspace.store.root
    steps = [
        {"who": "A", "when": "2025-07-01", "was": "unknown", "now": "met", "why": "First."},
        {"who": "B", "when": "2025-07-02", "was": "met", "now": "not_met", "why": "Last."},
    ]
    verdict = ("not_met", ["oldname/pledge"], {"history": steps, "rationale": "Another."})
    write_assessment(root, "newname", "season-2", **{"1.1.1/said": verdict})
    whole = change(type(workspace).open(root), "season-1", "season-2")
    (answer,) = company_change(whole, "newname").answers
    assert (answer.cause, answer.reason) == ("regraded", "Last.")
