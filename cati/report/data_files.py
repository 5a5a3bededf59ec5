"""An edition as data: CSV tables, JSON and the data package that describes them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import get_args

from cati.model.entity import Entity
from cati.model.rounding import half_up, plain
from cati.report.data_fields import (
    KEYS,
    Json,
    companies_fields,
    indicators_fields,
    points_fields,
    ranking_fields,
)
from cati.report.edition import Edition
from cati.scoring.scorecard import Interval, Level, Rank, Scorecard

Record = dict[str, str]

SPAN = ".."
COVERAGE_DECIMALS = 4
RATE_DECIMALS = 4
FACTOR_DECIMALS = 6
MEDIA_TYPES = {"table": "text/csv", "json": "application/json"}
LISTED = {True: "yes", False: "no"}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def ranking_records(card: Scorecard, entities: Mapping[str, Entity]) -> list[Record]:
    """The ranking as text, company by company from the highest total to the lowest.

    Parameters
    ----------
    card : Scorecard
    entities : mapping of str to Entity
        By id.

    Returns
    -------
    list of dict
        The fields of `cati.report.data_fields.ranking_fields`, in their order.
    """
    methodology = card.methodology
    groups = card.groups("columns")

    def record(company: str) -> Record:
        total = card.total(company)
        low, high = (str(half_up(end, methodology.total_decimals)) for end in _ends(total))
        return {
            "rank": _rank(card.rank(company)),
            "company": company,
            "name": entities[company].name.en,
            "total": low if total.is_exact else "",
            "low": low,
            "high": high,
            "coverage": _coverage(card.coverage(company)),
        } | {
            column: _per_cent(group.rate(company), methodology.rate_decimals)
            for column, group in groups.items()
        }

    return [record(company) for company in card.order]


def csv_text(records: Sequence[Record]) -> str:
    """Records as CSV with a header.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front.

    Parameters
    ----------
    records : sequence of dict
        All with the same fields. Of no records, nothing is written.
    """
    header = [list(record) for record in records[:1]]
    rows = [[_harmless(cell) for cell in record.values()] for record in records]
    return "".join(map(_csv_line, header + rows))


def json_text(card: Scorecard, records: Sequence[Record]) -> str:
    """Ranks, totals and points of columns as JSON, exactly: numbers are text.

    Parameters
    ----------
    card : Scorecard
    records : sequence of dict
        Its `ranking_records`.
    """
    return _dumped(_scores(card, records))


def write_data(edition: Edition, folder: Path) -> None:
    """Write the data files of an edition.

    Parameters
    ----------
    edition : Edition
    folder : Path
        Made if it is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    records = ranking_records(edition.card, edition.entities)
    tables = {
        "ranking": (records, ranking_fields(edition.methodology)),
        "points": (list(_points_records(edition.card)), points_fields()),
        "indicators": (list(_indicator_records(edition)), indicators_fields(edition.methodology)),
        "companies": (list(_company_records(edition)), companies_fields()),
    }
    resources = []
    for name, (rows, fields) in tables.items():
        content = csv_text(rows).encode()
        (folder / f"{name}.csv").write_bytes(content)
        resources.append(_table(name, content, fields))
    content = _dumped({**_scores(edition.card, records), **_about(edition)}).encode()
    (folder / "report.json").write_bytes(content)
    resources.append(_resource("report.json", "json", content))
    package = _dumped(_package(edition, resources))
    (folder / "datapackage.json").write_bytes(package.encode())


