"""Errata as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from cati.model.errata import Errata, Erratum, Result
from cati.model.language import Language
from cati.report import show
from cati.report.language import translations


def erratum_lines(erratum: Erratum, lang: Language) -> Iterator[str]:
    """An erratum with what it changed.

    Parameters
    ----------
    erratum : Erratum
    lang : {"en", "zh"}
    """
    _ = translations(lang).gettext
    yield _("Erratum %(number)s, %(date)s, by %(by)s") % {
        "number": erratum.number,
        "date": erratum.date,
        "by": erratum.by,
    }
    yield "  " + _("What: %(text)s") % {"text": erratum.what.get(lang)}
    yield "  " + _("Why: %(text)s") % {"text": erratum.why.get(lang)}
    if not erratum.effects:
        yield "  " + _("No total and no rank changed.")
    for effect in erratum.effects:
        yield "  " + _("%(company)s: %(before)s, now %(after)s") % {
            "company": effect.company,
            "before": result_text(effect.before, lang),
            "after": result_text(effect.after, lang),
        }


def edition_lines(errata: Errata, lang: Language) -> Iterator[str]:
    """The kept editions, one line each."""
    _ = translations(lang).gettext
    for edition in errata.editions:
        yield _("Edition %(number)s, kept on %(date)s by %(by)s, files %(checksum)s") % {
            "number": edition.number,
            "date": edition.date,
            "by": edition.by,
            "checksum": edition.sha256[:12],
        }


def result_text(result: Result | None, lang: Language) -> str:
    """A company's total and rank in an edition, in words."""
    _ = translations(lang).gettext
    if result is None:
        return _("not ranked")
    return _("total %(total)s, rank %(rank)s") % {
        "total": show.span(str(result.total), str(result.total_high)),
        "rank": show.span(str(result.rank), str(result.rank_worst)),
    }
