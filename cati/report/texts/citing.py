"""Who publishes an edition, how it is cited, and what it says where it is not final."""

from __future__ import annotations

from cati import __version__
from cati.report.edition import Edition
from cati.report.wording import Wording


def author(edition: Edition, words: Wording) -> str:
    """Who publishes the edition; the developers of cati where nobody else is named."""
    publisher = edition.evaluation.publisher
    return publisher.name.get(words.language) if publisher else words.gettext("The cati developers")


def citation(edition: Edition, words: Wording) -> str:
    """How to cite the edition; where it can be found is not part of it.

    Parameters
    ----------
    edition : Edition
    words : Wording
        Of the language.
    """
    _ = words.gettext
    text = _(
        "{who}: {name}. Made with cati {version}. Data up to {cutoff}. Unofficial reconstruction."
    )
    issue = {}
    if edition.kept:
        text = _(
            "{who}: {name}. Edition {number}, {day}, made with cati {version}. Data up to "
            "{cutoff}. Unofficial reconstruction."
        )
        issue = {"number": str(edition.kept.number), "day": words.date(edition.kept.date)}
    return text.format(
        who=author(edition, words),
        name=edition.evaluation.name.get(words.language),
        version=__version__,
        cutoff=words.date(edition.evaluation.cutoff),
        **issue,
    )


def mark_word(edition: Edition, words: Wording) -> str | None:
    """What is written across a page or a figure that is not of a final report."""
    return None if edition.mark is None else words.word("mark", edition.mark)


def mark_notice(edition: Edition, words: Wording) -> str | None:
    """What a draft or an incomplete report says of itself; nothing in a final one.

    A draft says until when it must not be passed on, where that is known.
    """
    if edition.mark is None:
        return None
    if edition.mark == "incomplete":
        return words.gettext(
            "Incomplete: not a final ranking. Answers are still open or not confirmed; totals and "
            "ranks may change."
        )
    embargo = edition.evaluation.embargo
    if embargo is None:
        return words.gettext("Draft. Not released: do not quote or pass on.")
    text = words.gettext("Draft. Not released before {day}: do not quote or pass on.")
    return text.format(day=words.date(embargo))
