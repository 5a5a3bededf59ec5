"""Errata as text."""

from __future__ import annotations

from cati.report.texts.correcting import edition_lines, erratum_lines
from cati.store.file_kinds import ERRATA
from tests.conftest import Spoilable
from tests.model.test_errata import FILE, GOOD


def test_an_erratum_reads_in_both_languages(tiny: Spoilable) -> None:
    tiny.write(FILE, GOOD)
    errata = tiny.open().store.of(ERRATA)["first"]
    assert list(erratum_lines(errata.errata[0], "en")) == [
        "Erratum 1, 2025-04-01, by Wen",
        "  What: A rate",
        "  Why: A misprint",
        "  alpha: total 12.3, rank 1, now total 12.5, rank 1",
    ]
    assert "一项得分率" in "".join(erratum_lines(errata.errata[0], "zh"))
    assert list(edition_lines(errata, "en"))[1] == (
        "Edition 2, kept on 2025-04-01 by Wen, files 111111111111"
    )


def test_intervals_and_companies_that_enter_are_told(tiny: Spoilable) -> None:
    changed = GOOD.replace(
        "        before: {total: 12.3, total_high: 12.3, rank: 1, rank_worst: 1}\n", ""
    ).replace(
        "total_high: 12.5, rank: 1, rank_worst: 1", "total_high: 20.0, rank: 1, rank_worst: 2"
    )
    tiny.write(FILE, changed)
    erratum = tiny.open().store.of(ERRATA)["first"].errata[0]
    assert list(erratum_lines(erratum, "en"))[3] == (
        "  alpha: not ranked, now total 12.5–20.0, rank 1–2"
    )
