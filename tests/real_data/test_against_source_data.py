"""The registry, the profiles and the printed table against the material they were taken from."""

from __future__ import annotations

import csv
import os
import re
from decimal import Decimal
from pathlib import Path

import pytest

from cati.model.base import said
from cati.model.entity import Entity
from cati.workspace import Workspace
from tests.conftest import ROOT

DATA = ROOT.parent / "shared" / "data"
EVALUATION = "automakers-2024"
Rows = list[dict[str, str]]

COUNTRIES = {
    "China": "CN",
    "France": "FR",
    "Germany": "DE",
    "Japan": "JP",
    "Netherlands": "NL",
    "South Korea": "KR",
    "Sweden": "SE",
    "UK": "GB",
    "US": "US",
}
PRODUCTS = {"NEV": "new_energy", "Gasoline Vehicles + NEV": "fuel_and_new_energy"}
REASONS = {
    "2023 Fortune Global 500": "fortune-500",
    "Joint Venture": "joint-venture",
    "Listed Company": "listed-company",
    "Sales Leader": "sales-leader",
}
SHARED_WORDS = 6
"""So many consecutive words in common are a copy and not a coincidence."""


@pytest.fixture(scope="module", autouse=True)
def material() -> Path:
    if DATA.is_dir():
        return DATA
    reason = "the source material (shared/data beside the repository) is not here"
    if os.environ.get("CATI_REQUIRE_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def read(name: str) -> Rows:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def companies(material: Path) -> Rows:
    return read("companies.csv")


# Indicators


@pytest.mark.parametrize(
    ("file", "name", "count"),
    [
        ("indicators_automotive.csv", "automotive-2024", 51),
        ("indicators_corporate.csv", "corporate-2023", 47),
    ],
)
def test_codes_and_points_are_those_of_the_appendix(
    real: Workspace, file: str, name: str, count: int
) -> None:
    rows, methodology = read(file), real.methodology(name)
    assert [i.code for i in methodology.indicators()] == [row["code"] for row in rows]
    assert [i.points for i in methodology.indicators()] == [Decimal(r["max_points"]) for r in rows]
    assert len(rows) == count
    dimensions = dict.fromkeys((r["dimension_no"], r["dimension_total_points"]) for r in rows)
    assert [(d.code, d.points) for d in methodology.dimensions] == [
        (code, Decimal(points)) for code, points in dimensions
    ]
    subs = list(dict.fromkeys(row["sub_dimension_no"] for row in rows))
    assert [s.code for d in methodology.dimensions for s in d.sub_dimensions] == subs


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("indicators_automotive.csv", "automotive-2024"),
        ("indicators_corporate.csv", "corporate-2023"),
    ],
)
def test_points_that_the_appendix_does_not_print_are_marked(
    real: Workspace, file: str, name: str
) -> None:
    worked_out = [row["code"] for row in read(file) if row["points_source"] != "printed"]
    marked = [i.code for i in real.methodology(name).indicators() if i.points_basis == "worked_out"]
    assert marked == worked_out


def test_tracks_are_the_groups_worked_out_from_the_table(real: Workspace) -> None:
    tracks = {i.code: i.track for i in real.methodology("automotive-2024").indicators()}
    assert tracks == {
        row["code"]: row["weight_group_inferred"] for row in read("indicators_automotive.csv")
    }


def test_columns_hold_the_indicators_worked_out_from_the_table(real: Workspace) -> None:
    methodology = real.methodology("automotive-2024")
    holder = {
        code: column.id
        for column in methodology.printed_columns
        if not column.overlaps
        for code in methodology.codes(column.members)
    }
    for row in read("indicators_automotive.csv"):
        named = re.split(r"[|;,+ ]+", row["table_3_3_1_column_inferred"])
        if row["code"] in holder:
            assert holder[row["code"]] in named, row["code"]


def test_the_crosswalk_pairs_what_the_appendix_sets_side_by_side(real: Workspace) -> None:
    def other(text: str) -> str | None:
        return text if re.fullmatch(r"[\d.]+", text) else None

    pairs = {
        (row["code"], other(row["corporate_code"])) for row in read("indicators_automotive.csv")
    }
    pairs |= {
        (other(row["automotive_code"]), row["code"]) for row in read("indicators_corporate.csv")
    }
    assert real.store.crosswalk is not None
    assert {(pair.left, pair.right) for pair in real.store.crosswalk.pairs} == pairs


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def copies(ours: list[str], theirs: list[str]) -> list[tuple[str, ...]]:
    """Runs of consecutive words that stand in one of our texts and in one of theirs."""

    def runs(text: str) -> set[tuple[str, ...]]:
        of = words(text)
        return {tuple(of[at : at + SHARED_WORDS]) for at in range(len(of) - SHARED_WORDS + 1)}

    printed = set().union(*map(runs, theirs))
    return sorted(set().union(*map(runs, ours)) & printed)


