"""The fields of the data files: what each holds, in which unit, and what it may be."""

from __future__ import annotations

from typing import get_args

from cati.model.assessment import LEVELS, Answer
from cati.model.evidence import Confidence, Polarity
from cati.model.language import LANGUAGES, OTHERS
from cati.model.methodology import Column, Methodology
from cati.model.review import Outcome, Stage
from cati.model.rounding import plain
from cati.scoring.scorecard import Basis, Level

Json = dict[str, object]

SPAN_OF_WHOLE = r"\d+(\.\.\d+)?"
SPAN_OF_DECIMALS = r"\d+(\.\d+)?(\.\.\d+(\.\d+)?)?"
KEYS = {
    "ranking": ["company"],
    "points": ["company", "level", "group"],
    "indicators": ["code"],
    "companies": ["company"],
    "answers": ["company", "criterion"],
    "contributions": ["company", "column"],
    "disclosures": ["disclosure"],
    "evidence": ["disclosure", "source", "locator"],
    "sources": ["source"],
}
"""What identifies a row of a table; challenges have nothing that does."""

COMPANIES = {"company": ("companies", "company")}
REFERS: dict[str, dict[str, tuple[str, str]]] = {
    **dict.fromkeys(("ranking", "points", "contributions", "answers", "challenges"), COMPANIES),
    "evidence": {"disclosure": ("disclosures", "disclosure"), "source": ("sources", "source")},
}
"""Fields of a table that hold a field of another one."""


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


_LEVEL = field(
    "level",
    "string",
    "The lowest verification level of the company's answers.",
    required=True,
    enum=list(LEVELS),
)


def _in_others(name: str, description: str) -> list[Json]:
    """A field for each language besides English."""
    return [
        field(f"{name}_{code}", "string", description.format(language=language), required=True)
        for code, language in OTHERS.items()
    ]


def ranking_fields(methodology: Methodology, basis: Basis = "published") -> list[Json]:
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
        *(_rate_field(column, basis) for column in methodology.columns),
        *([_LEVEL] if basis == "assessed" else []),
    ]


def _rate_field(column: Column, basis: Basis) -> Json:
    about = f"{column.name.en}: raw points over points possible in {', '.join(column.members)}"
    if not column.printed and basis == "published":
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
        *_in_others("title", "Short {language} title, ours."),
        field("dimension", "string", "Dimension it belongs to.", required=True),
        field("sub_dimension", "string", "Sub-dimension it belongs to.", required=True),
        field("points", "number", points, unit="points", required=True, minimum=0),
        field("track", "string", "Scope group that decides the factor.", required=True),
        field("factor", "number", "What the points are multiplied with.", required=True, minimum=0),
        field("points_basis", "string", basis, required=True, enum=["printed", "worked_out"]),
        field("industry_specific", "boolean", "Aimed at steel, aluminium and batteries."),
        field("note", "string", "What is doubtful."),
    ]


def answers_fields() -> list[Json]:
    """Of ``answers.csv``: a row for each criterion that anyone has answered for a company."""
    answers = list(get_args(Answer))
    counted = "What is left of it: unknown where none of its evidence counts."
    effective = "What it comes to once the criteria that it requires are looked at."
    worth = "Part of its points that it can earn, from 0 to 1; below 1 where it is inherited."
    return [
        field("company", "string", "Id of the company.", required=True),
        field("criterion", "string", "<code>/<criterion>.", required=True),
        field("points", "number", "Points possible.", unit="points", required=True, minimum=0),
        field("answer", "string", "As the assessor gives it.", required=True, enum=answers),
        field("counted", "string", counted, required=True, enum=answers),
        field("effective", "string", effective, required=True, enum=answers),
        field("worth", "number", worth, required=True, minimum=0, maximum=1),
        field("level", "string", "Verification level.", required=True, enum=list(LEVELS)),
        field("assessor", "string", "Who answered.", required=True),
        field("date", "date", "When.", required=True),
        field("rationale", "string", "How the disclosures lead to the answer."),
        field("disclosures", "string", "References, with semicolons between."),
        field("not_counting", "string", "Those of them that do not count."),
        field("places", "string", "Source and place of each disclosure, with semicolons between."),
    ]


