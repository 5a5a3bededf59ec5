"""Who publishes, how to cite, and until when not to."""

from __future__ import annotations

import datetime
from dataclasses import replace

from cati import __version__
from cati.model.errata import Errata, KeptEdition
from cati.report.edition import Edition
from cati.report.texts.citing import author, citation, mark_notice
from cati.report.wording import Wording
from cati.store.file_kinds import ERRATA
from cati.workspace import Workspace
from tests.report.publishers import published_by

EN, ZH = Wording("en"), Wording("zh")


def test_the_author_is_who_publishes_it(edition: Edition) -> None:
    assert (author(edition, EN), author(edition, ZH)) == ("The cati developers", "cati 开发者")
    ours = published_by(edition)
    assert (author(ours, EN), author(ours, ZH)) == ("North & South", "南北")


def test_a_citation_names_author_title_tool_and_cut_off(edition: Edition) -> None:
    assert citation(published_by(edition), EN) == (
        f"North & South: {edition.evaluation.name.en}. Made with cati {__version__}. "
        "Data up to 30 July 2024. Unofficial reconstruction."
    )


def test_an_edition_that_is_kept_is_cited_by_number_and_date(edition: Edition) -> None:
    kept = KeptEdition(number=2, date=datetime.date(2026, 3, 1), by="editor", sha256="0" * 64)
    errata = {edition.evaluation.id: Errata(format=1, editions=(kept,))}
    published = replace(edition, workspace=Workspace(edition.store.with_records(ERRATA, errata)))
    assert "Edition 2, 1 March 2026, made with" in citation(published, EN)
    assert "第 2 版，2026年3月1日" in citation(published, ZH)


def test_a_draft_says_until_when_it_is_not_released(edition: Edition) -> None:
    assert mark_notice(edition, EN) is None
    draft = replace(edition, draft=True)
    assert mark_notice(draft, EN) == "Draft. Not released: do not quote or pass on."
    embargo = {"embargo": datetime.date(2026, 10, 1)}
    held = replace(draft, evaluation=edition.evaluation.model_copy(update=embargo))
    said = "Draft. Not released before 1 October 2026: do not quote or pass on."
    assert mark_notice(held, EN) == said
    assert mark_notice(held, ZH) == "草稿，2026年10月1日之前不予发布，请勿引用或转发。"
