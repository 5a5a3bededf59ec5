"""Text for terminals: wide, narrow, in both languages."""

from __future__ import annotations

import io

import pytest
from rich.console import Console, RenderableType

from cati.report.language import Language
from cati.report.terminal import (
    RATES_WIDTH,
    WIDTH,
    company_text,
    derivation_lines,
    footnotes,
    group_text,
    ranking_table,
)
from cati.workspace import Workspace

NAME = "automakers-2024"


def rendered(content: RenderableType, width: int = WIDTH) -> str:
    console = Console(file=io.StringIO(), width=width)
    console.print(content)
    text = console.file
    assert isinstance(text, io.StringIO)
    return text.getvalue()


def test_the_ranking_has_a_line_for_each_company_with_its_rates(real: Workspace) -> None:
    card = real.score(NAME)
    text = rendered(ranking_table(card, real.store.entities, "en", WIDTH))
    (line,) = (line for line in text.splitlines() if "Stellantis" in line)
    assert line.split()[:6] == ["15", "Stellantis", "46.0", "80", "60", "92"]


def test_a_narrow_terminal_gets_totals_without_rates(real: Workspace) -> None:
    card = real.score(NAME)
    table = ranking_table(card, real.store.entities, "en", RATES_WIDTH - 1)
    (line,) = (line for line in rendered(table, 79).splitlines() if "Stellantis" in line)
    assert line.split() == ["15", "Stellantis", "46.0"]


def test_footnotes_name_the_base_and_the_notice(real: Workspace) -> None:
    card = real.score(NAME)
    some = card.without(real.joint_ventures(card))
    base, notice = footnotes(some, real.evaluation(NAME), 51, "en")
    assert base == "Base: 37 of 51 companies. Basis: published."
    assert "IPE has not endorsed it" in notice


@pytest.mark.parametrize(("language", "name"), [("en", "Geely Auto"), ("zh", "吉利汽车")])
def test_a_company_is_explained_from_source_to_sum(
    real: Workspace, language: Language, name: str
) -> None:
    explanation = real.explain(NAME, "geely-auto")
    source = real.store.sources[explanation.where.source]
    text = rendered(company_text(explanation, real.entity("geely-auto"), source, language))
    assert text.startswith(name)
    assert "ipe/automotive-report-2024" in text
    assert text.rstrip().endswith("14.5 + 0.6 x 30 + 1.4 x 21 = 61.9")


def explained(real: Workspace, company: str, code: str) -> list[str]:
    part = real.explain_part(NAME, company, code)
    source = real.store.sources[part.company.where.source]
    return group_text(part, real.entity(company), source, "en").splitlines()


def test_a_column_inside_another_is_taken_out_of_it(real: Workspace) -> None:
    lines = explained(real, "geely-auto", "scope3_action")
    assert "  scope3_action_rest: 5.5 points, the first without the others" in lines
    assert lines[-1] == "adds to the total: 1.4 x 5.5 + 1.4 x 1 = 9.1"


def test_a_column_of_unproven_make_up_says_so(real: Workspace) -> None:
    lines = explained(real, "geely-auto", "supplier_guidance")
    assert lines[0] == "supplier_guidance Supplier guidance, Geely Auto: 2 of 16 points, 13 %"
    assert lines[-1].startswith("Which indicators it takes together is not proven")


def test_a_derivation_is_summed_up_with_its_open_ends(real: Workspace) -> None:
    assert list(derivation_lines(real.derive(NAME))) == [
        "624 points worked out for 51 companies:",
        "  520 from their printed rate",
        "  46 because the printed columns alone give the total",
        "  58 from what the total leaves",
        "several solutions for geely-auto: affiliates 0.5 (1), upstream_suppliers 1.5 (1), "
        "affiliates 4 (2), upstream_suppliers 0 (2)",
    ]
