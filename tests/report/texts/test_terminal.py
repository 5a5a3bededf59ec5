"""Text for terminals: wide, narrow, in both languages."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from cati.model.language import Language
from cati.report import show
from cati.report.texts.terminal import (
    WIDTH,
    company_text,
    derivation_lines,
    fitted,
    footnotes,
    group_text,
    left_out_line,
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


def printed(real: Workspace, width: int, terminal: bool, language: Language = "en") -> list[str]:
    """The ranking as it comes out at a width, and how many columns were left out."""
    console = Console(file=io.StringIO(), width=width, force_terminal=terminal, color_system=None)
    table = ranking_table(real.score(NAME), real.store.entities, language)
    left_out = fitted(table, console)
    console.print(table)
    assert isinstance(console.file, io.StringIO)
    return [*console.file.getvalue().splitlines(), str(left_out)]


def rates(real: Workspace, company: str) -> list[str]:
    card = real.score(NAME)
    return [show.rate(g.rate(company), 0) for g in card.groups("columns").values()]


@pytest.mark.parametrize("width", [80, 81, 99, 100, 119, 120, 130, 140, 160, 170, 200, 250])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_number_is_ever_cut_off(real: Workspace, width: int, language: Language) -> None:
    lines = printed(real, width, True, language)
    (line,) = (line for line in lines if "73.1" in line)
    shown = line.split("73.1")[1].split()
    assert shown == rates(real, "mercedes-benz")[: 12 - int(lines[-1])]
    assert all(cell_len(line) <= width for line in lines)


def test_a_file_gets_every_column(real: Workspace) -> None:
    lines = printed(real, 80, False)
    (line,) = (line for line in lines if "Geely Auto" in line)
    assert line.split("61.9")[1].split() == rates(real, "geely-auto")
    assert lines[-1] == "0"


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
    assert "  Scope 3 action without Steel and aluminium: 5.5 points" in lines
    assert lines[-1] == "adds to the total: 1.4 x 5.5 + 1.4 x 1 = 9.1"


def test_a_path_is_chinese_to_its_brackets(real: Workspace) -> None:
    part = real.explain_part(NAME, "geely-auto", "1.1.2")
    source = real.store.sources[part.company.where.source]
    lines = group_text(part, real.entity("geely-auto"), source, "zh").splitlines()
    assert "，表 3-3-1，" in lines[1]
    assert lines[3].startswith("  治理：85% → 8.5 / 10（以 0.5 分为步长，")
    whole = rendered(company_text(part.company, real.entity("geely-auto"), source, "zh"))
    assert "85%" in whole
    assert "；与其他列重叠，不计入总分" in whole


def test_a_column_of_unproven_make_up_says_so(real: Workspace) -> None:
    lines = explained(real, "geely-auto", "supplier_guidance")
    assert lines[0] == "supplier_guidance Supplier guidance, Geely Auto: 2 of 16 points, 13 %"
    assert lines[-1].startswith("Which indicators it takes together is not proven")


def test_a_derivation_is_summed_up_with_its_open_ends(real: Workspace) -> None:
    assert list(derivation_lines(real.derive(NAME), "en")) == [
        "624 points worked out for 51 companies:",
        "  520 from their printed rate",
        "  46 because the printed columns alone give the total",
        "  58 from what the total leaves",
        "several solutions for geely-auto: affiliates 0.5 (1), upstream_suppliers 1.5 (1), "
        "affiliates 4 (2), upstream_suppliers 0 (2)",
    ]


def test_one_is_counted_in_the_singular(real: Workspace) -> None:
    derivation = real.derive(NAME)
    one = replace(derivation, rows=derivation.rows[:1])
    assert next(derivation_lines(one, "en")) == "1 point worked out for 1 company:"
    assert next(derivation_lines(one, "zh")) == "为 1 家企业推算出 1 项得分："
    assert explained(real, "geely-auto", "1.1.2")[0].endswith("Geely Auto: 0–1 of 1 point, 0–100 %")


@pytest.mark.parametrize(
    ("columns", "language", "line"),
    [
        (1, "en", "1 column left out: widen the terminal, or use --format csv"),
        (2, "en", "2 columns left out: widen the terminal, or use --format csv"),
        (2, "zh", "有 2 列未显示：请加宽终端窗口，或使用 --format csv"),
    ],
)
def test_columns_that_are_left_out_are_counted(columns: int, language: Language, line: str) -> None:
    assert left_out_line(columns, language) == line
