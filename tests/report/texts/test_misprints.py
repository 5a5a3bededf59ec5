"""Misprints and rounded totals are named on every form of the report, with their reason."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from cati.model.language import Language
from cati.report.arithmetic import how_text
from cati.report.edition import Edition
from cati.report.pdf.content import report_content
from cati.report.site.pages import write_pages
from cati.report.texts.misprints import company_remarks, misprint_text, table_remarks
from cati.report.texts.terminal import company_text, derivation_lines, verification_lines
from cati.report.wording import Wording
from tests.conftest import Spoilable
from tests.report.conftest import FIGURES, open_edition
from tests.report.texts.test_terminal import rendered
from tests.scoring.test_misprints import misprint, say

TABLE = "reports/first/published.csv"


def misprinted(tiny: Spoilable, instead: str = "") -> Edition:
    tiny.change(TABLE, "Alpha,13.3", "Alpha,13.4")
    say(tiny, misprint("alpha", "total", "13.4", instead))
    return open_edition(tiny.root, "first")


def pages_of(edition: Edition, folder: Path) -> dict[str, str]:
    """Every page of the site, by its path."""
    write_pages(edition, folder / "site", FIGURES)
    paths = (folder / "site").rglob("*.html")
    return {
        path.relative_to(folder / "site").as_posix(): path.read_text(encoding="utf-8")
        for path in paths
    }


def test_a_misprint_is_told_with_what_is_read_and_why(tiny: Spoilable) -> None:
    edition = misprinted(tiny, "13.3")
    assert list(table_remarks(edition, Wording("en"))) == [
        "Alpha Motors, Total: 13.4 is a misprint and is read as 13.3. Why: Told."
    ]
    (alpha,) = company_remarks(edition.printed["alpha"], Wording("en"))
    assert alpha == "Total: 13.4 is a misprint and is read as 13.3. Why: Told."
    assert list(company_remarks(edition.printed["beta"], Wording("en"))) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "here: 13.4 is a misprint and is not used. Why: Told."),
        ("zh", "here：13.4 为误印，不予采用。理由：告知。"),
    ],
)
def test_a_misprint_that_nobody_can_put_right_is_not_used(
    tiny: Spoilable, language: Language, said: str
) -> None:
    (found,) = misprinted(tiny).printed["alpha"].misprints
    assert misprint_text(found, "here", Wording(language)) == said


def test_the_terminal_names_it(tiny: Spoilable) -> None:
    edition = misprinted(tiny)
    workspace = tiny.open()
    assert "alpha, total: 13.4 is a misprint and is not used. Why: Told." in list(
        verification_lines(workspace.verify("first"), "en")
    )
    derivation = list(derivation_lines(workspace.derive("first"), "en"))
    assert any("that nothing tells, since the printed total is a misprint" in d for d in derivation)
    source = workspace.store.sources["press/report"]
    explanation = edition.printed["alpha"]
    text = rendered(company_text(explanation, edition.entities["alpha"], source, "en"), 300)
    assert "Total: 13.4 is a misprint and is not used. Why: Told." in text
    assert "% of the points open: 9 ways to fill them." in text
    assert "solutions give this total" not in text


def test_pages_and_print_name_it_and_claim_no_printed_total(
    tiny: Spoilable, tmp_path: Path
) -> None:
    edition = misprinted(tiny)
    pages = pages_of(edition, tmp_path)
    told: dict[Language, str] = {
        "en": "is a misprint and is not used",
        "zh": "为误印，不予采用",
    }
    for language, said in told.items():
        assert said in pages[f"{language}/index.html"]
        assert said in pages[f"{language}/companies/alpha.html"]
        assert said not in pages[f"{language}/companies/beta.html"]
        assert said in str(report_content(edition, language, {}))
    assert "Nothing in the table tells the points of" in pages["en/companies/alpha.html"]
    assert "come to just that" not in pages["en/companies/alpha.html"]


def test_a_misprinted_rate_is_not_called_the_one_that_points_print_as(tiny: Spoilable) -> None:
    tiny.change(TABLE, "75,67", "74,67")
    say(tiny, misprint("alpha", "rules", "74", "75"))
    edition = open_edition(tiny.root, "first")
    (step, *_) = edition.printed["alpha"].columns
    assert how_text(step, Fraction(edition.methodology.grid), "en") == (
        "misprint; the only points in steps of 0.5 that print as 75 %"
    )


def test_a_rank_that_print_gives_otherwise_is_no_tie(tiny: Spoilable, tmp_path: Path) -> None:
    tiny.change(TABLE, "1,alpha", "2,alpha")
    say(tiny, misprint("alpha", "rank", "2", "1"))
    page = pages_of(open_edition(tiny.root, "first"), tmp_path)["en/ranking.html"]
    assert "Alpha Motors: rank 1 here, 2 in the printed table." in page
    assert "Alpha Motors: equal totals" not in page
    assert "All ranks are those that the table prints" not in page


def test_totals_of_rounded_rates_are_named(tiny: Spoilable) -> None:
    tiny.change(TABLE, "Beta,2.9", "Beta,3.0")
    say(tiny, "  rounding: {en: Added up before., zh: 先加总后修约。}\n")
    edition = open_edition(tiny.root, "first")
    assert list(table_remarks(edition, Wording("en"))) == [
        "Totals that differ from the printed ones: Beta 2.9 (printed 3.0). Why: Added up before."
    ]
    assert list(company_remarks(edition.printed["beta"], Wording("en"))) == [
        "The total is printed as 3.0. Why: Added up before."
    ]
    assert list(company_remarks(edition.printed["alpha"], Wording("en"))) == []
