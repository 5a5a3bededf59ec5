"""What is at hand on companies and indicators, against the files themselves."""

from __future__ import annotations

import pytest

from cati.report.edition import Edition
from cati.report.site.evidence_at_hand import EvidenceAtHand
from cati.workspace import Workspace

EVALUATION = "automakers-2024"


@pytest.fixture(scope="module")
def edition(real: Workspace) -> Edition:
    return Edition.of(real, real.score(EVALUATION), real.reasons(EVALUATION))


@pytest.fixture(scope="module")
def evidence(edition: Edition) -> EvidenceAtHand:
    return EvidenceAtHand(edition)


def test_every_answer_and_disclosure_of_a_company_is_there(
    real: Workspace, edition: Edition, evidence: EvidenceAtHand
) -> None:
    codes = [indicator.code for indicator in edition.methodology.indicators()]
    for company in edition.card.companies:
        expected = set()
        if assessment := real.store.assessments[EVALUATION].get(company):
            expected |= {verdict.criterion.split("/")[0] for verdict in assessment.verdicts}
            expected |= {entry.code for entry in assessment.no_disclosure}
        for reference, disclosure in real.store.disclosures.items():
            if reference.split("/")[0] == company:
                questions = [question.split("/") for question in disclosure.indicators]
                expected |= {c for name, c in questions if name == edition.methodology.id}
        found = evidence.of(company)
        assert set(found) == expected
        assert list(found) == [code for code in codes if code in expected]


def test_by_indicator_it_is_the_same_in_the_order_of_the_ranking(
    edition: Edition, evidence: EvidenceAtHand
) -> None:
    found = evidence.on("2.2.1")
    assert list(found) == [c for c in edition.card.order if "2.2.1" in evidence.of(c)]
    assert "geely-auto" in found


def test_every_company_is_counted_once_on_every_criterion(
    edition: Edition, evidence: EvidenceAtHand
) -> None:
    for indicator in edition.methodology.indicators():
        for route in evidence.tallies(indicator):
            for tally in route:
                assert tally.met + tally.not_met + tally.unknown == 51


def test_examples_rest_on_evidence_that_counts(edition: Edition, evidence: EvidenceAtHand) -> None:
    (tallies,) = evidence.tallies(edition.methodology.indicator("2.2.1"))
    hotspots = next(tally for tally in tallies if tally.criterion.id == "hotspots")
    assert "geely-auto" in [company for company, _ in hotspots.examples]
    for _, reason in hotspots.examples:
        assert any(cited.backing.counts for cited in reason.cited)


def test_without_assessments_nothing_is_at_hand(real: Workspace) -> None:
    bare = EvidenceAtHand(Edition.of(real, real.score(EVALUATION)))
    assert bare.of("geely-auto") == {}
