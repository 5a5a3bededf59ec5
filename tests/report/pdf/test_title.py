"""What the report says of itself: by whom, with what, and how to cite it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cati import __version__
from cati.model.errata import Errata, KeptEdition
from cati.report.edition import Edition
from cati.report.pdf.title import imprint, properties
from cati.report.wording import Wording

ENGLISH = Wording("en")


def test_the_title_page_says_by_whom_with_what_and_how_to_cite(edition: Edition) -> None:
    said = dict(imprint(edition, ENGLISH))
    assert said["Author"] == properties(edition, ENGLISH)["author"] == "The cati developers"
    assert __version__ in said["Made with"]
    name = edition.evaluation.name.en
    assert said["How to cite"].startswith(f"The cati developers: {name}. ")
    assert edition.sources[edition.methodology.source].title in said["Source"]


def test_a_draft_is_not_to_be_cited(edition: Edition) -> None:
    said = dict(imprint(replace(edition, draft=True), ENGLISH))
    assert said["How to cite"].startswith("Draft. Not released")


def test_an_edition_that_is_kept_is_cited_with_its_number_and_date(edition: Edition) -> None:
    kept = KeptEdition(number=2, date=date(2026, 3, 1), by="editor", sha256="0" * 64)
    errata = {edition.evaluation.id: Errata(format=1, editions=(kept,))}
    published = replace(edition, store=replace(edition.store, errata=errata))
    assert "Edition 2, 1 March 2026" in dict(imprint(published, ENGLISH))["How to cite"]
