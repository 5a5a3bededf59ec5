"""The disclosures of 2024 against the tables they come from, row by row."""

from __future__ import annotations

import csv
import os
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from cati.model.evidence import Disclosure, weaknesses
from cati.workspace import Workspace

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
IPE = "ipe/automotive-report-2024"

pytestmark = pytest.mark.skipif(
    not DATA.is_dir() and os.environ.get("CATI_REQUIRE_ALL") != "1",
    reason="the source tables are not beside the project",
)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def mapped() -> dict[tuple[str, str], str]:
    entries = rows(Path(__file__).with_name("evidence_map.csv"))
    return {(entry["table"], entry["row"]): entry["reference"] for entry in entries}


def table(name: str) -> list[tuple[str, dict[str, str]]]:
    """Rows of a table with the number that the map knows them by."""
    found = rows(DATA / f"{name}.csv")
    return [(row.get("row", str(number)), row) for number, row in enumerate(found, start=1)]


TABLES = ("evidence", "nev_commitments", "steel_aluminium_targets", "steel_aluminium_actions")


@pytest.mark.parametrize(
    ("name", "count", "disclosures"),
    [
        ("evidence", 327, 259),
        ("nev_commitments", 32, 32),
        ("steel_aluminium_targets", 14, 12),
        ("steel_aluminium_actions", 48, 48),
    ],
)
def test_every_row_became_one_disclosure_and_facts_told_twice_one(
    real: Workspace, mapped: dict[tuple[str, str], str], name: str, count: int, disclosures: int
) -> None:
    references = [mapped[name, number] for number, _ in table(name)]
    assert (len(references), len(set(references))) == (count, disclosures)
    assert set(references) <= real.store.disclosures.keys()


def test_every_disclosure_comes_from_a_row(
    real: Workspace, mapped: dict[tuple[str, str], str]
) -> None:
    assert set(mapped.values()) == set(real.store.disclosures)


def evidence(
    real: Workspace, mapped: dict[tuple[str, str], str]
) -> list[tuple[dict[str, str], Disclosure]]:
    return [
        (row, real.store.disclosures[mapped["evidence", number]])
        for number, row in table("evidence")
    ]


def test_each_row_keeps_its_company_and_indicator(
    real: Workspace, mapped: dict[tuple[str, str], str]
) -> None:
    for number, row in table("evidence"):
        reference = mapped["evidence", number]
        assert reference.split("/")[0] == row["company_id"], row
        question = f"automotive-2024/{row['indicator_code']}"
        assert question in real.store.disclosures[reference].indicators, row


def test_group_statements_are_marked(real: Workspace, mapped: dict[tuple[str, str], str]) -> None:
    levels = {
        "group statement (members not named)": "unnamed_members",
        "group statement (all members)": "all_members",
    }
    for row, disclosure in evidence(real, mapped):
        assert disclosure.group == levels.get(row["evidence_level"]), row
    marked = Counter(row["evidence_level"] for row, _ in evidence(real, mapped))
    assert sum(marked[level] for level in levels) == 45


def test_grades_and_low_confidence_are_worth_nothing_by_default(
    real: Workspace, mapped: dict[tuple[str, str], str]
) -> None:
    for row, disclosure in evidence(real, mapped):
        graded = re.search(r"full marks|100% scoring rate", row["statement"])
        assert bool(graded) == disclosure.verdict, row
        if row["confidence"] == "low" or graded:
            assert weaknesses(disclosure), row


def test_contradictions_point_at_each_other(
    real: Workspace, mapped: dict[tuple[str, str], str]
) -> None:
    for row, disclosure in evidence(real, mapped):
        if row["polarity"] == "conflict":
            assert disclosure.conflicts_with, row


def test_numbers_are_not_lost(real: Workspace, mapped: dict[tuple[str, str], str]) -> None:
    for row, disclosure in evidence(real, mapped):
        numbers = {Decimal(n) for n in re.findall(r"\d+(?:\.\d+)?", row["value"])}
        kept = {f.value for f in disclosure.figures} | {f.to for f in disclosure.figures}
        told = {Decimal(n) for n in re.findall(r"\d+(?:\.\d+)?", disclosure.statement)}
        told |= {Decimal(n.replace(",", "")) for n in re.findall(r"[\d,]*\d", disclosure.statement)}
        named = {Decimal(n) for n in re.findall(r"(?<=T)\d", row["value"])}
        thirds = {Decimal("33.3")}
        assert numbers - named - thirds <= kept | told, (row, numbers - kept - told)


def test_every_disclosure_says_that_the_report_is_a_secondary_source(real: Workspace) -> None:
    for reference, disclosure in real.store.disclosures.items():
        for place in disclosure.where:
            assert (place.source, place.secondary) == (IPE, True), reference
            assert place.locator


def test_figures_of_the_commitment_table_are_exact(
    real: Workspace, mapped: dict[tuple[str, str], str]
) -> None:
    for number, row in table("nev_commitments"):
        disclosure = real.store.disclosures[mapped["nev_commitments", number]]
        shares = [f.value for f in disclosure.figures if f.unit == "%"]
        assert shares == ([Decimal(row["nev_share_2023_pct"])] if row["nev_share_2023_pct"] else [])
        yes = row["commitment_stop_selling_gasoline"] == "Yes"
        assert (disclosure.polarity == "absent") != yes, row
