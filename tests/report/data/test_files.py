from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from frictionless import Package

from cati.model.base import Text
from cati.report.cells import csv_text
from cati.report.data.files import json_text, rank_cell, ranking_records, write_data
from cati.report.edition import Edition
from cati.scoring.scorecard import Rank
from cati.workspace import Workspace
from tests.conftest import Spoilable

Rows = list[dict[str, str]]


def table(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def printed(root: Path) -> Rows:
    return table(root / "reports/automakers-2024/published.csv")


@pytest.fixture(scope="module")
def data(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data") / "data"
    write_data(edition, folder)
    return folder


@pytest.fixture(scope="module")
def equal_shares(real: Workspace) -> Rows:
    shares = {"scope12": Decimal(50), "scope3": Decimal(50)}
    records = ranking_records(real.score("automakers-2024", shares=shares), real.store.entities)
    return list(csv.DictReader(io.StringIO(csv_text(records))))


def of(rows: Rows, company: str) -> dict[str, str]:
    return next(row for row in rows if row["company"] == company)


def test_the_ranking_has_every_printed_total_and_rate(data: Path, root: Path) -> None:
    fields = list(printed(root)[0])[3:]

    ranking = {r["company"]: [r[f] for f in fields] for r in table(data / "ranking.csv")}

    assert ranking == {r["company"]: [r[f] for f in fields] for r in printed(root)}


def test_the_ranking_runs_from_the_highest_total_and_ties_share_a_rank(data: Path) -> None:
    rows = table(data / "ranking.csv")

    totals = [Decimal(row["total"]) for row in rows]
    assert totals == sorted(totals, reverse=True)
    assert (of(rows, "rivian")["rank"], of(rows, "subaru")["rank"]) == ("17", "17")
    assert of(rows, "brilliance-bmw")["rank"] == "19"


def test_what_the_table_leaves_open_is_a_span(data: Path) -> None:
    geely = of(table(data / "ranking.csv"), "geely-auto")

    assert (geely["affiliates"], geely["upstream_suppliers"]) == ("8..67", "0..14")
    assert (geely["total"], geely["coverage"]) == ("61.9", "0.95")


def test_an_uncertain_total_is_left_empty_and_its_rank_is_a_span(equal_shares: Rows) -> None:
    geely = of(equal_shares, "geely-auto")

    assert (geely["rank"], geely["total"]) == ("3..5", "")
    assert (geely["low"], geely["high"]) == ("63.5", "65.5")
    assert sum(row["total"] == "" for row in equal_shares) == 1


def test_coverage_is_never_rounded_up_to_all(edition: Edition) -> None:
    class Nearly:
        card = edition.card

        def __getattr__(self, name: str) -> object:
            return getattr(self.card, name)

        def coverage(self, company: str) -> Fraction:
            return Fraction(99999, 100000)

    records = ranking_records(Nearly(), edition.entities)  # type: ignore[arg-type]

    assert records[0]["coverage"] == "0.9999"


def test_points_agree_with_the_table_they_come_from(data: Path, root: Path) -> None:
    known: dict[tuple[str, str], list[Decimal]] = {}
    for row in table(root / "reports/automakers-2024/points.csv"):
        known.setdefault((row["company"], row["column"]), []).append(Decimal(row["points"]))

    columns = [row for row in table(data / "points.csv") if row["level"] == "columns"]

    assert len(columns) == len(known) == 51 * 12
    for row in columns:
        points = known[row["company"], row["group"]]
        assert [Decimal(row["low"]), Decimal(row["high"])] == [min(points), max(points)]


def test_points_have_every_group_of_every_level(data: Path, edition: Edition) -> None:
    rows = table(data / "points.csv")
    mine = [row for row in rows if row["company"] == "stellantis"]

    levels = [row["level"] for row in mine]
    assert {level: levels.count(level) for level in levels} == {
        "columns": 12,
        "tracks": 4,
        "dimensions": 5,
        "sub_dimensions": 13,
        "indicators": 51,
        "blocks": len(edition.card.blocks),
    }
    tracks = {row["group"]: row["low"] for row in mine if row["level"] == "tracks"}
    assert (tracks["scope12"], tracks["scope3"]) == ("26", "16")
    rate = next(row for row in mine if row["group"] == "scope12_targets")
    assert (rate["low"], rate["of"], rate["rate_low"]) == ("12", "13", "92.3077")


def test_indicators_add_up_to_the_maximum_after_their_factors(data: Path) -> None:
    rows = table(data / "indicators.csv")

    assert len(rows) == 51
    assert sum(Decimal(r["points"]) for r in rows) == 100
    assert sum(Decimal(r["points"]) * Decimal(r["factor"]) for r in rows) == 100


def test_profiles_hold_only_what_is_listed(data: Path) -> None:
    rows = table(data / "companies.csv")

    assert list(rows[0]) == [
        *("company", "name", "name_zh", "name_zh_basis", "joint_venture", "country", "region"),
        *("product", "listed", "reason", "parents"),
    ]
    assert sum(row["joint_venture"] == "true" for row in rows) == 14
    assert of(rows, "baic-group")["listed"] == "disputed"
    assert of(rows, "saic-gm")["parents"] == "saic-group; gm"


def test_the_report_gives_totals_that_follow_from_its_points_and_factors(data: Path) -> None:
    report = json.loads((data / "report.json").read_text(encoding="utf-8"))

    tracks = {
        "governance": "governance",
        "product_footprint": "product",
        **dict.fromkeys(
            ["scope12_disclosure", "scope12_targets", "scope12_action", "affiliates"], "scope12"
        ),
        **dict.fromkeys(
            ["scope3_disclosure", "scope3_targets", "scope3_action", "upstream_suppliers"],
            "scope3",
        ),
    }
    for company in report["companies"]:
        if company["company"] != "geely-auto":
            total = sum(
                Decimal(company["points"][column]["low"]) * Decimal(report["factors"][track])
                for column, track in tracks.items()
            )
            assert total == Decimal(company["total"]["low"]) == Decimal(company["total"]["high"])
    assert (report["evaluation"], report["methodology"]) == ("automakers-2024", "automotive-2024")
    assert report["cutoff"] == "2024-07-30"
    assert report["base"] == {"companies": 51, "joint_ventures": 14}
    assert "IPE has not endorsed it" in report["notice"]["en"]


def test_json_of_a_scorecard_is_exact_where_decimals_are_not(real: Workspace) -> None:
    shares = {"scope12": Decimal("33.3"), "scope3": Decimal("66.7")}
    card = real.score("automakers-2024", shares=shares)

    content = json.loads(json_text(card, ranking_records(card, real.store.entities)))

    assert content["factors"]["scope12"] == "0.666"
    stellantis = next(c for c in content["companies"] if c["company"] == "stellantis")
    assert stellantis["total"]["low"] == "46.66"
    assert stellantis["rank"] == {"best": 15, "worst": 15}


@pytest.mark.slow
def test_the_data_package_is_valid(data: Path) -> None:
    report = Package(str(data / "datapackage.json")).validate()

    assert report.valid, report.flatten(["type", "note"])
    assert [task.name for task in report.tasks] == [
        *("ranking", "points", "contributions", "companies", "indicators"),
        *("disclosures", "evidence", "sources", "challenges", "report"),
    ]


def test_a_changed_cell_makes_the_data_package_invalid(data: Path, tmp_path: Path) -> None:
    for path in data.iterdir():
        content = path.read_text(encoding="utf-8")
        if path.name == "ranking.csv":
            content = content.replace("\n15,stellantis", "\n15,stellantic")
        (tmp_path / path.name).write_text(content, encoding="utf-8")

    report = Package(str(tmp_path / "datapackage.json")).validate()

    assert {"hash-count", "foreign-key"} <= {kind for (kind,) in report.flatten(["type"])}


def test_the_data_package_says_what_it_is_and_describes_every_field(data: Path) -> None:
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))

    assert package["title"] == "Climate action of 51 automakers, 2024"
    assert "unofficial reconstruction" in package["description"]
    assert "Table 3-3-1" in package["sources"][0]["title"]
    for resource in package["resources"]:
        content = (data / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        for field in resource.get("schema", {}).get("fields", []):
            assert field["description"]


def test_files_are_utf_8_with_unix_line_ends(data: Path) -> None:
    for path in data.iterdir():
        content = path.read_bytes()
        assert b"\r" not in content
        assert not content.startswith(b"\xef\xbb\xbf")
        assert content.decode().endswith("\n")


def test_the_same_edition_gives_the_same_bytes(
    edition: Edition, data: Path, tmp_path: Path
) -> None:
    write_data(edition, tmp_path)

    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {
        p.name: p.read_bytes() for p in data.iterdir()
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1+1", "@SUM(A1)", "＝1", "＋1", "－1", "＠A1", "\t=1"]
)
def test_names_that_look_like_formulas_stay_text(
    edition: Edition, tmp_path: Path, name: str
) -> None:
    byd = edition.entities["byd"].model_copy(update={"name": Text(en=name, zh=name)})
    write_data(replace(edition, entities={**edition.entities, "byd": byd}), tmp_path)

    for file in ("ranking.csv", "companies.csv"):
        assert of(table(tmp_path / file), "byd")["name"] == f"'{name}"
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert name in [company["name"] for company in report["companies"]]


def test_a_quote_or_a_comma_in_a_name_does_not_shift_cells(
    edition: Edition, tmp_path: Path
) -> None:
    name = 'A "B", C;\nD'
    byd = edition.entities["byd"].model_copy(update={"name": Text(en=name, zh=name)})
    write_data(replace(edition, entities={**edition.entities, "byd": byd}), tmp_path)

    row = of(table(tmp_path / "ranking.csv"), "byd")
    assert (row["name"], row["total"]) == (name, "16.3")


def test_ranks_in_data_are_numbers_or_spans() -> None:
    assert (rank_cell(Rank(3, 3)), rank_cell(Rank(3, 5))) == ("3", "3..5")


def test_another_methodology_has_its_own_columns(tiny: Spoilable, tmp_path: Path) -> None:
    workspace = tiny.open()
    edition = Edition.of(workspace, workspace.score("first"))
    write_data(edition, tmp_path / "data")

    assert list(table(tmp_path / "data/ranking.csv")[0])[7:] == [
        *("rules", "own_action", "chain_action", "metals", "guidance", "affiliates")
    ]
    assert Package(str(tmp_path / "data/datapackage.json")).validate().valid
