"""The sheet of answers: every one of them, with its level and evidence, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from cati.model.language import LANGUAGES, Language
from cati.report.edition import Edition
from cati.report.wording import Wording
from cati.report.workbook.answers import answer_heads, answer_lines
from cati.report.workbook.writing import write_workbook
from cati.workspace import Workspace
from tests.conftest import Spoilable
from tests.scoring.test_backing import PARENT, VENTURE, venture

EVALUATION = "automakers-2024"


def edition_of(workspace: Workspace) -> Edition:
    reasons = workspace.reasons(EVALUATION)
    return Edition.of(workspace, reasons.card, reasons)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_has_a_row_with_its_evidence(
    real: Workspace, tmp_path: Path, language: Language
) -> None:
    path = tmp_path / "ours.xlsx"
    write_workbook(edition_of(real), path, language)
    sheet = load_workbook(path).worksheets[6]
    rows = [row for row in sheet.iter_rows(values_only=True) if "/" in str(row[2])]
    given = sum(
        len(assessment.verdicts) for assessment in real.store.assessments[EVALUATION].values()
    )
    assert len(rows) == given
    name = real.store.entities["polestar"].name.get(language)
    (row,) = [row for row in rows if row[0] == name and row[2] == "2.3.1/value"]
    assert "polestar/product-footprints-by-model-year" in str(row[12])
    assert "3-5-3" in str(row[12])


@pytest.mark.slow
def test_every_row_has_a_cell_for_every_head(real: Workspace) -> None:
    wording = Wording("en")
    lines = answer_lines(edition_of(real), wording)
    assert {len(line.cells) for line in lines} == {len(answer_heads(wording))}


@pytest.mark.slow
def test_an_inherited_answer_says_so_and_which_part_it_earns(real_copy: Spoilable) -> None:
    edition = edition_of(venture(real_copy, "3.1.1/quantified", PARENT))
    (line,) = [line for line in answer_lines(edition, Wording("en")) if line.company == VENTURE]
    assert line.cells[5] == 0.5
    assert "inherited from toyota" in str(line.cells[-1])
