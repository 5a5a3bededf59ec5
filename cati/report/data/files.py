"""An edition as data: CSV tables, JSON and the data package that describes them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import get_args

from cati.model.entity import Entity
from cati.model.interval import Interval
from cati.model.language import OTHERS
from cati.model.references import owner_of
from cati.model.rounding import half_up, plain
from cati.report.cells import csv_text, table_text
from cati.report.data.evidence import (
    challenge_records,
    disclosure_records,
    evidence_records,
    source_records,
)
from cati.report.data.fields import (
    KEYS,
    REFERS,
    Json,
    answers_fields,
    challenges_fields,
    companies_fields,
    contributions_fields,
    disclosures_fields,
    evidence_fields,
    indicators_fields,
    points_fields,
    ranking_fields,
    sources_fields,
)
from cati.report.data.notices import license_text, notice_text
from cati.report.edition import Edition
from cati.report.file_names import (
    LICENSE,
    NOTICE,
    PACKAGE,
    REPORT,
    name_mark,
    table_file,
    table_names,
)
from cati.scoring.assessed import Assessed
from cati.scoring.explain import column_factor
from cati.scoring.reasons import CriterionReason
from cati.scoring.scorecard import Level, Rank, Scorecard

Record = dict[str, str]

SPAN = ".."
COVERAGE_DECIMALS = 4
RATE_DECIMALS = 4
FACTOR_DECIMALS = 6
MEDIA_TYPES = {"table": "text/csv", "json": "application/json"}
LISTED = {True: "yes", False: "no"}
CELLS = (
    "Text that begins with = + - @, one of these in full width, a tab or a line end has an "
    "apostrophe before; negative numbers have none."
)


def ranking_records(
    card: Scorecard, entities: Mapping[str, Entity], levels: Mapping[str, str] | None = None
) -> list[Record]:
    """The ranking as text, company by company from the highest total to the lowest.

    Parameters
    ----------
    card : Scorecard
    entities : mapping of str to Entity
        By id.
    levels : mapping of str to str, optional
        The lowest verification level of each company's answers; only on the
        assessed basis.

    Returns
    -------
    list of dict
        The fields of `cati.report.data.fields.ranking_fields`, in their order.
    """
    methodology = card.methodology
    groups = card.groups("columns")

    def record(company: str) -> Record:
        total = card.total(company)
        level = {"level": levels[company]} if levels else {}
        low, high = (str(half_up(end, methodology.total_decimals)) for end in _ends(total))
        return (
            {
                "rank": rank_cell(card.rank(company)),
                "company": company,
                "name": entities[company].name.en,
                "total": low if total.is_exact else "",
                "low": low,
                "high": high,
                "coverage": _coverage(card.coverage(company)),
            }
            | {
                column: _per_cent(group.rate(company), methodology.rate_decimals)
                for column, group in groups.items()
            }
            | level
        )

    return [record(company) for company in card.order]


def json_text(card: Scorecard, records: Sequence[Record], assessed: Assessed | None = None) -> str:
    """Ranks, totals and points of columns as JSON, exactly: numbers are text.

    Parameters
    ----------
    card : Scorecard
    records : sequence of dict
        Its `ranking_records`.
    assessed : Assessed, optional
        What it rests on, on the assessed basis.
    """
    return _dumped(_scores(card, records) | _rests_on(assessed))


def write_data(edition: Edition, folder: Path) -> None:
    """Write the data files of an edition.

    Parameters
    ----------
    edition : Edition
    folder : Path
        Made if it is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    assessed = edition.reasons.assessed if edition.is_assessed and edition.reasons else None
    levels = assessed.levels if assessed else None
    records = ranking_records(edition.card, edition.entities, levels)
    tables: dict[str, tuple[Iterable[Record], list[Json]]] = {
        "ranking": (records, ranking_fields(edition.methodology, edition.card.basis)),
        "points": (_points_records(edition.card), points_fields()),
        "contributions": (_contribution_records(edition.card), contributions_fields()),
        "companies": (_company_records(edition), companies_fields()),
        "indicators": (_indicator_records(edition), indicators_fields(edition.methodology)),
        "disclosures": (disclosure_records(edition), disclosures_fields()),
        "evidence": (evidence_records(edition), evidence_fields()),
        "sources": (source_records(edition), sources_fields()),
        "challenges": (challenge_records(edition), challenges_fields()),
        "answers": (_answer_records(edition), answers_fields()),
    }
    resources = []
    for name in table_names(edition):
        rows, fields = tables[name]
        header = [str(field["name"]) for field in fields]
        content = (csv_text(list(rows)) or table_text(header, [])).encode()
        file = table_file(edition, name)
        (folder / file).write_bytes(content)
        resources.append(_table(name, file, content, fields))
    report = {**_scores(edition.card, records), **_about(edition), **_rests_on(assessed)}
    content = _dumped(report).encode()
    (folder / REPORT).write_bytes(content)
    resources.append(_resource(Path(REPORT).stem, REPORT, "json", content))
    package = _dumped(_package(edition, resources))
    (folder / PACKAGE).write_bytes(package.encode())
    (folder / NOTICE).write_bytes(notice_text(edition).encode())
    (folder / LICENSE).write_bytes(license_text().encode())


# Cells


def _ends(interval: Interval) -> tuple[Fraction, Fraction]:
    return interval.low, interval.high


def rank_cell(rank: Rank) -> str:
    """A rank in data: ``4``, or ``3..5``."""
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


