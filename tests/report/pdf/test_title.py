"""What the report says of itself: by whom, with what, and how to cite it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cati import __version__
from cati.model.errata import Errata, KeptEdition
from cati.report.edition import Edition
from cati.report.pdf.title import imprint, properties
from cati.report.wording import Wording
from cati.store.file_kinds import ERRATA
from cati.workspace import Workspace
from tests.report.publishers import published_by

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
    assert said["How to cite"] == "Draft. Not released: do not quote or pass on."


def test_a_publisher_is_its_author_and_says_where_to_write(edition: Edition) -> None:
    assert "Write to" not in dict(imprint(edition, ENGLISH))
    ours = published_by(edition, contact="a@north.example", url="https://north.example/r")
    said = dict(imprint(ours, ENGLISH))
    assert said["Author"] == properties(ours, ENGLISH)["author"] == "North & South"
    assert said["Write to"] == "a@north.example"
    assert said["How to cite"].startswith("North & South: ")
    assert said["How to cite"].endswith(". https://north.example/r")
    chinese = Wording("zh")
    assert properties(ours, chinese)["author"] == "南北"
    assert dict(imprint(ours, chinese))["如何引用"].endswith("。https://north.example/r")


def test_an_edition_that_is_kept_is_cited_with_its_number_and_date(edition: Edition) -> None:
    kept = KeptEdition(number=2, date=date(2026, 3, 1), by="editor", sha256="0" * 64)
    errata = {edition.evaluation.id: Errata(format=1, editions=(kept,))}
    published = replace(edition, workspace=Workspace(edition.store.with_records(ERRATA, errata)))
    assert "Edition 2, 1 March 2026" in dict(imprint(published, ENGLISH))["How to cite"]
