from __future__ import annotations

from dataclasses import replace

from cati.model.review import CompanyReview
from cati.report.data.evidence import (
    challenge_records,
    disclosure_records,
    evidence_records,
    indicator_codes,
    source_records,
    told_disclosures,
)
from cati.report.data.fields import (
    challenges_fields,
    disclosures_fields,
    evidence_fields,
    sources_fields,
)
from cati.report.edition import Edition
from cati.workspace import Workspace

DECISION = {"outcome": "rejected", "reason": "Too late.", "by": "Wen", "date": "2024-09-02"}


def test_evidence_leads_from_disclosure_to_document(edition: Edition) -> None:
    disclosures = {record["disclosure"]: record for record in disclosure_records(edition)}
    sources = {record["source"]: record for record in source_records(edition)}
    places = list(evidence_records(edition))
    assert {place["disclosure"] for place in places} == set(disclosures)
    assert {place["source"] for place in places} <= set(sources)
    assert {place["original"] for place in places} - {""} <= set(sources)


def test_only_what_bears_on_the_methodology_is_told(edition: Edition) -> None:
    for reference, disclosure in told_disclosures(edition).items():
        codes = indicator_codes(edition, disclosure)
        assert codes, reference
        assert all(edition.methodology.indicator(code) for code in codes)
    other = replace(edition, methodology=edition.methodologies["corporate-2023"])
    assert told_disclosures(other).keys() != told_disclosures(edition).keys()


def test_records_have_the_documented_fields_in_their_order(edition: Edition) -> None:
    for records, fields in (
        (disclosure_records(edition), disclosures_fields()),
        (evidence_records(edition), evidence_fields()),
        (source_records(edition), sources_fields()),
        (challenge_records(challenged(edition)), challenges_fields()),
    ):
        assert list(next(records)) == [field["name"] for field in fields]


def challenged(edition: Edition) -> Edition:
    """With two decided challenges of a company, one of them without its consent."""
    review = CompanyReview.model_validate(
        {
            "format": 1,
            "evaluation": edition.evaluation.id,
            "company": "byd",
            "challenges": [
                {
                    "id": f"c{number}",
                    "stage": "review",
                    "criterion": "1.1.1/a",
                    "received": "2024-09-01",
                    "answer": "unknown",
                    "text": text,
                    "consent": number == 1,
                    "decision": DECISION,
                }
                for number, text in enumerate(("Kept.", "Told."))
            ],
        }
    )
    store = replace(edition.store, replies={edition.evaluation.id: {"byd": review}})
    return replace(edition, workspace=Workspace(store))


def test_only_challenges_with_consent_are_told(edition: Edition) -> None:
    (record,) = challenge_records(challenged(edition))
    assert (record["company"], record["text"], record["reason"]) == ("byd", "Told.", "Too late.")
    assert "Wen" not in record.values()
