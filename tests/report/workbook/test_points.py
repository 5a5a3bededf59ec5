"""The lines that the workbook's formulas work on."""

from __future__ import annotations

from fractions import Fraction

from cati.report.edition import Edition
from cati.report.workbook.points import points_lines
from cati.report.xlsx import cell, fixed, span
from cati.workspace import Workspace


def test_every_alternative_is_a_line_of_its_own(real: Workspace) -> None:
    lines = points_lines(Edition.of(real, real.score("automakers-2024")))
    assert len(lines) == 52
    first, second = (line for line in lines if line.company == "geely-auto")
    assert (first.mark, second.mark) == (" (1)", " (2)")
    ends = [
        (line.points["affiliates"], line.points["upstream_suppliers"]) for line in (first, second)
    ]
    assert ends == [(Fraction(1, 2), Fraction(3, 2)), (4, 0)]
    assert {first.total, second.total} == {Fraction(619, 10)}
    assert {line.mark for line in lines if line.company != "geely-auto"} == {""}


def test_references_are_written_as_spreadsheets_read_them() -> None:
    assert (cell(0, 0), fixed(4, 27), span(1, 0, 2, 3)) == ("A1", "$AB$5", "$A$2:$D$3")
