"""A source is found by reference or title, and otherwise named with those that may be meant."""

from __future__ import annotations

import pytest

from cati.model.source import Source
from cati.research.workbook.source_names import SourceNames
from cati.workspace import Workspace

IPE = "ipe/automotive-report-2024"


@pytest.fixture
def names(real: Workspace) -> SourceNames:
    return SourceNames(real.store.sources, real.store.entities)


@pytest.mark.parametrize(
    ("typed", "company", "reference"),
    [
        (IPE, "nio", IPE),
        ("Polestar 2 LCA report", "polestar", "polestar/polestar-2-lca-report"),
        ("polestar 2  lca-Report", "polestar", "polestar/polestar-2-lca-report"),
        ("polestar 2  lca-Report", "nio", None),
        ("Sustainability Report 2023", "mercedes-benz", "mercedes-benz/sustainability-report-2023"),
        ("Sustainability Report 2023", "polestar", None),
        ("2023 ESG Report", "nanshan-aluminium", "nanshan-aluminium/esg-report-2023"),
        ("2023 ESG Report", "nio", None),
        ("IPE report October 2024", "nio", None),
    ],
)
def test_a_reference_or_title_names_one_source(
    names: SourceNames, typed: str, company: str, reference: str | None
) -> None:
    assert names.reference(typed, company) == reference


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("IPE report October 2024", f"did you mean {IPE} ('Automotive-Steel and "),
        ("ipe/automotive-report-2042", f"did you mean {IPE}"),
        ("LCA of the Polestar 2", "did you mean polestar/polestar-2-lca-report ('Polestar 2 LCA"),
        ("2023 ESG Report", "several have that title: nanshan-aluminium/esg-report-2023 ("),
    ],
)
def test_anything_else_is_answered_with_what_may_be_meant(
    names: SourceNames, typed: str, hint: str
) -> None:
    assert names.hint(typed, "nio").startswith(hint)


def test_a_title_of_another_company_is_never_taken_for_its_document(names: SourceNames) -> None:
    assert names.hint("Sustainability Report 2023", "polestar") == (
        "did you mean polestar/sustainability-report-2023 ('Polestar 2023 Sustainability Report')? "
        "mercedes-benz/sustainability-report-2023 has that title: "
        "a document of mercedes-benz goes by its reference"
    )


def test_a_title_of_a_single_word_is_one_too() -> None:
    news = Source(id="page-1", kind="website", title="News", language="en")
    names = SourceNames({"alpha/page-1": news}, {})
    assert names.reference("alpha/news", "alpha") == "alpha/page-1"
