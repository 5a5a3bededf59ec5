"""Windows, replies and contacts: what must hold beyond types."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from cati.model.assessment import Verdict
from cati.model.review import (
    CompanyReview,
    Review,
    check_company_review,
    check_review,
    verdict_mark,
)
from tests.conftest import Spoilable

WINDOWS = [
    {"stage": "review", "opens": "2024-07-01", "closes": "2024-07-31", "decide_by": "2024-08-15"},
    {"stage": "appeal", "opens": "2024-08-16", "closes": "2024-08-31", "decide_by": "2024-09-15"},
]
CHALLENGE: dict[str, Any] = {
    "id": "c1",
    "stage": "review",
    "criterion": "1.1.1/said",
    "received": "2024-07-20",
    "answer": "not_met",
    "text": "It does.",
}
DECISION = {"outcome": "rejected", "reason": "No.", "by": "Wen", "date": "2024-08-01"}


def review(windows: list[dict[str, str]], evidence: str = "cutoff") -> Review:
    return Review.model_validate({"format": 1, "evidence": evidence, "windows": windows})


def found(tiny: Spoilable, windows: list[dict[str, str]]) -> list[str]:
    evaluation = tiny.open().evaluation("first")
    return [
        f"{'.'.join(map(str, f.path))}: {f.expected}; {f.found}"
        for f in check_review(review(windows), evaluation)
    ]


def test_windows_in_order_are_fine(tiny: Spoilable) -> None:
    assert found(tiny, WINDOWS) == []
    assert found(tiny, WINDOWS[:1]) == []


@pytest.mark.parametrize(
    ("window", "change", "said"),
    [
        (0, {"opens": "2024-06-30"}, "windows.0.opens: a day after 2024-06-30, the cut-off date; "),
        (0, {"closes": "2024-06-30"}, "windows.0.closes: a day not before 2024-07-01, when it op"),
        (1, {"decide_by": "2024-08-30"}, "windows.1.decide_by: a day not before 2024-08-31, whe"),
        (1, {"opens": "2024-07-31"}, "windows.1.opens: a day after 2024-07-31, when the first one"),
        (1, {"stage": "review"}, "windows.1.stage: appeal; review"),
    ],
)
def test_what_is_wrong_with_a_window_is_told(
    tiny: Spoilable, window: int, change: dict[str, str], said: str
) -> None:
    windows = [dict(entry) for entry in WINDOWS]
    windows[window].update(change)
    (finding,) = found(tiny, windows)
    assert finding.startswith(said)


def test_a_third_window_is_too_many(tiny: Spoilable) -> None:
    third = {**WINDOWS[1], "opens": "2024-10-01", "closes": "2024-10-02", "decide_by": "2024-10-03"}
    assert found(tiny, [*WINDOWS, third]) == ["windows.2.stage: at most two windows; appeal"]


def test_the_rule_on_evidence_decides_the_last_day(tiny: Spoilable) -> None:
    evaluation = tiny.open().evaluation("first")
    assert review(WINDOWS).evidence_until(evaluation) == evaluation.cutoff
    later = review(WINDOWS, "window").evidence_until(evaluation)
    assert later == datetime.date(2024, 7, 31)
    with pytest.raises(ValidationError):
        review(WINDOWS, "whenever")


def company(*challenges: dict[str, Any], **more: Any) -> list[str]:
    values = {"format": 1, "evaluation": "first", "company": "alpha", "challenges": challenges}
    model = CompanyReview.model_validate({**values, **more})
    return [
        f"{'.'.join(map(str, f.path))}: {f.expected}; {f.found}"
        for f in check_company_review(model, "first", "alpha", ["1.1.1/said"])
    ]


APPEAL = {**CHALLENGE, "id": "c2", "stage": "appeal", "appeals": "c1"}


def test_decided_challenges_and_appeals_are_fine() -> None:
    decided = {**CHALLENGE, "decision": DECISION}
    other = {**APPEAL, "decision": {**DECISION, "by": "Bo"}}
    assert company(decided, other) == []


@pytest.mark.parametrize(
    ("challenges", "said"),
    [
        ([{**CHALLENGE, "criterion": "9.9.9/none"}], "challenges.0.criterion: a criterion of the"),
        ([CHALLENGE, CHALLENGE], "challenges.1.id: each id once; c1 a second time"),
        ([{**CHALLENGE, "appeals": "c1"}], "challenges.0.appeals: the challenge whose decision"),
        ([CHALLENGE, APPEAL], "challenges.1.appeals: a decided challenge; 'c1'"),
        (
            [{**CHALLENGE, "decision": {**DECISION, "changed": "2024-08-01"}}],
            "challenges.0.decision.changed: none where rejected",
        ),
        (
            [{**CHALLENGE, "decision": {**DECISION, "outcome": "accepted"}}],
            "challenges.0.decision.changed: none where rejected, else the day of the change; noth",
        ),
        (
            [{**CHALLENGE, "decision": {**DECISION, "date": "2024-07-19"}}],
            "challenges.0.decision.date: a day not before 2024-07-20",
        ),
        (
            [
                {**CHALLENGE, "decision": DECISION},
                {**APPEAL, "decision": {**DECISION, "by": "wEN "}},
            ],
            "challenges.1.decision.by: another person than Wen, who decided before; 'wEN '",
        ),
    ],
)
def test_what_does_not_fit_is_told(challenges: list[dict[str, Any]], said: str) -> None:
    findings = company(*challenges)
    assert any(finding.startswith(said) for finding in findings), findings


def test_a_file_in_the_wrong_place_is_noticed() -> None:
    assert company(company="beta") == ["company: alpha, by the file's name; 'beta'"]


def test_a_mark_changes_with_the_answer_and_not_with_its_level() -> None:
    verdict = Verdict.model_validate(
        {
            "criterion": "1.1.1/said",
            "answer": "not_met",
            "assessor": "Li",
            "date": "2024-06-10",
        }
    )
    mark = verdict_mark(verdict)
    assert verdict_mark(verdict.model_copy(update={"level": "company_reviewed"})) == mark
    for change in ({"answer": "unknown"}, {"rationale": "So."}, {"disclosures": ("alpha/x",)}):
        assert verdict_mark(verdict.model_copy(update=change)) != mark
    assert verdict_mark(None) is None


def test_what_is_only_proposed_has_no_mark() -> None:
    proposed = Verdict.model_validate(
        {
            "criterion": "1.1.1/said",
            "answer": "unknown",
            "proposed": {"evaluation": "first", "answer": "met"},
            "assessor": "Li",
            "date": "2024-06-10",
        }
    )
    assert verdict_mark(proposed) is None
    assert verdict_mark(proposed.model_copy(update={"answer": "met"})) is not None
