"""The real workspace with six companies: every form of a report, in a fraction of the time."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from cati.scoring.scorecard import Basis
from cati.store.canonical import yaml_text
from cati.store.schemas import schema_link
from tests.conftest import ROOT, Spoilable

NAME = "automakers-2024"
SIX = ("mercedes-benz", "volvo-cars", "polestar", "byd", "geely-auto", "beijing-benz")


def six_companies(root: Path, basis: Basis = "assessed") -> Spoilable:
    """A copy whose evaluation has six companies, with or without its printed table."""
    copy = Spoilable(ROOT, root)
    file = f"reports/{NAME}/evaluation.yaml"
    evaluation = copy.open().evaluation(NAME)
    scope = tuple(entry for entry in evaluation.scope if entry.company in SIX)
    changes = {"scope": scope, "basis": basis, "contact": ()}
    if basis == "assessed":
        changes["published"] = None
    copy.write(file, yaml_text(evaluation.model_copy(update=changes), schema_link(file)))
    for name in ("published.csv", "points.csv", "claims.yaml"):
        (root / f"reports/{NAME}/{name}").unlink()
    for path in (root / "companies").glob(f"*/assessments/{NAME}.yaml"):
        if path.parents[1].name not in SIX:
            path.unlink()
    if basis == "published":
        _print_table(root / f"reports/{NAME}/published.csv")
        workspace = copy.open()
        workspace.write_points(NAME, workspace.derive(NAME))
    return copy


def _print_table(path: Path) -> None:
    """The six rows of the printed table, ranked among themselves."""
    with (ROOT / f"reports/{NAME}/published.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["company"] in SIX]
    totals = [Decimal(row["total"]) for row in rows]
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        table.writeheader()
        for row, total in zip(rows, totals, strict=True):
            table.writerow(row | {"rank": 1 + sum(other > total for other in totals)})
