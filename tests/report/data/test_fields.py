"""Every column of the data files is described, with its unit."""

from __future__ import annotations

from cati.report.data.fields import (
    KEYS,
    REFERS,
    answers_fields,
    challenges_fields,
    companies_fields,
    contributions_fields,
    disclosures_fields,
    evidence_fields,
    field,
    indicators_fields,
    points_fields,
    ranking_fields,
    sources_fields,
)
from cati.workspace import Workspace


def test_the_ranking_has_a_field_for_each_column_of_the_methodology(real: Workspace) -> None:
    methodology = real.methodology("automotive-2024")
    names = [entry["name"] for entry in ranking_fields(methodology)]
    assert names[:7] == ["rank", "company", "name", "total", "low", "high", "coverage"]
    assert names[7:] == [column.id for column in methodology.columns]
    assessed = [entry["name"] for entry in ranking_fields(methodology, "assessed")]
    assert assessed == [*names, "level"]


def test_doubts_about_a_column_are_in_its_description(real: Workspace) -> None:
    fields = {f["name"]: f for f in ranking_fields(real.methodology("automotive-2024"))}
    assert "never added to the total" in str(fields["supplier_guidance"]["description"])
    assert "not proven" in str(fields["supplier_guidance"]["description"])
    assert "worked out from the total" in str(fields["affiliates"]["description"])
    assert fields["governance"]["unit"] == "%"


def test_every_field_is_described_and_keys_are_fields(real: Workspace) -> None:
    methodology = real.methodology("automotive-2024")
    tables = {
        "ranking": ranking_fields(methodology),
        "points": points_fields(),
        "indicators": indicators_fields(methodology),
        "companies": companies_fields(),
        "contributions": contributions_fields(),
        "disclosures": disclosures_fields(),
        "evidence": evidence_fields(),
        "sources": sources_fields(),
        "challenges": challenges_fields(),
        "answers": answers_fields(),
    }
    assert set(KEYS) < set(tables)
    for name, refers in REFERS.items():
        for mine, (table, theirs) in refers.items():
            assert mine in {entry["name"] for entry in tables[name]}
            assert theirs in {entry["name"] for entry in tables[table]}
    for name, fields in tables.items():
        assert all(entry["description"] for entry in fields)
        assert set(KEYS.get(name, ())) <= {entry["name"] for entry in fields}


def test_a_unit_is_no_constraint() -> None:
    assert field("a", "number", "A.", unit="t", required=True) == {
        "name": "a",
        "type": "number",
        "description": "A.",
        "unit": "t",
        "constraints": {"required": True},
    }
