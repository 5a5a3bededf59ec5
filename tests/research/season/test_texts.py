"""What a new season prints: proposals, what has grown old, what to look for again."""

from __future__ import annotations

import datetime

from cati.model.assignment import Assignment
from cati.model.language import Language
from cati.research.season.beginning import plan_season
from cati.research.season.texts import assignment_lines, season_lines
from tests.conftest import Spoilable
from tests.research.tiny_season import answered

TODAY = datetime.date(2025, 8, 1)


def lines(tiny: Spoilable, language: Language = "en") -> list[str]:
    workspace = tiny.open()
    season = plan_season(workspace, "second", "first", TODAY, by="Wen")
    methodology = workspace.methodology("tiny")
    return list(season_lines(season, methodology, workspace.store.entities, language))


def test_it_says_what_is_proposed_and_what_has_to_be_renewed(tiny: Spoilable) -> None:
    answered(tiny)
    rules = tiny.read("indicators/tiny/1-rules.yaml")
    terms = "        search_terms: {en: [pledge, promise], zh: [承诺]}\n"
    at = "      - code: 1.1.2"
    tiny.write("indicators/tiny/1-rules.yaml", rules.replace(at, f"{terms}{at}"))
    assert lines(tiny) == [
        "second: cut-off date 2025-06-30, methodology tiny, companies: 3",
        "Proposed answers: 4 (1 met, 3 not met), in companies: 2. They are worth nothing until an "
        "assessor confirms them.",
        "Unknown before, and not proposed: 1.",
        "Evidence that no longer counts on 2025-06-30: 1.",
        "  alpha/dated (Alpha Motors; 1.1.1): expired",
        "    proposed answers that rest on it: alpha 1.1.1/dated",
        "Look again:",
        "  1.1.1 A pledge: alpha",
        "    pledge, promise",
    ]
    chinese = "\n".join(lines(tiny, "zh"))
    assert "阿尔法汽车" in chinese
    assert "1.1.1 承诺：alpha" in chinese
    assert "alpha/dated（阿尔法汽车；1.1.1）：" in chinese


def test_renamed_companies_are_named(tiny: Spoilable) -> None:
    relation = (
        "relations:\n  - {kind: renamed_from, name: Old, since: 2025-01, basis: outside_report}\n"
    )
    tiny.write("companies/beta/company.yaml", tiny.read("companies/beta/company.yaml") + relation)
    assert "scope: beta: Renamed from Old 2025-01" in lines(tiny)


def test_assignments_are_one_line_each() -> None:
    day = datetime.date(2026, 3, 31)
    given = [
        Assignment(assessor="Ann", companies=("alpha", "beta"), by=day),
        Assignment(
            assessor="Bo", companies=("alpha",), indicators=("1", "2.1"), by=day, second=True
        ),
    ]
    assert list(assignment_lines(given, "en")) == [
        "Ann, by 2026-03-31: alpha, beta; all indicators",
        "Bo (second assessment), by 2026-03-31: alpha; 1, 2.1",
    ]
