"""The two bases side by side, as people read them."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.table import Table

from cati.model.language import LANGUAGES, Language
from cati.report.texts.bench import part_name
from cati.report.texts.comparing import block_table, indicator_table, miss_lines, summary_lines
from cati.report.wording import Wording
from cati.scoring.comparison import BlockComparison, compare_bases, misses
from cati.scoring.reasons import Reasons
from cati.scoring.scorecard import Scorecard
from cati.workspace import Workspace

EVALUATION = "automakers-2024"
Bases = tuple[Scorecard, Reasons, tuple[BlockComparison, ...]]


@pytest.fixture(scope="module")
def bases(real: Workspace) -> Bases:
    published, reasons = real.score(EVALUATION, "published"), real.reasons(EVALUATION)
    return published, reasons, compare_bases(published, reasons.card)


def lines(table: Table) -> list[str]:
    console = Console(width=150, file=io.StringIO(), record=True)
    console.print(table)
    return [line.strip() for line in console.export_text().splitlines()]


def test_every_count_says_its_base(bases: Bases) -> None:
    text = "\n".join(summary_lines(bases[2], Wording("en")))
    assert "561 pairs" in text
    assert "printed points inside our interval: 560 of 561" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_block_and_every_company_has_a_line(
    real: Workspace, bases: Bases, language: Language
) -> None:
    published, _, compared = bases
    wording = Wording(language)
    blocks = lines(block_table(compared, published, wording))
    names = [part_name(published, block.id, language) for block in published.blocks]
    assert [n for n in names if any(row.startswith(n) for row in blocks)] == names
    companies = lines(indicator_table(compared, published, real.store.entities, wording))
    called = [real.entity(company).name.get(language) for company in published.order]
    assert [n for n in called if any(row.startswith(n) for row in companies)] == called


def test_single_indicators_are_compared_for_each_company(real: Workspace, bases: Bases) -> None:
    table = lines(indicator_table(bases[2], bases[0], real.store.entities, Wording("en")))
    assert table[1].split() == ["Company", "5.3.2", "printed", "ours", "2.3.1", "printed", "ours"]
    (polestar,) = [row.split() for row in table if row.startswith("Polestar")]
    assert polestar == ["Polestar", "1", "0.5–3", "inside", "6", "2–6", "inside"]
    (benz,) = [row.split() for row in table if row.startswith("Beijing Benz")]
    assert benz[2:5] == ["0", "1–3", "miss"]


def test_a_miss_is_told_with_evidence_source_and_page(real: Workspace, bases: Bases) -> None:
    published, reasons, compared = bases
    found = misses(compared, published, reasons)
    text = "\n".join(miss_lines(found, published, real.store.entities, Wording("en")))
    assert "miss: Beijing Benz, Steel and aluminium (5.3.2): printed 0, ours 1–3 of 3" in text
    assert "- baic-group/steel-agreement-beijing-benz: " in text
    assert "published October 2024; Table 3-4-3" in text
    assert "kept with BAIC Group, which has 1 of 3 printed points here." in text
    chinese = "\n".join(miss_lines(found, published, real.store.entities, Wording("zh")))
    assert "北京奔驰，钢铝减排（5.3.2）：" in chinese
