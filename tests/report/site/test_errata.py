"""The errata page: what was corrected, and what that changed."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from cati.model.base import Text
from cati.model.errata import Effect, Errata, Erratum, KeptEdition, Result
from cati.report.edition import Edition
from cati.report.site import errata as page_errata
from cati.report.texts.correcting import result_text
from cati.store.file_kinds import ERRATA
from cati.workspace import Workspace
from tests.report.one_kind import pages_of, said
from tests.report.publishers import published_by

EVALUATION = "automakers-2024"
DAY = datetime.date(2025, 3, 4)
BEFORE: dict[str, Any] = {"total": 61, "total_high": 61, "rank": 4, "rank_worst": 4}
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def edition(real: Workspace) -> Edition:
    return Edition.of(real, real.score(EVALUATION))


def corrected(edition: Edition, *effects: Effect, what: str = "A page number") -> Edition:
    words = Text(en=what, zh="页码")
    erratum = Erratum(number=1, date=DAY, what=words, why=words, by="Editor", effects=effects)
    kept = tuple(KeptEdition(number=n, date=DAY, by="Editor", sha256="a" * 64) for n in (1, 2))
    errata = Errata(format=1, editions=kept, errata=(erratum,))
    return replace(
        edition, workspace=Workspace(edition.store.with_records(ERRATA, {EVALUATION: errata}))
    )


def page(edition: Edition) -> str:
    return pages_of(page_errata.pages, edition)["errata.html"]


def test_without_corrections_the_page_says_so(edition: Edition) -> None:
    assert "Nothing has been corrected" in said(page(edition))


def test_files_that_no_erratum_tells_of_are_not_called_uncorrected(edition: Edition) -> None:
    kept = KeptEdition(number=1, date=DAY, by="Editor", sha256="a" * 64)
    errata = {EVALUATION: Errata(format=1, editions=(kept,))}
    same = replace(edition, workspace=Workspace(edition.store.with_records(ERRATA, errata)))
    assert same.kept == kept
    assert "Nothing has been corrected since the first edition." in said(page(same))
    other = replace(same, corrected=("reports/automakers-2024/points.csv",))
    assert other.kept is None, "it is not cited as that edition"
    text = said(page(other))
    assert "Nothing has been corrected" not in text
    assert "its files differ from edition 1, and no erratum says yet what was corrected" in text


def test_a_correction_tells_what_why_and_every_effect(edition: Edition) -> None:
    effects = (
        Effect(company="bmw", before=Result(**BEFORE), after=Result(**{**BEFORE, "rank_worst": 5})),
        Effect(company="gone", before=Result(**BEFORE), after=None),
    )
    found = page(corrected(edition, *effects))
    text = said(found)
    assert "1 correction since the first edition" in text
    assert "Erratum 1 4 March 2025 · Editor" in text
    assert "It changed the total or the rank of 2 companies." in text
    assert "BMW total 61, rank 4 total 61, rank 4–5" in text
    assert "gone total 61, rank 4 not ranked" in text
    assert 'id="erratum-1"' in found


def test_a_correction_without_effect_says_so(edition: Edition) -> None:
    assert "No total and no rank changed." in said(page(corrected(edition)))


def test_hostile_words_are_shown_as_text(edition: Edition) -> None:
    found = page(corrected(edition, what=HOSTILE))
    assert "&lt;script&gt;alert(1)" in found
    assert "<script>alert" not in found


def test_mistakes_are_reported_where_somebody_reads_them(edition: Edition) -> None:
    assert "which one is wrong" not in said(page(edition))
    assert "which one is wrong" not in said(page(published_by(edition)))
    by_mail = page(published_by(edition, contact="a@north.example"))
    assert "tell a@north.example which one is wrong" in said(by_mail)
    assert '<a href="mailto:a@north.example" rel="noreferrer">a@north.example</a>' in by_mail
    on_a_page = page(published_by(edition, contact="https://north.example/?a&b='c"))
    assert 'href="https://north.example/?a&amp;b=&#39;c"' in on_a_page


def test_a_result_in_words() -> None:
    spans = Result(**{**BEFORE, "total_high": 63})
    assert result_text(spans, "en") == "total 61–63, rank 4"
    assert result_text(None, "en") == "not ranked"