# Cells


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _csv_line(cells: Sequence[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerow(cells)
    # its own line end, or a carriage return inside a cell would not be quoted
    return out.getvalue().removesuffix("\r\n") + "\n"


def _ends(interval: Interval) -> tuple[Fraction, Fraction]:
    return interval.low, interval.high


def _rank(rank: Rank) -> str:
    return str(rank.best) if rank.best == rank.worst else f"{rank.best}{SPAN}{rank.worst}"


def _coverage(coverage: Fraction) -> str:
    """Cut and not rounded, so that 1 means that nothing is open."""
    scale = 10**COVERAGE_DECIMALS
    return plain(Fraction(floor(coverage * scale), scale))


def _per_cent(rate: Interval, decimals: int) -> str:
    low, high = (str(half_up(100 * end, decimals)) for end in _ends(rate))
    return low if low == high else f"{low}{SPAN}{high}"


def _yes(value: bool) -> str:
    return "true" if value else "false"


# Rows


def _points_records(card: Scorecard) -> Iterator[Record]:
    levels = {level: card.groups(level) for level in get_args(Level)}
    for company in card.companies:
        for level, groups in levels.items():
            for name, group in groups.items():
                points, rate = group.points(company), group.rate(company)
                yield {
                    "company": company,
                    "level": level,
                    "group": name,
                    "low": plain(points.low),
                    "high": plain(points.high),
                    "of": plain(group.most_points),
                    "rate_low": plain(half_up(100 * rate.low, RATE_DECIMALS)),
                    "rate_high": plain(half_up(100 * rate.high, RATE_DECIMALS)),
                }


def _indicator_records(edition: Edition) -> Iterator[Record]:
    for dimension in edition.methodology.dimensions:
        for sub in dimension.sub_dimensions:
            for indicator in sub.indicators:
                factor = edition.card.factors[indicator.track]
                yield {
                    "code": indicator.code,
                    "title": indicator.title.en,
                    "title_zh": indicator.title.zh,
                    "dimension": dimension.name.en,
                    "sub_dimension": sub.name.en,
                    "points": plain(indicator.points),
                    "track": indicator.track,
                    "factor": plain(half_up(factor, FACTOR_DECIMALS)),
                    "points_basis": indicator.points_basis,
                    "industry_specific": _yes(indicator.industry_specific),
                    "note": "" if indicator.note is None else indicator.note.en,
                }


def _company_records(edition: Edition) -> Iterator[Record]:
    """Profiles, built from the fields named here and from no others."""
    reasons = {entry.company: entry.reason for entry in edition.evaluation.scope}
    for company in edition.card.companies:
        entity = edition.entities[company]
        listed = {item.listed for item in entity.listed}
        yield {
            "company": company,
            "name": entity.name.en,
            "name_zh": entity.name.zh,
            "name_zh_basis": entity.name_zh.basis,
            "joint_venture": _yes(entity.is_joint_venture),
            "country": entity.country or "",
            "region": entity.region or "",
            "product": entity.product or "",
            "listed": "disputed" if len(listed) > 1 else "".join(LISTED[flag] for flag in listed),
            "reason": reasons[company],
            "parents": "; ".join(
                r.to or r.name or "" for r in entity.relations if r.kind == "parent"
            ),
        }


# JSON


def _dumped(content: Json) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _scores(card: Scorecard, records: Sequence[Record]) -> Json:
    """What a scorecard says by itself."""
    columns = card.groups("columns")
    return {
        "evaluation": card.evaluation,
        "methodology": card.methodology.id,
        "basis": card.basis,
        "notice": card.methodology.notice.model_dump(),
        "factors": {track: plain(factor) for track, factor in card.factors.items()},
        "columns": {
            column.id: {
                "name": column.name.model_dump(),
                "members": list(column.members),
                "of": plain(columns[column.id].most_points),
                "overlaps": column.overlaps,
                "make_up": column.make_up,
            }
            for column in card.methodology.columns
        },
        "companies": [
            {
                "company": company,
                "name": record["name"],
                "rank": {"best": card.rank(company).best, "worst": card.rank(company).worst},
                "total": _exactly(card.total(company)),
                "coverage": plain(card.coverage(company)),
                "points": {c: _exactly(group.points(company)) for c, group in columns.items()},
            }
            for company, record in zip(card.order, records, strict=True)
        ],
    }


def _exactly(interval: Interval) -> dict[str, str]:
    return {"low": plain(interval.low), "high": plain(interval.high)}


def _about(edition: Edition) -> Json:
    """What an edition adds to its scorecard."""
    evaluation = edition.evaluation
    return {
        "name": evaluation.name.model_dump(),
        "cutoff": evaluation.cutoff.isoformat(),
        "notice": evaluation.notice.model_dump(),
        "base": {
            "companies": len(edition.card.companies),
            "joint_ventures": len(edition.joint_ventures),
        },
    }


# The data package


def _package(edition: Edition, resources: Sequence[Json]) -> Json:
    evaluation = edition.evaluation
    return {
        "profile": "data-package",
        "name": evaluation.id,
        "title": evaluation.name.en,
        "description": evaluation.notice.en,
        "licenses": [{"name": "notspecified", "title": "None granted here; see the notice."}],
        "sources": list(_sources(edition)),
        "cells": "Text that begins with = + - @, tab or carriage return has an apostrophe before.",
        **{key: about for key, about in _about(edition).items() if key != "name"},
        "resources": list(resources),
    }


def _sources(edition: Edition) -> Iterator[Json]:
    published = edition.evaluation.published
    cited = {edition.methodology.source: [edition.methodology.locator]}
    if published is not None:
        cited.setdefault(published.where.source, []).append(published.where.locator)
    for reference, locators in cited.items():
        source = edition.sources[reference]
        publisher = edition.entities[reference.partition("/")[0]].name.en
        link = {} if source.link is None else {"path": source.link}
        places = ", ".join(sorted(locators))
        yield {"title": f"{publisher}: {source.title}, {places}", **link}


def _table(name: str, content: bytes, fields: Sequence[Json]) -> Json:
    described: Json = {"fields": list(fields), "primaryKey": KEYS[name], "missingValues": [""]}
    if name in ("ranking", "points"):
        companies = {"resource": "companies", "fields": ["company"]}
        described["foreignKeys"] = [{"fields": ["company"], "reference": companies}]
    return {
        "profile": "tabular-data-resource",
        **_resource(f"{name}.csv", "table", content),
        "encoding": "utf-8",
        "schema": described,
    }


def _resource(file: str, kind: str, content: bytes) -> Json:
    return {
        "name": Path(file).stem,
        "type": kind,
        "path": file,
        "format": Path(file).suffix[1:],
        "mediatype": MEDIA_TYPES[kind],
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
