"""A workspace with two seasons: who was renamed, merged, came and went; what was found and lost.

``season-1`` (cut-off June 2024) and ``season-2`` (June 2025) ask the same; ``season-2b`` is the
second season under a second version of the methodology.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cati.workspace import Workspace

TEXT = {"en": "x", "zh": "x"}


def criterion(name: str, points: float, *requires: str, says: str = "It is so.") -> dict[str, Any]:
    found: dict[str, Any] = {"id": name, "points": points, "statement": {"en": says, "zh": "是。"}}
    return found | ({"requires": list(requires)} if requires else {})


def indicator(code: str, track: str, *routes: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    points = sum(c["points"] for c in routes[0])
    ways = [{"id": f"way-{n}", "criteria": route} for n, route in enumerate(routes)]
    return {"code": code, "title": TEXT, "points": points, "track": track, "routes": ways, **more}


def first_indicators() -> dict[str, list[dict[str, Any]]]:
    """By sub-dimension."""
    return {
        "1.1": [
            indicator(
                "1.1.1", "rules", [criterion("said", 0.5), criterion("dated", 1.5, "1.1.1/said")]
            )
        ],
        "1.2": [
            indicator(
                "1.2.1", "own", [criterion("target", 2), criterion("base", 1, "1.2.1/target")]
            ),
            indicator("1.2.2", "own", [criterion("progress", 3, "1.2.1/target")]),
            indicator("1.2.3", "own", [criterion("credits", 1)], offsets=True),
        ],
        "1.3": [
            indicator(
                "1.3.1",
                "chain",
                [criterion("asks", 0.5), criterion("share", 2.5, "1.3.1/asks")],
                [criterion("platform", 1), criterion("users", 2, "1.3.1/platform")],
            ),
            indicator("1.3.2", "chain", [criterion("steel", 2), criterion("battery", 2)]),
        ],
    }


def second_indicators() -> dict[str, list[dict[str, Any]]]:
    """The second version: a criterion more, one reworded, one gone, other points."""
    subs = first_indicators()
    subs["1.1"][0] = indicator(
        "1.1.1",
        "rules",
        [
            criterion("said", 0.5, says="It is said in public."),
            criterion("dated", 1, "1.1.1/said"),
            criterion("board", 0.5),
        ],
    )
    subs["1.3"][1] = indicator("1.3.2", "chain", [criterion("steel", 4)])
    return subs


def write_methodology(
    root: Path, name: str, subs: dict[str, list[dict[str, Any]]], own_share: int = 30
) -> None:
    points = {sub: sum(i["points"] for i in inside) for sub, inside in subs.items()}
    write(
        root / f"indicators/{name}/methodology.yaml",
        format=1,
        id=name,
        version="1",
        name=TEXT,
        source="press/report",
        locator="Annex",
        notice=TEXT,
        maximum=sum(points.values()),
        grid=0.5,
        total_decimals=1,
        rate_decimals=0,
        tracks=[
            {"id": "rules", "name": TEXT},
            {"id": "own", "name": TEXT, "weighted": True, "share": own_share},
            {"id": "chain", "name": TEXT, "weighted": True, "share": 100 - own_share},
        ],
        columns=[{"id": f"c{sub[-1]}", "name": TEXT, "members": [sub]} for sub in subs],
        inheritance=[
            {
                "by": "joint_venture",
                "of": "parent",
                "members": ["1.2"],
                "fraction": 0.5,
                "basis": "inferred",
                "note": TEXT,
            }
        ],
    )
    write(
        root / f"indicators/{name}/1-all.yaml",
        format=1,
        code="1",
        name=TEXT,
        points=sum(points.values()),
        sub_dimensions=[
            {"code": sub, "name": TEXT, "points": points[sub], "indicators": inside}
            for sub, inside in subs.items()
        ],
    )


def write(path: Path, **content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def write_company(root: Path, name: str, kind: str = "automaker", *relations: Any) -> None:
    path = root / f"companies/{name}/company.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    write(
        path,
        format=1,
        id=name,
        kind=kind,
        name={"en": name.capitalize(), "zh": name.capitalize()},
        name_zh={"basis": "none"},
        relations=[{**relation, "basis": "outside_report"} for relation in relations],
    )


def write_disclosures(root: Path, company: str, *found: dict[str, Any]) -> None:
    """Disclosures, each ``{id, year, and whatever else}``: one source for each year."""
    years = sorted({entry["year"] for entry in found})
    write(
        root / f"companies/{company}/sources.yaml",
        format=1,
        sources=[
            {
                "id": f"report-{year}",
                "kind": "sustainability_report",
                "title": f"Report {year}",
                "language": "en",
                "published": f"{year}-04-01",
            }
            for year in years
        ],
    )
    write(
        root / f"companies/{company}/evidence.yaml",
        format=1,
        disclosures=[
            {
                "statement": "Something is stated.",
                "indicators": ["season/1.1.1"],
                "polarity": "supports",
                "confidence": "high",
                "where": [{"source": f"{company}/report-{entry['year']}", "locator": "page 7"}],
                **{key: value for key, value in entry.items() if key != "year"},
            }
            for entry in found
        ],
    )


def write_evaluation(
    root: Path, name: str, methodology: str, cutoff: str, scope: list[str], **more: Any
) -> None:
    write(
        root / f"reports/{name}/evaluation.yaml",
        format=1,
        id=name,
        name=TEXT,
        methodology=methodology,
        cutoff=cutoff,
        basis="assessed",
        notice=TEXT,
        reasons=[{"id": "sales", "name": TEXT}],
        scope=[{"company": company, "reason": "sales"} for company in scope],
        **more,
    )


def write_assessment(
    root: Path, company: str, evaluation: str, nothing: tuple[str, ...] = (), **verdicts: Any
) -> None:
    """Verdicts by criterion: an answer, its disclosures, and whatever else."""
    write(
        root / f"companies/{company}/assessments/{evaluation}.yaml",
        format=1,
        evaluation=evaluation,
        verdicts=[
            {
                "criterion": name,
                "answer": answer,
                "disclosures": list(disclosures),
                "assessor": "A",
                "date": "2025-07-01",
                **(more[0] if more else {}),
            }
            for name, (answer, disclosures, *more) in verdicts.items()
        ],
        no_disclosure=[
            {"code": code, "looked_in": ["its website"], "assessor": "A", "date": "2025-07-01"}
            for code in nothing
        ],
    )


def two_seasons(root: Path) -> Workspace:
    """The workspace that the module describes."""
    for folder in ("indicators", "companies", "reports"):
        (root / folder).mkdir(parents=True)
    write_methodology(root, "season", first_indicators())
    write_methodology(root, "season-v2", second_indicators(), own_share=50)
    write_company(root, "press", "publisher")
    write(
        root / "companies/press/sources.yaml",
        format=1,
        sources=[{"id": "report", "kind": "other", "title": "R", "language": "en"}],
    )
    write_company(root, "alpha")
    write_company(root, "beta")
    write_company(root, "gone")
    write_company(root, "small", "automaker", {"kind": "merged_into", "to": "beta"})
    write_company(root, "oldname")
    write_company(root, "newname", "automaker", {"kind": "renamed_from", "to": "oldname"})
    write_company(root, "fresh")
    write_company(root, "venture", "joint_venture", {"kind": "parent", "to": "alpha", "share": 50})
    write_disclosures(
        root,
        "alpha",
        {"id": "pledge", "year": 2023},
        {"id": "target", "year": 2023, "valid_until": "2024-12-31"},
        {"id": "base", "year": 2025},
        {"id": "steel", "year": 2023},
        {"id": "platform", "year": 2023},
        {"id": "users", "year": 2025},
    )
    write_disclosures(
        root,
        "beta",
        {"id": "target", "year": 2023},
        {"id": "progress", "year": 2023},
        {
            "id": "progress-restated",
            "year": 2025,
            "polarity": "absent",
            "supersedes": {"disclosure": "beta/progress", "was": "Done.", "reason": "Restated."},
        },
        {"id": "steel", "year": 2024},
    )
    write_disclosures(root, "oldname", {"id": "pledge", "year": 2023})
    scopes = {
        "season-1": ["alpha", "beta", "gone", "oldname", "small", "venture"],
        "season-2": ["alpha", "beta", "fresh", "newname", "venture"],
    }
    write_evaluation(root, "season-1", "season", "2024-06-30", scopes["season-1"])
    write_evaluation(root, "season-2", "season", "2025-06-30", scopes["season-2"])
    write_evaluation(root, "season-2b", "season-v2", "2025-06-30", scopes["season-2"])
    write_assessment(
        root,
        "alpha",
        "season-1",
        ("1.2.3",),
        **{
            "1.1.1/said": ("met", ["alpha/pledge"]),
            "1.1.1/dated": ("not_met", ["alpha/pledge"]),
            "1.2.1/target": ("met", ["alpha/target"]),
            "1.2.1/base": ("unknown", []),
            "1.3.2/steel": ("met", ["alpha/steel"]),
            "1.3.1/platform": ("met", ["alpha/platform"]),
        },
    )
    write_assessment(
        root,
        "beta",
        "season-1",
        **{
            "1.2.1/target": ("met", ["beta/target"]),
            "1.2.2/progress": ("met", ["beta/progress"]),
            "1.3.2/steel": ("not_met", []),
            "1.3.2/battery": ("not_met", []),
        },
    )
    write_assessment(root, "gone", "season-1", **{"1.3.2/steel": ("met", ["alpha/steel"])})
    write_assessment(root, "oldname", "season-1", **{"1.1.1/said": ("met", ["oldname/pledge"])})
    write_assessment(root, "venture", "season-1", **{"1.2.1/target": ("met", ["alpha/target"])})
    for season in ("season-2", "season-2b"):
        battery = {} if season == "season-2b" else {"1.3.2/battery": ("not_met", [])}
        write_assessment(
            root,
            "alpha",
            season,
            ("1.2.2",),
            **{
                "1.1.1/said": ("met", ["alpha/pledge"]),
                "1.1.1/dated": (
                    "met",
                    ["alpha/pledge"],
                    {
                        "history": [
                            {
                                "who": "A",
                                "when": "2025-07-02",
                                "was": "not_met",
                                "now": "met",
                                "why": "The date stands in the footnote.",
                            }
                        ]
                    },
                ),
                "1.2.1/target": ("met", ["alpha/target"]),
                "1.2.1/base": ("met", ["alpha/base"], {"rationale": "2019 is the base year."}),
                "1.3.1/platform": ("met", ["alpha/platform"]),
                "1.3.1/users": ("met", ["alpha/users"], {"rationale": "200 suppliers use it."}),
                **battery,
            },
        )
        write_assessment(
            root,
            "beta",
            season,
            **{
                "1.2.1/target": ("met", ["beta/target"]),
                "1.2.2/progress": ("not_met", ["beta/progress-restated"]),
                "1.3.2/steel": ("met", ["beta/steel"], {"rationale": "Page 7, overlooked."}),
            },
        )
        write_assessment(root, "newname", season, **{"1.1.1/said": ("met", ["oldname/pledge"])})
        write_assessment(root, "fresh", season, **{"1.1.1/said": ("met", ["alpha/pledge"])})
        write_assessment(root, "venture", season, **{"1.2.1/target": ("met", ["alpha/base"])})
    return Workspace.open(root)
