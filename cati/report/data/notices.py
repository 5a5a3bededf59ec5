"""The notice and the licence that travel with the data files."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

from cati.model.language import LANGUAGES, Language
from cati.report.edition import Edition
from cati.report.language import translations
from cati.report.texts.citing import mark_notice
from cati.report.wording import Wording


def notice_text(edition: Edition) -> str:
    """What the data are, whose they are and what may be done with them, in both languages."""
    parts = ("\n\n".join(_paragraphs(edition, language)) for language in LANGUAGES)
    return "\n\n\n".join(parts) + "\n"


def license_text() -> str:
    """The licence of cati, which covers the style and the scripts of the pages."""
    return (resources.files("cati.report") / "static" / "LICENSE.txt").read_text(encoding="utf-8")


def _paragraphs(edition: Edition, language: Language) -> Iterator[str]:
    _ = translations(language).gettext
    evaluation = edition.evaluation
    yield evaluation.name.get(language)
    if mark := mark_notice(edition, Wording(language)):
        yield mark
    notices = (evaluation.notice, edition.methodology.notice)
    yield from dict.fromkeys(notice.get(language) for notice in notices)
    yield _(
        "No licence is granted for these data. Facts and figures are told with their sources; "
        "rights in the documents they stand in belong to those who published them, company names "
        "and trade marks to their owners."
    )
    yield _(
        "The style and the scripts of the pages are part of cati and under the licence in "
        "LICENSE.txt. It does not cover the data."
    )
