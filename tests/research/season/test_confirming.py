"""Many proposals are confirmed at once, by a person and for a reason, and nothing else is."""

from __future__ import annotations

import datetime

import pytest

from cati.problems import UsageError
from cati.research.season.beginning import plan_season, write_season
from cati.research.season.confirming import Confirmed, plan_confirmation, write_confirmation
from tests.conftest import Spoilable
from tests.research.tiny_season import answered

TODAY = datetime.date(2025, 8, 2)
REASON = "Read again in the reports of 2025."


@pytest.fixture
def season(tiny: Spoilable) -> Spoilable:
    """The second season: four proposals, one of them on evidence that has run out."""
    day = datetime.date(2025, 8, 1)
    write_season(answered(tiny).open(), plan_season(tiny.open(), "second", "first", day))
    return tiny


def plan(workspace: Spoilable, **only: list[str]) -> Confirmed:
    return plan_confirmation(workspace.open(), "second", "Li", REASON, TODAY, **only)


def test_proposals_are_answered_as_proposed_with_the_reason(season: Spoilable) -> None:
    confirmed = plan(season)
    assert [(c, v.criterion, v.answer) for c, v in confirmed.answers] == [
        ("alpha", "1.1.1/said", "met"),
        ("beta", "1.1.1/said", "not_met"),
        ("beta", "1.1.1/dated", "not_met"),
    ]
    write_confirmation(season.open(), confirmed)
    workspace = season.open()
    assert [p for p in workspace.check() if p.severity == "error"] == []
    said = workspace.store.assessments["second"]["alpha"].verdicts[0]
    assert (said.assessor, said.date, said.disclosures) == ("Li", TODAY, ("alpha/pledge",))
    (change,) = said.history
    assert (change.who, change.was, change.now, change.why) == ("Li", "unknown", "met", REASON)
    assert change.assessor == "carried over from first"
    assert workspace.score("second").coverage("beta") > 0


def test_what_rests_on_evidence_that_does_not_count_is_left(season: Spoilable) -> None:
    confirmed = plan(season)
    assert confirmed.left == (("alpha", "1.1.1/dated"),)
    write_confirmation(season.open(), confirmed)
    dated = season.open().store.assessments["second"]["alpha"].verdicts[1]
    assert dated.is_proposal


def test_only_what_is_asked_for_and_untouched_is_confirmed(season: Spoilable) -> None:
    only = plan(season, companies=["Alpha Motors"])
    assert {company for company, _ in only.answers} == {"alpha"}
    assert sorted(only.assessments) == ["alpha"]
    write_confirmation(season.open(), only)
    again = plan(season)
    assert {company for company, _ in again.answers} == {"beta"}
    with pytest.raises(UsageError, match="no proposed answer waits"):
        plan(season, indicators=["2"])


@pytest.mark.parametrize(
    ("only", "said"),
    [
        ({"companies": ["press"]}, "second: not in its scope: press"),
        ({"indicators": ["9.9.9"]}, "no code 9.9.9 in tiny"),
        ({"companies": ["Nobody at all"]}, "no company of the name"),
    ],
)
def test_requests_without_sense_are_refused(
    season: Spoilable, only: dict[str, list[str]], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        plan(season, **only)


def test_a_confirmation_needs_a_name_and_a_reason(season: Spoilable) -> None:
    for by, reason, what in ((" ", REASON, "--by"), ("Li", "", "--reason")):
        with pytest.raises(UsageError, match=f"{what}: expected some text"):
            plan_confirmation(season.open(), "second", by, reason, TODAY)
