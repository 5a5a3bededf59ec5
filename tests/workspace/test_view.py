"""What follows from the files of an evaluation is worked out once."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from cati.model.evidence import Disclosure
from cati.model.standing import Standing, Standings
from cati.report.publish import publish
from cati.scoring.published import Derivation, Deriver
from cati.workspace import Workspace
from tests.conftest import Spoilable
from tests.six import NAME, six_companies


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each disclosure is judged, by the real judge."""
    counted: Counter[str] = Counter()
    judge = Standings.of

    def counting(self: Standings, reference: str, disclosure: Disclosure) -> Standing:
        counted[reference] += 1
        return judge(self, reference, disclosure)

    monkeypatch.setattr(Standings, "of", counting)
    return counted


def test_standings_are_judged_once_whatever_is_asked(
    root: Path, judged: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    derived: list[object] = []
    derive = Deriver.derive

    def counting(self: Deriver, *arguments: object) -> Derivation:
        derived.append(arguments)
        return derive(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Deriver, "derive", counting)
    workspace = Workspace.open(root)
    workspace.standings(NAME)
    workspace.reasons(NAME)
    workspace.assess(NAME, {"scope12": Decimal(50), "scope3": Decimal(50)})
    workspace.backings(NAME)
    workspace.score(NAME)
    workspace.verify(NAME)
    workspace.score(NAME, shares={"scope12": Decimal(50), "scope3": Decimal(50)})
    assert set(judged) == set(workspace.store.disclosures)
    assert set(judged.values()) == {1}
    assert len(derived) == 1


@pytest.mark.slow
def test_a_report_judges_what_it_publishes_once(tmp_path: Path, judged: Counter[str]) -> None:
    workspace = six_companies(tmp_path).open()
    publish(workspace, NAME, draft=True)
    assert set(judged) == set(workspace.store.disclosures)
    assert set(judged.values()) == {1}


def test_other_shares_are_another_score_and_the_same_shares_the_same(real: Workspace) -> None:
    half = {"scope12": Decimal(50), "scope3": Decimal(50)}
    assert real.score(NAME) is real.score(NAME)
    assert real.score(NAME, shares=half) is real.score(NAME, shares=dict(half))
    assert real.score(NAME, shares=half).factors != real.score(NAME).factors
    assert real.assess(NAME) is not real.assess(NAME, as_if_published=True)


def test_a_workspace_that_is_opened_again_sees_what_was_written(tiny: Spoilable) -> None:
    before = tiny.open()
    assert before.verify("first").problems == ()
    tiny.change("reports/first/published.csv", "13.3", "13.5")
    assert before.verify("first").problems == ()
    assert tiny.open().verify("first").problems != ()
