"""Synthetic workspaces of any size, in the form of the real one."""

from __future__ import annotations

import csv
import shutil
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np

from cati import Workspace
from cati.model.evaluation import ScopeEntry
from cati.model.rounding import half_up
from cati.scoring.blocks import block_steps, published_blocks
from cati.store.canonical import yaml_text

ROOT = Path(__file__).parents[1]
NAME = "automakers-2024"


def build(folder: Path, companies: int) -> None:
    """A workspace with so many companies, each with evidence, and their printed table."""
    real = Workspace.open(ROOT)
    shutil.copytree(ROOT / "indicators", folder / "indicators")
    shutil.copytree(ROOT / "companies" / "ipe", folder / "companies" / "ipe")
    evaluation = real.evaluation(NAME)
    ids = [f"company-{number:05d}" for number in range(companies)]
    profile = real.entity("byd")
    disclosures = (ROOT / "companies" / "ford" / "evidence.yaml").read_text(encoding="utf-8")
    for company in ids:
        home = folder / "companies" / company
        home.mkdir()
        entity = profile.model_copy(update={"id": company})
        (home / "company.yaml").write_text(yaml_text(entity), encoding="utf-8")
        (home / "evidence.yaml").write_text(disclosures, encoding="utf-8")
    home = folder / "reports" / NAME
    home.mkdir(parents=True)
    scope = tuple(ScopeEntry(company=company, reason="sales-leader") for company in ids)
    copy = evaluation.model_copy(update={"scope": scope, "contact": ()})
    (home / "evaluation.yaml").write_text(yaml_text(copy), encoding="utf-8")
    write_table(home / "published.csv", real, ids, profile.name.en)


def write_table(path: Path, real: Workspace, ids: list[str], name: str) -> None:
    """A printed table of random points, highest total first."""
    card = real.score(NAME)
    methodology = card.methodology
    random = np.random.default_rng(2024)
    most = {g: group.most for g, group in card.groups("columns").items()}
    rows: list[tuple[Decimal, dict[str, int]]] = []
    while len(rows) < len(ids):
        steps = {column: int(random.integers(0, top + 1)) for column, top in most.items()}
        steps["scope3_action"] = max(steps["scope3_action"], steps["steel_aluminium"])
        blocks = [(b, block_steps(b, steps)) for b in published_blocks(methodology)]
        if all(0 <= value <= b.steps for b, value in blocks):
            weighted = (card.factors[b.track] * value for b, value in blocks)
            total = sum(weighted, Fraction(0)) / 2
            rows.append((half_up(total, 1), steps))
    rows.sort(key=lambda row: -row[0])
    columns = [column.id for column in methodology.printed_columns]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["rank", "company", "name", "total", *columns])
        for rank, (company, (printed, steps)) in enumerate(zip(ids, rows, strict=True), start=1):
            rates = [half_up(Fraction(100 * steps[c], most[c]), 0) for c in columns]
            writer.writerow([rank, company, name, printed, *rates])
