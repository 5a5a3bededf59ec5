"""The fields of the data files: what each holds, in which unit, and what it may be."""

from __future__ import annotations

from typing import get_args

from cati.model.methodology import Column, Methodology
from cati.model.rounding import plain
from cati.scoring.scorecard import Level

Json = dict[str, object]

SPAN_OF_WHOLE = r"\d+(\.\.\d+)?"
SPAN_OF_DECIMALS = r"\d+(\.\d+)?(\.\.\d+(\.\d+)?)?"
KEYS = {
    "ranking": ["company"],
    "points": ["company", "level", "group"],
    "indicators": ["code"],
    "companies": ["company"],
}
"""What identifies a row of each table."""


def field(name: str, kind: str, description: str, **more: object) -> Json:
    """A field as a data package describes it.

    Parameters
    ----------
    name, kind, description : str
        `kind` is one of the types of Table Schema.
    **more
        ``unit``, and constraints such as ``required``.
    """
    unit = {"unit": more.pop("unit")} if "unit" in more else {}
    constraints = {"constraints": more} if more else {}
    return {"name": name, "type": kind, "description": description, **unit, **constraints}


def ranking_fields(methodology: Methodology) -> list[Json]:
    """Of ``ranking.csv`` and of ``cati score --format csv``."""
    most = float(methodology.maximum)
    points = {"unit": "points", "minimum": 0, "maximum": most}
    return [
        field(
            "rank",
            "string",
            "Competition rank (1, 2, 2, 4); best..worst where totals are intervals.",
            required=True,
            pattern=SPAN_OF_WHOLE,
        ),
        field("company", "string", "Id of the company.", required=True, unique=True),
        field("name", "string", "English name.", required=True),
        field("total", "number", "Total; empty where it is an interval.", **points),
        field("low", "number", "Lowest total.", required=True, **points),
        field("high", "number", "Highest total.", required=True, **points),
        field(
            "coverage",
            "number",
            "Part of the possible points that is settled, from 0 to 1, cut to four decimals.",
            required=True,
            minimum=0,
            maximum=1,
        ),
        *(_rate_field(column) for column in methodology.columns),
    ]


def _rate_field(column: Column) -> Json:
    about = f"{column.name.en}: raw points over points possible in {', '.join(column.members)}"
    if not column.printed:
        about += "; not printed, worked out from the total"
    if column.overlaps:
        about += "; overlaps other columns and is never added to the total"
    if column.make_up == "unproven":
        about += "; which indicators it takes together is not proven"
    return field(
        column.id,
        "string",
        f"{about}. Rounded half up; lowest..highest where it is an interval.",
        unit="%",
        required=True,
        pattern=SPAN_OF_DECIMALS,
    )


def points_fields() -> list[Json]:
    """Of ``points.csv``: a row for each company and group of indicators."""
    points = {"unit": "points", "required": True, "minimum": 0}
    rate = {"unit": "%", "required": True, "minimum": 0, "maximum": 100}
    return [
        field("company", "string", "Id of the company.", required=True),
        field(
            "level",
            "string",
            "Kind of group. A printed table knows single indicators only as intervals.",
            required=True,
            enum=list(get_args(Level)),
        ),
        field("group", "string", "Id of the column, track or block, or a code.", required=True),
        field("low", "number", "Least raw points, exactly, before any factor.", **points),
        field("high", "number", "Greatest raw points, exactly, before any factor.", **points),
        field("of", "number", "Points possible.", **points),
        field("rate_low", "number", "low over of, rounded half up to four decimals.", **rate),
        field("rate_high", "number", "high over of, rounded half up to four decimals.", **rate),
    ]


def indicators_fields(methodology: Methodology) -> list[Json]:
    """Of ``indicators.csv``: the methodology."""
    points = f"Points possible, before the factor; {plain(methodology.maximum)} in all."
    basis = "printed in the source, or worked_out from other numbers."
    return [
        field("code", "string", "Code of the indicator.", required=True, unique=True),
        field("title", "string", "Short English title, ours.", required=True),
        field("title_zh", "string", "Short Chinese title, ours.", required=True),
        field("dimension", "string", "Dimension it belongs to.", required=True),
        field("sub_dimension", "string", "Sub-dimension it belongs to.", required=True),
        field("points", "number", points, unit="points", required=True, minimum=0),
        field("track", "string", "Scope group that decides the factor.", required=True),
        field("factor", "number", "What the points are multiplied with.", required=True, minimum=0),
        field("points_basis", "string", basis, required=True, enum=["printed", "worked_out"]),
        field("industry_specific", "boolean", "Aimed at steel, aluminium and batteries."),
        field("note", "string", "What is doubtful."),
    ]


def companies_fields() -> list[Json]:
    """Of ``companies.csv``: profiles of the companies."""
    bases = ["printed", "brand_usage", "none"]
    listed = "Listed on a stock exchange; disputed where sources disagree, empty where unknown."
    return [
        field("company", "string", "Id, final.", required=True, unique=True),
        field("name", "string", "English name.", required=True),
        field("name_zh", "string", "Chinese name.", required=True),
        field("name_zh_basis", "string", "How the Chinese name is known.", enum=bases),
        field("joint_venture", "boolean", "Scored as a joint venture.", required=True),
        field("country", "string", "ISO 3166-1 alpha-2 code.", pattern="[A-Z]{2}"),
        field("region", "string", "Group of companies by origin."),
        field("product", "string", "What it mainly makes."),
        field("listed", "string", listed, enum=["yes", "no", "disputed"]),
        field("reason", "string", "Why it is in the evaluation's scope.", required=True),
        field("parents", "string", "Parents by id or name, with semicolons between."),
    ]
