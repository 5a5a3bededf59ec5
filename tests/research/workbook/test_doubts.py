"""What is taken though it may be a slip is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cati.model.assessment import Change, Verdict
from cati.research.workbook.doubts import Answered, doubts
from cati.workspace import Workspace

METHOD = "automotive-2024"


def told(real: Workspace, company: str, criterion: str, **values: Any) -> list[str]:
    fields = {"answer": "met", "rationale": "So.", "assessor": "Li", "date": date(2024, 6, 1)}
    verdict = Verdict.model_validate({"criterion": criterion, **fields, **values})
    store = real.store
    return list(doubts([Answered(company, METHOD, verdict)], store.disclosures, store.entities))


def own(real: Workspace, company: str, polarity: str = "supports") -> tuple[str, str]:
    """A disclosure of a company, and an indicator that it is noted for."""
    for reference, disclosure in sorted(real.store.disclosures.items()):
        codes = [i.partition("/")[2] for i in disclosure.indicators if i.startswith(METHOD)]
        if reference.startswith(f"{company}/") and disclosure.polarity == polarity and codes:
            return reference, codes[0]
    raise AssertionError(company)


def test_an_answer_with_its_reason_and_evidence_is_not_doubted(real: Workspace) -> None:
    reference, code = own(real, "geely-auto")
    assert told(real, "geely-auto", f"{code}/any", disclosures=(reference,)) == []


def test_what_is_said_of_a_parent_or_supplier_is_no_strangers(real: Workspace) -> None:
    reference, code = own(real, "mercedes-benz")
    assert told(real, "beijing-benz", f"{code}/any", disclosures=(reference,)) == []


def test_what_another_carmaker_says_is_doubted(real: Workspace) -> None:
    reference, code = own(real, "great-wall")
    assert told(real, "geely-auto", f"{code}/any", disclosures=(reference,)) == [
        f"answers that cite a disclosure of another carmaker: 1; first: geely-auto {code}/any"
    ]


def test_what_is_noted_for_another_indicator_is_doubted(real: Workspace) -> None:
    reference, code = own(real, "geely-auto")
    other = "9.9.9" if code != "9.9.9" else "9.9.8"
    assert told(real, "geely-auto", f"{other}/any", disclosures=(reference,)) == [
        "answers that cite a disclosure noted for other indicators alone: 1; "
        f"first: geely-auto {other}/any"
    ]


def test_met_by_what_is_absent_is_doubted_and_not_met_is_not(real: Workspace) -> None:
    reference, code = own(real, "geely-auto", "absent")
    assert told(real, "geely-auto", f"{code}/any", disclosures=(reference,)) == [
        f"answers met by what the company does not say: 1; first: geely-auto {code}/any"
    ]
    named = {"answer": "not_met", "disclosures": (reference,)}
    assert told(real, "geely-auto", f"{code}/any", **named) == []


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"rationale": None}, "answers without a rationale"),
        (
            {
                "history": (
                    Change(
                        who="Li",
                        when=date(2024, 6, 1),
                        was="not_met",
                        now="met",
                        why="Read again.",
                        rationale="So.",
                    ),
                )
            },
            "rationales of the answer before",
        ),
    ],
)
def test_reasons_that_are_missing_or_stale_are_told(
    real: Workspace, values: dict[str, Any], what: str
) -> None:
    reference, code = own(real, "geely-auto")
    assert told(real, "geely-auto", f"{code}/any", disclosures=(reference,), **values) == [
        f"{what}: 1; first: geely-auto {code}/any"
    ]