def companies_fields() -> list[Json]:
    """Of ``companies.csv``: profiles of the companies."""
    bases = ["printed", "brand_usage", "none"]
    listed = "Listed on a stock exchange; disputed where sources disagree, empty where unknown."
    return [
        field("company", "string", "Id, final.", required=True, unique=True),
        field("name", "string", "English name.", required=True),
        *_in_others("name", "{language} name."),
        field("name_zh_basis", "string", "How the Chinese name is known.", enum=bases),
        field("joint_venture", "boolean", "Scored as a joint venture.", required=True),
        field("country", "string", "ISO 3166-1 alpha-2 code.", pattern="[A-Z]{2}"),
        field("region", "string", "Group of companies by origin."),
        field("product", "string", "What it mainly makes."),
        field("listed", "string", listed, enum=["yes", "no", "disputed"]),
        field("reason", "string", "Why it is in the evaluation's scope.", required=True),
        field("parents", "string", "Parents by id or name, with semicolons between."),
    ]


def contributions_fields() -> list[Json]:
    """Of ``contributions.csv``: a row for each company and column that is added to the total."""
    points = {"unit": "points", "required": True, "minimum": 0}
    factor = "What raw points are multiplied with, rounded half up to six decimals."
    return [
        field("company", "string", "Id of the company.", required=True),
        field("column", "string", "Id of the column.", required=True),
        field("factor", "number", factor, required=True, minimum=0),
        field("low", "number", "Least points times factor, to six decimals.", **points),
        field("high", "number", "Greatest points times factor, to six decimals.", **points),
        field("of", "number", "Points possible times factor, to six decimals.", **points),
    ]


def disclosures_fields() -> list[Json]:
    """Of ``disclosures.csv``: a row for each disclosure that bears on the methodology."""
    why = "Why it does not count, or is worth nothing by default; semicolons between."
    return [
        field("disclosure", "string", "Reference, <entity>/<id>.", required=True, unique=True),
        field("entity", "string", "Whom it is about; not only companies.", required=True),
        field("indicators", "string", "Codes it bears on, semicolons between.", required=True),
        field("statement", "string", "What was found, in our words.", required=True),
        field("language", "string", "Of the statement.", required=True, enum=list(LANGUAGES)),
        field("figures", "string", "Its numbers with units and years, semicolons between."),
        field(
            "polarity",
            "string",
            "Speaks for the indicator, for a part, or of nothing found.",
            required=True,
            enum=list(get_args(Polarity)),
        ),
        field(
            "confidence",
            "string",
            "Of the reading.",
            required=True,
            enum=list(get_args(Confidence)),
        ),
        field("period", "string", "Reporting period."),
        field("counts", "boolean", "An assessor can rely on it by the cut-off.", required=True),
        field("why_not", "string", why),
    ]


def evidence_fields() -> list[Json]:
    """Of ``evidence.csv``: a row for each place where a disclosure stands."""
    return [
        field("disclosure", "string", "Reference.", required=True),
        field("source", "string", "Reference of the document.", required=True),
        field("locator", "string", "Page, section or table.", required=True),
        field("secondary", "boolean", "Reports what another document says.", required=True),
        field("original", "string", "Reference of that document."),
        field("cites", "string", "How the secondary source names it."),
    ]


def sources_fields() -> list[Json]:
    """Of ``sources.csv``: a row for each document that the evidence or the table stands in."""
    return [
        field("source", "string", "Reference, <publisher>/<id>.", required=True, unique=True),
        field("publisher", "string", "English name of the publisher.", required=True),
        field("title", "string", "As it stands on the document.", required=True),
        field("kind", "string", "Kind of document.", required=True),
        field(
            "language", "string", "Of the copy that was read.", required=True, enum=list(LANGUAGES)
        ),
        field("published", "string", "When it came out, as exactly as known."),
        field("accessed", "date", "When it was read."),
        field("data_as_of", "date", "The day its data describe."),
        field("link", "string", "Where it is on the web."),
        field("supersedes", "string", "Reference of the earlier document."),
    ]


def challenges_fields() -> list[Json]:
    """Of ``challenges.csv``: decided challenges that their company lets us publish."""
    return [
        field("company", "string", "Id of the company.", required=True),
        field("criterion", "string", "<code>/<criterion>.", required=True),
        field("stage", "string", "Review or appeal.", required=True, enum=list(get_args(Stage))),
        field("text", "string", "What the company says.", required=True),
        field("link", "string", "The public document that it points at."),
        field("where", "string", "Place in it."),
        field("published", "string", "When it came out, as the company says."),
        field(
            "outcome", "string", "What was decided.", required=True, enum=list(get_args(Outcome))
        ),
        field("reason", "string", "Why.", required=True),
        field("decided", "date", "When.", required=True),
        field("erratum", "integer", "Number of the correction that told of the change."),
    ]