def _contribution_records(card: Scorecard) -> Iterator[Record]:
    counted = [column for column in card.methodology.columns if not column.overlaps]
    groups = {column.id: card.column(column.id) for column in counted}
    factors = {column.id: column_factor(card, column) or Fraction(1) for column in counted}
    for company in card.companies:
        for column in counted:
            group, points = groups[column.id], groups[column.id].points(company)
            factor = factors[column.id]
            yield {
                "company": company,
                "column": column.id,
                "factor": plain(half_up(factor, FACTOR_DECIMALS)),
                "low": plain(half_up(points.low * factor, FACTOR_DECIMALS)),
                "high": plain(half_up(points.high * factor, FACTOR_DECIMALS)),
                "of": plain(half_up(group.most_points * factor, FACTOR_DECIMALS)),
            }


def _indicator_records(edition: Edition) -> Iterator[Record]:
    for dimension in edition.methodology.dimensions:
        for sub in dimension.sub_dimensions:
            for indicator in sub.indicators:
                factor = edition.card.factors[indicator.track]
                yield {
                    "code": indicator.code,
                    "title": indicator.title.en,
                    **{f"title_{code}": indicator.title.get(code) for code in OTHERS},
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
            **{f"name_{code}": entity.name.get(code) for code in OTHERS},
            "name_zh_basis": entity.name_zh.basis,
            "joint_venture": _yes(entity.is_joint_venture),
            "country": entity.country or "",
            "region": entity.region or "",
            "product": entity.product or "",
            "listed": "disputed" if len(listed) > 1 else "".join(LISTED[flag] for flag in listed),
            "reason": reasons[company],
            "parents": "; ".join(r.other("en") for r in entity.relations if r.kind == "parent"),
        }


def _answer_records(edition: Edition) -> Iterator[Record]:
    for company in edition.card.companies:
        for indicator in edition.methodology.indicators():
            for reason in answered_criteria(edition, company, indicator.code):
                signed = reason.verdict or reason.nothing
                yield {
                    "company": company,
                    "criterion": reason.name,
                    "points": plain(reason.criterion.points),
                    "answer": reason.given,
                    "counted": reason.counted,
                    "effective": reason.effective,
                    "worth": plain(reason.worth),
                    "level": signed.level if signed else "",
                    "assessor": signed.assessor if signed else "",
                    "date": signed.date.isoformat() if signed else "",
                    "rationale": (reason.verdict.rationale or "") if reason.verdict else "",
                    "disclosures": "; ".join(c.backing.disclosure for c in reason.cited),
                    "not_counting": "; ".join(
                        c.backing.disclosure for c in reason.cited if not c.backing.counts
                    ),
                    "places": "; ".join(
                        f"{found.place.source} {found.place.locator}"
                        for cited in reason.cited
                        for found in cited.places
                    ),
                }


def answered_criteria(edition: Edition, company: str, code: str) -> list[CriterionReason]:
    """Criteria of an indicator that someone has answered for a company."""
    if edition.reasons is None:
        return []
    criteria = edition.reasons.indicator(company, code).criteria
    return [reason for reason in criteria if reason.verdict or reason.nothing]


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
                **({"level": record["level"]} if "level" in record else {}),
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
        "draft": edition.draft,
        "incomplete": edition.incomplete,
        "cutoff": evaluation.cutoff.isoformat(),
        "notice": evaluation.notice.model_dump(),
        "base": {
            "companies": len(edition.card.companies),
            "joint_ventures": len(edition.joint_ventures),
        },
    }


def _rests_on(assessed: Assessed | None) -> Json:
    """Which answers rest on a parent's disclosures, and which on nothing that counts."""
    if assessed is None:
        return {}
    return {
        "inherited": [
            {
                "company": entry.company,
                "criterion": entry.criterion,
                "disclosures": list(entry.disclosures),
                "worth": plain(entry.worth),
                "basis": entry.basis,
            }
            for entry in assessed.inherited
        ],
        "uncounted": [
            {
                "company": entry.company,
                "criterion": entry.criterion,
                "disclosures": list(entry.disclosures),
                "reasons": list(entry.reasons),
            }
            for entry in assessed.uncounted
        ],
    }


# The data package


def _package(edition: Edition, resources: Sequence[Json]) -> Json:
    evaluation, licence = edition.evaluation, "None granted here; see the notice."
    return {
        "profile": "data-package",
        "name": f"{evaluation.id}{name_mark(edition)}",
        "title": f"{edition.mark.upper()}: {evaluation.name.en}"
        if edition.mark
        else evaluation.name.en,
        "description": evaluation.notice.en,
        "licenses": [{"name": "notspecified", "title": licence, "path": NOTICE}],
        "sources": list(_sources(edition)),
        "cells": CELLS,
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
        publisher = edition.entities[owner_of(reference)].name.en
        link = {} if source.link is None else {"path": source.link}
        places = ", ".join(sorted(locators))
        yield {"title": f"{publisher}: {source.title}, {places}", **link}


def _table(name: str, file: str, content: bytes, fields: Sequence[Json]) -> Json:
    described: Json = {"fields": list(fields), "missingValues": [""]}
    if name in KEYS:
        described["primaryKey"] = KEYS[name]
    if name in REFERS:
        described["foreignKeys"] = [
            {"fields": [mine], "reference": {"resource": table, "fields": [theirs]}}
            for mine, (table, theirs) in REFERS[name].items()
        ]
    return {
        "profile": "tabular-data-resource",
        **_resource(name, file, "table", content),
        "encoding": "utf-8",
        "schema": described,
    }


def _resource(name: str, file: str, kind: str, content: bytes) -> Json:
    return {
        "name": name,
        "type": kind,
        "path": file,
        "format": Path(file).suffix[1:],
        "mediatype": MEDIA_TYPES[kind],
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