def test_no_title_of_the_registry_copies_a_text_of_the_report(real: Workspace) -> None:
    theirs = [
        row["text"]
        for file in ("indicators_automotive.csv", "indicators_corporate.csv")
        for row in read(file)
    ]
    ours = []
    for methodology in real.store.methodologies.values():
        for indicator in methodology.indicators():
            ours.append(indicator.title.en)
            ours += [c.statement.en for route in indicator.routes for c in route.criteria]
            ours += [route.title.en for route in indicator.routes if route.title is not None]
    assert copies(ours, theirs) == []
    assert len(copies([f"A {theirs[3]} b"], theirs)) > 0


# The printed table


def test_the_printed_table_is_the_one_of_the_report_cell_by_cell(real: Workspace) -> None:
    rows = real.store.printed[EVALUATION].rows
    source = read("published_ranking.csv")
    columns = [column.id for column in real.methodology("automotive-2024").printed_columns]
    assert [
        [str(r.rank), r.company, r.name, r.total, *(str(r.rates[c]) for c in columns)] for r in rows
    ] == [
        [
            row["rank"],
            row["company_id"],
            row["name_printed"],
            Decimal(row["total_score_printed"]),
            *(row[column] for column in columns),
        ]
        for row in source
    ]
    assert len(source) == 51


# Companies


def test_all_51_companies_have_a_folder_and_stand_in_the_scope(
    real: Workspace, companies: Rows
) -> None:
    by_number = sorted(companies, key=lambda row: int(row["no_table_3_2_1"]))
    scope = real.evaluation(EVALUATION).scope
    assert [entry.company for entry in scope] == [row["company_id"] for row in by_number]
    assert [entry.reason for entry in scope] == [
        REASONS[row["reason_for_inclusion"]] for row in by_number
    ]


def of_each(real: Workspace, companies: Rows) -> list[tuple[Entity, dict[str, str]]]:
    return [(real.entity(row["company_id"]), row) for row in companies]


def test_every_name_and_variant_leads_to_its_company(real: Workspace, companies: Rows) -> None:
    for entity, row in of_each(real, companies):
        variants = row["name_variants"].split("|") if row["name_variants"] else []
        names = [row["name"], row["name_table_3_2_1"], row["name_table_3_3_1"], *variants]
        assert set(names) <= set(entity.all_names), entity.id
        assert entity.name.en == row["name"]


def test_countries_products_and_joint_ventures_are_as_printed(
    real: Workspace, companies: Rows
) -> None:
    for entity, row in of_each(real, companies):
        assert entity.country == COUNTRIES[row["country"]], entity.id
        assert entity.product == PRODUCTS[row["main_product"]], entity.id
        assert entity.is_joint_venture == (row["is_joint_venture"] == "yes"), entity.id
        assert entity.region == row["region_group"].lower().replace(" ", "-"), entity.id
    assert sum(entity.is_joint_venture for entity, _ in of_each(real, companies)) == 14


def test_what_both_tables_say_of_listings_is_kept_conflicts_included(
    real: Workspace, companies: Rows
) -> None:
    conflicts = []
    for entity, row in of_each(real, companies):
        by_table = {item.where.locator: item.listed for item in entity.listed}
        assert by_table == {
            "Table 3-2-1": row["listed_table_3_2_1"] == "Yes",
            "Table 3-3-1": row["listed_table_3_3_1"] == "Yes",
        }, entity.id
        assert (len(set(by_table.values())) == 2) == (row["listed_conflict"] == "yes"), entity.id
        if len(set(by_table.values())) == 2:
            conflicts.append(entity.id)
            assert entity.note is not None
            assert "disagree" in said(entity.note, "en")
    assert conflicts == ["baic-group", "dongfeng"]


def test_parents_read_from_the_names_of_joint_ventures_are_kept_as_such(
    real: Workspace, companies: Rows
) -> None:
    for entity, row in of_each(real, companies):
        if row["parent_ids_from_jv_name"]:
            parents = {r.to for r in entity.relations if r.kind == "parent"}
            assert set(row["parent_ids_from_jv_name"].split("|")) <= parents, entity.id


def test_stated_groups_are_kept(real: Workspace, companies: Rows) -> None:
    for entity, row in of_each(real, companies):
        if row["group_or_parent_stated"] and not entity.is_joint_venture:
            groups = [r.other("en") for r in entity.relations if r.basis == "stated"]
            assert row["group_or_parent_stated"] in groups, entity.id


def test_a_doubt_in_the_material_is_carried_along(real: Workspace, companies: Rows) -> None:
    for entity, row in of_each(real, companies):
        if row["notes"]:
            notes = [entity.note, entity.country_note, entity.product_note, entity.name_zh.note]
            notes += [item.note for item in (*entity.names, *entity.listed, *entity.relations)]
            of_scope = [e.note for e in real.evaluation(EVALUATION).scope if e.company == entity.id]
            assert any(notes + of_scope), entity.id


def test_the_tally_of_contacts_is_the_one_of_the_report(real: Workspace) -> None:
    printed = [
        int(row["value"])
        for row in read("context_facts.csv")
        if row["topic"] == "stakeholder contact"
    ]
    tally = [outcome.companies for outcome in real.evaluation(EVALUATION).contact]
    assert tally == printed == [6, 1, 1, 30, 13]
